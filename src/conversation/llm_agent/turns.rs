//! One turn in the hands of the model, and what comes in from its server.

use serde_json::Value;

use super::super::waiter::Waiter;
use super::super::{Action, Sentence};
use super::error::LlmError;
use super::exchange::{Message, ToolCall};
use super::sentences::Sentences;

/// A piece of the model's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Streamed {
    /// Words that are new.
    Delta { text: String },
    /// A call of a tool, whole.
    ToolCall(ToolCall),
    /// The answer is over.
    End,
    /// It failed on the way.
    Failed(LlmError),
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
    pub messages: Vec<Message>,
    /// Text and calls of the answer that is coming in.
    pub text: String,
    pub calls: Vec<ToolCall>,
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
    pub fn new(words: &str, before: Waiter, fresh: bool, message: Message) -> Self {
        Self {
            words: words.to_owned(),
            before: Box::new(before),
            fresh,
            messages: vec![message],
            text: String::new(),
            calls: Vec::new(),
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
        self.text.clear();
        self.calls.clear();
        self.sentences = Sentences::default();
        self.spoke = false;
    }

    /// Writes the answer down, with these calls.
    pub fn note_answer(&mut self, calls: &[ToolCall]) {
        let text = self.text.trim();
        self.messages.push(Message::Agent {
            text: (!text.is_empty()).then(|| text.to_owned()),
            calls: calls.to_vec(),
        });
    }

    /// The result of one call.
    pub fn note_result(&mut self, call: &ToolCall, result: &Value) {
        self.messages.push(Message::Result {
            call: call.id.clone(),
            content: result.to_string(),
        });
    }

    /// The engine's own words, as the agent's.
    pub fn note_said(&mut self, text: &str) {
        self.messages.push(Message::said(text));
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ended {
    /// The turn goes on with another request.
    GoesOn,
    /// The turn is over.
    Over(Action),
}
