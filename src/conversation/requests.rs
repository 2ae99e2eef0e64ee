//! Requests to the kitchen: what a caller wants of a dish and no option of it covers. "Cut in eight" and "sauce on the side" are
//! found in the words before anything else reads them; what is refused ("no onions") is found by understanding. Both become
//! notes. What the menu has a word for is left to the menu.

use super::intent;
use super::refusal_words::Knows;
use super::speech::Speech;
use super::waiter::Waiter;
use crate::order::{CartLine, LineId, Picked};
use crate::restaurant::{Amount, Item};
use crate::words::singular;

/// What was asked for, and the dish it was said of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KitchenRequest {
    text: String,
    dish: Option<usize>,
}

/// Words that end the name of a thing.
const ENDS: &[&str] = &[
    "and", "but", "or", "with", "please", "on", "in", "for", "also", "plus", "then", "thanks",
    "thank", "a", "an", "the", "to", "can", "could", "i", "id", "ill", "that", "thats", "it",
    "them", "off", "out", "no", "just", "if", "because", "make", "is", "are", "than", "at", "this",
    "from", "of", "my", "his", "her", "one", "two", "three", "four", "five", "six", "without",
    "extra", "sorry", "actually", "either", "today", "thing", "so", "when",
];
/// Ways to cut, cook and serve that are said as they are.
const WAYS: &[&str] = &[
    "well done",
    "medium rare",
    "medium well",
    "extra crispy",
    "nice and crispy",
    "not too spicy",
    "extra spicy",
    "very spicy",
    "not spicy",
    "less spicy",
    "double cut",
    "uncut",
    "unsliced",
    "lightly toasted",
    "well toasted",
    "extra hot",
    "extra crunchy",
    "cut in half",
    "cut in halves",
    "cut in squares",
    "cut into squares",
    "square cut",
];
/// Behind "cut in" and "cut into".
const PIECES: &[&str] = &[
    "two", "three", "four", "six", "eight", "ten", "twelve", "2", "3", "4", "6", "8", "10", "12",
    "thirds", "quarters", "strips",
];
/// What may stand behind a request and belongs to it.
const TAIL: &[&str] = &[
    "on that one please",
    "on that one",
    "on that please",
    "on that",
    "on it please",
    "on it",
    "on this one",
    "on this",
    "on them",
    "on those",
    "in that",
    "in it",
    "in them",
    "for that one",
    "for that",
    "off please",
    "off",
    "out",
    "at all please",
    "at all",
    "please",
];

impl Waiter {
    /// The requests in the words, and the words without them.
    pub(super) fn split_requests(&self, plain: &str) -> (String, Vec<KitchenRequest>) {
        let mut rest = plain.to_owned();
        let mut requests = Vec::new();
        // Each round takes at least a word away.
        for _ in 0..8 {
            match self.one_request(&rest) {
                Some((left, text)) => {
                    let before = left.bytes().zip(rest.bytes()).take_while(|(l, r)| l == r);
                    let before = left.get(..before.count()).unwrap_or_default();
                    let dish = self.dish_named_last(before);
                    requests.push(KitchenRequest { text, dish });
                    rest = left;
                }
                None => break,
            }
        }
        (rest, requests)
    }

    fn one_request(&self, plain: &str) -> Option<(String, String)> {
        self.serving(plain).or_else(|| self.on_the_side(plain))
    }

    /// "well done", "cut in eight", where no choice of the dish is called so.
    fn serving(&self, plain: &str) -> Option<(String, String)> {
        let (at, text) = match first_of(plain, WAYS) {
            Some((at, way)) => (at, way.to_owned()),
            None => {
                let (at, cut) =
                    first_of(plain, &["cut into", "cut in", "sliced into", "sliced in"])?;
                let behind = plain[at + cut.len()..].trim_start();
                let pieces = PIECES.iter().find(|pieces| begins(behind, pieces))?;
                let word = behind[pieces.len()..].trim_start();
                let noun = ["slices", "pieces", "squares"]
                    .iter()
                    .find(|noun| begins(word, noun));
                match noun {
                    Some(noun) => (at, format!("{cut} {pieces} {noun}")),
                    None => (at, format!("{cut} {pieces}")),
                }
            }
        };
        let before = plain[..at].trim_end();
        if self.someone_offers(before, &text) {
            return None;
        }
        let after = without_tail(plain[at + text.len()..].trim_start());
        let before = without_joint(before);
        let left = format!("{before} {after}");
        Some((left.trim().to_owned(), text))
    }

