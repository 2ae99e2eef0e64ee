//! What things cost. All in minor units of the restaurant's currency; nothing goes through floating point.
//!
//! A line is its unit price (item and choices) times its quantity, less what a bundle saves. Tax is rounded once per class
//! and order, half away from zero.

use std::collections::BTreeMap;

use super::cart_line::CartLine;
use super::measure::{extended, from_wide, half_away_from_zero};
use super::placed::{OrderFee, OrderTax};
use super::{Part, Picked};
use crate::restaurant::{Amount, Choice, Fee, FeeAmount, Item, Money, Restaurant, Tax};

/// The money of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines.
    pub subtotal: Money,
    /// All tax, each class rounded once; contained in the prices when they include tax.
    pub tax: Money,
    /// What the caller pays, but for what has the price of the day.
    pub total: Money,
    /// Tax by class, in the file's order; only classes something falls under.
    pub taxes: Vec<OrderTax>,
    /// Fees of the file, then deposits.
    pub fees: Vec<OrderFee>,
}

/// What each pick of a made line adds to the unit price, by its index: nothing for `none`, the extra price for `extra`, half
/// (rounded half up) on half an item where the option says so, nothing for the free ones; a pick inside a choice that was
/// taken twice counts twice.
pub(super) fn pick_prices(item: &Item, made: &[Picked]) -> Vec<Money> {
    let mut prices: Vec<Money> = made
        .iter()
        .map(|pick| pick_price(item, made, pick))
        .collect();
    for (at, option) in item.options.iter().enumerate() {
        if option.free() > 0 {
            give_free(item, made, at, option.free(), &mut prices);
        }
    }
    for (at, pick) in made.iter().enumerate() {
        prices[at] = prices[at].times(times_opened(item, made, pick.option));
    }
    prices
}

fn pick_price(item: &Item, made: &[Picked], pick: &Picked) -> Money {
    let Some((option, choice)) = item
        .options
        .get(pick.option)
        .and_then(|option| Some((option, option.choices.get(pick.choice)?)))
    else {
        return Money::ZERO;
    };
    let one = one_price(made, choice, pick.amount);
    let all = one.times(pick.count);
    if pick.part != Part::Whole && option.half_price {
        Money::from_minor((all.minor() + 1).div_euclid(2))
    } else {
        all
    }
}

/// A choice taken once, in an amount.
fn one_price(made: &[Picked], choice: &Choice, amount: Amount) -> Money {
    let by = choice.details.as_ref().and_then(|d| d.price_by.as_ref());
    let followed = by.and_then(|by| {
        let mut taken = made
            .iter()
            .filter(|p| p.option == by.option && p.amount != Amount::None);
        taken.find_map(|p| *by.prices.get(p.choice)?)
    });
    let price = followed.unwrap_or(choice.price);
    match amount {
        Amount::None => Money::ZERO,
        Amount::Light | Amount::Regular => price,
        // What extra costs more than regular is the same at every size.
        Amount::Extra => price + (choice.extra_price - choice.price),
    }
}

/// Takes the price off the cheapest `free` priced choices of an option, counts counted one by one.
fn give_free(item: &Item, made: &[Picked], option: usize, free: u32, prices: &mut [Money]) {
    let priced = |at: &usize| made[*at].option == option && prices[*at] > Money::ZERO;
    let mut order: Vec<usize> = (0..made.len()).filter(priced).collect();
    let single = |at: usize| {
        let pick = &made[at];
        pick_price(item, made, &Picked { count: 1, ..*pick })
    };
    order.sort_by_key(|&at| (single(at), at));
    let mut left = free;
    for at in order {
        let taken = left.min(made[at].count);
        left -= taken;
        let paid = made[at].count - taken;
        prices[at] = match paid {
            0 => Money::ZERO,
            paid if taken > 0 => pick_price(
                item,
                made,
                &Picked {
                    count: paid,
                    ..made[at]
                },
            ),
            _ => prices[at],
        };
    }
}

