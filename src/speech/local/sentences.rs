//! Cutting speech text into the pieces a voice model takes at once.

/// Longest phoneme string a voice model takes (hibari's own limit).
pub(in crate::speech) const MAX_PHONEMES: usize = 400;

/// Words that end in a full stop without ending a sentence.
const TITLES: [&str; 8] = ["Dr", "Mr", "Mrs", "Ms", "St", "Jr", "Sr", "No"];

/// The sentences of a text, none empty. A full stop after a title or an initial, or before a small letter, ends none.
pub(in crate::speech) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let ended = match c {
            '\n' => true,
            '.' | '!' | '?' | '\u{2026}' => ends_here(text, at, after),
            _ => false,
        };
        if ended {
            found.push(&text[start..after]);
            start = after;
        }
    }
    found.push(&text[start..]);
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found.iter().map(|sentence| sentence.trim()).collect()
}

fn ends_here(text: &str, at: usize, after: usize) -> bool {
    let rest = &text[after..];
    let Some(next) = rest.chars().find(|c| !c.is_whitespace()) else {
        return true;
    };
    if !rest.starts_with(char::is_whitespace) || next.is_lowercase() {
        return false;
    }
    if !text[at..].starts_with('.') {
        return true;
    }
    let word = text[..at]
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let initial = word.len() == 1 && word.starts_with(char::is_uppercase);
    !initial && !TITLES.contains(&word)
}

/// Phonemes cut after clause marks so that no piece exceeds [`MAX_PHONEMES`]; a clause that is longer by itself is
/// cut at a space, or where it must.
pub(in crate::speech) fn pieces(phonemes: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest: Vec<char> = phonemes.trim().chars().collect();
    while rest.len() > MAX_PHONEMES {
        let window = &rest[..MAX_PHONEMES];
        let cut = window
            .iter()
            .rposition(|c| matches!(c, ',' | ';' | ':' | '\u{2014}'))
            .or_else(|| window.iter().rposition(|c| *c == ' '))
            .map_or(MAX_PHONEMES, |at| at + 1);
        let tail = rest.split_off(cut);
        pieces.push(rest.into_iter().collect::<String>().trim().to_owned());
        rest = tail;
    }
    pieces.push(rest.into_iter().collect::<String>().trim().to_owned());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_end_at_their_marks() {
        assert_eq!(
            sentences("Welcome to Luna. What would you like?\nWe have tacos!"),
            ["Welcome to Luna.", "What would you like?", "We have tacos!"]
        );
        assert_eq!(
            sentences("Dr. Pepper and J. Smith at 3.50 a piece. Yes"),
            ["Dr. Pepper and J. Smith at 3.50 a piece.", "Yes"]
        );
        assert_eq!(sentences("Wait... and then?  "), ["Wait... and then?"]);
        assert!(sentences(" ... ! ").is_empty());
    }

    proptest! {
        #[test]
        fn no_piece_is_too_long_and_no_sound_is_lost(text in "[a-z,; ]{0,1500}") {
            let cut = pieces(&text);
            prop_assert!(cut.iter().all(|p| p.chars().count() <= MAX_PHONEMES));
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&cut.concat()), letters(&text));
        }

        #[test]
        fn sentences_keep_every_word(text in "[A-Za-z.!? \u{2026}]{0,200}") {
            let words = |s: &str| s.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty())
                .map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&sentences(&text).join(" ")), words(&text));
        }
    }
}
