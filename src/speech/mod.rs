//! Recognizers and synthesizers: sound becomes words, words become sound.
//!
//! Hearing: a call's frames and stretches of 8 kHz samples -> [`CallRecognizer`] (one engine, the next when it fails) ->
//! a [`Recognizer`]'s session -> words. Speaking: speech text -> [`PromptCache`] (memory, disk) -> [`Synthesizer`] ->
//! mu-law, ready for the line. There are `local` engines (neural models on ONNX Runtime, in a bounded pool of threads) and
//! `scripted` ones (words carried inside the sound, exact and instant, for tests).
//!
//! [`Speech::load`] opens the engines that the settings name (`registry`), [`Speech::warm_up`] makes the first call as fast
//! as the hundredth.
//! [`CallerVoice`] is not the product's voice: the software phone speaks with it. `models` brings the files here.

mod bias;
mod call_recognizer;
mod caller_voice;
mod error;
mod local;
pub mod models;
mod piper;
mod prompt_cache;
mod prompt_disk;
mod recognizer;
mod registry;
pub mod scripted;
mod scripted_recognizer;
mod synthesizer;
#[cfg(test)]
mod with_models;

pub use bias::Bias;
pub use call_recognizer::{CallRecognizer, Heard};
pub use caller_voice::CallerVoice;
pub use error::SpeechError;
pub use local::pronunciation::Pronunciation;
pub use prompt_cache::PromptCache;
pub use recognizer::{
    Hints, Hypothesis, Recognition, Recognizer, RecognizerSession, Results, Stretch, StretchId,
};
pub use registry::{EngineChoice, Speech, SpeechSettings};
pub use synthesizer::{DEFAULT_VOICE, Synthesizer, Voice};
