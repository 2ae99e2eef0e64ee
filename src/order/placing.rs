//! A line of the cart as a line of an order: names and prices copied, what is chosen inside a choice put inside it.

use super::cart_line::{CartLine, Picked};
use super::pricing;
use super::{LineDetails, OrderChoice, OrderLine};
use crate::restaurant::{Item, Money};

/// The line as it is placed; `saved` is what a bundle takes off.
pub(super) fn order_line(
    item: &Item,
    line: &CartLine,
    age: Option<u32>,
    saved: Money,
) -> OrderLine {
    let made = line.made(item);
    let prices = pricing::pick_prices(item, &made);
    let unit = item.unit().map(|unit| unit.name.clone());
    OrderLine {
        item: item.id.clone(),
        name: item.printed().to_owned(),
        quantity: line.quantity,
        price: pricing::unit_price(item, &made),
        choices: inside(item, &made, &prices, None),
        details: LineDetails {
            notes: line.notes.clone(),
            measure: line.measure.zip(unit),
            saving: saved,
            deposit: pricing::deposit_of(item, line),
            market_price: item.has_market_price(),
            age,
        },
    }
}

/// The choices that a choice opens (`None`: those of the item itself).
fn inside(
    item: &Item,
    made: &[Picked],
    prices: &[Money],
    opener: Option<(usize, usize)>,
) -> Vec<OrderChoice> {
    let mine = |pick: &Picked| item.options[pick.option].parent() == opener;
    made.iter()
        .zip(prices)
        .filter(|(pick, _)| mine(pick))
        .map(|(pick, &price)| {
            let option = &item.options[pick.option];
            let choice = &option.choices[pick.choice];
            OrderChoice {
                option: option.name.clone(),
                choice: choice.printed().to_owned(),
                amount: pick.amount,
                count: pick.count,
                part: pick.part,
                price,
                item: choice.dish().map(str::to_owned),
                choices: inside(item, made, prices, Some((pick.option, pick.choice))),
            }
        })
        .collect()
}
