//! Numbers as people say and recognisers write them.

use super::Token;

/// A number found among words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: u32,
    /// How many words it took.
    pub words: usize,
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The largest number that is taken as a quantity, so that it can be refused as one; more digits are a telephone number or
/// noise.
const LARGEST: u32 = 999_999;

/// The value of one word standing alone: `seven` and `7` are 7. No articles, no "dozen".
pub fn single_number(word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok().filter(|&n| n <= LARGEST);
    }
    let unit = UNITS.iter().position(|&u| u == word);
    let tens = || TENS.iter().position(|&t| t == word).map(|at| (at + 2) * 10);
    let spelt = || (word == "fourty").then_some(40);
    unit.or_else(tens)
        .or_else(spelt)
        .and_then(|n| u32::try_from(n).ok())
}

/// "two dozen", "one and a half dozen", "a dozen and a half", "three pairs of".
fn in_dozens<'a>(word: &impl Fn(usize) -> &'a str, number: Number) -> Number {
    let stands = |from: usize, phrase: &[&str]| {
        phrase
            .iter()
            .enumerate()
            .all(|(i, said)| word(from + i) == *said)
    };
    let at = number.words;
    let half = ["and", "a", "half"];
    let (each, more, words) = match word(at) {
        "dozen" | "dozens" if stands(at + 1, &half) => (12, 6, at + 4),
        "dozen" | "dozens" => (12, 0, at + 1),
        "pairs" => (2, 0, at + 1),
        "and" if stands(at, &half) && word(at + 3) == "dozen" => (12, 6, at + 4),
        _ => return number,
    };
    Number {
        value: number.value.saturating_mul(each).saturating_add(more),
        words: words + usize::from(word(words) == "of"),
    }
}

/// The number that begins at `at`: cardinals up to 999,999, "a hundred", "a couple of", "half a dozen", "two dozen", "a pair of",
/// digits. Not a bare "a": that is an article.
pub fn number_at(words: &[Token], at: usize) -> Option<Number> {
    let word = |i: usize| words.get(at + i).map_or("", |t| t.text.as_str());
    let fixed: &[(&[&str], u32)] = &[
        (&["half", "a", "dozen"], 6),
        (&["a", "half", "a", "dozen"], 6),
        (&["a", "half", "dozen"], 6),
        (&["half", "dozen"], 6),
        (&["a", "couple", "dozen"], 24),
        (&["couple", "dozen"], 24),
        (&["a", "couple", "of", "dozen"], 24),
        (&["couple", "of", "dozen"], 24),
        (&["a", "couple", "hundred"], 200),
        (&["couple", "hundred"], 200),
        (&["a", "couple", "of"], 2),
        (&["a", "couple"], 2),
        (&["couple", "of"], 2),
        (&["couple"], 2),
        (&["a", "pair", "of"], 2),
        (&["pair", "of"], 2),
        (&["a", "dozen", "and", "a", "half"], 18),
        (&["a", "few"], 3),
        (&["a", "few", "of"], 3),
        (&["a", "dozen"], 12),
        (&["dozen"], 12),
        (&["a", "single"], 1),
        (&["single"], 1),
    ];
    let longest = fixed
        .iter()
        .filter(|(said, _)| said.iter().enumerate().all(|(i, &w)| word(i) == w))
        .max_by_key(|(said, _)| said.len());
    if let Some((said, value)) = longest {
        return Some(Number {
            value: *value,
            words: said.len(),
        });
    }
    let mut number = match (word(0), word(1)) {
        ("a", "hundred" | "thousand") => Number { value: 1, words: 1 },
        _ => below_hundred(&word)?,
    };
    number = with_hundreds(&word, number);
    if word(number.words) == "thousand" && number.value < 1_000 {
        let after = number.words + 1;
        let and = usize::from(word(after) == "and");
        let behind = |i: usize| word(after + and + i);
        let rest = below_hundred(&behind).map(|rest| with_hundreds(&behind, rest));
        number = match rest {
            Some(rest) => Number {
                value: number.value * 1_000 + rest.value,
                words: after + and + rest.words,
            },
            None => Number {
                value: number.value * 1_000,
                words: after,
            },
        };
    }
    Some(in_dozens(&word, number))
}

/// "two" before "hundred and ten" is two hundred and ten.
fn with_hundreds<'a>(word: &impl Fn(usize) -> &'a str, number: Number) -> Number {
    if word(number.words) != "hundred" || number.value >= 100 {
        return number;
    }
    let after = number.words + 1;
    let and = usize::from(word(after) == "and");
    match below_hundred(&|i| word(after + and + i)) {
        Some(rest) => Number {
            value: number.value * 100 + rest.value,
            words: after + and + rest.words,
        },
        None => Number {
            value: number.value * 100,
            words: after,
        },
    }
}

fn below_hundred<'a>(word: &impl Fn(usize) -> &'a str) -> Option<Number> {
    let first = single_number(word(0))?;
    let written = word(0).bytes().all(|b| b.is_ascii_digit());
    let second = single_number(word(1))
        .filter(|_| !written && word(1).bytes().all(|b| b.is_ascii_alphabetic()));
    match second {
        Some(unit) if first >= 20 && first % 10 == 0 && (1..10).contains(&unit) => Some(Number {
            value: first + unit,
            words: 2,
        }),
        _ => Some(Number {
            value: first,
            words: 1,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{cardinal, tokens};
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(u32, usize)> {
        number_at(&tokens(text), 0).map(|n| (n.value, n.words))
    }

    #[test]
    fn everyday_amounts_are_numbers() {
        assert_eq!(read("half a dozen tacos"), Some((6, 3)));
        assert_eq!(read("a half dozen tacos"), Some((6, 3)));
        assert_eq!(read("a couple of cokes"), Some((2, 3)));
        assert_eq!(read("two dozen wings"), Some((24, 2)));
        assert_eq!(read("a dozen and a half rolls"), Some((18, 5)));
        assert_eq!(read("one and a half dozen rolls"), Some((18, 5)));
        assert_eq!(read("two dozen and a half rolls"), Some((30, 5)));
        assert_eq!(read("three pairs of wings"), Some((6, 3)));
        assert_eq!(read("twenty one"), Some((21, 2)));
        assert_eq!(read("3 cokes"), Some((3, 1)));
        assert_eq!(read("twenty 5"), Some((20, 1)));
        assert_eq!(read("two three"), Some((2, 1)));
        assert_eq!(read("a burger"), None);
        assert_eq!(read("a hundred and fifty waters"), Some((150, 4)));
        assert_eq!(read("a thousand waters"), Some((1_000, 2)));
        assert_eq!(read("eighteen thousand cups"), Some((18_000, 2)));
        assert_eq!(read("two thousand and five"), Some((2_005, 4)));
        assert_eq!(read("18,000 cups"), Some((18_000, 1)));
        assert_eq!(read("a couple dozen knots"), Some((24, 3)));
        assert_eq!(read("5551234567"), None);
    }

    proptest! {
        #[test]
        fn a_spoken_cardinal_is_read_back(n in 0u32..1000) {
            let text = cardinal(n);
            let all = tokens(&text);
            let read = number_at(&all, 0);
            prop_assert_eq!(read, Some(Number { value: n, words: all.len() }));
        }
    }
}
