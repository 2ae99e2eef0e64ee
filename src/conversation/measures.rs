//! "Half a pound of turkey": amounts of what is sold by measure, and of what is sold in portions that are measures ("Half
//! pound", "Pound").

use super::speech::Speech;
use super::waiter::Waiter;
use super::{Reply, Understood, intent};
use crate::order::{LineId, Measure, Picked};
use crate::restaurant::Item;
use crate::words::{single_number, singular};

/// An amount of a unit in a row of words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Amount {
    /// Its first word, and the one behind its last ("of" included).
    from: usize,
    to: usize,
    thousandths: u32,
    /// As callers say it, singular: `pound`.
    unit: String,
}

/// What an amount comes to for the dish it was said of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// The dish is sold by this unit.
    Unit(Measure),
    /// The dish has a choice of this size.
    Choice(Picked),
    /// It has a choice of one unit, and as many of them were said.
    Several(Picked),
    /// It does not come in that amount; it comes in these.
    NotSold(Vec<String>),
}

/// Words for one unit, and what it is written as elsewhere.
const UNITS: &[(&str, &[&str])] = &[
    ("pound", &["pound", "lb", "lbs", "livre", "libra"]),
    ("ounce", &["ounce", "oz"]),
    ("kilo", &["kilo", "kg", "kilogram", "kilogramme"]),
    ("gram", &["gram", "g", "gramme", "gramo"]),
    ("liter", &["liter", "litre", "litro", "l"]),
    ("pint", &["pint", "pt"]),
    ("quart", &["quart"]),
    ("gallon", &["gallon"]),
    ("foot", &["foot", "feet"]),
];

/// The unit a word means, by its first name; a unit of the file's own is called as it is.
fn unit_of(word: &str, own: &[String]) -> Option<String> {
    let one = singular(word);
    let known = UNITS
        .iter()
        .find(|(_, words)| words.contains(&one.as_str()) || words.contains(&word));
    match known {
        Some((name, _)) => Some((*name).to_owned()),
        None => own
            .iter()
            .find(|unit| **unit == one || *unit == word)
            .cloned(),
    }
}

/// Thousandths of one unit that another is: sixteen ounces are a pound, a thousand grams a kilo.
fn converted(thousandths: u32, from: &str, to: &str) -> Option<u32> {
    match (from, to) {
        _ if from == to => Some(thousandths),
        ("ounce", "pound") if thousandths.is_multiple_of(16) => Some(thousandths / 16),
        ("kilo", "gram") => thousandths.checked_mul(1000),
        ("pound", "ounce") => thousandths.checked_mul(16),
        ("gram", "kilo") if thousandths.is_multiple_of(1000) => Some(thousandths / 1000),
        _ => None,
    }
}

/// The first amount of a unit at or behind a word.
fn next_amount(words: &[&str], from: usize, own: &[String]) -> Option<Amount> {
    (from..words.len()).find_map(|at| amount_at(words, at, own))
}

/// Parts of one, as they are said: words and thousandths.
const PARTS: &[(&[&str], u32)] = &[
    (&["three", "quarters", "of", "a"], 750),
    (&["three", "quarters", "of"], 750),
    (&["three", "quarters"], 750),
    (&["three", "quarter"], 750),
    (&["3", "quarters", "of", "a"], 750),
    (&["a", "quarter", "of", "a"], 250),
    (&["one", "quarter", "of", "a"], 250),
    (&["a", "quarter", "of"], 250),
    (&["a", "quarter"], 250),
    (&["one", "quarter"], 250),
    (&["quarter", "of", "a"], 250),
    (&["quarter"], 250),
    (&["a", "half", "of", "a"], 500),
    (&["a", "half", "a"], 500),
    (&["half", "of", "a"], 500),
    (&["one", "half", "of", "a"], 500),
    (&["one", "half"], 500),
    (&["a", "half"], 500),
    (&["half", "a"], 500),
    (&["half"], 500),
    (&["½"], 500),
    (&["¼"], 250),
    (&["¾"], 750),
];
/// What comes on top of a whole number.
const AND_PARTS: &[(&[&str], u32)] = &[
    (&["and", "three", "quarters"], 750),
    (&["and", "three", "quarter"], 750),
    (&["and", "a", "quarter"], 250),
    (&["and", "one", "quarter"], 250),
    (&["and", "a", "half"], 500),
    (&["and", "one", "half"], 500),
    (&["½"], 500),
    (&["¼"], 250),
    (&["¾"], 750),
];

