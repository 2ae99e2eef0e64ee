//! The record of one call.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::restaurant::{Digest, RestaurantId};

/// How a call ended. A closed set: `/voice/after` decides from it what Twilio does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// An order was placed and the goodbye was heard.
    Confirmed,
    /// The caller called the order off.
    Cancelled,
    /// The caller was handed to a person.
    Handoff,
    /// The caller left a message, because nobody could take the call.
    Message,
    /// The caller hung up before an order was placed.
    HungUp,
    /// Nobody spoke.
    Silent,
    /// It went on for as long as a call may; the caller was told a minute before, and heard a goodbye.
    TimeUp,
    /// The restaurant was closed or not enabled.
    Closed,
    /// A limit or an unknown number: the call was not taken.
    Refused,
    /// Something of ours broke; the whole process, for one: such a call is given its end at the next start.
    Failed,
}

impl Ending {
    /// The name used in JSON and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Confirmed => "confirmed",
            Ending::Cancelled => "cancelled",
            Ending::Handoff => "handoff",
            Ending::Message => "message",
            Ending::HungUp => "hung_up",
            Ending::Silent => "silent",
            Ending::TimeUp => "time_up",
            Ending::Closed => "closed",
            Ending::Refused => "refused",
            Ending::Failed => "failed",
        }
    }
}

/// Who spoke a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// The person on the line.
    Caller,
    /// maitred.
    Agent,
}

/// One sentence or utterance of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranscriptLine {
    pub who: Speaker,
    /// Milliseconds since `start` of the media stream at which it began to sound.
    pub at_ms: u64,
    /// Caller: what was recognised. Agent: the display text of the sentence.
    pub text: String,
    /// Agent: the part of `text` that was played before the caller cut in (all of it when nobody did). Caller: `text`.
    pub heard: String,
}

/// Where the time of one answer went, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnTiming {
    /// From the last sound of the caller to the decision that the turn is over.
    pub silence_ms: u64,
    /// From that decision to the recognised words (0 when the speculation was ready).
    pub recognise_ms: u64,
    /// Understanding and deciding.
    pub decide_ms: u64,
    /// From the decided words to the first audio handed to the socket.
    pub first_audio_ms: u64,
}

/// Which engines served a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engines {
    pub stt: String,
    pub tts: String,
    pub brain: String,
}

/// The built-in waiter took a call over from a language model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeOver {
    /// Milliseconds since `start` of the media stream.
    pub at_ms: u64,
    /// What the model did, in words of ours.
    pub reason: String,
}

/// The record of one call, written when it starts and again when it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct CallRecord {
    /// Twilio's AccountSid: the sid below names a call only under it. Empty for calls of before it was kept.
    pub account_sid: String,
    /// Twilio's CallSid.
    pub sid: String,
    /// `None` when the number was nobody's.
    pub restaurant: Option<RestaurantId>,
    /// As Twilio gave it (E.164, `anonymous`, `client:NAME`).
    pub from: String,
    pub to: String,
    pub started_at: Timestamp,
    /// `None` while the call lives.
    pub ended_at: Option<Timestamp>,
    pub ending: Option<Ending>,
    pub generation: u64,
    pub digest: Option<Digest>,
    pub engines: Engines,
    /// `None` where no model was used, or it kept the call.
    pub take_over: Option<TakeOver>,
    /// Placed by `maitred call --test`.
    pub test: bool,
    /// What the caller left as a message.
    pub message: Option<String>,
    pub transcript: Vec<TranscriptLine>,
    pub turns: Vec<TurnTiming>,
}
