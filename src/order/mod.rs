//! What an order is: a cart while the caller speaks, then an [`Order`] with names and prices as they were, then a
//! [`PlacedOrder`] once the store has committed it.
//!
//! `cart` holds the lines and changes them (`cart_swap` makes one dish another), `checkout` says what they come to, `sold_out` what of them ran out meanwhile, `rules` says what a menu allows, `measure` is an amount of what is not sold by
//! the piece, `pricing` counts the money, `placing` makes a cart's line an order's, `json`, `way_json` and `ticket` write it down.
//! `dispatch` is its way to the restaurant (by one `delivery` for each channel, each `change` kept) and what the restaurant says to it, `backoff` how long is waited between tries, `caller_texts` what the caller is told of it.

mod address;
mod backoff;
mod caller_texts;
mod cart;
mod cart_line;
mod cart_swap;
#[cfg(test)]
mod cart_tests;
mod change;
mod checkout;
mod delivery;
mod dispatch;
mod json;
mod kept_cart;
mod measure;
mod placed;
mod placing;
mod pricing;
mod rules;
#[cfg(test)]
mod shapes_tests;
mod sold_out;
mod ticket;
mod way_json;

pub use address::Address;
pub use backoff::{Backoff, MAX_TRIES};
pub use cart::Cart;
pub use cart_line::{CartLine, LineId, Picked};
pub use change::{Answer, ChangeKind, NotTaken, OrderChange};
pub use checkout::{Missing, Shortfall};
pub use delivery::{Delivery, DeliveryState, Lease, Outcome};
pub use dispatch::Dispatch;
pub use json::{order_json, order_line_json, picked_json, quantity_json};
pub use kept_cart::KeptCart;
pub use measure::Measure;
pub use placed::{
    Fulfilment, LineDetails, Order, OrderChoice, OrderDetails, OrderFee, OrderLine, OrderState,
    OrderTax, Part, PlacedOrder,
};
pub use pricing::Totals;
pub use rules::CartError;
pub use sold_out::RanOut;
pub(crate) use ticket::{choice_text, how_many};
pub use ticket::{ticket, ticket_of_width};
pub use way_json::{order_change_json, order_way_json};
