//! The caller's order while it is being taken, over one restaurant's menu.
//!
//! Every change is checked as a whole before it is made, so the cart only ever holds what the menu allows; what it still
//! lacks is [`Cart::missing`]. What it comes to is reckoned in `checkout`.

use std::sync::Arc;

use super::cart_line::{CartLine, LineId, Picked};
use super::rules::{self, CartError};
use super::{Address, Fulfilment, Measure};
use crate::restaurant::{Item, Requests, Restaurant};

/// What the caller has ordered so far.
#[derive(Clone, Debug)]
pub struct Cart {
    pub(super) restaurant: Arc<Restaurant>,
    pub(super) lines: Vec<CartLine>,
    next_id: u32,
    /// The caller's name, where the file asks for it.
    pub name: Option<String>,
    /// Pickup or delivery, where the file asks for it.
    pub fulfilment: Option<Fulfilment>,
    /// Where it is to be brought, as far as it is known.
    pub address: Address,
    /// The caller said that the address is right.
    pub address_confirmed: bool,
    pub(super) notes: Vec<String>,
    pub(super) age_confirmed: u32,
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
            address: Address::default(),
            address_confirmed: false,
            notes: Vec::new(),
            age_confirmed: 0,
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
        let all = in_order(picked)
            .iter()
            .fold(Vec::new(), |all, &pick| rules::merged(found, &all, pick));
        rules::check(&self.restaurant.menu, item, &all)?;
        let measure = rules::whole_units(found, item, quantity)?;
        self.put(item, quantity, measure, all)
    }

    /// Adds a dish that is sold by measure. An equal line takes it in; its id is returned then.
    ///
    /// # Errors
    /// As [`Cart::add`]; or it is sold by the piece, or not in that measure.
    pub fn add_measure(
        &mut self,
        item: usize,
        measure: Measure,
        picked: &[Picked],
    ) -> Result<LineId, CartError> {
        let found = rules::orderable(&self.restaurant.menu, item)?;
        check_measure(found, item, measure)?;
        let all = in_order(picked)
            .iter()
            .fold(Vec::new(), |all, &pick| rules::merged(found, &all, pick));
        rules::check(&self.restaurant.menu, item, &all)?;
        self.put(item, 1, Some(measure), all)
    }

    /// A new line, its picks checked.
    fn put(
        &mut self,
        item: usize,
        quantity: u32,
        measure: Option<Measure>,
        picked: Vec<Picked>,
    ) -> Result<LineId, CartError> {
        let quantity = if measure.is_some() { 1 } else { quantity };
        self.check_room(self.count(), quantity)?;
        let id = LineId(self.next_id);
        let line = CartLine {
            id,
            item,
            quantity,
            measure,
            picked,
            notes: Vec::new(),
        };
        self.check_dish(&line, None)?;
        self.next_id += 1;
        self.lines.push(line);
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
        let item = self.lines[at].item;
        let measure = rules::whole_units(&self.restaurant.menu.items[item], item, quantity)?;
        let quantity = if measure.is_some() { 1 } else { quantity };
        self.check_room(self.count() - self.lines[at].quantity, quantity)?;
        let changed = CartLine {
            quantity,
            measure,
            ..self.lines[at].clone()
        };
        self.check_dish(&changed, Some(id))?;
        self.lines[at] = changed;
        Ok(())
    }

    /// Changes how much of a line is wanted, where its dish is sold by measure.
    ///
    /// # Errors
    /// No such line, sold by the piece, not in that measure, or more than an order may hold.
    pub fn set_measure(&mut self, id: LineId, measure: Measure) -> Result<(), CartError> {
        let at = self.position(id)?;
        let item = self.lines[at].item;
        check_measure(&self.restaurant.menu.items[item], item, measure)?;
        let changed = CartLine {
            measure: Some(measure),
            ..self.lines[at].clone()
        };
        self.check_dish(&changed, Some(id))?;
        self.lines[at] = changed;
        Ok(())
    }

    /// Notes a request to the kitchen about a line. The same again changes nothing. Returns the line that now holds it.
    ///
    /// # Errors
    /// No such line, or the dish takes no requests.
    pub fn note(&mut self, id: LineId, request: &str) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        let item = self.lines[at].item;
        let own = self.restaurant.menu.items[item].details.as_ref();
        let requests = own.and_then(|details| details.requests);
        if requests.unwrap_or(self.restaurant.requests) == Requests::Refuse {
            return Err(CartError::NoRequests { item: Some(item) });
        }
        push_note(&mut self.lines[at].notes, request);
        Ok(self.merge_equal(id))
    }

    /// Notes a request to the kitchen about the whole order.
    ///
    /// # Errors
    /// The restaurant takes no requests.
    pub fn note_order(&mut self, request: &str) -> Result<(), CartError> {
        if self.restaurant.requests == Requests::Refuse {
            return Err(CartError::NoRequests { item: None });
        }
        push_note(&mut self.notes, request);
        Ok(())
    }

    /// Requests about the whole order, oldest first.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Takes back every request about a line.
    ///
    /// # Errors
    /// No such line.
    pub fn clear_notes(&mut self, id: LineId) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        self.lines[at].notes.clear();
        Ok(self.merge_equal(id))
    }

    /// The caller said to be so old.
    pub fn confirm_age(&mut self, age: u32) {
        self.age_confirmed = self.age_confirmed.max(age);
    }

    /// Takes a choice on a line (an amount of `none` refuses it). Where only one may be taken it replaces the other.
    /// Returns the line that now holds it: an equal line takes this one in.
    ///
    /// # Errors
    /// The menu does not allow it; the cart is unchanged.
    pub fn choose(&mut self, id: LineId, pick: Picked) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        let line = &self.lines[at];
        let item = self.item(line);
        let all = rules::merged(item, &line.picked, pick);
        let all = rules::still_asked(item, all, Some(pick));
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
        let item = &self.restaurant.menu.items[self.lines[at].item];
        let left = std::mem::take(&mut self.lines[at].picked);
        self.lines[at].picked = rules::still_asked(item, left, None);
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
        self.notes.clear();
    }

    pub(super) fn position(&self, id: LineId) -> Result<usize, CartError> {
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

    /// How much of an item the order holds in thousandths, but for one line.
    pub(super) fn held(&self, item: usize, but: Option<LineId>) -> u64 {
        let lines = self.lines.iter();
        lines
            .filter(|line| line.item == item && Some(line.id) != but)
            .map(CartLine::thousandths)
            .sum()
    }

    /// May the order hold this line beside the others of its dish?
    pub(super) fn check_dish(
        &self,
        line: &CartLine,
        instead_of: Option<LineId>,
    ) -> Result<(), CartError> {
        let item = &self.restaurant.menu.items[line.item];
        let details = item.details.as_ref();
        // What is sold by measure counts by its units, or by its least amount where that is more than one.
        if let (Some(_), Some(unit)) = (line.measure, item.unit()) {
            let limit = self.restaurant.limits.items;
            let all = self.held(line.item, instead_of) + line.thousandths();
            if all > u64::from(limit) * u64::from(unit.min.max(1000)) {
                return Err(CartError::TooManyItems { limit });
            }
        }
        let Some(max) = details.and_then(|details| details.max) else {
            return Ok(());
        };
        let all = self.held(line.item, instead_of) + line.thousandths();
        if all > u64::from(max) * 1000 {
            return Err(CartError::TooManyOfItem {
                item: line.item,
                max,
            });
        }
        Ok(())
    }

    /// Folds a line into an older equal one.
    pub(super) fn merge_equal(&mut self, id: LineId) -> LineId {
        let Ok(at) = self.position(id) else { return id };
        let same = |other: &CartLine| {
            other.id != id
                && other.item == self.lines[at].item
                && other.picked == self.lines[at].picked
                && other.notes == self.lines[at].notes
        };
        let Some(other) = self.lines.iter().position(same) else {
            return id;
        };
        let (first, second) = (other.min(at), other.max(at));
        let measure = match (self.lines[first].measure, self.lines[second].measure) {
            (None, None) => None,
            (Some(one), Some(two)) => match one.plus(two) {
                Some(both) => Some(both),
                None => return id,
            },
            _ => return id,
        };
        let gone = self.lines.remove(second);
        match measure {
            Some(_) => self.lines[first].measure = measure,
            None => self.lines[first].quantity += gone.quantity,
        }
        self.lines[first].id
    }
}

/// Picks in the order of their options, so that what one depends on comes first.
fn in_order(picked: &[Picked]) -> Vec<Picked> {
    let mut all = picked.to_vec();
    all.sort_by_key(|pick| pick.option);
    all
}

fn push_note(notes: &mut Vec<String>, request: &str) {
    let request = request.trim();
    let known = notes.iter().any(|note| note.eq_ignore_ascii_case(request));
    if !request.is_empty() && !known {
        notes.push(request.to_owned());
    }
}

fn check_measure(item: &Item, index: usize, measure: Measure) -> Result<(), CartError> {
    match item.unit() {
        None => Err(CartError::NoMeasure { item: index }),
        Some(unit) if !measure.fits(unit) => Err(CartError::MeasureNotSold { item: index }),
        Some(_) => Ok(()),
    }
}
