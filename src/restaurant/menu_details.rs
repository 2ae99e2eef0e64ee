//! What is asked of dishes, options and choices, whether or not they have the rarer parts.

use super::details::{OptionRules, Unit};
use super::menu::{Choice, Item, ItemOption};
use super::money::Money;
use super::shared_list::SharedList;

impl Item {
    /// An item with nothing but an id, a name and a price.
    pub fn plain(id: &str, name: &str, price: Money) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            category: None,
            price,
            aliases: Vec::new(),
            description: None,
            allergens: None,
            available: true,
            say_as: None,
            options: SharedList::default(),
            details: None,
        }
    }

    /// What tickets, screens and order JSON call it.
    pub fn printed(&self) -> &str {
        let printed = self.details.as_ref().and_then(|d| d.printed.as_deref());
        printed.unwrap_or(&self.name)
    }

    /// How it is measured, where it is not sold by the piece.
    pub fn unit(&self) -> Option<&Unit> {
        self.details.as_ref()?.unit.as_ref()
    }

    /// Has it the price of the day?
    pub fn has_market_price(&self) -> bool {
        self.details.as_ref().is_some_and(|d| d.market_price)
    }

    /// What the file says it is.
    pub fn tags(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |d| &d.tags)
    }

    /// Is it unavailable only because this is not its time?
    pub fn is_out_of_time(&self) -> bool {
        !self.available && self.details.as_ref().is_some_and(|d| d.out_of_time)
    }

    /// Whose option it is: the choice that opens it, else the item.
    pub fn owner_of(&self, option: usize) -> &str {
        match self.options.get(option).and_then(ItemOption::parent) {
            Some((option, choice)) => &self.options[option].choices[choice].name,
            None => &self.name,
        }
    }

    /// Does any of its options depend on what is chosen for another?
    pub(crate) fn has_conditions(&self) -> bool {
        let depends = |rules: &OptionRules| rules.parent.is_some() || !rules.when.is_empty();
        let mut rules = self.options.iter().filter_map(|o| o.rules.as_deref());
        rules.any(depends)
    }
}

impl Choice {
    /// A choice with nothing but a name and a price.
    pub fn plain(name: &str, price: Money) -> Self {
        Self {
            name: name.to_owned(),
            aliases: Vec::new(),
            price,
            extra_price: price,
            max_count: 1,
            allergens: None,
            available: true,
            say_as: None,
            details: None,
        }
    }

    /// What tickets, screens and order JSON call it.
    pub fn printed(&self) -> &str {
        let printed = self.details.as_ref().and_then(|d| d.printed.as_deref());
        printed.unwrap_or(&self.name)
    }

    /// The id of the dish it is, in a combo.
    pub fn dish(&self) -> Option<&str> {
        self.details.as_ref()?.item.as_deref()
    }
}

impl ItemOption {
    /// The choice that opens it, as (option, choice) of the same item.
    pub fn parent(&self) -> Option<(usize, usize)> {
        self.rules.as_ref()?.parent
    }

    /// So many of its priced choices cost nothing.
    pub fn free(&self) -> u32 {
        self.rules.as_ref().map_or(0, |rules| rules.free)
    }
}
