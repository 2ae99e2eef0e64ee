//! What the model is told before a call, and what it is asked in a turn.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{prompt, tools};
use crate::restaurant::Restaurant;

/// The system prompt and the tools of one restaurant: the same for every call to it, so that servers can cache them.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    system: String,
    tools: Value,
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

    /// The tools, as chat completions want them.
    pub fn tools(&self) -> &Value {
        &self.tools
    }
}

/// One request for an answer of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub(super) brief: Arc<Brief>,
    /// After the system prompt, oldest first.
    pub(super) messages: Vec<Value>,
    /// Piece by piece, or (some servers lose streamed tool calls) whole.
    pub(super) streamed: bool,
}

impl Request {
    /// Is the answer asked for piece by piece?
    pub fn is_streamed(&self) -> bool {
        self.streamed
    }

    /// The body of `POST /chat/completions`.
    ///
    /// Only what every compatible server takes: no `tool_choice` (Ollama has none; "auto" is the default where it
    /// exists), no token limit (its name differs), no temperature (some models refuse it).
    pub fn body(&self, model: &str) -> Value {
        let mut messages = vec![json!({"role": "system", "content": self.brief.system})];
        messages.extend(self.messages.iter().cloned());
        json!({
            "model": model,
            "messages": messages,
            "tools": self.brief.tools,
            "stream": self.streamed,
        })
    }
}
