//! The short way from text to [`RestaurantFile`]: one pass over the YAML events that checks the limits of `scan` and feeds
//! the types at once, with no tree between them.
//!
//! It reads what nearly every file is: valid, in the part of YAML on which all parsers agree. At the first thing it does
//! not know it gives up without a word, and the file is read the long way (`scan`, `yaml`, `schema`), which says what is
//! wrong with it, if anything is. So a mistake here may cost time; that it cannot change what a file means is proven by
//! `event_reader_tests`.

use std::borrow::Cow;
use std::fmt;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::plain_scalar::{Plain, resolve};
use super::scan::{MAX_EVENTS, Walk};
use super::{Place, RestaurantFile};

/// Keys of one mapping that are kept to find doubled ones: more than any real file has.
const MAX_KEYS: usize = 200;
/// libyaml ends a key here (1,024 characters, quotes and escapes included).
const LONGEST_KEY: usize = 1_000;

/// What the short way read.
#[derive(Debug)]
pub(super) struct ShortReading {
    pub file: RestaurantFile,
    /// Where each telephone number stands.
    pub numbers: Vec<Place>,
}

/// Reads a valid file; `None` when the long way has to look at it.
pub(super) fn read(text: &str) -> Option<ShortReading> {
    if !is_undisputed(text) {
        return None;
    }
    let mut reader = EventReader {
        events: Parser::new_from_str(text),
        walk: Walk::default(),
        count: 0,
        peeked: None,
    };
    let file = reader.whole_file().ok()?;
    Some(ShortReading {
        file,
        numbers: reader.walk.into_numbers(),
    })
}

/// Has the text only letters that YAML 1.1 (libyaml) and 1.2 (saphyr) take for the same? They differ about tabs, line
/// ends beyond ASCII, what may be printed, and an end (`...`) before anything began; directives are left to the long way too.
fn is_undisputed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ascii = |(at, byte): (usize, &u8)| match byte {
        b'\n' | b' '..=b'~' | 0x80.. => true,
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        _ => false,
    };
    let disputed = |letter: char| {
        matches!(
            letter,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    bytes.iter().enumerate().all(ascii)
        && (text.is_ascii() || !text.contains(disputed))
        && !text.starts_with('%')
        && !text.contains("\n%")
        && !ends_before_it_begins(text)
}

/// Is the first line that is neither empty nor a comment an end of document?
fn ends_before_it_begins(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.starts_with("..."))
}

/// Is it an unquoted text, not empty, that begins with no sign of YAML's own and holds no colon? In brackets parsers disagree about
/// both.
fn is_undisputed_plain(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = match letters.next() {
        None => false,
        Some('-') => letters
            .next()
            .is_some_and(|c| c.is_ascii_digit() || c == '.'),
        Some('+' | '.' | '~' | '$' | '(' | '/' | '_') => true,
        Some(first) => !first.is_ascii() || first.is_ascii_alphanumeric(),
    };
    begins && !text.contains(':')
}

/// The long way knows why.
#[derive(Debug)]
struct GiveUp;

impl fmt::Display for GiveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read the short way")
    }
}

impl std::error::Error for GiveUp {}

impl serde::de::Error for GiveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct EventReader<'t> {
    events: Parser<'t, StrInput<'t>>,
    /// The limits, and where the numbers stand.
    walk: Walk,
    count: usize,
    peeked: Option<(Event<'t>, Span)>,
}

impl<'t> EventReader<'t> {
    /// The one document of the file, and that nothing follows it.
    fn whole_file(&mut self) -> Result<RestaurantFile, GiveUp> {
        self.expect(|event| matches!(event, Event::StreamStart))?;
        self.expect(|event| matches!(event, Event::DocumentStart(_)))?;
        // The types would take a list of their fields' values too.
        if !matches!(self.peek()?, Event::MappingStart(..)) {
            return Err(GiveUp);
        }
        let file = RestaurantFile::deserialize(&mut *self)?;
        self.expect(|event| matches!(event, Event::DocumentEnd))?;
        self.expect(|event| matches!(event, Event::StreamEnd))?;
        Ok(file)
    }

