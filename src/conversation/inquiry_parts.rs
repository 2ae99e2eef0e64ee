//! "Does it come with fries?", "what comes with that?", "is the guac extra?", "what do you recommend?"

use super::inquiry_diet::says_one_of;
use super::inquiry_family::{holds_words, naming_words, words_of};
use super::inquiry_more::available_choices;
use super::intent::{find, holds};
use super::speech::Speech;
use super::waiter::Waiter;
use crate::restaurant::{Choice, ItemOption};

const WHAT_COMES: &[&str] = &[
    "what comes with",
    "what does it come with",
    "what does that come with",
    "what do they come with",
    "what do those come with",
    "whats included",
    "what is included",
    "what comes on",
    "what comes in",
    "what do i get with",
    "what can you put on",
];
/// Between a dish and what it may come with.
const COMES: &[&str] = &[
    "come with",
    "comes with",
    "served with",
    "coming with",
    "include",
    "includes",
    "have",
    "has",
    "got",
];
const EXTRA: &[&str] = &[
    "extra",
    "cost more",
    "costs more",
    "extra charge",
    "upcharge",
    "charge for",
    "charge extra",
    "for free",
    "additional",
    "to add",
];
const FAVOURITE: &[&str] = &[
    "recommend",
    "recommended",
    "suggest",
    "popular",
    "whats good",
    "what is good",
    "good here",
    "best seller",
    "best sellers",
    "bestseller",
    "favorite",
    "favourite",
    "your best",
    "the best",
    "specialty",
    "speciality",
    "known for",
];
const WRITTEN_FAVOURITE: &[&str] = &[
    "popular",
    "favorite",
    "favourite",
    "best seller",
    "bestseller",
    "signature",
    "house special",
    "specialty",
    "famous",
];

/// What stated allergens alone answer.
const ALLERGENS: &[&str] = &[
    "allergen",
    "allergens",
    "allergy",
    "allergies",
    "allergic",
    "nut",
    "nuts",
    "peanut",
    "peanuts",
    "dairy",
    "gluten",
    "egg",
    "eggs",
    "soy",
    "wheat",
    "shellfish",
    "lactose",
];

