//! What the outbox gives out.

use uuid::Uuid;

use crate::order::{Delivery, OrderChange, PlacedOrder};

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
