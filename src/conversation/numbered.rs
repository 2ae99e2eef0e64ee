//! Dishes ordered by their numbers: "82", "the 14s", "two of the thirty-one a" become the name that every numbered dish has
//! among its other names ("number 82"), before anything else reads the words. A number that counts something stays a number.

use std::collections::HashMap;

use super::intent;
use super::lexicon::{RawWord, raw_words};
use super::understanding::CompiledMenu;
use crate::restaurant::Restaurant;
use crate::words::{Language, Token, number_at, tokens};

/// Before the number itself.
const SIGNS: &[&str] = &["number", "numbers", "numero", "num", "nr"];
/// Between a quantity and the number of a dish: "two of the 14s", "three orders of 9".
const OF: &[&[&str]] = &[
    &["of", "the"],
    &["of"],
    &["orders", "of", "the"],
    &["orders", "of"],
    &["order", "of"],
    &["portions", "of", "the"],
    &["portions", "of"],
    &["portion", "of"],
    &["times", "the"],
    &["times"],
    &["x"],
];
/// What may stand right before a number that names a dish.
const BEFORE: &[&str] = &[
    "and", "a", "an", "the", "also", "plus", "get", "have", "take", "want", "like", "me", "please",
    "then", "do", "add", "another", "with", "or", "yes", "yeah", "okay", "ok", "hi", "hello",
    "just", "order", "we", "us",
];
/// What may stand right behind one.
const BEHIND: &[&str] = &[
    "and", "please", "with", "without", "no", "extra", "light", "large", "small", "medium",
    "thanks", "thank", "also", "plus", "then", "but", "or", "for", "to", "thats", "on", "instead",
    "as", "is", "cut", "well", "not", "one", "two", "three", "four", "five", "a", "an", "the",
    "number", "off",
];
/// Who says one of these changes a count.
const COUNTING: &[&str] = &[
    "make it",
    "make that",
    "make them",
    "make those",
    "of them",
    "of those",
    "of these",
    "actually",
    "i meant",
    "i said",
    "instead of",
    "change",
    "only",
];

/// The words with every number that names a dish as the dish's other name; `None` where there is none. `bare`: may a number
/// that nothing marks as one name a dish (no question is open that a number answers)?
pub(super) fn named(
    words: &str,
    restaurant: &Restaurant,
    menu: &CompiledMenu,
    bare: bool,
) -> Option<String> {
    let reader = Reader::new(words, restaurant, menu, bare)?;
    reader.read()
}

struct Reader<'a> {
    /// Numbers of dishes in small letters, and what names them.
    dishes: HashMap<String, &'a str>,
    words: Vec<RawWord>,
    tokens: Vec<Token>,
    bare: bool,
}

/// A dish at a place of the words.
struct Found<'a> {
    name: &'a str,
    words: usize,
    /// "number 82", "the 82", "82s": nothing else is meant.
    marked: bool,
}

impl<'a> Reader<'a> {
    fn new(
        words: &str,
        restaurant: &Restaurant,
        menu: &'a CompiledMenu,
        bare: bool,
    ) -> Option<Self> {
        let written = restaurant.menu.items.iter();
        let read = menu.restaurant.menu.items.iter();
        let mut dishes: HashMap<String, &'a str> = HashMap::new();
        for (written, read) in written.zip(read) {
            let number = written.details.as_ref().and_then(|d| d.number.as_deref());
            let Some(number) = number else { continue };
            let alias = format!("number {number}");
            let at = written.aliases.iter().position(|known| *known == alias);
            // The names of the menu are read as the caller's words are, in the same order.
            if let Some(name) = at.and_then(|at| read.aliases.get(at)) {
                let parts = tokens(number).into_iter().map(|token| token.text);
                dishes.insert(parts.collect(), name.as_str());
            }
        }
        if dishes.is_empty() {
            return None;
        }
        let words = raw_words(Language::English, words);
        let tokens = words.iter().map(|word| Token {
            text: word.folded.clone(),
            after_break: word.after_break,
        });
        Some(Self {
            dishes,
            tokens: tokens.collect(),
            words,
            bare,
        })
    }

