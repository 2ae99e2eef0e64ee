//! Calories: what the file says of a dish, and nothing reckoned.

use super::super::intent::holds;
use super::super::wording::Wording;
use crate::restaurant::Item;

const CALORIES: &[&str] = &["calories", "calorie", "calory", "kcal", "kilocalories"];

/// The words without those that ask for calories; `None` when they ask for none.
pub(in super::super) fn asked(plain: &str) -> Option<String> {
    if !CALORIES.iter().any(|word| holds(plain, word)) {
        return None;
    }
    let rest = plain.split(' ').filter(|word| {
        let asks = ["how", "many", "what", "count", "info", "information"].contains(word);
        !asks && !CALORIES.contains(word)
    });
    Some(rest.collect::<Vec<_>>().join(" "))
}

/// What the file says of a dish.
pub(in super::super) fn of_dish(words: Wording, item: &Item) -> String {
    match item.details.as_ref().and_then(|details| details.calories) {
        Some(calories) => words.calories(&item.name, calories),
        None => words.calories_unknown(&item.name),
    }
}
