//! What the waiter and the call say to each other.

pub use crate::audio::Completeness;
use crate::order::Order;

/// One sentence of the waiter, spoken and recorded as a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Display text: "That's $23.80."
    pub text: String,
    /// Fixed for a restaurant (greeting, "Anything else?"): its sound is worth keeping.
    pub fixed: bool,
    /// Part of the read-back: it stops only at the first decoded word of a caller.
    pub read_back: bool,
}

/// What the call must do once the sentences are on their way.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Listen on.
    Listen,
    /// Store this order, then call `committed` or `commit_failed`. Nothing was claimed yet.
    Place(Box<Order>),
    /// Say the sentences, then close: the order is in and the caller is done.
    Finish,
    /// Say the sentences, then close: the caller called it off.
    Cancel,
    /// Say the sentences, then hand the caller to a person.
    HandOff,
}

/// The waiter's answer to one turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// In order; may be empty beside `Action::Place`, and where a key was only noted.
    pub sentences: Vec<Sentence>,
    pub action: Action,
}

/// Where the conversation stands (`talk --json` prints it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Greeting,
    Ordering,
    Confirming,
    Confirmed,
    Cancelled,
    Handoff,
    Incomplete,
}
