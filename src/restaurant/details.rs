//! What only some dishes, options and choices have. Kept behind one pointer each: most menus use little of it, and a server
//! holds ten thousand menus.

use serde::{Deserialize, Serialize};

use super::{Availability, Money};

/// May a wish that no option covers go to the kitchen as a note?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Requests {
    /// It is written down, read back and put on the ticket.
    #[default]
    Accept,
    /// The caller is told that it cannot be noted.
    Refuse,
}

/// The rarer parts of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDetails {
    /// On tickets, screens and in order JSON; `None`: the name.
    pub printed: Option<String>,
    /// Its number on the menu, as callers say it: `82`, `B12`.
    pub number: Option<String>,
    /// What it is: `vegan`, `halal`. Said only where the file says so.
    pub tags: Vec<String>,
    /// Kilocalories of one.
    pub calories: Option<u32>,
    /// It has the price of the day: nothing is charged here but its choices.
    pub market_price: bool,
    /// It is sold by measure.
    pub unit: Option<Unit>,
    /// So many for a price of their own.
    pub bundle: Option<Bundle>,
    /// Fewest in an order that has it at all; in units where it is sold by measure.
    pub min: Option<u32>,
    /// Most in an order; in units where it is sold by measure.
    pub max: Option<u32>,
    /// All must hold for it to be sold (its own, and its category's).
    pub times: Vec<Availability>,
    /// Index into the restaurant's tax classes; `None`: the default.
    pub tax: Option<usize>,
    /// Returned with the empty bottle; one for each.
    pub deposit: Money,
    /// How old one must be to buy it.
    pub age: Option<u32>,
    /// The id of the combo it becomes by "make it a meal".
    pub meal: Option<String>,
    /// `None`: as the restaurant.
    pub requests: Option<Requests>,
    /// Unavailable only because of `times`, at the time the menu was looked at ([`Restaurant::at`](super::Restaurant::at)).
    pub out_of_time: bool,
}

/// A measure by which a dish is sold. Amounts are exact thousandths of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// One of it: `pound`.
    pub name: String,
    /// Every amount is a whole number of these; at least 1.
    pub step: u32,
    /// The least that is sold; at least 1.
    pub min: u32,
}

/// "Two for six."
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// At least 2.
    pub quantity: u32,
    /// For all of them, choices not counted; not more than they cost apart.
    pub price: Money,
}

/// The rarer parts of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceDetails {
    /// On tickets, screens and in order JSON; `None`: the name.
    pub printed: Option<String>,
    /// It is another dish of the menu: the dish's id.
    pub item: Option<String>,
    /// Its price follows what is chosen for another option.
    pub price_by: Option<PriceBy>,
    /// All must hold for it to be offered.
    pub times: Vec<Availability>,
    /// Index into the restaurant's tax classes; `None`: taxed as the item.
    pub tax: Option<usize>,
    /// Returned with the empty bottle; one for each.
    pub deposit: Money,
    /// How old one must be to buy it.
    pub age: Option<u32>,
}

/// A choice's price by what is chosen for another option of the item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBy {
    /// Index into the item's options.
    pub option: usize,
    /// By the other option's choices; `None`: the choice's own price.
    pub prices: Vec<Option<Money>>,
}

/// The rarer rules of an option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRules {
    /// It is asked of a choice: (option, choice) of the same item, an earlier one. An item's options are one list, nested ones
    /// behind the option they belong to, so that a pick is always (option, choice).
    pub parent: Option<(usize, usize)>,
    /// All must hold for it to be asked.
    pub when: Vec<Condition>,
    /// So many of its priced choices cost nothing; the cheapest, where they differ.
    pub free: u32,
}

/// One of these choices of an earlier option is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Index into the item's options.
    pub option: usize,
    /// Indexes into its choices.
    pub choices: Vec<usize>,
}
