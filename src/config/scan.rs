//! The first look at a file's bytes: limits, and the YAML features a menu never needs.
//!
//! serde_yaml resolves anchors, aliases, tags and merge keys silently, so they must be seen before it runs. One
//! pass over saphyr-parser's events, no tree; it also notes where the telephone numbers stand, so that a
//! conflict between files can name the lines without a second look.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::quote::cut;
use super::{Code, Problem, syntax};
use crate::words::turns_text;

/// Largest file, bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting.
pub const MAX_DEPTH: usize = 64;
/// Most parser events.
pub const MAX_EVENTS: usize = 200_000;
/// Longest key, characters: longer than any name a key may be. Every place inside a file is named by its keys, so one key of a
/// megabyte would be copied as often as there are values under it.
pub const MAX_KEY: usize = 128;

/// Most characters of a number that a message shows; a digest of digits is one too.
const MAX_NUMBER: usize = 20;

/// A place in a file, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// What the pass noted.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Where each value under `phone_number` or `phone_numbers` stands, in the file's order.
    pub numbers: Vec<Place>,
}

/// The text of a file: UTF-8, at most [`MAX_BYTES`], without its byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the file has {} bytes; at most {MAX_BYTES} are read",
            bytes.len()
        );
        return Err(Problem::new(Code::TooLarge, "", message));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        Problem::new(
            Code::Encoding,
            "",
            format!("byte {} is not UTF-8", error.valid_up_to() + 1),
        )
        .with_help("save the file as UTF-8")
        .placed(line as u32, 1, 0..0)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Walks the events once; the first thing that is not allowed ends the walk.
pub(super) fn scan(text: &str) -> Result<Scanned, Problem> {
    let mut walk = Walk::default();
    for (count, event) in Parser::new_from_str(text).enumerate() {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            let problem = syntax::mistake(text, error.info(), marker.line(), marker.col());
            let cut = problem.help.is_none() && cut_by_comment(text, marker.line());
            if cut {
                problem.with_help(CUT_BY_COMMENT)
            } else {
                problem
            }
        })?;
        if count >= MAX_EVENTS {
            let message = format!("more than {MAX_EVENTS} YAML events");
            return Err(found(text, Code::Events, span, message));
        }
        walk.event(&event, span)
            .map_err(|(code, message)| found(text, code, span, message))?;
    }
    if walk.content {
        Ok(walk.scanned)
    } else {
        Err(Problem::new(Code::Empty, "", "the file is empty"))
    }
}

const CUT_BY_COMMENT: &str =
    "a # after a space begins a comment, and what follows is not read: quote the text";

fn found(text: &str, code: Code, span: Span, message: impl Into<String>) -> Problem {
    let help = match code {
        Code::Anchor => Some("write the value out; options are shared through option_groups"),
        Code::MergeKey => Some("write the keys out"),
        Code::Tag => Some("leave the tag out; quote the value if it is text"),
        Code::ControlCharacter => Some("remove it; it often comes with text that was copied"),
        Code::NumberForm => Some("write plain digits, or quote it if it is text"),
        Code::Documents => Some("one file, one restaurant: remove the second `---`"),
        _ => None,
    };
    let bytes = super::position::byte_range(text, &span);
    let problem = Problem::new(code, "", message).placed(
        span.start.line().max(1) as u32,
        span.start.col() as u32 + 1,
        bytes,
    );
    match help {
        Some(help) => problem.with_help(help),
        None => problem,
    }
}

/// An open list or mapping.
struct Level {
    mapping: bool,
    /// Is the next node a key?
    key_next: bool,
}

/// Does a `#` that was probably meant as text stand on the line, or on one of the two above it? In braces it takes the
/// closing one with it: `{name: Combo #3, price: 4}`.
fn cut_by_comment(text: &str, line: usize) -> bool {
    let near = text.lines().take(line).skip(line.saturating_sub(3));
    let is_text = |part: &str| part.starts_with(char::is_alphanumeric);
    near.filter(|line| !line.trim_start().starts_with('#'))
        .any(|line| line.split(" #").skip(1).any(is_text))
}

/// The limits, event by event.
#[derive(Default)]
pub(super) struct Walk {
    open: Vec<Level>,
    documents: usize,
    content: bool,
    /// The last top-level key is one of the number keys.
    in_numbers: bool,
    scanned: Scanned,
}