/// What an item has of a thing asked about.
enum Has<'a> {
    Written,
    Default(&'a Choice),
    Choice(&'a Choice),
    Option(&'a ItemOption),
}

impl Waiter {
    pub(super) fn answer_comes_with(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        if WHAT_COMES
            .iter()
            .any(|phrase| find(rest, phrase) == Some(0))
        {
            let item = self.meant(rest).or_else(|| self.asked_last())?;
            self.say_contents(speech, item);
            let asked: Vec<&ItemOption> = self.item_at(item).options.iter().take(3).collect();
            for option in asked {
                let names = available_choices(option);
                if names.len() <= 6 {
                    speech.say(self.words.you_can_choose(&option.name, &names));
                }
            }
            self.spoken_of = Some(item);
            return Some(());
        }
        let (of, thing) = subject_and_thing(rest)?;
        if ALLERGENS.iter().any(|word| holds(&thing, word)) {
            return None;
        }
        let words = naming_words(&thing);
        let pointed = ["it", "that", "they", "those", "them", "these", "this"];
        let subject: Vec<usize> = match self.named_in(&of) {
            Some(item) => vec![item],
            None if pointed.contains(&of.as_str()) => match self.meant(&of) {
                Some(item) => vec![item],
                None => self.listed.clone(),
            },
            None => self.family(&naming_words(&of)),
        };
        if words.is_empty() || subject.is_empty() {
            return None;
        }
        let having = |&&item: &&usize| matches!(self.has(item, &words), Some(Has::Written));
        let written: Vec<usize> = subject.iter().filter(having).copied().collect();
        if subject.len() > 1 && !written.is_empty() {
            let what = self.said.as_said(thing.trim());
            speech.say(self.words.menu_calls(&what, &self.names_of(&written)));
            self.remember_listed(&written);
            return Some(());
        }
        let found = subject.iter().find_map(|&item| {
            let has = self.has(item, &words)?;
            Some((item, has))
        });
        let item = &self
            .item_at(found.as_ref().map_or(subject[0], |(at, _)| *at))
            .name;
        let only = subject.len() == 1;
        match &found {
            Some((at, Has::Written)) => self.say_contents(speech, *at),
            Some((_, Has::Default(choice))) => {
                speech.say(self.words.comes_with(item, &choice.name))
            }
            Some((_, Has::Option(option))) => {
                let names = available_choices(option);
                speech.say(self.words.you_can_choose(&option.name, &names));
            }
            Some((_, Has::Choice(choice))) => self.say_can_have(speech, choice),
            None => {
                let what = self.said.as_said(thing.trim());
                let of = self.said.as_said(&of);
                speech.say(self.words.not_said_of(if only { item } else { &of }, &what));
            }
        }
        self.spoken_of = only.then_some(subject[0]);
        Some(())
    }

    pub(super) fn say_can_have(&self, speech: &mut Speech, choice: &Choice) {
        let price = choice.price.display(self.restaurant.currency);
        speech.say(if choice.price.minor() > 0 {
            self.words.can_have_for(&choice.name, &price)
        } else {
            self.words.can_have(&choice.name)
        });
    }

    fn has(&self, at: usize, words: &[String]) -> Option<Has<'_>> {
        let item = self.item_at(at);
        let read = &self.menu.restaurant.menu.items[at];
        let said = words.join(" ");
        let named = |text: &String| holds_words(text, words);
        let in_description = read.description.as_ref().is_some_and(named);
        if in_description || says_one_of(&read.name, &[said.as_str()]) {
            return Some(Has::Written);
        }
        for (option, names) in item.options.iter().zip(&read.options) {
            let choice = names.choices.iter().position(|choice| {
                let whole = |text: &String| words_of(text) == words;
                whole(&choice.name) || choice.aliases.iter().any(whole)
            });
            if let Some(at) = choice {
                let choice = &option.choices[at];
                return Some(if option.default.contains(&at) {
                    Has::Default(choice)
                } else {
                    Has::Choice(choice)
                });
            }
        }
        let mut options = item.options.iter().zip(&read.options);
        if let Some((option, _)) = options.clone().find(|(_, read)| named(&read.name)) {
            return Some(Has::Option(option));
        }
        options.find_map(|(option, read)| {
            let at = read.choices.iter().position(|choice| named(&choice.name))?;
            Some(Has::Choice(&option.choices[at]))
        })
    }

    /// "Is the guac extra?", "how much is it to add bacon?": what the choice costs.
    pub(super) fn answer_extra(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        const ASKED: &[&str] = &["is", "are", "does", "do", "how much", "whats", "what is"];
        let begins = ASKED.iter().any(|begin| find(rest, begin) == Some(0));
        if !begins || !EXTRA.iter().any(|phrase| holds(rest, phrase)) {
            return None;
        }
        let said = rest
            .split(' ')
            .map(crate::words::singular)
            .collect::<Vec<_>>()
            .join(" ");
        let items = &self.menu.restaurant.menu.items;
        let first = self.named_in(rest).or(self.asked_last());
        let focus = self.line_in_focus().map(|line| line.item());
        let mut order = first.into_iter().chain(focus).chain(0..items.len());
        let (item, option, choice) = order.find_map(|at| {
            let options = items[at].options.iter().enumerate();
            let all =
                options.flat_map(|(o, option)| (0..option.choices.len()).map(move |c| (o, c)));
            let length = |&(o, c): &(usize, usize)| {
                let choice = &items[at].options[o].choices[c];
                let names = std::iter::once(&choice.name).chain(&choice.aliases);
                names
                    .map(|name| words_of(name))
                    .filter(|name| holds_words(&said, name))
                    .map(|name| name.len())
                    .max()
            };
            let (_, (o, c)) = all.filter_map(|at| Some((length(&at)?, at))).max()?;
            Some((at, o, c))
        })?;
        let choice = &self.item_at(item).options[option].choices[choice];
        self.say_can_have(speech, choice);
        Some(())
    }

    /// Favourites are the file's to name.
    pub(super) fn answer_favourite(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        if !FAVOURITE.iter().any(|phrase| holds(rest, phrase)) || self.named_in(rest).is_some() {
            return None;
        }
        let items: Vec<usize> = (0..self.restaurant.menu.items.len())
            .filter(|&at| self.item_at(at).available && self.item_carries(at, WRITTEN_FAVOURITE))
            .collect();
        if items.is_empty() {
            speech.fixed(self.words.no_favourites());
            speech.say(self.words.we_have(&self.list_asked(rest)));
        } else {
            speech.say(self.words.we_have(&self.names_of(&items)));
            self.remember_listed(&items);
        }
        Some(())
    }
}

/// "does the burger come with fries", "is there cheese on it": the dish, and what it may come with.
fn subject_and_thing(rest: &str) -> Option<(String, String)> {
    const ASKED: &[&str] = &["does", "do", "is", "are", "will"];
    const THINGS_PLACE: &[&str] = &["in", "on", "with"];
    let (begin, asked) = rest.split_once(' ')?;
    if !ASKED.contains(&begin) {
        return None;
    }
    let plainly = |text: &str| {
        let words = text.split_whitespace();
        let words: Vec<&str> = words
            .filter(|word| !matches!(*word, "the" | "a" | "an" | "your" | "any" | "some"))
            .collect();
        words.join(" ")
    };
    if let Some(asked) = asked.strip_prefix("there ") {
        let (at, word) = THINGS_PLACE
            .iter()
            .filter_map(|word| Some((find(asked, word)?, word)))
            .max()?;
        return Some((plainly(&asked[at + word.len()..]), plainly(&asked[..at])));
    }
    let (at, verb) = COMES
        .iter()
        .find_map(|verb| Some((find(asked, verb)?, *verb)))?;
    let of = plainly(&asked[..at]);
    let restaurant = ["you", "you guys", "i", "we", "there"].contains(&of.as_str());
    let whose = of == "they" && !verb.contains("with");
    if restaurant || whose || of.is_empty() {
        return None;
    }
    let thing = &asked[at + verb.len()..];
    let place = [
        " in it", " on it", " with it", " in them", " on them", " on that", " in that",
    ];
    let thing = place
        .iter()
        .find_map(|place| thing.strip_suffix(place))
        .unwrap_or(thing);
    Some((of, plainly(thing)))
}
