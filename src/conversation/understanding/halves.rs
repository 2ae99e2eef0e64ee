//! "A large half pepperoni half mushroom pizza", "large pizza, pepperoni on one half and olives on the other": where the
//! halves of a dish are named around a word that means several dishes, the plain one of them is meant, with something on
//! each half. Such an utterance is written so before it is read. A half that is a dish of its own and no topping ("half
//! Hawaiian") is nothing this menu can say; it is reported as not on the menu and never read as two dishes.

use super::compiled::{CompiledMenu, Meaning};
use super::forms::stems;
use super::weights as w;
use crate::words::{Token, single_number, tokens};

/// An utterance with halves, told in words that the rules read.
#[derive(Debug, PartialEq)]
pub(super) enum Halves {
    Written(String),
    /// What cannot be had, and the utterance without it.
    NotToBeHad {
        rest: String,
        wanted: String,
    },
}

/// Markers before what is on a half, longest first.
const BEFORE: &[&str] = &[
    "half of it",
    "the other half",
    "the first half",
    "the second half",
    "the left half",
    "the right half",
    "one half",
    "other half",
    "the other side",
    "half",
];
/// Markers behind it.
const BEHIND: &[&str] = &[
    "on the other half",
    "on the other side",
    "on the first half",
    "on the second half",
    "on the left half",
    "on the right half",
    "on the left side",
    "on the right side",
    "on half of it",
    "on the left",
    "on the right",
    "on one half",
    "on one side",
    "on the other",
    "on half",
];
/// Words between a marker, a dish and what is on it.
const BETWEEN: &[&str] = &[
    "with", "and", "is", "just", "only", "has", "having", "that", "thats", "be", "should", "some",
    "the", "please", "of",
];
const COUNTS: &[&str] = &["a", "an", "the", "one", "another"];
/// What a plain half is called besides the dish's own name.
const PLAIN: &[&str] = &["plain", "nothing", "cheese", "regular", "plain cheese"];
/// No list of toppings is longer.
const LONGEST: usize = 6;
/// So far before its halves a dish may stand.
const REACH: usize = 9;

/// What is on a half.
enum Side {
    Plain,
    Toppings(String),
    Dish,
}

struct Reader<'a> {
    menu: &'a CompiledMenu,
    words: Vec<Token>,
    /// The items of the lines the caller already has, the one talked about last at the end.
    context: &'a [usize],
}

/// Reads the halves of an utterance; `None` when there are none, or the rules read them as they are.
pub(super) fn read(menu: &CompiledMenu, text: &str, context: &[usize]) -> Option<Halves> {
    let marked = ["half", "side", "on the "]
        .iter()
        .any(|mark| text.contains(mark));
    // "Half ham half olives, mushrooms on the whole thing" is read word by word.
    let over_all = ["whole", "entire"].iter().any(|all| text.contains(all));
    let marked = marked && !over_all;
    let words = if marked { tokens(text) } else { return None };
    let reader = Reader {
        menu,
        words,
        context,
    };
    reader.around().or_else(|| reader.behind())
}

