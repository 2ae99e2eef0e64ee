//! A ticket on a receipt printer that listens on TCP.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::channel_context::ChannelContext;
use super::escpos;
use crate::order::Outcome;

/// How long connecting and sending may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a printer may take to say how it is. Many never say it.
const STATUS_TIMEOUT: Duration = Duration::from_secs(1);
/// How long one that does may take to print.
const PRINT_TIMEOUT: Duration = Duration::from_secs(20);

/// One try. `again`: an earlier one may have printed it, which the ticket then says.
pub(super) async fn deliver(
    context: &ChannelContext,
    ticket: &str,
    again: bool,
    (host, port): (&str, u16),
) -> Outcome {
    match print(context, ticket, again, (host, port)).await {
        Ok(()) => Outcome::Received(None),
        Err(error) => Outcome::NotYet { error, after: None },
    }
}

async fn print(
    context: &ChannelContext,
    ticket: &str,
    again: bool,
    (host, port): (&str, u16),
) -> Result<(), String> {
    let unreachable = |error: io::Error| format!("it cannot be reached: {error}");
    let late = |_| format!("it took nothing for {} s", SEND_TIMEOUT.as_secs());
    let guard = context.guard(host, Some(port));
    let connected = timeout(SEND_TIMEOUT, async {
        let addresses = guard.addresses(host, port).await;
        let addresses = addresses.map_err(|error| error.to_string())?;
        let mut printer = TcpStream::connect(&addresses[..])
            .await
            .map_err(unreachable)?;
        printer
            .write_all(escpos::ASK_NOW)
            .await
            .map_err(unreachable)?;
        Ok::<_, String>(printer)
    });
    let mut printer = connected.await.map_err(late)??;
    let now = status(&mut printer, STATUS_TIMEOUT).await?;
    if now.is_some_and(escpos::has_no_paper) {
        return Err("it is out of paper".to_owned());
    }
    let bytes = escpos::print(ticket, again);
    let sent = timeout(SEND_TIMEOUT, printer.write_all(&bytes)).await;
    sent.map_err(late)?.map_err(unreachable)?;
    match status(&mut printer, PRINT_TIMEOUT).await? {
        Some(answer) if escpos::ran_out_of_paper(answer) => Err("it ran out of paper".to_owned()),
        // One that never says anything has taken all of it, and that is all that can be known.
        None if now.is_some() => Err("it did not say that it has printed".to_owned()),
        _ => Ok(()),
    }
}

/// The printer's next answer, `None` when it says nothing in time.
async fn status(printer: &mut TcpStream, limit: Duration) -> Result<Option<u8>, String> {
    let mut answer = [0];
    match timeout(limit, printer.read_exact(&mut answer)).await {
        Ok(Ok(_)) => Ok(Some(answer[0])),
        Ok(Err(error)) => Err(format!("it hung up: {error}")),
        Err(_) => Ok(None),
    }
}