pub(super) type Refused = (Code, String);

impl Walk {
    /// Where each telephone number stands, as far as the walk came.
    pub(super) fn into_numbers(self) -> Vec<Place> {
        self.scanned.numbers
    }

    /// Takes in one event, or refuses it.
    pub(super) fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), Refused> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err((Code::Documents, "a second document begins here".to_owned()));
                }
            }
            Event::Alias(_) => return Err((Code::Anchor, "aliases (*name) are not read".into())),
            Event::Scalar(value, style, anchor, tag) => {
                refuse_anchor_or_tag(*anchor, tag.is_some())?;
                let plain = *style == ScalarStyle::Plain;
                self.content |= !(plain && value.is_empty());
                refuse_hidden(value)?;
                if plain {
                    refuse_plain(value)?;
                }
                if self.next_is_key() {
                    return self.key(value);
                }
                self.note_number(span);
            }
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                refuse_anchor_or_tag(*anchor, tag.is_some())?;
                self.content = true;
                self.next_is_key();
                let mapping = matches!(event, Event::MappingStart(..));
                self.open.push(Level {
                    mapping,
                    key_next: mapping,
                });
                if self.open.len() > MAX_DEPTH {
                    return Err((Code::Depth, format!("nested deeper than {MAX_DEPTH}")));
                }
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// Is the node that begins now a key? In a mapping keys and values take turns.
    fn next_is_key(&mut self) -> bool {
        match self.open.last_mut() {
            Some(level) if level.mapping => {
                level.key_next = !level.key_next;
                !level.key_next
            }
            _ => false,
        }
    }

    fn key(&mut self, key: &str) -> Result<(), Refused> {
        if key.len() > MAX_KEY && key.chars().count() > MAX_KEY {
            let message = format!("a key is longer than {MAX_KEY} characters");
            return Err((Code::Key, message));
        }
        if self.open.len() == 1 {
            self.in_numbers = key == "phone_number" || key == "phone_numbers";
        }
        Ok(())
    }

    fn note_number(&mut self, span: Span) {
        if self.in_numbers && self.open.len() <= 2 {
            self.scanned.numbers.push(Place {
                line: span.start.line() as u32,
                column: span.start.col() as u32 + 1,
            });
        }
    }
}

fn refuse_anchor_or_tag(anchor: usize, tagged: bool) -> Result<(), Refused> {
    if anchor > 0 {
        return Err((Code::Anchor, "anchors (&name) are not read".to_owned()));
    }
    if tagged {
        return Err((Code::Tag, "tags (!name) are not read".to_owned()));
    }
    Ok(())
}

/// Only what acts on a terminal or turns text around: marks that languages need stay.
fn refuse_hidden(value: &str) -> Result<(), Refused> {
    // Nearly always.
    if value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    let acts = |c: char| (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || turns_text(c);
    match value.chars().find(|c| acts(*c)) {
        None => Ok(()),
        Some(c) => Err((
            Code::ControlCharacter,
            format!(
                "the text holds the control character U+{:04X}",
                u32::from(c)
            ),
        )),
    }
}

fn refuse_plain(value: &str) -> Result<(), Refused> {
    if value == "<<" {
        return Err((Code::MergeKey, "merge keys (<<) are not read".to_owned()));
    }
    let digits = value.trim_start_matches(['+', '-']);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Ok(());
    }
    let lower = digits.to_ascii_lowercase();
    let based = ["0x", "0o", "0b"].iter().any(|base| {
        lower
            .strip_prefix(base)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    });
    let special = matches!(lower.as_str(), ".inf" | ".nan");
    let float = lower
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'+' | b'-'))
        && lower.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && lower.parse::<f64>().is_ok();
    // f64 keeps 15 decimal digits exactly; beyond that, or with an exponent, what is served might not be what was written.
    let inexact = float
        && (lower.contains('e')
            || lower.contains('.') && lower.bytes().filter(u8::is_ascii_digit).count() > 15);
    if based || special || inexact {
        return Err((
            Code::NumberForm,
            format!(
                "the number {} is not plainly written",
                cut(value, MAX_NUMBER)
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
