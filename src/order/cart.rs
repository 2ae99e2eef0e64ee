//! The caller's order while it is being taken, over one restaurant's menu.
//!
//! Every change is checked as a whole before it is made, so the cart only ever holds what the menu allows; what it still
//! lacks is [`Cart::missing`].

use std::sync::Arc;

use super::cart_line::{CartLine, LineId, Picked};
use super::pricing::{self, Totals};
use super::rules::{self, CartError};
use super::{Fulfilment, Order, OrderChoice, OrderLine};
use crate::restaurant::{Amount, Item, ItemOption, Money, Restaurant};

/// What the caller has ordered so far.
#[derive(Clone, Debug)]
pub struct Cart {
    restaurant: Arc<Restaurant>,
    lines: Vec<CartLine>,
    next_id: u32,
    /// The caller's name, where the file asks for it.
    pub name: Option<String>,
    /// Pickup or delivery, where the file asks for it.
    pub fulfilment: Option<Fulfilment>,
}

/// A required option nobody has answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub line: LineId,
    /// Index into the item's options.
    pub option: usize,
}

impl Cart {
    /// An empty cart.
    pub fn new(restaurant: Arc<Restaurant>) -> Self {
        Self {
            restaurant,
            lines: Vec::new(),
            next_id: 0,
            name: None,
            fulfilment: None,
        }
    }

    /// The restaurant whose menu this cart obeys.
    pub fn restaurant(&self) -> &Arc<Restaurant> {
        &self.restaurant
    }

    /// The lines, oldest first.
    pub fn lines(&self) -> &[CartLine] {
        &self.lines
    }

    /// Nothing ordered?
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// One line.
    pub fn line(&self, id: LineId) -> Option<&CartLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The menu item of a line.
    pub fn item(&self, line: &CartLine) -> &Item {
        &self.restaurant.menu.items[line.item]
    }

    /// Items in the order, quantities counted.
    pub fn count(&self) -> u32 {
        self.lines
            .iter()
            .fold(0, |sum, line| sum.saturating_add(line.quantity))
    }

    /// Adds items. An equal line takes them in; its id is returned then.
    ///
    /// # Errors
    /// Sold out, over a limit of the menu or of the order; the cart is unchanged.
    pub fn add(
        &mut self,
        item: usize,
        quantity: u32,
        picked: &[Picked],
    ) -> Result<LineId, CartError> {
        if quantity == 0 {
            return Err(CartError::NoQuantity);
        }
        let found = rules::orderable(&self.restaurant.menu, item)?;
        let all = picked
            .iter()
            .fold(Vec::new(), |all, &pick| rules::merged(found, &all, pick));
        rules::check(&self.restaurant.menu, item, &all)?;
        self.check_room(self.count(), quantity)?;
        let id = LineId(self.next_id);
        self.next_id += 1;
        self.lines.push(CartLine {
            id,
            item,
            quantity,
            picked: all,
        });
        Ok(self.merge_equal(id))
    }

    /// Takes a line out.
    ///
    /// # Errors
    /// No such line.
    pub fn remove(&mut self, id: LineId) -> Result<(), CartError> {
        let at = self.position(id)?;
        self.lines.remove(at);
        Ok(())
    }

    /// Changes how many of a line are wanted; 0 takes it out.
    ///
    /// # Errors
    /// No such line, or more than an order may hold.
    pub fn set_quantity(&mut self, id: LineId, quantity: u32) -> Result<(), CartError> {
        let at = self.position(id)?;
        if quantity == 0 {
            self.lines.remove(at);
            return Ok(());
        }
        self.check_room(self.count() - self.lines[at].quantity, quantity)?;
        self.lines[at].quantity = quantity;
        Ok(())
    }

