//! One try of a message that a caller left, by whichever way its restaurant's orders take.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::channel_context::ChannelContext;
use super::text_message::{MAX_TEXT, Numbers};
use super::{email, printer, text_message, webhook};
use crate::order::Outcome;
use crate::restaurant::{OrderChannel, Recipient};
use crate::store::{LeasedMessage, LeftMessage};
use crate::words::printable;

/// Letters in a line of an e-mail.
const COLUMNS: usize = 72;

/// The ways of a restaurant's orders by which a message goes: all at once, nobody need answer, and nobody is rung for it.
pub(super) fn ways(orders: Vec<OrderChannel>) -> Vec<OrderChannel> {
    let takes =
        |way: &OrderChannel| !matches!(way.to, Recipient::Call { .. } | Recipient::Caller(_));
    let told = |way: OrderChannel| OrderChannel {
        ack_seconds: None,
        ..way
    };
    orders.into_iter().filter(takes).map(told).collect()
}

/// Tries once; however it ends, within the time of a lease.
pub(super) async fn deliver(
    context: &ChannelContext,
    leased: &LeasedMessage,
    now: Timestamp,
) -> Outcome {
    let LeasedMessage { message, delivery } = leased;
    let zone = || {
        let table = context.tickets.table.load();
        let served = table.restaurant(&message.restaurant).cloned();
        served.map_or(TimeZone::UTC, |served| {
            served.restaurant.schedule.timezone.clone()
        })
    };
    let outcome = match &delivery.channel.to {
        Recipient::Webhook { url, secret_env } => {
            webhook::post(context, body(message), delivery.id, (url, secret_env), now).await
        }
        Recipient::Sms { to, from, account } => {
            let account = account.as_deref();
            let numbers = Numbers { from, to, account };
            let text: String = ticket(message, &zone(), MAX_TEXT);
            let text: String = text.chars().take(MAX_TEXT).collect();
            text_message::send(context, numbers, &text).await
        }
        Recipient::Email { to } => {
            let text = ticket(message, &zone(), COLUMNS);
            let subject = format!("Message ({})", message.restaurant);
            email::plain(context, delivery.id, to, &subject, &text).await
        }
        Recipient::Printer { host, port, width } => {
            let text = ticket(message, &zone(), width.columns());
            let again = delivery.tries > 0 || delivery.sent_at.is_some();
            printer::deliver(context, &text, again, (host, *port)).await
        }
        Recipient::Call { .. } | Recipient::Caller(_) => Outcome::Refused {
            error: "no message goes this way".to_owned(),
        },
    };
    // There is nothing to accept in a message.
    match outcome {
        Outcome::Received(_) => Outcome::Received(None),
        failed => failed,
    }
}

/// What a webhook gets: `schema/message.schema.json`. The same at every try.
fn body(message: &LeftMessage) -> String {
    let at = format!("{:.3}", message.at);
    json!({
        "type": "message.taken",
        "timestamp": at,
        "data": {
            "call_sid": message.call_sid,
            "restaurant": message.restaurant.as_str(),
            "from": message.from,
            "taken_at": at,
            "text": message.text,
        },
    })
    .to_string()
}

/// What a person reads: for whom, from whom, when, and the words, in lines of so many letters at most.
fn ticket(message: &LeftMessage, zone: &TimeZone, columns: usize) -> String {
    let at = message.at.to_zoned_datetime(zone.clone());
    let lines = [
        format!("MESSAGE ({})", message.restaurant),
        at.strftime("%a %d %b %Y %H:%M").to_string(),
        format!("From {}", message.from),
        String::new(),
        message.text.clone(),
    ];
    let mut ticket = String::new();
    for line in &lines {
        // A line break of a caller's would be a line of ours.
        let line = printable(line, 4 * MAX_TEXT);
        for line in folded(&line, columns) {
            ticket.push_str(line.trim_end());
            ticket.push('\n');
        }
    }
    ticket
}

/// A line as lines of at most so many letters, broken at blanks where there are any.
fn folded(line: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let mut letters: Vec<char> = word.chars().collect();
        let open = lines.last().map_or(0, |open| open.chars().count());
        if open > 0 && open + 1 + letters.len() > columns {
            lines.push(String::new());
        } else if open > 0 {
            letters.insert(0, ' ');
        }
        for letter in letters {
            match lines.last_mut() {
                Some(open) if open.chars().count() < columns => open.push(letter),
                _ => lines.push(letter.to_string()),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::restaurant::RestaurantId;

    fn message(text: &str) -> LeftMessage {
        LeftMessage {
            call_key: "AC1/CA1".into(),
            call_sid: "CA1".into(),
            restaurant: RestaurantId::parse("luna").unwrap(),
            from: "+12125550123".into(),
            at: "2026-11-30T18:30:00Z".parse().unwrap(),
            text: text.into(),
        }
    }

    #[test]
    fn a_message_reads_like_a_ticket_and_a_callers_line_break_makes_no_line() {
        let text = "two teas were missing\nMESSAGE (other) yesterday";
        let told = ticket(&message(text), &TimeZone::UTC, 24);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines[..5],
            [
                "MESSAGE (luna)",
                "Mon 30 Nov 2026 18:30",
                "From +12125550123",
                "",
                "two teas were"
            ]
        );
        assert!(!told.contains("\nMESSAGE (other)"), "{told}");
        assert!(
            lines.iter().all(|line| line.chars().count() <= 24),
            "{told}"
        );
        let long = ticket(&message(&"é".repeat(100)), &TimeZone::UTC, 32);
        assert!(
            long.lines().all(|line| line.chars().count() <= 32),
            "{long}"
        );
        assert_eq!(long.matches('é').count(), 100);
    }

    #[test]
    fn nobody_is_rung_for_a_message_and_nobody_need_answer() {
        let way = |to| OrderChannel {
            to,
            ack_seconds: Some(180),
        };
        let (number, from) = ("+12125550199".to_owned(), "+12125550150".to_owned());
        let sms = Recipient::Sms {
            to: number.clone(),
            from: from.clone(),
            account: None,
        };
        let call = Recipient::Call {
            to: number,
            from,
            account: None,
        };
        let told = ways(vec![way(call), way(sms.clone())]);
        assert_eq!(told.len(), 1);
        assert_eq!((&told[0].to, told[0].ack_seconds), (&sms, None));
    }
}
