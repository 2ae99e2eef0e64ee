//! The waiter's voice: hibari's "heart" (a Kokoro voice in 8 MB), phonemes to sound.

#![expect(clippy::disallowed_methods, reason = "reads model files")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use ort::session::Session;
use ort::value::Tensor;

use super::finish::finish;
use super::runtime;
use super::vocoder::{Spectrum, Vocoder};
use crate::audio::SAMPLES_PER_MS;
use crate::speech::SpeechError;
use crate::speech::local::pronunciation::Pronunciation;
use crate::speech::models::{HEART, HEART_VOCABULARY};

/// Pause between two sentences of one text, ms.
const SENTENCE_PAUSE_MS: usize = 220;
const WHAT: &str = "the voice";

/// One thread's voice.
pub(in crate::speech) struct Hibari {
    session: Session,
    ids: HashMap<char, i64>,
    vocoder: Vocoder,
}

impl Hibari {
    /// Opens a session and the vocabulary.
    pub(in crate::speech) fn open(models: &Path) -> Result<Self, SpeechError> {
        let load = |e: &dyn ToString| SpeechError::load(HEART_VOCABULARY, e.to_string());
        let vocabulary = fs::read(models.join(HEART_VOCABULARY)).map_err(|e| load(&e))?;
        Ok(Self {
            session: runtime::session(models, HEART)?,
            ids: serde_json::from_slice(&vocabulary).map_err(|e| load(&e))?,
            vocoder: Vocoder::new(),
        })
    }

    /// Speech text as 8 kHz samples, trimmed and levelled.
    pub(in crate::speech) fn say(
        &mut self,
        pronunciation: &Pronunciation,
        text: &str,
    ) -> Result<Vec<i16>, SpeechError> {
        let mut samples = Vec::new();
        for phonemes in pronunciation.phonemes(text)? {
            let sentence = finish(&self.sound(&phonemes).map_err(SpeechError::run(WHAT))?);
            if !samples.is_empty() && !sentence.is_empty() {
                samples.resize(samples.len() + SENTENCE_PAUSE_MS * SAMPLES_PER_MS, 0);
            }
            samples.extend(sentence);
        }
        Ok(samples)
    }

    fn sound(&mut self, phonemes: &str) -> ort::Result<Vec<f32>> {
        let mut ids = vec![0];
        ids.extend(
            phonemes
                .chars()
                .filter_map(|phoneme| self.ids.get(&phoneme)),
        );
        ids.push(0);
        if ids.len() < 3 {
            return Ok(Vec::new());
        }
        let outputs = self.session.run(ort::inputs![
            "ids" => Tensor::from_array(([1, ids.len()], ids))?,
            "speed" => Tensor::from_array(([1usize], vec![1.0f32]))?,
        ])?;
        // Six outputs in this order: harmonic, its phase, noise, free part, its phase (all [1, 601, frames]), pitch.
        let part = |index: usize| {
            outputs[index]
                .try_extract_tensor::<f32>()
                .map(|(_, data)| data)
        };
        let pitch = part(5)?;
        Ok(self.vocoder.sound(&Spectrum {
            frames: pitch.len(),
            harmonic: part(0)?,
            harmonic_phase: part(1)?,
            noise: part(2)?,
            free: part(3)?,
            free_phase: part(4)?,
            pitch,
        }))
    }
}
