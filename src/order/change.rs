//! What a restaurant says to an order, and what happened to one, for the record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the restaurant says to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Accept {
        ready_at: Option<Timestamp>,
    },
    Refuse {
        reason: Option<String>,
    },
    /// It can be fetched.
    Ready,
}

/// Something that happened to an order, kept for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChange {
    pub at: Timestamp,
    pub what: ChangeKind,
    /// Who: a channel (`webhook`, `sms`, `call`), `link`, `api`, `command`, `server`.
    pub by: String,
    pub reason: Option<String>,
    pub ready_at: Option<Timestamp>,
}

/// What kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A channel received it first.
    Sent,
    Accepted,
    Refused,
    /// After it was accepted.
    Cancelled,
    Ready,
    /// No channel received it.
    Failed,
    /// All channels were tried and nobody answered in time.
    Unanswered,
    /// Somebody asked for it to be sent again.
    Redelivered,
}

impl ChangeKind {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
            Self::Redelivered => "redelivered",
        }
    }

    /// Reads [`ChangeKind::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [
            Self::Sent,
            Self::Accepted,
            Self::Refused,
            Self::Cancelled,
            Self::Ready,
            Self::Failed,
            Self::Unanswered,
            Self::Redelivered,
        ];
        all.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("it was placed by a test call")]
    Test,
    #[error("it was refused before")]
    Refused,
    #[error("it was cancelled before")]
    Cancelled,
    #[error("it was answered before")]
    Answered,
    #[error(
        "it has no channel to be sent by: its restaurant's file had no `orders:` when it was placed"
    )]
    NoChannel,
}
