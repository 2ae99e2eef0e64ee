//! A YAML mistake, told at the line it is on. The parser says where it gave up, which may be the line below, or behind the
//! last one.

use super::quote::short;
use super::{Code, Problem, blanks};

/// What the parser says of a key without a colon, noticed on a later line.
const NO_COLON: [&str; 2] = ["simple key expect ':'", "simple key expected"];

/// A line of the text, without its end.
struct Line<'a> {
    /// From 1.
    number: usize,
    /// Where it begins.
    byte: usize,
    text: &'a str,
}

impl Line<'_> {
    fn has_content(&self) -> bool {
        let text = self.text.trim();
        !text.is_empty() && !text.starts_with('#')
    }

    /// A problem at this byte of the line.
    fn problem(&self, code: Code, at: usize, message: String) -> Problem {
        let column = self.text[..at].chars().count() as u32 + 1;
        let byte = self.byte + at;
        let end = self.text[at..].chars().next().map_or(0, char::len_utf8);
        Problem::new(code, "", message).placed(self.number as u32, column, byte..byte + end)
    }
}

/// What the parser says, at line `line` (from 1) and column `column` (from 0), as a person finds it.
pub(super) fn mistake(text: &str, said: &str, line: usize, column: usize) -> Problem {
    let lines = lines(text);
    let until = |last: usize| lines.iter().rev().filter(move |line| line.number <= last);
    // A tab is noticed at the end of the line above it.
    let last = line + usize::from(said.contains("tab"));
    let blank = until(last).find_map(|line| Some((line, blanks::instead_of_space(line.text)?)));
    if let Some((line, (at, name))) = blank {
        return line.problem(Code::Yaml, at, name).with_help(blanks::REMEDY);
    }
    let here = lines.iter().find(|other| other.number == line);
    if said.contains("anchor")
        && let Some(line) = here
    {
        let sign = line.text.find(['*', '&']).unwrap_or_default();
        let message = "anchors (&name) and aliases (*name) are not read".to_owned();
        return line.problem(Code::Anchor, sign, message).with_help(
            "quote text that begins with * or &; what several dishes share goes into option_groups",
        );
    }
    let content = |last| until(last).find(|line| line.has_content());
    let at_end = content(usize::MAX).is_none_or(|last| {
        let length = last.text.trim_end().chars().count();
        line > last.number || line == last.number && column >= length
    });
    // A key is on one line; that it has no colon is noticed on the next, or at the end of the text.
    let key = match NO_COLON.iter().position(|known| *known == said) {
        Some(0) if column <= MAX_KEY_LINE => content(line.saturating_sub(1)),
        Some(1) if !at_end => None,
        Some(_) => content(line),
        None => None,
    };
    if let Some(key) = key {
        return no_colon(key);
    }
    match here.filter(|_| !at_end) {
        Some(here) => {
            let at = here.text.char_indices().nth(column);
            let at = at.map_or(here.text.len(), |(at, _)| at);
            here.problem(Code::Yaml, at, said.to_owned())
        }
        // The text ended too soon: behind its last word.
        None => match content(usize::MAX) {
            Some(last) => last.problem(Code::Yaml, last.text.trim_end().len(), said.to_owned()),
            None => Problem::new(Code::Yaml, "", said),
        },
    }
}

/// Beyond this column a key is noticed on its own line (YAML 1.2, 7.4.2).
const MAX_KEY_LINE: usize = 1024;

fn no_colon(line: &Line<'_>) -> Problem {
    let start = line.text.len() - line.text.trim_start().len();
    let written = line.text.trim();
    let key = written.trim_start_matches("- ");
    let split = key.split_once(':');
    match split.filter(|(name, _)| !name.is_empty() && !name.contains(' ')) {
        Some((name, value)) => {
            let message = "behind the colon of a key comes a space".to_owned();
            line.problem(Code::Yaml, start, message)
                .with_help(format!("write {}", short(&format!("{name}: {value}"))))
        }
        None => {
            let message = "expected a key with a colon and a space behind it".to_owned();
            let help = "text that goes on from the line above is indented further than its key";
            line.problem(Code::Yaml, start, message).with_help(help)
        }
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut byte = 0;
    let lines = text.split_inclusive('\n').enumerate().map(|(index, line)| {
        let begins = byte;
        byte += line.len();
        Line {
            number: index + 1,
            byte: begins,
            text: line.trim_end_matches(['\n', '\r']),
        }
    });
    lines.collect()
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
