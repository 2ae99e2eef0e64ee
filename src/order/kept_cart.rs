//! A cart that outlives its call, by the names of the menu: so it fits the menu as it is when its caller rings again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Address, Cart, Fulfilment, Measure, Part, Picked};
use crate::restaurant::{Amount, Item, Restaurant};

/// What was ordered and not placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCart {
    lines: Vec<KeptLine>,
    name: Option<String>,
    fulfilment: Option<Fulfilment>,
    address: Address,
    notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptLine {
    /// The dish's id, and its name as it was.
    item: String,
    name: String,
    quantity: u32,
    /// Thousandths of its unit, where it is measured.
    measure: Option<u32>,
    picked: Vec<KeptPick>,
    notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptPick {
    option: String,
    choice: String,
    part: Part,
    amount: Amount,
    count: u32,
}

impl KeptCart {
    /// `None` for an empty cart.
    pub fn of(cart: &Cart) -> Option<Self> {
        let line = |line: &super::CartLine| {
            let item = cart.item(line);
            let pick = |pick: &Picked| KeptPick {
                option: item.options[pick.option].name.clone(),
                choice: item.options[pick.option].choices[pick.choice].name.clone(),
                part: pick.part,
                amount: pick.amount,
                count: pick.count,
            };
            KeptLine {
                item: item.id.clone(),
                name: item.name.clone(),
                quantity: line.quantity(),
                measure: line.measure().map(Measure::thousandths),
                picked: line.picked().iter().map(pick).collect(),
                notes: line.notes().to_vec(),
            }
        };
        (!cart.is_empty()).then(|| Self {
            lines: cart.lines().iter().map(line).collect(),
            name: cart.name.clone(),
            fulfilment: cart.fulfilment,
            address: cart.address.clone(),
            notes: cart.notes().to_vec(),
        })
    }

    /// The cart over a menu of another day, and the names of the dishes that cannot be had as they were ordered. A choice that is
    /// gone is asked for again where one is required. The address is read back once more.
    pub fn over(&self, restaurant: &Arc<Restaurant>) -> (Cart, Vec<String>) {
        let mut cart = Cart::new(Arc::clone(restaurant));
        let mut gone = Vec::new();
        for line in &self.lines {
            let items = &restaurant.menu.items;
            let added = items
                .iter()
                .position(|item| item.id == line.item)
                .and_then(|at| {
                    let picks: Vec<Picked> = line
                        .picked
                        .iter()
                        .filter_map(|pick| picked(&items[at], pick))
                        .collect();
                    let measure = line.measure.and_then(Measure::from_thousandths);
                    match measure {
                        Some(measure) => cart.add_measure(at, measure, &picks),
                        None => cart.add(at, line.quantity, &picks),
                    }
                    .ok()
                });
            match added {
                // A note that is refused by now is dropped.
                Some(id) => line.notes.iter().for_each(|note| drop(cart.note(id, note))),
                None => gone.push(line.name.clone()),
            }
        }
        cart.name.clone_from(&self.name);
        cart.fulfilment = self.fulfilment;
        cart.address = self.address.clone();
        for note in &self.notes {
            drop(cart.note_order(note));
        }
        (cart, gone)
    }
}

fn picked(item: &Item, kept: &KeptPick) -> Option<Picked> {
    let mut options = item.options.iter().enumerate();
    let (option, choice) = options.find_map(|(at, option)| {
        let named =
            |choice: &crate::restaurant::Choice| choice.available && choice.name == kept.choice;
        let choice = option.choices.iter().position(named)?;
        (option.name == kept.option).then_some((at, choice))
    })?;
    Some(Picked {
        part: kept.part,
        amount: kept.amount,
        count: kept.count,
        ..Picked::plain(option, choice)
    })
}