    fn expect(&mut self, wanted: impl Fn(&Event<'t>) -> bool) -> Result<(), GiveUp> {
        let (event, _) = self.advance()?;
        if wanted(&event) { Ok(()) } else { Err(GiveUp) }
    }

    /// The end of a list or mapping. One in brackets stands on one line: over several, parsers disagree about what may
    /// stand where.
    fn close(&mut self, begins: Span, end: impl Fn(&Event<'t>) -> bool) -> Result<(), GiveUp> {
        let (event, ends) = self.advance()?;
        let in_brackets = ends.start.index() < ends.end.index();
        let one_line = begins.start.line() == ends.end.line();
        if end(&event) && (one_line || !in_brackets) {
            Ok(())
        } else {
            Err(GiveUp)
        }
    }

    fn peek(&mut self) -> Result<&Event<'t>, GiveUp> {
        let next = match self.peeked.take() {
            Some(next) => next,
            None => self.advance()?,
        };
        Ok(&self.peeked.insert(next).0)
    }

    fn advance(&mut self) -> Result<(Event<'t>, Span), GiveUp> {
        if let Some(next) = self.peeked.take() {
            return Ok(next);
        }
        let next = self.events.next_event();
        let (event, span) = next.and_then(Result::ok).ok_or(GiveUp)?;
        self.count += 1;
        let disputed = match &event {
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => false,
            // Over several lines.
            Event::Scalar(..) if span.start.line() != span.end.line() => true,
            Event::Scalar(text, ScalarStyle::Plain, ..) => !is_undisputed_plain(text),
            _ => false,
        };
        if disputed || self.count > MAX_EVENTS || self.walk.event(&event, span).is_err() {
            return Err(GiveUp);
        }
        Ok((event, span))
    }
}

impl<'de> Deserializer<'de> for &mut EventReader<'_> {
    type Error = GiveUp;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        let (event, begins) = self.advance()?;
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => match resolve(&text).ok_or(GiveUp)? {
                Plain::Null => visitor.visit_unit(),
                Plain::Bool(flag) => visitor.visit_bool(flag),
                Plain::Whole(number) => visitor.visit_u64(number),
                Plain::Negative(number) => visitor.visit_i64(number),
                Plain::Float(number) => visitor.visit_f64(number),
                Plain::Text => visit_text(visitor, text),
            },
            Event::Scalar(text, ..) => visit_text(visitor, text),
            Event::SequenceStart(..) => {
                let list = visitor.visit_seq(Entries(self))?;
                self.close(begins, |event| matches!(event, Event::SequenceEnd))?;
                Ok(list)
            }
            Event::MappingStart(..) => {
                let keys = Keys {
                    reader: self,
                    seen: Vec::new(),
                };
                let mapping = visitor.visit_map(keys)?;
                self.close(begins, |event| matches!(event, Event::MappingEnd))?;
                Ok(mapping)
            }
            _ => Err(GiveUp),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GiveUp> {
        match self.peek()? {
            Event::Scalar(text, ScalarStyle::Plain, ..) if resolve(text) == Some(Plain::Null) => {
                self.advance()?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    // The types ask for what they need, and whatever is there answers: as with a JSON value.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

fn visit_text<'de, V: Visitor<'de>>(visitor: V, text: Cow<'_, str>) -> Result<V::Value, GiveUp> {
    match text {
        Cow::Borrowed(text) => visitor.visit_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

/// An open list.
struct Entries<'r, 't>(&'r mut EventReader<'t>);

impl<'de> SeqAccess<'de> for Entries<'_, '_> {
    type Error = GiveUp;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, GiveUp> {
        if matches!(self.0.peek()?, Event::SequenceEnd) {
            return Ok(None);
        }
        seed.deserialize(&mut *self.0).map(Some)
    }
}

/// An open mapping.
struct Keys<'r, 't> {
    reader: &'r mut EventReader<'t>,
    seen: Vec<Cow<'t, str>>,
}

impl<'t> Keys<'_, 't> {
    /// The next key, which is text and not doubled.
    fn next(&mut self) -> Result<Option<Cow<'t, str>>, GiveUp> {
        let (event, span) = self.reader.advance()?;
        let (key, style) = match event {
            Event::MappingEnd => {
                self.reader.peeked = Some((event, span));
                return Ok(None);
            }
            Event::Scalar(key, style, ..) => (key, style),
            _ => return Err(GiveUp),
        };
        let is_text = style != ScalarStyle::Plain || resolve(&key) == Some(Plain::Text);
        let is_short = span.start.line() == span.end.line()
            && span.end.index() - span.start.index() < LONGEST_KEY;
        let is_new = self.seen.len() < MAX_KEYS && !self.seen.contains(&key);
        if is_text && is_short && is_new {
            Ok(Some(key))
        } else {
            Err(GiveUp)
        }
    }
}

impl<'de> MapAccess<'de> for Keys<'_, '_> {
    type Error = GiveUp;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, GiveUp> {
        while let Some(key) = self.next()? {
            if key.starts_with("x-") {
                // The owner's own: whatever it is, if only it is YAML.
                IgnoredAny::deserialize(&mut *self.reader)?;
                self.seen.push(key);
                continue;
            }
            let known = seed.deserialize(StrDeserializer::new(&key))?;
            self.seen.push(key);
            return Ok(Some(known));
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, GiveUp> {
        seed.deserialize(&mut *self.reader)
    }
}

#[cfg(test)]
#[path = "event_reader_tests.rs"]
mod tests;
