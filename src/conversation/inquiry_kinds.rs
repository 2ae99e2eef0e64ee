//! "What kind of tacos do you have?", "which burgers have you got?": the family, else an option's choices.

use super::inquiry_family::{holds_words, naming_words, words_of};
use super::inquiry_more::available_choices;
use super::intent::find;
use super::speech::Speech;
use super::waiter::Waiter;
use crate::restaurant::ItemOption;

const KIND_OF: &[&str] = &[
    "kind of",
    "kinds of",
    "type of",
    "types of",
    "sort of",
    "sorts of",
    "flavor of",
    "flavors of",
    "flavour of",
    "flavours of",
    "variety of",
    "varieties of",
    "selection of",
    "choice of",
    "choices of",
];
/// What ends the thing asked for.
const ENDS: &[&str] = &[
    "do you",
    "do you guys",
    "have you",
    "you have",
    "you got",
    "you guys",
    "are there",
    "there are",
    "is there",
    "do they",
    "can you",
    "are available",
    "you offer",
    "did you",
];
/// What belongs to the thing the choices are for.
const OWNER: &[&str] = &["for", "on", "with", "in", "to", "come", "comes"];
const KINDS: &[&str] = &[
    "kind", "type", "flavor", "flavour", "sort", "style", "variety",
];

/// What a question asks the kinds of, and what stands behind it ("for the wings").
fn asked_kind(rest: &str) -> Option<(Vec<String>, String, bool)> {
    let of = KIND_OF
        .iter()
        .find_map(|phrase| Some(find(rest, phrase)? + phrase.len()));
    let begins = ["what ", "which ", "what other ", "any other "];
    let ends_in = |text: &str| ENDS.iter().filter_map(|end| find(text, end)).min();
    let (text, upto, surely) = match of {
        Some(at) => {
            let text = rest[at..].trim();
            (text, ends_in(text).unwrap_or(text.len()), true)
        }
        None => {
            let text = begins.iter().find_map(|word| rest.strip_prefix(word))?;
            (text, ends_in(text)?, false)
        }
    };
    let before: Vec<&str> = text[..upto].split_whitespace().collect();
    let owner_at = before.iter().position(|word| OWNER.contains(word));
    let thing = before[..owner_at.unwrap_or(before.len())].join(" ");
    let mut owner = owner_at
        .map(|at| before[at..].join(" "))
        .unwrap_or_default();
    owner.push_str(&text[upto..]);
    let words = naming_words(&thing);
    let kindless = words.iter().all(|word| KINDS.contains(&word.as_str()));
    (!words.is_empty() && !kindless).then_some((words, owner, surely))
}

impl Waiter {
    /// Reads out the kinds of what is asked for.
    pub(super) fn answer_kinds(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let (words, owner, surely) = asked_kind(rest)?;
        if let Some(of_owner) = self.named_in(&owner)
            && let Some(list) = self.choices_by_name(Some(of_owner), &words)
        {
            speech.say(list);
            self.spoken_of = Some(of_owner);
            return Some(());
        }
        let family = self.family(&words);
        match family.as_slice() {
            [one] => {
                let exact = words_of(&self.menu.restaurant.menu.items[*one].name) == words;
                let kinds = self.kinds_of(*one).filter(|_| exact);
                let list = kinds.or_else(|| self.choices_by_name(None, &words));
                speech.say(list.unwrap_or_else(|| self.words.we_have(&self.names_of(&family))));
                self.remember_listed(&family);
            }
            [] => {
                let list = self
                    .choices_by_name(None, &words)
                    .or_else(|| self.choices_alike(&words));
                match list {
                    Some(list) => speech.say(list),
                    None if surely => self.say_not_there(speech, &words),
                    None => return None,
                }
            }
            _ => {
                speech.say(self.words.we_have(&self.names_of(&family)));
                self.remember_listed(&family);
            }
        }
        Some(())
    }

    fn say_not_there(&self, speech: &mut Speech, words: &[String]) {
        let what = words.join(" ");
        let heard = self.menu.understand(&what, &[]);
        if !heard.unmatched.is_empty() && heard.lines.is_empty() && heard.loose.is_empty() {
            speech.say(self.words.not_on_menu(&self.said.as_said(&what)));
        }
        speech.say(self.words.we_have(&self.list_asked(&what)));
    }

    /// The choices of the item's own "Kind" or "Flavor", else of what it must be asked.
    fn kinds_of(&self, item: usize) -> Option<String> {
        let options = &self.item_at(item).options;
        let read = &self.menu.restaurant.menu.items[item].options;
        let kind = |at: &usize| {
            let words = words_of(&read[*at].name);
            words.iter().any(|word| KINDS.contains(&word.as_str()))
        };
        let asked = |at: &usize| {
            options[*at].must_be_asked() && !read[*at].name.to_lowercase().contains("size")
        };
        let all = 0..options.len();
        let at = all.clone().find(kind).or_else(|| all.clone().find(asked))?;
        Some(self.say_choices(&options[at]))
    }

    fn say_choices(&self, option: &ItemOption) -> String {
        let names = available_choices(option);
        self.words.you_can_choose(&option.name, &names)
    }

    /// The option of that name: on the given item, else on the one talked about, else on any.
    fn choices_by_name(&self, only: Option<usize>, words: &[String]) -> Option<String> {
        let items = &self.menu.restaurant.menu.items;
        let option_of = |item: usize| {
            let named = |name: &str| holds_words(name, words);
            let at = items[item].options.iter().position(|o| named(&o.name))?;
            Some(self.say_choices(&self.item_at(item).options[at]))
        };
        if let Some(only) = only {
            return option_of(only);
        }
        let focus = self.line_in_focus().map(|line| line.item());
        let mut all = self
            .asked_last()
            .into_iter()
            .chain(focus)
            .chain(0..items.len());
        all.find_map(option_of)
    }

    /// Choices whose names end in the words ("what kinds of milk", of an option called Dairy).
    fn choices_alike(&self, words: &[String]) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let items = self.restaurant.menu.items.iter();
        for choice in items
            .flat_map(|item| &item.options)
            .flat_map(|o| &o.choices)
        {
            let alike = words_of(&choice.name).ends_with(words);
            if alike && choice.available && !names.contains(&choice.name) {
                names.push(choice.name.clone());
            }
        }
        (names.len() > 1).then(|| self.words.we_have(&names))
    }
}
