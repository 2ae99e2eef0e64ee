//! "Which size?" of two coffees, answered "one large one small": the line becomes two.

use super::counted_parts::{HowMany, begins_at, counted_parts};
use super::lexicon::{Tag, is_word};
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{Reply, Understood, intent};
use crate::order::{LineId, Missing, Picked};
use crate::words::singular;

/// So many of a line, and what they are to have.
pub(super) type Part = (u32, Vec<Picked>);

/// Begins the word that stands for a choice.
const CHOICE: &str = "choice-";

/// The words with the choices themselves in the place of the words that stood for them.
fn spelt(words: &str, choices: &[String]) -> String {
    let spelt = words.split(' ').map(|word| {
        let nth = word.strip_prefix(CHOICE).and_then(|nth| nth.parse().ok());
        nth.and_then(|nth: usize| choices.get(nth))
            .map_or(word, String::as_str)
    });
    spelt.collect::<Vec<_>>().join(" ")
}

impl Waiter {
    /// Takes an answer that makes some of a line otherwise than the rest; `None` when it is none.
    pub(super) fn answer_in_parts(&mut self, plain: &str, missing: Missing) -> Option<Reply> {
        let (rest, done) = intent::split_done(plain);
        let line = self.cart.line(missing.line)?;
        let (parts, _) = self.parts_of(&rest, line.item(), line.quantity())?;
        let answers = |picks: &[Picked]| picks.iter().any(|pick| pick.option == missing.option);
        if !parts.iter().all(|(_, picks)| answers(picks)) {
            return None;
        }
        let mut speech = Speech::default();
        self.make_parts(&mut speech, missing.line, parts)?;
        Some(if done {
            self.wrap_up(speech)
        } else {
            self.go_on(speech)
        })
    }

