//! Words the recogniser should expect: a menu's, so that "pepperoni" wins over "pepper only".

/// What a bias adds to a token's score (a log-probability) for each letter that continues an expected word.
///
/// Chosen by the sweep in `docs/speech.md`.
pub const DEFAULT_STRENGTH: f32 = 0.7;

/// A list of expected words, compiled once per menu and shared by its calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Bias {
    /// Lower-case, sorted, unique.
    words: Vec<String>,
    strength: f32,
}

impl Bias {
    /// Expects the words of `phrases`; short words (fewer than three letters) need no help.
    pub fn new<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        Self::with_strength(phrases, DEFAULT_STRENGTH)
    }

    /// As [`Bias::new`] with another strength; 0 changes nothing.
    pub fn with_strength<'a>(phrases: impl IntoIterator<Item = &'a str>, strength: f32) -> Self {
        let mut words: Vec<String> = phrases
            .into_iter()
            .flat_map(|phrase| phrase.split(|c: char| !c.is_alphabetic()))
            .filter(|word| word.chars().count() >= 3)
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        Self { words, strength }
    }

    /// Score added per letter.
    pub(super) fn strength(&self) -> f32 {
        self.strength
    }

    /// Does an expected word begin with `start` (lower-case, not empty)?
    pub(super) fn continues(&self, start: &str) -> bool {
        let at = self.words.partition_point(|word| word.as_str() < start);
        !start.is_empty()
            && self
                .words
                .get(at)
                .is_some_and(|word| word.starts_with(start))
    }

    /// Is this an expected word (lower-case), or several of it?
    pub(super) fn is_whole(&self, word: &str) -> bool {
        let known = |word: &str| {
            self.words
                .binary_search_by(|w| w.as_str().cmp(word))
                .is_ok()
        };
        let without = |ending| word.strip_suffix(ending).is_some_and(known);
        let stem = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        known(word) || without("s") || without("es") || stem.is_some_and(|stem| known(&stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_menu_words_are_expected_and_others_are_not() {
        let bias = Bias::new(["Taco al pastor", "Pepperoni", "pepperoni!"]);
        assert_eq!(bias.words, ["pastor", "pepperoni", "taco"]);
        for start in ["p", "pep", "pepperoni", "tac", "past"] {
            assert!(bias.continues(start), "{start}");
        }
        for start in ["", "al", "pepperonis", "pepp r", "z"] {
            assert!(!bias.continues(start), "{start}");
        }
        for word in ["taco", "tacos", "pastor"] {
            assert!(bias.is_whole(word), "{word}");
        }
        for word in ["", "s", "tac", "pepperon"] {
            assert!(!bias.is_whole(word), "{word}");
        }
    }
}
