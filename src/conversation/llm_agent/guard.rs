//! What a model's sentence may not say: money, that the order is in, that a dish is safe. Those are the engine's.
//!
//! Better one true sentence lost than one false one spoken: a sentence that may be such a claim is not said.

use super::super::intent::{holds, plain};
use crate::restaurant::Restaurant;
use crate::words::single_number;

/// What was found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing: it may be spoken.
    Fine,
    /// An amount of money, a discount, that something is free, when it will be ready.
    Fact,
    /// That the order is placed.
    Placed,
    /// That something holds no allergen.
    Safe,
}

/// Words of money, after a number.
const MONEY: &[&str] = &[
    "dollar", "dollars", "buck", "bucks", "cent", "cents", "euro", "euros", "quid", "pence",
    "peso", "pesos", "usd", "cad", "eur", "gbp", "mxn",
];
/// With a number in the same sentence these speak of money.
const COSTS: &[&str] = &[
    "total", "totals", "cost", "costs", "price", "priced", "prices", "charge", "charged", "owe",
    "pay", "tax", "subtotal",
];
/// With a number at the end, or two in a row ("twelve fifty"), so do these.
const SUMS: &[&str] = &["comes to", "come to", "thatll be", "that will be", "makes"];
/// Half a claim that all is done: not said, and no reason to send anybody home.
const DONE: &[&str] = &[
    "youre all set",
    "you are all set",
    "were all set",
    "ready in",
    "be ready in",
];
/// These do without a number.
const FREE: &[&str] = &[
    "discount",
    "discounted",
    "for free",
    "free of charge",
    "its free",
    "is free",
    "are free",
    "on the house",
    "no charge",
    "no extra charge",
    "no extra cost",
    "complimentary",
    "half price",
    "percent off",
    "cheaper",
];
const PLACED: &[&str] = &[
    "order is in",
    "orders in",
    "order is placed",
    "order is confirmed",
    "order is complete",
    "order is all set",
    "order has been",
    "order was placed",
    "order went through",
    "order is on its way",
    "order is being",
    "placed your order",
    "placed the order",
    "placing your order",
    "submitted your order",
    "submitted the order",
    "confirmed your order",
    "sent your order",
    "sent it to the kitchen",
    "order number",
];
const SAFE: &[&str] = &[
    "is safe",
    "are safe",
    "safe for",
    "safe to",
    "allergen free",
    "nut free",
    "peanut free",
    "dairy free",
    "gluten free",
    "lactose free",
    "egg free",
    "doesnt contain",
    "does not contain",
    "dont contain",
    "contains no",
    "contain no",
    "no nuts",
    "no peanuts",
    "no gluten",
    "no dairy",
    "no allergens",
];

/// Looks at one sentence.
pub(super) fn look(sentence: &str, restaurant: &Restaurant) -> Verdict {
    let said = plain(sentence);
    let any = |phrases: &[&str]| phrases.iter().any(|phrase| holds(&said, phrase));
    if any(PLACED) {
        return Verdict::Placed;
    }
    if has_money_sign(sentence) || any(FREE) || any(DONE) || counts_money(&said) {
        return Verdict::Fact;
    }
    let unsafe_claim = SAFE
        .iter()
        .any(|phrase| holds(&said, phrase) && !menu_says(restaurant, phrase));
    if unsafe_claim {
        return Verdict::Safe;
    }
    Verdict::Fine
}

fn has_money_sign(sentence: &str) -> bool {
    sentence.contains(['$', '€', '£', '¥', '₹', '₩', '¢'])
}

fn counts_money(said: &str) -> bool {
    let words: Vec<&str> = said.split(' ').collect();
    let number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) || single_number(word).is_some_and(|n| n > 1)
    };
    let named = words.windows(2).any(|pair| {
        MONEY.contains(&pair[1]) && (number(pair[0]) || matches!(pair[0], "a" | "one"))
    });
    // 4.50 in a telephone order is a price; 1.5 liters and 5:30 are none.
    let decimal = words.iter().any(|word| {
        word.split_once('.').is_some_and(|(whole, part)| {
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            part.len() == 2 && digits(whole) && digits(part)
        })
    });
    let any = |phrases: &[&str]| phrases.iter().any(|phrase| holds(said, phrase));
    let priced = any(COSTS) && words.iter().any(|word| number(word));
    let in_a_row = words
        .windows(2)
        .any(|pair| number(pair[0]) && number(pair[1]));
    let at_the_end = words.last().is_some_and(|word| number(word));
    let sums = any(SUMS) && (in_a_row || at_the_end);
    named || decimal || priced || sums || (any(&["its", "is"]) && in_a_row)
}

/// Names and descriptions of the file may be repeated ("gluten free crust").
fn menu_says(restaurant: &Restaurant, phrase: &str) -> bool {
    restaurant.menu.items.iter().any(|item| {
        let said = |text: &str| holds(&plain(text), phrase);
        said(&item.name)
            || item.description.as_deref().is_some_and(said)
            || item
                .options
                .iter()
                .flat_map(|option| &option.choices)
                .any(|choice| said(&choice.name))
    })
}
