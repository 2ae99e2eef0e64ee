//! The answer to the read-back: yes, no, a change of mind in the middle ("no wait, yes"), and what is wrong without how
//! ("that's right except the soup").

use super::intent::{self, Intent, find};
use super::lexicon::{Tag, is_word};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State};
use crate::order::{CartLine, LineId};

/// Before the one thing that is wrong.
const EXCEPT: &[&str] = &[
    "except for",
    "except that",
    "except",
    "apart from",
    "aside from",
    "other than",
    "everything but",
    "all but",
    "but not",
    "but for",
    "but",
];
/// Behind a thing that is wrong.
const WRONG: &[&str] = &[
    "wrong",
    "not right",
    "isnt right",
    "arent right",
    "incorrect",
    "not correct",
    "not what i ordered",
    "not what i said",
];

impl Waiter {
    /// `None` when the words are a change of their own.
    pub(super) fn answer_confirm(&mut self, plain: &str) -> Option<Reply> {
        let said = intent::yes_or_no(plain)
            .or_else(|| intent::confirms(plain).then_some(Intent::Yes))
            .or_else(|| intent::after_second_thought(plain));
        match said {
            Some(Intent::Yes) if self.is_overtaken() => Some(self.wrap_up(Speech::default())),
            Some(Intent::Yes) if self.total_unheard => {
                let mut speech = Speech::default();
                self.say_total(&mut speech);
                speech.fixed(self.words.is_that_right());
                self.total_unheard = false;
                Some(self.finish(speech, Action::Listen))
            }
            Some(Intent::Yes) => {
                let order = self.cart.to_order(self.sequence)?;
                Some(Speech::default().reply(Action::Place(Box::new(order))))
            }
            Some(_) => Some(self.ask_what_to_change(None)),
            None if intent::not_quite(plain) => Some(self.ask_what_to_change(None)),
            None if self.restaurant.ask.name && find(plain, "name").is_some() => {
                // "The name is Anna."
                let name = super::answering::name_in(plain, false)?;
                self.cart.name = Some(self.name_as_said(&name));
                let mut speech = Speech::default();
                speech.fixed(self.words.okay());
                Some(self.read_back(speech))
            }
            None => {
                let line = self.line_said_wrong(plain)?;
                Some(self.ask_what_to_change(Some(line)))
            }
        }
    }

    /// The answer to "What should I change?", where it is no change yet.
    pub(super) fn answer_change(&mut self, plain: &str) -> Option<Reply> {
        match intent::yes_or_no(plain) {
            Some(_) => Some(self.wrap_up(Speech::default())),
            None => {
                let line = self.only_a_line(plain)?;
                Some(self.ask_what_to_change(Some(line)))
            }
        }
    }

    /// "What should I change?", about the one thing that is wrong if that was said.
    fn ask_what_to_change(&mut self, wrong: Option<LineId>) -> Reply {
        self.question = Question::Change;
        self.state = State::Ordering;
        let mut speech = Speech::default();
        match wrong.and_then(|id| self.cart.line(id)) {
            Some(line) => {
                let name = self.cart.item(line).name.clone();
                self.focus = Some(line.id());
                speech.say(self.words.what_about(&name));
            }
            None => speech.fixed(self.words.what_should_i_change()),
        }
        self.finish(speech, Action::Listen)
    }

    /// A minute before the longest call ends.
    pub fn time_nearly_up(&mut self) -> Reply {
        let mut speech = Speech::default();
        speech.fixed(self.words.time_nearly_up());
        if self.message.is_some() {
            return speech.reply(Action::Listen);
        }
        self.ask_again(&mut speech);
        speech.reply(Action::Listen)
    }

    /// The longest call is over.
    pub fn time_up(&mut self) -> Reply {
        if self.message.is_some() {
            return self.message_silence(3);
        }
        let mut speech = Speech::default();
        if self.state == State::Confirmed {
            speech.fixed(self.words.time_up_after_order());
            return self.finish(speech, Action::Finish);
        }
        speech.fixed(self.words.time_up());
        self.state = State::Incomplete;
        self.finish(speech, Action::Cancel)
    }

    /// The line that is said to be wrong, when nothing is said of how.
    fn line_said_wrong(&self, plain: &str) -> Option<LineId> {
        let except = EXCEPT.iter().find_map(|word| {
            let after = plain[find(plain, word)? + word.len()..].trim();
            self.only_a_line(after)
        });
        except.or_else(|| {
            let at = WRONG.iter().filter_map(|wrong| find(plain, wrong)).min()?;
            let before = plain[..at].trim();
            let named = [" is", " are", " was", " were"]
                .iter()
                .find_map(|verb| before.strip_suffix(verb))
                .unwrap_or(before);
            self.only_a_line(named)
        })
    }

    /// Words that name a line of the order and say nothing else ("the soup").
    fn only_a_line(&self, words: &str) -> Option<LineId> {
        let mut words = words;
        while let Some((first, rest)) = words.split_once(' ')
            && is_word(first, Tag::BeforeName)
        {
            words = rest;
        }
        let definite = ["the ", "my ", "that ", "those "]
            .iter()
            .any(|word| words.starts_with(word));
        let heard = self.menu.understand(words, &[]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let bare = line.picked.is_empty() && !line.implied && heard.unmatched.is_empty();
        let mut newest = self.cart.lines().iter().rev();
        newest
            .find(|held| definite && bare && held.item() == line.item)
            .map(CartLine::id)
    }
}
