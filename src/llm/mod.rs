//! Language models on the wire: [`Client`] asks an OpenAI-compatible server, [`Answering`] gives its answer piece by piece.
//!
//! A [`crate::conversation::Request`] -> `openai` (body) -> HTTP -> bytes -> `events` (server-sent events) -> `openai`
//! (chunks) -> [`crate::conversation::Streamed`]: text, tool calls, the end. What they mean is `conversation`'s to know; how a
//! provider writes them ends here.

mod client;
mod events;
pub mod openai;

pub use client::{Answering, Client, ClientError};
