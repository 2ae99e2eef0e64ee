//! Whoever listens. A [`Recognizer`] is an engine of the server; a [`RecognizerSession`] is its ear for one call.
//!
//! A session is opened with the call's language and the words to expect, is fed the caller's sound frame by frame, and is
//! asked for the words of a stretch; [`Recognition`]s come back through the channel it was opened with. An engine that
//! works stretch by stretch (`local`, `scripted`) ignores the frames and reads the stretch; one that streams hears the
//! frames, says early what it believes ([`Recognition::Interim`]) and answers for a stretch from what it has.

use std::fmt::Debug;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::{Bias, SpeechError};
use crate::audio::VoiceDetector;

/// A stretch of one call's sound; later ones have larger numbers.
pub type StretchId = u64;

/// Where a session's results go. When every sender of a session is gone the session is.
pub type Results = mpsc::UnboundedSender<Recognition>;

/// A recogniser that is open: a seam, with engines on this machine, on the wire and in tests behind it.
pub trait Recognizer: Debug + Send + Sync {
    /// As settings, files and records name it.
    fn name(&self) -> &str;

    /// Languages it understands: BCP 47, a language for all its regions or one region.
    fn languages(&self) -> Vec<String>;

    /// A detector that fits what this engine takes for a voice; one per call.
    fn detector(&self) -> VoiceDetector {
        VoiceDetector::earshot()
    }

    /// Opens a call's session; called in a runtime and returns at once: connecting goes on behind.
    fn open(&self, hints: &Hints, results: Results) -> Box<dyn RecognizerSession>;
}

/// What a call tells its recogniser before the first sound.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// BCP 47, as the restaurant's file has it.
    pub language: String,
    /// Words to expect: the menu's.
    pub expected: Option<Arc<Bias>>,
}

/// One call's ear. Nothing here blocks or waits. Dropping it ends the session and whatever it works at.
pub trait RecognizerSession: Send {
    /// The frame of the caller's sound (8 kHz) that ends at `end_ms` of the stream. Frames come in order and without gaps
    /// from the moment the session is opened.
    fn feed(&mut self, _end_ms: u64, _samples: &[i16]) {}

    /// Asks for the words of a stretch; answered by one [`Recognition::Final`] or [`Recognition::Failed`] with its id.
    fn recognise(&mut self, stretch: Stretch);

    /// Nobody waits for this stretch any more.
    fn forget(&mut self, id: StretchId);
}

/// A stretch of the caller's sound. Stretches may begin where an earlier one did and reach further.
#[derive(Clone, Debug)]
pub struct Stretch {
    pub id: StretchId,
    /// In the caller's stream.
    pub from_ms: u64,
    pub until_ms: u64,
    /// The sound itself (8 kHz), for engines that were not fed it, or not from its beginning.
    pub samples: Arc<[i16]>,
    /// The caller has paused behind it: what a streaming engine still holds back is wanted now. Otherwise the caller is
    /// speaking, and only wants to be understood so far.
    pub paused: bool,
}

/// One reading of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// As the recogniser writes them; empty: nothing was said.
    pub words: String,
    /// How sure the engine is, 0 to 1; `None` when it does not say.
    pub score: Option<f32>,
}

/// What a recogniser says.
#[derive(Clone, Debug)]
pub enum Recognition {
    /// Words of the sound up to `until_ms`, which may still change.
    Interim { until_ms: u64, best: Hypothesis },
    /// The words of a stretch; the likeliest reading first, none when nothing was said.
    Final {
        id: StretchId,
        hypotheses: Vec<Hypothesis>,
    },
    /// A stretch could not be recognised; without an id: the session is lost.
    Failed {
        id: Option<StretchId>,
        error: SpeechError,
    },
}

impl Recognition {
    /// The one reading of an engine that has only one and no score for it.
    #[must_use]
    pub fn one(id: StretchId, words: String) -> Self {
        let hypothesis = Hypothesis { words, score: None };
        Self::Final {
            id,
            hypotheses: vec![hypothesis],
        }
    }
}
