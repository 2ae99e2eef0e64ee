//! An address in a caller's words: what of it was said, and the words that are left.
//!
//! words -> without leads -> postal code, door (`address_words`), number, street (`address_street`) -> what is left. Pure; `delivering`
//! decides what becomes of it.

use super::address_codes::{digits_at, number_at};
use super::address_street::{StreetExpected, capital, has_kind, renamed, respelled, take_street};
use super::address_words::{behind, drop_denied, joined, take_code, take_spelled, take_unit};
use super::lexicon::{RawWord, places, raw_words};
use crate::order::Address;
use crate::words::Language;

/// What the words are expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// All of an address.
    Whole,
    Number,
    Street,
    Code,
    /// What of the known address is wrong.
    Correction,
}

/// An address as far as it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AddressSaid {
    /// Without the town.
    pub parts: Address,
    /// The street has a word such as "street" or a number before it.
    pub sure: bool,
    /// Letters that spell a name.
    pub spelled: Option<String>,
    /// Behind it: the town, or something else.
    pub rest: String,
}

impl AddressSaid {
    /// Nothing of an address?
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.spelled.is_none()
    }

    /// Puts what was said into what is known.
    pub fn put_into(self, known: &mut Address, town: Option<String>) {
        let Self {
            mut parts, spelled, ..
        } = self;
        if !parts.street.is_empty() && !known.street.is_empty() && !has_kind(&parts.street) {
            parts.street = renamed(&known.street, &parts.street);
        }
        if let Some(spelled) = spelled {
            let street = match parts.street.is_empty() {
                true => &mut known.street,
                false => &mut parts.street,
            };
            *street = respelled(street, &spelled);
        }
        for (part, of) in [
            (parts.number, &mut known.number),
            (parts.street, &mut known.street),
            (parts.unit, &mut known.unit),
            (parts.postal_code, &mut known.postal_code),
            (town.unwrap_or_default(), &mut known.town),
        ] {
            if !part.is_empty() {
                *of = part;
            }
        }
    }
}

/// Reads an address. What is taken back ("fifty six, no sorry, sixty five") gives way to what follows.
pub(super) fn address_said(language: Language, text: &str, expected: Expected) -> AddressSaid {
    let mut words = spoken(language, text);
    let taken_back = (1..words.len()).rev().find_map(|at| {
        let length = places::longest(&words, at, places::TAKEN_BACK);
        (length > 0 && at + length < words.len()).then_some((at, at + length))
    });
    if let Some((at, from)) = taken_back {
        let right = read(language, words.split_off(from), Expected::Correction);
        words.truncate(at);
        if !right.is_empty() {
            let mut said = read(language, words, expected);
            said.sure |= right.sure;
            said.rest.clone_from(&right.rest);
            right.put_into(&mut said.parts, None);
            return said;
        }
        words = spoken(language, text);
    }
    read(language, words, expected)
}

/// The words without those of thinking: no pause of the address is where one of them was.
fn spoken(language: Language, text: &str) -> Vec<RawWord> {
    let mut words: Vec<RawWord> = Vec::new();
    let mut thought = false;
    for mut word in raw_words(language, text) {
        let thinks = places::is_in(places::THINKING, &word.folded);
        word.after_break &= !thought;
        if !thinks {
            words.push(word);
        }
        thought = thinks;
    }
    words
}

fn read(language: Language, mut words: Vec<RawWord>, expected: Expected) -> AddressSaid {
    if expected == Expected::Correction {
        drop_denied(&mut words);
    }
    words.drain(..behind(&words, 0, places::leads(language)));
    let mut said = AddressSaid::default();
    said.parts.postal_code = take_code(language, &mut words, expected == Expected::Code);
    said.spelled = take_spelled(&mut words);
    said.parts.unit = take_unit(language, &mut words);
    let part = StreetExpected {
        part: expected != Expected::Whole,
        name: matches!(expected, Expected::Street | Expected::Correction),
    };
    let street = take_street(language, &words, part);
    said.parts.number = street.number;
    said.parts.street = street.street;
    said.sure = street.sure;
    said.rest = street.rest;
    said
}

/// Where an address begins that nobody asked for: behind "deliver it to", or at a number with a street behind it. `is_dish`: the text
/// names a dish that has the word.
pub(super) fn address_begins(
    language: Language,
    text: &str,
    is_dish: &dyn Fn(&str, &str) -> bool,
) -> Option<usize> {
    let words = raw_words(language, text);
    let tells = |at: usize| places::longest(&words, at, places::delivery_leads(language)) > 0;
    if let Some(at) = (0..words.len()).find(|&at| tells(at)) {
        return Some(at);
    }
    let sure = |word: &RawWord, from: usize| {
        let known = places::is_in(places::STREETS_FOR_SURE, &word.folded);
        known && !is_dish(&joined(&words[from..]), &word.folded)
    };
    (0..words.len()).find(|&at| {
        let before = at > 0 && number_at(language, &words, at - 1, false).is_some();
        let Some((_, to)) = digits_at(language, &words, at, false).filter(|_| !before) else {
            return false;
        };
        let name = words[to..].iter().take(4);
        let paused = words[to..]
            .iter()
            .take(4)
            .skip(1)
            .position(|word| word.after_break);
        let street = name
            .take(paused.map_or(4, |at| at + 1))
            .skip(1)
            .any(|word| sure(word, at));
        street && words.get(to).is_some_and(|word| !word.after_break)
    })
}

/// The words of a text from one to another, as they were said.
pub(super) fn text_between(
    language: Language,
    text: &str,
    from: usize,
    to: Option<usize>,
) -> String {
    let words = raw_words(language, text);
    joined(&words[from..to.unwrap_or(words.len()).min(words.len())])
}

/// A town from the words behind an address, up to a pause, and what else is said ("ring the bell for Smith").
pub(super) fn town(rest: &str, language: Language) -> (Option<String>, String) {
    let words = raw_words(language, rest);
    let empty = |word: &&RawWord| places::is_in(places::BETWEEN, &word.folded);
    let from = words.iter().take_while(empty).count();
    let paused = (from + 1..words.len()).find(|&at| words[at].after_break);
    let to = paused.unwrap_or(words.len());
    let after = words[from..to].iter().rev().take_while(empty).count();
    let named = &words[from..to - after.min(to - from)];
    let more = match words[to..].iter().all(|word| empty(&word)) {
        true => String::new(),
        false => joined(&words[to..]),
    };
    let letters = |word: &RawWord| word.folded.chars().all(char::is_alphabetic);
    if named.is_empty() {
        return (None, more);
    }
    if named.len() > 4 || !named.iter().all(letters) {
        return (None, joined(&words[from..]));
    }
    let said: Vec<String> = named.iter().map(|word| capital(&word.original)).collect();
    (Some(said.join(" ")), more)
}
