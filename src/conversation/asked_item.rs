//! Ordering what was just asked about: "how much is a mushroom taco?" - "give me three".

use super::asks::is_question;
use super::intent::plain;
use super::lexicon::{Tag, is_word};
use super::question::Question;
use super::waiter::Waiter;
use crate::words::single_number;

impl Waiter {
    /// The utterance with the name of the thing asked about put where it only points; `None` when it does not point.
    pub(super) fn naming_what_was_asked(&self, said: &str) -> Option<String> {
        let item = self.asked_last()?;
        let name = plain(&self.menu.restaurant.menu.items[item].name);
        let words: Vec<&str> = said.split(' ').collect();
        if is_question(said) {
            return None;
        }
        let start = words
            .iter()
            .position(|word| !is_word(word, Tag::TakeOpener))?;
        let (before, rest) = words.split_at(start);
        let (count, length) = count_at(rest, before)?;
        let tail = &rest[length..];
        let (pointed, tail) = match tail {
            ["of", pointing, tail @ ..] if is_word(pointing, Tag::PointsAtThings) => (true, tail),
            tail => (count.pointed, tail),
        };
        if !pointed && !self.goes_on_about(item, tail) {
            return None;
        }
        // A bare number may answer the open question; a pronoun or a verb makes it an order.
        let bare = before.is_empty() && tail.is_empty() && !pointed;
        if bare && self.question.is_closed() && !matches!(self.question, Question::Offer { .. }) {
            return None;
        }
        let mut all: Vec<&str> = count.words.split(' ').collect();
        all.push(&name);
        all.extend(tail);
        Some(all.join(" "))
    }

    /// The item of the question before, or of the open offer.
    pub(super) fn asked_last(&self) -> Option<usize> {
        match self.question {
            Question::Offer { item } => Some(item),
            _ => self.spoken_of,
        }
    }

    /// Nothing, a choice of the item or a joining word: the count before it counts the item.
    fn goes_on_about(&self, item: usize, tail: &[&str]) -> bool {
        let Some(first) = tail.first() else {
            return true;
        };
        if is_word(first, Tag::AfterCount) {
            return true;
        }
        let upto = tail.iter().position(|word| *word == "and");
        let phrase = tail[..upto.unwrap_or(tail.len())].join(" ");
        let alone = self.menu.understand(&phrase, &[]);
        let named = alone.lines.iter().any(|line| !line.implied) || !alone.ambiguous.is_empty();
        !named && self.picks_on(&phrase, item).is_some()
    }
}

/// A count or a pronoun that stands for the thing asked about.
struct Count {
    /// What stands before the name then.
    words: String,
    /// It needs nothing behind it to be an order.
    pointed: bool,
}

fn is_count(word: &&str) -> bool {
    single_number(word).is_some_and(|number| number > 0) && *word != "for"
}

/// The count at the beginning of the words, and how many words it takes.
fn count_at(rest: &[&str], before: &[&str]) -> Option<(Count, usize)> {
    let counted = |words: &str, pointed| Count {
        words: words.to_owned(),
        pointed,
    };
    let takes = before.iter().any(|word| is_word(word, Tag::Takes));
    match rest {
        ["a", "couple", ..] => Some((counted("two", false), 2)),
        // "the small one", "a large one"
        ["a" | "the", size, "one", ..] if single_number(size).is_none() => {
            Some((counted(&format!("a {size}"), true), 3))
        }
        ["it" | "that", ..] if takes => Some((counted("one", true), 1)),
        [number, ..] if is_count(number) => Some((counted(number, false), 1)),
        _ => None,
    }
}
