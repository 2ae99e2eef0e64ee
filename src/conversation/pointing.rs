//! Utterances that point instead of naming: "another one", "the same but small", "I'll take it".

use super::HeardLine;
use super::counting::NO_FOOD;
use super::intent::{find, holds, plain};
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use crate::order::{CartLine, LineId, Picked};
use crate::restaurant::Amount;
use crate::words::singular;

const ONE_MORE: &[&str] = &["another", "one more", "same again"];
const SAME: &[&str] = &["same thing", "same one", "same again", "same"];
/// Words before what is different.
const DIFFERENT: &[&str] = &["but", "only", "except", "with", "without"];
const TAKE_IT: &[&str] = &[
    "take it",
    "have it",
    "get it",
    "take that",
    "have that",
    "get that",
    "take one",
    "have one",
    "get one",
    "give me one",
    "give me that",
    "that one",
    "one of those",
    "one of them",
    "of those",
    "of them",
    "take them",
    "have those",
    "one please",
    "that please",
    "do that",
    "go for it",
    "go with that",
];

const TAKEN: Taken = Taken {
    something: true,
    leftovers: false,
    only_missed: false,
};

/// "the same thing but small": what follows "but".
pub(super) fn difference(plain: &str) -> Option<&str> {
    let after = SAME.iter().find_map(|same| {
        let at = find(plain, same)? + same.len();
        Some(plain[at..].trim())
    })?;
    let at = DIFFERENT
        .iter()
        .filter_map(|word| find(after, word))
        .min()?;
    Some(&after[at..])
}

impl Waiter {
    /// Takes an utterance that points; `None` when it names things itself.
    pub(super) fn point(
        &mut self,
        speech: &mut Speech,
        rest: &str,
        spoken_of: Option<usize>,
    ) -> Option<Taken> {
        self.share_out(speech, rest)
            .or_else(|| self.multiplied(speech, rest))
            .or_else(|| self.other_size(speech, rest))
            .or_else(|| self.more_or_fewer(speech, rest))
            .or_else(|| self.same_but(speech, rest))
            .or_else(|| self.one_more(speech, rest))
            .or_else(|| self.what_was_spoken_of(speech, rest, spoken_of?))
    }

    /// The line talked about last.
    pub(super) fn line_in_focus(&self) -> Option<&CartLine> {
        let focus = self.focus.and_then(|id| self.cart.line(id));
        focus.or(self.cart.lines().last())
    }

    /// "another one, please": one more of what was ordered last.
    fn one_more(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let more = ONE_MORE.iter().any(|more| holds(rest, more));
        let food = !rest.split(' ').any(|word| NO_FOOD.contains(&word));
        if !more || !food || !self.is_chatter(rest) {
            return None;
        }
        let line = self.line_in_focus()?;
        let (id, more) = (line.id(), line.quantity() + 1);
        self.set_quantity(speech, id, more);
        self.acknowledge(speech, id);
        Some(TAKEN)
    }

    /// "the same but small": another of what was ordered last, made differently.
    fn same_but(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let after = difference(rest)?;
        let line = self.line_in_focus()?.clone();
        let picks = self.picks_on(after, line.item())?;
        let mut all = line.picked().to_vec();
        all.extend(picks);
        self.add_line(
            speech,
            &HeardLine {
                item: line.item(),
                quantity: 1,
                counted: true,
                picked: all,
                known: None,
                portions: false,
                implied: false,
                doubt: 0.0,
                text: String::new(),
            },
        );
        Some(TAKEN)
    }

    /// "I'll take it", "a small one then" after a question about something.
    fn what_was_spoken_of(
        &mut self,
        speech: &mut Speech,
        rest: &str,
        item: usize,
    ) -> Option<Taken> {
        let named = self.menu.understand(rest, &[]);
        let takes = TAKE_IT.iter().any(|take| holds(rest, take));
        let several = !named.ambiguous.is_empty() && !takes;
        let names = named.lines.iter().any(|line| !line.implied) || several;
        if names || !named.unmatched.is_empty() && named.loose.is_empty() {
            return None;
        }
        let picked = self.picks_on(rest, item).unwrap_or_default();
        if picked.is_empty() && !takes {
            return None;
        }
        let line = HeardLine {
            item,
            quantity: named.bare_quantity.unwrap_or(1).max(1),
            counted: true,
            picked,
            known: None,
            portions: false,
            implied: false,
            doubt: 0.0,
            text: String::new(),
        };
        self.add_line(speech, &line);
        Some(TAKEN)
    }

    /// "the small one": the newest line that was ordered so.
    pub(super) fn line_having(&self, words: &str) -> Option<LineId> {
        let pointing = ["one", "ones"]
            .iter()
            .any(|one| words.ends_with(&format!(" {one}")));
        let having = |line: &&CartLine| {
            let picks = self.picks_on(words, line.item());
            picks.is_some_and(|picks| picks.iter().all(|pick| line.picked().contains(pick)))
        };
        let mut newest = self.cart.lines().iter().rev().filter(|_| pointing);
        newest.find(having).map(CartLine::id)
    }

    /// The one line of the order that shares a word of its name with these.
    pub(super) fn line_by_word(&self, words: &str) -> Option<LineId> {
        let said: Vec<String> = words
            .split(' ')
            .filter(|word| word.len() > 2)
            .map(singular)
            .collect();
        let shares = |line: &&CartLine| {
            let name = plain(&self.cart.item(line).name);
            name.split(' ')
                .any(|word| word.len() > 2 && said.contains(&singular(word)))
        };
        let mut sharing = self.cart.lines().iter().filter(shares);
        let only = sharing.next().map(CartLine::id)?;
        sharing.next().is_none().then_some(only)
    }

    /// The choices a stretch of words takes on an item, if it takes any.
    pub(super) fn picks_on(&self, words: &str, item: usize) -> Option<Vec<Picked>> {
        let heard = self.menu.understand(words, &[item]);
        let on_it = heard.lines.iter().find(|line| line.known == Some(0))?;
        (!on_it.picked.is_empty()).then(|| on_it.picked.clone())
    }

    /// "no, large fries" at the read-back, heard without its comma: the "no" is no refusal when the order holds the thing
    /// and not so.
    pub(super) fn without_denial(&self, rest: &str) -> Option<String> {
        let said = rest.strip_prefix("no ")?;
        let heard = self.menu.understand(said, &[]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let held = self.cart.lines().iter().find(|l| l.item() == line.item)?;
        let differs = line.picked.iter().any(|pick| !held.picked().contains(pick));
        (!line.implied && differs).then(|| said.to_owned())
    }

    /// "no, large", heard without its comma: one of several that cannot be refused was never taken, so it is meant.
    pub(super) fn without_vain_refusal(&self, rest: &str) -> Option<String> {
        let said = rest.strip_prefix("no ")?;
        let line = self.line_in_focus()?;
        let picks = self.picks_on(said, line.item())?;
        let item = self.cart.item(line);
        let in_vain = |pick: &Picked| {
            let option = &item.options[pick.option];
            option.max == Some(1)
                && option.min > 0
                && pick.amount == Amount::Regular
                && !option.amounts.contains(&Amount::None)
                && !line.taken(pick.option).any(|p| p.choice == pick.choice)
        };
        picks.iter().all(in_vain).then(|| said.to_owned())
    }
}
