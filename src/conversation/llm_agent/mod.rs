//! The LLM agent: a language model that takes the order with the cart's own operations.
//!
//! [`Brief`] (prompt and tools) + caller's words -> [`Request`] -> the model's answer, piece by piece ([`Streamed`]: text
//! and tool calls) -> `sentences` and `guard` (what may be spoken) and `arguments` and `operations` (what is done to the
//! cart) -> [`Step`]. Pure: `llm` carries requests and pieces in its providers' forms, this room decides.
//!
//! The model is believed in nothing that costs money: prices, totals, the read-back and "your order is in" are the
//! engine's sentences, and a tool call that the menu does not allow changes nothing. When the model fails,
//! [`LlmAgent::take_over`] gives the same turn to the built-in waiter.

mod agent;
#[cfg(test)]
mod agent_tests;
mod arguments;
mod brief;
mod continuing;
mod error;
mod exchange;
mod guard;
mod operations;
mod prompt;
mod search;
mod sentences;
mod tools;
mod turns;
mod view;

pub use agent::{LlmAgent, Next, Step};
pub use brief::{Brief, Request};
pub use error::LlmError;
pub use exchange::{Message, Tool, ToolCall};
pub use turns::Streamed;
