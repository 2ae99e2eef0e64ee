//! Options that cannot be told apart, and options that nobody is ever asked.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::problem::join;
use super::super::{Code, OptionFile, Problem, RestaurantFile};
use crate::restaurant::{Item, ItemOption, Restaurant};
use crate::words::tokens;

/// Choices of this kind stand in many options and are answers, not things.
const ANSWERS: [&str; 6] = ["no", "none", "yes", "plain", "regular", "neither"];

/// Options of one dish that share a choice: a caller who says it may mean either.
pub(super) fn shared_choices(file: &RestaurantFile, restaurant: &Restaurant) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut told: HashSet<(&str, &str, String)> = HashSet::new();
    for (index, item) in restaurant.menu.items.iter().enumerate() {
        let own: Vec<&ItemOption> = item
            .options
            .iter()
            .filter(|o| o.parent().is_none())
            .collect();
        for (at, option) in own.iter().enumerate() {
            let Some((other, name)) = own[..at].iter().find_map(|other| shared(other, option))
            else {
                continue;
            };
            // A pair of groups that many dishes take over is told once.
            if !told.insert((&option.name, other, name.clone())) {
                continue;
            }
            let pointer = written_at(file, index, &option.name);
            let message = format!(
                "\"{name}\" is a choice of \"{other}\" and of \"{}\": a caller who says it may mean either",
                option.name
            );
            found.push(Problem::new(Code::WarnSameChoice, pointer, message));
        }
    }
    found
}

/// The first choice both options have, with the other option's name.
fn shared<'a>(other: &&'a ItemOption, option: &ItemOption) -> Option<(&'a str, String)> {
    // Small and Large of two options are told apart by what they are sizes of.
    let words = |name: &str| -> Vec<String> { tokens(name).into_iter().map(|t| t.text).collect() };
    let known: HashSet<Vec<String>> = other.choices.iter().map(|c| words(&c.name)).collect();
    let thing = |words: &[String]| {
        words
            .first()
            .is_some_and(|first| !ANSWERS.contains(&first.as_str()))
    };
    let same = option.choices.iter().find(|choice| {
        let own = words(&choice.name);
        thing(&own) && known.contains(&own)
    })?;
    Some((other.name.as_str(), same.name.clone()))
}

/// Where an item's own option stands in the file.
fn written_at(file: &RestaurantFile, item: usize, name: &str) -> String {
    let pointer = join(&join("/menu", &item.to_string()), "options");
    let written = &file.menu[item].options;
    let called = |option: &OptionFile| {
        let called = option.name.as_deref().or(option.group.as_deref());
        called == Some(name)
    };
    match written.iter().position(called) {
        Some(at) => join(&pointer, &at.to_string()),
        None => pointer,
    }
}

/// Groups no item takes over, and options whose conditions never hold together.
pub(super) fn unreachable(file: &RestaurantFile, restaurant: &Restaurant) -> Vec<Problem> {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for item in &file.menu {
        collect_used(&item.options, &mut used);
    }
    let unused = file
        .option_groups
        .keys()
        .filter(|key| !used.contains(key.as_str()));
    let mut found: Vec<Problem> = unused
        .map(|key| {
            let message = format!("no item takes over the option group \"{key}\"");
            Problem::new(Code::WarnUnreachable, join("/option_groups", key), message).at_key()
        })
        .collect();
    for (index, item) in restaurant.menu.items.iter().enumerate() {
        for (at, option) in item.options.iter().enumerate() {
            if option.parent().is_none() && option.rules.is_some() && never_asked(item, at) {
                let pointer = written_at(file, index, &option.name);
                let message = format!("nobody is ever asked for \"{}\"", option.name);
                found.push(Problem::new(Code::WarnUnreachable, pointer, message));
            }
        }
    }
    found
}

fn collect_used<'a>(options: &'a [OptionFile], used: &mut BTreeSet<&'a str>) {
    for option in options {
        used.extend(option.group.as_deref());
        for choice in option.choices.iter().flatten() {
            if let Some(fields) = choice.details() {
                collect_used(&fields.options, used);
            }
        }
    }
}

/// Can the choices an option depends on not be had together?
fn never_asked(item: &Item, option: usize) -> bool {
    // What must be taken of options of which only one can be.
    let mut wanted: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut open = vec![option];
    while let Some(at) = open.pop() {
        let Some(rules) = &item.options[at].rules else {
            continue;
        };
        let parent = rules.parent.map(|(option, choice)| (option, vec![choice]));
        let when = rules
            .when
            .iter()
            .map(|when| (when.option, when.choices.clone()));
        for (on, choices) in when.chain(parent) {
            let there = |choice: &usize| item.options[on].choices[*choice].available;
            let mut choices: Vec<usize> = choices.into_iter().filter(there).collect();
            if choices.is_empty() {
                return true;
            }
            if item.options[on].max == Some(1) {
                if let Some(before) = wanted.get(&on) {
                    choices.retain(|choice| before.contains(choice));
                    if choices.is_empty() {
                        return true;
                    }
                }
                wanted.insert(on, choices);
            }
            open.push(on);
        }
    }
    false
}
