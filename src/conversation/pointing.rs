//! Utterances that point instead of naming: "another one", "the same but small", "one of them without onions", "I'll
//! take it"; and changes of some of a line ("make one of those with pate", "gravy on one of them", "the second one without salt", "one of
//! the milk teas should be a coffee"): which and how many, then what becomes of them, and nothing is changed unless both are found.

use super::HeardLine;
use super::corrections::as_refusal;
use super::counting::NO_FOOD;
use super::intent::{find, holds, plain};
use super::lexicon::{Tag, is_word};
use super::pointed::{DEFINITE, EMPTY, ORDINALS};
use super::speech::Speech;
use super::taking::{ASK_FROM_DOUBT, Taken};
use super::waiter::Waiter;
use crate::order::{CartLine, LineId, Picked};
use crate::restaurant::Amount;
use crate::words::{single_number, singular};

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

/// Words `from..to` that mean `number` of a line that holds more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    from: usize,
    to: usize,
    line: LineId,
    number: u32,
}

/// What becomes of it.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    Choices(Vec<Picked>),
    Item(HeardLine),
}

const THEM: &[&str] = &["them", "those", "these"];
const PLACES: &[&str] = &["on", "off", "for", "from", "in", "to"];
const ONLY: &[&str] = &["just", "only"];
const MAKES: &[&str] = &["make", "do", "change", "switch"];
/// Who says one of these says that a dish becomes another.
const BECOMES: &[&str] = &[
    "should", "make", "change", "swap", "switch", "instead", "turn", "be", "into", "replace",
];

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

    /// Changes some of a line; `None` when the words say no such thing, and then nothing has changed.
    pub(super) fn change_some(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let words: Vec<&str> = rest.split(' ').collect();
        let part = (0..words.len()).find_map(|at| self.part_at(&words, at))?;
        let left = [&words[..part.from], &words[part.to..]].concat().join(" ");
        let change = self.change_in(&left, self.cart.line(part.line)?.item())?;
        let mut cart = self.cart.clone();
        let whole = self.cart.line(part.line)?.quantity() == part.number;
        let mut id = match whole {
            true => part.line,
            false => cart.split(part.line, part.number).ok()?,
        };
        let picks = match change {
            Change::Choices(picks) => picks,
            Change::Item(line) => {
                id = cart.replace(id, line.item).ok()?;
                line.picked
            }
        };
        self.cart = cart;
        let id = picks
            .into_iter()
            .fold(id, |id, pick| self.pick(speech, id, pick));
        self.acknowledge(speech, id);
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// The part of the order that the words from `at` on mean.
    fn part_at(&self, words: &[&str], at: usize) -> Option<Part> {
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        let from = if ONLY.contains(&word(at)) { at + 1 } else { at };
        if let Some(number) = number(word(from))
            && word(from + 1) == "of"
        {
            // "One of the orders of wings": the portion is passed over.
            let portion = is_word(word(from + 3), Tag::PortionNoun) && word(from + 4) == "of";
            let named = || self.longest_named(words, from + 3 + if portion { 2 } else { 0 });
            let named = DEFINITE.contains(&word(from + 2)).then(named).flatten();
            let them = || {
                let line = THEM.contains(&word(from + 2)).then(|| self.several(number));
                Some((from + 3, line.flatten()?))
            };
            let (to, line) = named.or_else(them)?;
            let part = self.part((at, to), line, number);
            return part.or_else(|| self.one_of_lines((at, to), line, number));
        }
        let nth = ORDINALS.contains(&word(at + 1)) || word(at + 1) == "last";
        if word(at) == "the" && nth && word(at + 2) == "one" {
            let reached = ORDINALS.iter().position(|nth| *nth == word(at + 1));
            let least = u32::try_from(reached.unwrap_or(0)).ok()?;
            return self.part((at, at + 3), self.several(least.max(1))?, 1);
        }
        let skipped = usize::from(ONLY.contains(&word(at + 1)));
        let counted = number(word(at + 1 + skipped))?;
        let to = at + 2 + skipped;
        let over = words[to..].iter().all(|word| EMPTY.contains(word));
        let meant = PLACES.contains(&word(at)) && over && at > 0
            || MAKES.contains(&word(at)) && !over && !matches!(word(to), "more" | "of" | "less");
        // The verb that makes stays with what is made.
        let from = at + usize::from(MAKES.contains(&word(at)));
        self.part(
            (from, to),
            self.several(counted).filter(|_| meant)?,
            counted,
        )
    }

    fn part(&self, (from, to): (usize, usize), line: LineId, number: u32) -> Option<Part> {
        let more = self.cart.line(line)?.quantity() > number;
        more.then_some(Part {
            from,
            to,
            line,
            number,
        })
    }

    /// "One of the lattes", of two that stand in lines of their own: the one talked about, else the newest.
    fn one_of_lines(&self, (from, to): (usize, usize), line: LineId, number: u32) -> Option<Part> {
        let item = self.cart.line(line)?.item();
        let alike = |line: &&CartLine| line.item() == item && line.quantity() == number;
        let mut lines = self.cart.lines().iter().filter(alike);
        let focus = self.line_in_focus().filter(alike);
        let newest = lines.next_back()?;
        lines.next()?;
        let line = focus.unwrap_or(newest).id();
        Some(Part {
            from,
            to,
            line,
            number,
        })
    }

    /// The line talked about, else the newest, that holds more than so many.
    fn several(&self, number: u32) -> Option<LineId> {
        let more = |line: &&CartLine| line.quantity() > number;
        let focus = self.line_in_focus().filter(more);
        let line = focus.or_else(|| self.cart.lines().iter().rev().find(more))?;
        Some(line.id())
    }

    /// What the rest of the words makes of an item, if all of them do.
    fn change_in(&self, left: &str, item: usize) -> Option<Change> {
        if left.split(' ').any(|word| number(word).is_some()) {
            return None;
        }
        let made = as_refusal(left).unwrap_or_else(|| left.to_owned());
        let heard = self.menu.understand(&made, &[item]);
        let explained = heard.unmatched.is_empty()
            && heard.ambiguous.is_empty()
            && heard.refused_names.is_empty()
            && heard.refused.is_empty();
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let becomes = BECOMES.iter().any(|word| holds(left, word));
        match line.known {
            _ if !explained || line.doubt >= ASK_FROM_DOUBT => None,
            Some(_) if !line.picked.is_empty() => Some(Change::Choices(line.picked.clone())),
            None if becomes && !line.implied && line.quantity == 1 => {
                Some(Change::Item(line.clone()))
            }
            _ => None,
        }
    }
}

fn number(word: &str) -> Option<u32> {
    single_number(word).filter(|&number| number > 0 && word != "for")
}
