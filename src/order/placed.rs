//! An order as it is stored: it copies names and prices, so a later change of the menu changes nothing in it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};

/// Which part of an item a choice is on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// The first half.
    Left,
    /// The second half.
    Right,
}

/// A choice of an order line, as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChoice {
    /// The option's name.
    pub option: String,
    /// The choice's name.
    pub choice: String,
    pub amount: Amount,
    /// How often it was taken (at least 1).
    pub count: u32,
    pub part: Part,
    /// What it adds to the unit price, count, amount and part included.
    pub price: Money,
}

/// Some of one thing, all made the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The menu item's id.
    pub item: String,
    /// The item's name as it was.
    pub name: String,
    /// At least 1.
    pub quantity: u32,
    /// Unit price with choices.
    pub price: Money,
    pub choices: Vec<OrderChoice>,
}

impl OrderLine {
    /// Unit price times quantity.
    pub fn total(&self) -> Money {
        self.price.times(self.quantity)
    }
}

/// How the food reaches the caller, where the file asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fulfilment {
    /// The caller fetches it.
    Pickup,
    /// It is brought to the caller.
    Delivery,
}

/// A complete order, priced, not yet stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub restaurant: RestaurantId,
    pub currency: Currency,
    pub lines: Vec<OrderLine>,
    /// Sum of line totals; without tax unless prices include it.
    pub subtotal: Money,
    /// Rounded once, half away from zero; the part contained in `subtotal` when prices include tax.
    pub tax: Money,
    /// What the caller pays.
    pub total: Money,
    /// The caller's name, where the file asks for it.
    pub name: Option<String>,
    pub fulfilment: Option<Fulfilment>,
    /// 1 for the first order of a call; an addition after "it is in" is order 2, linked to the first.
    pub sequence: u32,
}

/// Whether an order is for the kitchen or was placed by a test call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderState {
    /// For the kitchen.
    Placed,
    /// By a test call (`MaitredTest=1`): stored, never delivered.
    Test,
}

/// An order the store has committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedOrder {
    /// UUIDv7.
    pub id: Uuid,
    /// The daily spoken number, from 1, per restaurant and local day.
    pub number: u32,
    pub call_sid: String,
    pub state: OrderState,
    pub placed_at: Timestamp,
    /// Generation of the table the call was answered from.
    pub generation: u64,
    /// Digest of the file the call was answered from.
    pub digest: Digest,
    pub order: Order,
}
