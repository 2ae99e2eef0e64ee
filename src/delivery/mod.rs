//! Handing what was committed to whoever must have it, over HTTP, SMTP and TCP, again until it is taken.
//!
//! Orders: the outbox of the store -> `worker` (takes what is due by leases) -> `courier` (one try) -> `webhook` (signed by
//! `standard_webhook`), `sms`, `email`, `printer` (in `escpos`), `kitchen_call`, and `caller_text` to whoever ordered, with the
//! `channel_context` and what `tickets` writes -> what became of it, back into the store. `text_message` sends every text,
//! `twilio_rest` asks Twilio, `live_call` changes a call. `ack_token` seals the links and calls by which a restaurant answers, `incoming_text` reads the
//! texts by which it does.
//!
//! Messages that callers left: the same in `message_worker` and `message_courier`, by the ways of the orders.
//!
//! Messages to `--notify-url`: a [`Message`] (JSON, and an id that stays the same at every try) -> `http_sender`, with the
//! headers of `signature` -> `retries` (what may pass is tried again).
//!
//! Every request is one of `http_request`: `address_guard` (where does the name lead now, and may all of that be reached?) ->
//! those very addresses, by one of the `http_clients`; nothing is followed, and little of the answer is read.

mod ack_token;
mod address_guard;
mod caller_text;
mod channel_context;
mod courier;
mod destination;
mod email;
mod error;
mod escpos;
mod http_clients;
mod http_request;
mod http_sender;
mod incoming_text;
mod kitchen_call;
mod live_call;
mod message_courier;
mod message_worker;
mod printer;
mod retries;
mod signature;
mod sms;
mod standard_webhook;
#[cfg(test)]
mod testing;
mod text_message;
mod tickets;
mod twilio_rest;
mod webhook;
mod worker;

pub use ack_token::{AckTokenError, open_ack, open_call, seal_ack, seal_call};
pub use address_guard::{AddressError, AddressGuard};
pub use channel_context::Secrets;
pub use destination::Destination;
pub use email::escaped;
pub use error::DeliveryError;
pub use http_sender::HttpSender;
pub use incoming_text::{StopWord, TextAnswer, acknowledge_by_sms, obey_stop};
pub use kitchen_call::read_to_kitchen;
pub use live_call::CallUpdate;
pub use retries::Retries;
pub use signature::Message;
pub use twilio_rest::{TwilioAccount, TwilioError, TwilioRest};
pub use worker::{Outbox, OutboxParts};
