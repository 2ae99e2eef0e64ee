//! The YAML events of the form that nearly every menu is written in, line by line: keys, entries behind a dash, texts and
//! brackets that end on their line.
//!
//! It takes a tenth of the time of saphyr-parser, and gives up (`None`, [`LineEvents::gave_up`]) at the first thing that it
//! does not know: a text over several lines, an escape, an anchor, a key without a value. What it does take is what saphyr-parser
//! takes for the same, which `line_events_tests` proves.

use std::borrow::Cow;
use std::collections::VecDeque;

use saphyr_parser::{Event, Marker, ScalarStyle, Span};

/// Brackets in brackets: more than any real file has.
const MAX_BRACKETS: usize = 8;

/// An open list or mapping that is written in lines.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// Blanks before its dashes or keys.
    indent: usize,
    is_list: bool,
}

/// A text, and the byte behind it.
struct Text<'t> {
    text: Cow<'t, str>,
    style: ScalarStyle,
    end: usize,
}

/// Walks a text that `event_reader` found undisputed.
#[derive(Debug)]
pub(super) struct LineEvents<'t> {
    text: &'t str,
    /// The line that is read: its number from 1, the bytes of it, and where the next one begins.
    number: usize,
    begin: usize,
    end: usize,
    next: usize,
    /// A byte of the line, and how many characters stand before it.
    counted: (usize, usize),
    open: Vec<Open>,
    /// Waits a key for what is behind it, on the next line?
    pending: bool,
    begun: bool,
    ended: bool,
    ready: VecDeque<(Event<'t>, Span)>,
    gave_up: bool,
}