    /// "dressing on the side".
    fn on_the_side(&self, plain: &str) -> Option<(String, String)> {
        const SIDE: &str = "on the side";
        let at = intent::find(plain, SIDE)?;
        let before = plain[..at].trim_end();
        let mut from = before.len();
        for (words, word) in before.rsplit(' ').enumerate() {
            // "Rare, sauce on the side": a choice by itself is no part of the thing.
            let chosen = words == 1 && self.is_choice(word);
            if words == 2 || ENDS.contains(&word) || word.is_empty() || chosen {
                break;
            }
            from -= word.len() + usize::from(from > word.len());
        }
        let thing = before[from..].trim();
        if thing.is_empty() {
            return None;
        }
        let head = without_joint(before[..from].trim_end());
        let alone = self.menu.understand(thing, &[]);
        let orders = alone
            .lines
            .iter()
            .any(|line| !line.implied && line.doubt < SURE);
        let text = format!("{thing} {SIDE}");
        if orders || self.someone_offers(head, &text) || self.someone_offers(head, thing) {
            return None;
        }
        let after = without_tail(plain[at + SIDE.len()..].trim_start());
        let left = format!("{head} {after}");
        Some((left.trim().to_owned(), text))
    }

    /// Is a choice of the menu called just this?
    fn is_choice(&self, word: &str) -> bool {
        let items = &self.menu.restaurant.menu.items;
        let mut choices = items
            .iter()
            .flat_map(|item| &item.options)
            .flat_map(|option| &option.choices);
        choices.any(|choice| intent::plain(&choice.name) == word)
    }

    /// Is this a choice of a dish that is meant? Where no dish is meant there is nothing to note it on.
    fn someone_offers(&self, before: &str, text: &str) -> bool {
        let named = self.menu.understand(before, &[]);
        let mut dishes: Vec<usize> = named.lines.iter().map(|line| line.item).collect();
        if dishes.is_empty() {
            dishes.extend(self.cart.lines().iter().map(|line| line.item()));
        }
        let items = &self.menu.restaurant.menu.items;
        dishes.is_empty() || dishes.iter().any(|&dish| has_choice(&items[dish], text))
    }

    /// Notes requests on the dish they were said of, else on the line that was talked about last; without one, on the order.
    pub(super) fn take_requests(
        &mut self,
        speech: &mut Speech,
        requests: &[KitchenRequest],
    ) -> bool {
        for request in requests {
            let note = self.said.as_said(&request.text);
            let line = self.line_to_note(request.dish);
            self.note_down(speech, line, &note);
        }
        !requests.is_empty()
    }

    /// The newest line of a dish, else the one that was talked about last.
    pub(super) fn line_to_note(&self, dish: Option<usize>) -> Option<LineId> {
        let mut newest = self.cart.lines().iter().rev();
        let of_dish = newest.find(|line| Some(line.item()) == dish);
        let focus = || self.focus.and_then(|id| self.cart.line(id));
        let line = of_dish.or_else(focus).or(self.cart.lines().last());
        line.map(CartLine::id)
    }

    /// Notes one request and says so, or says that it cannot be noted.
    pub(super) fn note_down(&mut self, speech: &mut Speech, line: Option<LineId>, note: &str) {
        let noted = match line {
            Some(id) => self.cart.note(id, note).map(Some),
            None => self.cart.note_order(note).map(|()| None),
        };
        match noted {
            Ok(line) => {
                if line.is_some() {
                    self.focus = line;
                }
                speech.say(self.words.noted(note));
            }
            Err(error) => self.note(speech, Some(error)),
        }
    }

    /// What is to be left out of a dish, or that it cannot be noted.
    pub(super) fn note_left_out(&mut self, speech: &mut Speech, line: LineId, name: &str) {
        let note = self.words.without(name);
        match self.cart.note(line, &note) {
            Ok(id) => {
                self.focus = Some(id);
                speech.say(self.words.noted(&note));
            }
            Err(_) => {
                let person = self.restaurant.handoff.is_some();
                speech.say(self.words.cannot_leave_out(name, person));
            }
        }
    }

