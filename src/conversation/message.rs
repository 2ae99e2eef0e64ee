//! Taking a message, where nobody can take the call: the caller's words are kept as they were heard, until the caller is done or
//! silent. Nothing is ordered here.

use super::intent::{self, Intent};
use super::question::Question;
use super::speech::{Speech, sentences};
use super::waiter::Waiter;
use super::{Action, Reply, State};

/// Longest message, bytes: some five minutes of speech.
const LONGEST: usize = 4_000;

/// A message while it is being left.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    /// Said before the caller is asked to speak.
    opening: Option<String>,
    /// What the caller said so far, a piece for each turn.
    said: Vec<String>,
}

impl Waiter {
    /// From the greeting on this call is for a message. `opening` says why; `None`: nobody can answer.
    pub fn take_message(&mut self, opening: Option<String>) {
        self.message = Some(Message {
            opening,
            said: Vec::new(),
        });
    }

    /// The message, once there is one.
    pub fn message(&self) -> Option<String> {
        let said = &self.message.as_ref()?.said;
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// Why nobody answers, and the question for a message.
    pub(super) fn ask_for_message(&mut self) -> Option<Reply> {
        let opening = self.message.as_ref()?.opening.clone();
        let opening = opening.unwrap_or_else(|| self.words.nobody_answers());
        let mut speech = Speech::default();
        for sentence in sentences(&opening) {
            speech.fixed(sentence);
        }
        speech.fixed(self.words.leave_a_message());
        Some(self.finish(speech, Action::Listen))
    }

    /// A turn of the caller's.
    pub(super) fn message_heard(&mut self, words: &str) -> Option<Reply> {
        self.message.as_ref()?;
        self.state = State::Ordering;
        self.question = Question::Free;
        let plain = intent::plain(self.menu.read(words).text());
        if plain.is_empty() {
            return Some(self.message_silence(1));
        }
        let (rest, done) = intent::split_done(&plain);
        let leaves = intent::leaves(&plain) || intent::yes_or_no(&plain) == Some(Intent::No);
        let message = self.message.get_or_insert_default();
        let begun = !message.said.is_empty();
        // "No, that's all", "bye": nothing more to keep. In the first words there is no question that they answer.
        let only_done = leaves || done && rest.trim().is_empty();
        if !(only_done && begun) {
            keep(&mut message.said, words);
        }
        if (done || leaves) && begun {
            return Some(self.message_kept());
        }
        let mut speech = Speech::default();
        speech.fixed(self.words.anything_else_to_pass_on());
        Some(self.finish(speech, Action::Listen))
    }

    /// A key: `#` ends the message, digits belong to it (a number to call back).
    pub(super) fn message_key(&mut self, digit: char) -> Option<Reply> {
        let message = self.message.as_mut()?;
        if digit != '#' {
            match message.said.last_mut() {
                Some(last) if last.ends_with(|c: char| c.is_ascii_digit()) => last.push(digit),
                _ => keep(&mut message.said, &digit.to_string()),
            }
            return Some(Speech::default().reply(Action::Listen));
        }
        Some(self.message_silence(3))
    }

    /// The caller says nothing more.
    pub(super) fn message_silence(&mut self, nth: u8) -> Reply {
        if self.message().is_some() {
            return self.message_kept();
        }
        let mut speech = Speech::default();
        if nth >= 3 {
            speech.fixed(self.words.goodbye());
            self.state = State::Incomplete;
            return self.finish(speech, Action::Cancel);
        }
        speech.fixed(self.words.leave_a_message());
        speech.reply(Action::Listen)
    }

    fn message_kept(&mut self) -> Reply {
        self.state = State::Incomplete;
        let mut speech = Speech::default();
        speech.fixed(self.words.message_passed_on());
        self.finish(speech, Action::Finish)
    }
}

fn keep(said: &mut Vec<String>, words: &str) {
    let words = words.trim();
    let held: usize = said.iter().map(|piece| piece.len() + 1).sum();
    let room = LONGEST.saturating_sub(held);
    let words = &words[..words.floor_char_boundary(room)];
    if !words.is_empty() {
        said.push(words.to_owned());
    }
}