impl<'t> LineEvents<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let begin = Span::empty(Marker::new(0, 1, 0));
        let ready = [Event::StreamStart, Event::DocumentStart(false)];
        Self {
            text,
            number: 0,
            begin: 0,
            end: 0,
            next: 0,
            counted: (0, 0),
            open: Vec::new(),
            pending: false,
            begun: false,
            ended: false,
            ready: ready.map(|event| (event, begin)).into(),
            gave_up: false,
        }
    }

    /// The next event; `None` at the end, and where it gives up.
    pub(super) fn next(&mut self) -> Option<(Event<'t>, Span)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.ended || self.gave_up {
                return None;
            }
            if self.line().is_none() {
                self.ready.clear();
                self.gave_up = true;
            }
        }
    }

    /// Is there something that it does not know?
    pub(super) fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Takes in a line, or the end.
    fn line(&mut self) -> Option<()> {
        if self.next >= self.text.len() {
            return self.finish();
        }
        let rest = &self.text[self.next..];
        let length = rest.find('\n').unwrap_or(rest.len());
        self.begin = self.next;
        self.next += length + 1;
        self.number += 1;
        self.end = self.begin + rest[..length].trim_end_matches(['\r', ' ']).len();
        self.counted = (self.begin, 0);
        let at = self.behind_blanks(self.begin);
        if at == self.end || self.byte(at) == Some(b'#') {
            return Some(());
        }
        let line = &self.text[self.begin..self.end];
        if line.starts_with("---") || line.starts_with("...") {
            return None;
        }
        let indent = at - self.begin;
        match line[indent..].starts_with("- ") {
            true => self.entry(indent, at),
            false => self.keyed(indent, at),
        }
    }

    /// A line that begins with a dash.
    fn entry(&mut self, indent: usize, at: usize) -> Option<()> {
        if self.pending {
            // A list may stand as far left as the key that it belongs to.
            (indent >= self.open.last()?.indent).then_some(())?;
            self.begin_list(indent, at);
        } else {
            while self.open.last()?.indent > indent || self.is_mapping_at(indent) {
                self.close();
            }
            let list = self.open.last()?;
            (list.is_list && list.indent == indent).then_some(())?;
        }
        let at = self.behind_blanks(at + 1);
        match self.key(at) {
            Some(key) => {
                self.begin_mapping(at - self.begin, at);
                self.value_of(key, at)
            }
            None => self.value(at),
        }
    }

    /// A line that begins with a key.
    fn keyed(&mut self, indent: usize, at: usize) -> Option<()> {
        let key = self.key(at)?;
        if self.pending {
            (indent > self.open.last()?.indent).then_some(())?;
            self.begin_mapping(indent, at);
        } else if !self.begun {
            self.begun = true;
            self.begin_mapping(indent, at);
        } else {
            while self.open.last()?.indent > indent || self.is_list_at(indent) {
                self.close();
            }
            let mapping = self.open.last()?;
            (!mapping.is_list && mapping.indent == indent).then_some(())?;
        }
        self.value_of(key, at)
    }

    fn is_mapping_at(&self, indent: usize) -> bool {
        let last = self.open.last();
        last.is_some_and(|open| !open.is_list && open.indent == indent)
    }

    fn is_list_at(&self, indent: usize) -> bool {
        let last = self.open.last();
        last.is_some_and(|open| open.is_list && open.indent == indent)
    }

    fn begin_list(&mut self, indent: usize, at: usize) {
        self.begin(indent, at, true, Event::SequenceStart(0, None));
    }

    fn begin_mapping(&mut self, indent: usize, at: usize) {
        self.begin(indent, at, false, Event::MappingStart(0, None));
    }

    fn begin(&mut self, indent: usize, at: usize, is_list: bool, event: Event<'t>) {
        self.pending = false;
        self.open.push(Open { indent, is_list });
        self.push(event, at, at);
    }

    /// Closes what was opened last.
    fn close(&mut self) {
        let event = match self.open.pop() {
            Some(open) if open.is_list => Event::SequenceEnd,
            Some(_) => Event::MappingEnd,
            None => return,
        };
        self.push(event, self.begin, self.begin);
    }

    /// Closes everything; a key that still waits is one without a value.
    fn finish(&mut self) -> Option<()> {
        (self.begun && !self.pending).then_some(())?;
        self.ended = true;
        (self.begin, self.counted) = (self.text.len(), (self.text.len(), 0));
        while !self.open.is_empty() {
            self.close();
        }
        self.push(Event::DocumentEnd, self.begin, self.begin);
        self.push(Event::StreamEnd, self.begin, self.begin);
        Some(())
    }

    /// A key that stands at `at`, up to its colon.
    fn key(&self, at: usize) -> Option<Text<'t>> {
        let key = match self.byte(at)? {
            b'"' | b'\'' => self.quoted(at)?,
            _ => {
                let in_key = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-' | b'.' | b' ' | b'/' | b'(' | b')' | b'+' | 0x80..);
                let line = &self.text.as_bytes()[at..self.end];
                let length = line.iter().take_while(|byte| in_key(byte)).count();
                let text = &self.text[at..at + length];
                (!text.is_empty() && !text.ends_with(' ')).then(|| Text {
                    text: Cow::Borrowed(text),
                    style: ScalarStyle::Plain,
                    end: at + length,
                })?
            }
        };
        let behind = self.byte(key.end + 1);
        let ends = self.byte(key.end) == Some(b':') && matches!(behind, None | Some(b' '));
        ends.then_some(key)
    }

    /// Tells of a key and takes in what stands behind it on its line.
    fn value_of(&mut self, key: Text<'t>, at: usize) -> Option<()> {
        let behind = key.end + 1;
        self.tell(key, at);
        let at = self.behind_blanks(behind);
        match self.byte(at) {
            None => self.pending = true,
            Some(b'#') if at > behind => self.pending = true,
            Some(_) => self.value(at)?,
        }
        Some(())
    }

    /// A value that ends on its line, with nothing but a comment behind it.
    fn value(&mut self, at: usize) -> Option<()> {
        let end = match self.byte(at)? {
            b'[' | b'{' => self.in_brackets(at, 0)?,
            b'"' | b'\'' => {
                let text = self.quoted(at)?;
                let end = text.end;
                self.tell(text, at);
                end
            }
            // Texts over several lines.
            b'|' | b'>' => return None,
            b'-' if self.byte(at + 1) == Some(b' ') => return None,
            _ => {
                let line = &self.text[at..self.end];
                let text = line.find(" #").map_or(line, |end| &line[..end]);
                self.tell_plain(text.trim_end_matches(' '), at);
                return Some(());
            }
        };
        let rest = &self.text[end..self.end];
        let comment = rest.trim_start_matches(' ').starts_with('#') && rest.starts_with(' ');
        (rest.is_empty() || comment).then_some(())
    }

    /// A value inside brackets; answers the byte behind it.
    fn in_brackets(&mut self, at: usize, depth: usize) -> Option<usize> {
        let (is_list, begins, ends, last) = match self.byte(at)? {
            b'[' => (
                true,
                Event::SequenceStart(0, None),
                Event::SequenceEnd,
                b']',
            ),
            b'{' => (false, Event::MappingStart(0, None), Event::MappingEnd, b'}'),
            _ => return self.text_in_brackets(at),
        };
        (depth < MAX_BRACKETS).then_some(())?;
        self.push(begins, at, at + 1);
        let mut at = self.behind_blanks(at + 1);
        if self.byte(at)? != last {
            loop {
                if !is_list {
                    at = self.text_in_brackets(at)?;
                    let colon = (self.byte(at)?, self.byte(at + 1)?);
                    (colon == (b':', b' ')).then_some(())?;
                    at = self.behind_blanks(at + 1);
                }
                at = self.in_brackets(at, depth + 1)?;
                at = self.behind_blanks(at);
                match self.byte(at)? {
                    b',' => at = self.behind_blanks(at + 1),
                    other => break (other == last).then_some(())?,
                }
            }
        }
        self.push(ends, at, at + 1);
        Some(at + 1)
    }

    /// A key or a text inside brackets; answers the byte behind it, which for a key must be its colon.
    fn text_in_brackets(&mut self, at: usize) -> Option<usize> {
        if matches!(self.byte(at)?, b'"' | b'\'') {
            let text = self.quoted(at)?;
            let end = text.end;
            self.tell(text, at);
            return Some(end);
        }
        let ends = |byte: &u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b':' | b'#');
        let length = self.text.as_bytes()[at..self.end].iter().position(ends)?;
        let text = self.text[at..at + length].trim_end_matches(' ');
        (!text.is_empty()).then_some(())?;
        self.tell_plain(text, at);
        Some(at + text.len())
    }

    /// A text in quotes that ends on its line and holds no escape but a doubled single quote.
    fn quoted(&self, at: usize) -> Option<Text<'t>> {
        let line = &self.text[..self.end];
        let begin = at + 1;
        if line.as_bytes()[at] == b'"' {
            let length = line[begin..].find(['"', '\\'])?;
            let end = begin + length;
            return (line.as_bytes()[end] == b'"').then(|| Text {
                text: Cow::Borrowed(&line[begin..end]),
                style: ScalarStyle::DoubleQuoted,
                end: end + 1,
            });
        }
        let mut end = begin + line[begin..].find('\'')?;
        let mut doubled = false;
        while self.byte(end + 1) == Some(b'\'') {
            doubled = true;
            end += 2 + line[end + 2..].find('\'')?;
        }
        let text = &line[begin..end];
        Some(Text {
            text: match doubled {
                true => Cow::Owned(text.replace("''", "'")),
                false => Cow::Borrowed(text),
            },
            style: ScalarStyle::SingleQuoted,
            end: end + 1,
        })
    }

    fn tell_plain(&mut self, text: &'t str, at: usize) {
        let text = Text {
            text: Cow::Borrowed(text),
            style: ScalarStyle::Plain,
            end: at + text.len(),
        };
        self.tell(text, at);
    }

    fn tell(&mut self, text: Text<'t>, at: usize) {
        self.push(Event::Scalar(text.text, text.style, 0, None), at, text.end);
    }

    fn push(&mut self, event: Event<'t>, from: usize, to: usize) {
        let (counted, mut column) = self.counted;
        column += self.text[counted..from].chars().count();
        self.counted = (from, column);
        // The index counts bytes: it is only asked how long something is at most.
        let begins = Marker::new(from, self.number, column);
        let ends = Marker::new(to, self.number, column + (to - from));
        self.ready.push_back((event, Span::new(begins, ends)));
    }

    /// The first byte from `at` that is no blank; the end of the line if there is none.
    fn behind_blanks(&self, at: usize) -> usize {
        let line = &self.text.as_bytes()[at.min(self.end)..self.end];
        let blanks = line.iter().take_while(|byte| **byte == b' ').count();
        at.min(self.end) + blanks
    }

    /// A byte of the line.
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes()[..self.end].get(at).copied()
    }
}

#[cfg(test)]
#[path = "line_events_tests.rs"]
mod tests;
