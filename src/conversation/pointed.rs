//! Which line of the order a phrase means: "the one with olives", "the second one", "the other one", "the small latte".
//!
//! The phrase is taken out of the utterance and "that" put in its place, with the line it means in focus: "make the one
//! with olives a large" becomes "make that a large". A phrase that fits no line of the order is left alone, and so is one
//! with nothing else around it: "the large one" may answer, or order.

use super::intent::plain;
use super::lexicon::{Tag, is_word};
use super::question::Question;
use super::waiter::Waiter;
use crate::order::{CartLine, LineId};
use crate::words::{single_number, singular};

/// Words that begin such a phrase.
pub(super) const DEFINITE: &[&str] = &["the", "my", "that", "this", "those", "these"];
/// "the one ...": what follows describes it.
const WITH: &[&str] = &["with", "without", "having", "thats", "that"];
/// No description holds one of these: what stands before it is something else.
const PARTING: &[&str] = &[
    "on", "off", "from", "to", "for", "in", "of", "and", "with", "without", "the", "my", "a", "an",
    "should", "is", "one", "ones",
];
/// A description of a line is hardly longer.
const LONGEST: usize = 6;
pub(super) const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "fifth"];
/// Words that say nothing about a line; an utterance of nothing else has no use for one.
pub(super) const EMPTY: &[&str] = &[
    "the", "that", "those", "one", "ones", "please", "and", "um", "uh", "oh", "i", "id", "ill",
    "like", "want", "have", "take", "get", "can", "could", "would", "will", "me", "give", "just",
    "yes", "yeah", "okay", "thanks", "thank", "you", "it", "is", "its", "a", "with", "on", "for",
    "to", "of", "in", "no", "sorry", "wait", "actually", "meant", "mean", "said", "make", "also",
    "add", "then", "so", "well", "do", "be",
];

/// A phrase that means a line.
struct Phrase {
    from: usize,
    to: usize,
    line: LineId,
    /// Of a line of several, only so many are meant.
    only: Option<u32>,
}

impl Waiter {
    /// Puts the line an utterance points at in focus, and gives the utterance with "that" in place of the phrase.
    pub(super) fn follow_pointing(&mut self, rest: &str) -> Option<String> {
        if self.cart.is_empty() {
            return None;
        }
        let words: Vec<&str> = rest.split(' ').collect();
        let phrase = (0..words.len())
            .filter(|&at| DEFINITE.contains(&words[at]))
            .find_map(|at| self.phrase_at(&words, at))?;
        let before = &words[..phrase.from];
        let after = &words[phrase.to..];
        if before.iter().chain(after).all(|word| EMPTY.contains(word)) {
            return None;
        }
        let id = match phrase.only {
            Some(only) => self.cart.split(phrase.line, only).ok()?,
            None => phrase.line,
        };
        self.focus = Some(id);
        if self.question.line().is_some_and(|line| line != id) {
            let open = std::mem::replace(&mut self.question, Question::Free);
            if !matches!(open, Question::Option(_)) {
                self.waiting.insert(0, open);
            }
        }
        let mut all = before.to_vec();
        all.push(match words[phrase.to - 1] {
            "ones" => "those",
            _ => "that",
        });
        all.extend(after);
        Some(all.join(" "))
    }

    /// "change white to wheat on the club", "for the gyoza make it ten piece": the line of the order that a change is said to be about
    /// comes in focus; the words without it.
    pub(super) fn change_on_a_line(&mut self, rest: &str) -> Option<String> {
        let words: Vec<&str> = rest.split(' ').collect();
        let place = |at: usize| {
            matches!(words[at], "on" | "for" | "in" | "from" | "with")
                && words
                    .get(at + 1)
                    .is_some_and(|word| DEFINITE.contains(word))
        };
        let empty = |word: &&str| EMPTY.contains(word) || *word == "instead";
        let ends = |to: usize| words[to..].iter().all(empty);
        let last = (1..words.len())
            .rev()
            .filter(|&at| place(at))
            .find_map(|at| {
                let (to, line) = self
                    .longest_named(&words, at + 2)
                    .filter(|&(to, _)| ends(to))?;
                Some((at, to, line))
            });
        let first = || {
            let (to, line) = place(0).then(|| self.longest_named(&words, 2))??;
            (to < words.len()).then_some((0, to, line))
        };
        let (from, to, line) = last.or_else(first)?;
        let left = [&words[..from], &words[to..]].concat().join(" ");
        if !super::corrections::changes(&left) && from > 0 {
            return None;
        }
        self.focus = Some(line);
        Some(left)
    }

