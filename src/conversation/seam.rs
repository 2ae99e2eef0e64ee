//! What the waiter and the call say to each other.

use crate::order::Order;

/// How finished an utterance sounds, from its meaning so far. Turn-taking maps it to a length of silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Completeness {
    /// A closed question (yes/no, size, number) is open and these words answer it: 250-300 ms of silence end the turn.
    Answer,
    /// A complete order or request: about 450 ms.
    Order,
    /// Could go on: 700 ms.
    Open,
    /// Clearly unfinished ("and a large..."), spelling, digits: up to 2.5 s.
    Dangling,
}

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
    /// In order; may be empty only beside `Action::Place`.
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
