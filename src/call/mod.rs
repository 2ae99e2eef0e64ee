//! One phone call: from the ring to what happens after the last word.
//!
//! [`Admission`] (ring -> pin and token -> claimed call) -> `session` (the one I/O loop) -> [`LiveCall::finish`] ->
//! [`Outcome`] -> what Twilio does next.
//!
//! Inside a session: caller's frame -> [`machine`] (`listen`: begun, paused, gone on) -> recognise -> waiter -> `speak` ->
//! `playout` (what was sent, what was heard) -> socket. What its kitchen says ([`KitchenBoard`]) reaches a call while it is on the line.

mod admission;
mod caller_sound;
mod claim;
mod clock;
mod closed_message;
mod dropped_cart;
mod kitchen_board;
mod kitchen_load;
mod kitchen_names;
mod kitchen_watch;
mod kitchen_words;
mod live_calls;
pub mod machine;
mod messages;
mod outcomes;
mod pins;
mod purpose;
mod services;
pub mod session;
mod stream_clock;
mod tasks;
#[cfg(test)]
pub(crate) mod testing;
mod token;
mod wire;

pub use crate::record::CallId;
pub use admission::{Admission, Admit, Invitation, Owner, Ring};
pub use claim::{ClaimRefusal, ClaimedCall, StartInfo};
pub use clock::{Clock, ManualClock};
pub use closed_message::closed_message;
pub use kitchen_board::{KitchenBoard, NotMarked};
pub use kitchen_names::{Named, name_of, named};
pub use kitchen_words::{KitchenWord, kitchen_word};
pub use live_calls::{Cap, LiveCall, LiveCalls, NotStarted, OpenSocket};
pub use outcomes::Outcome;
pub use pins::{Pin, Pins, Taken};
pub use purpose::Purpose;
pub use services::LlmProvider;
pub use token::{Claims, Nonce, TokenError, TokenKey};
pub use wire::{FromCaller, ToCaller};
