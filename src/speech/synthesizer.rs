//! Whoever speaks for the waiter.

use std::sync::Arc;

use super::local::{Urgency, Workers};
use super::{SpeechError, scripted};

/// A synthesiser.
pub enum Synthesizer {
    /// The hibari voice on this machine.
    Local(LocalSynthesizer),
    /// Writes the words themselves into the sound ([`scripted`]).
    Scripted,
}

/// The embedded voice's place in the worker pool.
pub struct LocalSynthesizer {
    pub(super) workers: Arc<Workers>,
    /// Changes with anything that changes the sound of a text.
    pub(super) digest: String,
}

/// The voice used when nothing else is asked for.
pub const DEFAULT_VOICE: &str = "heart";

impl Synthesizer {
    /// Speech text as mu-law at 8 kHz, without silence around it. Dropping the future drops the work, if it has not
    /// begun.
    ///
    /// # Errors
    /// On an unknown voice, when the engine fails, or when the server is stopping.
    pub async fn say(&self, voice: &str, speech_text: &str) -> Result<Arc<[u8]>, SpeechError> {
        self.say_when(voice, speech_text, Urgency::Live).await
    }

    pub(super) async fn say_when(
        &self,
        voice: &str,
        speech_text: &str,
        urgency: Urgency,
    ) -> Result<Arc<[u8]>, SpeechError> {
        if !self.voices().contains(&voice) {
            return Err(SpeechError::UnknownVoice(voice.to_owned()));
        }
        match self {
            Self::Local(local) => local.workers.say(speech_text, urgency).await,
            Self::Scripted => Ok(scripted::encode(speech_text).into()),
        }
    }

    /// As settings and records name it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Local(_) => "local",
            Self::Scripted => "scripted",
        }
    }

    /// Names engine, model and the code around it: cached sound is good for as long as this stays the same.
    #[must_use]
    pub fn digest(&self) -> &str {
        match self {
            Self::Local(local) => &local.digest,
            Self::Scripted => "scripted-1",
        }
    }

    /// Voices a restaurant may name.
    #[must_use]
    pub fn voices(&self) -> &'static [&'static str] {
        &[DEFAULT_VOICE]
    }
}
