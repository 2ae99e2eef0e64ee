//! One finding in a file: what, where, and how to fix it.

use std::ops::Range;

use super::quote::bounded;
use super::{Code, Severity};
use crate::words::printable;

/// Longest message, characters: it quotes the file, and reaches logs and terminals.
const MAX_MESSAGE: usize = 1000;

/// Most problems reported for one file.
pub const MAX_PROBLEMS: usize = 50;

/// Something found in a file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    pub severity: Severity,
    pub code: Code,
    /// JSON pointer (RFC 6901) to the value; empty for the whole file.
    pub pointer: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// A lower-case fragment: `expected an amount such as 1.10, got "cheap"`.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
    /// The bytes of the text (after a byte order mark) it is about, for drawing.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Whether the place is the key or the value behind the pointer.
    #[serde(skip)]
    pub(super) at: At,
}

/// Which of the two places a pointer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// The key itself: an unknown key, a missing part.
    Key,
    /// The value behind it.
    Value,
    /// Already placed by whoever found it.
    Placed,
}

impl Problem {
    /// A finding about the value behind `pointer`; its place is looked up later.
    pub fn new(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Self {
            severity: code.severity(),
            code,
            pointer: pointer.into(),
            line: 1,
            column: 1,
            message: printable(&message, MAX_MESSAGE).into_owned(),
            help: None,
            span: 0..0,
            at: At::Value,
        }
    }

    /// Adds how to fix it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says how to fix it where nobody did: the remedy of its code. A schema problem's message already says what belongs
    /// there.
    pub fn or_remedy(mut self) -> Self {
        if self.help.is_none() && self.code != Code::Schema {
            let remedy = self.code.remedy().trim_end_matches('.');
            let mut letters = remedy.chars();
            let first = letters.next().map(|letter| letter.to_lowercase());
            self.help = Some(first.into_iter().flatten().chain(letters).collect());
        }
        self
    }

    /// Shows no value of the file at length, whoever worded the message.
    pub(super) fn bounded(mut self) -> Self {
        self.message = bounded(&self.message);
        self.help = self.help.map(|help| bounded(&help));
        self
    }

    /// Points at the key instead of the value.
    pub(super) fn at_key(mut self) -> Self {
        self.at = At::Key;
        self
    }

    /// Puts it at a place that is already known.
    pub fn placed(mut self, line: u32, column: u32, span: Range<usize>) -> Self {
        (self.line, self.column, self.span, self.at) = (line, column, span, At::Placed);
        self
    }

    /// Does it keep the file from being served?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// One line for a log: `14:12 menu[3].price: expected ...`.
    pub fn one_line(&self) -> String {
        let path = key_path(&self.pointer);
        let colon = if path.is_empty() { "" } else { ": " };
        format!(
            "{}:{} {path}{colon}{}",
            self.line, self.column, self.message
        )
    }
}

/// A pointer as a person writes it: `/menu/3/price` -> `menu[3].price`.
pub fn key_path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            path.push_str(&format!("[{part}]"));
            continue;
        }
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&unescape(part));
    }
    path
}

/// `pointer` with one more key.
pub(super) fn join(pointer: &str, key: &str) -> String {
    // Called for every value of every file: one allocation.
    let mut joined = String::with_capacity(pointer.len() + 1 + key.len());
    joined.push_str(pointer);
    joined.push('/');
    if key.contains(['~', '/']) {
        joined.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        joined.push_str(key);
    }
    joined
}

/// A pointer's part as the key it stands for.
pub(super) fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_reads_like_a_path() {
        assert_eq!(key_path("/menu/3/options/0/a~1b"), "menu[3].options[0].a/b");
        assert_eq!(key_path(""), "");
    }

    #[test]
    fn a_code_says_how_bad_it_is() {
        assert_eq!(Code::Schema.severity(), Severity::Error);
        assert_eq!(Code::WarnNumber.severity(), Severity::Warning);
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len(), "codes are unique");
    }
}