fn begins(words: &[&str], at: usize, with: &[&str]) -> bool {
    words
        .get(at..at + with.len())
        .is_some_and(|there| there == with)
}

fn longest<'a>(
    words: &[&str],
    at: usize,
    table: &'a [(&'a [&'a str], u32)],
) -> Option<(usize, u32)> {
    let fits = table.iter().filter(|(said, _)| begins(words, at, said));
    let best = fits.max_by_key(|(said, _)| said.len())?;
    Some((best.0.len(), best.1))
}

fn amount_at(words: &[&str], at: usize, own: &[String]) -> Option<Amount> {
    let unit = |at: usize| unit_of(words.get(at)?, own);
    let done = |to: usize, thousandths: u32, unit: String| {
        let of = usize::from(words.get(to) == Some(&"of"));
        let to = to + of;
        Some(Amount {
            from: at,
            to,
            thousandths,
            unit,
        })
    };
    if let Some((len, part)) = longest(words, at, PARTS)
        && let Some(unit) = unit(at + len)
    {
        return done(at + len + 1, part, unit);
    }
    let decimal = Measure::parse(words[at]).filter(|_| words[at].contains('.'));
    if let (Some(measure), Some(unit)) = (decimal, unit(at + 1)) {
        return done(at + 2, measure.thousandths(), unit);
    }
    let whole = match words[at] {
        "a" | "an" => Some(1),
        word => single_number(word).filter(|&n| (1..=10_000).contains(&n)),
    }?;
    if let Some((len, part)) = longest(words, at + 1, AND_PARTS)
        && let Some(unit) = unit(at + 1 + len)
    {
        return done(at + 2 + len, whole * 1000 + part, unit);
    }
    let unit = unit(at + 1)?;
    match longest(words, at + 2, AND_PARTS) {
        Some((len, part)) => done(at + 2 + len, whole * 1000 + part, unit),
        None => done(at + 2, whole * 1000, unit),
    }
}

/// The amount a choice is called by ("Half pound", "Pound", "1 lb"), with the unit.
fn choice_amount(name: &str) -> Option<(u32, String)> {
    let plain = intent::plain(name);
    let words: Vec<&str> = plain.split(' ').collect();
    let with_article: Vec<&str> = [&["a"][..], &words].concat();
    let whole = |words: &[&str]| amount_at(words, 0, &[]).filter(|amount| amount.to == words.len());
    let amount = whole(&words).or_else(|| whole(&with_article))?;
    Some((amount.thousandths, amount.unit))
}

impl Waiter {
    /// Units of this menu that are not everybody's.
    fn own_units(&self) -> Vec<String> {
        let units = self.restaurant.menu.items.iter().filter_map(Item::unit);
        let read = units.map(|unit| self.menu.read(&unit.name).text().to_lowercase());
        read.collect()
    }

    /// The words with every amount of a dish that has a measure made an article, and what the amounts come to, by dish.
    pub(super) fn split_measures(&self, text: &str) -> (String, Vec<(usize, Measured)>) {
        let own = self.own_units();
        let words: Vec<&str> = text.split(' ').collect();
        let mut left: Vec<&str> = Vec::new();
        let mut measured = Vec::new();
        let mut at = 0;
        while let Some(amount) = next_amount(&words, at, &own) {
            let until = next_amount(&words, amount.to, &own).map_or(words.len(), |next| next.from);
            let behind = words[amount.to..until].join(" ");
            let heard = self.menu.understand(&behind, &[]);
            let named = heard
                .lines
                .iter()
                .find(|line| !line.implied)
                .map(|line| line.item);
            let ambiguous = !heard.ambiguous.is_empty();
            let sold_so = named.is_none_or(|dish| self.measured(dish, &amount).is_none());
            let other = Some(&behind).filter(|_| sold_so && !behind.is_empty());
            if let Some(dish) = other.and_then(|words| self.only_one_sold_by(words, &amount)) {
                left.extend(&words[at..amount.from]);
                left.push("a");
                left.push(self.menu.restaurant.menu.items[dish].name.as_str());
                let thing = behind.split(' ').next().map_or(0, |_| 1);
                at = amount.to + thing;
                if let Some(come_to) = self.measured(dish, &amount) {
                    measured.push((dish, come_to));
                }
                continue;
            }
            let before = || self.dish_named_last(&words[..amount.from].join(" "));
            let dish = named.or_else(|| if ambiguous { None } else { before() });
            let come_to = dish.and_then(|dish| Some((dish, self.measured(dish, &amount)?)));
            left.extend(&words[at..amount.from]);
            match come_to {
                Some((dish, come_to)) => {
                    // An amount behind its dish ("ribs, half a pound") leaves nothing behind.
                    if named.is_some() {
                        left.push(match come_to {
                            Measured::Several(_) => words[amount.from],
                            _ => "a",
                        });
                    }
                    measured.push((dish, come_to));
                }
                None => left.extend(&words[amount.from..amount.to]),
            }
            at = amount.to;
        }
        left.extend(&words[at.min(words.len())..]);
        if measured.is_empty() {
            return (text.to_owned(), measured);
        }
        (left.join(" "), measured)
    }

