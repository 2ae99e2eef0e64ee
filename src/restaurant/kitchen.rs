//! What holds in the kitchen beside the file: what is sold out for now, and how busy it is. It is never written into the file,
//! and it is the one thing that changes for calls in progress.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::menu::MenuParts;
use super::{Menu, PhoneNumber};

/// What the file says of the kitchen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kitchen {
    /// Telephones that may say what is sold out.
    pub phones: Vec<PhoneNumber>,
    /// Orders that it makes in a quarter of an hour; more of them take longer. `None`: as many as come.
    pub orders_per_15_minutes: Option<u32>,
}

/// Something of the menu that can run out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sellable {
    /// A dish, by its id; also where it is a choice of another dish.
    Item(String),
    /// A choice, by its name, on every dish that has it.
    Choice(String),
}

/// Something that is sold out for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldOut {
    pub what: Sellable,
    pub since: Timestamp,
    /// From then on it is sold again.
    pub until: Timestamp,
    /// Who said so: `api`, or a telephone number.
    pub by: String,
}

/// How fast the kitchen is for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Minutes until an order can be fetched, instead of the file's.
    pub ready_in_minutes: Option<u32>,
    /// No orders are taken.
    pub paused: bool,
    pub since: Timestamp,
    /// From then on it is as the file says.
    pub until: Timestamp,
    /// Who said so: `api`, or a telephone number.
    pub by: String,
}

/// All of it, of one restaurant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitchenStatus {
    /// Each thing once, oldest first.
    pub sold_out: Vec<SoldOut>,
    pub pace: Option<Pace>,
}

impl KitchenStatus {
    /// What still holds at `now`.
    pub fn at(&self, now: Timestamp) -> Self {
        Self {
            sold_out: self
                .sold_out
                .iter()
                .filter(|mark| mark.until > now)
                .cloned()
                .collect(),
            pace: self.pace.clone().filter(|pace| pace.until > now),
        }
    }

    /// Is it as the file says?
    pub fn is_plain(&self) -> bool {
        self.sold_out.is_empty() && self.pace.is_none()
    }

    /// The mark of something, if it is sold out.
    pub fn mark(&self, what: &Sellable) -> Option<&SoldOut> {
        self.sold_out.iter().find(|mark| mark.what == *what)
    }

    /// Marks something; what was said of it before is replaced.
    pub fn put(&mut self, mark: SoldOut) {
        self.take_back(&mark.what);
        self.sold_out.push(mark);
    }

    /// It is sold again; was it marked?
    pub fn take_back(&mut self, what: &Sellable) -> bool {
        let before = self.sold_out.len();
        self.sold_out.retain(|mark| mark.what != *what);
        self.sold_out.len() < before
    }
}

impl Menu {
    /// The menu with what is sold out marked as unavailable. A dish of which a required option has nothing left is out too.
    pub(super) fn without(&self, sold_out: &[SoldOut]) -> Self {
        let parts: &MenuParts = self;
        let mut items = parts.items.clone();
        let is_out = |what: &Sellable| sold_out.iter().any(|mark| mark.what == *what);
        for item in &mut items {
            item.available &= !is_out(&Sellable::Item(item.id.clone()));
            for choice in item
                .options
                .iter_mut()
                .flat_map(|option| &mut option.choices)
            {
                let dish = choice.details.as_ref().and_then(|d| d.item.clone());
                let gone = is_out(&Sellable::Choice(choice.name.clone()))
                    || dish.is_some_and(|dish| is_out(&Sellable::Item(dish)));
                choice.available &= !gone;
            }
            let exhausted = item.options.iter().any(|option| {
                let always = option
                    .rules
                    .as_ref()
                    .is_none_or(|rules| rules.parent.is_none() && rules.when.is_empty());
                always && option.min > 0 && option.choices.iter().all(|choice| !choice.available)
            });
            item.available &= !exhausted;
        }
        self.with_items(items)
    }
}
