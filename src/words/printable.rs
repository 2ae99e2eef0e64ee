//! Text of strangers made fit for a log, a terminal or a label: on one line, without anything that a terminal obeys or
//! that turns the order of what is read.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with control characters, direction marks and invisible characters written out (`\n`, `\u{1b}`), cut to `max`
/// characters with an ellipsis. What is fit already is borrowed.
pub fn printable(text: &str, max: usize) -> Cow<'_, str> {
    let long = text.len() > max && text.char_indices().nth(max).is_some();
    if !long && !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().min(max * 4));
    for letter in text.chars().take(max) {
        escape(letter, &mut shown);
    }
    if long {
        shown.push('…');
    }
    Cow::Owned(shown)
}

/// The same for text of several lines: line breaks stay, nothing is cut.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    let hidden = |letter: char| letter != '\n' && is_hidden(letter);
    if !text.chars().any(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\n' => shown.push('\n'),
            letter => escape(letter, &mut shown),
        }
    }
    Cow::Owned(shown)
}

/// JSON with every hidden character of its strings as `\u` and four digits: the same document, fit for a terminal. Between its
/// strings JSON has no such character but line breaks, which stay.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    let hidden = |letter: char| letter != '\n' && is_hidden(letter);
    if !json.chars().any(hidden) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Has a reader no way to see this character, or does a terminal obey it?
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || turns_text(letter)
        || matches!(
            letter,
            // Zero width, byte order mark, soft hyphen, line and paragraph separator, annotations, tags.
            '\u{200b}'..='\u{200f}'
                | '\u{feff}'
                | '\u{ad}'
                | '\u{61c}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Embeddings, overrides and isolates (Unicode Standard Annex 9): they show text in another order than it has.
pub fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(letter: char, shown: &mut String) {
    match letter {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        hidden if is_hidden(hidden) => {
            // Writing to a String cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(hidden));
        }
        plain => shown.push(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        for (text, shown) in [
            ("Tea", "Tea"),
            ("Crème brûlée 茶 🍕", "Crème brûlée 茶 🍕"),
            ("a\nERROR forged", "a\\nERROR forged"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("a\u{202e}gpj.exe", "a\\u{202e}gpj.exe"),
            ("a\r\tb\0", "a\\r\\tb\\u{0}"),
            ("te\u{200b}a", "te\\u{200b}a"),
        ] {
            assert_eq!(printable(text, 99), shown);
        }
        assert_eq!(printable_lines("a\nb\u{1b}c\n"), "a\nb\\u{1b}c\n");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(printable("ééééé", 5), "ééééé");
        assert_eq!(printable("éééééé", 5), "ééééé…");
        assert_eq!(printable(&"x".repeat(60_000), 10), "xxxxxxxxxx…");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any::<String>(), max in 0usize..200) {
            let shown = printable(&text, max);
            prop_assert!(!shown.chars().any(is_hidden));
            prop_assert!(shown.chars().count() <= max * 10 + 1);
            let lines = printable_lines(&text);
            prop_assert!(!lines.chars().any(|c| c != '\n' && is_hidden(c)));
        }
    }

    #[test]
    fn json_stays_the_same_document_and_commands_nobody() {
        let text = "x\u{1b}[2J\u{9b}31m\u{202e}\u{e0001}\n\t";
        let pretty = format!("{:#}", serde_json::json!({"a": [text], text: 1}));
        let shown = printable_json(&pretty);
        assert!(shown.chars().all(|c| c == '\n' || !is_hidden(c)), "{shown}");
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(&shown), read(&pretty));
        assert!(matches!(printable_json("{\"a\": 1}"), Cow::Borrowed(_)));
    }
}
