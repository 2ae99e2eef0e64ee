//! Is a name to be found in a transcription by its sound? "case ideas" is a quesadilla that was heard well and spelled
//! badly.
//!
//! Both become phonemes, and the name is looked for anywhere in the transcription, word boundaries or not (Sellers'
//! approximate search). A vowel for another vowel is half an error: over a telephone it is consonants that tell words
//! apart. What the measure is worth is measured, too: how many dishes that were not said does it find?

use maitred::speech::{Pronunciation, models};

/// Phonemes of a name that may be wrong, as a share.
const TOLERATED: f64 = 0.3;

/// Turns words into sounds.
pub struct Sounds(Pronunciation);

impl Sounds {
    pub fn open() -> Self {
        Self(Pronunciation::open(&models::default_dir()).unwrap())
    }

    /// The sounds of a text: no stress, no pauses, no doubles ("iced tea" has one t to hear), and one sign for what no
    /// telephone tells apart.
    pub fn of(&self, text: &str) -> Vec<char> {
        let phonemes = self.0.phonemes(text).unwrap().concat();
        let kept = |c: &char| c.is_alphabetic() && !matches!(c, 'ː' | 'ˈ' | 'ˌ');
        let mut sounds: Vec<char> = phonemes
            .chars()
            .filter(kept)
            .map(|sound| match sound {
                'ɾ' | 'T' => 't',
                'ᵊ' | 'ᵻ' | 'ɐ' | 'ʌ' => 'ə',
                'ɑ' => 'ɔ',
                'ɜ' => 'ɹ',
                other => other,
            })
            .collect();
        sounds.dedup();
        sounds
    }

    /// What a transcription may sound like. A recogniser writes what it does not know in capitals or glues it with
    /// hyphens: "3-team WASALIDs" are words, "three ISTs" are letters. So it is read as it is, in plain words, and with
    /// its capitals spelt.
    pub fn heard(&self, transcribed: &str) -> Heard {
        let plain = transcribed.to_lowercase().replace('-', " ");
        let (mut spelt, mut capital) = (String::new(), false);
        for c in transcribed.chars() {
            if capital && c.is_alphabetic() {
                spelt.push(' ');
            }
            capital = c.is_uppercase();
            spelt.push(c);
        }
        Heard([transcribed, &plain, &spelt].map(|text| self.of(text)))
    }
}

/// A transcription's sounds: as written, in plain words, and with its capitals spelt.
pub struct Heard([Vec<char>; 3]);

impl Heard {
    /// Does some stretch of it sound like `name`?
    pub fn has(&self, name: &[char]) -> bool {
        self.0.iter().any(|heard| found(name, heard))
    }
}

/// Does some stretch of `heard` sound like `name`?
fn found(name: &[char], heard: &[char]) -> bool {
    halves_within(name, heard) as f64 <= TOLERATED * 2.0 * name.len() as f64
}

fn is_vowel(sound: char) -> bool {
    "aeiouæəɛɪɔɒʊAIOQWY".contains(sound)
}

/// Twice the fewest sounds that must change for `name` to stand somewhere in `heard`: a vowel for a vowel counts one, all
/// else two.
fn halves_within(name: &[char], heard: &[char]) -> usize {
    // Row of the last sound of the name so far; a match may begin anywhere, so the first row is all zeros.
    let mut row = vec![0; heard.len() + 1];
    for (i, &sound) in name.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = 2 * (i + 1);
        for (j, &other) in heard.iter().enumerate() {
            let vowels = is_vowel(sound) && is_vowel(other);
            let costs = if sound == other {
                0
            } else {
                2 - usize::from(vowels)
            };
            let substitute = diagonal + costs;
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 2).min(diagonal + 2);
        }
    }
    row.into_iter().min().unwrap_or(2 * name.len())
}

#[test]
fn a_name_is_found_where_its_sounds_are_and_not_elsewhere() {
    let sounds = |text: &str| text.chars().collect::<Vec<char>>();
    assert_eq!(halves_within(&sounds("tea"), &sounds("onehotteanow")), 0);
    // A vowel, then a consonant, then a sound too many.
    assert_eq!(halves_within(&sounds("kesadia"), &sounds("tukasadiaz")), 1);
    assert_eq!(halves_within(&sounds("tasadia"), &sounds("tukasadiaz")), 2);
    assert_eq!(halves_within(&sounds("kasadria"), &sounds("tukasadiaz")), 2);
    assert!(found(&sounds("kesadia"), &sounds("tukasadiaz")));
    assert!(!found(&sounds("flan"), &sounds("tukasadiaz")));
    assert!(!found(&sounds("flan"), &[]));
}
