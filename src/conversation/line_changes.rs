//! Changes of what is in the order, whatever verb says them: "slap some ranch on the wings", "the oatmeal should be a bowl", "make one of
//! those with pate", "gravy on one of them", "the second one without salt", "one of the milk teas should be a coffee". First which line, and
//! how many of it, then what becomes of them; nothing is changed unless both are found.

use super::HeardLine;
use super::corrections::{as_refusal, removes};
use super::intent::holds;
use super::lexicon::{Tag, is_word};
use super::pointed::{DEFINITE, EMPTY, ORDINALS};
use super::speech::Speech;
use super::taking::{ASK_FROM_DOUBT, Taken};
use super::understanding::NamedChoice;
use super::waiter::Waiter;
use crate::order::{CartLine, LineId, Picked};
use crate::words::single_number;

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
    /// Changes some of a line; `None` when the words say no such thing, and then nothing has changed.
    pub(super) fn change_some(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let words: Vec<&str> = rest.split(' ').collect();
        let part = (0..words.len()).find_map(|at| self.part_at(&words, at))?;
        let left = [&words[..part.from], &words[part.to..]].concat().join(" ");
        let change = self.change_in(&left, self.cart.line(part.line)?)?;
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
            let noun = from + 3 + if portion { 2 } else { 0 };
            let named = || {
                self.longest_named(words, noun)
                    .or_else(|| self.named_by_choice(words, noun))
            };
            let points = DEFINITE.contains(&word(from + 2)) || THEM.contains(&word(from + 2));
            let named = points.then(named).flatten();
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

    /// "Slap some ranch on the wings", "the oatmeal should be a bowl": what is said of a line of the order, with its name or a word that
    /// points at it taken out, is a change of that line.
    pub(super) fn change_of_a_line(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        if self.cart.is_empty() || removes(rest) {
            return None;
        }
        let words: Vec<&str> = rest.split(' ').collect();
        let (left, named, id) = (0..words.len())
            .rev()
            .find_map(|at| self.said_of_a_line(&words, at))?;
        let Some(picks) = self.picks_meant(&left, self.cart.line(id)?) else {
            let heard = self.menu.understand(&left, &[]);
            let [line] = heard.lines.as_slice() else {
                return None;
            };
            // "Make the sodas two waters instead".
            let becomes = BECOMES.iter().any(|word| holds(&left, word));
            let another = becomes && line.counted && !line.implied && line.doubt < ASK_FROM_DOUBT;
            return another.then(|| self.replace_said(speech, &named, &left));
        };
        let id = picks
            .into_iter()
            .fold(id, |id, pick| self.pick(speech, id, pick));
        self.acknowledge(speech, id);
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// What is said of the line that the words from `at` on name, its name, and the line.
    fn said_of_a_line(&self, words: &[&str], at: usize) -> Option<(String, String, LineId)> {
        if !DEFINITE.contains(&words[at]) {
            return None;
        }
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let (to, id) = self
            .longest_named(words, at + 1)
            .or_else(|| self.named_by_choice(words, at + 1))?;
        let about = PLACES.contains(&before);
        let empty = |word: &&str| EMPTY.contains(word);
        let brings = before == "of" || is_word(before, Tag::Takes);
        if !about && (brings || words[to..].iter().all(empty)) {
            return None;
        }
        let from = if about { at - 1 } else { at };
        let left = [&words[..from], &words[to..]].concat().join(" ");
        Some((left, words[at + 1..to].join(" "), id))
    }

    /// The line that a name of nothing but choices means.
    pub(super) fn line_of_choice(&self, name: &str) -> Option<LineId> {
        let name = name.strip_prefix("the ").unwrap_or(name);
        let words: Vec<&str> = name.split(' ').collect();
        let (to, line) = self.named_by_choice(&words, 0)?;
        (to == words.len()).then_some(line)
    }

    /// "The diet cola", of a soda that is one: the newest line whose choices these are.
    fn named_by_choice(&self, words: &[&str], from: usize) -> Option<(usize, LineId)> {
        const LONGEST: usize = 3;
        let most = words.len().min(from + LONGEST);
        (from + 1..=most).rev().find_map(|to| {
            let named = words[from..to].join(" ");
            let is_so = |line: &&CartLine| {
                let said = self.menu.choices_named(&named, line.item());
                let held = |said: &NamedChoice| {
                    line.taken(said.option)
                        .any(|pick| pick.choice == said.choice)
                };
                said.iter().map(|said| said.to - said.from).sum::<usize>() == to - from
                    && said.iter().all(held)
            };
            let line = self.cart.lines().iter().rev().find(is_so)?;
            Some((to, line.id()))
        })
    }

    /// What words about a line choose on it. Of two choices of which one may be taken, the one that it does not have is meant,
    /// whatever is said of the other ("cornbread instead of biscuit", "I'd sooner have rye than wheat").
    fn picks_meant(&self, left: &str, line: &CartLine) -> Option<Vec<Picked>> {
        let item = line.item();
        let options = &self.menu.restaurant.menu.items[item].options;
        let said = self.menu.choices_named(left, item);
        let only_one = |said: &NamedChoice| options[said.option].max == Some(1);
        if !said.is_empty() && said.iter().all(only_one) {
            let counted = |(at, word): (usize, &str)| {
                single_number(word).is_some_and(|number| number > 1)
                    && !said.iter().any(|said| (said.from..said.to).contains(&at))
            };
            if left.split(' ').enumerate().any(counted) {
                return None;
            }
            // "Change the katsu to a volcano beef curry" names another dish beside its choices.
            let beside = |&(at, _): &(usize, &str)| {
                !said.iter().any(|said| (said.from..said.to).contains(&at))
            };
            let others = left.split(' ').enumerate().filter(beside);
            let others = others.map(|(_, word)| word).collect::<Vec<_>>().join(" ");
            let heard = self.menu.understand(&others, &[]);
            let dish = |line: &HeardLine| !line.implied && line.item != item;
            if heard.lines.iter().any(dish) || !heard.ambiguous.is_empty() {
                return None;
            }
            let mut picks: Vec<Picked> = Vec::new();
            for named in &said {
                let option = &options[named.option];
                let held = line.taken(named.option).map(|pick| pick.choice).next();
                let held = held.or(option.default.first().copied());
                if held == Some(named.choice) {
                    continue;
                }
                let pick = Picked::plain(named.option, named.choice);
                match picks.iter().find(|other| other.option == pick.option) {
                    Some(other) if other.choice != pick.choice => return None,
                    Some(_) => {}
                    None => picks.push(pick),
                }
            }
            return (!picks.is_empty()).then_some(picks);
        }
        if left
            .split(' ')
            .any(|word| number(word).is_some_and(|number| number > 1))
        {
            return None;
        }
        let made = as_refusal(left).unwrap_or_else(|| left.to_owned());
        let heard = self.menu.understand(&made, &[item]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let plain = heard.ambiguous.is_empty()
            && heard.refused_names.is_empty()
            && heard.refused.is_empty();
        let of_it = line.known.is_some() && line.doubt < ASK_FROM_DOUBT;
        (plain && of_it && !line.picked.is_empty()).then(|| line.picked.clone())
    }

    /// What the rest of the words makes of some of a line, if all of them do.
    fn change_in(&self, left: &str, line: &CartLine) -> Option<Change> {
        if let Some(picks) = self.picks_meant(left, line) {
            return Some(Change::Choices(picks));
        }
        if left.split(' ').any(|word| number(word).is_some()) {
            return None;
        }
        let heard = self.menu.understand(left, &[line.item()]);
        let explained = heard.unmatched.is_empty()
            && heard.ambiguous.is_empty()
            && heard.refused_names.is_empty()
            && heard.refused.is_empty();
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let becomes = BECOMES.iter().any(|word| holds(left, word));
        let another = becomes && line.known.is_none() && !line.implied && line.quantity == 1;
        (explained && another && line.doubt < ASK_FROM_DOUBT).then(|| Change::Item(line.clone()))
    }
}

fn number(word: &str) -> Option<u32> {
    single_number(word).filter(|&number| number > 0 && word != "for")
}
