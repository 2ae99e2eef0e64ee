//! Where things stand: a second parse with spans, done only when there is something to report.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::ops::{ControlFlow, Range};

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

/// Walks the events and hands every finished value with its pointer to `each`; stops when that says so, and at a syntax
/// error.
fn walk(text: &str, mut each: impl FnMut(&str, Entry) -> ControlFlow<()>) {
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
                let entry = Entry {
                    key: key.unwrap_or(span),
                    value: span,
                };
                if each(&pointer, entry).is_break() {
                    return;
                }
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
                let entry = Entry {
                    key: closed.key.unwrap_or(closed.start),
                    value: Span::new(closed.start.start, span.end),
                };
                if each(&closed.pointer, entry).is_break() {
                    return;
                }
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
    walk(text, |pointer, entry| {
        each(pointer, entry.value);
        ControlFlow::Continue(())
    });
}

/// Gives every problem that has no place yet the place of its pointer, or of the nearest parent that has one; then
/// sorts them by place.
pub(super) fn locate(text: &str, problems: &mut [Problem]) {
    if problems.iter().any(|p| p.at != At::Placed) {
        // Only the places that are asked for are kept: a hostile file has a hundred thousand long pointers.
        let wanted: HashSet<String> = problems
            .iter()
            .flat_map(|problem| above(&problem.pointer))
            .map(str::to_owned)
            .collect();
        let mut entries: HashMap<String, Entry> = HashMap::new();
        // A file that is only warned of has every key once: what was found needs no second look.
        let once = !problems.iter().any(Problem::is_error);
        let mut missing: HashSet<&str> = problems.iter().map(|p| p.pointer.as_str()).collect();
        walk(text, |pointer, entry| {
            if wanted.contains(pointer) {
                entries.insert(pointer.to_owned(), entry);
                missing.remove(pointer);
            }
            match once && missing.is_empty() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        let bytes = Bytes::of(text);
        for problem in problems.iter_mut().filter(|p| p.at != At::Placed) {
            settle(&bytes, &entries, problem);
        }
    }
    sort(problems);
}

/// Sorts problems by their places.
pub(super) fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| {
        let place = (a.line, a.column).cmp(&(b.line, b.column));
        place.then_with(|| a.pointer.cmp(&b.pointer))
    });
}

/// A pointer and every one above it, the whole file's too.
fn above(pointer: &str) -> impl Iterator<Item = &str> {
    let ends = pointer.match_indices('/').map(|(at, _)| at);
    ends.chain([pointer.len()]).map(|end| &pointer[..end])
}

fn settle(bytes: &Bytes<'_>, entries: &HashMap<String, Entry>, problem: &mut Problem) {
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
                bytes.first_line(&span)
            } else {
                bytes.range(&span)
            };
            return;
        }
        match pointer.rfind('/') {
            Some(at) => pointer = &pointer[..at],
            None => return,
        }
    }
}

/// A text's bytes by the parser's count of characters: looked up often without counting from the start each time.
pub(super) struct Bytes<'a> {
    text: &'a str,
    /// The byte at which each [`STEP`]th character begins.
    steps: Vec<usize>,
}

const STEP: usize = 1_024;

impl<'a> Bytes<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte);
        Self {
            text,
            steps: bytes.step_by(STEP).collect(),
        }
    }

    /// The byte at which a character begins; the end of the text when it has no such character.
    pub(super) fn at(&self, character: usize) -> usize {
        let end = self.text.len();
        let Some(step) = self.steps.get(character / STEP) else {
            return end;
        };
        let mut bytes = self.text[*step..].char_indices().map(|(byte, _)| byte);
        bytes.nth(character % STEP).map_or(end, |byte| step + byte)
    }

    /// The bytes of a span, cut at the end of its first line.
    pub(super) fn range(&self, span: &Span) -> Range<usize> {
        let (from, to) = (span.start.index(), span.end.index().max(span.start.index()));
        let (start, end) = (self.at(from), self.at(to));
        let line = self.text[start..end].find(['\n', '\r']);
        start..line.map_or(end, |length| start + length)
    }

    /// A collection is drawn by its first line only, to its end.
    fn first_line(&self, span: &Span) -> Range<usize> {
        let start = self.at(span.start.index());
        let end = self.text[start..self.at(span.end.index()).max(start)].find('\n');
        start..end.map_or_else(|| self.range(span).end, |length| start + length)
    }
}

/// The bytes of one span, cut at the end of its first line.
pub(super) fn byte_range(text: &str, span: &Span) -> Range<usize> {
    Bytes::of(text).range(span)
}

/// Most doubled keys that are looked at; what is doubled inside a doubled key comes first and is not told.
const DOUBLED: usize = 5_000;

/// Every key that stands a second time in its mapping, at most `limit` of them.
pub(super) fn duplicate_keys(text: &str, limit: usize) -> Vec<Problem> {
    let mut first: HashMap<u64, Span> = HashMap::new();
    let mut doubled: Vec<(String, Span, Span)> = Vec::new();
    walk(text, |pointer, entry| {
        let key = entry.key;
        let is_key = pointer.rsplit('/').next().is_some_and(|k| !k.is_empty());
        if !is_key || doubled.len() >= DOUBLED {
            return ControlFlow::Continue(());
        }
        let mut hasher = DefaultHasher::new();
        pointer.hash(&mut hasher);
        let earlier = *first.entry(hasher.finish()).or_insert(key);
        if earlier.start != key.start {
            doubled.push((pointer.to_owned(), earlier, key));
        }
        ControlFlow::Continue(())
    });
    // Under a doubled key everything is doubled: only the topmost is worth a line.
    let pointers: HashSet<&str> = doubled.iter().map(|(p, ..)| p.as_str()).collect();
    let topmost = |pointer: &str| {
        let parent = pointer.rfind('/').map_or("", |at| &pointer[..at]);
        !above(parent).any(|higher| pointers.contains(higher))
    };
    let mut problems: Vec<Problem> = doubled
        .iter()
        .filter(|(pointer, ..)| topmost(pointer))
        .take(limit)
        .map(|(pointer, earlier, key)| double(text, pointer, earlier, key))
        .collect();
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}

fn double(text: &str, pointer: &str, earlier: &Span, key: &Span) -> Problem {
    let name = super::problem::unescape(pointer.rsplit('/').next().unwrap_or(pointer));
    let message = format!(
        "the key \"{name}\" is already on line {}",
        earlier.start.line()
    );
    Problem::new(Code::DuplicateKey, pointer, message)
        .with_help("keep one of them")
        .placed(
            key.start.line() as u32,
            key.start.col() as u32 + 1,
            byte_range(text, key),
        )
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
