//! How alike two words sound on a telephone: Double Metaphone keys (Lawrence Philips, 2000) and edit distance.

use rphonetic::DoubleMetaphone;

/// Keys are cut here: long enough for joined names such as "chickentikkamasala".
const KEY_LENGTH: usize = 16;

/// What a word sounds like, computed once per menu word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundKey {
    letters: String,
    primary: String,
    alternate: String,
}

impl SoundKey {
    /// The key of a lower-case word (non-letters are ignored).
    pub fn of(word: &str) -> Self {
        let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
        let result = DoubleMetaphone::new(Some(KEY_LENGTH)).double_metaphone(&letters);
        Self {
            primary: result.primary(),
            alternate: result.alternate(),
            letters,
        }
    }

    /// Letters it was made from.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The primary and the alternate key.
    pub fn codes(&self) -> [&str; 2] {
        [&self.primary, &self.alternate]
    }
}

/// 0 (nothing in common) to 1 (same sound): the mean of the likeness of sounds and the likeness of letters, so that
/// neither a chance key ("tea", "dew") nor a chance spelling is enough.
pub fn likeness(a: &SoundKey, b: &SoundKey) -> f32 {
    let (longer, shorter) = (
        a.letters.len().max(b.letters.len()),
        a.letters.len().min(b.letters.len()),
    );
    if shorter == 0 || longer > shorter * 2 + 1 {
        return 0.0;
    }
    let letters = strsim::normalized_damerau_levenshtein(&a.letters, &b.letters);
    let keys = [
        (&a.primary, &b.primary),
        (&a.primary, &b.alternate),
        (&a.alternate, &b.primary),
    ]
    .iter()
    .map(|(x, y)| key_likeness(x, y))
    .fold(0.0, f64::max);
    ((letters + keys) / 2.0) as f32
}

/// 0 (nothing in common) to 1 (the same letters in the same order): two whole utterances compared.
pub fn letters_alike(a: &str, b: &str) -> f32 {
    strsim::normalized_damerau_levenshtein(a, b) as f32
}

fn key_likeness(a: &str, b: &str) -> f64 {
    match a.len().max(b.len()) {
        0 => 0.0,
        longest => 1.0 - strsim::levenshtein(a, b) as f64 / longest as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(a: &str, b: &str) -> f32 {
        likeness(&SoundKey::of(a), &SoundKey::of(b))
    }

    #[test]
    fn what_a_recogniser_confuses_is_alike_and_other_food_is_not() {
        for (heard, meant) in [
            ("tickah", "tikka"),
            ("jalapenios", "jalapenos"),
            ("peperoni", "pepperoni"),
            ("mythala", "masala"),
            ("expresso", "espresso"),
            ("cappucino", "cappuccino"),
            ("kwesadilla", "quesadilla"),
            ("lodge", "large"),
        ] {
            assert!(
                alike(heard, meant) >= 0.55,
                "{heard} {meant} {}",
                alike(heard, meant)
            );
        }
        for (a, b) in [
            ("coke", "cake"),
            ("latte", "large"),
            ("olives", "onions"),
            ("ham", "jam"),
        ] {
            assert!(alike(a, b) < 0.9, "{a} {b} {}", alike(a, b));
        }
        assert!(alike("burger", "water") < 0.55);
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_whole_only_for_the_same_letters(a in "[a-z]{1,9}", b in "[a-z]{1,9}") {
            prop_assert!((alike(&a, &b) - alike(&b, &a)).abs() < 1e-6);
            prop_assert!((0.0..=1.0).contains(&alike(&a, &b)));
            prop_assert!(a == b || alike(&a, &b) < 1.0);
        }
    }
}
