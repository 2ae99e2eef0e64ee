//! One turn in the hands of the model, and what comes in from its server.

use serde_json::{Value, json};

use super::super::waiter::Waiter;
use super::super::{Action, Sentence};
use super::answer::{self, Answer, ToolCall};
use super::error::LlmError;
use super::sentences::Sentences;

/// What the model's server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Streamed {
    /// The data of one event, or a whole unstreamed answer.
    Data(String),
    /// The answer is over.
    End,
    /// It failed on the way.
    Failed(LlmError),
}

impl Streamed {
    /// Does it carry something of the answer? Comments, roles and keep-alives do not.
    pub fn is_token(&self) -> bool {
        match self {
            Self::Data(data) => answer::carries_token(data),
            Self::End | Self::Failed(_) => true,
        }
    }

    /// Does the server say with it that the answer is over? Figures of use may follow.
    pub fn is_last(&self) -> bool {
        match self {
            Self::Data(data) => answer::says_end(data),
            Self::End | Self::Failed(_) => true,
        }
    }
}

/// A caller's turn being answered.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// The caller's words.
    pub words: String,
    /// How everything stood before them.
    pub before: Box<Waiter>,
    /// The order was read back in an earlier turn.
    pub fresh: bool,
    /// This turn's messages so far.
    pub messages: Vec<Value>,
    /// The answer that is coming in.
    pub answer: Answer,
    pub sentences: Sentences,
    /// Said to the caller in this turn.
    pub said: Vec<Sentence>,
    /// Text of the model was said in the answer at hand.
    pub spoke: bool,
    /// Answers that called tools.
    pub rounds: u32,
    /// Answers that called them wrongly.
    pub bad_rounds: u32,
    /// Calls done in earlier answers of this turn.
    pub done: Vec<(String, String)>,
    /// The model said that the order is placed.
    pub claimed: bool,
    /// A fact was already put in place of a sentence that was not said.
    pub corrected: bool,
    /// The answer was asked for whole, because a streamed one was empty.
    pub asked_whole: bool,
}

impl Turn {
    pub fn new(words: &str, before: Waiter, fresh: bool, message: Value) -> Self {
        Self {
            words: words.to_owned(),
            before: Box::new(before),
            fresh,
            messages: vec![message],
            answer: Answer::default(),
            sentences: Sentences::default(),
            said: Vec::new(),
            spoke: false,
            rounds: 0,
            bad_rounds: 0,
            done: Vec::new(),
            claimed: false,
            corrected: false,
            asked_whole: false,
        }
    }

    /// Begins the next answer.
    pub fn next_answer(&mut self) {
        self.answer = Answer::default();
        self.sentences = Sentences::default();
        self.spoke = false;
    }

    /// Writes the answer down as the provider wants to see it again: every call with its id, and arguments that are
    /// JSON even where the model's were not (some servers refuse the rest).
    pub fn note_answer(&mut self, calls: &[ToolCall]) {
        let text = self.answer.text.trim();
        let mut message = json!({
            "role": "assistant",
            "content": (!text.is_empty()).then_some(text),
        });
        if !calls.is_empty() {
            message["tool_calls"] = calls.iter().map(call_json).collect();
        }
        self.messages.push(message);
    }

    /// The result of one call.
    pub fn note_result(&mut self, call: &ToolCall, result: &Value) {
        self.messages.push(json!({
            "role": "tool",
            "tool_call_id": call.id,
            "content": result.to_string(),
        }));
    }

    /// The engine's own words, as the assistant's.
    pub fn note_said(&mut self, text: &str) {
        self.messages
            .push(json!({"role": "assistant", "content": text}));
    }
}

fn call_json(call: &ToolCall) -> Value {
    let sound = serde_json::from_str::<Value>(&call.arguments).is_ok_and(|v| v.is_object());
    let arguments = if sound { call.arguments.as_str() } else { "{}" };
    json!({
        "id": call.id,
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    })
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ended {
    /// The turn goes on with another request.
    GoesOn,
    /// The turn is over.
    Over(Action),
}
