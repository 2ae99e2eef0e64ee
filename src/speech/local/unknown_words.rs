//! How to pronounce a word no dictionary has: a small network from letters to phonemes (hibari's, Apache-2.0).

#![expect(clippy::disallowed_methods, reason = "reads model files")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use misaki_rs::Fallback;
use misaki_rs::fallback::FallbackError;
use ort::session::Session;
use ort::value::Tensor;

use super::runtime;
use crate::speech::SpeechError;
use crate::speech::models::{UNKNOWN_WORDS, UNKNOWN_WORDS_LETTERS};
use crate::words::Language;

/// The file that names the network's letters.
#[derive(serde::Deserialize)]
struct Letters {
    r#in: Vec<char>,
    out: Vec<char>,
    maxlen: usize,
}

/// The network, shared by all threads: it is asked once per unknown word, for about a millisecond.
pub(super) struct UnknownWords {
    session: Mutex<Session>,
    letters: HashMap<char, i64>,
    phonemes: Vec<char>,
    longest: usize,
}

impl UnknownWords {
    pub(super) fn open(models: &Path) -> Result<Self, SpeechError> {
        let text = fs::read(models.join(UNKNOWN_WORDS_LETTERS))
            .map_err(|e| SpeechError::load(UNKNOWN_WORDS_LETTERS, e))?;
        let letters: Letters = serde_json::from_slice(&text)
            .map_err(|e| SpeechError::load(UNKNOWN_WORDS_LETTERS, e))?;
        Ok(Self {
            session: Mutex::new(runtime::session(models, UNKNOWN_WORDS)?),
            letters: (1..)
                .zip(letters.r#in)
                .map(|(number, letter)| (letter, number))
                .collect(),
            phonemes: letters.out,
            longest: letters.maxlen,
        })
    }

    fn read(&self, word: &str) -> ort::Result<String> {
        let ids: Vec<i64> = word
            .chars()
            .filter_map(|letter| self.letters.get(&letter).copied())
            .take(self.longest)
            .collect();
        if ids.is_empty() {
            return Ok(String::new());
        }
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let input = Tensor::from_array(([1, ids.len()], ids))?;
        let outputs = session.run(ort::inputs!["chars" => input])?;
        let (_, classes) = outputs[0].try_extract_tensor::<i64>()?;
        Ok(self.collapse(classes))
    }

    /// Connectionist output: 0 is a blank, a class that repeats without a blank between is one phoneme.
    fn collapse(&self, classes: &[i64]) -> String {
        let mut before = 0;
        let mut phonemes = String::new();
        for &class in classes {
            if class != before && class > 0 {
                phonemes.extend(self.phonemes.get(class as usize - 1));
            }
            before = class;
        }
        phonemes
    }
}

impl Fallback for UnknownWords {
    fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
        let unread = || FallbackError::NoPhonemes {
            word: word.to_owned(),
        };
        // "21-22", which no dictionary has and no letter helps with: its figures, one by one.
        let figures = !word.contains(char::is_alphabetic);
        let word = if figures {
            &Language::English.digits(word)
        } else {
            word
        };
        let phonemes: Vec<String> = word
            .split(|c: char| !c.is_alphabetic() && c != '\'')
            .filter(|piece| !piece.is_empty())
            .map(|piece| self.read(piece).map_err(|_| unread()))
            .collect::<Result<_, _>>()?;
        // Nothing to read (a sign, a picture): left out, as if it were not there, rather than the whole sentence lost.
        Ok(phonemes.join(" "))
    }
}