    fn read(&self) -> Option<String> {
        let plain: Vec<&str> = self.tokens.iter().map(|t| t.text.as_str()).collect();
        let plain = plain.join(" ");
        let counts = COUNTING.iter().any(|phrase| intent::holds(&plain, phrase))
            || intent::find(&plain, "no") == Some(0);
        let mut out = String::new();
        let mut put = |text: &str, after_break: bool| {
            if !out.is_empty() {
                out.push_str(if after_break { ", " } else { " " });
            }
            out.push_str(text);
        };
        let mut any = false;
        let mut at = 0;
        while at < self.words.len() {
            let breaks = self.words[at].after_break;
            if let Some((quantity, name, count)) = self.counted(at) {
                put(&format!("{quantity} {name}"), breaks);
                (any, at) = (true, at + count);
                continue;
            }
            let alone = |found: &Found<'_>| {
                found.marked || self.bare && !counts && self.stands_alone(at, found.words)
            };
            match self.dish(at).filter(alone) {
                Some(found) => {
                    put(found.name, breaks);
                    (any, at) = (true, at + found.words);
                }
                None => {
                    put(&self.words[at].original, breaks);
                    at += 1;
                }
            }
        }
        any.then_some(out)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// A dish that begins at a word: "number 82", "the 82s", "82".
    fn dish(&self, at: usize) -> Option<Found<'a>> {
        let sign = SIGNS.contains(&self.word(at));
        let (name, count, many) = self.code(at + usize::from(sign))?;
        let the = at > 0 && self.word(at - 1) == "the" && !self.words[at].after_break;
        let ends = self.ends(at + usize::from(sign) + count);
        Some(Found {
            name,
            words: usize::from(sign) + count,
            marked: sign || (many || the && self.bare) && ends,
        })
    }

    /// "two 14s", "two of the 14s": the quantity, the dish, and the words of both.
    fn counted(&self, at: usize) -> Option<(u32, &'a str, usize)> {
        let quantity = number_at(&self.tokens, at)?;
        let next = at + quantity.words;
        let unbroken = |from: usize, to: usize| (from..to).all(|at| !self.words[at].after_break);
        let of = OF.iter().find(|of| {
            of.iter()
                .enumerate()
                .all(|(i, word)| self.word(next + i) == *word)
        });
        let from = next + of.map_or(0, |of| of.len());
        let found = self.dish(from)?;
        let to = from + found.words;
        let ends = self.ends(to) && unbroken((at + 1).min(to), to);
        // "Two eighty-two" may be 282; so may "5 14" be two dishes.
        let one_number = self.code(at).is_some_and(|(_, count, _)| at + count > next);
        let counts = of.is_some() || found.marked || self.bare && quantity.value <= 12;
        let dish_itself = of.is_none() && !found.marked && self.code(at).is_some();
        (ends && counts && !one_number && !dish_itself && quantity.value > 0).then_some((
            quantity.value,
            found.name,
            to - at,
        ))
    }

    /// The number of a dish at a word, in figures or words, "31 a" included: what names it, how many words it is, and whether it
    /// is a plural.
    fn code(&self, at: usize) -> Option<(&'a str, usize, bool)> {
        let word = self.word(at);
        let known = |text: &str| self.dishes.get(text).copied();
        // "a 4" is A4 where there is no 4.
        let letter = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
        if letter(word)
            && let Some(number) = number_at(&self.tokens, at + 1).filter(|n| n.words > 0)
            && known(&number.value.to_string()).is_none()
            && let Some(name) = known(&format!("{word}{}", number.value))
        {
            return Some((name, 1 + number.words, false));
        }
        let (value, count, many) = self.number(at)?;
        let text = value.to_string();
        let suffix = self.word(at + count);
        if letter(suffix)
            && !self.words[at + count].after_break
            && let Some(name) = known(&format!("{text}{suffix}"))
            && (known(&text).is_none() || suffix != "a")
        {
            return Some((name, count + 1, many));
        }
        // Figures and letters are words of their own: "82s" is "82" and "s".
        let many = many || suffix == "s" && !self.words[at + count].after_break;
        let plural = usize::from(suffix == "s" && many);
        Some((known(&text)?, count + plural, many))
    }

    /// A number in figures or words; "fourteens" is a plural of one.
    fn number(&self, at: usize) -> Option<(u32, usize, bool)> {
        if at >= self.tokens.len() {
            return None;
        }
        let single = number_at(&self.tokens, at).filter(|number| number.words > 0);
        for count in 1..=3 {
            let Some(last) = self.tokens.get(at + count - 1) else {
                break;
            };
            let one = match last.text.strip_suffix("ies") {
                Some(stem) => format!("{stem}y"),
                None => match last
                    .text
                    .strip_suffix("xes")
                    .or(last.text.strip_suffix('s'))
                {
                    Some(stem) if last.text.ends_with("xes") => format!("{stem}x"),
                    Some(stem) if !stem.is_empty() => stem.to_owned(),
                    _ => continue,
                },
            };
            let mut tokens = self.tokens[at..at + count].to_vec();
            tokens[count - 1].text = one;
            if let Some(number) = number_at(&tokens, 0).filter(|n| n.words == count) {
                return Some((number.value, count, true));
            }
        }
        single.map(|number| (number.value, number.words, false))
    }

    /// Does a name end here, so that the number before counts nothing?
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| {
            let counts = self.word(at).bytes().all(|b| b.is_ascii_digit());
            word.after_break || BEHIND.contains(&self.word(at)) || counts
        })
    }

    fn stands_alone(&self, at: usize, count: usize) -> bool {
        let before = at == 0
            || self.words[at].after_break
            || BEFORE.contains(&self.word(at - 1))
            || self.code_ends_at(at);
        before && self.ends(at + count)
    }

    /// Stands the number of another dish right before?
    fn code_ends_at(&self, at: usize) -> bool {
        (1..=3.min(at)).any(|back| {
            let code = self.code(at - back);
            code.is_some_and(|(_, count, _)| count == back)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};
    use std::sync::Arc;

    const MENU: &str = "id: t\nname: T\nphone_number: \"+12125550199\"\nmenu:\n  - {id: a, name: Prawns, number: 82, price: 9}\n  - {id: b, name: Beef, number: 14, price: 8}\n  - {id: c, name: Tofu, number: 31a, price: 7}\n  - {id: d, name: Rolls, number: 5, price: 4}\n  - {id: e, name: Sushi box, number: B7, price: 12}\n";

    fn read_numbers(text: &str, bare: bool) -> String {
        let restaurant = read(MENU.as_bytes(), &Capabilities::embedded())
            .restaurant
            .unwrap();
        let menu = CompiledMenu::new(&restaurant);
        let menu = Arc::new(menu);
        named(text, &restaurant, &menu, bare).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn numbers_that_name_dishes_become_their_names() {
        for (said, read) in [
            ("82", "number 82"),
            ("eighty two please", "number 82 please"),
            ("number 82, two of the 14s", "number 82, 2 number 14"),
            ("two 14s and a 5", "2 number 14 and a number 5"),
            ("two fourteens", "2 number 14"),
            (
                "can I get the 5 and the 82",
                "can I get the number 5 and the number 82",
            ),
            ("82, 14, 5", "number 82, number 14, number 5"),
            ("31a without onions", "number 31a without onions"),
            ("thirty one a please", "number 31a please"),
            ("two of number fourteen", "2 number 14"),
            ("three orders of 5", "3 number 5"),
            ("a B7 and a b 7", "a number B7 and a number B7"),
            ("one 14 and one 5", "1 number 14 and 1 number 5"),
            ("82 no onions", "number 82 no onions"),
        ] {
            assert_eq!(read_numbers(said, true), read, "{said}");
        }
    }

    #[test]
    fn a_number_that_counts_something_stays_one() {
        for said in [
            "5 beef",
            "fourteen prawns",
            "make it 5",
            "five of them",
            "no, 5",
            "six",
            "82 dollars",
            "at 5",
            "five pieces",
        ] {
            assert_eq!(read_numbers(said, true), said, "{said}");
        }
        for said in ["5", "82", "the 82"] {
            assert_eq!(read_numbers(said, false), said, "{said}");
        }
        assert_eq!(read_numbers("number 5", false), "number 5");
    }
}
