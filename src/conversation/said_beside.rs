//! What callers say beside their food: a name, how and when the order is fetched, a number to call, talk. None of it is ever food.

use jiff::ZonedDateTime;

use super::act::{Beside, beside};
use super::callback::number_in;
use super::lexicon::{Tag, is_word};
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State, answering};
use crate::words::single_number;

impl Waiter {
    /// Takes what is said beside the food out of the words.
    pub(super) fn take_beside(&self, plain: &str) -> Beside {
        let is_food = |words: &str| {
            let heard = self.menu.understand(words, &[]);
            heard
                .lines
                .iter()
                .any(|line| !line.implied && line.doubt == 0.0)
                || !heard.ambiguous.is_empty()
        };
        beside(plain, &is_food)
    }

    /// A name or "for pickup" said along the way, where the file wants them.
    pub(super) fn note_in_passing(&mut self, plain: &str) {
        if self.restaurant.ask.fulfilment && self.cart.fulfilment.is_none() {
            self.cart.fulfilment = answering::fulfilment_in(plain);
        }
    }

    /// The rest is taken as ever; a time is answered, for nobody writes it down here.
    pub(super) fn take_with_what_is_beside(&mut self, beside: &Beside) -> Reply {
        if let Some(name) = &beside.name
            && self.restaurant.ask.name
            && self.cart.name.is_none()
        {
            self.cart.name = Some(self.name_as_said(name));
        }
        let mut speech = Speech::default();
        if beside.time.is_some() {
            speech.say(self.words.no_time_promised(self.restaurant.pickup_minutes));
        }
        let comes = |words: &str| {
            // "I'll scoop it up at six".
            let mut all = words.split(' ');
            let first = all.next().is_some_and(|word| is_word(word, Tag::WhoComes));
            first
                && words.split(' ').count() <= 4
                && all.all(|word| !is_word(word, Tag::Takes) && single_number(word).is_none())
        };
        if beside.time.is_some() && comes(&beside.rest)
            || self.is_chatter(&beside.rest)
            || beside.rest.split(' ').all(|word| word.len() < 3)
        {
            if beside.name.is_some() && speech.is_empty() {
                speech.fixed(self.words.okay());
            }
            self.ask_again(&mut speech);
            return self.finish(speech, Action::Listen);
        }
        let mut reply = self.take_said(&beside.rest);
        let said = speech.reply(Action::Listen).sentences;
        reply.sentences.splice(0..0, said);
        reply
    }

    /// Notes a number to call that is said in these words; `None` where none is.
    pub(super) fn number_to_call(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        if matches!(
            self.state,
            State::Handoff | State::Cancelled | State::Confirmed
        ) {
            return None;
        }
        let (rest, number) = number_in(plain)?;
        if self.state == State::Greeting {
            self.state = State::Ordering;
        }
        let mut speech = Speech::default();
        self.note_down(&mut speech, None, &self.words.call_back(&number));
        if !self.orders_something(&rest) {
            self.ask_again(&mut speech);
            return Some(self.finish(speech, Action::Listen));
        }
        let said = speech.reply(Action::Listen).sentences;
        let mut reply = self.hear_read(&rest, now);
        reply.sentences.splice(0..0, said);
        Some(reply)
    }
}
