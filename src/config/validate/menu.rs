//! The menu: items, their categories, and the options they ask or take over from a group.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::{Code, ItemFile, OptionFile, Problem, RestaurantFile};
use super::amount::money;
use super::findings::Findings;
use super::option::{Body, option};
use crate::restaurant::{Currency, Item, ItemOption, Menu};

/// Most choices of all items together. A group is written once and taken over by many items: this keeps what a file
/// unfolds to within what could be written out.
const MAX_CHOICES: usize = 200_000;

/// The menu, unless one of its rules is broken (every break is noted).
pub(super) fn menu(
    file: &RestaurantFile,
    currency: Currency,
    found: &mut Findings,
) -> Option<Menu> {
    let groups: BTreeMap<&str, ItemOption> = file
        .option_groups
        .iter()
        .map(|(key, group)| {
            let pointer = join("/option_groups", key);
            let body = Body::from(group);
            (key.as_str(), option(key, &body, currency, &pointer, found))
        })
        .collect();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    let mut choices = 0;
    let mut items = Vec::with_capacity(file.menu.len());
    for (index, item) in file.menu.iter().enumerate() {
        let pointer = join("/menu", &index.to_string());
        if let Some(first) = ids.insert(&item.id, index) {
            let message = format!("the id \"{}\" is already used by menu[{first}]", item.id);
            found.push(
                Problem::new(Code::Duplicate, join(&pointer, "id"), message)
                    .with_help("give every item its own id"),
            );
        }
        check_category(&file.categories, item, &pointer, found);
        choices += choices_of(item, &groups);
        if choices > MAX_CHOICES {
            let message =
                format!("with shared options the menu has more than {MAX_CHOICES} choices");
            let problem = Problem::new(Code::Option, join(&pointer, "options"), message);
            found.push(problem.with_help("remove options that no caller needs"));
            return None;
        }
        items.push(Item {
            id: item.id.clone(),
            name: item.name.clone(),
            category: item.category.clone(),
            price: money(&item.price, currency, &join(&pointer, "price"), found),
            aliases: item.aliases.clone(),
            description: item.description.clone(),
            allergens: item.allergens.clone(),
            available: item.available.unwrap_or(true),
            say_as: item.say_as.clone(),
            options: options(item, &groups, currency, &join(&pointer, "options"), found),
        });
    }
    Menu::new(categories(file), items).ok()
}

fn choices_of(item: &ItemFile, groups: &BTreeMap<&str, ItemOption>) -> usize {
    let of_option = |option: &OptionFile| match (&option.group, &option.choices) {
        (Some(group), _) => groups.get(group.as_str()).map_or(0, |g| g.choices.len()),
        (None, Some(own)) => own.len(),
        (None, None) => 0,
    };
    item.options.iter().map(of_option).sum()
}

/// The file's sections; without any, those its items name, in the order they come.
fn categories(file: &RestaurantFile) -> Vec<String> {
    if !file.categories.is_empty() {
        return file.categories.clone();
    }
    let mut seen = HashSet::new();
    file.menu
        .iter()
        .filter_map(|item| item.category.clone())
        .filter(|category| seen.insert(category.clone()))
        .collect()
}

fn check_category(known: &[String], item: &ItemFile, pointer: &str, found: &mut Findings) {
    let Some(category) = item.category.as_ref() else {
        return;
    };
    if known.is_empty() || known.contains(category) || found.is_full() {
        return;
    }
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut problem = Problem::new(
        Code::Reference,
        join(pointer, "category"),
        format!("\"{category}\" is not one of categories"),
    );
    problem.help = did_you_mean(category, &names);
    found.push(problem);
}

fn options(
    item: &ItemFile,
    groups: &BTreeMap<&str, ItemOption>,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Vec<ItemOption> {
    let mut names = HashSet::new();
    let mut options = Vec::new();
    for (index, written) in item.options.iter().enumerate() {
        let at = join(pointer, &index.to_string());
        let Some(option) = one_option(written, groups, currency, &at, found) else {
            continue;
        };
        if names.insert(option.name.to_lowercase()) {
            options.push(option);
        } else {
            let message = format!("two options of this item are called \"{}\"", option.name);
            found.add(Code::Duplicate, &at, message);
        }
    }
    options
}

fn one_option(
    written: &OptionFile,
    groups: &BTreeMap<&str, ItemOption>,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Option<ItemOption> {
    let Some(group) = &written.group else {
        let name = written.name.as_deref();
        for (key, absent) in [
            ("name", name.is_none()),
            ("choices", written.choices.is_none()),
        ] {
            if absent {
                found.push(
                    Problem::new(Code::Schema, pointer, format!("\"{key}\" is missing"))
                        .at_key()
                        .with_help("an option is {name: ..., choices: [...]} or {use: a group}"),
                );
            }
        }
        written.choices.as_ref()?;
        return Some(option(
            name?,
            &Body::from(written),
            currency,
            pointer,
            found,
        ));
    };
    let alone = OptionFile {
        group: Some(group.clone()),
        name: None,
        min: None,
        max: None,
        default: None,
        amounts: None,
        half_price: None,
        choices: None,
    };
    if *written != alone {
        found.push(
            Problem::new(Code::Option, pointer, "\"use\" stands alone")
                .at_key()
                .with_help("change the group, or write the option out without use"),
        );
    }
    let shared = groups.get(group.as_str()).cloned();
    if shared.is_none() && !found.is_full() {
        let known: Vec<&str> = groups.keys().copied().collect();
        let message = format!("no option group is called \"{group}\"");
        let mut problem = Problem::new(Code::Reference, join(pointer, "use"), message);
        problem.help = did_you_mean(group, &known);
        found.push(problem);
    }
    shared
}
