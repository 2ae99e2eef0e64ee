//! A plain ticket: what the kitchen makes and what the counter takes, in lines of fixed width.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::json::percent;
use super::{Address, Fulfilment, OrderChoice, OrderLine, OrderState, Part, PlacedOrder};
use crate::restaurant::{Amount, Money};

/// Letters in a line: what an 80 mm printer sets in its plain font.
const WIDTH: usize = 42;
/// No paper is narrower.
const MIN_WIDTH: usize = 24;

/// The ticket of an order, its time in `zone`. Everything a caller said stands on lines of its own after `NOTE`; control
/// characters in it become blanks, so that no caller commands a printer.
pub fn ticket(placed: &PlacedOrder, zone: &TimeZone) -> String {
    ticket_of_width(placed, zone, WIDTH)
}

/// The same in lines of another width, at least 24 letters.
pub fn ticket_of_width(placed: &PlacedOrder, zone: &TimeZone, width: usize) -> String {
    let order = &placed.order;
    let mut out = Ticket {
        text: String::new(),
        width: width.max(MIN_WIDTH),
    };
    let test = match placed.state {
        OrderState::Test => "TEST, DO NOT MAKE",
        _ => "",
    };
    out.pair(&format!("ORDER {}", placed.number), test);
    let time = placed.placed_at.to_zoned_datetime(zone.clone());
    out.pair(
        order.restaurant.as_str(),
        &time.strftime("%Y-%m-%d %H:%M").to_string(),
    );
    if let Some(name) = &order.name {
        out.line(0, &format!("For {name}"));
    }
    match order.fulfilment {
        Some(Fulfilment::Pickup) => out.line(0, "Pickup"),
        Some(Fulfilment::Delivery) => out.line(0, "Delivery"),
        None => {}
    }
    for line in order.details.address.iter().flat_map(Address::lines) {
        out.line(1, &line);
    }
    out.rule();
    let money = |amount: Money| amount.decimal(order.currency);
    for line in &order.lines {
        line_on(&mut out, line, &money);
    }
    for note in &order.details.notes {
        out.line(0, &format!("NOTE: {note}"));
    }
    out.rule();
    out.pair("Subtotal", &money(order.subtotal));
    for fee in &order.details.fees {
        out.pair(&fee.name, &money(fee.amount));
    }
    let included = if order.details.tax_included {
        " included"
    } else {
        ""
    };
    match order.details.taxes.as_slice() {
        [] if order.tax == Money::ZERO => {}
        [] => out.pair(&format!("Tax{included}"), &money(order.tax)),
        taxes => {
            for tax in taxes {
                let class = match tax.class.as_str() {
                    "" => String::new(),
                    class => format!(" {class}"),
                };
                let rate = percent(tax.rate_thousandths);
                out.pair(&format!("Tax{class} {rate}%{included}"), &money(tax.amount));
            }
        }
    }
    let total = format!("{} {}", money(order.total), order.currency.code());
    out.pair("TOTAL", &total);
    if order.lines.iter().any(|line| line.details.market_price) {
        out.line(0, "PLUS PRICE AT THE COUNTER");
    }
    if let Some(age) = order.details.age {
        out.line(0, &format!("ID AT PICKUP: {age} OR OLDER"));
    }
    out.text
}

fn line_on(out: &mut Ticket, line: &OrderLine, money: &impl Fn(Money) -> String) {
    let details = &line.details;
    let gross = line.total() + details.saving;
    let price = match details.market_price {
        true if gross == Money::ZERO => "market".to_owned(),
        true => format!("market + {}", money(gross)),
        false => money(gross),
    };
    out.pair(&format!("{} {}", how_many(line), line.name), &price);
    choices_on(out, 1, &line.choices);
    for note in &details.notes {
        out.line(1, &format!("NOTE: {note}"));
    }
    if details.saving != Money::ZERO {
        let saved = Money::ZERO - details.saving;
        out.pair("    Bundle", &money(saved));
    }
    if let Some(age) = details.age {
        out.line(1, &format!("AGE {age}+"));
    }
}

fn choices_on(out: &mut Ticket, depth: usize, choices: &[OrderChoice]) {
    for choice in choices {
        out.line(depth, &choice_text(choice));
        choices_on(out, depth + 1, &choice.choices);
    }
}

/// "2 x", or "0.75 pound" where it is measured.
pub(crate) fn how_many(line: &OrderLine) -> String {
    match &line.details.measure {
        Some((measure, unit)) => format!("{measure} {unit}"),
        None => format!("{} x", line.quantity),
    }
}

/// One choice with amount, count and part: "extra Cheese x 2 (left half)".
pub(crate) fn choice_text(choice: &OrderChoice) -> String {
    let amount = match choice.amount {
        Amount::None => "no ",
        Amount::Light => "light ",
        Amount::Regular => "",
        Amount::Extra => "extra ",
    };
    let count = if choice.count > 1 {
        format!(" x {}", choice.count)
    } else {
        String::new()
    };
    let part = match choice.part {
        Part::Whole => "",
        Part::Left => " (left half)",
        Part::Right => " (right half)",
    };
    format!("{amount}{}{count}{part}", choice.choice)
}

struct Ticket {
    text: String,
    width: usize,
}

