//! What the agent and a model say to each other, whatever provider carries it.

use serde_json::Value;

/// A call of a tool; arguments as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolCall {
    /// Names the call among those of its answer; its result refers to it.
    pub id: String,
    pub name: String,
    /// Meant to be a JSON object.
    pub arguments: String,
}

/// Something the model may call.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    pub name: &'static str,
    /// What it does, for the model.
    pub description: &'static str,
    /// The JSON Schema of its arguments, an object.
    pub parameters: Value,
}

/// One message of the conversation, as the model is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The caller's words, and what the model must know beside them.
    Caller(String),
    /// What was said to the caller, and the tools that were called meanwhile.
    Agent {
        text: Option<String>,
        calls: Vec<ToolCall>,
    },
    /// What came of one call.
    Result { call: String, content: String },
}

impl Message {
    /// Something said to the caller.
    pub(super) fn said(text: impl Into<String>) -> Self {
        Self::Agent {
            text: Some(text.into()),
            calls: Vec::new(),
        }
    }
}
