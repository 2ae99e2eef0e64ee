//! Things of one name: a category ("tacos"), or items whose names end in the same word ("burgers").

use super::intent::plain;
use super::waiter::Waiter;
use crate::words::singular;

/// Words that name nothing.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "any",
    "some",
    "your",
    "my",
    "other",
    "of",
    "all",
    "do",
    "you",
    "have",
    "and",
    "else",
    "different",
    "guys",
    "got",
    "there",
    "are",
    "is",
    "one",
    "ones",
    "each",
    "please",
];

/// The naming words of a phrase, singular.
pub(super) fn naming_words(phrase: &str) -> Vec<String> {
    phrase
        .split(' ')
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(singular)
        .collect()
}

/// The words of a name of the menu, singular.
pub(super) fn words_of(name: &str) -> Vec<String> {
    plain(name).split(' ').map(singular).collect()
}

/// Does a text hold the words, one after the other?
pub(super) fn holds_words(text: &str, words: &[String]) -> bool {
    !words.is_empty() && words_of(text).windows(words.len()).any(|run| run == words)
}

impl Waiter {
    /// The items of that name that can be had: none, one or several.
    pub(super) fn family(&self, words: &[String]) -> Vec<usize> {
        let Some(head) = words.last() else {
            return Vec::new();
        };
        let read = &self.menu.restaurant.menu;
        let available = |at: &usize| self.item_at(*at).available;
        let ends = |name: &String| {
            let name = words_of(name);
            name.last() == Some(head) && words.iter().all(|word| name.contains(word))
        };
        let named: Vec<usize> = (0..read.items.len())
            .filter(available)
            .filter(|&at| {
                let item = &read.items[at];
                ends(&item.name) || item.aliases.iter().any(ends)
            })
            .collect();
        let of_category = |category: &String| -> Vec<usize> {
            (0..read.items.len())
                .filter(available)
                .filter(|&at| read.items[at].category.as_ref() == Some(category))
                .collect()
        };
        let whole = read.categories.iter().find(|name| words_of(name) == words);
        if let Some(category) = whole {
            let mut all = of_category(category);
            all.extend(
                named
                    .iter()
                    .filter(|&&at| words_of(&read.items[at].name).last() == Some(head)),
            );
            all.sort_unstable();
            all.dedup();
            return all;
        }
        if !named.is_empty() {
            return named;
        }
        let part = read.categories.iter().find(|name| holds_words(name, words));
        part.map(of_category).unwrap_or_default()
    }

    /// The item whose whole name, or an alias, stands in the words.
    pub(super) fn named_in(&self, rest: &str) -> Option<usize> {
        let items = &self.menu.restaurant.menu.items;
        let said = rest.split(' ').map(singular).collect::<Vec<_>>().join(" ");
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

    pub(super) fn names_of(&self, items: &[usize]) -> Vec<String> {
        let names = items.iter().map(|&at| self.item_at(at).name.clone());
        names.take(super::inquiries::READ_OUT).collect()
    }

    /// Items read out: "which one is cheaper?" and "I'll take two of those" may follow.
    pub(super) fn remember_listed(&mut self, items: &[usize]) {
        self.listed = items.to_vec();
        self.spoken_of = match items {
            [only] => Some(*only),
            _ => None,
        };
    }

    /// Names with their prices.
    pub(super) fn priced(&self, items: &[usize]) -> Vec<String> {
        let currency = self.restaurant.currency;
        let priced = |&at: &usize| {
            let item = self.item_at(at);
            format!("{} {}", item.name, item.price.display(currency))
        };
        items.iter().map(priced).take(8).collect()
    }
}