    /// "Half a pound of ribs", where there is a rib plate too: the only dish called by the first of these words that is sold by such
    /// a unit.
    fn only_one_sold_by(&self, behind: &str, amount: &Amount) -> Option<usize> {
        let thing = behind.split(' ').next()?;
        let items = &self.menu.restaurant.menu.items;
        let called = |at: &usize| {
            let name = intent::plain(&items[*at].name);
            items[*at].unit().is_some() && name.split(' ').next_back() == Some(thing)
        };
        let mut all = (0..items.len()).filter(called);
        let only = all.next().filter(|_| all.next().is_none())?;
        let fits = matches!(self.measured(only, amount), Some(Measured::Unit(_)));
        fits.then_some(only)
    }

    /// The dish that these words name last.
    pub(super) fn dish_named_last(&self, words: &str) -> Option<usize> {
        let heard = self.menu.understand(words, &[]);
        let mut named = heard.lines.iter().filter(|line| !line.implied);
        named.next_back().map(|line| line.item)
    }

    /// What an amount is of a dish; `None` where the dish knows no measure of this kind.
    fn measured(&self, dish: usize, amount: &Amount) -> Option<Measured> {
        // Choices are called as callers are read: "Demi-livre" is half a pound.
        let item = &self.menu.restaurant.menu.items[dish];
        if let Some(unit) = item.unit() {
            let name = self.menu.read(&unit.name).text().to_lowercase();
            let name = unit_of(&name, std::slice::from_ref(&name))?;
            let thousandths = converted(amount.thousandths, &amount.unit, &name)?;
            return Measure::from_thousandths(thousandths).map(Measured::Unit);
        }
        let option = item.options.iter().enumerate().find_map(|(at, option)| {
            let of = |choice: &crate::restaurant::Choice| choice_amount(&choice.name);
            let amounts: Option<Vec<(u32, String)>> = option.choices.iter().map(of).collect();
            Some((at, amounts?))
        });
        let (at, amounts) = option?;
        let wanted = |(thousandths, unit): &(u32, String)| {
            converted(amount.thousandths, &amount.unit, unit) == Some(*thousandths)
        };
        // "Two pints" of what comes by the half pint and the pint: two, each a pint.
        let whole = |(thousandths, unit): &(u32, String)| {
            *thousandths == 1000
                && amount.thousandths > 1000
                && amount.thousandths.is_multiple_of(1000)
                && *unit == amount.unit
        };
        if let Some(choice) = amounts.iter().position(whole) {
            return Some(Measured::Several(Picked::plain(at, choice)));
        }
        Some(match amounts.iter().position(wanted) {
            Some(choice) => Measured::Choice(Picked::plain(at, choice)),
            None => {
                let choices = self.restaurant.menu.items[dish].options[at].choices.iter();
                Measured::NotSold(choices.map(|choice| choice.name.clone()).collect())
            }
        })
    }

    /// Nothing but an amount, of the dish talked about: the answer to how much, or a correction of it.
    pub(super) fn bare_measure(&mut self, plain: &str) -> Option<Reply> {
        let own = self.own_units();
        let words: Vec<&str> = plain.split(' ').collect();
        let amount = next_amount(&words, 0, &own)?;
        let others = [&words[..amount.from], &words[amount.to..]]
            .concat()
            .join(" ");
        if !self.is_chatter(&others) && !MAKING.contains(&others.trim()) {
            return None;
        }
        let id = self.line_in_focus()?.id();
        let measured = self.measured(self.cart.line(id)?.item(), &amount)?;
        let mut speech = Speech::default();
        self.apply_measure(&mut speech, id, &measured);
        Some(self.go_on(speech))
    }