    /// The longest run of words that names one line of the order, and the line.
    pub(super) fn longest_named(&self, words: &[&str], from: usize) -> Option<(usize, LineId)> {
        let most = words.len().min(from + LONGEST);
        (from + 1..=most).rev().find_map(|to| {
            let named = words[from..to].join(" ");
            let heard = self.menu.understand(&named, &[]);
            let [line] = heard.lines.as_slice() else {
                let whole = heard.ambiguous.iter().any(|word| word.text == named);
                return self
                    .only_one_called(&named)
                    .filter(|_| whole)
                    .map(|line| (to, line));
            };
            let last = singular(words[to - 1]);
            let ends = line.text.split(' ').next_back().map(singular) == Some(last.clone())
                || line.picked.iter().any(|pick| {
                    let item = &self.menu.restaurant.menu.items[line.item];
                    plain(&item.options[pick.option].choices[pick.choice].name)
                        .split(' ')
                        .any(|word| singular(word) == last)
                });
            let line = self.held_as(&named).filter(|_| ends)?;
            Some((to, line))
        })
    }

    /// The phrase that begins at a word, if it means a line.
    fn phrase_at(&self, words: &[&str], from: usize) -> Option<Phrase> {
        self.by_place(words, from)
            .or_else(|| self.by_what_is_on_it(words, from))
            .or_else(|| self.by_looks(words, from))
    }

    /// "the second one", "the last one", "the other one".
    fn by_place(&self, words: &[&str], from: usize) -> Option<Phrase> {
        let place = *words.get(from + 1)?;
        let noun = words.get(from + 2).copied();
        let item = noun.and_then(|noun| self.item_in_order(noun));
        let named = matches!(noun, Some("one")) || item.is_some();
        let to = from + if named { 3 } else { 2 };
        if !named && place != "other" {
            return None;
        }
        let alike: Vec<&CartLine> = self.alike(item);
        let (line, only) = match place {
            "other" => (self.other_of(&alike)?, None),
            "last" => (alike.last()?.id(), None),
            place => {
                let nth = ORDINALS.iter().position(|ordinal| *ordinal == place)?;
                match (alike.as_slice(), u32::try_from(nth + 1).ok()?) {
                    // "the second one" of two that are alike.
                    ([only], nth) if only.quantity() >= nth && only.quantity() > 1 => {
                        (only.id(), Some(1))
                    }
                    (lines, _) => (lines.get(nth)?.id(), None),
                }
            }
        };
        Some(Phrase {
            from,
            to,
            line,
            only,
        })
    }

    /// The lines that "the second one" counts: those of the named item, else of the one talked about, else all.
    fn alike(&self, item: Option<usize>) -> Vec<&CartLine> {
        let lines = self.cart.lines();
        let of = |item: usize| lines.iter().filter(move |line| line.item() == item);
        match (item, self.line_in_focus().map(CartLine::item)) {
            (Some(item), _) => of(item).collect(),
            (None, Some(item)) if of(item).count() > 1 || lines.len() == 1 => of(item).collect(),
            _ => lines.iter().collect(),
        }
    }

    /// Of two lines, the one that was not talked about last.
    fn other_of(&self, alike: &[&CartLine]) -> Option<LineId> {
        let focus = self.line_in_focus()?.id();
        match alike {
            [one, two] if one.id() == focus => Some(two.id()),
            [one, two] if two.id() == focus => Some(one.id()),
            _ => None,
        }
    }

    /// "the one with olives", "the latte with oat milk": the longest description that fits a line.
    fn by_what_is_on_it(&self, words: &[&str], from: usize) -> Option<Phrase> {
        let with = (from + 2..words.len().min(from + 5)).find(|&at| WITH.contains(&words[at]))?;
        let noun = words[from + 1..with].join(" ");
        let item = match noun.as_str() {
            "one" | "ones" => None,
            noun => Some(self.item_in_order(noun)?),
        };
        let longest = words.len().min(with + 1 + LONGEST);
        (with + 2..=longest).rev().find_map(|to| {
            let cut = [
                "a", "an", "the", "and", "with", "to", "of", "on", "should", "is", "no",
            ];
            if cut.contains(&words[to - 1]) {
                return None;
            }
            let described = words[with..to].join(" ");
            let line = self.newest(|line| {
                item.is_none_or(|item| item == line.item()) && self.fits(line, &described)
            })?;
            Some(Phrase {
                from,
                to,
                line,
                only: None,
            })
        })
    }

