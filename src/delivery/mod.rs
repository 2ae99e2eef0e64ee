//! Handing a message to a receiver over HTTP: signed, to an address that may be reached, again until it is taken.
//!
//! A [`Message`] (JSON, and an id that stays the same at every try) -> `address_guard` (where does the name lead now, and
//! may all of that be reached?) -> `http_sender` (one request to those very addresses with the headers of `signature`;
//! nothing is followed, nothing of the answer but its status is read) -> `retries` (what may pass is tried again).

mod address_guard;
mod destination;
mod http_sender;
mod retries;
mod signature;

pub use address_guard::{AddressError, AddressGuard};
pub use destination::Destination;
pub use http_sender::{DeliveryError, HttpSender};
pub use retries::Retries;
pub use signature::Message;
