//! What an order is: a cart while the caller speaks, then an [`Order`] with names and prices as they were, then a
//! [`PlacedOrder`] once the store has committed it.

mod cart;
mod json;
mod placed;

pub use cart::Cart;
pub use json::{order_json, order_line_json};
pub use placed::{Fulfilment, Order, OrderChoice, OrderLine, OrderState, Part, PlacedOrder};
