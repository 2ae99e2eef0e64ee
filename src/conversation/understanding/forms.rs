//! The ways one name may be said: whole, shortened, joined, reordered, by synonyms. Each form has a cost.

use std::collections::HashMap;

use super::everyday::is_describing;
use super::synonyms;
use super::weights as w;
use crate::words::{single_number, singular, tokens};

/// Words of a name that carry no meaning of their own.
const LITTLE: &[&str] = &[
    "and", "of", "the", "with", "a", "an", "in", "on", "de", "al", "la", "our", "n", "size",
    "style", "free", "up", "only", "any", "alla", "del", "con", "di", "au", "aux", "du",
];

/// Has the word of a name no meaning of its own?
pub(super) fn is_little(word: &str) -> bool {
    LITTLE.contains(&word)
}

/// Units in a name ("Espresso shot", "Cheese slice"): they are left out as easily as an adjective.
const UNITS: &[&str] = &[
    "shot", "pump", "scoop", "slice", "cup", "glass", "bottle", "can", "bag", "piece", "order",
    "side", "portion", "bowl", "plate", "basket", "serving", "packet",
];

/// Longest name whose words may be dropped freely; a longer one only loses words at its ends.
const FREELY_DROPPED: usize = 5;

/// A heard or written word as the index knows it: singular, digits for numbers, canonical among synonyms.
pub fn stem(word: &str) -> String {
    // "Single" tells kinds apart ("Single espresso"); it counts only where nothing is called so.
    if word == "single" {
        return word.to_owned();
    }
    if let Some(number) = single_number(word) {
        return number.to_string();
    }
    synonyms::canonical(&singular(synonyms::canonical(word))).to_owned()
}

/// The stems of a name.
pub fn stems(name: &str) -> Vec<String> {
    tokens(name).iter().map(|t| stem(&t.text)).collect()
}

/// How many names of the menu hold each stem.
pub type Frequencies = HashMap<String, u32>;

/// All forms of one name with their costs. `heads` are words a caller may add ("tortilla" of option Tortilla);
/// `of_items` counts the words of items alone.
/// An item is never named by adjectives alone; a choice may be ("corn and flour tortilla").
pub fn forms(
    name: &str,
    heads: &[String],
    frequency: &Frequencies,
    of_items: &Frequencies,
    base: f32,
    of_item: bool,
) -> Vec<(Vec<String>, f32)> {
    let whole = stems(name);
    let mut out: Vec<(Vec<String>, f32)> = Vec::new();
    if whole.is_empty() {
        return out;
    }
    let mut wholes = vec![(whole.clone(), base)];
    for variant in by_synonyms(&whole) {
        wholes.push((variant, base + w::SYNONYM));
    }
    for (form, cost) in &wholes {
        for head in heads.iter().filter(|head| !form.contains(head)) {
            let mut longer = form.clone();
            longer.push(head.clone());
            out.push((longer, cost + w::ADDED_HEAD));
        }
        out.extend(joined(form).into_iter().map(|j| (j, cost + 0.01)));
    }
    let mut shortened = shortened(&whole, frequency, base, of_item);
    for (form, cost) in &mut shortened {
        if form.len() + 1 == whole.len()
            && form[..] == whole[..form.len()]
            && heads.contains(&whole[form.len()])
        {
            *cost = base + w::DROPPED_OPTION_HEAD;
        } else if form.iter().all(|word| is_describing(word)) {
            *cost += if of_item {
                w::ONLY_ADJECTIVE_OF_ITEM
            } else {
                w::ONLY_ADJECTIVE
            };
        }
    }
    if of_item {
        // "Two sundaes" are two, of a "Two scoop sundae" too.
        let few = whole[0].parse::<u32>().is_ok_and(|number| number <= FEW);
        let counts = |form: &[String]| few && form.len() > 1 && form[0] == whole[0];
        shortened.retain(|(form, _)| !counts(form) || form.get(1) == whole.get(1));
        shortened.retain(|(form, _)| !form.iter().all(|word| is_number(word)));
        shortened.retain(|(form, _)| {
            !form.iter().all(|word| is_describing(word))
                || form.len() == 1 && of_items.get(&form[0]) == Some(&1)
        });
    }
    for (form, cost) in &shortened {
        for variant in by_synonyms(form) {
            // "Pepper" is a bell pepper, but no more so than any other pepper of the menu.
            if variant.len() == 1 && frequency.get(&variant[0]).is_some_and(|&n| n > 1) {
                continue;
            }
            out.push((variant, cost + w::SYNONYM));
        }
    }
    out.extend(wholes);
    out.extend(shortened);
    out
}

/// A number that begins a name and counts dishes as readily.
const FEW: u32 = 4;

