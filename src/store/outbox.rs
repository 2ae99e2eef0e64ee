//! What the outbox gives out.

use jiff::Timestamp;
use uuid::Uuid;

use crate::order::{Delivery, OrderChange, PlacedOrder};
use crate::restaurant::RestaurantId;

/// A delivery that is the holder's to try.
#[derive(Clone, Debug)]
pub struct Leased {
    pub order: PlacedOrder,
    pub delivery: Delivery,
}

/// What a change of an order's way came to.
#[derive(Clone, Debug)]
pub struct Dispatched<T> {
    /// What the work returned.
    pub result: T,
    /// The order as it is now.
    pub order: PlacedOrder,
    /// What was appended to its history.
    pub news: Vec<OrderChange>,
}

/// An order's deliveries, in the file's order, and its history, oldest first.
#[derive(Clone, Debug, Default)]
pub struct OrderWay {
    pub order: Uuid,
    pub deliveries: Vec<Delivery>,
    pub changes: Vec<OrderChange>,
}

/// A message that a caller left, of a call that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftMessage {
    /// The call's key in the store.
    pub call_key: String,
    pub call_sid: String,
    pub restaurant: RestaurantId,
    /// The caller's number, or what stands for one.
    pub from: String,
    /// When the call ended.
    pub at: Timestamp,
    /// As it was heard.
    pub text: String,
}

/// A delivery of one that is the holder's to try.
#[derive(Clone, Debug)]
pub struct LeasedMessage {
    pub message: LeftMessage,
    pub delivery: Delivery,
}
