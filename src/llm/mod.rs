//! Language models on the wire: [`Client`] asks an OpenAI-compatible server, [`Answering`] gives its answer piece by piece.
//!
//! A [`crate::conversation::Request`] -> HTTP -> bytes -> `events` (server-sent events) ->
//! [`crate::conversation::Streamed`]. What the pieces mean is `conversation`'s to know.

mod client;
mod events;

pub use client::{Answering, Client, ClientError};
