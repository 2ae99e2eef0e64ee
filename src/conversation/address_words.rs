//! Words of an address taken out one by one: phrases that lead to it, its postal code, letters that spell, the door.

use super::address_codes::{code_at, digits_at, expected_code_at, number_at, ordinal_at};
use super::lexicon::{RawWord, places};
use crate::words::Language;

/// As they were said, with their pauses.
pub(super) fn joined(words: &[RawWord]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push_str(if word.after_break { ", " } else { " " });
        }
        text.push_str(&word.original);
    }
    text
}

/// Where the words end that are only phrases of a list.
pub(super) fn behind(words: &[RawWord], from: usize, list: &str) -> usize {
    let mut at = from;
    loop {
        match places::longest(words, at, list) {
            0 => return at,
            taken => at += taken,
        }
    }
}

/// Takes words out; what stands behind them begins anew.
fn cut(words: &mut Vec<RawWord>, from: usize, to: usize) {
    words.drain(from..to);
    if let Some(next) = words.get_mut(from) {
        next.after_break = true;
    }
}

/// "Elm, not Maple": without what is denied, up to the next pause.
pub(super) fn drop_denied(words: &mut Vec<RawWord>) {
    while let Some(at) = words.iter().position(|word| word.folded == "not") {
        let to = (at + 1..words.len()).find(|&to| to > at + 1 && words[to].after_break);
        words.drain(at..to.unwrap_or(words.len()));
    }
}

/// The postal code; `asked`: nothing else is expected.
pub(super) fn take_code(language: Language, words: &mut Vec<RawWord>, asked: bool) -> String {
    for at in 0..words.len() {
        let lead = places::longest(words, at, places::code_leads(language));
        if lead > 0 {
            let from = behind(words, at + lead, places::CODE_FILLERS);
            if let Some((code, to)) = expected_code_at(language, words, from) {
                cut(words, at, to);
                return code;
            }
        }
    }
    for at in 0..words.len() {
        if let Some((code, to)) = code_at(language, words, at, asked) {
            cut(words, at, to);
            return code;
        }
    }
    if asked && let Some((code, to)) = expected_code_at(language, words, 0) {
        cut(words, 0, to);
        return code;
    }
    // Five digits at the end, with words before them.
    let end = words
        .iter()
        .rposition(|word| !places::is_in(places::BETWEEN, &word.folded))
        .map_or(0, |at| at + 1);
    let found = (2..end).find_map(|at| {
        let before = &words[at - 1];
        let numbered = number_at(language, words, at - 1, false).is_some();
        let free = !numbered && !is_unit(language, before);
        let (digits, to) = digits_at(language, words, at, false).filter(|_| free)?;
        (digits.len() == 5 && to == end).then_some((at, to, digits))
    });
    let Some((at, to, digits)) = found else {
        return String::new();
    };
    cut(words, at, to);
    digits
}

fn is_letter(word: &RawWord) -> bool {
    word.folded.len() == 1 && word.folded.bytes().all(|b| b.is_ascii_lowercase())
}

/// "that's K O W A L S K I".
pub(super) fn take_spelled(words: &mut Vec<RawWord>) -> Option<String> {
    const FEWEST: usize = 3;
    let mut at = 0;
    while at < words.len() {
        let run = words[at..]
            .iter()
            .take_while(|word| is_letter(word))
            .count();
        if run >= FEWEST {
            let letters = words[at..at + run].iter();
            let spelled: String = letters.map(|word| word.folded.as_str()).collect();
            let before = words[..at].iter().rev();
            let says = before.take_while(|word| places::is_in(places::SPELLING, &word.folded));
            let says = says.count();
            cut(words, at - says, at + run);
            return Some(spelled);
        }
        at += run.max(1);
    }
    None
}

pub(super) fn is_unit(language: Language, word: &RawWord) -> bool {
    places::meaning(places::units(language), &word.folded).is_some()
}

/// "apartment four B", "second floor", "the basement".
pub(super) fn take_unit(language: Language, words: &mut Vec<RawWord>) -> String {
    for at in 0..words.len() {
        let word = words[at].folded.clone();
        let next = |to: usize| words.get(to).map_or("", |word| word.folded.as_str());
        if places::is_in(places::PARTS_OF_HOUSES, &word) {
            cut(words, at, at + 1);
            return word;
        }
        if places::is_in(places::FLOORS, &word) && next(at + 1) == "floor" {
            cut(words, at, at + 2);
            return format!("{word} floor");
        }
        if let Some((nth, to)) = ordinal_at(words, at)
            && next(to) == "floor"
        {
            cut(words, at, to + 1);
            return format!("{nth} floor");
        }
        let Some(written) = places::meaning(places::units(language), &word) else {
            continue;
        };
        let from = behind(words, at + 1, places::UNIT_FILLERS);
        let Some((door, to)) = door_at(language, words, from, at == 0) else {
            continue;
        };
        cut(words, at, to);
        return format!("{written} {door}");
    }
    String::new()
}

/// The number or letter of a door. At the beginning ("flat three eighteen Station Road") its number is one number.
fn door_at(
    language: Language,
    words: &[RawWord],
    at: usize,
    first: bool,
) -> Option<(String, usize)> {
    let letter = |at: usize| {
        let word = words.get(at).filter(|word| is_letter(word))?;
        word.folded.chars().next().map(|c| c.to_ascii_uppercase())
    };
    let paused = |at: usize| words.get(at).is_none_or(|word| word.after_break);
    let whole = digits_at(language, words, at, false);
    let whole = whole.filter(|(_, to)| !first || paused(*to));
    match whole.or_else(|| number_at(language, words, at, false)) {
        Some((digits, to)) => match letter(to).filter(|_| !paused(to)) {
            Some(letter) => Some((format!("{digits}{letter}"), to + 1)),
            None => Some((digits, to)),
        },
        None => {
            let letter = letter(at)?;
            let number = number_at(language, words, at + 1, false);
            match number.filter(|_| !paused(at + 1)) {
                Some((digits, to)) => Some((format!("{letter}{digits}"), to)),
                None => Some((letter.to_string(), at + 1)),
            }
        }
    }
}
