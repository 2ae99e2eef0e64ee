//! One dish of the cart made another, with what was chosen on it.

use super::cart::Cart;
use super::cart_line::{CartLine, LineId, Picked};
use super::rules::{self, CartError};
use crate::restaurant::{Item, ItemOption};

impl Cart {
    /// Makes a line another item; choices that the other item has too (by name) and allows are kept.
    ///
    /// # Errors
    /// The other item cannot be ordered; the cart is unchanged.
    pub fn replace(&mut self, id: LineId, item: usize) -> Result<LineId, CartError> {
        self.replaced(id, item, None)
    }

    /// Replaces a line's item by a combo in which that item is the choice `of` (option, choice): what was chosen for the item
    /// is chosen for it there.
    ///
    /// # Errors
    /// As [`Cart::replace`].
    pub fn replace_by_combo(
        &mut self,
        id: LineId,
        combo: usize,
        of: (usize, usize),
    ) -> Result<LineId, CartError> {
        self.replaced(id, combo, Some(of))
    }

    fn replaced(
        &mut self,
        id: LineId,
        item: usize,
        of: Option<(usize, usize)>,
    ) -> Result<LineId, CartError> {
        let at = self.position(id)?;
        let new = rules::orderable(&self.restaurant.menu, item)?;
        let old = self.item(&self.lines[at]);
        let measure = match (self.lines[at].measure, new.unit()) {
            (Some(held), Some(unit)) if held.fits(unit) => Some(held),
            _ => rules::whole_units(new, item, self.lines[at].quantity)?,
        };
        let mut kept: Vec<Picked> = of
            .map(|(option, choice)| Picked::plain(option, choice))
            .into_iter()
            .collect();
        for pick in &self.lines[at].picked {
            let Some(moved) = same_choice(old, new, of, pick) else {
                continue;
            };
            let with = rules::merged(new, &kept, moved);
            if rules::check(&self.restaurant.menu, item, &with).is_ok() {
                kept = with;
            }
        }
        let changed = CartLine {
            item,
            measure,
            quantity: if measure.is_some() {
                1
            } else {
                self.lines[at].quantity
            },
            picked: kept,
            ..self.lines[at].clone()
        };
        self.check_dish(&changed, Some(id))?;
        self.lines[at] = changed;
        Ok(self.merge_equal(id))
    }
}

/// The pick of the same names on another item, or on the choice `of` of a combo.
fn same_choice(
    old: &Item,
    new: &Item,
    of: Option<(usize, usize)>,
    pick: &Picked,
) -> Option<Picked> {
    let (option, choice) = same_place(old, new, of, (pick.option, pick.choice))?;
    Some(Picked {
        option,
        choice,
        ..*pick
    })
}

/// Where an option's choice of `old` stands in `new`: by its names and those of the choices that open it, outermost under `of`.
fn same_place(
    old: &Item,
    new: &Item,
    of: Option<(usize, usize)>,
    (option, choice): (usize, usize),
) -> Option<(usize, usize)> {
    let option = &old.options[option];
    let parent = match option.parent() {
        Some(opener) => Some(same_place(old, new, of, opener)?),
        None => of,
    };
    let same = |o: &ItemOption| o.name == option.name && o.parent() == parent;
    let at = new.options.iter().position(same)?;
    let name = &option.choices[choice].name;
    let choice = new.options[at]
        .choices
        .iter()
        .position(|c| c.name == *name)?;
    Some((at, choice))
}