    /// Takes a choice on a line (an amount of `none` refuses it). Where only one may be taken it replaces the other.
    /// Returns the line that now holds it: an equal line takes this one in.
    ///
    /// # Errors
    /// The menu does not allow it; the cart is unchanged.
    pub fn choose(&mut self, id: LineId, pick: Picked) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        let line = &self.lines[at];
        let all = rules::merged(self.item(line), &line.picked, pick);
        rules::check(&self.restaurant.menu, line.item, &all)?;
        self.lines[at].picked = all;
        Ok(self.merge_equal(id))
    }

    /// Forgets what was said about a choice of a line. Returns the line that now holds the items.
    ///
    /// # Errors
    /// No such line.
    pub fn unchoose(
        &mut self,
        id: LineId,
        option: usize,
        choice: usize,
    ) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        self.lines[at]
            .picked
            .retain(|p| p.option != option || p.choice != choice);
        Ok(self.merge_equal(id))
    }

    /// Makes a line another item; choices that the other item has too (by name) and allows are kept.
    ///
    /// # Errors
    /// The other item cannot be ordered; the cart is unchanged.
    pub fn replace(&mut self, id: LineId, item: usize) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        let new = rules::orderable(&self.restaurant.menu, item)?;
        let old = self.item(&self.lines[at]);
        let mut kept = Vec::new();
        for pick in &self.lines[at].picked {
            let Some(moved) = same_choice(old, new, pick) else {
                continue;
            };
            let with = rules::merged(new, &kept, moved);
            if rules::check(&self.restaurant.menu, item, &with).is_ok() {
                kept = with;
            }
        }
        self.lines[at].item = item;
        self.lines[at].picked = kept;
        Ok(self.merge_equal(id))
    }

    /// Parts `quantity` items from a line into one of their own (before a choice that is only for some of them).
    ///
    /// # Errors
    /// No such line, or not that many in it.
    pub fn split(&mut self, id: LineId, quantity: u32) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        if quantity == 0 || quantity > self.lines[at].quantity {
            return Err(CartError::NoQuantity);
        }
        if quantity == self.lines[at].quantity {
            return Ok(id);
        }
        let new = LineId(self.next_id);
        self.next_id += 1;
        self.lines[at].quantity -= quantity;
        let part = CartLine {
            id: new,
            quantity,
            ..self.lines[at].clone()
        };
        self.lines.insert(at + 1, part);
        Ok(new)
    }

    /// Empties the cart.
    pub fn clear(&mut self) {
        self.lines.clear();
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
        let lacks = move |at: usize, option: &ItemOption| {
            let taken: u32 = made
                .iter()
                .filter(|p| p.option == at && p.amount != Amount::None)
                .map(|p| p.count)
                .sum();
            taken < option.min
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

    /// Price of one item of a line, with its choices and defaults.
    pub fn unit_price(&self, line: &CartLine) -> Money {
        pricing::unit_price(self.item(line), line)
    }

    /// Subtotal, tax and total as they would be placed now.
    pub fn totals(&self) -> Totals {
        let subtotal = self
            .lines
            .iter()
            .map(|line| self.unit_price(line).times(line.quantity))
            .sum();
        pricing::totals(subtotal, self.restaurant.tax)
    }

    /// The whole order, priced, defaults filled in. `sequence` is 1 for the first order of a call. `None` while it is
    /// empty or a required option is open.
    pub fn to_order(&self, sequence: u32) -> Option<Order> {
        if self.is_empty() || self.missing().is_some() {
            return None;
        }
        let totals = self.totals();
        Some(Order {
            restaurant: self.restaurant.id.clone(),
            currency: self.restaurant.currency,
            lines: self
                .lines
                .iter()
                .map(|line| self.order_line(line))
                .collect(),
            subtotal: totals.subtotal,
            tax: totals.tax,
            total: totals.total,
            name: self.name.clone(),
            fulfilment: self.fulfilment,
            sequence,
        })
    }

    fn order_line(&self, line: &CartLine) -> OrderLine {
        let item = self.item(line);
        let choices = line
            .made(item)
            .iter()
            .map(|pick| order_choice(item, pick))
            .collect();
        OrderLine {
            item: item.id.clone(),
            name: item.name.clone(),
            quantity: line.quantity,
            price: self.unit_price(line),
            choices,
        }
    }

    fn position(&self, id: LineId) -> Result<usize, CartError> {
        self.lines
            .iter()
            .position(|line| line.id == id)
            .ok_or(CartError::NoSuchLine(id))
    }

    fn check_room(&self, held: u32, more: u32) -> Result<(), CartError> {
        let limit = self.restaurant.limits.items;
        match held.checked_add(more) {
            Some(all) if all <= limit => Ok(()),
            _ => Err(CartError::TooManyItems { limit }),
        }
    }

    /// Folds a line into an older equal one.
    fn merge_equal(&mut self, id: LineId) -> LineId {
        let Ok(at) = self.position(id) else { return id };
        let same = |other: &CartLine| {
            other.id != id
                && other.item == self.lines[at].item
                && other.picked == self.lines[at].picked
        };
        let Some(other) = self.lines.iter().position(same) else {
            return id;
        };
        let (first, second) = (other.min(at), other.max(at));
        let gone = self.lines.remove(second);
        self.lines[first].quantity += gone.quantity;
        self.lines[first].id
    }
}

fn order_choice(item: &Item, pick: &Picked) -> OrderChoice {
    let option = &item.options[pick.option];
    OrderChoice {
        option: option.name.clone(),
        choice: option.choices[pick.choice].name.clone(),
        amount: pick.amount,
        count: pick.count,
        part: pick.part,
        price: pricing::pick_price(item, pick),
    }
}

/// The pick of the same names on another item.
fn same_choice(old: &Item, new: &Item, pick: &Picked) -> Option<Picked> {
    let option_name = &old.options[pick.option].name;
    let choice_name = &old.options[pick.option].choices[pick.choice].name;
    let option = new.options.iter().position(|o| &o.name == option_name)?;
    let choice = new.options[option]
        .choices
        .iter()
        .position(|c| &c.name == choice_name)?;
    Some(Picked {
        option,
        choice,
        ..*pick
    })
}
