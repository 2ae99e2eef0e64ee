//! Which language a restaurant speaks, and what its numbers, money and times sound like in it.

use super::sum::Sum;
use super::{Number, english, french, spanish, tokens};

/// A language the waiter's words exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English as spoken in North America.
    #[default]
    English,
    /// French as spoken in Canada.
    French,
    /// Spanish as spoken in the United States.
    Spanish,
}

impl Language {
    /// From a BCP 47 tag such as `en-US`; `None` when nobody here speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            "es" => Some(Self::Spanish),
            _ => None,
        }
    }

    /// 23 -> "twenty-three", "vingt-trois", "veintitrés".
    pub fn cardinal(self, n: u32) -> String {
        match self {
            Self::English => english::cardinal(n),
            Self::French => french::cardinal(n),
            Self::Spanish => spanish::cardinal(n),
        }
    }

    /// A number before the thing it counts: "one Latte", "une Poutine", "un Taco".
    pub fn counting(self, n: u32, thing: &str) -> String {
        match self {
            Self::English => english::cardinal(n),
            Self::French => french::counting(n, thing),
            Self::Spanish => spanish::counting(n, thing),
        }
    }

    /// The number that begins at a word (words as [`tokens`] gives them); never a bare article.
    pub fn number_at(self, words: &[&str], at: usize) -> Option<Number> {
        match self {
            Self::English => super::number_at(&tokens(&words[at..].join(" ")), 0),
            Self::French => french::number_at(words, at),
            Self::Spanish => spanish::number_at(words, at),
        }
    }

    /// A word (as [`tokens`] gives it) without gender and number, and whether it was a plural. English words stay.
    pub fn plain(self, word: &str) -> (String, bool) {
        match self {
            Self::English => (word.to_owned(), false),
            Self::French => french::plain(word),
            Self::Spanish => spanish::plain(word),
        }
    }

    /// 22 -> "twenty-second".
    pub fn ordinal(self, n: u32) -> String {
        match self {
            Self::English => english::ordinal(n),
            Self::French => french::ordinal(n),
            Self::Spanish => spanish::ordinal(n),
        }
    }

    /// Digit by digit, as telephone numbers are said.
    pub fn digits(self, text: &str) -> String {
        let digits = text.chars().filter_map(|c| c.to_digit(10));
        let said: Vec<String> = digits.map(|digit| self.cardinal(digit)).collect();
        said.join(" ")
    }

    /// Money as it is spoken; `None` for a currency sign nobody here knows.
    pub fn money(self, amount: Sum) -> Option<String> {
        match self {
            Self::English => english::money(amount),
            Self::French => french::money(amount),
            Self::Spanish => spanish::money(amount),
        }
    }

    /// A price as this language writes it: "$23.80" -> "23,80 $" in French. Anything but a price stays as it is.
    pub fn price_display(self, price: &str) -> String {
        match self {
            Self::French => french::price_display(price),
            Self::English | Self::Spanish => price.to_owned(),
        }
    }

    /// A time of day as it is spoken.
    pub fn time(self, hour: u32, minute: u32) -> String {
        match self {
            Self::English => super::spoken_time(hour, minute),
            Self::French => french::time(hour, minute),
            Self::Spanish => spanish::time(hour, minute),
        }
    }

    /// Minutes after midnight as this language writes them: "5:30 PM", "17 h 30".
    pub fn clock_display(self, minute: u16) -> String {
        match self {
            Self::English | Self::Spanish => super::clock_display(minute),
            Self::French => french::clock_display(minute),
        }
    }

    /// The plural of a thing's name.
    pub fn plural(self, name: &str) -> String {
        match self {
            Self::English => super::plural(name),
            Self::French => french::plural(name),
            Self::Spanish => spanish::plural(name),
        }
    }

    /// What a sign or unit is called: "&", "+", "w/", "%", "x" (times), "." (the decimal point), "oz".
    pub fn sign(self, sign: &str) -> Option<&'static str> {
        match self {
            Self::English => english::sign(sign),
            Self::French => french::sign(sign),
            Self::Spanish => spanish::sign(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_language_whatever_the_region() {
        assert_eq!(Language::from_tag("en-US"), Some(Language::English));
        assert_eq!(Language::from_tag("FR_ca"), Some(Language::French));
        assert_eq!(Language::from_tag("es"), Some(Language::Spanish));
        assert_eq!(Language::from_tag("de-DE"), None);
    }
}
