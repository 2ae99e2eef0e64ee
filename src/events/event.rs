//! Everything worth telling an operator.

use std::sync::Arc;

use crate::order::PlacedOrder;
use crate::record::CallRecord;
use crate::restaurant::{Digest, RestaurantId};

/// Something that happened. Telephone numbers are whole here; the log masks them.
#[derive(Clone, Debug)]
pub enum Event {
    /// The server takes calls.
    Ready { address: String },
    /// No new calls; live ones may go on.
    Draining { live: usize },
    /// `/voice` promised an answer.
    CallInvited {
        call_sid: String,
        restaurant: RestaurantId,
        from: String,
    },
    /// `/voice` turned a call away: `unknown`, `disabled`, `closed`, `over_cap_restaurant`, `_caller`, `_server`.
    CallTurnedAway {
        call_sid: String,
        restaurant: Option<RestaurantId>,
        from: String,
        to: String,
        reason: &'static str,
    },
    /// A webhook was not believed or not understood. `names`: of its parameters, never their values.
    WebhookRefused {
        path: String,
        reason: &'static str,
        names: Vec<String>,
    },
    /// A media socket was turned away or closed by us, before or after `start`.
    SocketRefused {
        call_sid: Option<String>,
        reason: &'static str,
    },
    /// A message of a media socket that is not JSON, unknown or broken.
    MessageIgnored { reason: &'static str },
    /// Sound of the caller was dropped because the session did not take it.
    SoundDropped { call_sid: String, messages: u64 },
    /// Calls that waited for their socket were pushed out by newer ones.
    PinsDropped { count: usize },
    /// A media socket proved itself.
    CallStarted {
        call_sid: String,
        restaurant: RestaurantId,
        from: String,
        generation: u64,
    },
    /// A session ended; the record says how.
    CallEnded { record: Arc<CallRecord> },
    /// The process before this one died with so many calls on the line; their records have an end now.
    CallsLost { count: u64 },
    /// A call whose socket was lost is connected once more.
    CallReconnected { call_sid: String },
    /// The store committed an order.
    OrderPlaced { order: Arc<PlacedOrder> },
    /// The store failed at something that goes on without it.
    StoreFailed { what: &'static str, error: String },
    /// An engine failed at one stretch of sound or one sentence: `stt` or `tts`.
    SpeechFailed {
        call_sid: String,
        engine: &'static str,
        error: String,
    },
    /// Twilio could not use an answer of ours and asked the fallback.
    FallbackAsked {
        call_sid: String,
        code: Option<String>,
    },
    /// The folder was looked at.
    ConfigLoaded {
        generation: u64,
        digest: Digest,
        /// Did this scan publish a new table?
        published: bool,
        /// What made us look: `start`, `watch`, `poll`, `signal`.
        trigger: &'static str,
        /// Restaurants that are served.
        served: usize,
        /// Files that are gone and whose removal waits to be confirmed.
        held: usize,
        findings: Vec<Finding>,
    },
}

/// One thing wrong with a file.
#[derive(Clone, Debug)]
pub struct Finding {
    /// `false`: a warning.
    pub error: bool,
    /// Stable, such as `E_SCHEMA`.
    pub code: String,
    /// Where and what, one line.
    pub text: String,
}
