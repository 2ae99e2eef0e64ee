//! What things cost. All in minor units of the restaurant's currency; nothing goes through floating point.

use super::{CartLine, Part, Picked};
use crate::restaurant::{Amount, Item, Money, Tax};

/// The money of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines.
    pub subtotal: Money,
    /// Rounded once, half away from zero; contained in `subtotal` when prices include tax.
    pub tax: Money,
    /// What the caller pays.
    pub total: Money,
}

/// What one pick adds to the unit price: nothing for `none`, the extra price for `extra`, half (rounded half up) on half
/// an item where the option says so.
pub(super) fn pick_price(item: &Item, pick: &Picked) -> Money {
    let Some((option, choice)) = item
        .options
        .get(pick.option)
        .and_then(|option| Some((option, option.choices.get(pick.choice)?)))
    else {
        return Money::ZERO;
    };
    let one = match pick.amount {
        Amount::None => return Money::ZERO,
        Amount::Light | Amount::Regular => choice.price,
        Amount::Extra => choice.extra_price,
    };
    let all = one.times(pick.count);
    if pick.part != Part::Whole && option.half_price {
        Money::from_minor((all.minor() + 1) / 2)
    } else {
        all
    }
}

/// The price of one, with what the kitchen puts on it.
pub(super) fn unit_price(item: &Item, line: &CartLine) -> Money {
    item.price
        + line
            .made(item)
            .iter()
            .map(|pick| pick_price(item, pick))
            .sum()
}

/// Adds the tax to a subtotal, or finds it inside.
pub(super) fn totals(subtotal: Money, tax: Option<Tax>) -> Totals {
    let Some(tax) = tax else {
        return Totals {
            subtotal,
            tax: Money::ZERO,
            total: subtotal,
        };
    };
    let rate = i128::from(tax.rate_thousandths);
    let base = i128::from(subtotal.minor());
    let whole = 100_000 + if tax.included { rate } else { 0 };
    let amount = half_away_from_zero(base * rate, whole);
    let amount = Money::from_minor(i64::try_from(amount).unwrap_or(i64::MAX));
    let total = if tax.included {
        subtotal
    } else {
        subtotal + amount
    };
    Totals {
        subtotal,
        tax: amount,
        total,
    }
}

fn half_away_from_zero(numerator: i128, denominator: i128) -> i128 {
    (numerator * 2 + denominator * numerator.signum()) / (denominator * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_rounded_once_half_away_from_zero() {
        let added = |minor, rate| {
            totals(
                Money::from_minor(minor),
                Some(Tax {
                    rate_thousandths: rate,
                    included: false,
                }),
            )
            .tax
            .minor()
        };
        assert_eq!(added(1000, 13_000), 130);
        assert_eq!(added(50, 5_000), 3);
        assert_eq!(added(49, 5_000), 2);
        assert_eq!(added(1099, 8_875), 98);
        let inside = totals(
            Money::from_minor(1130),
            Some(Tax {
                rate_thousandths: 13_000,
                included: true,
            }),
        );
        assert_eq!((inside.tax.minor(), inside.total.minor()), (130, 1130));
    }
}
