//! The caller's own questions: `questions` has the answers; here they are said, what they were about is remembered, and the open
//! question is asked again.

use jiff::ZonedDateTime;

use super::asks::without_courtesies;
use super::lexicon::{Tag, Tagged};
use super::question::Question;
use super::questions::{self, Answer, Asked, Scene, Subject};
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, HeardLine, Reply, intent};

impl Waiter {
    /// What an answer may be taken from.
    pub(super) fn scene<'a>(&'a self, now: &'a ZonedDateTime) -> Scene<'a> {
        Scene {
            restaurant: &self.restaurant,
            menu: &self.menu,
            cart: &self.cart,
            words: self.words,
            said: &self.said,
            question: &self.question,
            focus: self.focus.and_then(|id| self.cart.line(id)),
            asked_last: self.asked_last(),
            listed: &self.listed,
            now,
        }
    }

    fn asked<'a>(&'a self, plain: &str) -> Asked<'a> {
        // What was really said counts only if these words are it.
        let whole = intent::plain(self.said.text()) == plain;
        let said = if whole {
            self.said.original()
        } else {
            String::new()
        };
        Asked::new(&self.menu, self.words.language(), plain, &said)
    }

    /// Answers a question before the open question takes its words; `None` when the words are none, or ask for something to be
    /// brought.
    pub(super) fn further_inquiry(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        if let Some(reply) = self.repeat_choices(plain) {
            return Some(reply);
        }
        let asked = self.asked(plain);
        if let Some(answer) = questions::answer_first(&self.scene(now), &asked) {
            return Some(self.say_answer(answer));
        }
        let (answer, rest) = questions::beside(&self.scene(now), &asked)?;
        let mut reply = self.take_said(&rest);
        let said = answer.speech.reply(Action::Listen).sentences;
        reply.sentences.splice(0..0, said);
        Some(reply)
    }

    /// Answers any other question; `None` when the words are none.
    pub(super) fn inquiry(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        let answer = questions::answer_last(&self.scene(now), &self.asked(plain))?;
        Some(self.say_answer(answer))
    }

    fn say_answer(&mut self, answer: Answer) -> Reply {
        let mut speech = answer.speech;
        match answer.subject {
            Subject::AsBefore => {}
            Subject::None => self.spoken_of = None,
            Subject::Dish(dish) => self.spoken_of = Some(dish),
        }
        if let Some(listed) = answer.listed {
            self.listed = listed;
        }
        if answer.refused.is_some() {
            self.note(&mut speech, answer.refused);
            return self.go_on(speech);
        }
        if answer.total {
            self.say_total(&mut speech);
        }
        if let Some(item) = answer.offer {
            self.question = Question::Offer { item };
        }
        self.ask_again(&mut speech);
        self.finish(speech, Action::Listen)
    }

    /// "What are my options?": the choices of the open question, all of them.
    fn repeat_choices(&mut self, plain: &str) -> Option<Reply> {
        let asked = Tagged::of(without_courtesies(plain));
        let whole = asked.words().len();
        if asked.at(0, Tag::Ask(super::lexicon::Topic::Choices))?.to != whole {
            return None;
        }
        let mut speech = Speech::default();
        match self.question {
            Question::Option(_) => {
                speech.say(questions::open_choices(&self.scene(self.now.as_ref()?))?)
            }
            Question::WhichItem { .. } | Question::WhichChoice { .. } => {
                self.ask_again(&mut speech)
            }
            _ => return None,
        }
        Some(self.finish(speech, Action::Listen))
    }

    /// The one item words are about.
    pub(super) fn asked_about(&self, plain: &str) -> Option<HeardLine> {
        let lines = self.menu.understand(plain, &[]).lines;
        lines.into_iter().find(|line| !line.implied)
    }
}
