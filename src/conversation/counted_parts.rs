//! "One large one small", "two chicken and one steak", "the first one small and the other large", "all chicken": a line
//! taken apart into how many and what each.

use super::lexicon::{Tag, is_word};
use crate::words::single_number;

/// How many a part is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HowMany {
    Number(u32),
    /// "the other", "the rest".
    Rest,
    /// "both", "all".
    All,
    Unsaid,
}

/// A part: so many, and the words that say what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CountedPart {
    pub count: HowMany,
    pub words: String,
}

/// The parts of a line, if all of it is such parts.
pub(super) fn counted_parts(plain: &str) -> Option<Vec<CountedPart>> {
    let words: Vec<&str> = plain
        .split(' ')
        .filter(|word| !is_word(word, Tag::PartsFiller))
        .collect();
    let mut at = 0;
    while at < words.len() && is_word(words[at], Tag::PartsLead) {
        at += 1;
    }
    let mut parts = Vec::new();
    while at < words.len() {
        let (count, from) = match count_at(&words, at) {
            Some(found) => found,
            None if parts.is_empty() => (HowMany::Unsaid, at),
            None => return None,
        };
        at = past(&words, from);
        let start = at;
        while at < words.len() && (at == start || !begins(&words, at)) {
            at += 1;
        }
        let mut said = words[start.min(at)..at].to_vec();
        while said
            .last()
            .is_some_and(|word| matches!(*word, "one" | "ones"))
        {
            said.pop();
        }
        if said.is_empty() {
            return None;
        }
        parts.push(CountedPart {
            count,
            words: said.join(" "),
        });
    }
    (!parts.is_empty()).then_some(parts)
}

/// "One" behind what it counts ("the large one") begins nothing.
fn begins(words: &[&str], at: usize) -> bool {
    let counts = count_at(words, at).is_some();
    counts
        && (words[at] != "one"
            || words
                .get(at + 1)
                .is_some_and(|_| count_at(words, at + 1).is_none()))
}

/// Does a part begin at a word?
pub(super) fn begins_at(words: &[&str], at: usize) -> bool {
    count_at(words, at).is_some()
}

/// The count that begins at a word, and where what it counts begins.
fn count_at(words: &[&str], at: usize) -> Option<(HowMany, usize)> {
    let number = |at: usize| {
        words
            .get(at)
            .and_then(|word| single_number(word))
            .filter(|&n| n > 0)
    };
    let named = at + usize::from(words.get(at) == Some(&"the"));
    match *words.get(named)? {
        "first" | "second" | "third" | "last" => Some(match number(named + 1) {
            Some(count) => (HowMany::Number(count), named + 2),
            None => (HowMany::Number(1), named + 1),
        }),
        "other" | "others" | "rest" | "remaining" => {
            let more = words.get(named + 1).is_some_and(|next| *next == "ones")
                || number(named + 1).is_some();
            Some((HowMany::Rest, named + 1 + usize::from(more)))
        }
        "both" | "all" | "each" if named == at => Some((HowMany::All, at + 1)),
        "a" | "an" | "another" if named == at => Some((HowMany::Number(1), at + 1)),
        "ones" if named == at => Some((HowMany::Number(1), at + 1)),
        _ if named == at => number(at).map(|count| (HowMany::Number(count), at + 1)),
        _ => None,
    }
}

/// Past "of them", "of those" and joints.
fn past(words: &[&str], mut at: usize) -> usize {
    let is = |at: usize, set: &[&str]| words.get(at).is_some_and(|word| set.contains(word));
    if is(at, &["of"]) && is(at + 1, &["them", "those", "these", "it"]) {
        at += 2;
    }
    while words
        .get(at)
        .is_some_and(|word| is_word(word, Tag::PartsJoint))
    {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(plain: &str) -> Option<Vec<(HowMany, String)>> {
        let parts = counted_parts(plain)?;
        Some(
            parts
                .into_iter()
                .map(|part| (part.count, part.words))
                .collect(),
        )
    }

    #[test]
    fn a_line_is_taken_apart_into_how_many_and_what() {
        use HowMany::{All, Number, Rest, Unsaid};
        type Expected<'a> = &'a [(HowMany, &'a str)];
        let cases: &[(&str, Expected)] = &[
            (
                "one large one small",
                &[(Number(1), "large"), (Number(1), "small")],
            ),
            (
                "one large one and one small one",
                &[(Number(1), "large"), (Number(1), "small")],
            ),
            (
                "a large and a small please",
                &[(Number(1), "large"), (Number(1), "small")],
            ),
            (
                "the first one small and the other large",
                &[(Number(1), "small"), (Rest, "large")],
            ),
            (
                "two of them medium and the rest large",
                &[(Number(2), "medium"), (Rest, "large")],
            ),
            ("both large", &[(All, "large")]),
            (
                "actually two chicken and one steak",
                &[(Number(2), "chicken"), (Number(1), "steak")],
            ),
            ("no steak", &[(Unsaid, "steak")]),
        ];
        for (plain, expected) in cases {
            let expected: Vec<(HowMany, String)> = expected
                .iter()
                .map(|(count, words)| (*count, (*words).to_owned()))
                .collect();
            assert_eq!(said(plain), Some(expected), "{plain}");
        }
        assert_eq!(said("two"), None);
        assert_eq!(said("one and one"), None);
    }
}
