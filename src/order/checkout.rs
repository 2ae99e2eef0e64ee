//! What a cart comes to, what it still lacks, and the order it becomes.

use super::cart::Cart;
use super::cart_line::{self, CartLine, LineId, Picked};
use super::pricing::{self, Charge, Totals};
use super::{Fulfilment, Order, OrderDetails, OrderLine, placing};
use crate::restaurant::{Amount, Delivers, ItemOption, Money};

/// Why an order that lacks no answer cannot be placed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// Fewer of a dish than are sold: pieces, or whole units where it has a unit.
    Dish { item: usize, min: u32 },
    /// The dishes come to less than the least order.
    Order { minimum: Money },
    /// The dishes come to less than is brought; what is fetched may be less.
    Delivery { minimum: Money },
    /// The caller has not said to be old enough.
    Age { age: u32 },
}

/// A required option nobody has answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub line: LineId,
    /// Index into the item's options.
    pub option: usize,
}

impl Cart {
    /// How old the caller must be for what is in the order.
    pub fn age(&self) -> Option<u32> {
        self.lines.iter().filter_map(|line| self.age_of(line)).max()
    }

    /// How old the caller must be for a line.
    pub fn age_of(&self, line: &CartLine) -> Option<u32> {
        let item = self.item(line);
        let own = item.details.as_ref().and_then(|details| details.age);
        let of_pick = |pick: &Picked| {
            let choice = &item.options[pick.option].choices[pick.choice];
            let age = choice.details.as_ref().and_then(|details| details.age);
            age.filter(|_| pick.amount != Amount::None)
        };
        let picks = line.made(item);
        picks.iter().filter_map(of_pick).chain(own).max()
    }

    /// Why the order cannot be placed, though every question about it is answered.
    pub fn shortfall(&self) -> Option<Shortfall> {
        let few = self.lines.iter().find_map(|line| {
            let min = self.item(line).details.as_ref()?.min?;
            let dish = Shortfall::Dish {
                item: line.item,
                min,
            };
            (self.held(line.item, None) < u64::from(min) * 1000).then_some(dish)
        });
        let minimum = self.restaurant.minimum_order;
        let cheap = || {
            let subtotal = self.totals().subtotal;
            let brought = self.delivers().map_or(Money::ZERO, |terms| terms.minimum);
            let little = (subtotal < brought).then_some(Shortfall::Delivery { minimum: brought });
            (subtotal < minimum)
                .then_some(Shortfall::Order { minimum })
                .or(little)
        };
        let young = || {
            let age = self.age().filter(|&age| age > self.age_confirmed);
            age.map(|age| Shortfall::Age { age })
        };
        if self.is_empty() {
            return None;
        }
        few.or_else(cheap).or_else(young)
    }

    /// The terms on which it is brought; `None` where it is fetched, or nothing is known of how it gets to the caller.
    pub fn delivers(&self) -> Option<&Delivers> {
        let terms = self.restaurant.delivery.as_ref()?;
        (self.fulfilment == Some(Fulfilment::Delivery)).then_some(terms)
    }

    /// Is it brought, and nobody knows yet where to?
    pub fn needs_address(&self) -> bool {
        let to = &self.address;
        let known = |terms: &Delivers| {
            let code = Some(to.postal_code.as_str());
            self.address_confirmed && !to.street.is_empty() && terms.covers(code)
        };
        self.delivers().is_some_and(|terms| !known(terms))
    }

    /// Is the option asked of this line, as it is made now?
    pub fn asks(&self, line: &CartLine, option: usize) -> bool {
        let item = self.item(line);
        cart_line::is_asked(item, option, &line.made(item))
    }

    /// The first required option that neither the caller nor a default answers.
    pub fn missing(&self) -> Option<Missing> {
        self.lines
            .iter()
            .find_map(|line| self.missing_on(line).next())
    }

    /// Every unanswered required option of a line.
    pub fn missing_on<'a>(&'a self, line: &'a CartLine) -> impl Iterator<Item = Missing> + 'a {
        let item = self.item(line);
        let made = line.made(item);
        let asked: Vec<bool> = (0..item.options.len())
            .map(|at| cart_line::is_asked(item, at, &made))
            .collect();
        let lacks = move |at: usize, option: &ItemOption| {
            let taken: u32 = made
                .iter()
                .filter(|p| p.option == at && p.amount != Amount::None)
                .map(|p| p.count)
                .sum();
            asked[at] && taken < option.min
        };
        item.options
            .iter()
            .enumerate()
            .filter(move |(at, option)| lacks(*at, option))
            .map(|(at, _)| Missing {
                line: line.id,
                option: at,
            })
    }

    /// Price of one item of a line (or of one unit of it), with its choices and defaults.
    pub fn unit_price(&self, line: &CartLine) -> Money {
        let item = self.item(line);
        pricing::unit_price(item, &line.made(item))
    }

    /// Is anything in the order of which only the counter knows the price?
    pub fn has_market_price(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| self.item(line).has_market_price())
    }

    /// Subtotal, tax and total as they would be placed now.
    pub fn totals(&self) -> Totals {
        let savings = pricing::savings(&self.restaurant, &self.lines);
        let charge = |(line, saved): (_, Money)| Charge {
            line,
            total: self.line_total(line) - saved,
        };
        let charges: Vec<Charge<'_>> = self.lines.iter().zip(savings).map(charge).collect();
        let fee = self.delivers().map(|terms| terms.fee);
        pricing::totals(&self.restaurant, &charges, fee)
    }

    /// A line without what a bundle saves.
    fn line_total(&self, line: &CartLine) -> Money {
        super::measure::extended(self.unit_price(line), line.quantity, line.measure)
    }

    /// The whole order, priced, defaults filled in. `sequence` is 1 for the first order of a call. `None` while it is
    /// empty, a required option is open, a [`Shortfall`] stands against it, something in it has run out, or the kitchen takes
    /// no orders.
    pub fn to_order(&self, sequence: u32) -> Option<Order> {
        let lacking = self.missing().is_some() || self.shortfall().is_some();
        let unknown = self.needs_address();
        let kitchen = self.ran_out().is_some() || self.restaurant.is_paused();
        if self.is_empty() || lacking || unknown || kitchen {
            return None;
        }
        let totals = self.totals();
        Some(Order {
            restaurant: self.restaurant.id.clone(),
            currency: self.restaurant.currency,
            lines: self.order_lines(),
            subtotal: totals.subtotal,
            tax: totals.tax,
            total: totals.total,
            name: self.name.clone(),
            fulfilment: self.fulfilment,
            sequence,
            details: OrderDetails {
                notes: self.notes.clone(),
                taxes: totals.taxes,
                fees: totals.fees,
                tax_included: self.restaurant.tax.as_ref().is_some_and(|tax| tax.included),
                age: self.age(),
                address: self.delivers().map(|_| self.address.clone()),
            },
        })
    }

    /// The lines as they would be placed now, priced, defaults filled in; a required option may still be open.
    pub fn order_lines(&self) -> Vec<OrderLine> {
        let savings = pricing::savings(&self.restaurant, &self.lines);
        let line = |(line, saved)| self.order_line(line, saved);
        self.lines.iter().zip(savings).map(line).collect()
    }

    fn order_line(&self, line: &CartLine, saved: Money) -> OrderLine {
        placing::order_line(self.item(line), line, self.age_of(line), saved)
    }
}
