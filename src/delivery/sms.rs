//! An order as a text message, sent through Twilio's REST API.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use super::AddressGuard;
use super::channel_context::ChannelContext;
use super::http_request::{Reply, exchange};
use super::tickets::Tickets;
use crate::order::{Outcome, PlacedOrder, choice_text, how_many};
use crate::restaurant::Money;
use crate::words::printable;

/// How long one try may take.
const TRY_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest text that Twilio takes, characters.
const MAX_TEXT: usize = 1_600;
/// Errors of Twilio that no later try mends: no such number, not one that takes texts, its owner wants none.
const FOR_GOOD: [u64; 4] = [21_211, 21_610, 21_612, 21_614];

/// From, to, and the account that sends.
pub(super) struct Sms<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub account: Option<&'a str>,
}

/// One try. Twilio has no key by which it would know a text that it has already: one whose answer is lost comes twice.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    sms: Sms<'_>,
    link: Option<&str>,
) -> Outcome {
    let not_yet = |error: String| Outcome::NotYet { error, after: None };
    let twilio = &context.twilio;
    let Some(account) = sms.account.or(twilio.account_sid.as_deref()) else {
        return not_yet("TWILIO_ACCOUNT_SID is not set for the server".to_owned());
    };
    let Some(token) = twilio
        .tokens
        .for_account(account)
        .first()
        .map(|t| (*t).to_owned())
    else {
        return not_yet(format!("TWILIO_AUTH_TOKEN has no token of {account}"));
    };
    let path = format!("/2010-04-01/Accounts/{account}/Messages.json");
    let Ok(url) = twilio.api.join(&path) else {
        return not_yet("TWILIO_API_URL is not an address".to_owned());
    };
    let text = text(order, link);
    let form = [("To", sms.to), ("From", sms.from), ("Body", &text)];
    let fill =
        |request: reqwest::RequestBuilder| request.basic_auth(account, Some(&token)).form(&form);
    // The server's own setting: it may be a stand-in on this machine.
    let guard = AddressGuard::new(true);
    match exchange(&url, &guard, TRY_TIMEOUT, fill).await {
        Ok(reply) => outcome(&reply),
        Err(error) => not_yet(format!("Twilio: {error}")),
    }
}

fn outcome(reply: &Reply) -> Outcome {
    if reply.status.is_success() {
        return Outcome::Received(None);
    }
    let said: Option<Value> = serde_json::from_slice(&reply.body).ok();
    let code = said.as_ref().and_then(|said| said["code"].as_u64());
    let error = match code {
        Some(code) => format!("Twilio answered {} (error {code})", reply.status),
        None => format!("Twilio answered {}", reply.status),
    };
    let for_good = code.is_some_and(|code| FOR_GOOD.contains(&code));
    if for_good && reply.status == StatusCode::BAD_REQUEST {
        return Outcome::Refused { error };
    }
    Outcome::NotYet {
        error,
        after: reply.retry_after,
    }
}

/// What the kitchen reads: the dishes, the total, for whom, and the link that answers.
fn text(placed: &PlacedOrder, link: Option<&str>) -> String {
    let order = &placed.order;
    let money = |amount: Money| amount.decimal(order.currency);
    let mut lines = vec![format!("Order {} ({})", placed.number, order.restaurant)];
    for line in &order.lines {
        lines.push(format!("{} {}", how_many(line), line.name));
        lines.extend(line.choices.iter().map(|c| format!("- {}", choice_text(c))));
        lines.extend(
            line.details
                .notes
                .iter()
                .map(|note| format!("- NOTE: {note}")),
        );
    }
    lines.extend(
        order
            .details
            .notes
            .iter()
            .map(|note| format!("NOTE: {note}")),
    );
    if let Some(name) = &order.name {
        lines.push(format!("For {name}"));
    }
    lines.push(format!(
        "Total {} {}",
        money(order.total),
        order.currency.code()
    ));
    // A line break of a caller's would be a line of ours.
    let lines = lines.iter().map(|line| printable(line, MAX_TEXT));
    let told = lines.collect::<Vec<_>>().join("\n");
    let link = link.map(Tickets::call_to_answer).unwrap_or_default();
    let room = MAX_TEXT - link.chars().count().min(MAX_TEXT);
    if told.chars().count() <= room {
        return format!("{told}{link}");
    }
    const CUT: &str = "\n... (the rest: maitred orders show)";
    let kept: String = told.chars().take(room.saturating_sub(CUT.len())).collect();
    format!("{kept}{CUT}{link}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::testing::placed;

    #[test]
    fn a_text_has_the_order_and_its_link_and_fits() {
        let mut order = placed();
        let told = text(&order, Some("https://v.example.com/ack/abc"));
        assert!(
            told.starts_with("Order 12 (luna)\n2 x Jalapeño taco\n- no Onions\n- NOTE: "),
            "{told}"
        );
        assert!(
            told.contains("Total 9.00 USD\n") && told.contains("/ack/abc"),
            "{told}"
        );
        order.order.details.notes = vec!["x".repeat(3_000)];
        let told = text(&order, Some("https://v.example.com/ack/abc"));
        assert_eq!(told.chars().count(), MAX_TEXT);
        assert!(told.ends_with("/ack/abc"), "{told}");
    }

    #[test]
    fn what_twilio_never_takes_is_given_up_and_the_rest_tried_again() {
        let reply = |status: u16, body: &str| {
            outcome(&Reply {
                status: StatusCode::from_u16(status).unwrap(),
                retry_after: (status == 429).then_some(Duration::from_secs(2)),
                body: body.into(),
            })
        };
        assert_eq!(reply(201, "{\"sid\":\"SM1\"}"), Outcome::Received(None));
        let gone = reply(400, "{\"code\":21610,\"status\":400}");
        assert!(matches!(gone, Outcome::Refused { .. }), "{gone:?}");
        let wait = Some(Duration::from_secs(2));
        let busy = reply(429, "{\"code\":20429}");
        assert!(
            matches!(&busy, Outcome::NotYet { after, .. } if *after == wait),
            "{busy:?}"
        );
        for (status, body) in [
            (401, "{\"code\":20003}"),
            (500, ""),
            (400, "{\"code\":21608}"),
        ] {
            assert!(
                matches!(reply(status, body), Outcome::NotYet { .. }),
                "{status}"
            );
        }
    }
}
