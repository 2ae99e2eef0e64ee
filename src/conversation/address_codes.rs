//! Numbers and postal codes in the words of an address: "four oh five", "forty second", "m five v two t six".

use super::lexicon::{RawWord, places};
use crate::words::{Language, single_number};

/// A row of numbers as digits, and where it ends: "twelve forty five" -> 1245, "one hundred and twenty" -> 120. It ends before an
/// ordinal, and behind a pause unless `over_pauses`.
pub(super) fn digits_at(
    language: Language,
    words: &[RawWord],
    from: usize,
    over_pauses: bool,
) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut at = from;
    while at < words.len() {
        if at > from && words[at].after_break && !over_pauses || ordinal_at(words, at).is_some() {
            break;
        }
        let Some((more, to)) = number_at(language, words, at, !digits.is_empty()) else {
            break;
        };
        digits.push_str(&more);
        at = to;
    }
    (!digits.is_empty()).then_some((digits, at))
}

/// One number of such a row.
pub(super) fn number_at(
    language: Language,
    words: &[RawWord],
    at: usize,
    inside: bool,
) -> Option<(String, usize)> {
    let word = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    if word(at).bytes().all(|b| b.is_ascii_digit()) && !word(at).is_empty() {
        return Some((word(at).to_owned(), at + 1));
    }
    if language != Language::English {
        let said: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let number = language.number_at(&said, at)?;
        return Some((number.value.to_string(), at + number.words));
    }
    let number = |at: usize| single_number(word(at)).filter(|_| !word(at).is_empty());
    match word(at) {
        "oh" | "o" if inside || number(at + 1).is_some() => return Some(("0".into(), at + 1)),
        "double" | "triple" => {
            let digit = number(at + 1).filter(|&n| n < 10)?;
            let times = if word(at) == "double" { 2 } else { 3 };
            return Some((digit.to_string().repeat(times), at + 2));
        }
        _ => {}
    }
    let (mut value, mut to) = match number(at) {
        Some(tens) if (20..100).contains(&tens) && tens % 10 == 0 => {
            let pair = words.get(at + 1).is_some_and(|next| !next.after_break);
            match number(at + 1).filter(|unit| pair && (1..10).contains(unit)) {
                Some(unit) if ordinal_at(words, at + 1).is_none() => (tens + unit, at + 2),
                _ => (tens, at + 1),
            }
        }
        Some(number) => (number, at + 1),
        None if word(at) == "a" && matches!(word(at + 1), "hundred" | "thousand") => (1, at + 1),
        None => return None,
    };
    for _ in 0..2 {
        let scale = places::meaning(places::HUNDREDS, word(to));
        let Some(times) = scale.and_then(|times| times.parse::<u32>().ok()) else {
            break;
        };
        if value >= 100 {
            break;
        }
        value *= times;
        to += 1;
        let rest = to + usize::from(word(to) == "and");
        if ordinal_at(words, rest).is_some() {
            continue;
        }
        if let Some((more, end)) = number_at(language, words, rest, false)
            && let Ok(more) = more.parse::<u32>()
            && more < times
        {
            value += more;
            to = end;
        }
    }
    Some((value.to_string(), to))
}

/// "fifth" -> 5th, "forty second" -> 42nd, and where it ends.
pub(super) fn ordinal_at(words: &[RawWord], at: usize) -> Option<(String, usize)> {
    let word = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let nth = |at: usize| {
        places::meaning(places::ORDINALS, word(at))?
            .parse::<u32>()
            .ok()
    };
    let written = word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !written.is_empty()
        && written.len() + 2 == word(at).len()
        && written.bytes().all(|b| b.is_ascii_digit())
    {
        return Some((word(at).to_owned(), at + 1));
    }
    if let Some(nth) = nth(at) {
        return Some((ordinal(nth), at + 1));
    }
    let tens = single_number(word(at)).filter(|n| (20..100).contains(n) && n % 10 == 0)?;
    let unit = nth(at + 1).filter(|unit| (1..10).contains(unit))?;
    Some((ordinal(tens + unit), at + 2))
}

