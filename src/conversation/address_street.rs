//! The number and the street of an address: where they stand, how they are written, and what a correction makes of them.

use super::address_codes::{digits_at, number_at, ordinal_at};
use super::address_words::{behind, is_unit, joined};
use super::lexicon::{RawWord, places, raw_words};
use crate::words::{Language, letters_alike};

/// What may stand where a street is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreetExpected {
    /// A part of an address alone.
    pub part: bool,
    /// A street without a word that says that it is one.
    pub name: bool,
}

/// House number and street, as far as they were said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StreetSaid {
    pub number: String,
    pub street: String,
    /// A word says that it is a street.
    pub sure: bool,
    pub rest: String,
}

/// House number and street; what stands behind them is left.
pub(super) fn take_street(
    language: Language,
    words: &[RawWord],
    expected: StreetExpected,
) -> StreetSaid {
    let first = (0..words.len()).find_map(|at| {
        let (digits, to) = digits_at(language, words, at, false)?;
        Some((at, digits, to))
    });
    let kind = (0..words.len()).find(|&at| is_kind(language, words, at));
    let ahead = first
        .as_ref()
        .is_some_and(|(at, ..)| kind.is_some_and(|kind| kind < *at));
    let Some((_, digits, to)) = first.filter(|_| !ahead) else {
        return street_first(language, words, expected, kind);
    };
    let mut number = digits;
    let mut from = to;
    // "Twelve A Maple Street".
    if let Some(word) = words.get(from)
        && word.folded.len() == 1
        && !word.after_break
        && places::meaning(places::DIRECTIONS, &word.folded).is_none()
        && words.get(from + 1).is_some_and(|next| !is_end(next))
    {
        number.push_str(&word.folded.to_ascii_uppercase());
        from += 1;
    }
    let end = street_end(language, words, from, kind.filter(|&kind| kind >= from));
    let mut name = words[from..end].iter();
    let only = name.all(|word| places::is_in(places::BETWEEN, &word.folded));
    // A number with nothing behind it ("no, fourteen").
    let alone = only && expected.part || from >= end;
    let end = if alone { from } else { end };
    StreetSaid {
        number,
        street: street_text(&words[from..end]),
        sure: kind.is_some(),
        rest: joined(&words[end..]),
    }
}

/// "Maple Street", "Kowalski Street, number seven", "calle Mayor doce".
fn street_first(
    language: Language,
    words: &[RawWord],
    expected: StreetExpected,
    kind: Option<usize>,
) -> StreetSaid {
    let start = behind(words, 0, places::leads(language));
    let end = street_end(language, words, start, kind);
    if end <= start || kind.is_none() && !expected.name {
        return StreetSaid::default();
    }
    let from = behind(words, end, places::NUMBER_LEADS);
    let number = digits_at(language, words, from, false);
    let rest = number.as_ref().map_or(end, |(_, to)| *to);
    StreetSaid {
        number: number.map(|(digits, _)| digits).unwrap_or_default(),
        street: street_text(&words[start..end]),
        sure: kind.is_some(),
        rest: joined(&words[rest..]),
    }
}

fn is_end(word: &RawWord) -> bool {
    places::is_in(places::STREET_ENDS, &word.folded)
}

fn is_kind(language: Language, words: &[RawWord], at: usize) -> bool {
    let word = &words[at];
    // "St Clair": a saint is no street.
    let title = places::is_in(places::TITLES, &word.folded)
        && words
            .get(at + 1)
            .is_some_and(|next| !next.after_break && !is_unit(language, next))
        && (at == 0 || number_at(language, words, at - 1, true).is_some());
    match language {
        Language::English => is_end(word) && !title,
        _ => places::is_in(places::street_begins(language), &word.folded),
    }
}

/// Where a street that begins at `from` ends; `kind`: the first word that says that it is one.
fn street_end(language: Language, words: &[RawWord], from: usize, kind: Option<usize>) -> usize {
    let paused = (from + 1..words.len()).find(|&at| words[at].after_break);
    let paused = paused.unwrap_or(words.len());
    let Some(mut kind) = kind.filter(|&kind| kind < paused || kind == from) else {
        let town = (from + 1..paused).find(|&at| words[at].folded == "in");
        return town.unwrap_or(paused);
    };
    if language != Language::English {
        let number = (from + 1..paused).find(|&at| number_at(language, words, at, false).is_some());
        return number.unwrap_or(paused);
    }
    // "Park Lawn Road", "Avenue Road": the last of them says it.
    loop {
        let sure = places::is_in(places::STREETS_FOR_SURE, &words[kind].folded);
        let reach = paused.min(kind + if sure { 2 } else { 3 });
        match (kind + 1..reach)
            .rev()
            .find(|&at| is_kind(language, words, at))
        {
            Some(next) => kind = next,
            None => break,
        }
    }
    let beside = words.get(kind + 1).filter(|word| !word.after_break);
    let directed =
        beside.is_some_and(|word| places::meaning(places::DIRECTIONS, &word.folded).is_some());
    kind + 1 + usize::from(directed)
}

/// A street as it is written: capitals, "42nd", "Street" for "st".
fn street_text(words: &[RawWord]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((nth, to)) = ordinal_at(words, at) {
            out.push(nth);
            at = to;
            continue;
        }
        let word = &words[at];
        let outside = at == 0 || at + 1 == words.len();
        let direction = places::meaning(places::DIRECTIONS, &word.folded);
        let direction = direction.filter(|_| outside || word.folded.len() > 2);
        let ends = at > 0 && at + 2 >= words.len();
        let kind = places::meaning(places::STREETS_IN_FULL, &word.folded).filter(|_| ends);
        out.push(match direction.or(kind) {
            Some(written) => written.to_owned(),
            None => capital(&word.original),
        });
        at += 1;
    }
    out.join(" ")
}

/// With a capital, unless it has some already.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if !word.chars().any(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => word.to_owned(),
    }
}

/// Does a street say what kind it is?
pub(super) fn has_kind(street: &str) -> bool {
    let words = raw_words(Language::English, street);
    let languages = [Language::English, Language::French, Language::Spanish];
    let says = |at: usize| {
        languages
            .iter()
            .any(|&language| is_kind(language, &words, at))
    };
    (0..words.len()).any(says)
}

/// Another name before the same kind: Maple Street, "Elm" -> Elm Street.
pub(super) fn renamed(street: &str, name: &str) -> String {
    let words: Vec<&str> = street.split(' ').collect();
    let kind = raw_words(Language::English, street).iter().position(is_end);
    match kind {
        Some(kind) if kind > 0 && kind < words.len() => {
            format!("{name} {}", words[kind..].join(" "))
        }
        _ => name.to_owned(),
    }
}

/// The word that the letters spell, as they spell it.
pub(super) fn respelled(street: &str, spelled: &str) -> String {
    let mut words: Vec<String> = street.split(' ').map(str::to_owned).collect();
    let alike = |word: &String| letters_alike(&word.to_lowercase(), spelled);
    let nearest = (0..words.len())
        .filter(|&at| !places::is_in(places::STREET_ENDS, &words[at].to_lowercase()))
        .max_by(|&a, &b| alike(&words[a]).total_cmp(&alike(&words[b])));
    if let Some(at) = nearest {
        words[at] = capital(spelled);
    }
    words.join(" ")
}
