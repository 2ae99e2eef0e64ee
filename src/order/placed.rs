//! An order as it is stored: it copies names and prices, so a later change of the menu changes nothing in it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Address, Measure};
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
    /// What it adds to the unit price, count, amount and part included; without what is inside it.
    pub price: Money,
    /// The id of the dish it is, in a combo.
    pub item: Option<String>,
    /// What was chosen of its own options.
    pub choices: Vec<OrderChoice>,
}

/// Some of one thing, all made the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The menu item's id.
    pub item: String,
    /// The item's name as it was.
    pub name: String,
    /// At least 1; 1 where it is measured.
    pub quantity: u32,
    /// Price of one (of one unit where it is measured) with choices.
    pub price: Money,
    pub choices: Vec<OrderChoice>,
    pub details: LineDetails,
}

/// What only some lines have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDetails {
    /// Requests to the kitchen, as the caller said them.
    pub notes: Vec<String>,
    /// How much, and of which unit, where it is not sold by the piece.
    pub measure: Option<(Measure, String)>,
    /// What a bundle price takes off the line.
    pub saving: Money,
    /// Returned with the empty bottles, for the whole line; a fee of the order holds it.
    pub deposit: Money,
    /// Only the counter knows its price; `price` holds its choices'.
    pub market_price: bool,
    /// How old one must be to be handed it.
    pub age: Option<u32>,
}

impl OrderLine {
    /// Price times quantity or measure (rounded once, half away from zero), less the saving.
    pub fn total(&self) -> Money {
        let measure = self.details.measure.as_ref().map(|(measure, _)| *measure);
        super::measure::extended(self.price, self.quantity, measure) - self.details.saving
    }
}

/// A class of tax in an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTax {
    /// As the file calls it; empty where there is only one rate.
    pub class: String,
    /// Thousandths of a percent.
    pub rate_thousandths: u32,
    /// What falls under it, fees included.
    pub base: Money,
    /// Rounded once, half away from zero.
    pub amount: Money,
}

/// Something an order costs besides its dishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFee {
    pub name: String,
    pub amount: Money,
}

/// What only some orders have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderDetails {
    /// Requests about the whole order, as the caller said them.
    pub notes: Vec<String>,
    /// By class; they add up to the order's tax.
    pub taxes: Vec<OrderTax>,
    /// Fees and deposits; they are part of the total, not of the subtotal.
    pub fees: Vec<OrderFee>,
    /// The prices contain the tax.
    pub tax_included: bool,
    /// How old one must be to be handed the order.
    pub age: Option<u32>,
    /// Where it is brought.
    pub address: Option<Address>,
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
    /// Each class rounded once, half away from zero; contained in the prices when they include tax.
    pub tax: Money,
    /// What the caller pays, but for what has the price of the day.
    pub total: Money,
    /// The caller's name, where the file asks for it.
    pub name: Option<String>,
    pub fulfilment: Option<Fulfilment>,
    /// 1 for the first order of a call; an addition after "it is in" is order 2, linked to the first.
    pub sequence: u32,
    pub details: OrderDetails,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderState {
    /// Stored, for the kitchen.
    Placed,
    /// A channel of the restaurant received it.
    Sent,
    /// The restaurant makes it.
    Accepted,
    /// The restaurant does not make it.
    Refused,
    /// No channel received it.
    Failed,
    /// The restaurant accepted it and does not make it after all.
    Cancelled,
    /// By a test call (`MaitredTest=1`): stored, never delivered.
    Test,
}

impl OrderState {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Test => "test",
        }
    }

    /// Reads [`OrderState::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [
            Self::Placed,
            Self::Sent,
            Self::Accepted,
            Self::Refused,
            Self::Failed,
            Self::Cancelled,
            Self::Test,
        ];
        all.into_iter().find(|state| state.as_str() == text)
    }
}

/// An order the store has committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedOrder {
    /// UUIDv7.
    pub id: Uuid,
    /// The daily spoken number, from 1, per restaurant and local day.
    pub number: u32,
    /// Twilio's AccountSid, empty for orders of before it was kept; the CallSid names a call only under it.
    pub account_sid: String,
    pub call_sid: String,
    pub state: OrderState,
    pub placed_at: Timestamp,
    /// Generation of the table the call was answered from.
    pub generation: u64,
    /// Digest of the file the call was answered from.
    pub digest: Digest,
    pub order: Order,
}
