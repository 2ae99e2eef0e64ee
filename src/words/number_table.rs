//! Numbers read back from the words a language says them with: the inverse of its cardinals, by table.

use std::collections::HashMap;

use super::{Number, tokens};

/// Every number below this is read.
const BELOW: u32 = 1_000;

/// Phrases of folded words -> values.
#[derive(Debug)]
pub(super) struct NumberTable {
    by_phrase: HashMap<String, u32>,
    longest: usize,
}

impl NumberTable {
    /// All cardinals below a thousand and some more quantities, without the words that are articles.
    pub fn new(cardinal: fn(u32) -> String, more: &[(&str, u32)], articles: &[&str]) -> Self {
        let mut by_phrase: HashMap<String, u32> = (0..BELOW)
            .map(|n| (phrase(&cardinal(n)), n))
            .filter(|(said, _)| !articles.contains(&said.as_str()))
            .collect();
        by_phrase.extend(more.iter().map(|&(said, value)| (said.to_owned(), value)));
        let longest = by_phrase
            .keys()
            .map(|said| said.split(' ').count())
            .max()
            .unwrap_or(1);
        Self { by_phrase, longest }
    }

    /// The longest number that begins at a word.
    pub fn at(&self, words: &[&str], at: usize) -> Option<Number> {
        let most = self.longest.min(words.len() - at);
        (1..=most).rev().find_map(|count| {
            let said = words[at..at + count].join(" ");
            self.by_phrase.get(&said).map(|&value| Number {
                value,
                words: count,
            })
        })
    }
}

/// A number of dozens or pairs: "trois douzaines de". `each` is a word for so many, with what may follow it: more of them, or "of".
pub(super) fn in_dozens(
    number: Number,
    words: &[&str],
    at: usize,
    each: &[(&str, u32)],
    half: [&str; 2],
    of: &[&str],
) -> Number {
    let word = |i: usize| words.get(at + i).copied().unwrap_or_default();
    let Some((_, factor)) = each.iter().find(|(said, _)| *said == word(number.words)) else {
        return number;
    };
    let mut value = number.value.saturating_mul(*factor);
    let mut end = number.words + 1;
    if [word(end), word(end + 1)] == half {
        value = value.saturating_add(factor / 2);
        end += 2;
    }
    end += usize::from(of.contains(&word(end)));
    Number { value, words: end }
}

fn phrase(said: &str) -> String {
    let words: Vec<String> = tokens(said).into_iter().map(|token| token.text).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use proptest::prelude::*;

    fn read(language: Language, text: &str) -> Option<(u32, usize)> {
        let words = tokens(text);
        let words: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
        language.number_at(&words, 0).map(|n| (n.value, n.words))
    }

    #[test]
    fn everyday_amounts_are_numbers_and_articles_are_not() {
        assert_eq!(
            read(Language::French, "une demi-douzaine de bagels"),
            Some((6, 4))
        );
        assert_eq!(
            read(Language::French, "quatre-vingt-dix-neuf"),
            Some((99, 4))
        );
        assert_eq!(read(Language::French, "un café"), None);
        assert_eq!(read(Language::French, "une poutine"), None);
        assert_eq!(
            read(Language::Spanish, "media docena de tacos"),
            Some((6, 3))
        );
        assert_eq!(read(Language::Spanish, "treinta y dos"), Some((32, 3)));
        assert_eq!(
            read(Language::French, "trois douzaines d huitres"),
            Some((36, 3))
        );
        assert_eq!(
            read(Language::French, "deux douzaines et demie"),
            Some((30, 4))
        );
        assert_eq!(
            read(Language::French, "une douzaine et demie de pains"),
            Some((18, 5))
        );
        assert_eq!(
            read(Language::French, "trois paires de pains"),
            Some((6, 3))
        );
        assert_eq!(
            read(Language::Spanish, "cinco docenas de tamales"),
            Some((60, 3))
        );
        assert_eq!(read(Language::Spanish, "una docena y media"), Some((18, 4)));
        assert_eq!(read(Language::Spanish, "tres pares de tacos"), Some((6, 3)));
        assert_eq!(read(Language::Spanish, "una torta"), None);
    }

    proptest! {
        #[test]
        fn a_spoken_cardinal_is_read_back(n in 2u32..1000, french: bool) {
            let language = if french { Language::French } else { Language::Spanish };
            let said = language.cardinal(n);
            let words = tokens(&said).len();
            prop_assert_eq!(read(language, &said), Some((n, words)));
        }
    }
}
