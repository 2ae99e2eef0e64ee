//! Menu words that sound like a word the menu does not have.

use super::weights as w;
use super::{everyday, synonyms};
use crate::words::{SoundKey, likeness};

/// The sounds of all words of one menu's forms, by length, so that a search looks only at words of about its length.
#[derive(Debug, Default)]
pub(crate) struct Sounds {
    by_length: Vec<Vec<(SoundKey, String)>>,
}

/// How many letters shorter or longer a sound-alike may be.
const LENGTH_SLACK: usize = 3;
/// Sound-alikes kept for one word.
const KEPT: usize = 3;

impl Sounds {
    /// Keys for each word with at least three letters.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut by_length: Vec<Vec<(SoundKey, String)>> = Vec::new();
        // "guacamolees" sounds like "guacamole", which is read as "guac".
        let spelt = words.flat_map(|word| {
            let others = synonyms::others(word)
                .iter()
                .map(move |other| (*other, word));
            std::iter::once((word, word)).chain(others)
        });
        for (spelt, word) in spelt {
            let key = SoundKey::of(spelt);
            let length = key.letters().len();
            if length < 3 || everyday::is_everyday(spelt) {
                continue;
            }
            if by_length.len() <= length {
                by_length.resize_with(length + 1, Vec::new);
            }
            by_length[length].push((key, word.to_owned()));
        }
        for words in &mut by_length {
            words.sort_by(|a, b| a.1.cmp(&b.1));
        }
        Self { by_length }
    }

    /// The likest menu words and what reading the heard word as each costs.
    pub fn alike(&self, heard: &str, floor: f32) -> Vec<(&str, f32)> {
        let key = SoundKey::of(heard);
        let length = key.letters().len();
        if length < 3 || self.by_length.is_empty() {
            return Vec::new();
        }
        let from = length.saturating_sub(LENGTH_SLACK);
        let to = (length + LENGTH_SLACK + 1).min(self.by_length.len());
        let near = self.by_length.get(from..to).unwrap_or_default();
        let mut found: Vec<(&str, f32)> = near
            .iter()
            .flatten()
            .map(|(other, word)| (word.as_str(), likeness(&key, other)))
            .filter(|&(_, like)| like >= floor)
            .map(|(word, like)| (word, w::SOUND + w::SOUND_SHARE * (1.0 - like)))
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
        let mut seen = Vec::new();
        found.retain(|&(word, _)| {
            !seen.contains(&word) && {
                seen.push(word);
                true
            }
        });
        found.truncate(KEPT);
        found
    }
}
