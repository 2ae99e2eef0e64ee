//! What the kitchen says while the caller speaks: something has run out, it takes longer, no orders are taken. What can be had
//! changes at once; what is in the order already is told before it is read back, and nothing that has run out is ever placed.
//! The same holds for what a dropped call left: it is offered as far as it can still be had.

use std::sync::Arc;

use super::intent::{self, Intent};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State, describe};
use crate::order::{KeptCart, RanOut};
use crate::restaurant::Restaurant;
use crate::words::{singular, tokens};

/// So many dishes are offered in the place of one.
const OFFERED: usize = 3;
/// Shorter words say little of a dish ("and", "the").
const A_WORD: usize = 4;

impl Waiter {
    /// A call of this caller's dropped: its order is offered with the greeting.
    pub fn offer_again(&mut self, kept: KeptCart) {
        self.kept = Some(Box::new(kept));
    }

    /// What is left when the call drops: what was ordered and not placed, else what was offered and not answered.
    pub fn left_behind(&self) -> Option<KeptCart> {
        let over = matches!(
            self.state,
            State::Confirmed | State::Cancelled | State::Handoff
        );
        if over || self.message().is_some() {
            return None;
        }
        KeptCart::of(&self.cart).or_else(|| self.kept.as_deref().cloned())
    }

    /// Is there something to go on with that can be had?
    pub(super) fn offers_kept(&mut self) -> bool {
        let restaurant = &self.restaurant;
        let had = |kept: &KeptCart| !kept.over(restaurant).0.is_empty();
        let offers = !restaurant.is_paused() && self.kept.as_deref().is_some_and(had);
        if !offers {
            self.kept = None;
        }
        offers
    }

    pub(super) fn offer_kept(&mut self, speech: &mut Speech) {
        if self.kept.is_some() {
            self.question = Question::Resume;
            self.say_kept(speech);
        }
    }

    pub(super) fn say_kept(&self, speech: &mut Speech) {
        let Some(kept) = &self.kept else { return };
        let (cart, _) = kept.over(&self.restaurant);
        let lines = cart.lines().iter();
        let lines: Vec<String> = lines
            .map(|line| describe::line(self.words, &cart, line, false))
            .collect();
        speech.say(self.words.you_had(&self.words.and(&lines)));
        speech.fixed(self.words.go_on_with_it());
    }

    /// A yes goes on with what a dropped call left, a no forgets it; what is ordered instead of an answer is added to it.
    pub(super) fn answer_resume(&mut self, plain: &str, said: Option<Intent>) -> Option<Reply> {
        let kept = self.kept.take()?;
        self.question = Question::Free;
        let mut speech = Speech::default();
        if said == Some(Intent::No) || intent::declines(plain) && !intent::split_done(plain).1 {
            speech.fixed(self.words.okay());
            self.ask(&mut speech);
            return Some(self.finish(speech, Action::Listen));
        }
        if intent::begins_with_no(plain) {
            return None;
        }
        let (cart, gone) = kept.over(&self.restaurant);
        self.cart = cart;
        for name in &gone {
            speech.say(self.words.ran_out(name));
        }
        if said == Some(Intent::Yes) || intent::confirms(plain) && !intent::split_done(plain).1 {
            speech.fixed(self.words.okay());
            return Some(self.go_on(speech));
        }
        let mut reply = match intent::split_done(plain) {
            (rest, true) if self.is_chatter(&rest) => self.wrap_up(Speech::default()),
            _ => self.take(plain),
        };
        let said = speech.reply(Action::Listen).sentences;
        reply.sentences.splice(0..0, said);
        Some(reply)
    }

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