    /// Makes a line as much as was said, or says what it comes in.
    pub(super) fn apply_measure(&mut self, speech: &mut Speech, id: LineId, measured: &Measured) {
        match measured {
            Measured::Unit(measure) => {
                let error = self.cart.set_measure(id, *measure).err();
                let fine = error.is_none();
                self.note(speech, error);
                if fine {
                    self.acknowledge(speech, id);
                }
            }
            Measured::Choice(pick) | Measured::Several(pick) => {
                let id = self.pick(speech, id, *pick);
                self.acknowledge(speech, id);
            }
            Measured::NotSold(names) => self.say_comes_in(speech, id, names),
        }
    }

    /// "An eight ounce hummus, sorry, sixteen ounce": of more amounts than lines of a dish, those said last are meant.
    pub(super) fn keep_the_last_amounts(&mut self, heard: &Understood) {
        let mut at = 0;
        while let Some((dish, _)) = self.measured.get(at) {
            let of_it = |of: &usize| of == dish;
            let lines = heard.lines.iter().filter(|line| of_it(&line.item)).count();
            let after = self.measured[at..]
                .iter()
                .filter(|(of, _)| of_it(of))
                .count();
            if after > lines.max(1) {
                self.measured.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// The amount that was said of this dish in this turn.
    pub(super) fn measure_for(&mut self, dish: usize) -> Option<Measured> {
        let at = self.measured.iter().position(|(of, _)| *of == dish)?;
        Some(self.measured.remove(at).1)
    }

    /// An amount of a dish of the order, said without ordering another.
    pub(super) fn measure_of_the_order(&mut self, speech: &mut Speech) -> Option<LineId> {
        let (dish, measured) = self.measured.pop()?;
        let mut newest = self.cart.lines().iter().rev();
        let id = newest.find(|line| line.item() == dish)?.id();
        self.apply_measure(speech, id, &measured);
        Some(id)
    }

    fn say_comes_in(&self, speech: &mut Speech, id: LineId, names: &[String]) {
        if let Some(line) = self.cart.line(id) {
            let item = &self.cart.item(line).name;
            speech.say(self.words.comes_in(item, names));
        }
    }
}

/// What may stand around an amount that corrects one.
const MAKING: &[&str] = &[
    "no",
    "make it",
    "make that",
    "no make it",
    "just",
    "no just",
    "actually",
    "only",
    "i said",
    "no i said",
    "i meant",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u32, String, usize)> {
        let words: Vec<&str> = text.split(' ').collect();
        next_amount(&words, 0, &[]).map(|a| (a.thousandths, a.unit, a.to))
    }

    #[test]
    fn amounts_are_read_as_people_say_them() {
        let pound = |thousandths, to| Some((thousandths, "pound".to_owned(), to));
        assert_eq!(read("half a pound of turkey"), pound(500, 4));
        assert_eq!(read("one half pound of ribs"), pound(500, 4));
        assert_eq!(read("three quarters of a pound of ribs"), pound(750, 6));
        assert_eq!(read("a quarter pound of turkey"), pound(250, 4));
        assert_eq!(read("one and a half pounds of ribs"), pound(1500, 6));
        assert_eq!(read("a pound and a half of turkey"), pound(1500, 6));
        assert_eq!(read("two pounds of ribs"), pound(2000, 3));
        assert_eq!(read("1.5 lbs ribs"), pound(1500, 2));
        assert_eq!(read("a pound of ribs"), pound(1000, 3));
        assert_eq!(read("two ribs"), None);
    }

    #[test]
    fn a_choice_may_be_called_by_an_amount() {
        assert_eq!(choice_amount("Half pound"), Some((500, "pound".into())));
        assert_eq!(choice_amount("Pound"), Some((1000, "pound".into())));
        assert_eq!(choice_amount("1 lb"), Some((1000, "pound".into())));
        assert_eq!(choice_amount("Large"), None);
    }

    #[test]
    fn sixteen_ounces_are_a_pound() {
        assert_eq!(converted(8000, "ounce", "pound"), Some(500));
        assert_eq!(converted(250_000, "gram", "kilo"), Some(250));
        assert_eq!(converted(1000, "ounce", "kilo"), None);
    }
}
