//! Recognizers and synthesizers: sound becomes words, words become sound.
//!
//! Hearing: a segment of 8 kHz samples -> [`Recognizer`] -> words. Speaking: speech text -> [`PromptCache`] (memory, disk) ->
//! [`Synthesizer`] -> mu-law, ready for the line. Both are closed enums: `local` engines (neural models on ONNX Runtime, in
//! a bounded pool of threads) and `scripted` ones (words carried inside the sound, exact and instant, for tests).
//!
//! [`Speech::load`] opens the engines, [`Speech::warm_up`] makes the first call as fast as the hundredth.
//! [`CallerVoice`] is not the product's voice: the software phone speaks with it. `models` brings the files here.

mod bias;
mod caller_voice;
mod error;
mod local;
pub mod models;
mod opening;
mod piper;
mod prompt_cache;
mod prompt_disk;
mod recognizer;
pub mod scripted;
mod synthesizer;
#[cfg(test)]
mod with_models;

pub use bias::Bias;
pub use caller_voice::CallerVoice;
pub use error::SpeechError;
pub use local::pronunciation::Pronunciation;
pub use opening::{EngineChoice, Speech, SpeechSettings};
pub use prompt_cache::PromptCache;
pub use recognizer::Recognizer;
pub use synthesizer::{DEFAULT_VOICE, Synthesizer};
