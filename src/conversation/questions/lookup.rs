//! Which dishes words name: one of them, a category ("tacos"), or those whose names end in the same word ("burgers").

use super::super::intent::{find, plain};
use super::super::lexicon::{Tag, Tagged, Wish, is_word};
use super::scene::Scene;
use crate::words::{Language, singular};

/// Names read out for one question.
pub(super) const READ_OUT: usize = 12;

/// The naming words of a phrase, singular.
pub(super) fn naming_words(phrase: &str) -> Vec<String> {
    let words = phrase.split(' ').filter(|word| !word.is_empty());
    words
        .filter(|word| !is_word(word, Tag::NamesNothing))
        .map(singular)
        .collect()
}

/// The words of a name of the menu, singular.
pub(super) fn words_of(name: &str) -> Vec<String> {
    plain(name).split(' ').map(singular).collect()
}

/// All words singular, as a line.
pub(super) fn singular_line(text: &str) -> String {
    text.split(' ').map(singular).collect::<Vec<_>>().join(" ")
}

/// Does a text hold the words, one after the other?
pub(super) fn holds_words(text: &str, words: &[String]) -> bool {
    !words.is_empty() && words_of(text).windows(words.len()).any(|run| run == words)
}

/// Does a text say the words, and not that they are left out?
pub(super) fn says(text: &str, phrase: &[String]) -> bool {
    let words = words_of(text);
    !phrase.is_empty()
        && words.windows(phrase.len()).enumerate().any(|(at, run)| {
            let before = at.checked_sub(1).map(|at| words[at].as_str());
            run == phrase && !before.is_some_and(|word| is_word(word, Tag::Negation))
        })
}

/// Does a text of the file say that a dish is so, in the file's language?
fn is_written(language: Language, text: &str, wish: Wish) -> bool {
    let tags = Tagged::said(language, text);
    let denied = |at: usize| tags.all(Tag::Negation).any(|span| span.to == at);
    tags.all(Tag::Written(wish)).any(|span| !denied(span.from))
}