/// How often the choices that open an option were taken.
fn times_opened(item: &Item, made: &[Picked], option: usize) -> u32 {
    let Some((parent, choice)) = item.options.get(option).and_then(|o| o.parent()) else {
        return 1;
    };
    let taken = made
        .iter()
        .find(|p| p.option == parent && p.choice == choice && p.amount != Amount::None);
    let count = taken.map_or(1, |p| p.count);
    count.saturating_mul(times_opened(item, made, parent))
}

/// The price of one (or of one unit), with what the kitchen puts on it; choices that take off never bring it below nothing.
pub(super) fn unit_price(item: &Item, made: &[Picked]) -> Money {
    let all = item.price + pick_prices(item, made).into_iter().sum();
    all.max(Money::ZERO)
}

/// What bundles save on each line: every whole bundle of a dish in the order, however its lines are made, counted
/// off its lines from the first.
pub(super) fn savings(restaurant: &Restaurant, lines: &[CartLine]) -> Vec<Money> {
    let mut saved = vec![Money::ZERO; lines.len()];
    let bundled = |at: usize| {
        let item = &restaurant.menu.items[lines[at].item];
        Some((item, item.details.as_ref()?.bundle?))
    };
    for at in 0..lines.len() {
        let Some((item, bundle)) = bundled(at) else {
            continue;
        };
        let same = |other: &usize| lines[*other].item == lines[at].item;
        if (0..at).any(|before| same(&before)) {
            continue;
        }
        let of_item: Vec<usize> = (at..lines.len()).filter(same).collect();
        let pieces: u32 = of_item.iter().map(|&l| lines[l].quantity).sum();
        let each = item.price.times(bundle.quantity) - bundle.price;
        let mut left = each.max(Money::ZERO).times(pieces / bundle.quantity.max(1));
        for line in of_item {
            let most = unit_price(item, &lines[line].made(item)).times(lines[line].quantity);
            saved[line] = left.min(most);
            left = left - saved[line];
        }
    }
    saved
}

/// A line's money for [`totals`].
pub(super) struct Charge<'a> {
    pub line: &'a CartLine,
    pub total: Money,
}

