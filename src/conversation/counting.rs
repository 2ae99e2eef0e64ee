//! How many: "double the fries", "no, five of those", "twelve wings" where wings come by twelve.

use super::intent::{find, holds};
use super::question::Question;
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{HeardLine, Understood};
use crate::order::{CartLine, LineId, Picked};
use crate::words::single_number;

/// A number said with no more words than this may be a count of what was ordered last.
const SHORT: usize = 2;
/// Such a number is hardly larger.
const LIKELY_COUNT: u32 = 20;

/// Words that multiply a line.
const TIMES: &[(&str, u32)] = &[
    ("twice as many of", 2),
    ("twice as many", 2),
    ("two times", 2),
    ("three times as many", 3),
    ("three times", 3),
    ("twice", 2),
    ("double up on", 2),
    ("double up", 2),
    ("double", 2),
    ("triple", 3),
];
/// Words that point at what was ordered.
const THAT: &[&str] = &["that", "it", "those", "them", "these", "this"];
const WHOLE: &[&str] = &[
    "the order",
    "the whole order",
    "the whole thing",
    "my order",
    "my whole order",
    "everything",
    "all of it",
    "all of that",
];

impl Waiter {
    /// "make that three": the line talked about last. A bare number says no such thing, so the caller is asked.
    pub(super) fn take_bare_quantity(
        &mut self,
        text: &str,
        heard: &Understood,
        correcting: bool,
    ) -> Option<LineId> {
        let quantity = heard.bare_quantity?;
        let line = self.focus.filter(|&id| self.cart.line(id).is_some())?;
        if correcting || counts_them(text) {
            self.cart.set_quantity(line, quantity).ok()?;
            return Some(line);
        }
        let alone = text.split(' ').count() <= SHORT && heard.unmatched.is_empty();
        if alone && quantity <= LIKELY_COUNT {
            self.waiting.push(Question::Recount { line, quantity });
            self.troubled = true;
        }
        None
    }

    /// "double the fries", "make it double the wings", "triple that": a line is multiplied. "double the cheese" and "a
    /// double espresso" are not that.
    pub(super) fn multiplied(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let (at, len, times) = TIMES
            .iter()
            .find_map(|&(word, times)| Some((find(rest, word)?, word.len(), times)))?;
        let (before, after) = (rest[..at].trim_end(), rest[at + len..].trim_start());
        if before.ends_with(" a") || before == "a" || self.is_called(&rest[at..at + len]) {
            return None;
        }
        let others = format!("{before} {after}");
        let lines: Vec<(LineId, u32)> = if WHOLE.iter().any(|whole| after.starts_with(whole)) {
            let all = self.cart.lines().iter();
            all.map(|line| (line.id(), line.quantity())).collect()
        } else {
            let line = self.cart.line(self.multiplied_line(others.trim())?)?;
            vec![(line.id(), line.quantity())]
        };
        if lines.is_empty() {
            return None;
        }
        for (id, quantity) in lines {
            self.set_quantity(speech, id, quantity.saturating_mul(times));
            self.acknowledge(speech, id);
        }
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// Which line: the one named, or the one talked about when words only point.
    fn multiplied_line(&self, others: &str) -> Option<LineId> {
        let focus = self.line_in_focus()?;
        if self.picks_on(others, focus.item()).is_some() {
            return None;
        }
        let heard = self.menu.understand(others, &[]);
        match heard.lines.as_slice() {
            [] if heard.unmatched.is_empty() && heard.loose.is_empty() => {
                let points = THAT.iter().any(|that| holds(others, that));
                points.then(|| focus.id())
            }
            [named] if !named.implied && named.picked.is_empty() => {
                let mut newest = self.cart.lines().iter().rev();
                newest
                    .find(|line| line.item() == named.item)
                    .map(CartLine::id)
            }
            _ => None,
        }
    }

    /// Does something of the order or of its choices bear this word in its name ("Double" of an espresso)?
    fn is_called(&self, word: &str) -> bool {
        let named = |name: &str| holds(&super::intent::plain(name), word);
        self.cart.lines().iter().any(|line| {
            let item = &self.menu.restaurant.menu.items[line.item()];
            let mut choices = item.options.iter().flat_map(|option| &option.choices);
            named(&item.name) || choices.any(|choice| named(&choice.name))
        })
    }

    /// "no, five with beef": the line that is made so, and its new count.
    pub(super) fn recounted_as_made(&self, text: &str) -> Option<(LineId, u32)> {
        const BETWEEN: &[&str] = &["of", "the", "with", "one", "ones", "just", "only", "please"];
        let words: Vec<&str> = text.split(' ').collect();
        let at = words
            .iter()
            .position(|word| single_number(word).is_some())?;
        let quantity = single_number(words[at]).filter(|&number| number > 0)?;
        let described: Vec<&str> = words[at + 1..]
            .iter()
            .filter(|word| !BETWEEN.contains(word))
            .copied()
            .collect();
        let before_is_empty = self.is_chatter(&words[..at].join(" "));
        if described.is_empty() || !before_is_empty {
            return None;
        }
        let id = self.line_made(&described.join(" "))?;
        Some((id, quantity))
    }

    /// "twelve wings" where they are sold by six, twelve and twenty: one portion of twelve. `None` where the number is no
    /// portion of the item.
    pub(super) fn by_the_piece(&self, line: &HeardLine) -> Option<HeardLine> {
        if !line.counted || line.quantity < 2 {
            return None;
        }
        let item = &self.menu.restaurant.menu.items[line.item];
        let number_of = |name: &str| {
            let name = super::intent::plain(name);
            name.split(' ').next().and_then(single_number)
        };
        let (option, choices) = item.options.iter().enumerate().find_map(|(at, option)| {
            let numbers: Option<Vec<u32>> = option
                .choices
                .iter()
                .map(|choice| number_of(&choice.name))
                .collect();
            let open = option.min > 0 && option.max == Some(1) && option.default.is_empty();
            numbers
                .filter(|numbers| open && numbers.len() > 1)
                .map(|numbers| (at, numbers))
        })?;
        if line.picked.iter().any(|pick| pick.option == option) {
            return None;
        }
        let choice = choices.iter().position(|number| *number == line.quantity)?;
        let mut portion = line.clone();
        portion.quantity = 1;
        portion.picked.push(Picked::plain(option, choice));
        Some(portion)
    }
}

/// "two of those": the number counts what was named before.
pub(super) fn counts_them(text: &str) -> bool {
    const THEM: &[&str] = &["of them", "of those", "of these", "of that", "of each"];
    THEM.iter().any(|of| holds(text, of))
}
