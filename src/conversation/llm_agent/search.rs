//! The search over a long menu.

use super::super::waiter::Waiter;
use super::prompt;
use crate::restaurant::Item;
use crate::words::{singular, tokens};

/// Items in one answer.
const FOUND: usize = 12;

/// The items that share most words with the query, as they stand in a short menu's prompt.
pub(super) fn search(waiter: &Waiter, query: &str) -> String {
    let wanted = stems(query);
    let items = &waiter.restaurant.menu.items;
    let mut found: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .map(|(at, item)| (score(item, &wanted), at))
        .filter(|&(score, _)| score > 0)
        .collect();
    found.sort_by_key(|&(score, at)| (std::cmp::Reverse(score), at));
    let mut text = String::new();
    for &(_, at) in found.iter().take(FOUND) {
        prompt::item_lines(&mut text, &items[at], &|_| false);
    }
    text
}

/// A word of the name counts most, then other names, the category, the contents.
fn score(item: &Item, wanted: &[String]) -> usize {
    let name = stems(&item.name);
    let aliases: Vec<String> = item.aliases.iter().flat_map(|alias| stems(alias)).collect();
    let category = stems(item.category.as_deref().unwrap_or_default());
    let contents = stems(item.description.as_deref().unwrap_or_default());
    let worth = |word: &String| {
        if name.contains(word) {
            8
        } else if aliases.contains(word) {
            6
        } else if category.contains(word) {
            4
        } else {
            usize::from(contents.contains(word))
        }
    };
    wanted.iter().map(worth).sum()
}

fn stems(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .map(|token| singular(&token.text))
        .collect()
}
