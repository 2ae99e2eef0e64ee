//! Orders for a person at a terminal.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::order::{OrderChoice, OrderLine, OrderState, PlacedOrder, choice_text, how_many};
use crate::store::OrderWay;
use crate::words::printable;

/// Longest text of one line, characters: names come from files, and of old ones.
const MAX_TEXT: usize = 2000;

/// Widest the items column grows before it is cut with an ellipsis.
const ITEMS_WIDTH: usize = 48;

/// One line per order under a heading, columns as wide as their widest cell.
pub(super) fn table(orders: &[PlacedOrder]) -> String {
    let mut rows = vec![
        [
            "NO",
            "PLACED (UTC)",
            "RESTAURANT",
            "ITEMS",
            "TOTAL",
            "STATE",
            "ID",
        ]
        .map(String::from),
    ];
    rows.extend(orders.iter().map(|placed| {
        let order = &placed.order;
        [
            placed.number.to_string(),
            minute(placed),
            order.restaurant.to_string(),
            cut(&printable(&items(&order.lines), MAX_TEXT)),
            order.total.display(order.currency),
            placed.state.as_str().to_owned(),
            placed.id.to_string(),
        ]
    }));
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in &rows {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A whole order, as a kitchen ticket would have it.
pub(super) fn order_text(placed: &PlacedOrder) -> String {
    let order = &placed.order;
    let money = |amount: crate::restaurant::Money| amount.display(order.currency);
    let mut text = String::new();
    let mut say = |label: &str, value: &str| {
        let value = printable(value, MAX_TEXT);
        let _ = writeln!(text, "{label:<11}{value}"); // writing into a String cannot fail
    };
    let test = match placed.state {
        OrderState::Test => "  (test: not for the kitchen)",
        _ => "",
    };
    say("order", &format!("{}{test}", placed.number));
    say("restaurant", order.restaurant.as_str());
    say("placed", &format!("{} UTC", minute(placed)));
    if let Some(name) = &order.name {
        say("name", name);
    }
    if let Some(fulfilment) = order.fulfilment {
        say("how", &format!("{fulfilment:?}").to_lowercase());
    }
    if let Some(address) = &order.details.address {
        say("to", &address.to_string());
    }
    for line in &order.lines {
        let each = match &line.details.measure {
            Some((_, unit)) => format!("  ({} a {unit})", money(line.price)),
            None if line.quantity > 1 => format!("  ({} each)", money(line.price)),
            None => String::new(),
        };
        let market = if line.details.market_price {
            "  + market price"
        } else {
            ""
        };
        let what = format!("{} {}", how_many(line), line.name);
        say(
            "",
            &format!("{what:<36} {:>10}{each}{market}", money(line.total())),
        );
        choices_text(&mut say, 1, &line.choices);
        for note in &line.details.notes {
            say("", &format!("    note: {note}"));
        }
    }
    for note in &order.details.notes {
        say("note", note);
    }
    say("subtotal", &money(order.subtotal));
    for fee in &order.details.fees {
        say("fee", &format!("{} {}", money(fee.amount), fee.name));
    }
    say("tax", &money(order.tax));
    say("total", &money(order.total));
    say("call", &placed.call_sid);
    say(
        "menu",
        &format!(
            "{} (generation {})",
            placed.digest.short(),
            placed.generation
        ),
    );
    say("id", &placed.id.to_string());
    text
}

/// What became of an order, line by line.
pub(super) fn way_text(way: &OrderWay) -> String {
    let mut text = String::new();
    for delivery in way.deliveries.iter().filter(|d| !d.is_unused_text()) {
        let error = delivery.error.as_deref().map(|error| format!(": {error}"));
        let told = format!(
            "{} {}, {} tries{}",
            delivery.channel.destination(),
            delivery.state.as_str(),
            delivery.tries,
            error.unwrap_or_default()
        );
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{:<11}{}", "delivery", printable(&told, MAX_TEXT));
    }
    for change in &way.changes {
        let reason = change.reason.as_deref().map(|reason| format!(": {reason}"));
        let told = format!(
            "{:.0} by {}{}",
            change.at,
            change.by,
            reason.unwrap_or_default()
        );
        let _ = writeln!(
            text,
            "{:<11}{}",
            change.what.as_str(),
            printable(&told, MAX_TEXT)
        );
    }
    text
}

fn choices_text(say: &mut impl FnMut(&str, &str), depth: usize, choices: &[OrderChoice]) {
    for choice in choices {
        let indent = " ".repeat(depth * 4);
        say(
            "",
            &format!("{indent}{}: {}", choice.option, choice_text(choice)),
        );
        choices_text(say, depth + 1, &choice.choices);
    }
}

fn minute(placed: &PlacedOrder) -> String {
    placed
        .placed_at
        .to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

fn items(lines: &[OrderLine]) -> String {
    let items: Vec<String> = lines
        .iter()
        .map(|line| match &line.details.measure {
            Some(_) => format!("{} {}", how_many(line), line.name),
            None => format!("{} {}", line.quantity, line.name),
        })
        .collect();
    items.join(", ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= ITEMS_WIDTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(ITEMS_WIDTH - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{LineDetails, Order, OrderDetails, Part};
    use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};

    fn placed() -> PlacedOrder {
        let choice = |name: &str, amount, count, part| OrderChoice {
            option: "Toppings".into(),
            choice: name.into(),
            amount,
            count,
            part,
            price: Money::ZERO,
            item: None,
            choices: vec![],
        };
        PlacedOrder {
            id: uuid::Uuid::nil(),
            number: 12,
            account_sid: "AC1".into(),
            call_sid: "CA1".into(),
            state: OrderState::Test,
            placed_at: "2026-11-23T18:30:59.9Z".parse().unwrap(),
            generation: 3,
            digest: Digest::of(b"file"),
            order: Order {
                restaurant: RestaurantId::parse("bellas").unwrap(),
                currency: Currency::USD,
                lines: vec![
                    OrderLine {
                        item: "m1".into(),
                        name: "Pepperoni Pizza".into(),
                        quantity: 2,
                        price: Money::from_minor(1399),
                        choices: vec![
                            choice("Cheese", Amount::Extra, 2, Part::Whole),
                            choice("Olives", Amount::None, 1, Part::Left),
                        ],
                        details: LineDetails::default(),
                    },
                    OrderLine {
                        item: "m9".into(),
                        name: "Sparkling Water with a very long name indeed".into(),
                        quantity: 1,
                        price: Money::from_minor(250),
                        choices: vec![],
                        details: LineDetails::default(),
                    },
                ],
                subtotal: Money::from_minor(3048),
                tax: Money::from_minor(396),
                total: Money::from_minor(3444),
                name: Some("Ada".into()),
                fulfilment: None,
                sequence: 1,
                details: OrderDetails::default(),
            },
        }
    }

    #[test]
    fn the_list_is_a_table_that_lines_up() {
        insta::assert_snapshot!(table(&[placed()]), @r#"
        NO  PLACED (UTC)      RESTAURANT  ITEMS                                             TOTAL   STATE  ID
        12  2026-11-23 18:30  bellas      2 Pepperoni Pizza, 1 Sparkling Water with a ver…  $34.44  test   00000000-0000-0000-0000-000000000000
        "#);
    }

    #[test]
    fn one_order_reads_like_a_ticket() {
        insta::assert_snapshot!(order_text(&placed()), @r#"
        order      12  (test: not for the kitchen)
        restaurant bellas
        placed     2026-11-23 18:30 UTC
        name       Ada
                   2 x Pepperoni Pizza                      $27.98  ($13.99 each)
                       Toppings: extra Cheese x 2
                       Toppings: no Olives (left half)
                   1 x Sparkling Water with a very long name indeed      $2.50
        subtotal   $30.48
        tax        $3.96
        total      $34.44
        call       CA1
        menu       3b9c358f36f0 (generation 3)
        id         00000000-0000-0000-0000-000000000000
        "#);
    }
}
