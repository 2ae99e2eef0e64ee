//! An order as a text message to the restaurant.

use super::channel_context::ChannelContext;
use super::text_message::{MAX_TEXT, Numbers, send};
use super::tickets::Tickets;
use crate::order::{Outcome, PlacedOrder, choice_text, how_many};
use crate::restaurant::Money;
use crate::words::printable;

/// One try. `asked`: an answer is waited for.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    numbers: Numbers<'_>,
    link: Option<&str>,
    asked: bool,
) -> Outcome {
    send(context, numbers, &text(order, link, asked)).await
}

/// What the kitchen reads: the dishes, the total, for whom, and the link that answers.
fn text(placed: &PlacedOrder, link: Option<&str>, asked: bool) -> String {
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
    if let Some(address) = &order.details.address {
        lines.push(format!("Deliver to {address}"));
    }
    lines.push(format!(
        "Total {} {}",
        money(order.total),
        order.currency.code()
    ));
    // A line break of a caller's would be a line of ours.
    let lines = lines.iter().map(|line| printable(line, MAX_TEXT));
    let told = lines.collect::<Vec<_>>().join("\n");
    let mut link = link.map(Tickets::call_to_answer).unwrap_or_default();
    if asked {
        link = format!("\nReply OK {} to accept.{link}", placed.number);
    }
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
        let told = text(&order, Some("https://v.example.com/ack/abc"), true);
        assert!(
            told.starts_with("Order 12 (luna)\n2 x Jalapeño taco\n- no Onions\n- NOTE: "),
            "{told}"
        );
        assert!(
            told.contains("Total 9.00 USD\nReply OK 12 to accept.\n") && told.contains("/ack/abc"),
            "{told}"
        );
        order.order.details.notes = vec!["x".repeat(3_000)];
        let told = text(&order, Some("https://v.example.com/ack/abc"), true);
        assert_eq!(told.chars().count(), MAX_TEXT);
        assert!(told.ends_with("/ack/abc"), "{told}");
    }
}
