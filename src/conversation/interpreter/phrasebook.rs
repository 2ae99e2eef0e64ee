//! A language's table of phrases, applied to an utterance: the longest phrase first, then numbers, then plain words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::said::{Piece, Said};
use super::{french, spanish};
use crate::conversation::lexicon::{RawWord, raw_words, spelt_out};
use crate::words::Language;

/// What a language writes down: (meaning in the waiter's words, patterns of folded words).
pub(super) struct Table {
    pub phrases: &'static [&'static [(&'static str, &'static str)]],
    /// Utterances that mean something only when nothing else is said.
    pub alone: &'static [(&'static str, &'static str)],
    /// Words told apart by their accents alone.
    pub accented: &'static [(&'static str, &'static str)],
    /// Articles that are a number when nothing follows ("just one").
    pub articles: &'static [&'static str],
}

struct Phrasebook {
    table: &'static Table,
    by_phrase: HashMap<String, &'static str>,
    longest: usize,
}

impl Phrasebook {
    fn new(table: &'static Table) -> Self {
        let mut by_phrase = HashMap::new();
        let mut longest = 1;
        for &(meaning, patterns) in table.phrases.iter().copied().flatten() {
            for phrase in spelt_out(patterns) {
                longest = longest.max(phrase.split(' ').count());
                by_phrase.entry(phrase).or_insert(meaning);
            }
        }
        Self {
            table,
            by_phrase,
            longest,
        }
    }
}

/// Reads an utterance or a name of the menu.
pub fn read(language: Language, text: &str) -> Said {
    static FRENCH: LazyLock<Phrasebook> = LazyLock::new(|| Phrasebook::new(&french::TABLE));
    static SPANISH: LazyLock<Phrasebook> = LazyLock::new(|| Phrasebook::new(&spanish::TABLE));
    match language {
        Language::English => Said::plainly(text),
        Language::French => apply(&FRENCH, language, text),
        Language::Spanish => apply(&SPANISH, language, text),
    }
}

fn apply(book: &Phrasebook, language: Language, text: &str) -> Said {
    let words = raw_words(language, text);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let whole = folded.join(" ");
    if let Some((_, meaning)) = book.table.alone.iter().find(|(said, _)| *said == whole) {
        return Said::of(vec![piece(&words, meaning)]);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (meaning, count) = meaning_at(book, language, &words, &folded, at);
        pieces.push(piece(&words[at..at + count], &meaning));
        at += count;
    }
    Said::of(pieces)
}

/// What the words at a place mean, and how many of them.
fn meaning_at(
    book: &Phrasebook,
    language: Language,
    words: &[RawWord],
    folded: &[&str],
    at: usize,
) -> (String, usize) {
    let accented = |word: &RawWord| {
        let lower = word.original.to_lowercase();
        let table = book.table.accented.iter();
        table.into_iter().find(|(said, _)| *said == lower)
    };
    let most = book.longest.min(words.len() - at);
    let phrase = (1..=most).rev().find_map(|count| {
        let meaning = book.by_phrase.get(&folded[at..at + count].join(" "))?;
        Some(((*meaning).to_owned(), count))
    });
    let number = language.number_at(folded, at);
    if let Some(number) =
        number.filter(|n| phrase.as_ref().is_none_or(|(_, count)| n.words > *count))
    {
        return (number.value.to_string(), number.words);
    }
    let only_word = phrase.as_ref().is_none_or(|(_, count)| *count == 1);
    if let Some((_, meaning)) = accented(&words[at]).filter(|_| only_word) {
        return ((*meaning).to_owned(), 1);
    }
    if at + 1 == words.len() && at > 0 && book.table.articles.contains(&folded[at]) {
        return ("one".to_owned(), 1);
    }
    phrase.unwrap_or_else(|| (plain_word(language, folded[at]), 1))
}

/// The word without gender and number; a plural as the rules see one.
fn plain_word(language: Language, word: &str) -> String {
    let (one, many) = language.plain(word);
    if many && !one.ends_with(['s', 'u']) {
        one + "s"
    } else {
        one
    }
}

fn piece(words: &[RawWord], meaning: &str) -> Piece {
    let originals: Vec<&str> = words.iter().map(|word| word.original.as_str()).collect();
    Piece {
        read: meaning.split_whitespace().map(str::to_owned).collect(),
        original: originals.join(" "),
        after_break: words.first().is_some_and(|word| word.after_break),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn french(text: &str) -> String {
        read(Language::French, text).text().to_owned()
    }

    fn spanish(text: &str) -> String {
        read(Language::Spanish, text).text().to_owned()
    }

    #[test]
    fn function_words_and_numbers_are_read_and_food_stays() {
        assert_eq!(
            french("Je voudrais deux grandes poutines sans oignons, s'il vous plaît."),
            "id like 2 grands poutins without oignons, please"
        );
        assert_eq!(
            french("un café avec du lait et c'est tout"),
            "a caf with lait thats all"
        );
        assert_eq!(french("un thé ou une tisane"), "a tea or a tisan");
        assert_eq!(
            french("combien coûte la poutine ?"),
            "how much is the poutin"
        );
        assert_eq!(french("juste une"), "just one");
        assert_eq!(
            spanish("Quisiera tres tacos de pollo sin cebolla, por favor"),
            "id like 3 tacs of poll without ceboll, please"
        );
        assert_eq!(spanish("sí, eso es todo"), "yes, thats all");
        assert_eq!(spanish("¿cuánto cuesta la torta?"), "how much is the tort");
    }

    #[test]
    fn no_phrase_is_written_down_twice_with_two_meanings() {
        for table in [&french::TABLE, &spanish::TABLE] {
            let mut seen: HashMap<String, &str> = HashMap::new();
            for &(meaning, patterns) in table.phrases.iter().copied().flatten() {
                for phrase in spelt_out(patterns) {
                    let before = seen.insert(phrase.clone(), meaning);
                    assert!(
                        before.is_none_or(|b| b == meaning),
                        "{phrase:?}: {before:?} and {meaning:?}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_echoed(text in "\\PC{0,60}", french: bool) {
            let language = if french { Language::French } else { Language::Spanish };
            let said = read(language, &text);
            let echo = said.as_said(said.text());
            prop_assert!(echo.len() <= text.len() * 4 + said.text().len());
        }
    }
}
