//! Whoever listens.

use std::sync::Arc;

use super::local::Workers;
use super::{Bias, SpeechError, scripted};
use crate::audio::VoiceDetector;

/// A recogniser.
pub enum Recognizer {
    /// Moonshine on this machine.
    Local(LocalRecognizer),
    /// Reads words that were written into the sound ([`scripted`]).
    Scripted,
}

/// The embedded recogniser's place in the worker pool.
pub struct LocalRecognizer(pub(super) Arc<Workers>);

impl Recognizer {
    /// The words of a segment (8 kHz), as the recogniser writes them; empty when it hears none. `bias` names words to
    /// expect. Dropping the future drops the work, if it has not begun.
    ///
    /// # Errors
    /// When the engine fails or the server is stopping.
    pub async fn recognise(
        &self,
        samples: Arc<[i16]>,
        bias: Option<Arc<Bias>>,
    ) -> Result<String, SpeechError> {
        match self {
            Self::Local(local) => local.0.recognise(samples, bias).await,
            Self::Scripted => Ok(scripted::decode(&samples).unwrap_or_default()),
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

    /// Languages it understands, BCP 47.
    #[must_use]
    pub fn languages(&self) -> &'static [&'static str] {
        &["en-US", "en-CA", "en-GB", "en-AU", "en-NZ", "en-IE"]
    }

    /// A detector that fits what this engine takes for a voice; one per call.
    #[must_use]
    pub fn detector(&self) -> VoiceDetector {
        match self {
            Self::Local(_) => VoiceDetector::earshot(),
            Self::Scripted => VoiceDetector::Loudness,
        }
    }
}