    /// "Two with corn, one with flour" after three tacos: those three are meant, made differently, and no more of them.
    pub(super) fn share_out(&mut self, speech: &mut Speech, plain: &str) -> Option<Taken> {
        let line = self.cart.line(self.focus?)?;
        let (parts, left) = self.parts_of(plain, line.item(), line.quantity())?;
        if parts.len() < 2 || left > 0 {
            return None;
        }
        self.make_parts(speech, line.id(), parts)?;
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// "Two gyros, one's chicken and one's pork, and a coke": what is ordered, its parts, and what follows.
    pub(super) fn told_in_parts(&self, plain: &str) -> Option<(String, Vec<Part>, String)> {
        let words: Vec<&str> = plain.split(' ').collect();
        let one = |at: &usize| is_word(words[*at], Tag::PartsBegin);
        let begins: Vec<usize> = (1..words.len()).filter(one).collect();
        let joins = |at: usize| at == words.len() || is_word(words[at], Tag::PartsFiller);
        for &begin in begins.iter().take(begins.len().saturating_sub(1)) {
            let head = words[..begin].join(" ");
            let head = head.strip_suffix(" the").unwrap_or(&head);
            let heard = self.menu.understand(head, &[]);
            let Some(line) = heard
                .lines
                .last()
                .filter(|line| line.quantity > 1 && line.known.is_none() && !line.implied)
            else {
                continue;
            };
            let ends = (begin + 3..=words.len()).rev().filter(|&at| joins(at));
            for end in ends {
                let told = words[begin..end].join(" ");
                let parts = self.parts_of(&told, line.item, line.quantity);
                if let Some((parts, _)) =
                    parts.filter(|(parts, left)| parts.len() > 1 && *left == 0)
                {
                    return Some((head.to_owned(), parts, words[end..].join(" ")));
                }
            }
        }
        None
    }

    /// How many of so many are to have which choices, if the words say just that, and how many they leave.
    fn parts_of(&self, plain: &str, item: usize, quantity: u32) -> Option<(Vec<Part>, u32)> {
        if quantity < 2 {
            return None;
        }
        // "Umm, let me think, one small and one large".
        let words: Vec<&str> = plain.split(' ').collect();
        let begins = |at: &usize| begins_at(&words, *at) || self.menu.knows_name(words[*at]);
        let talk = (0..words.len()).find(begins).unwrap_or(0);
        let plain = words[talk..].join(" ");
        let (plain, choices) = self.with_choices_as_words(&plain, item);
        let said = counted_parts(&plain)?;
        let mut left = quantity;
        let mut parts: Vec<Part> = Vec::new();
        for part in &said {
            let many = match part.count {
                HowMany::Number(many) if said.len() > 1 => many,
                HowMany::Rest if !parts.is_empty() => left,
                HowMany::All if said.len() == 1 => left,
                _ => return None,
            };
            let picks = self.picks_only(&spelt(&part.words, &choices), item)?;
            left = left.checked_sub(many).filter(|_| many > 0)?;
            parts.push((many, picks));
        }
        Some((parts, left))
    }

    /// The words with each choice of the item as one word, so that no number in a name counts anything ("the first one eight ounce"),
    /// and what these words stand for.
    fn with_choices_as_words(&self, plain: &str, item: usize) -> (String, Vec<String>) {
        let words: Vec<&str> = plain.split(' ').collect();
        let named = self.menu.choices_named(plain, item);
        let longer = named.iter().filter(|said| said.to - said.from > 1);
        let (mut out, mut choices, mut at) = (Vec::new(), Vec::new(), 0);
        for said in longer.filter(|said| said.to <= words.len()) {
            out.extend(words[at..said.from].iter().map(|word| (*word).to_owned()));
            out.push(format!("{CHOICE}{}", choices.len()));
            choices.push(words[said.from..said.to].join(" "));
            at = said.to;
        }
        out.extend(words[at..].iter().map(|word| (*word).to_owned()));
        (out.join(" "), choices)
    }

    /// Splits a line into its parts; the last one made.
    fn make_parts(&mut self, speech: &mut Speech, line: LineId, parts: Vec<Part>) -> Option<()> {
        let mut line = line;
        let mut remaining = self.cart.line(line)?.quantity();
        for (many, picks) in parts {
            remaining -= many;
            let next = match remaining {
                0 => line,
                more => self.cart.split(line, more).ok()?,
            };
            let made = picks
                .into_iter()
                .fold(line, |line, pick| self.pick(speech, line, pick));
            self.acknowledge(speech, made);
            line = next;
        }
        Some(())
    }

    /// The choices that words take on an item, when they say nothing else but its name.
    fn picks_only(&self, words: &str, item: usize) -> Option<Vec<Picked>> {
        let named = self.menu.choices_named(words, item);
        let all: Vec<&str> = words.split(' ').collect();
        let beside = |at: &usize| !named.iter().any(|said| (said.from..said.to).contains(at));
        let others: Vec<&str> = (0..all.len()).filter(beside).map(|at| all[at]).collect();
        let empty = others.iter().all(|word| is_word(word, Tag::AnswerFrame));
        if !named.is_empty() && empty {
            let picks = named
                .iter()
                .map(|said| Picked::plain(said.option, said.choice));
            return Some(picks.collect());
        }
        let name = intent::plain(&self.menu.restaurant.menu.items[item].name);
        let named: Vec<String> = name.split(' ').map(singular).collect();
        let said: Vec<&str> = words
            .split(' ')
            .filter(|word| !named.contains(&singular(word)))
            .collect();
        let heard = self.menu.understand(&said.join(" "), &[item]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let whole =
            line.known == Some(0) && heard.unmatched.is_empty() && heard.ambiguous.is_empty();
        (whole && !line.picked.is_empty()).then(|| line.picked.clone())
    }
}

/// The last line heard as the parts that it was told in.
pub(super) fn in_parts(heard: &mut Understood, parts: &[Part]) {
    let Some(line) = heard.lines.pop_if(|_| !parts.is_empty()) else {
        return;
    };
    heard.lines.extend(parts.iter().map(|(many, picks)| {
        let mut part = line.clone();
        part.quantity = *many;
        part.picked.extend(picks);
        part
    }));
}