    /// "the small one", "the chocolate one", "the small latte".
    fn by_looks(&self, words: &[&str], from: usize) -> Option<Phrase> {
        let longest = words.len().min(from + 1 + LONGEST);
        (from + 2..=longest).find_map(|to| {
            let (noun, between) = (words[to - 1], &words[from + 1..to - 1]);
            if between.is_empty() || between.iter().any(|word| PARTING.contains(word)) {
                return None;
            }
            let described = between.join(" ");
            // "The soups, give me one ..." describes nothing.
            let frames = between.iter().any(|word| is_word(word, Tag::AnswerFrame));
            let line = match noun {
                "one" | "ones" if frames => return None,
                "one" | "ones" => self
                    .newest(|line| self.fits(line, &described))
                    .or_else(|| self.held_as(&described))
                    .or_else(|| self.line_by_word(&described))?,
                _ => self.held_apart(&words[from + 1..to].join(" "))?,
            };
            Some(Phrase {
                from,
                to,
                line,
                only: None,
            })
        })
    }

    /// The line talked about last if it fits, else the newest that does.
    fn newest(&self, fits: impl Fn(&CartLine) -> bool) -> Option<LineId> {
        let focus = self.line_in_focus().filter(|line| fits(line));
        let mut newest = self.cart.lines().iter().rev();
        let line = focus.or_else(|| newest.find(|line| fits(line)))?;
        Some(line.id())
    }

    /// Is all of the description on the line, and nothing of it unknown?
    fn fits(&self, line: &CartLine, described: &str) -> bool {
        let heard = self.menu.understand(described, &[line.item()]);
        let [only] = heard.lines.as_slice() else {
            return false;
        };
        let held = |pick| line.picked().contains(pick);
        only.known == Some(0)
            && heard.unmatched.is_empty()
            && heard.bare_quantity.is_none()
            && !only.picked.is_empty()
            && only.picked.iter().all(held)
    }

    /// The newest line of which all of this is true ("with beef").
    pub(super) fn line_made(&self, described: &str) -> Option<LineId> {
        self.newest(|line| self.fits(line, described))
    }

    /// The one line of the order that an item with its choices names ("small pepperoni").
    fn held_as(&self, named: &str) -> Option<LineId> {
        let heard = self.menu.understand(named, &[]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let whole = !line.implied && heard.unmatched.is_empty() && heard.ambiguous.is_empty();
        let so = |held: &CartLine| {
            held.item() == line.item && line.picked.iter().all(|pick| held.picked().contains(pick))
        };
        whole.then(|| self.newest(so))?
    }

    /// "small latte": a line that is so, where the order holds the same item otherwise made.
    fn held_apart(&self, named: &str) -> Option<LineId> {
        let id = self.held_as(named)?;
        let line = self.cart.line(id)?;
        let heard = self.menu.understand(named, &[]);
        let picked = &heard.lines.first()?.picked;
        let otherwise = |other: &CartLine| {
            other.item() == line.item() && !picked.iter().all(|pick| other.picked().contains(pick))
        };
        let apart = !picked.is_empty() && self.cart.lines().iter().any(otherwise);
        apart.then_some(id)
    }

    /// The item of the order that a noun names ("latte"; "pizza" where one sort of pizza is ordered).
    fn item_in_order(&self, noun: &str) -> Option<usize> {
        if single_number(noun).is_some() {
            return None;
        }
        let said: Vec<String> = noun.split(' ').map(singular).collect();
        let named = |line: &&CartLine| {
            let name = plain(&self.cart.item(line).name);
            let name: Vec<String> = name.split(' ').map(singular).collect();
            said.iter().all(|word| name.contains(word))
        };
        let mut items = self.cart.lines().iter().filter(named).map(CartLine::item);
        let first = items.next()?;
        items.all(|item| item == first).then_some(first)
    }
}