impl Reader<'_> {
    /// "half X half Y", its dish before, behind, or unsaid.
    fn around(&self) -> Option<Halves> {
        let (first, x_from) = (0..self.words.len()).find_map(|at| {
            let len = self.marker(BEFORE, at)?;
            let behind = at > 0 && self.word(at - 1) == "on";
            (!behind).then_some((at, at + len))
        })?;
        let (second, y_from) = (x_from + 1..self.words.len())
            .find_map(|at| Some((at, at + self.marker(BEFORE, at)?)))?;
        if second - x_from > LONGEST {
            return None;
        }
        let before = self.dish_ending_at(first);
        let x = self.stripped(x_from, second);
        let y_from = self.after_between(y_from);
        let longest = self.words.len().min(y_from + LONGEST);
        // The longest stretch that says what is on the second half.
        (y_from + 1..=longest).rev().find_map(|y_to| {
            let behind = match before {
                Some(_) => None,
                None => (y_to..self.words.len().min(y_to + 3))
                    .find(|&at| self.family(at, at + 1).is_some()),
            };
            let between: Vec<&str> = (y_to..behind.unwrap_or(y_to))
                .map(|at| self.word(at))
                .collect();
            if between
                .iter()
                .any(|word| BETWEEN.contains(word) || COUNTS.contains(word))
            {
                return None;
            }
            let y: Vec<&str> = (y_from..y_to).map(|at| self.word(at)).collect();
            let held = match (before, behind) {
                (None, None) => self.held(first, &x, &y),
                _ => None,
            };
            if let Some(item) = held {
                let head = self.head(item, None);
                let sides = (self.side(item, &head, &x)?, self.side(item, &head, &y)?);
                return Some(self.written((item, ""), (first, y_to), &[], sides));
            }
            let family = match (before, behind) {
                (Some((from, to)), _) => self.family(from, to)?,
                (None, Some(at)) => self.family(at, at + 1)?,
                (None, None) => self.unsaid(&x, &y)?,
            };
            let base = self.plain(&family)?;
            let head = self.head(base, before.or(behind.map(|at| (at, at + 1))));
            let sides = (self.side(base, &head, &x)?, self.side(base, &head, &y)?);
            let from = before.map_or(first, |(from, _)| from);
            let to = behind.map_or(y_to, |at| at + 1);
            Some(self.written((base, self.name(base)), (from, to), &between, sides))
        })
    }

    /// "a pizza with X on one half and Y on the other".
    fn behind(&self) -> Option<Halves> {
        let (mark, after) =
            (1..self.words.len()).find_map(|at| Some((at, at + self.marker(BEHIND, at)?)))?;
        let dish = (mark.saturating_sub(REACH)..mark).rev().find(|&at| {
            self.family(at, at + 1)
                .is_some_and(|family| family.len() > 1)
        })?;
        // "Pepperoni pizza, olives on half" names its dish whole.
        let (from, to) = self.dish_ending_at(dish + 1)?;
        if from != dish {
            return None;
        }
        // After a pause another list begins: only that is on the half.
        if (to + 1..mark).any(|at| self.words[at].after_break) {
            return None;
        }
        let base = self.plain(&self.family(from, to)?)?;
        let head = self.head(base, Some((from, to)));
        let x = self.side(base, &head, &self.stripped(to, mark))?;
        let second = (after + 1..self.words.len().min(after + LONGEST + 2))
            .find_map(|at| Some((at, at + self.marker(BEHIND, at)?)));
        let y = second.and_then(|(mark, end)| {
            Some((self.side(base, &head, &self.stripped(after, mark))?, end))
        });
        let (y, end) = y.unwrap_or((Side::Plain, after));
        Some(self.written((base, self.name(base)), (from, end), &[], (x, y)))
    }

    /// The utterance with the plain dish in place of the words from and to.
    fn written(
        &self,
        (base, dish): (usize, &str),
        (from, to): (usize, usize),
        between: &[&str],
        sides: (Side, Side),
    ) -> Halves {
        let (before, rest) = (self.text(0, from), self.text(to, self.words.len()));
        let on = match sides {
            (Side::Dish, _) | (_, Side::Dish) => {
                let mut start = from;
                while start > 0 && self.counts_or_sizes(start - 1, base) {
                    start -= 1;
                }
                return Halves::NotToBeHad {
                    rest: format!("{} {rest}", self.text(0, start)).trim().to_owned(),
                    wanted: self.text(from, to).replace(',', ""),
                };
            }
            (Side::Plain, Side::Plain) => String::new(),
            (Side::Toppings(only), Side::Plain) | (Side::Plain, Side::Toppings(only)) => {
                format!("with {only} on one half")
            }
            (Side::Toppings(x), Side::Toppings(y)) => {
                format!("with {x} on one half and {y} on the other half")
            }
        };
        let between = between.join(" ");
        let words = [&before, &between, dish, &on, &rest];
        let said: Vec<&str> = words
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        Halves::Written(said.join(" "))
    }

    fn counts_or_sizes(&self, at: usize, base: usize) -> bool {
        let word = self.word(at);
        COUNTS.contains(&word)
            || single_number(word).is_some()
            || self.choice(base, &[word]).is_some()
    }

    /// What is on a half, if every word of it is known.
    fn side(&self, base: usize, head: &str, said: &[&str]) -> Option<Side> {
        let said = match said {
            [only @ .., last] if !only.is_empty() && self.same(last, head) => only,
            all => all,
        };
        let named = [said, &[head]].concat().join(" ");
        let written = |name: &str, meant: Meaning| self.menu.written(name).contains(&meant);
        let alone = said.join(" ");
        let called_so = self
            .menu
            .written(&alone)
            .iter()
            .any(|meaning| self.on(base, *meaning));
        let own = written(&named, Meaning::Item(base)) || written(&alone, Meaning::Item(base));
        if !called_so && (own || PLAIN.contains(&alone.as_str())) {
            return Some(Side::Plain);
        }
        if self.toppings(base, said) {
            return Some(Side::Toppings(alone));
        }
        let other = |words: &[&str]| self.item_of(words).is_some_and(|item| item != base);
        let dish = other(said) || other(&[said, &[head]].concat());
        dish.then_some(Side::Dish)
    }

    /// Are the words nothing but toppings of the item?
    fn toppings(&self, base: usize, said: &[&str]) -> bool {
        let joins = |word: &&str| BETWEEN.contains(word);
        if said.first().is_none_or(joins) || said.last().is_none_or(joins) {
            return false;
        }
        let mut at = 0;
        let mut any = false;
        while at < said.len() {
            if matches!(said[at], "and" | "extra" | "light" | "some" | "no" | "with") {
                at += 1;
                continue;
            }
            let len = (1..=3.min(said.len() - at)).rev().find(|len| {
                self.choice(base, &said[at..at + len])
                    .is_some_and(|option| self.several(base, option))
            });
            let Some(len) = len else { return false };
            at += len;
            any = true;
        }
        any
    }

    /// The option of the item that has a choice of this name.
    fn choice(&self, base: usize, said: &[&str]) -> Option<usize> {
        let meanings = self.menu.meanings(&stems(&said.join(" ")).join(" "))?;
        meanings.iter().find_map(|&(meaning, _)| match meaning {
            Meaning::Choice(sense) => self.menu.choices[sense].on_item(base).map(|on| on.0),
            Meaning::Item(_) => None,
        })
    }

    fn on(&self, base: usize, meaning: Meaning) -> bool {
        match meaning {
            Meaning::Choice(sense) => {
                let on = self.menu.choices[sense].on_item(base);
                on.is_some_and(|(option, _)| self.several(base, option))
            }
            Meaning::Item(_) => false,
        }
    }

    fn several(&self, base: usize, option: usize) -> bool {
        self.menu.restaurant.menu.items[base].options[option].takes_several()
    }

    /// The one item that words name, all of its name or nearly.
    fn item_of(&self, said: &[&str]) -> Option<usize> {
        let meanings = self.menu.meanings(&stems(&said.join(" ")).join(" "))?;
        let items: Vec<(usize, f32)> = items(meanings).collect();
        let (item, cost) = *items.first()?;
        let sure = items.get(1).is_none_or(|next| next.1 > cost + w::AMBIGUOUS);
        sure.then_some(item)
    }

    /// What words mean as a dish: the items of about the same cost. Never a word that is a topping before it is a dish.
    fn family(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let meanings = self.menu.meanings(&stems(&self.text(from, to)).join(" "))?;
        let (meaning, best) = meanings.first()?;
        if !matches!(meaning, Meaning::Item(_)) {
            return None;
        }
        let near = items(meanings).filter(|(_, cost)| *cost <= best + 0.3);
        let near: Vec<(usize, f32)> = near.collect();
        let sure = near
            .iter()
            .filter(|(_, cost)| *cost <= best + w::AMBIGUOUS)
            .count()
            == 1;
        let near = near.into_iter().map(|(item, _)| item);
        Some(if sure {
            near.take(1).collect()
        } else {
            near.collect()
        })
    }

    /// The longest name of a dish that ends before a word.
    fn dish_ending_at(&self, end: usize) -> Option<(usize, usize)> {
        let mut to = end;
        while to > 0 && BETWEEN.contains(&self.word(to - 1)) {
            to -= 1;
        }
        let longest = (1..=3.min(to)).rev();
        longest
            .map(|len| (to - len, to))
            .find(|&(from, to)| self.family(from, to).is_some())
    }

    /// The dishes that could be meant where none is said: those that take what is on the halves, or else are a half.
    fn unsaid(&self, x: &[&str], y: &[&str]) -> Option<Vec<usize>> {
        let all = 0..self.menu.restaurant.menu.items.len();
        let toppings = |said: &&[&str]| all.clone().any(|item| self.toppings(item, said));
        if let Some(said) = [x, y].iter().find(|said| toppings(said)) {
            return Some(all.filter(|&item| self.toppings(item, said)).collect());
        }
        let items = &self.menu.restaurant.menu.items;
        let (one, other) = (&items[self.item_of(x)?], &items[self.item_of(y)?]);
        let same = one.category == other.category;
        let topped = |at: usize| {
            items[at]
                .options
                .iter()
                .any(|option| option.takes_several())
        };
        same.then(|| {
            all.filter(|&at| items[at].category == one.category && topped(at))
                .collect()
        })
    }

    /// The newest line of the order that the halves are about, where no dish is said and nothing begins one.
    fn held(&self, first: usize, x: &[&str], y: &[&str]) -> Option<usize> {
        let takes = |item: &&usize| self.toppings(**item, x) || self.toppings(**item, y);
        let item = *self.context.iter().rev().find(takes)?;
        let begun = first > 0 && self.counts_or_sizes(first - 1, item);
        (!begun).then_some(item)
    }

    fn name(&self, item: usize) -> &str {
        &self.menu.restaurant.menu.items[item].name
    }

    /// The plain one of a family, if something can be put on it.
    fn plain(&self, family: &[usize]) -> Option<usize> {
        let base = match family {
            [only] => *only,
            many => self.menu.plain_of(many)?,
        };
        let options = &self.menu.restaurant.menu.items[base].options;
        options
            .iter()
            .any(|option| option.takes_several())
            .then_some(base)
    }

    /// The word that names the dish.
    fn head(&self, base: usize, said: Option<(usize, usize)>) -> String {
        match said {
            Some((_, to)) => self.word(to - 1).to_owned(),
            None => {
                let name = tokens(&self.menu.restaurant.menu.items[base].name);
                name.last()
                    .map_or_else(String::new, |word| word.text.clone())
            }
        }
    }

    fn same(&self, one: &str, other: &str) -> bool {
        stems(one) == stems(other)
    }

    fn marker(&self, markers: &[&str], at: usize) -> Option<usize> {
        markers.iter().find_map(|marker| {
            let mut len = 0;
            for (nth, word) in marker.split(' ').enumerate() {
                if self.words.get(at + nth)?.text != word {
                    return None;
                }
                len = nth + 1;
            }
            Some(len)
        })
    }

    fn after_between(&self, mut at: usize) -> usize {
        while at < self.words.len() && BETWEEN.contains(&self.word(at)) {
            at += 1;
        }
        at
    }

    /// The words from and to without those that only join.
    fn stripped(&self, from: usize, to: usize) -> Vec<&str> {
        let from = self.after_between(from).min(to);
        let mut to = to;
        while to > from && BETWEEN.contains(&self.word(to - 1)) {
            to -= 1;
        }
        (from..to).map(|at| self.word(at)).collect()
    }

    fn word(&self, at: usize) -> &str {
        &self.words[at].text
    }

    fn text(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for (at, word) in self.words[from..to].iter().enumerate() {
            if at > 0 {
                text.push_str(if word.after_break { ", " } else { " " });
            }
            text.push_str(&word.text);
        }
        text
    }
}

fn items(meanings: &[(Meaning, f32)]) -> impl Iterator<Item = (usize, f32)> + '_ {
    meanings
        .iter()
        .filter_map(|&(meaning, cost)| match meaning {
            Meaning::Item(item) => Some((item, cost)),
            Meaning::Choice(_) => None,
        })
}
