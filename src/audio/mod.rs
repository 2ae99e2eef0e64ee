//! Sound as numbers: mu-law, resampling, 20 ms frames, loudness, voice activity, turn-taking. Pure.
//!
//! Caller's frames -> `voice_activity` (how likely is a voice) -> [`TurnTaker`] (has somebody begun, paused, gone on).

mod turn;

pub use turn::{CallTime, Completeness, TurnEvent, TurnSettings, TurnTaker};
