//! English money and signs; its numbers are in `spoken_numbers`.

pub(super) use super::spoken_numbers::{cardinal, ordinal};

use super::spoken_money;
use super::sum::Sum;

/// "twenty-three eighty", "five dollars", "fifty cents".
pub(super) fn money(amount: Sum) -> Option<String> {
    let (unit, part) = match amount.sign {
        '$' => ("dollar", "cent"),
        '€' => ("euro", "cent"),
        '£' => ("pound", "penny"),
        '¥' => ("yen", "sen"),
        '₹' => ("rupees", "paise"),
        '₩' => ("won", "jeon"),
        _ => return None,
    };
    Some(spoken_money(amount.whole, amount.cents, unit, part))
}

pub(super) fn sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "&" => "and",
        "+" => "plus",
        "w/" => "with",
        "%" => "percent",
        "x" => "times",
        "." => "point",
        "in" => "inch",
        "oz" => "ounce",
        "ml" => "milliliter",
        "l" => "liter",
        "g" => "gram",
        "lb" => "pound",
        "pc" => "piece",
        _ => return None,
    })
}