fn ordinal(n: u32) -> String {
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

/// What a word of a code may stand for.
#[derive(Clone, Debug)]
struct Sign {
    letter: Option<char>,
    /// One or more.
    digits: Option<String>,
    to: usize,
}

fn sign_at(language: Language, words: &[RawWord], at: usize, expected: bool) -> Option<Sign> {
    let word = words.get(at)?.folded.as_str();
    let mut letters = word.chars();
    let single = letters.next().filter(|c| c.is_ascii_alphabetic());
    let mut letter = single.filter(|_| letters.next().is_none());
    let heard = |list: &'static str| places::meaning(list, word)?.chars().next();
    letter = letter.or_else(|| heard(places::LETTERS));
    if expected {
        letter = letter.or_else(|| heard(places::LETTERS_HEARD));
    }
    let mut digits = number_at(language, words, at, true);
    if expected && digits.is_none() {
        digits = heard(places::DIGITS_HEARD).map(|digit| (digit.to_string(), at + 1));
    }
    let mut to = digits.as_ref().map_or(at + 1, |(_, to)| *to);
    // "M as in Mary": the word behind begins with the letter.
    if letter.is_some() && digits.is_none() {
        let joint = places::longest(words, at + 1, places::AS_IN);
        let named = words.get(at + 1 + joint).filter(|_| joint > 0);
        let first = named.and_then(|word| word.folded.chars().next());
        if first.map(|c| c.to_ascii_uppercase()) == letter.map(|c| c.to_ascii_uppercase()) {
            to = at + 2 + joint;
        }
    }
    (letter.is_some() || digits.is_some()).then(|| Sign {
        letter: letter.map(|c| c.to_ascii_uppercase()),
        digits: digits.map(|(digits, _)| digits),
        to,
    })
}

/// Postal codes by their shape, L a letter and D a digit, and where a blank stands in them.
const SHAPES: &str = "LDLDLD=3|LLDLDLL=4|LLDDDLL=4|LLDDLL=3|LDLDLL=3|LDDDLL=3|LDDLL=2";

/// A postal code with letters that begins at a word; `expected`: letters may be read from how they are heard.
pub(super) fn code_at(
    language: Language,
    words: &[RawWord],
    from: usize,
    expected: bool,
) -> Option<(String, usize)> {
    SHAPES.split('|').find_map(|known| {
        let (shape, blank) = known.split_once('=')?;
        let (code, to) = shaped(language, words, from, expected, shape)?;
        let (district, rest) = code.split_at(blank.parse().ok()?);
        Some((format!("{district} {rest}"), to))
    })
}

fn shaped(
    language: Language,
    words: &[RawWord],
    from: usize,
    expected: bool,
    shape: &str,
) -> Option<(String, usize)> {
    let mut code = String::new();
    let mut at = from;
    while code.len() < shape.len() {
        let sign = sign_at(language, words, at, expected)?;
        let letter = shape.as_bytes()[code.len()] == b'L';
        match (letter, sign.letter, sign.digits) {
            (true, Some(letter), _) => code.push(letter),
            (false, _, Some(digits)) => {
                let end = code.len() + digits.len();
                let fits = shape.get(code.len()..end)?.bytes().all(|b| b == b'D');
                if !fits {
                    return None;
                }
                code.push_str(&digits);
            }
            _ => return None,
        }
        at = sign.to;
    }
    Some((code, at))
}

/// What a caller says who was asked for a postal code: one of a known shape, five digits, or how one begins.
pub(super) fn expected_code_at(
    language: Language,
    words: &[RawWord],
    from: usize,
) -> Option<(String, usize)> {
    if let Some(found) = code_at(language, words, from, true) {
        return Some(found);
    }
    if let Some((digits, to)) = digits_at(language, words, from, true)
        && matches!(digits.len(), 4..=6 | 9)
    {
        return Some((digits, to));
    }
    // "M5V", "SW1": enough to know the area by.
    let mut code = String::new();
    let mut at = from;
    while code.len() < 4
        && let Some(sign) = sign_at(language, words, at, code.is_empty())
    {
        match (sign.letter, sign.digits) {
            (_, Some(digits)) => code.push_str(&digits),
            (Some(letter), _) => code.push(letter),
            _ => break,
        }
        at = sign.to;
    }
    let both = |is: fn(&u8) -> bool| code.as_bytes().iter().any(is);
    let mixed = both(u8::is_ascii_digit) && both(u8::is_ascii_alphabetic);
    (mixed && code.len() >= 2).then_some((code, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::lexicon::raw_words;

    fn words(text: &str) -> Vec<RawWord> {
        raw_words(Language::English, text)
    }

    #[test]
    fn numbers_of_houses_are_read_as_they_are_said() {
        for (said, digits) in [
            ("twelve", "12"),
            ("four oh five", "405"),
            ("one twenty three", "123"),
            ("twelve forty five", "1245"),
            ("one hundred and twenty", "120"),
            ("fourteen hundred", "1400"),
            ("a thousand and one", "1001"),
            ("double two seven", "227"),
            ("1 2 3", "123"),
            ("two twenty second street", "2"),
        ] {
            let read = digits_at(Language::English, &words(said), 0, false);
            assert_eq!(
                read.map(|(digits, _)| digits).as_deref(),
                Some(digits),
                "{said}"
            );
        }
        assert_eq!(
            digits_at(Language::English, &words("fifth avenue"), 0, false),
            None
        );
    }

    #[test]
    fn postal_codes_are_read_spelled_and_over_a_bad_line() {
        for (said, code) in [
            ("M5V 2T6", "M5V 2T6"),
            ("m five v two t six", "M5V 2T6"),
            ("mike five victor two tango six", "M5V 2T6"),
            ("m as in mary five v for victor two t six", "M5V 2T6"),
            ("em five vee to tea six", "M5V 2T6"),
            ("S W 1 A 2 A A", "SW1A 2AA"),
            ("m five v", "M5V"),
            ("nine oh two one oh", "90210"),
        ] {
            let read = expected_code_at(Language::English, &words(said), 0);
            assert_eq!(read.map(|(code, _)| code).as_deref(), Some(code), "{said}");
        }
        for said in ["two lattes", "a coke", "maple street"] {
            assert_eq!(
                code_at(Language::English, &words(said), 0, false),
                None,
                "{said}"
            );
        }
    }
}