fn is_number(stem: &str) -> bool {
    stem.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same name with a phrase replaced by one that means the same.
fn by_synonyms(words: &[String]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for row in synonyms::phrases() {
        let held = row.iter().enumerate().filter_map(|(at_row, phrase)| {
            let phrase = stems(phrase);
            let at = words
                .windows(phrase.len())
                .position(|part| part == phrase)?;
            Some((phrase.len(), at_row, at))
        });
        // "Caffe latte" holds "latte" too, and is no "caffe caffe latte".
        let longest = held.max_by_key(|&(len, at_row, _)| (len, std::cmp::Reverse(at_row)));
        let Some((len, at_row, at)) = longest else {
            continue;
        };
        for (_, other) in row.iter().enumerate().filter(|(i, _)| *i != at_row) {
            let mut said = words[..at].to_vec();
            said.extend(stems(other));
            said.extend_from_slice(&words[at + len..]);
            out.push(said);
        }
    }
    out
}

/// Two words said as one ("cheeseburger"), and the whole name as one.
fn joined(words: &[String]) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = (1..words.len())
        .map(|at| {
            let mut form = words[..at - 1].to_vec();
            form.push(format!("{}{}", words[at - 1], words[at]));
            form.extend_from_slice(&words[at + 1..]);
            form
        })
        .collect();
    if (3..=4).contains(&words.len()) {
        out.push(vec![words.concat()]);
    }
    out
}

/// Parts of the name, in order and (for two or three words) in another order.
///
/// What an adjective or a unit adds is easily left unsaid ("peppers" for "Green peppers", "espresso" for "Espresso
/// shot"); a noun tells another kind ("Banana peppers"). Of items this does not hold: "a coffee" is no iced coffee.
fn shortened(
    words: &[String],
    frequency: &Frequencies,
    base: f32,
    of_item: bool,
) -> Vec<(Vec<String>, f32)> {
    let little = |word: &String| LITTLE.contains(&word.as_str());
    let light = |word: &String| !of_item && (is_describing(word) || UNITS.contains(&word.as_str()));
    let weight = |word: &String| {
        if little(word) {
            return 0.05;
        }
        let rarity = 1.0 / (*frequency.get(word).unwrap_or(&1) as f32).sqrt();
        if light(word) {
            rarity * w::LIGHT_WORD
        } else {
            rarity
        }
    };
    let total: f32 = words.iter().map(weight).sum();
    let last = words.len() - 1;
    let mut out = Vec::new();
    for kept in subsets(words.len()) {
        let form: Vec<String> = kept.iter().map(|&i| words[i].clone()).collect();
        let refusal = |word: &String| matches!(word.as_str(), "no" | "without" | "not");
        if form.iter().all(|word| little(word) || refusal(word))
            || form.first().is_some_and(little)
            || form
                .last()
                .is_some_and(|word| little(word) && word != "free")
        {
            continue;
        }
        let dropped: Vec<usize> = (0..words.len()).filter(|i| !kept.contains(i)).collect();
        let only_little = dropped.iter().all(|&i| little(&words[i]));
        let said: f32 = kept.iter().map(|&i| weight(&words[i])).sum();
        let common_head = frequency.get(&words[last]).is_some_and(|&n| n > 1);
        let head = if dropped.contains(&last) && !common_head && !light(&words[last]) {
            w::DROPPED_HEAD
        } else {
            0.0
        };
        // Of several names that share the head alone, none is likelier for being shorter.
        let tail = kept.len() < words.len()
            && *kept == ((words.len() - kept.len())..words.len()).collect::<Vec<_>>();
        let common = |&i: &usize| frequency.get(&words[i]).is_some_and(|&n| n > 1);
        let share = if tail && of_item && kept.iter().all(common) || kept == [last] && common_head {
            let told: f32 = dropped
                .iter()
                .filter(|&&i| !little(&words[i]))
                .map(|&i| if light(&words[i]) { w::LIGHT_WORD } else { 1.0 })
                .fold(0.0, f32::max);
            told / (told + 1.0)
        } else {
            1.0 - said / total
        };
        let cost = match (dropped.is_empty(), only_little) {
            (true, _) => base,
            (_, true) => base + w::DROPPED_FUNCTION_WORD,
            _ => base + w::DROPPED + w::DROPPED_SHARE * share + head,
        };
        if form.len() > 1
            && form.len() <= 3
            && !dropped
                .iter()
                .any(|&i| i > kept[0] && i < kept[kept.len() - 1])
        {
            let mut turned = form.clone();
            turned.rotate_right(1);
            out.push((turned, cost + w::REORDERED));
        }
        if !dropped.is_empty() {
            out.push((form, cost));
        }
    }
    out
}

/// Which words are kept: every subset of a short name, every run of a long one; never none.
fn subsets(len: usize) -> Vec<Vec<usize>> {
    if len <= FREELY_DROPPED {
        (1u32..1 << len)
            .map(|mask| (0..len).filter(|i| mask & (1 << i) != 0).collect())
            .collect()
    } else {
        (0..len)
            .flat_map(|from| (from + 1..=len).map(move |to| (from..to).collect()))
            .collect()
    }
}
