//! A telephone number said along the way ("call me at 555 0134 if anything comes up"): it is no food and counts nothing; it is noted for
//! whoever makes the order, and the rest of the words is taken as ever.

use super::lexicon::{Tag, Tagged, is_word};
use crate::words::single_number;

/// So many digits are a number to call.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A plain line without the number to call, and the number; `None` where it has none.
pub(super) fn number_in(plain: &str) -> Option<(String, String)> {
    let said = Tagged::of(plain);
    let words = said.words();
    let leads = (0..words.len()).filter_map(|at| said.at(at, Tag::PhoneLead));
    leads.into_iter().find_map(|lead| {
        let skipped = |at: &usize| is_word(&words[*at], Tag::PhoneFiller);
        let from = lead.to + (lead.to..words.len()).take_while(skipped).count();
        let digits: Vec<String> = words[from..]
            .iter()
            .map_while(|word| digits_of(word))
            .collect();
        let number = digits.join(" ");
        let count = number.bytes().filter(u8::is_ascii_digit).count();
        let rest = [
            said.text(0, lead.from),
            said.text(from + digits.len(), words.len()),
        ];
        DIGITS
            .contains(&count)
            .then(|| (rest.join(" ").trim().to_owned(), number))
    })
}

/// The digits that a word of a number stands for ("oh", "seven", "555"; "double" says nothing without what follows).
fn digits_of(word: &str) -> Option<String> {
    match word {
        "oh" | "o" => Some("0".to_owned()),
        "double" | "triple" | "dash" => Some(word.to_owned()),
        _ if word.bytes().all(|b| b.is_ascii_digit()) => Some(word.to_owned()),
        _ => single_number(word).map(|number| number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn a_number_to_call_is_told_from_counts_and_numbers_of_dishes() {
        for (said, rest, number) in [
            ("call me at 555 0134", "", "555 0134"),
            (
                "a pasty and you can reach me on 2 0 2 5 5 5 0 1 3 4 if anything is wrong",
                "a pasty and if anything is wrong",
                "2 0 2 5 5 5 0 1 3 4",
            ),
            (
                "my cell is area code two oh two 555 0134",
                "",
                "2 0 2 555 0134",
            ),
            (
                "my number is double five 5 5 0 1 3 4 thanks",
                "thanks",
                "double 5 5 5 0 1 3 4",
            ),
        ] {
            assert_eq!(
                number_in(said),
                Some((rest.to_owned(), number.to_owned())),
                "{said}"
            );
        }
        for said in [
            "number 82 14 5",
            "call me at 5",
            "it is for 7 people",
            "the number is 12",
            "two five five five zero one three four",
        ] {
            assert_eq!(number_in(said), None, "{said}");
        }
    }
}
