//! What a bad line does to a conversation: a sentence said again, a name that fits nothing, a correction of a line that
//! was heard wrong.

use super::intent::holds;
use super::question::Question;
use super::speech::Speech;
use super::understanding::WantedName;
use super::waiter::Waiter;
use super::{Action, HeardLine, Reply, State, Understood};
use crate::order::{Cart, LineId, Picked};
use crate::words::letters_alike;

/// Two utterances this much alike are the same sentence.
const SAME_SENTENCE: f32 = 0.75;

/// The turn before: what was said, and how everything stood before it.
#[derive(Clone, Debug)]
pub(super) struct TurnBefore {
    turn: u32,
    words: String,
    /// The answer said that something was not understood, or asked whether it was.
    troubled: bool,
    pub(super) cart: Cart,
    question: Question,
    waiting: Vec<Question>,
    focus: Option<LineId>,
}

impl Waiter {
    /// A caller who was not understood says it again. What the first hearing did is undone, or all of it would be
    /// taken twice.
    pub(super) fn undo_if_said_again(&mut self, plain: &str) {
        let long = plain.split(' ').count() >= 3;
        if let Some(before) = self.before.take()
            && before.troubled
            && before.turn + 1 == self.turn
            && long
            && (letters_alike(plain, &before.words) >= SAME_SENTENCE
                || self.asks_again(plain, &before.words))
        {
            self.cart = before.cart;
            self.question = before.question;
            self.waiting = before.waiting;
            self.focus = before.focus;
        }
    }

    /// Does it ask for all that was understood before, and for something else where that was not understood?
    fn asks_again(&self, plain: &str, before: &str) -> bool {
        const MORE: &[&str] = &[
            "and", "also", "another", "more", "plus", "add", "too", "as well",
        ];
        if MORE
            .iter()
            .any(|more| plain.starts_with(more) || *more != "and" && holds(plain, more))
        {
            return false;
        }
        let (now, then) = (
            self.menu.understand(plain, &[]),
            self.menu.understand(before, &[]),
        );
        let same = |a: &HeardLine, b: &HeardLine| {
            (a.item, a.quantity, &a.picked) == (b.item, b.quantity, &b.picked)
        };
        let repeated = then
            .lines
            .iter()
            .all(|line| now.lines.iter().any(|new| same(new, line)));
        !then.lines.is_empty() && now.lines.len() > then.lines.len() && repeated
    }

    /// "No" to "Did you say ...?": the caller is asked for that one thing again. Who says the whole sentence again means
    /// it once.
    pub(super) fn guessed_wrong(&mut self) -> Reply {
        if let Some(before) = &mut self.before
            && before.turn + 1 == self.turn
        {
            before.turn = self.turn;
            before.troubled = true;
        }
        let mut speech = Speech::default();
        let next = self.next_question();
        self.misses = self.misses.saturating_add(1);
        if next.is_none() && self.misses >= 2 {
            speech.fixed(self.words.say_one_thing(self.restaurant.handoff.is_some()));
        } else if next.is_none() {
            speech.fixed(self.words.say_that_one_again());
        } else {
            speech.fixed(self.words.okay());
        }
        self.state = State::Ordering;
        self.question = next.unwrap_or(Question::Free);
        if !matches!(self.question, Question::Free) {
            self.ask(&mut speech);
        }
        self.finish(speech, Action::Listen)
    }

    /// Remembers how things stand before an utterance changes them.
    pub(super) fn snapshot(&self, plain: &str) -> TurnBefore {
        TurnBefore {
            turn: self.turn,
            words: plain.to_owned(),
            troubled: false,
            cart: self.cart.clone(),
            question: self.question.clone(),
            waiting: self.waiting.clone(),
            focus: self.focus,
        }
    }

    /// Keeps it, with whether the answer said that something was amiss.
    pub(super) fn keep_snapshot(&mut self, mut before: TurnBefore) {
        before.troubled = std::mem::take(&mut self.troubled);
        self.before = Some(before);
    }

    /// The line of the order that badly heard words mean: the likest by sound, or the only one.
    pub(super) fn line_by_sound(&self, clause: &str) -> Option<LineId> {
        let mut few: Vec<usize> = self.cart.lines().iter().map(|line| line.item()).collect();
        few.sort_unstable();
        few.dedup();
        let item = self.menu.among_few(clause, &few)?;
        let line = self
            .cart
            .lines()
            .iter()
            .rev()
            .find(|line| line.item() == item);
        line.map(|line| line.id())
    }

    /// "make that three turtles" after churros: a new count for what was just ordered, whatever its name sounded like.
    pub(super) fn recounted(&self, text: &str, heard: &Understood) -> Option<(LineId, u32)> {
        const MAKE: &[&str] = &["make that", "make it", "make them", "make those"];
        if !MAKE.iter().any(|make| super::intent::holds(text, make)) {
            return None;
        }
        let (name, quantity) = match (heard.lines.as_slice(), heard.wanted.as_slice()) {
            ([], [WantedName { text, quantity }]) => (text, (*quantity)?),
            ([line], []) if line.known.is_none() && line.counted && line.doubt > 0.0 => {
                (&line.text, line.quantity)
            }
            _ => return None,
        };
        let focus = self.focus.filter(|&id| self.cart.line(id).is_some());
        Some((self.line_by_sound(name).or(focus)?, quantity))
    }

    /// What was asked for and is not on the menu may be something that is, badly heard: the waiter asks.
    pub(super) fn guess_wanted(&mut self, heard: &Understood) -> Option<String> {
        let guess = heard.wanted.iter().find_map(|wanted| {
            let item = self.menu.item_by_sound(&wanted.text)?;
            Some((wanted, item))
        });
        let (wanted, item) = guess?;
        let picked: Vec<Picked> = heard
            .loose
            .iter()
            .filter_map(|choice| {
                let on_item = |&sense: &usize| self.menu.choices[sense].on_item(item);
                let (option, at) = choice.senses.iter().find_map(on_item)?;
                Some(Picked {
                    option,
                    choice: at,
                    ..choice.picked
                })
            })
            .collect();
        self.waiting.push(Question::DidYouSay(Box::new(HeardLine {
            item,
            quantity: wanted.quantity.unwrap_or(1),
            counted: wanted.quantity.is_some(),
            picked,
            known: None,
            implied: false,
            doubt: 1.0,
            text: wanted.text.clone(),
        })));
        self.troubled = true;
        Some(wanted.text.clone())
    }

    /// The count said with a word that meant several things goes with the thing the caller then names.
    pub(super) fn asked_count(&self, line: &HeardLine) -> Option<u32> {
        match &self.question {
            Question::WhichItem {
                items, quantity, ..
            } if line.quantity == 1 && items.contains(&line.item) => Some(*quantity),
            _ => None,
        }
    }

    /// Something asked for that this menu does not have.
    pub(super) fn say_not_on_menu(
        &mut self,
        speech: &mut Speech,
        heard: &Understood,
        guessed: Option<&str>,
        answered: bool,
    ) {
        let names = heard.wanted.iter().map(|wanted| wanted.text.as_str());
        for text in names
            .filter(|text| text.len() > 3 && Some(*text) != guessed)
            .take(2)
        {
            speech.say(self.words.not_on_menu(&self.said.as_said(text)));
            self.troubled = true;
        }
        if !answered && !heard.wanted.is_empty() {
            let categories = &self.restaurant.menu.categories;
            let offers: Vec<String> = categories.iter().take(5).cloned().collect();
            if !offers.is_empty() {
                speech.say(self.words.near_offers(&offers));
            }
        }
    }
}
