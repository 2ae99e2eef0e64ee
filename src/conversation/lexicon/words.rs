//! An utterance as the words of its own language, with what was really said.

use crate::words::{Language, tokens};

/// A word of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawWord {
    /// Lower case, no accents, no apostrophes.
    pub folded: String,
    pub original: String,
    /// A pause or the end of a sentence stood before it.
    pub after_break: bool,
}

/// The words of an utterance; where a language elides, an apostrophe parts two ("d'oignons").
pub fn raw_words(language: Language, text: &str) -> Vec<RawWord> {
    let elides = language == Language::French;
    let parted: String = text
        .chars()
        .map(|c| match c {
            '\'' | '’' | '‘' | '`' if elides => ' ',
            '-' | '‑' | '–' => ' ',
            c => c,
        })
        .collect();
    let mut out: Vec<RawWord> = Vec::new();
    let mut after_break = false;
    for chunk in parted.split_whitespace() {
        let inside = tokens(chunk);
        let original = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let one = inside.len() == 1;
        for token in inside {
            out.push(RawWord {
                original: if one {
                    original.to_owned()
                } else {
                    token.text.clone()
                },
                folded: token.text,
                after_break: after_break || token.after_break,
            });
            after_break = false;
        }
        after_break |= chunk.ends_with(['.', ',', ';', '?', '!', ':']);
    }
    out
}
