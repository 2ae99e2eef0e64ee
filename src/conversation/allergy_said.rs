//! What a caller says of an allergy: it adds nothing to the order, is repeated and answered from what the file states.

use super::act::Allergy;
use super::asks::{asks_to_bring, is_question};
use super::lexicon::Tagged;
use super::question::Question;
use super::questions;
use super::speech::Speech;
use super::taking::ASK_FROM_DOUBT;
use super::waiter::Waiter;
use super::{Action, Reply, State, intent};
use crate::order::Cart;
use crate::restaurant::Amount;

/// Dishes named in one answer.
const NAMED: usize = 6;
/// Lines of the order whose allergens are said.
const LINES: usize = 3;
/// Dishes asked about that were ordered in the same breath.
const ASKED: usize = 3;

impl Waiter {
    /// "My son is allergic to peanuts": repeated, answered from the file, a person offered. Nothing is added; what was ordered beside it
    /// is asked about, and what was refused beside it goes.
    pub(super) fn allergy_said(&mut self, allergy: &Allergy) -> Reply {
        let mut speech = Speech::default();
        self.turn = self.turn.saturating_add(1);
        self.misses = 0;
        if self.state == State::Greeting {
            self.state = State::Ordering;
        }
        self.say_of_allergy(&mut speech, allergy);
        let asked = self.asked_beside(allergy);
        if let Some(item) = asked {
            self.say_allergens_of(&mut speech, item);
            self.spoken_of = Some(item);
        } else {
            self.say_where_stated(&mut speech, allergy);
        }
        if self.restaurant.handoff.is_some() {
            speech.fixed(self.words.ask_a_person());
        } else {
            speech.fixed(self.words.allergy_ask_the_staff());
        }
        if self.state == State::Confirmed {
            return self.finish(speech, Action::Listen);
        }
        self.take_away_beside(&mut speech, allergy);
        if asked.is_none() {
            self.ask_what_was_ordered_beside(allergy);
        }
        if self.question == Question::Free && !self.waiting.is_empty() {
            return self.go_on(speech);
        }
        self.ask_again(&mut speech);
        self.finish(speech, Action::Listen)
    }

    fn say_of_allergy(&mut self, speech: &mut Speech, allergy: &Allergy) {
        if let Some(diet) = &allergy.diet {
            let read = self.menu.read(diet).text().to_lowercase();
            let asked = format!("anything {}", intent::plain(&read));
            self.say_what_is_called(speech, &asked);
        } else if allergy.foods.is_empty() {
            speech.fixed(self.words.allergy_heard(""));
            // Where the restaurant takes no notes, the caller is told to ask the staff all the same.
            let _ = self.cart.note_order(&self.words.allergy(None));
        } else {
            let foods: Vec<String> = allergy
                .foods
                .iter()
                .map(|food| food.to_lowercase())
                .collect();
            let foods = self.words.and(&foods);
            let _ = self.cart.note_order(&self.words.allergy(Some(&foods)));
            speech.say(self.words.allergy_heard(&foods));
        }
    }

    fn say_what_is_called(&mut self, speech: &mut Speech, asked: &str) {
        let Some(now) = self.now.clone() else {
            return;
        };
        let asked = questions::Asked::new(&self.menu, self.words.language(), asked, "");
        let answer = questions::answer_first(&self.scene(&now), &asked);
        for sentence in answer
            .unwrap_or_default()
            .speech
            .reply(Action::Listen)
            .sentences
        {
            speech.say(sentence.text);
        }
    }

    /// The dish that a question beside the allergy is about.
    fn asked_beside(&self, allergy: &Allergy) -> Option<usize> {
        allergy.rest.iter().find_map(|stretch| {
            let plain = intent::plain(self.menu.read(stretch).text());
            let line = self.asked_about(&plain).filter(|_| is_question(&plain))?;
            Some(line.item)
        })
    }

