//! Sound as numbers, below any notion of speech: what the wire carries and what can be measured on it.
//!
//! Inbound: `mulaw` bytes -> 16-bit samples at 8 kHz -> [`Framer`] (20 ms) -> [`VoiceDetector`] (is somebody speaking?).
//! Outbound and at the far end: `resample` to and from the telephone's rate, [`TelephoneBand`] (what a real line does to
//! a voice), `loudness` (how loud, and where sound begins and ends), `voicing` (has it a pitch?).
//!
//! Everything is mono. Samples are `i16` on the line and `f32` in -1..=1 inside filters.

mod frame;
pub mod loudness;
pub mod mulaw;
pub mod resample;
mod telephone_band;
mod turn;
mod voice_activity;
pub mod voicing;

pub use frame::{FRAME_MS, FRAME_SAMPLES, Framer, SAMPLE_RATE, SAMPLES_PER_MS};
pub use telephone_band::TelephoneBand;
pub use turn::{CallTime, Completeness, TurnEvent, TurnSettings, TurnTaker};
pub use voice_activity::VoiceDetector;
