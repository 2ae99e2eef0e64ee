//! What the model is told before a call, and what it is asked in a turn.

use std::sync::Arc;

use super::exchange::{Message, Tool};
use super::{prompt, tools};
use crate::restaurant::Restaurant;

/// The system prompt and the tools of one restaurant: the same for every call to it, so that servers can cache them.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    system: String,
    tools: Vec<Tool>,
}

impl Brief {
    /// Writes the brief from the restaurant's file.
    pub fn new(restaurant: &Restaurant) -> Self {
        Self {
            system: prompt::system(restaurant),
            tools: tools::tools(restaurant),
        }
    }

    /// The system prompt.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The tools, in the order in which a call needs them.
    pub fn tools(&self) -> &[Tool] {
        &self.tools
    }
}

/// One request for an answer of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub(super) brief: Arc<Brief>,
    /// After the system prompt, oldest first.
    pub(super) messages: Vec<Message>,
    /// Piece by piece, or (some servers lose streamed tool calls) whole.
    pub(super) streamed: bool,
}

impl Request {
    /// Is the answer asked for piece by piece?
    pub fn is_streamed(&self) -> bool {
        self.streamed
    }

    /// What the model was told before the call.
    pub fn brief(&self) -> &Brief {
        &self.brief
    }

    /// The conversation so far, oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }
}
