//! How finished the words so far sound; asked at every pause, so it is pure and cheap.

use super::intent::{self, holds};
use super::lexicon::{Tag, Tagged, is_word};
use super::question::Question;
use super::waiter::Waiter;
use super::{Completeness, State};
use crate::words::single_number;

/// Are these the last words?
fn ends_with(plain: &str, words: &str) -> bool {
    plain
        .strip_suffix(words)
        .is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

impl Waiter {
    /// How finished the words so far sound, given the open question.
    pub fn completeness(&self, words: &str) -> Completeness {
        let plain = intent::plain(self.menu.read(words).text());
        if self.message.is_some() {
            // Nobody leaves a message in one breath.
            return Completeness::Dangling;
        }
        if plain.is_empty()
            || matches!(
                self.state,
                State::Confirmed | State::Cancelled | State::Handoff
            )
        {
            return Completeness::Open;
        }
        let cut = words.trim_end().ends_with(['-', '–', '…']) || words.trim_end().ends_with("...");
        let thinking = Tagged::of(&plain).ends_in(Tag::Thinking);
        if cut || thinking && intent::yes_or_no(&plain).is_none() {
            return Completeness::Dangling;
        }
        let closed = self.question.is_closed();
        if intent::overriding(&plain).is_some() {
            return Completeness::Order;
        }
        if intent::yes_or_no(&plain).is_some() {
            return match self.question {
                _ if self.question.wants_yes_or_no() => Completeness::Answer,
                // Often a comma follows: "No, that's all."
                Question::Free if plain.starts_with("no") => Completeness::Order,
                _ => Completeness::Open,
            };
        }
        let (rest, done) = intent::split_done(&plain);
        if done && rest.split(' ').count() <= 2 {
            return Completeness::Answer;
        }
        if let Question::Address(_) = self.question {
            // It comes in pieces; whoever says it thinks between them.
            let ends = plain.rsplit(' ').next().unwrap_or_default();
            return match single_number(ends).is_some() || ends.len() == 1 {
                true => Completeness::Dangling,
                false => Completeness::Open,
            };
        }
        if let Question::Name = self.question {
            return if plain.split(' ').any(|w| w.len() == 1) {
                Completeness::Dangling
            } else {
                Completeness::Order
            };
        }
        self.of_items(&plain, closed)
    }

    fn of_items(&self, plain: &str, closed: bool) -> Completeness {
        let last = plain.rsplit(' ').next().unwrap_or_default();
        let (items, _) = self.context();
        let heard = self.menu.understand(plain, &items);
        let number_words = plain
            .split(' ')
            .filter(|w| single_number(w).is_some())
            .count();
        if closed && self.answers(plain) {
            return Completeness::Answer;
        }
        let ordered = !heard.lines.is_empty() || !heard.ambiguous.is_empty();
        let ends_open = heard.bare_quantity.is_some() || !heard.loose.is_empty();
        let implied_last = heard
            .lines
            .last()
            .is_some_and(|line| line.implied && line.picked.len() < 2);
        let corrects = holds(plain, "make that") || holds(plain, "make it");
        // "Three cuisines, please" is a whole sentence about something badly heard.
        let courteous = Tagged::of(plain).ends_in(Tag::CourtesyEnd);
        let badly_heard = heard
            .unmatched
            .last()
            .is_some_and(|words| ends_with(plain, words));
        if (ends_open && !corrects || implied_last) && !courteous && !badly_heard {
            return Completeness::Dangling;
        }
        if closed && last == plain {
            // One word, and no answer: "bowl" heard as "but" rather than a sentence begun.
            return Completeness::Open;
        }
        let names_something = ordered
            && is_word(last, Tag::MayEndName)
            && self.menu.knows(&crate::words::singular(last));
        if is_word(last, Tag::SentenceGoesOn) && !names_something {
            return Completeness::Dangling;
        }
        if number_words >= 2 && !ordered && plain.split(' ').count() == number_words {
            return Completeness::Dangling;
        }
        match (ordered || corrects, heard.unmatched.is_empty()) {
            (true, true) => Completeness::Order,
            (true, false) | (false, _) => Completeness::Open,
        }
    }

    /// Do the words answer the closed question?
    fn answers(&self, plain: &str) -> bool {
        let items = &self.restaurant.menu.items;
        match &self.question {
            Question::Option(missing) => {
                let Some(line) = self.cart.line(missing.line) else {
                    return false;
                };
                let heard = self.menu.understand(plain, &[line.item()]);
                let last_goes_on = plain
                    .rsplit(' ')
                    .next()
                    .is_some_and(|w| matches!(w, "and" | "with" | "a" | "the" | "or"));
                !last_goes_on
                    && heard.lines.iter().any(|l| {
                        l.known.is_some() && l.picked.iter().any(|p| p.option == missing.option)
                    })
            }
            Question::WhichItem { items: which, .. } => {
                let names: Vec<String> = which.iter().map(|&at| items[at].name.clone()).collect();
                self.menu.likest(plain, &names).is_some()
            }
            Question::WhichChoice { line, choices, .. } => {
                let Some(line) = self.cart.line(*line) else {
                    return false;
                };
                let item = self.cart.item(line);
                let names: Vec<String> = choices
                    .iter()
                    .map(|p| super::describe::choice_name(item, p).to_owned())
                    .collect();
                self.menu.likest(plain, &names).is_some()
            }
            Question::Fulfilment => super::answering::fulfilment_in(plain).is_some(),
            _ => false,
        }
    }

    /// "mm-hm" while we speak: an acknowledgement, not a turn. A plain yes counts as one only where no yes or no was
    /// asked for.
    pub fn is_backchannel(&self, words: &str) -> bool {
        let plain = intent::plain(self.menu.read(words).text());
        let count = plain.split(' ').count();
        let all = !plain.is_empty()
            && count <= 3
            && plain.split(' ').all(|word| is_word(word, Tag::Backchannel));
        let asked = self.question.wants_yes_or_no() && intent::yes_or_no(&plain).is_some();
        let murmur = plain.split(' ').all(|w| {
            matches!(
                w,
                "mm" | "hm" | "hmm" | "mhm" | "mmhm" | "uh" | "huh" | "uhhuh" | "ah" | "oh"
            )
        });
        all && (!asked || murmur)
    }
}
