//! The recogniser's vocabulary: token numbers to text.
//!
//! `tokenizer.bin` holds one entry per token in order: a length byte (from 128 on, two bytes: `second * 128 + first -
//! 128`), then that many bytes of UTF-8, or a part of it. U+2581 stands for the space before a word.

use std::path::Path;

use crate::speech::SpeechError;

/// What the vocabulary writes for a space.
const WORD_START: &str = "\u{2581}";

/// Token texts by number.
pub(in crate::speech) struct Tokens {
    bytes: Vec<u8>,
    /// Where each token's bytes end.
    ends: Vec<u32>,
}

impl Tokens {
    /// Reads the file's bytes.
    pub(super) fn parse(file: &[u8], path: &Path) -> Result<Self, SpeechError> {
        let broken = || SpeechError::load(path.display().to_string(), "it ends inside a token");
        let (mut bytes, mut ends) = (Vec::with_capacity(file.len()), Vec::new());
        let mut rest = file;
        while let Some((&first, tail)) = rest.split_first() {
            let (length, tail) = if first < 128 {
                (usize::from(first), tail)
            } else {
                let (&second, tail) = tail.split_first().ok_or_else(broken)?;
                (usize::from(second) * 128 + usize::from(first) - 128, tail)
            };
            let (token, tail) = tail.split_at_checked(length).ok_or_else(broken)?;
            bytes.extend_from_slice(token);
            ends.push(bytes.len() as u32);
            rest = tail;
        }
        Ok(Self { bytes, ends })
    }

    /// The bytes of one token; nothing for a number out of range.
    pub(super) fn bytes(&self, token: usize) -> &[u8] {
        let Some(&end) = self.ends.get(token) else {
            return &[];
        };
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..end as usize]
    }

    /// The text of a token, and whether a new word begins with it. `None` for a part of a character.
    pub(super) fn piece(&self, token: usize) -> Option<(bool, &str)> {
        let text = std::str::from_utf8(self.bytes(token)).ok()?;
        Some(match text.strip_prefix(WORD_START) {
            Some(rest) => (true, rest),
            None => (false, text),
        })
    }

    /// A whole result as text.
    pub(super) fn text(&self, tokens: &[usize]) -> String {
        let bytes: Vec<u8> = tokens
            .iter()
            .flat_map(|&token| self.bytes(token))
            .copied()
            .collect();
        String::from_utf8_lossy(&bytes)
            .replace(WORD_START, " ")
            .trim()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tokens: &[&str]) -> Vec<u8> {
        let mut file = Vec::new();
        for token in tokens {
            match token.len() {
                short @ ..128 => file.push(short as u8),
                long => file.extend([(long % 128 + 128) as u8, (long / 128) as u8]),
            }
            file.extend(token.as_bytes());
        }
        file
    }

    #[test]
    fn tokens_join_to_words() {
        let long = "x".repeat(300);
        let tokens = Tokens::parse(
            &file(&["<unk>", "\u{2581}two", "\u{2581}tac", "os", &long]),
            Path::new("t"),
        )
        .expect("well formed");
        assert_eq!(tokens.text(&[1, 2, 3]), "two tacos");
        assert_eq!(tokens.piece(2), Some((true, "tac")));
        assert_eq!(tokens.piece(3), Some((false, "os")));
        assert_eq!(tokens.bytes(4).len(), 300);
        assert_eq!(tokens.bytes(5), b"");
    }

    #[test]
    fn a_cut_file_is_refused() {
        let whole = file(&["one", "three"]);
        assert!(Tokens::parse(&whole[..whole.len() - 1], Path::new("t")).is_err());
    }
}