/// Adds fees (`delivery`: that of bringing it) and tax to the lines, or finds the tax inside.
pub(super) fn totals(
    restaurant: &Restaurant,
    charges: &[Charge<'_>],
    delivery: Option<Money>,
) -> Totals {
    let subtotal: Money = charges.iter().map(|charge| charge.total).sum();
    let mut bases: BTreeMap<usize, Money> = BTreeMap::new();
    let default = restaurant.tax.as_ref().map_or(0, |tax| tax.default);
    let mut deposit = Money::ZERO;
    for charge in charges {
        let item = &restaurant.menu.items[charge.line.item];
        let own = item.details.as_ref().and_then(|d| d.tax).unwrap_or(default);
        let mut rest = charge.total;
        for (class, amount) in apart(item, charge) {
            let amount = amount.min(rest).max(Money::ZERO);
            rest = rest - amount;
            add(&mut bases, class, amount);
        }
        add(&mut bases, own, rest);
        deposit = deposit + deposit_of(item, charge.line);
    }
    let pieces = charges.iter().map(|charge| charge.line.quantity);
    let pieces = pieces.fold(0_u32, u32::saturating_add);
    let mut fees: Vec<OrderFee> = Vec::new();
    for fee in &restaurant.fees {
        let amount = fee_amount(fee, subtotal, pieces);
        if let Some(class) = fee.tax {
            add(&mut bases, class, amount);
        }
        fees.push(OrderFee {
            name: fee.name.clone(),
            amount,
        });
    }
    if let Some(amount) = delivery.filter(|&fee| fee != Money::ZERO) {
        fees.push(OrderFee {
            name: DELIVERY.to_owned(),
            amount,
        });
    }
    if deposit != Money::ZERO {
        fees.push(OrderFee {
            name: DEPOSIT.to_owned(),
            amount: deposit,
        });
    }
    let taxes = match &restaurant.tax {
        Some(tax) => taxed(tax, &bases),
        None => Vec::new(),
    };
    let included = restaurant.tax.as_ref().is_some_and(|tax| tax.included);
    let tax: Money = taxes.iter().map(|tax| tax.amount).sum();
    let fees_total: Money = fees.iter().map(|fee| fee.amount).sum();
    let added = if included { Money::ZERO } else { tax };
    Totals {
        subtotal,
        tax,
        total: subtotal + fees_total + added,
        taxes,
        fees,
    }
}

/// What bringing an order is called among its fees. It is not taxed, as no fee is without a class.
const DELIVERY: &str = "Delivery";
/// What the deposits of an order are called among its fees.
const DEPOSIT: &str = "Deposit";

fn add(bases: &mut BTreeMap<usize, Money>, class: usize, amount: Money) {
    let base = bases.entry(class).or_default();
    *base = *base + amount;
}

/// The parts of a line that have a tax class of their own.
fn apart(item: &Item, charge: &Charge<'_>) -> Vec<(usize, Money)> {
    let class = |pick: &Picked| {
        let choice = &item.options[pick.option].choices[pick.choice];
        choice.details.as_ref().and_then(|details| details.tax)
    };
    let made = charge.line.made(item);
    if made.iter().all(|pick| class(pick).is_none()) {
        return Vec::new();
    }
    let (quantity, measure) = (charge.line.quantity, charge.line.measure);
    made.iter()
        .zip(pick_prices(item, &made))
        .filter_map(|(pick, price)| Some((class(pick)?, extended(price, quantity, measure))))
        .collect()
}

/// What is returned with the empty bottles of a line.
pub(super) fn deposit_of(item: &Item, line: &CartLine) -> Money {
    let own = item.details.as_ref().map_or(Money::ZERO, |d| d.deposit);
    let made = line.made(item);
    let of_pick = |pick: &Picked| {
        let choice = &item.options[pick.option].choices[pick.choice];
        let deposit = choice.details.as_ref().map_or(Money::ZERO, |d| d.deposit);
        match pick.amount {
            Amount::None => Money::ZERO,
            _ => deposit.times(
                pick.count
                    .saturating_mul(times_opened(item, &made, pick.option)),
            ),
        }
    };
    let each = own + made.iter().map(of_pick).sum();
    each.times(line.quantity)
}

fn fee_amount(fee: &Fee, subtotal: Money, pieces: u32) -> Money {
    match fee.amount {
        FeeAmount::PerOrder(amount) => amount,
        FeeAmount::PerItem(amount) => amount.times(pieces),
        FeeAmount::Percent(rate) => {
            let all = i128::from(subtotal.minor()) * i128::from(rate);
            from_wide(half_away_from_zero(all, 100_000))
        }
    }
}

/// Each class, rounded once.
fn taxed(tax: &Tax, bases: &BTreeMap<usize, Money>) -> Vec<OrderTax> {
    let of_class = |(&class, &base): (&usize, &Money)| {
        let known = tax.classes.get(class)?;
        let rate = i128::from(known.rate_thousandths);
        let whole = 100_000 + if tax.included { rate } else { 0 };
        let amount = half_away_from_zero(i128::from(base.minor()) * rate, whole);
        (base != Money::ZERO).then(|| OrderTax {
            class: known.name.clone(),
            rate_thousandths: known.rate_thousandths,
            base,
            amount: from_wide(amount),
        })
    };
    bases.iter().filter_map(of_class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Measure;

    #[test]
    fn tax_is_rounded_once_half_away_from_zero() {
        let one = |minor, rate, included| {
            let bases = BTreeMap::from([(0, Money::from_minor(minor))]);
            taxed(&Tax::single(rate, included), &bases)[0]
                .amount
                .minor()
        };
        assert_eq!(one(1000, 13_000, false), 130);
        assert_eq!(one(50, 5_000, false), 3);
        assert_eq!(one(49, 5_000, false), 2);
        assert_eq!(one(1099, 8_875, false), 98);
        assert_eq!(one(1130, 13_000, true), 130);
    }

    #[test]
    fn a_measured_price_is_rounded_once_half_away_from_zero() {
        let measured =
            |minor, text| extended(Money::from_minor(minor), 1, Measure::parse(text)).minor();
        assert_eq!(measured(1099, "0.5"), 550);
        assert_eq!(measured(1099, "0.25"), 275);
        assert_eq!(measured(1099, "1.5"), 1649);
    }
}