    /// What the order's dishes state, else which dishes of the menu state it.
    fn say_where_stated(&self, speech: &mut Speech, allergy: &Allergy) {
        let mut ordered: Vec<usize> = self.cart.lines().iter().map(|line| line.item()).collect();
        ordered.sort_unstable();
        ordered.dedup();
        if !ordered.is_empty() {
            for &item in ordered.iter().take(LINES) {
                self.say_allergens_of(speech, item);
            }
            return;
        }
        if allergy.foods.is_empty() && allergy.allergens.is_empty() {
            return;
        }
        let stated = questions::stating(
            &self.restaurant.menu.items,
            self.words.language(),
            &allergy.foods,
            &allergy.allergens,
        );
        let names: Vec<String> = stated
            .iter()
            .map(|&at| self.restaurant.menu.items[at].name.clone())
            .collect();
        let foods: Vec<String> = allergy
            .foods
            .iter()
            .map(|food| food.to_lowercase())
            .collect();
        let what = self.words.and(&foods);
        if names.is_empty() {
            speech.say(self.words.allergy_not_stated());
        } else {
            let named = &names[..names.len().min(NAMED)];
            speech.say(
                self.words
                    .allergy_stated(&what, named, names.len() - named.len()),
            );
        }
    }

    fn say_allergens_of(&self, speech: &mut Speech, item: usize) {
        if let Some(now) = &self.now {
            speech.say(questions::stated(&self.scene(now), item));
        }
    }

    /// "No peanuts on it, I'm allergic": done only if it takes nothing but away.
    fn take_away_beside(&mut self, speech: &mut Speech, allergy: &Allergy) {
        for stretch in &allergy.rest {
            let read = self.menu.read(stretch);
            let plain = intent::plain(read.text());
            if self.cart.is_empty() || is_question(&plain) {
                continue;
            }
            let mut trial = self.clone();
            let taken = trial.take(read.text());
            if trial.cart.lines() != self.cart.lines() && takes_only_away(&self.cart, &trial.cart) {
                let first = taken.sentences.into_iter().next();
                self.cart = trial.cart;
                self.focus = trial.focus;
                if let Some(said) = first {
                    speech.say(said.text);
                }
            }
        }
    }

    /// "Two pad thais, my wife can't have peanuts": asked about, for it is not ordered by that.
    fn ask_what_was_ordered_beside(&mut self, allergy: &Allergy) {
        let mut asked = 0;
        for stretch in &allergy.rest {
            let plain = intent::plain(self.menu.read(stretch).text());
            let heard = self.menu.understand(&plain, &[]);
            let food = Tagged::said(self.words.language(), stretch);
            let named = |text: &str| {
                Tagged::said(self.words.language(), text)
                    .foods(0, usize::MAX)
                    .any(|f| allergy.allergens.contains(&f))
            };
            let orders = asks_to_bring(&plain) || heard.lines.iter().any(|line| line.counted);
            if !orders || is_question(&plain) && !asks_to_bring(&plain) {
                continue;
            }
            let of_it = food
                .foods(0, usize::MAX)
                .any(|food| allergy.allergens.contains(&food));
            for line in heard.lines {
                let name = &self.restaurant.menu.items[line.item].name;
                let sure = !line.implied && line.doubt < ASK_FROM_DOUBT && line.known.is_none();
                if sure && asked < ASKED && !(of_it && named(name) && !line.counted) {
                    self.waiting.push(Question::DidYouSay(Box::new(line)));
                    asked += 1;
                }
            }
        }
    }
}

/// Is an order another with nothing put to it: fewer of a line, or a line with less on it?
fn takes_only_away(before: &Cart, after: &Cart) -> bool {
    let less = |amount: Amount| matches!(amount, Amount::None | Amount::Light);
    after.lines().iter().all(|line| {
        let mut held = before
            .lines()
            .iter()
            .filter(|old| old.item() == line.item());
        held.any(|old| {
            let put_on =
                |pick: &&crate::order::Picked| !old.picked().contains(pick) && !less(pick.amount);
            line.quantity() <= old.quantity() && line.picked().iter().all(|pick| !put_on(&pick))
        })
    })
}