impl Scene<'_> {
    /// The dishes of that name that can be had: none, one or several.
    pub fn family(&self, words: &[String]) -> Vec<usize> {
        let Some(head) = words.last() else {
            return Vec::new();
        };
        let items = self.read_items();
        let categories = &self.menu.restaurant.menu.categories;
        let ends = |name: &String| {
            let name = words_of(name);
            name.last() == Some(head) && words.iter().all(|word| name.contains(word))
        };
        let is_named = |at: &usize| ends(&items[*at].name) || items[*at].aliases.iter().any(ends);
        let named: Vec<usize> = self.available().filter(is_named).collect();
        let of_category = |category: &String| -> Vec<usize> {
            let of = |at: &usize| items[*at].category.as_ref() == Some(category);
            self.available().filter(of).collect()
        };
        if let Some(category) = categories.iter().find(|name| words_of(name) == words) {
            let mut all = of_category(category);
            let alike = |at: &&usize| words_of(&items[**at].name).last() == Some(head);
            all.extend(named.iter().filter(alike));
            all.sort_unstable();
            all.dedup();
            return all;
        }
        if !named.is_empty() {
            return named;
        }
        let part = categories.iter().find(|name| holds_words(name, words));
        part.map(of_category).unwrap_or_default()
    }

    /// The dish whose whole name, or an alias, stands in the words.
    pub fn named_in(&self, rest: &str) -> Option<usize> {
        let items = self.read_items();
        let said = singular_line(rest);
        let length = |at: usize| {
            std::iter::once(&items[at].name)
                .chain(&items[at].aliases)
                .map(|name| words_of(name))
                .filter(|name| holds_words(&said, name))
                .map(|name| name.len())
                .max()
        };
        let lengths: Vec<(usize, usize)> = (0..items.len())
            .filter_map(|at| Some((at, length(at)?)))
            .collect();
        let longest = lengths.iter().map(|&(_, length)| length).max()?;
        let mut best = lengths.iter().filter(|&&(_, length)| length == longest);
        let (at, _) = best.next()?;
        best.next().is_none().then_some(*at)
    }

    /// The dish a question is about: named in it, or pointed at with "it".
    pub fn meant(&self, rest: &str) -> Option<usize> {
        let points = rest.split(' ').any(|word| is_word(word, Tag::Pronoun));
        let last = || Some(self.line_in_focus()?.item());
        self.named_in(rest)
            .or_else(|| self.asked_last.filter(|_| points))
            .or_else(|| last().filter(|_| points))
    }

    /// The dish a question is about, also one heard in part.
    pub fn surely_meant(&self, rest: &str) -> Option<usize> {
        self.meant(rest)
            .or_else(|| self.asked_about(rest).map(|line| line.item))
    }

    pub fn names_of(&self, items: &[usize]) -> Vec<String> {
        let names = items.iter().map(|&at| self.item(at).name.clone());
        names.take(READ_OUT).collect()
    }

    /// Names with their prices.
    pub fn priced(&self, items: &[usize]) -> Vec<String> {
        let currency = self.restaurant.currency;
        let priced = |&at: &usize| {
            let item = self.item(at);
            format!("{} {}", item.name, item.price.display(currency))
        };
        items.iter().map(priced).take(8).collect()
    }

    /// The dishes of a category named in the question, or those that share a word with it, or the categories.
    pub fn list_asked(&self, plain: &str) -> Vec<String> {
        let menu = &self.restaurant.menu;
        let words: Vec<String> = plain.split(' ').map(singular).collect();
        let named = |text: &str| {
            let read = self.menu.read(text);
            let mut parts = read.text().split(' ');
            parts.any(|part| words.contains(&singular(&part.to_lowercase())))
        };
        let names = |of: &dyn Fn(usize) -> bool| -> Vec<String> {
            let items = self.available().filter(|&at| of(at));
            items
                .map(|at| self.item(at).name.clone())
                .take(READ_OUT)
                .collect()
        };
        let category = menu.categories.iter().find(|category| named(category));
        let of_category =
            names(&|at| category.is_some() && self.item(at).category.as_ref() == category);
        if !of_category.is_empty() {
            return of_category;
        }
        let alike = names(&|at| named(&self.item(at).name));
        if !alike.is_empty() {
            return alike;
        }
        if menu.categories.len() > 1 {
            return menu.categories.clone();
        }
        names(&|_| true)
    }

    /// Does its name, an alias, its category, a tag or its description say that it is so?
    pub fn is_called(&self, at: usize, wish: Wish) -> bool {
        let item = self.item(at);
        std::iter::once(&item.name)
            .chain(&item.aliases)
            .chain(&item.description)
            .chain(&item.category)
            .chain(item.tags())
            .any(|text| is_written(self.words.language(), text, wish))
    }

    /// Does a choice's name say so?
    pub fn choice_is_called(&self, name: &str, wish: Wish) -> bool {
        is_written(self.words.language(), name, wish)
    }

    /// Does anything written about a dish hold the words, as the rules read them?
    pub fn mentions(&self, at: usize, words: &[String]) -> bool {
        let item = &self.read_items()[at];
        std::iter::once(&item.name)
            .chain(&item.aliases)
            .chain(&item.description)
            .chain(&item.category)
            .chain(item.tags())
            .any(|text| says(text, words))
    }
}

/// A question with the name of what it points at in place of its pronoun.
pub(super) fn with_name(plain: &str, name: &str) -> Option<String> {
    let pronouns = plain.split(' ').filter(|word| is_word(word, Tag::Pronoun));
    let at = pronouns
        .filter_map(|word| Some((find(plain, word)?, word.len())))
        .min()?;
    Some(format!("{}{name}{}", &plain[..at.0], &plain[at.0 + at.1..]))
}
