//! What the kitchen says while the caller speaks: something has run out, it takes longer, no orders are taken. What can be had
//! changes at once; what is in the order already is told before it is read back, and nothing that has run out is ever placed.

use std::sync::Arc;

use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State};
use crate::order::RanOut;
use crate::restaurant::Restaurant;
use crate::words::{singular, tokens};

/// So many dishes are offered in the place of one.
const OFFERED: usize = 3;
/// Shorter words say little of a dish ("and", "the").
const A_WORD: usize = 4;

impl Waiter {
    /// From now on `restaurant` says what can be had: the file this call began with, as its kitchen is now.
    pub fn sells_from(&mut self, restaurant: &Arc<Restaurant>) {
        let read = (self.question == Question::Confirm).then(|| self.cart.order_lines());
        self.restaurant = Arc::clone(restaurant);
        self.cart.sells_from(Arc::clone(restaurant));
        if let Some(before) = &mut self.before {
            before.cart.sells_from(Arc::clone(restaurant));
        }
        if read.is_some_and(|read| read != self.cart.order_lines()) {
            self.read_back_void = true;
        }
    }

    /// Was the order that was read back overtaken by what the kitchen says?
    pub(super) fn is_overtaken(&self) -> bool {
        self.read_back_void || self.cart.ran_out().is_some() || self.restaurant.is_paused()
    }

    /// Takes out of the order what has run out, and says so with what is nearest.
    pub(super) fn tell_what_ran_out(&mut self, speech: &mut Speech) {
        let mut told: Vec<String> = Vec::new();
        while let Some(gone) = self.cart.ran_out() {
            let (line, choice) = match gone {
                RanOut::Dish { line } => (line, None),
                RanOut::Choice {
                    line,
                    option,
                    choice,
                } => (line, Some((option, choice))),
            };
            let Some(item) = self.cart.line(line).map(|line| line.item()) else {
                break;
            };
            let dish = &self.restaurant.menu.items[item];
            let name = match choice {
                Some((option, choice)) => dish.options[option].choices[choice].name.clone(),
                None => dish.name.clone(),
            };
            let gone = match choice {
                Some((option, choice)) => self.cart.unchoose(line, option, choice).map(drop),
                None => self.cart.remove(line),
            };
            if gone.is_err() {
                break;
            }
            if self.focus == Some(line) && self.cart.line(line).is_none() {
                self.focus = None;
            }
            if told.contains(&name) {
                continue;
            }
            speech.say(self.words.ran_out(&name));
            let offers = self.nearest(item);
            if choice.is_none() && !offers.is_empty() {
                speech.say(self.words.near_offers(&offers));
            }
            told.push(name);
        }
        if told.is_empty() && self.read_back_void {
            speech.fixed(self.words.changed_meanwhile());
        }
        self.read_back_void = false;
    }

    /// The kitchen takes no orders. What was ordered so far is not placed, and is said not to be.
    pub(super) fn kitchen_paused(&mut self, mut speech: Speech) -> Reply {
        speech.fixed(self.words.kitchen_paused());
        if self.cart.is_empty() {
            self.question = Question::Free;
            return self.finish(speech, Action::Listen);
        }
        speech.fixed(self.words.nothing_was_ordered());
        self.state = State::Incomplete;
        self.finish(speech, Action::Cancel)
    }

    /// How long it takes where the kitchen says that it takes longer than usual.
    pub(super) fn longer_than_usual(&self) -> Option<u32> {
        self.restaurant.pace.as_ref()?.ready_in_minutes
    }

    /// The names of a few dishes that can be had and are most like this one: of its category first, then by the words of their
    /// names.
    pub(super) fn nearest(&self, item: usize) -> Vec<String> {
        let items = &self.restaurant.menu.items;
        let words = |at: usize| -> Vec<String> {
            let words = tokens(&items[at].name).into_iter();
            words
                .map(|word| singular(&word.text))
                .filter(|word| word.chars().count() >= A_WORD)
                .collect()
        };
        let wanted = words(item);
        let category = items[item].category.as_ref();
        let mut like: Vec<(usize, usize)> = (0..items.len())
            .filter(|&at| at != item && items[at].available)
            .map(|at| {
                let same = category.is_some() && items[at].category.as_ref() == category;
                let shared = words(at)
                    .iter()
                    .filter(|word| wanted.contains(word))
                    .count();
                (shared + if same { 100 } else { 0 }, at)
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        like.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        let names = like.into_iter().map(|(_, at)| items[at].name.clone());
        names.take(OFFERED).collect()
    }
}
