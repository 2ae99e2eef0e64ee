//! Text to phonemes, in the alphabet of misaki (crate `misaki-rs`), which both voices are driven from.

use std::path::Path;

use misaki_rs::{G2P, Language};

use super::sentences::{pieces, sentences};
use super::unknown_words::UnknownWords;
use crate::speech::SpeechError;

/// Dictionaries (about 90 MB in memory) and the network for words they lack: one, shared by all threads.
pub struct Pronunciation {
    g2p: G2P,
}

impl Pronunciation {
    /// Loads both from the folder of models; about half a second.
    ///
    /// # Errors
    /// When the network's files are missing or do not load.
    pub fn open(models: &Path) -> Result<Self, SpeechError> {
        let unknown = UnknownWords::open(models)?;
        let mut g2p = G2P::with_fallback(Language::EnglishUS, Some(Box::new(unknown)));
        // What cannot be read at all is better left out than spoken as a sign.
        g2p.unk = String::new();
        g2p.lexicon.golds.shrink_to_fit();
        g2p.lexicon.silvers.shrink_to_fit();
        Ok(Self { g2p })
    }

    /// One phoneme string per sentence (or part of a very long one), in order.
    ///
    /// # Errors
    /// When the network for unknown words fails.
    pub fn phonemes(&self, text: &str) -> Result<Vec<String>, SpeechError> {
        let mut found = Vec::new();
        for sentence in sentences(text) {
            let (phonemes, _) = self
                .g2p
                .g2p(sentence)
                .map_err(SpeechError::run("the pronunciation"))?;
            found.extend(pieces(&phonemes));
        }
        Ok(found)
    }
}
