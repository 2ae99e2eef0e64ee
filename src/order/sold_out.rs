//! What is in the order and has run out meanwhile.

use std::sync::Arc;

use super::cart::Cart;
use super::cart_line::LineId;
use crate::restaurant::{Amount, Restaurant};

/// Something in the order that cannot be had any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RanOut {
    /// The dish of a line.
    Dish { line: LineId },
    /// A choice that was taken on a line.
    Choice {
        line: LineId,
        option: usize,
        choice: usize,
    },
}

impl Cart {
    /// From now on `restaurant` says what can be had: the same file, looked at anew. What is in the order stays there.
    pub fn sells_from(&mut self, restaurant: Arc<Restaurant>) {
        // Lines name dishes by their place on the menu.
        if restaurant.menu.items.len() == self.restaurant.menu.items.len() {
            self.restaurant = restaurant;
        }
    }

    /// The first thing in the order that has run out.
    pub fn ran_out(&self) -> Option<RanOut> {
        self.lines.iter().find_map(|line| {
            let item = self.item(line);
            if !item.available {
                return Some(RanOut::Dish { line: line.id });
            }
            let gone = line.picked.iter().find(|pick| {
                pick.amount != Amount::None
                    && !item.options[pick.option].choices[pick.choice].available
            });
            gone.map(|pick| RanOut::Choice {
                line: line.id,
                option: pick.option,
                choice: pick.choice,
            })
        })
    }
}
