//! A reply while it is put together.

use super::{Action, Reply, Sentence};
use crate::order::LineId;

/// Sentences in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Speech {
    sentences: Vec<Sentence>,
    /// Which sentence says what a line of the order has become.
    about: Vec<(LineId, usize)>,
}

impl Speech {
    /// A sentence about this call.
    pub fn say(&mut self, text: String) {
        self.push(text, false, false);
    }

    /// What a line of the order has become; in one reply only the last such sentence of a line is said.
    pub fn say_of(&mut self, line: LineId, text: String) {
        if let Some(at) = self.about.iter().position(|(other, _)| *other == line) {
            let (_, before) = self.about.remove(at);
            self.sentences.remove(before);
            for (_, sentence) in self.about.iter_mut().filter(|(_, other)| *other > before) {
                *sentence -= 1;
            }
        }
        self.about.push((line, self.sentences.len()));
        self.say(text);
    }

    /// A sentence that is the same in every call to this restaurant.
    pub fn fixed(&mut self, text: String) {
        self.push(text, true, false);
    }

    /// A sentence of the read-back.
    pub fn read_back(&mut self, text: String) {
        self.push(text, false, true);
    }

    fn push(&mut self, text: String, fixed: bool, read_back: bool) {
        if !text.trim().is_empty() {
            self.sentences.push(Sentence {
                text,
                fixed,
                read_back,
            });
        }
    }

    /// Nothing said yet?
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The finished reply.
    pub fn reply(self, action: Action) -> Reply {
        Reply {
            sentences: self.sentences,
            action,
        }
    }
}

/// Sentences of a text, each with its mark.
pub(super) fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive(['.', '!', '?'])
        .map(|s| s.trim().to_owned())
        .fold(Vec::new(), |mut all: Vec<String>, part| {
            match all.last_mut() {
                // "St. Mary's", "No. 5": a short capital word before the dot does not end a sentence.
                Some(last)
                    if last
                        .rsplit(' ')
                        .next()
                        .is_some_and(|w| w.len() <= 4 && w.ends_with('.')) =>
                {
                    last.push(' ');
                    last.push_str(&part);
                }
                _ if part.is_empty() => {}
                _ => all.push(part),
            }
            all
        })
}
