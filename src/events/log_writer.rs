//! The edge of the log: whatever wrote a line, it stays one line that obeys nobody and has an end.
//!
//! Every event of the log comes as one write. Our own lines are bounded field by field; this is for all the others too.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::settings::LogFormat;
use crate::words::{is_hidden, printable};

/// Longest line, characters.
const MAX_LINE: usize = 8 * 1024;

/// Writes to stderr.
pub(super) struct LogWriter {
    pub format: LogFormat,
    /// Colours of tracing's own are let through.
    pub colours: bool,
}

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = match self.format {
            LogFormat::Json => json(line),
            LogFormat::Text if self.colours => coloured(line),
            LogFormat::Text => printable(line, MAX_LINE),
        };
        let mut stderr = io::stderr().lock();
        stderr.write_all(line.as_bytes())?;
        stderr.write_all(b"\n")?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// JSON writes control characters out by itself, but not the others; a line cut short would be no JSON any more.
fn json(line: &str) -> Cow<'_, str> {
    if line.chars().nth(MAX_LINE).is_some() {
        let (bytes, begins) = (line.len(), printable(line, 200));
        let cut = serde_json::json!({"level": "WARN", "code": "LOG_LINE_CUT", "bytes": bytes, "begins": begins});
        return Cow::Owned(cut.to_string());
    }
    if !line.chars().any(is_hidden) {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len() + 16);
    for letter in line.chars() {
        if is_hidden(letter) {
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

/// `ESC [ digits ; digits m` stays: tracing writes it around its own words, and writes out those in the words of others.
fn coloured(line: &str) -> Cow<'_, str> {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, from) = rest.split_at(at);
        shown.push_str(&printable(before, MAX_LINE));
        let length = colour_length(from);
        let (colour, after) = from.split_at(length.max(1));
        match length {
            0 => shown.push_str(&printable(colour, MAX_LINE)),
            _ => shown.push_str(colour),
        }
        rest = after;
    }
    shown.push_str(&printable(rest, MAX_LINE));
    Cow::Owned(shown)
}

/// Bytes of the colour that `text` begins with, 0 when it is none.
fn colour_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let digits = rest
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b';')
        .count();
    match rest.as_bytes().get(digits) {
        Some(b'm') => 2 + digits + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_json_stays_json_and_shows_what_it_hides() {
        let line = "{\"file\":\"a\u{202e}b.yaml\"}";
        let shown = json(line);
        assert_eq!(shown, r#"{"file":"a\u202eb.yaml"}"#);
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read["file"], "a\u{202e}b.yaml");
        let tag = json("{\"a\":\"\u{e0041}\"}").into_owned();
        let read: serde_json::Value = serde_json::from_str(&tag).unwrap();
        assert_eq!(read["a"], "\u{e0041}");
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(60_000));
        let cut = json(&long);
        assert!(cut.len() < 500, "{}", cut.len());
        serde_json::from_str::<serde_json::Value>(&cut).unwrap();
    }

    #[test]
    fn only_colours_reach_a_terminal() {
        let line = "\u{1b}[2m10:00\u{1b}[0m WARN a\u{1b}[2Jb\u{1b}]0;title\u{7}\nforged";
        assert_eq!(
            coloured(line),
            "\u{1b}[2m10:00\u{1b}[0m WARN a\\u{1b}[2Jb\\u{1b}]0;title\\u{7}\\nforged"
        );
    }
}
