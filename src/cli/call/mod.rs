//! `maitred call`: a software phone that behaves as Twilio does, against any server.
//!
//! arguments -> [`CallPlan`] (sentences rendered by a voice, everything known beforehand) -> [`place`]: form to the
//! webhook -> TwiML read strictly -> the media stream (caller -> frames; messages -> playback clock -> ear) -> the next
//! TwiML, until the call is over -> [`CallReport`] (all that was heard, sent and complained about, as data) -> terminal,
//! JSON, WAV, comparison with the order that was expected.
//!
//! `caller`, `ear`, `playback`, `turn_latency`, `twiml_reader` and `script` are pure; `phone`, `stream` and
//! `webhook_client` hold the sockets. Integration tests use [`place`] with many plans at once in one process.

mod caller;
mod ear;
mod phone;
mod plan;
mod playback;
mod report;
mod script;
mod stream;
mod tls;
mod turn_latency;
mod twiml_reader;
mod webhook_client;

pub use caller::Why;
pub use ear::{SOUND_DBFS, Utterance};
pub use phone::{PlaceError, new_sid, place, place_watched};
pub use plan::{Act, CallPlan, Clip, Cue, Timing};
pub use report::{CallReport, Close, ClosedBy, Complaint, Ended, Event, Happening, TwimlReceived};
pub use tls::{TrustError, trust_only};
pub use turn_latency::{Turn, percentile};
pub use webhook_client::AskError;