impl Ticket {
    fn rule(&mut self) {
        let _ = writeln!(self.text, "{}", "-".repeat(self.width)); // writing into a String cannot fail
    }

    /// Text on as many lines as it takes, all indented alike.
    fn line(&mut self, depth: usize, text: &str) {
        let indent = " ".repeat(depth * 4);
        for part in wrapped(&plain(text), self.width - indent.len().min(self.width / 2)) {
            let _ = writeln!(self.text, "{indent}{part}");
        }
    }

    /// Text on the left, an amount on the right of its first line.
    fn pair(&mut self, left: &str, right: &str) {
        let room = self.width.saturating_sub(right.chars().count() + 1).max(8);
        for (at, part) in wrapped(&plain(left), room).iter().enumerate() {
            let _ = match at {
                0 if !right.is_empty() => writeln!(self.text, "{part:<room$} {right}"),
                0 => writeln!(self.text, "{part}"),
                _ => writeln!(self.text, "    {part}"),
            };
        }
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Breaks at blanks, and inside a word only where it is longer than a line. Leading blanks stay.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_inclusive(' ') {
        let trimmed = word.trim_end().chars().count();
        if length > 0 && length + trimmed > width {
            lines.push(line.trim_end().to_owned());
            line.clear();
            length = 0;
        }
        for letter in word.chars() {
            if length == width && letter != ' ' {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            line.push(letter);
            length += 1;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{LineDetails, Measure, Order, OrderDetails, OrderFee, OrderTax};
    use crate::restaurant::{Currency, Digest, RestaurantId};

    fn placed() -> PlacedOrder {
        let choice = |name: &str, choices| OrderChoice {
            option: "Side".into(),
            choice: name.into(),
            amount: Amount::Regular,
            count: 1,
            part: Part::Whole,
            price: Money::ZERO,
            item: None,
            choices,
        };
        let line = |name: &str, minor, choices, details| OrderLine {
            item: "x".into(),
            name: name.into(),
            quantity: 1,
            price: Money::from_minor(minor),
            choices,
            details,
        };
        PlacedOrder {
            id: uuid::Uuid::nil(),
            number: 7,
            account_sid: "AC1".into(),
            call_sid: "CA1".into(),
            state: OrderState::Placed,
            placed_at: "2026-11-23T18:30:00Z".parse().unwrap(),
            generation: 1,
            digest: Digest::of(b"file"),
            order: Order {
                restaurant: RestaurantId::parse("luna").unwrap(),
                currency: Currency::USD,
                lines: vec![
                    line(
                        "Burger meal",
                        1250,
                        vec![choice("Fries", vec![choice("Large", vec![])])],
                        LineDetails {
                            notes: vec![
                                "no \u{1b}onions, and please cut it into four equal parts".into(),
                            ],
                            ..LineDetails::default()
                        },
                    ),
                    line(
                        "Turkey",
                        1099,
                        vec![],
                        LineDetails {
                            measure: Measure::parse("0.75").map(|m| (m, "pound".into())),
                            saving: Money::from_minor(24),
                            ..LineDetails::default()
                        },
                    ),
                    line(
                        "Lobster",
                        0,
                        vec![],
                        LineDetails {
                            market_price: true,
                            age: Some(21),
                            ..LineDetails::default()
                        },
                    ),
                ],
                subtotal: Money::from_minor(2050),
                tax: Money::from_minor(182),
                total: Money::from_minor(2242),
                name: Some("Ada".into()),
                fulfilment: Some(Fulfilment::Pickup),
                sequence: 1,
                details: OrderDetails {
                    notes: vec!["gluten allergy".into()],
                    taxes: vec![OrderTax {
                        class: "prepared".into(),
                        rate_thousandths: 8_875,
                        base: Money::from_minor(2050),
                        amount: Money::from_minor(182),
                    }],
                    fees: vec![OrderFee {
                        name: "Bag".into(),
                        amount: Money::from_minor(10),
                    }],
                    tax_included: false,
                    age: Some(21),
                    address: None,
                },
            },
        }
    }

    #[test]
    fn a_ticket_says_what_to_make_what_to_take_and_what_to_ask_for() {
        insta::assert_snapshot!(ticket(&placed(), &TimeZone::UTC), @r"
        ORDER 7
        luna                      2026-11-23 18:30
        For Ada
        Pickup
        ------------------------------------------
        1 x Burger meal                      12.50
            Fries
                Large
            NOTE: no  onions, and please cut it
            into four equal parts
        0.75 pound Turkey                     8.24
            Bundle                           -0.24
        1 x Lobster                         market
            AGE 21+
        NOTE: gluten allergy
        ------------------------------------------
        Subtotal                             20.50
        Bag                                   0.10
        Tax prepared 8.875%                   1.82
        TOTAL                            22.42 USD
        PLUS PRICE AT THE COUNTER
        ID AT PICKUP: 21 OR OLDER
        ");
    }

    #[test]
    fn no_line_is_wider_than_the_paper_and_no_control_character_reaches_it() {
        let mut order = placed();
        order.order.lines[0].name = "x".repeat(100);
        order.order.lines[1].details.notes = vec!["é".repeat(90), "a b ".repeat(30)];
        for line in ticket(&order, &TimeZone::UTC).lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}
