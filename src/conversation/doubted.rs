//! The answer to "Did you say three Cokes?": yes and no, alone or with more behind it ("no, two", "no, a Sprite", "yes, and a
//! Sprite"), the count alone, or choices that only make sense of the thing asked about ("well done").

use super::intent::{self, Intent};
use super::lexicon::{Tag, Tagged, is_word};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, HeardLine, Reply};
use crate::order::LineId;
use crate::words::singular;

/// The most words of a count ("two of them please").
const A_COUNT: usize = 4;

impl Waiter {
    /// `None` when the words are about something else.
    pub(super) fn answer_did_you_say(&mut self, plain: &str, asked: &HeardLine) -> Option<Reply> {
        match intent::yes_or_no(plain) {
            Some(Intent::Yes) => {
                let mut speech = Speech::default();
                self.add_line(&mut speech, asked);
                return Some(self.go_on(speech));
            }
            Some(_) => return Some(self.guessed_wrong()),
            None => {}
        }
        let (rest, done) = intent::split_done(plain);
        if self.refuses(plain, asked.item) {
            return Some(if done {
                self.wrap_up(Speech::default())
            } else {
                self.go_on_okay()
            });
        }
        let no = intent::begins_with_no(&rest);
        let yes = !no && intent::begins_with_yes(&rest);
        let said = behind_the_answer(&rest);
        if let Some(quantity) = self.only_a_count(said) {
            let counted = HeardLine {
                quantity,
                counted: true,
                ..asked.clone()
            };
            return Some(self.take_asked(&counted, done));
        }
        let heard = self.menu.understand(said, &[asked.item]);
        let more =
            heard.lines.iter().any(|line| line.known.is_none()) || !heard.ambiguous.is_empty();
        let picked: Vec<_> = heard
            .lines
            .iter()
            .filter(|line| line.known == Some(0))
            .flat_map(|line| line.picked.clone())
            .collect();
        let explained = heard.unmatched.is_empty();
        if !no && !more && explained && (yes || !picked.is_empty()) {
            let mut made = asked.clone();
            made.picked.extend(picked);
            return Some(self.take_asked(&made, done));
        }
        if !yes && !no || yes && !more {
            return None;
        }
        // What was asked about is named again, or was right: it is taken once, as it is said now.
        let again = heard.lines.iter().any(|line| line.item == asked.item);
        self.question = Question::Free;
        if yes && !again {
            let mut speech = Speech::default();
            self.add_line(&mut speech, asked);
            let first = speech.reply(Action::Listen);
            let mut then = self.take(&with_done(said, done));
            then.sentences.splice(0..0, first.sentences);
            return Some(then);
        }
        Some(self.take(&with_done(said, done)))
    }

    /// "No tea", "I don't want tea", asked about an iced tea: a no, said of nothing else.
    pub(super) fn refuses(&self, plain: &str, item: usize) -> bool {
        let said = Tagged::of(plain);
        let answer = |at: &usize| {
            is_word(&said.words()[*at], Tag::Pad) || is_word(&said.words()[*at], Tag::NoWord)
        };
        let first = (0..said.words().len()).take_while(|at| *at == 0 || answer(&(at - 1)));
        let Some(refusal) = first.filter_map(|at| said.at(at, Tag::Refusal)).last() else {
            return intent::declines(plain) && intent::yes_or_no(plain).is_none();
        };
        let name = intent::plain(&self.menu.restaurant.menu.items[item].name);
        let named: Vec<String> = name.split(' ').map(singular).collect();
        let object = said.words()[refusal.to..].iter();
        let mut words = object
            .filter(|word| !is_word(word, Tag::Pad) && !is_word(word, Tag::Courtesy))
            .peekable();
        words.peek().is_some() && words.all(|word| named.contains(&singular(word)))
    }

    /// The answer to "Did you say three Cokes?" of a line that is in the order already.
    pub(super) fn answer_recount(
        &mut self,
        plain: &str,
        line: LineId,
        quantity: u32,
    ) -> Option<Reply> {
        let quantity = match intent::yes_or_no(plain) {
            Some(Intent::Yes) => quantity,
            Some(_) => return Some(self.go_on_okay()),
            None => self.only_a_count(behind_the_answer(plain))?,
        };
        let mut speech = Speech::default();
        self.set_quantity(&mut speech, line, quantity);
        self.acknowledge(&mut speech, line);
        Some(self.go_on(speech))
    }

    fn take_asked(&mut self, line: &HeardLine, done: bool) -> Reply {
        let mut speech = Speech::default();
        self.add_line(&mut speech, line);
        if done {
            self.wrap_up(speech)
        } else {
            self.go_on(speech)
        }
    }

    /// "two", "two of them", "just two please".
    fn only_a_count(&self, said: &str) -> Option<u32> {
        let heard = self.menu.understand(said, &[]);
        let nothing_else = heard.lines.is_empty()
            && heard.unmatched.is_empty()
            && heard.ambiguous.is_empty()
            && heard.loose.is_empty();
        let short = said.split(' ').count() <= A_COUNT;
        heard.bare_quantity.filter(|_| nothing_else && short)
    }
}

/// What is said behind a yes or no.
fn behind_the_answer(plain: &str) -> &str {
    let mut rest = plain;
    while let Some((word, after)) = rest.split_once(' ')
        && is_word(word, Tag::BehindAnswer)
    {
        rest = after;
    }
    rest
}

fn with_done(said: &str, done: bool) -> String {
    if done {
        format!("{said} thats all")
    } else {
        said.to_owned()
    }
}
