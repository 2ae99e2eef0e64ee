//! Keeping the built-in waiter ready to go on from wherever the model leaves the conversation.

use super::super::intent::{holds, plain};
use super::super::question::Question;
use super::super::waiter::Waiter;
use super::super::{Sentence, State};

impl Waiter {
    /// A turn begins that somebody else answers.
    pub(super) fn listen_on(&mut self) {
        self.turn = self.turn.saturating_add(1);
        self.before = None;
        if self.state == State::Greeting {
            self.state = State::Ordering;
        }
    }

    /// A turn is over that somebody else answered with `said`: which question is open now?
    ///
    /// The engine's own questions (the read-back, what is missing) stand as they are. Behind a model's words it is the
    /// first thing the order still lacks; a name or pickup, where the model asked for it; else none.
    pub(super) fn keep_up(&mut self, said: &[Sentence], engine_asked: bool) {
        self.last = said.to_vec();
        self.misses = 0;
        if engine_asked || self.question == Question::Confirm {
            return;
        }
        let asked = said
            .iter()
            .rev()
            .find(|sentence| sentence.text.ends_with('?'))
            .map(|sentence| plain(self.menu.read(&sentence.text).text()))
            .unwrap_or_default();
        let ask = self.restaurant.ask;
        self.question = if let Some(question) = self.next_question() {
            question
        } else if ask.name && self.cart.name.is_none() && holds(&asked, "name") {
            Question::Name
        } else if ask.fulfilment
            && self.cart.fulfilment.is_none()
            && ["pickup", "pick up", "delivery"]
                .iter()
                .any(|word| holds(&asked, word))
        {
            Question::Fulfilment
        } else {
            Question::Free
        };
    }

    /// Does the engine answer this turn, whoever takes the order? A person, a cancellation, a repetition, allergens (stated
    /// facts only), and everything once the order is in.
    pub(super) fn answers_itself(&self, words: &str) -> bool {
        use super::super::intent::{Intent, overriding};
        let plain = plain(self.menu.read(words).text());
        let over = matches!(
            self.state,
            State::Confirmed | State::Cancelled | State::Handoff
        );
        let outranks = matches!(
            overriding(&plain),
            Some(Intent::Person | Intent::Cancel | Intent::CancelThat | Intent::SayAgain)
        );
        plain.is_empty()
            || over
            || outranks
            || self.question == Question::CancelSure
            || self.question.is_about_address()
            || self.question == Question::Resume
            || super::super::asks::asks_about_allergens(&plain)
            || self.allergy_in(words).is_some()
    }
}