    /// "Hold the onions" of a dish that has no such option, and of nothing in the order: to be left out of what was talked about.
    pub(super) fn leave_out_said(&mut self, speech: &mut Speech, clause: &str) -> bool {
        let (dish, thing) = match ON.iter().find_map(|on| clause.split_once(on)) {
            Some((thing, of)) => (self.dish_named_last(of), thing),
            None => (None, clause),
        };
        let words: Vec<&str> = thing
            .split(' ')
            .filter(|word| {
                !matches!(
                    *word,
                    "" | "the" | "any" | "my" | "those" | "please" | "of" | "a" | "an" | "some"
                )
            })
            .collect();
        let heard = self.menu.understand(&words.join(" "), &[]);
        let names_dish = heard
            .lines
            .iter()
            .any(|line| !line.implied && line.doubt < SURE);
        let points = words.iter().all(|word| POINTING.contains(word));
        let fits =
            (1..=3).contains(&words.len()) && !words.iter().any(|word| NO_PART.contains(word));
        let Some(line) = self
            .line_to_note(dish)
            .filter(|_| fits && !points && !names_dish)
        else {
            return false;
        };
        let name = self.said.as_said(&words.join(" "));
        self.note_left_out(speech, line, &name);
        true
    }

    /// A choice refused where the menu does not let it be left out, though the dish has it by itself: a request.
    pub(super) fn note_refused(&mut self, speech: &mut Speech, id: LineId, pick: Picked) {
        let Some(line) = self.cart.line(id) else {
            return;
        };
        let item = self.cart.item(line);
        let made = line.made(item);
        let same = |p: &&Picked| p.option == pick.option && p.choice == pick.choice;
        let is_made = made.iter().filter(same).any(|p| p.amount != Amount::None);
        let Some(choice) = item
            .options
            .get(pick.option)
            .and_then(|o| o.choices.get(pick.choice))
        else {
            return;
        };
        if is_made {
            let note = self.words.without(&choice.name);
            self.note_down(speech, Some(id), &note);
        }
    }
}

/// Between what is left out and the dish it is left out of.
const ON: &[&str] = &[" on ", " off ", " from ", " in ", " for "];
/// Words that name nothing.
const POINTING: &[&str] = &[
    "that", "it", "this", "them", "one", "ones", "last", "first", "second", "other", "all", "both",
];
/// What is no part of a dish.
const NO_PART: &[&str] = &[
    "order",
    "everything",
    "item",
    "items",
    "thing",
    "things",
    "name",
    "number",
    "address",
    "delivery",
    "pickup",
    "tip",
    "rest",
    "whole",
    "what",
    "something",
    "anything",
];

/// What refusals are about.
impl Knows for Waiter {
    fn in_order(&self, words: &str) -> bool {
        let held = |item: usize| self.cart.lines().iter().any(|line| line.item() == item);
        let named = self.menu.understand(words, &[]).lines;
        named.iter().any(|line| !line.implied && held(line.item))
            || !self.lines_of_kind(words).is_empty()
    }

    fn is_dish(&self, words: &str) -> bool {
        self.dish_named_last(words).is_some()
    }

    fn is_part(&self, words: &str) -> bool {
        let one = singular(words);
        let says = |text: &str| {
            intent::plain(text)
                .split(' ')
                .any(|word| singular(word) == one)
        };
        let items = &self.menu.restaurant.menu.items;
        items.iter().any(|item| {
            let mut choices = item.options.iter().flat_map(|option| &option.choices);
            item.description.as_deref().is_some_and(says)
                || choices.any(|choice| says(&choice.name))
        })
    }
}

/// A line heard with less doubt is named, not guessed.
const SURE: f32 = 0.2;

/// Does a choice of the item hold all these words?
fn has_choice(item: &Item, text: &str) -> bool {
    let words: Vec<String> = text.split(' ').map(singular).collect();
    let holds = |name: &str| {
        let name: Vec<String> = intent::plain(name).split(' ').map(singular).collect();
        words.iter().all(|word| name.contains(word))
    };
    let mut choices = item.options.iter().flat_map(|option| &option.choices);
    choices.any(|choice| holds(&choice.name) || choice.aliases.iter().any(|alias| holds(alias)))
}

/// The first place of any of the phrases; of those at one place the longest.
fn first_of<'a>(plain: &str, phrases: &[&'a str]) -> Option<(usize, &'a str)> {
    let found = phrases
        .iter()
        .filter_map(|&phrase| Some((intent::find(plain, phrase)?, phrase)));
    found.min_by_key(|(at, phrase)| (*at, std::cmp::Reverse(phrase.len())))
}

fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn without_tail(after: &str) -> &str {
    let tail = TAIL.iter().find(|tail| begins(after, tail));
    tail.map_or(after, |tail| after[tail.len()..].trim_start())
}

fn without_joint(before: &str) -> &str {
    let joints = [
        "and can you please",
        "and can you",
        "can you please",
        "can you",
        "with the",
        "with",
        "and",
        "but",
        "please",
    ];
    let joint = joints.iter().find(|joint| {
        before
            .strip_suffix(**joint)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    });
    joint.map_or(before, |joint| {
        before[..before.len() - joint.len()].trim_end()
    })
}
