//! One delivery of an order: its channel, where it stands, and whose it is for a while.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Backoff;
use super::change::Answer;
use crate::restaurant::{CallerText, OrderChannel, Recipient};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// A channel before it is waited for.
    Held,
    /// To be tried at `next_at`.
    Due,
    /// Received; an answer is waited for.
    Awaited,
    /// Received.
    Sent,
    /// Tried as often as it may be, or refused for good.
    Failed,
    /// Never tried: the order was answered before.
    Skipped,
}

impl DeliveryState {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Due => "due",
            Self::Awaited => "awaited",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// Reads [`DeliveryState::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [
            Self::Held,
            Self::Due,
            Self::Awaited,
            Self::Sent,
            Self::Failed,
            Self::Skipped,
        ];
        all.into_iter().find(|state| state.as_str() == text)
    }
}

/// A worker's claim on a delivery: nobody else tries it until the claim is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub holder: Uuid,
    pub until: Timestamp,
}

impl Lease {
    /// How long one lasts; every try is over long before.
    pub const LASTS: Duration = Duration::from_secs(60);

    /// One that begins now.
    pub fn begin(holder: Uuid, now: Timestamp) -> Self {
        Self {
            holder,
            until: later(now, Self::LASTS),
        }
    }

    /// Does it keep others away now? One that ends later than any lease can was written before the clock was set back.
    pub fn holds(&self, now: Timestamp) -> bool {
        now < self.until && self.until <= later(now, Self::LASTS)
    }
}

/// An order on one of its channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// UUIDv7; what a receiver knows it by at every try.
    pub id: Uuid,
    /// As it was when the order was placed.
    pub channel: OrderChannel,
    pub state: DeliveryState,
    /// Tries that are over.
    pub tries: u32,
    /// When it is due.
    pub next_at: Timestamp,
    /// How long it holds back those behind it; `None`: not, or no longer.
    pub holds_until: Option<Timestamp>,
    /// Why the last try failed, or that nobody answered.
    pub error: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub lease: Option<Lease>,
}

impl Delivery {
    /// May a worker take it now?
    pub fn is_takeable(&self, now: Timestamp, backoff: &Backoff) -> bool {
        self.state == DeliveryState::Due
            && is_over(self.next_at, now, backoff.longest())
            && self.lease.is_none_or(|lease| !lease.holds(now))
    }

    /// Its time comes, at `now`.
    pub(super) fn begin(&mut self, now: Timestamp) {
        self.state = DeliveryState::Due;
        self.next_at = now;
        self.hold(now);
    }

    /// Holds back those behind it from now on, for as long as an answer may take.
    pub(super) fn hold(&mut self, now: Timestamp) {
        let seconds = self.channel.ack_seconds;
        self.holds_until = seconds.map(|s| later(now, Duration::from_secs(u64::from(s))));
    }

    /// Is it a text to the caller that was never to be sent so far?
    pub fn is_unused_text(&self) -> bool {
        self.channel.tells_caller()
            && matches!(self.state, DeliveryState::Held | DeliveryState::Skipped)
    }

    /// Does it ring or text a person who has no use for it later?
    pub(super) fn is_personal(&self) -> bool {
        matches!(
            self.channel.to,
            Recipient::Call { .. } | Recipient::Caller(_)
        )
    }

    /// The text to the caller that it is.
    pub(super) fn caller_text(&mut self) -> Option<&mut CallerText> {
        match &mut self.channel.to {
            Recipient::Caller(text) => Some(text),
            _ => None,
        }
    }

    /// Does it keep those behind it from being used?
    pub(super) fn holds(&self) -> bool {
        self.holds_until.is_some() && self.is_open()
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(
            self.state,
            DeliveryState::Held | DeliveryState::Due | DeliveryState::Awaited
        )
    }
}

/// Is a moment over that lies at most `longest` ahead? One further ahead was written before the clock was set back.
pub(super) fn is_over(at: Timestamp, now: Timestamp, longest: Duration) -> bool {
    at <= now || at > later(now, longest)
}

/// Saturates at the end of time.
pub(super) fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was received, perhaps answered in the same breath.
    Received(Option<Answer>),
    /// It was not, or nobody knows.
    NotYet {
        error: String,
        /// What the receiver wants to be waited.
        after: Option<Duration>,
    },
    /// The receiver never wants it.
    Refused { error: String },
}

impl Outcome {
    /// The same with its error, if it has one, told otherwise.
    pub fn with_error(self, told: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Received(answer) => Self::Received(answer),
            Self::NotYet { error, after } => Self::NotYet {
                error: told(&error),
                after,
            },
            Self::Refused { error } => Self::Refused {
                error: told(&error),
            },
        }
    }
}
