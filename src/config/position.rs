//! Where things stand: a second parse with spans, done only when there is something to report.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::problem::{At, join};
use super::{Code, Problem};

/// The spans of a key (the value's own where it has none) and of its value.
#[derive(Clone, Copy)]
struct Entry {
    key: Span,
    value: Span,
}

/// An open collection of the walk.
struct Open {
    pointer: String,
    start: Span,
    key: Option<Span>,
    kind: Kind,
}

enum Kind {
    Sequence { next: usize },
    Mapping { pending: Option<(String, Span)> },
}

/// Walks the events and hands every finished value with its pointer to `each`; stops at a syntax error.
fn walk(text: &str, mut each: impl FnMut(&str, Entry)) {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        match event {
            Event::Scalar(value, ..) => {
                if let Some(Open {
                    kind: Kind::Mapping { pending },
                    ..
                }) = open.last_mut()
                    && pending.is_none()
                {
                    *pending = Some((value.into_owned(), span));
                    continue;
                }
                let (pointer, key) = place(&mut open);
                each(
                    &pointer,
                    Entry {
                        key: key.unwrap_or(span),
                        value: span,
                    },
                );
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let (pointer, key) = place(&mut open);
                let kind = if matches!(event, Event::SequenceStart(..)) {
                    Kind::Sequence { next: 0 }
                } else {
                    Kind::Mapping { pending: None }
                };
                open.push(Open {
                    pointer,
                    start: span,
                    key,
                    kind,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { return };
                let value = Span::new(closed.start.start, span.end);
                each(
                    &closed.pointer,
                    Entry {
                        key: closed.key.unwrap_or(closed.start),
                        value,
                    },
                );
            }
            _ => {}
        }
    }
}

/// The pointer of the value that begins now, and the span of its key.
fn place(open: &mut [Open]) -> (String, Option<Span>) {
    match open.last_mut() {
        None => (String::new(), None),
        Some(parent) => match &mut parent.kind {
            Kind::Sequence { next } => {
                *next += 1;
                (join(&parent.pointer, &(*next - 1).to_string()), None)
            }
            Kind::Mapping { pending } => match pending.take() {
                Some((key, span)) => (join(&parent.pointer, &key), Some(span)),
                None => (join(&parent.pointer, "?"), None), // a key that is itself a collection
            },
        },
    }
}

/// Hands the span of every value with its pointer to `each`; stops at a syntax error.
pub(super) fn values(text: &str, mut each: impl FnMut(&str, Span)) {
    walk(text, |pointer, entry| each(pointer, entry.value));
}

/// Gives every problem that has no place yet the place of its pointer, or of the nearest parent that has one; then
/// sorts them by place.
pub(super) fn locate(text: &str, problems: &mut [Problem]) {
    if problems.iter().any(|p| p.at != At::Placed) {
        let mut entries: HashMap<String, Entry> = HashMap::new();
        walk(text, |pointer, entry| {
            entries.insert(pointer.to_owned(), entry);
        });
        for problem in problems.iter_mut().filter(|p| p.at != At::Placed) {
            settle(text, &entries, problem);
        }
    }
    problems.sort_by(|a, b| {
        let place = (a.line, a.column).cmp(&(b.line, b.column));
        place.then_with(|| a.pointer.cmp(&b.pointer))
    });
}

fn settle(text: &str, entries: &HashMap<String, Entry>, problem: &mut Problem) {
    let mut pointer = problem.pointer.as_str();
    loop {
        if let Some(entry) = entries.get(pointer) {
            let whole = pointer.is_empty();
            let span = match problem.at {
                At::Key => entry.key,
                _ => entry.value,
            };
            problem.line = span.start.line().max(1) as u32;
            problem.column = span.start.col() as u32 + 1;
            problem.span = if whole {
                first_line(text, &span)
            } else {
                byte_range(text, &span)
            };
            return;
        }
        match pointer.rfind('/') {
            Some(at) => pointer = &pointer[..at],
            None => return,
        }
    }
}

/// A collection is drawn by its first line only.
fn first_line(text: &str, span: &Span) -> Range<usize> {
    let range = byte_range(text, span);
    let end = text[range.start..]
        .find('\n')
        .map_or(text.len(), |length| range.start + length);
    range.start..range.end.min(end)
}

/// The span in bytes (the parser counts characters), cut at the end of its first line.
pub(super) fn byte_range(text: &str, span: &Span) -> Range<usize> {
    let (from, to) = (span.start.index(), span.end.index().max(span.start.index()));
    let mut bytes = text.char_indices().map(|(byte, _)| byte);
    let start = bytes.nth(from).unwrap_or(text.len());
    let end = match to - from {
        0 => start,
        more => bytes.nth(more - 1).unwrap_or(text.len()),
    };
    let line = text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| start + length);
    start..end.min(line)
}

/// Every key that stands a second time in its mapping.
pub(super) fn duplicate_keys(text: &str) -> Vec<Problem> {
    let mut first: HashMap<String, Span> = HashMap::new();
    let mut problems = Vec::new();
    walk(text, |pointer, entry| {
        let key = entry.key;
        let is_key = pointer.rsplit('/').next().is_some_and(|k| !k.is_empty());
        if !is_key {
            return;
        }
        match first.get(pointer) {
            Some(earlier) if earlier.start != key.start => {
                let name = super::problem::unescape(pointer.rsplit('/').next().unwrap_or(pointer));
                problems.push(
                    Problem::new(
                        Code::DuplicateKey,
                        pointer,
                        format!(
                            "the key \"{name}\" is already on line {}",
                            earlier.start.line()
                        ),
                    )
                    .with_help("keep one of them")
                    .placed(
                        key.start.line() as u32,
                        key.start.col() as u32 + 1,
                        byte_range(text, &key),
                    ),
                );
            }
            Some(_) => {}
            None => {
                first.insert(pointer.to_owned(), key);
            }
        }
    });
    problems.sort_by_key(|problem| (problem.line, problem.column));
    // Under a doubled key everything is doubled: only the topmost is worth a line.
    let doubled: Vec<String> = problems.iter().map(|p| format!("{}/", p.pointer)).collect();
    problems.retain(|p| {
        !doubled
            .iter()
            .any(|above| p.pointer.starts_with(above.as_str()))
    });
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_finds_its_line_and_column() {
        let text = "name: Zoë\nmenu:\n  - id: a\n    price: cheap\n    options: [{name: Größe}]\n";
        let mut problems = vec![
            Problem::new(Code::Schema, "/menu/0/price", ""),
            Problem::new(Code::Schema, "/menu/0/price", "").at_key(),
            Problem::new(Code::Schema, "/menu/0/options/0/name", ""),
            Problem::new(Code::Schema, "/menu/0/options/7/nowhere", ""),
        ];
        locate(text, &mut problems);
        let places: Vec<_> = problems
            .iter()
            .map(|p| (p.line, p.column, &text[p.span.clone()]))
            .collect();
        assert_eq!(
            places,
            vec![
                (4, 5, "price"),
                (4, 12, "cheap"),
                (5, 14, "[{name: Größe}]"),
                (5, 22, "Größe"),
            ]
        );
    }
}
