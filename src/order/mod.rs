//! What an order is: a cart while the caller speaks, then an [`Order`] with names and prices as they were, then a
//! [`PlacedOrder`] once the store has committed it.
//!
//! `cart` holds the lines and changes them, `rules` says what a menu allows, `pricing` counts the money.

mod cart;
mod cart_line;
#[cfg(test)]
mod cart_tests;
mod json;
mod placed;
mod pricing;
mod rules;

pub use cart::{Cart, Missing};
pub use cart_line::{CartLine, LineId, Picked};
pub use json::{order_json, order_line_json};
pub use placed::{Fulfilment, Order, OrderChoice, OrderLine, OrderState, Part, PlacedOrder};
pub use pricing::Totals;
pub use rules::CartError;
