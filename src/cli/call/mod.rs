//! `maitred call`: a software phone that behaves as Twilio does, against any server.
//!
//! arguments -> [`CallPlan`] (sentences rendered by a voice, everything known beforehand) -> [`place`]: form to the
//! webhook -> TwiML read strictly -> the media stream (caller -> frames; messages -> playback clock -> ear) -> the next
//! TwiML, until the call is over -> [`CallReport`] (all that was heard, sent and complained about, as data) -> terminal,
//! JSON, WAV, comparison with the order that was expected.
//!
//! `caller`, `ear`, `playback`, `turn_latency`, `twiml_reader` and `script` are pure; `phone`, `stream` and
//! `webhook_client` hold the sockets. Integration tests use [`place`] with many plans at once in one process.

mod args;
mod caller;
mod command;
mod ear;
mod expectation;
mod listener;
mod noise;
mod phone;
mod plan;
mod playback;
mod rehearsal;
mod report;
mod script;
mod server_record;
mod sound_file;
mod stream;
mod terminal;
mod tls;
mod turn_latency;
mod twiml_reader;
mod voice;
mod webhook_client;

pub use args::CallArgs;
pub use caller::Why;
pub use command::{call, run};
pub use ear::{SOUND_DBFS, Utterance};
pub use expectation::{Expectation, ExpectationError};
pub use noise::background;
pub use phone::{PlaceError, new_sid, place, place_improvised, place_watched};
pub use plan::{Act, CallPlan, Clip, Cue, Timing};
pub use rehearsal::{RehearsalError, rehearse};
pub use report::{CallReport, Close, ClosedBy, Complaint, Ended, Event, Happening, TwimlReceived};
pub use script::Noise;
pub use server_record::{RecordError, ServerRecord};
pub use sound_file::{SoundFileError, read_wav, write_call};
pub use tls::{TrustError, trust_only};
pub use turn_latency::{Turn, percentile};
pub use voice::{Voice, VoiceName, play};
pub use webhook_client::AskError;
pub(in crate::cli) use webhook_client::http_client;
