//! How many: "double the fries", "no, five of those", "twelve wings" where wings come by twelve.

use super::intent::{find, holds};
use super::lexicon::{Tag, Tagged, is_word};
use super::question::Question;
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{AmbiguousKind, HeardLine, Reply, Understood};
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
/// "One more thing" counts no food.
pub(super) const NO_FOOD: &[&str] = &[
    "thing",
    "things",
    "question",
    "questions",
    "minute",
    "minutes",
    "second",
    "seconds",
    "moment",
    "time",
    "day",
    "word",
    "try",
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
    /// "Just one pickle" after two: as many as are left of what is ordered.
    pub(super) fn takes_fewer(&self, text: &str) -> bool {
        let only = ["just ", "only "].iter().any(|only| text.starts_with(only));
        let heard = match only {
            true => self.menu.understand(text, &[]),
            false => return false,
        };
        let fewer = |line: &HeardLine| {
            let held = self.cart.lines().iter().filter(|l| l.item() == line.item);
            line.counted && held.map(CartLine::quantity).max() > Some(line.quantity)
        };
        !heard.lines.is_empty() && heard.lines.iter().all(fewer)
    }

    /// "Four frappes in all", "I need it to be three", of what is in the order: its count, and no more of it.
    pub(super) fn counts_anew(&self, text: &str) -> bool {
        let held = |line: &HeardLine| {
            let mut lines = self.cart.lines().iter();
            line.counted && lines.any(|held| held.item() == line.item)
        };
        let heard = match Tagged::of(text).has(Tag::InAll) {
            true => self.menu.understand(text, &[]),
            false => return false,
        };
        !heard.lines.is_empty() && heard.lines.iter().all(held)
    }

    /// One more of what was ordered last.
    pub(super) fn same_again(&mut self) -> Reply {
        let mut speech = Speech::default();
        let id = self.focus.filter(|&id| self.cart.line(id).is_some());
        let id = id.or_else(|| self.cart.lines().last().map(CartLine::id));
        if let Some(line) = id.and_then(|id| self.cart.line(id)) {
            let (id, more) = (line.id(), line.quantity() + 1);
            self.set_quantity(&mut speech, id, more);
            self.acknowledge(&mut speech, id);
        }
        self.go_on(speech)
    }

    /// Changes how many; says why not.
    pub(super) fn set_quantity(&mut self, speech: &mut Speech, id: LineId, quantity: u32) {
        let error = self.cart.set_quantity(id, quantity).err();
        self.note(speech, error);
    }

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

    /// "two more lemonades", "one less coke", "add one": more or fewer of what is in the order, made the same.
    pub(super) fn more_or_fewer(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let words: Vec<&str> = rest.split(' ').collect();
        if words.iter().any(|word| NO_FOOD.contains(word)) {
            return None;
        }
        let numbered = |at: usize| single_number(words.get(at)?).filter(|&n| n > 0);
        let (from, number, more) = words
            .iter()
            .enumerate()
            .find_map(|(at, word)| match *word {
                "more" | "less" | "fewer" => {
                    let before = at.checked_sub(1)?;
                    Some((before, numbered(before)?, *word == "more"))
                }
                // "Another souvlaki", with one in the order and nothing said that would set it apart.
                "another" => Some((at, 1, true)),
                "add" if words.get(at + 2).is_none_or(|next| *next == "please") => {
                    Some((at, numbered(at + 1)?, true))
                }
                _ => None,
            })?;
        let counted = if words[from] == "another" { 1 } else { 2 };
        let others = [&words[..from], &words[from + counted..]]
            .concat()
            .join(" ");
        let id = self.one_meant(&others)?;
        let held = self.cart.line(id)?.quantity();
        if more {
            self.set_quantity(speech, id, held.saturating_add(number));
            self.acknowledge(speech, id);
        } else if number < held {
            self.set_quantity(speech, id, held - number);
            self.acknowledge(speech, id);
        } else {
            self.remove_line(speech, id);
        }
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// The one line that words mean: the only one of the item they name, or, when they name nothing, the one talked about.
    fn one_meant(&self, words: &str) -> Option<LineId> {
        let heard = self.menu.understand(words, &[]);
        if !heard.unmatched.is_empty() || !heard.loose.is_empty() {
            return None;
        }
        let items = match (heard.lines.as_slice(), heard.ambiguous.as_slice()) {
            ([], []) => return self.line_in_focus().map(CartLine::id),
            ([line], []) if !line.implied && line.picked.is_empty() => vec![line.item],
            ([], [word]) => match &word.meant {
                AmbiguousKind::Items { items, choices, .. } if choices.is_empty() => items.clone(),
                _ => return None,
            },
            _ => return None,
        };
        self.only_line_of(&items)
    }

    /// The line of one of these items, if the order holds just one.
    pub(super) fn only_line_of(&self, items: &[usize]) -> Option<LineId> {
        let of_them = |line: &&CartLine| items.contains(&line.item());
        let mut lines = self.cart.lines().iter().filter(of_them);
        let only = lines.next()?.id();
        lines.next().is_none().then_some(only)
    }

    /// "No, three pitas, two wheat and one white": all that is ordered of a dish, said anew. What is not said again stays as it was.
    pub(super) fn restated(
        &mut self,
        speech: &mut Speech,
        heard: &Understood,
    ) -> Option<Vec<LineId>> {
        let item = heard.lines.first()?.item;
        let anew =
            |line: &HeardLine| line.item == item && line.known.is_none() && line.doubt == 0.0;
        let parts = heard.lines.len() > 1 && heard.lines.iter().all(anew);
        if !parts || !heard.ambiguous.is_empty() {
            return None;
        }
        let held: Vec<CartLine> = self
            .cart
            .lines()
            .iter()
            .filter(|line| line.item() == item)
            .cloned()
            .collect();
        if held.is_empty() {
            return None;
        }
        for line in &held {
            self.cart.remove(line.id()).ok()?;
        }
        let options = &self.menu.restaurant.menu.items[item].options;
        let mut lines = Vec::new();
        for told in &heard.lines {
            let alike = |old: &&CartLine| {
                told.picked
                    .iter()
                    .filter(|pick| old.picked().contains(pick))
                    .count()
            };
            let old = held.iter().max_by_key(alike);
            let kept = old.into_iter().flat_map(|old| old.picked().iter().copied());
            let unsaid = |pick: &Picked| {
                let said = told.picked.iter().any(|p| p.option == pick.option);
                !said && options[pick.option].max == Some(1)
            };
            let mut picked: Vec<Picked> = kept.filter(unsaid).collect();
            picked.extend(&told.picked);
            let picked = self.allowed(speech, item, &picked);
            match self.cart.add(item, told.quantity, &picked) {
                Ok(id) => lines.push(id),
                Err(error) => self.note(speech, Some(error)),
            }
        }
        Some(lines)
    }

    /// "one on flour and one on corn" of two tacos just ordered: those two are told apart, and none is added.
    pub(super) fn told_apart(
        &mut self,
        speech: &mut Speech,
        heard: &Understood,
    ) -> Option<Vec<LineId>> {
        let line = self.line_in_focus()?;
        let (id, item, held) = (line.id(), line.item(), line.quantity());
        let of_it = |l: &HeardLine| l.known.is_none() && l.item == item && l.text.is_empty();
        let all = heard
            .lines
            .iter()
            .fold(0_u32, |sum, l| sum.saturating_add(l.quantity));
        let apart = heard.lines.len() > 1 && heard.lines.iter().all(of_it) && all == held;
        if !apart || !heard.ambiguous.is_empty() {
            return None;
        }
        let mut lines = Vec::new();
        for told in &heard.lines {
            let part = self.cart.split(id, told.quantity).ok()?;
            lines.push((part, told));
        }
        let picked = lines.into_iter().map(|(part, told)| {
            let picks = told.picked.iter();
            picks.fold(part, |part, &pick| self.pick(speech, part, pick))
        });
        Some(picked.collect())
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

    /// "wings, buffalo, twelve": the number behind is the portion that was still to be asked for.
    pub(super) fn take_portion(&mut self, heard: &Understood, touched: &[LineId]) {
        let Some((pieces, &id)) = heard.bare_quantity.zip(touched.last()) else {
            return;
        };
        let portion = self
            .cart
            .line(id)
            .and_then(|line| self.portion_of(line.item(), line.picked(), pieces));
        if let Some(pick) = portion {
            // It is one of the choices and nothing else was taken of them: the menu allows it, or it is asked for.
            let _ = self.cart.choose(id, pick);
        }
    }
}

/// "two of those": the number counts what was named before.
pub(super) fn counts_them(text: &str) -> bool {
    const THEM: &[&str] = &["of them", "of those", "of these", "of that", "of each"];
    THEM.iter().any(|of| holds(text, of))
}

/// "Four oxtail stews, my fault, one oxtail stew", whatever stands between: the same dish said twice with nothing that joins the two is
/// counted as it was said last.
pub(super) fn without_what_was_recounted(text: &str, heard: &mut Understood) {
    let joined = |first: &HeardLine, second: &HeardLine| {
        let begin = find(text, &first.text).map(|at| at + first.text.len());
        let end = text.rfind(second.text.as_str());
        let between = begin.zip(end).and_then(|(from, to)| text.get(from..to));
        between.is_none_or(|between| {
            Tagged::of(between).has(Tag::Adds)
                || between.split(' ').any(|word| is_word(word, Tag::Takes))
        })
    };
    let again = |first: &HeardLine, second: &HeardLine| {
        let new = |line: &HeardLine| line.known.is_none() && !line.implied && line.counted;
        let kept = |pick| second.picked.contains(pick);
        new(first)
            && new(second)
            && first.item == second.item
            && first.quantity != second.quantity
            && first.picked.iter().all(kept)
            && !joined(first, second)
    };
    let mut at = 1;
    while at < heard.lines.len() {
        if again(&heard.lines[at - 1], &heard.lines[at]) {
            heard.lines.remove(at - 1);
        } else {
            at += 1;
        }
    }
}
