//! The frames of one socket: continuations joined, pings answered, sizes bounded.

use std::cell::Cell;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, Payload};
use actix_web::{Error, FromRequest as _, HttpRequest, HttpResponse, dev};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError, Session};
use futures_util::Stream;

use super::frame_lengths::Watched;

/// Largest message, bytes, whole or in continuations. Twilio's have about 300.
const MAX_MESSAGE: usize = 64 * 1024;

/// What came next.
#[derive(Debug)]
pub(super) enum Frame {
    /// A whole text message.
    Text(Bytes),
    /// Twilio sends none.
    Binary,
    /// Larger than we read: close with 1009.
    TooLarge,
    /// Not a WebSocket any more: close with 1002.
    Broken,
    /// The other side closed, or is gone.
    End,
}

/// Reads frames.
pub(super) struct Frames {
    stream: AggregatedMessageStream,
    session: Session,
    /// Set, once, when a frame announces more than we read.
    too_large: Rc<Cell<bool>>,
}

/// What the library found: a message, a fault, or the end.
type Found = Option<Result<AggregatedMessage, ProtocolError>>;

/// Answers a handshake; pings are answered through the session.
///
/// # Errors
/// The request is no WebSocket handshake.
pub(super) async fn open(
    request: &HttpRequest,
    payload: Payload,
) -> Result<(HttpResponse, Session, Frames), Error> {
    let too_large = Rc::new(Cell::new(false));
    let watched = Watched::new(payload, MAX_MESSAGE as u64, Rc::clone(&too_large));
    let mut watched: dev::Payload = dev::Payload::Stream {
        payload: Box::pin(watched),
    };
    let payload = Payload::from_request(request, &mut watched).await?;
    let (response, session, stream) = actix_ws::handle(request, payload)?;
    let stream = stream
        .max_frame_size(MAX_MESSAGE)
        .aggregate_continuations()
        .max_continuation_size(MAX_MESSAGE);
    let frames = Frames {
        stream,
        session: session.clone(),
        too_large,
    };
    Ok((response, session, frames))
}

impl Frames {
    /// The next frame that means something.
    pub(super) async fn next(&mut self) -> Frame {
        loop {
            let Some(found) = poll_fn(|context| self.poll(context)).await else {
                return Frame::TooLarge;
            };
            match found {
                Some(Ok(AggregatedMessage::Text(text))) => return Frame::Text(text.into_bytes()),
                Some(Ok(AggregatedMessage::Binary(_))) => return Frame::Binary,
                Some(Ok(AggregatedMessage::Ping(payload))) => self.pong(&payload).await,
                Some(Ok(AggregatedMessage::Pong(_))) => {}
                Some(Ok(AggregatedMessage::Close(_))) | None => return Frame::End,
                Some(Err(error)) => return broken(&error),
            }
        }
    }

    /// `None` when a frame announces too much and everything before it has been read.
    fn poll(&mut self, context: &mut std::task::Context<'_>) -> Poll<Option<Found>> {
        match Pin::new(&mut self.stream).poll_next(context) {
            Poll::Pending if self.too_large.take() => Poll::Ready(None),
            found => found.map(Some),
        }
    }

    async fn pong(&mut self, payload: &Bytes) {
        // A socket that is gone shows as the end of the stream.
        let _ = self.session.pong(payload).await;
    }
}

/// A socket whose other side went away is an end, not a fault.
fn broken(error: &ProtocolError) -> Frame {
    match error {
        // The connection under the socket was lost: a caller who hangs up may leave without a close frame.
        ProtocolError::Io(io) if io.get_ref().is_some_and(|inner| inner.is::<PayloadError>()) => {
            Frame::End
        }
        ProtocolError::Overflow => Frame::TooLarge,
        // The one way actix-ws tells that continuations grew too large.
        ProtocolError::Io(io) if io.to_string().contains("continuation size") => Frame::TooLarge,
        // Text that is not UTF-8, bits that mean nothing.
        ProtocolError::Io(io) if matches!(io.kind(), ErrorKind::Other | ErrorKind::InvalidData) => {
            Frame::Broken
        }
        ProtocolError::Io(_) => Frame::End,
        _ => Frame::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_connection_is_an_end_and_not_a_fault_of_the_caller() {
        let lost = ProtocolError::Io(std::io::Error::other(PayloadError::Incomplete(None)));
        assert!(matches!(broken(&lost), Frame::End));
        let reset = ProtocolError::Io(ErrorKind::ConnectionReset.into());
        assert!(matches!(broken(&reset), Frame::End));
        let nonsense = ProtocolError::Io(std::io::Error::other("continuation without a start"));
        assert!(matches!(broken(&nonsense), Frame::Broken));
        assert!(matches!(broken(&ProtocolError::BadOpCode), Frame::Broken));
    }
}
