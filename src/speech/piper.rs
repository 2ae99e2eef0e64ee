//! Piper's "joe" (en_US-joe-medium, dataset CC0): a man's voice that is not the waiter's, for the software phone.
//!
//! Piper voices are trained on espeak's phonemes. We have misaki's, which write the same sounds with fewer signs;
//! [`espeak_phonemes`] spells them out again.

#![expect(clippy::disallowed_methods, reason = "reads model files")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use ort::session::Session;
use ort::value::Tensor;

use super::SpeechError;
use super::local::pronunciation::Pronunciation;
use super::local::runtime;
use super::models::{JOE, JOE_CONFIG};
use crate::audio::{SAMPLE_RATE, resample};

/// The parts of the voice's configuration that matter here.
#[derive(serde::Deserialize)]
struct Config {
    audio: Audio,
    phoneme_id_map: HashMap<String, Vec<i64>>,
}

#[derive(serde::Deserialize)]
struct Audio {
    sample_rate: u32,
}

/// How a sentence is drawn: less noise is clearer and duller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Manner {
    /// Variation of the sound.
    pub(super) noise: f32,
    /// Length of every phoneme; more is slower.
    pub(super) length: f32,
    /// Variation of the rhythm.
    pub(super) rhythm: f32,
}

/// Chosen by transcribing (see `docs/speech.md`).
pub(super) const CLEAR: Manner = Manner {
    noise: 0.4,
    length: 1.1,
    rhythm: 0.3,
};

/// The voice.
pub(super) struct Piper {
    session: Session,
    config: Config,
    pronunciation: Pronunciation,
    pub(super) manner: Manner,
}

impl Piper {
    pub(super) fn open(models: &Path) -> Result<Self, SpeechError> {
        let config =
            fs::read(models.join(JOE_CONFIG)).map_err(|e| SpeechError::load(JOE_CONFIG, e))?;
        Ok(Self {
            session: runtime::session(models, JOE)?,
            config: serde_json::from_slice(&config)
                .map_err(|e| SpeechError::load(JOE_CONFIG, e))?,
            pronunciation: Pronunciation::open(models)?,
            manner: CLEAR,
        })
    }

    /// The sentences of a text, each as 8 kHz values on the model's scale.
    pub(super) fn sentences(&mut self, text: &str) -> Result<Vec<Vec<f32>>, SpeechError> {
        let phonemes = self.pronunciation.phonemes(text)?;
        phonemes
            .iter()
            .map(|sentence| self.sound(sentence))
            .collect()
    }

    fn sound(&mut self, misaki: &str) -> Result<Vec<f32>, SpeechError> {
        let failed = |e: ort::Error| SpeechError::run("the caller's voice")(e);
        let ids = self.ids(&espeak_phonemes(misaki));
        let Manner {
            noise,
            length,
            rhythm,
        } = self.manner;
        let count = ids.len();
        let inputs = ort::inputs![
            "input" => Tensor::from_array(([1, count], ids)).map_err(failed)?,
            "input_lengths" => Tensor::from_array(([1usize], vec![count as i64])).map_err(failed)?,
            "scales" => Tensor::from_array(([3usize], vec![noise, length, rhythm])).map_err(failed)?,
        ];
        let outputs = self.session.run(inputs).map_err(failed)?;
        let (_, sound) = outputs[0].try_extract_tensor::<f32>().map_err(failed)?;
        resample::convert(sound, self.config.audio.sample_rate, SAMPLE_RATE)
            .map_err(SpeechError::run("the caller's voice"))
    }

    /// Start sign, every phoneme followed by a pad, end sign. Unknown signs are left out.
    fn ids(&self, phonemes: &str) -> Vec<i64> {
        let id = |sign: &str| {
            self.config
                .phoneme_id_map
                .get(sign)
                .into_iter()
                .flatten()
                .copied()
        };
        let mut sign = [0; 4];
        let mut ids: Vec<i64> = id("^").chain(id("_")).collect();
        for phoneme in phonemes.chars() {
            let before = ids.len();
            ids.extend(id(phoneme.encode_utf8(&mut sign)));
            if ids.len() > before {
                ids.extend(id("_"));
            }
        }
        ids.extend(id("$"));
        ids
    }
}

/// Misaki's American phonemes as espeak's en-us writes them: diphthongs and affricates in two signs, long vowels with
/// their length, r-coloured vowels joined.
fn espeak_phonemes(misaki: &str) -> String {
    let phonemes: Vec<char> = misaki.chars().collect();
    let mut espeak = String::with_capacity(2 * misaki.len());
    let mut at = 0;
    while at < phonemes.len() {
        let next = phonemes.get(at + 1).copied();
        let mut taken = 1;
        match phonemes[at] {
            'A' => espeak.push_str("eɪ"),
            'I' => espeak.push_str("aɪ"),
            'O' => espeak.push_str("oʊ"),
            'W' => espeak.push_str("aʊ"),
            'Y' => espeak.push_str("ɔɪ"),
            'ʤ' => espeak.push_str("dʒ"),
            'ʧ' => espeak.push_str("tʃ"),
            'T' => espeak.push('ɾ'),
            'ᵊ' => espeak.push('ə'),
            'ɜ' if next == Some('ɹ') => {
                espeak.push_str("ɜː");
                taken = 2;
                // Between vowels the r is heard as well.
                if phonemes.get(at + 2).is_some_and(|c| begins_vowel(*c)) {
                    espeak.push('ɹ');
                }
            }
            'ɜ' => espeak.push_str("ɜː"),
            'ə' if next == Some('ɹ') => {
                let vowel_follows = phonemes.get(at + 2).is_some_and(|c| begins_vowel(*c));
                espeak.push('ɚ');
                if vowel_follows {
                    espeak.push('ɹ');
                }
                taken = 2;
            }
            'ɑ' => espeak.push_str("ɑː"),
            'ɔ' => espeak.push_str("ɔː"),
            'u' => espeak.push_str("uː"),
            'i' if long_i(&phonemes, at) => espeak.push_str("iː"),
            '—' => espeak.push(','),
            '…' => espeak.push('.'),
            other => espeak.push(other),
        }
        at += taken;
    }
    espeak
}

fn begins_vowel(sign: char) -> bool {
    "ˈˌAIOWYaeiouæɐɑɔəɛɜɪʊʌᵊᵻ".contains(sign)
}

/// An i is long under stress, and where it is its word's only vowel ("we").
fn long_i(phonemes: &[char], at: usize) -> bool {
    if at > 0 && matches!(phonemes[at - 1], 'ˈ' | 'ˌ') {
        return true;
    }
    let before = phonemes[..at].iter().rev().take_while(|c| **c != ' ');
    let after = phonemes[at + 1..].iter().take_while(|c| **c != ' ');
    !before.chain(after).any(|c| begins_vowel(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misakis_signs_become_espeaks() {
        for (misaki, espeak) in [
            ("plˈiz", "plˈiːz"),
            ("hˈæpi", "hˈæpi"),
            ("wi", "wiː"),
            ("lˈɑɹʤ", "lˈɑːɹdʒ"),
            ("pˌɛpəɹˈOni", "pˌɛpɚɹˈoʊni"),
            ("bˈɜɹd", "bˈɜːd"),
            ("bˈʌTəɹ.", "bˈʌɾɚ."),
            ("ʧˈIz tˈu", "tʃˈaɪz tˈuː"),
        ] {
            assert_eq!(espeak_phonemes(misaki), espeak);
        }
    }
}
