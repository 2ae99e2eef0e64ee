//! An order by telephone: Twilio is asked to ring the restaurant, and asks us what to say when somebody answers (`web`'s
//! kitchen door, opened by a token of this order and delivery).

use std::fmt::Write as _;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::ack_token::seal_call;
use super::channel_context::ChannelContext;
use super::text_message::{Numbers, failed};
use crate::order::{Outcome, PlacedOrder, choice_text, how_many};
use crate::words::{Language, speakable};

/// How long it rings, seconds.
const RINGS: &str = "30";
/// Longest call, seconds: the order is read twice at most.
const LONGEST: &str = "300";
/// How much longer than the wait for an answer the token is good: the telephone may ring in its last moment.
const GRACE: Duration = Duration::from_secs(300);
/// Longest sentence that is read, characters; Twilio takes 4096.
const MAX_SPOKEN: usize = 3_000;

/// One try: Twilio begins to ring. `within` are the seconds for an answer.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    delivery: Uuid,
    numbers: Numbers<'_>,
    within: u32,
    now: Timestamp,
) -> Outcome {
    let Some(base) = &context.tickets.public_url else {
        return Outcome::NotYet {
            error: "the server has no --public-url at which Twilio could ask what to say"
                .to_owned(),
            after: None,
        };
    };
    let lasts = GRACE + Duration::from_secs(u64::from(within));
    let end = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
    let token = seal_call(&context.tickets.secret, order.id, delivery, end);
    let url = format!("{base}/voice/kitchen/{token}");
    let over = format!("{url}/over");
    let form = [
        ("To", numbers.to),
        ("From", numbers.from),
        ("Url", url.as_str()),
        ("StatusCallback", over.as_str()),
        ("Timeout", RINGS),
        ("TimeLimit", LONGEST),
    ];
    let rung = async {
        let account = context.twilio.account(numbers.account)?;
        account.post(&account.path("Calls.json"), &form).await
    };
    match rung.await {
        Ok(_) => Outcome::Received(None),
        Err(error) => failed(&error),
    }
}

/// The order as it is read to the kitchen; `restaurant` is its name.
pub fn read_to_kitchen(order: &PlacedOrder, restaurant: &str) -> String {
    let placed = order;
    let order = &placed.order;
    let mut said = format!("Order {} for {restaurant}.", placed.number);
    for line in &order.lines {
        let many = how_many(line);
        let many = many.strip_suffix(" x").unwrap_or(&many);
        // Writing into a String cannot fail.
        let _ = write!(said, " {many} {}", line.name);
        let mut more: Vec<String> = line.choices.iter().map(choice_text).collect();
        let notes = &line.details.notes;
        more.extend(notes.iter().map(|note| format!("note: {note}")));
        match more.is_empty() {
            true => said.push('.'),
            false => {
                let _ = write!(said, ", {}.", more.join(", "));
            }
        }
    }
    for note in &order.details.notes {
        let _ = write!(said, " Note: {note}.");
    }
    if let Some(name) = &order.name {
        let _ = write!(said, " For {name}.");
    }
    if let Some(address) = &order.details.address {
        let _ = write!(said, " To be delivered to {address}.");
    }
    let total = order.total.display(order.currency);
    let _ = write!(said, " Total {total}.");
    let spoken = speakable(&said, Language::English);
    spoken.chars().take(MAX_SPOKEN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::testing::placed;

    #[test]
    fn an_order_is_read_in_words() {
        let mut order = placed();
        order.order.name = Some("Ada".into());
        assert_eq!(
            read_to_kitchen(&order, "Luna"),
            "Order twelve for Luna. two Jalapeño taco, no Onions, note: cut in four. For Ada. Total nine dollars."
        );
        order.order.details.notes = vec!["x".repeat(9_000)];
        assert_eq!(read_to_kitchen(&order, "Luna").chars().count(), MAX_SPOKEN);
    }
}
