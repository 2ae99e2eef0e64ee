//! Whoever speaks for the waiter.

use std::sync::Arc;

use super::local::{Urgency, Workers};
use super::{SpeechError, scripted};
use crate::restaurant::Digest;

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
    async fn say_when(
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

    /// As settings, files and records name it.
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

    /// Languages it speaks: BCP 47, a language for all its regions or one region.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        vec!["en".to_owned()]
    }

    /// Voices a restaurant may name, the engine's own choice first.
    #[must_use]
    pub fn voices(&self) -> &'static [&'static str] {
        &[DEFAULT_VOICE]
    }
}

/// One voice of one engine.
#[derive(Clone)]
pub struct Voice {
    engine: Arc<Synthesizer>,
    name: String,
}

impl Voice {
    /// `engine` speaking as `name`; whether it can is found out when it says something.
    #[must_use]
    pub fn new(engine: Arc<Synthesizer>, name: &str) -> Self {
        Self {
            engine,
            name: name.to_owned(),
        }
    }

    /// The engine's name.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        self.engine.name()
    }

    /// Speech text as mu-law at 8 kHz, without silence around it. Dropping the future drops the work, if it has not
    /// begun.
    ///
    /// # Errors
    /// On an unknown voice, when the engine fails, or when the server is stopping.
    pub async fn say(&self, speech_text: &str) -> Result<Arc<[u8]>, SpeechError> {
        self.say_when(speech_text, Urgency::Live).await
    }

    pub(super) async fn say_when(
        &self,
        speech_text: &str,
        urgency: Urgency,
    ) -> Result<Arc<[u8]>, SpeechError> {
        self.engine.say_when(&self.name, speech_text, urgency).await
    }

    /// Names the sound of a text: SHA-256 of engine digest, voice and speech text.
    pub(super) fn key(&self, text: &str) -> Digest {
        Digest::of(format!("{}\0{}\0{text}", self.engine.digest(), self.name).as_bytes())
    }
}
