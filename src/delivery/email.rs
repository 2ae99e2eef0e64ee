//! An order as an e-mail: the ticket as text and as HTML, and the link that answers it.

use std::time::Duration;

use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use uuid::Uuid;

use super::channel_context::ChannelContext;
use super::tickets::Tickets;
use crate::order::{Outcome, PlacedOrder};
use crate::settings::{SmtpSecurity, SmtpUrl};

/// How long one try may take, all commands together.
const TRY_TIMEOUT: Duration = Duration::from_secs(25);
/// And each answer of the server.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Letters in a line of the ticket.
const COLUMNS: usize = 42;

/// Why there is no try.
const NO_SERVER: &str = "MAITRED_SMTP_URL is not set for the server";

type Unwritten = Box<dyn std::error::Error + Send + Sync>;

/// One try. The Message-ID is made of the delivery's id: by it a mailbox knows a message that it has already.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    id: Uuid,
    to: &str,
    link: Option<&str>,
) -> Outcome {
    let Some(smtp) = &context.smtp else {
        return not_yet(NO_SERVER.to_owned());
    };
    let ticket = context.tickets.ticket(order, COLUMNS);
    send(smtp, message(order, id, &smtp.from, to, &ticket, link)).await
}

/// One try of a text that is no order.
pub(super) async fn plain(
    context: &ChannelContext,
    id: Uuid,
    to: &str,
    subject: &str,
    text: &str,
) -> Outcome {
    let Some(smtp) = &context.smtp else {
        return not_yet(NO_SERVER.to_owned());
    };
    let page = MultiPart::alternative_plain_html(text.to_owned(), html(text, None));
    send(smtp, addressed(id, &smtp.from, to, subject, page)).await
}

async fn send(smtp: &SmtpUrl, message: Result<Message, Unwritten>) -> Outcome {
    let message = match message {
        Ok(message) => message,
        Err(error) => return not_yet(format!("it cannot be written: {error}")),
    };
    let transport = match transport(smtp) {
        Ok(transport) => transport,
        Err(error) => return not_yet(error.to_string()),
    };
    match tokio::time::timeout(TRY_TIMEOUT, transport.send(message)).await {
        Ok(Ok(_)) => Outcome::Received(None),
        Ok(Err(error)) => not_yet(told(&error)),
        Err(_) => not_yet(format!(
            "the mail server did not take it within {} s",
            TRY_TIMEOUT.as_secs()
        )),
    }
}

fn not_yet(error: String) -> Outcome {
    Outcome::NotYet { error, after: None }
}

/// The error with its causes; none holds the password.
fn told(error: &lettre::transport::smtp::Error) -> String {
    use std::error::Error as _;
    let mut told = format!("the mail server: {error}");
    let mut cause = error.source();
    while let Some(next) = cause {
        told = format!("{told}: {next}");
        cause = next.source();
    }
    told
}

/// A connection of this try alone, so that a server that hung once is not asked through the same connection again.
fn transport(
    smtp: &SmtpUrl,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let tls = match smtp.security {
        SmtpSecurity::Implicit => Tls::Wrapper(TlsParameters::new(smtp.host.clone())?),
        SmtpSecurity::StartTls => Tls::Required(TlsParameters::new(smtp.host.clone())?),
        SmtpSecurity::Plain => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
        .port(smtp.port)
        .tls(tls)
        .timeout(Some(ANSWER_TIMEOUT));
    if let Some((user, password)) = &smtp.login {
        let login = Credentials::new(user.clone(), password.expose().to_owned());
        builder = builder.credentials(login);
    }
    Ok(builder.build())
}

fn message(
    order: &PlacedOrder,
    id: Uuid,
    from: &str,
    to: &str,
    ticket: &str,
    link: Option<&str>,
) -> Result<Message, Unwritten> {
    let name = order
        .order
        .name
        .as_deref()
        .map(|name| format!(" for {name}"));
    let name = crate::words::printable(&name.unwrap_or_default(), 60).into_owned();
    let text = format!(
        "{ticket}{}\n",
        link.map(Tickets::call_to_answer).unwrap_or_default()
    );
    let subject = format!("Order {}{name} ({})", order.number, order.order.restaurant);
    let page = MultiPart::alternative_plain_html(text, html(ticket, link));
    addressed(id, from, to, &subject, page)
}

fn addressed(
    id: Uuid,
    from: &str,
    to: &str,
    subject: &str,
    page: MultiPart,
) -> Result<Message, Unwritten> {
    let domain = from
        .rsplit_once('@')
        .map_or("maitred.invalid", |(_, host)| host);
    let from: Mailbox = from.parse()?;
    let to: Mailbox = to.parse()?;
    let message = Message::builder()
        .message_id(Some(format!("<{id}@{domain}>")))
        .from(from)
        .to(to)
        .subject(subject)
        .multipart(page)?;
    Ok(message)
}

fn html(ticket: &str, link: Option<&str>) -> String {
    let link = link.map(|link| {
        let link = escaped(link);
        format!("<p><a href=\"{link}\">Accept or refuse this order</a></p>")
    });
    format!(
        "<!doctype html><html><body><pre style=\"font-size:16px\">{}</pre>{}</body></html>",
        escaped(ticket),
        link.unwrap_or_default()
    )
}

/// Text as it may stand in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::testing::placed;

    fn written(name: &str) -> String {
        let mut order = placed();
        order.order.name = Some(name.to_owned());
        let id = Uuid::from_u128(7);
        let link = Some("https://v.example.com/ack/abc");
        let ticket = "ORDER 12\n2 x Taco <b>\n";
        let message = message(
            &order,
            id,
            "orders@x.example",
            "k@luna.example",
            ticket,
            link,
        );
        String::from_utf8(message.unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_message_has_one_id_for_ever_and_the_ticket_twice() {
        let text = written("Ada");
        assert!(
            text.contains("Message-ID: <00000000-0000-0000-0000-000000000007@x.example>"),
            "{text}"
        );
        assert!(text.contains("Subject: Order 12 for Ada (luna)"), "{text}");
        assert!(
            text.contains("2 x Taco <b>") && text.contains("2 x Taco &lt;b&gt;"),
            "{text}"
        );
        assert!(text.contains("multipart/alternative"), "{text}");
    }

    #[test]
    fn what_a_caller_says_makes_no_header() {
        let text = written("Ada\r\nBcc: everybody@x.example");
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }
}
