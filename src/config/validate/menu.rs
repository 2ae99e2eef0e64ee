//! The menu: items, their categories, and the options they ask or take over from a group.

use std::collections::{HashMap, HashSet};

use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::written::CategoryFile;
use super::super::{Code, ItemFile, Problem, RestaurantFile};
use super::available::available;
use super::findings::Findings;
use super::item::{details, names_of, priced};
use super::option::{Body, Context, Draft, Groups, option, options};
use super::said_name::said_names;
use super::taxes::Taxes;
use super::unfold::Unfolding;
use crate::restaurant::{Availability, Currency, Item, Menu};

/// The menu, unless one of its rules is broken (every break is noted).
pub(super) fn menu(
    file: &RestaurantFile,
    language: &str,
    currency: Currency,
    taxes: &mut Taxes,
    found: &mut Findings,
) -> Option<Menu> {
    let ids = ids(file, found);
    let sections = sections(file, found);
    let written: Vec<&str> = file
        .menu
        .iter()
        .map(|item| names_of(item, language))
        .collect();
    let said = said_names(&written);
    let mut context = Context {
        currency,
        taxes,
        found,
        dishes: &ids,
        items: &file.menu,
        said: &said,
    };
    let mut groups = Groups::new();
    for (key, group) in &file.option_groups {
        let pointer = join("/option_groups", key);
        let body = Body::from(group);
        let draft = option(key, &body, &Groups::new(), &pointer, &mut context);
        groups.insert(key.as_str(), draft);
    }
    let mut drafts: Vec<Vec<Draft<'_>>> = Vec::with_capacity(file.menu.len());
    let mut sold = Vec::with_capacity(file.menu.len());
    let mut prices = Vec::with_capacity(file.menu.len());
    for (index, item) in file.menu.iter().enumerate() {
        let pointer = join("/menu", &index.to_string());
        check_category(&file.categories, item, &pointer, context.found);
        let at = join(&pointer, "options");
        let mut own = options(&item.options, &groups, &at, &mut context);
        // Before combos take the dish over: what a size costs more, it costs more there too.
        let asked = own.iter_mut().map(|draft| &mut draft.option).collect();
        prices.push(priced(item, asked, currency, &pointer, context.found));
        drafts.push(own);
        let at = join(&pointer, "available");
        let (there, own) = available(item.available.as_ref(), &at, context.found);
        let section = item.category.as_deref().and_then(|name| sections.get(name));
        let (open, times) = section.map_or((true, None), |(open, times)| (*open, times.clone()));
        let times: Vec<Availability> = own.into_iter().chain(times).collect();
        sold.push((there && open, times));
    }
    let mut unfolding = Unfolding::new(currency, &drafts, &sold);
    let mut items = Vec::with_capacity(file.menu.len());
    for (index, written) in file.menu.iter().enumerate() {
        let pointer = join("/menu", &index.to_string());
        let options = unfolding.item(index, &pointer, context.found)?;
        let price = prices[index];
        let mut item = Item {
            category: written.category.clone(),
            price,
            aliases: written.aliases.clone(),
            description: written.description.clone(),
            allergens: written.allergens.clone(),
            available: sold[index].0,
            say_as: written.say_as.clone(),
            options: options.into(),
            ..Item::plain(&written.id, &said[index], price)
        };
        details(
            &mut item,
            written,
            sold[index].1.clone(),
            &pointer,
            &mut context,
        );
        items.push(item);
    }
    unfolding.finish(context.found);
    Menu::new(categories(file), items).ok()
}

/// Items by id; an id that is there twice is noted.
fn ids<'a>(file: &'a RestaurantFile, found: &mut Findings) -> HashMap<&'a str, usize> {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for (index, item) in file.menu.iter().enumerate() {
        let pointer = join(&join("/menu", &index.to_string()), "id");
        if let Some(first) = ids.insert(&item.id, index) {
            let message = format!("the id \"{}\" is already used by menu[{first}]", item.id);
            found.push(
                Problem::new(Code::Duplicate, pointer, message)
                    .with_help("give every item its own id"),
            );
        }
    }
    ids
}

/// Sections that say when they are sold, by name.
fn sections<'a>(
    file: &'a RestaurantFile,
    found: &mut Findings,
) -> HashMap<&'a str, (bool, Option<Availability>)> {
    let mut names = HashSet::new();
    let mut sections = HashMap::new();
    for (index, section) in file.categories.iter().enumerate() {
        let pointer = join("/categories", &index.to_string());
        if !names.insert(section.name()) {
            let message = format!("the section \"{}\" stands twice", section.name());
            found.add(Code::Duplicate, &pointer, message);
        }
        if let Some(written) = section.available() {
            let at = join(&pointer, "available");
            sections.insert(section.name(), available(Some(written), &at, found));
        }
    }
    sections
}

/// The file's sections; without any, those its items name, in the order they come.
fn categories(file: &RestaurantFile) -> Vec<String> {
    if !file.categories.is_empty() {
        let named = file
            .categories
            .iter()
            .map(|section| section.name().to_owned());
        return named.collect();
    }
    let mut seen = HashSet::new();
    file.menu
        .iter()
        .filter_map(|item| item.category.clone())
        .filter(|category| seen.insert(category.clone()))
        .collect()
}

fn check_category(known: &[CategoryFile], item: &ItemFile, pointer: &str, found: &mut Findings) {
    let Some(category) = item.category.as_ref() else {
        return;
    };
    let named = |section: &CategoryFile| section.name() == category;
    if known.is_empty() || known.iter().any(named) || found.is_full() {
        return;
    }
    let names: Vec<&str> = known.iter().map(CategoryFile::name).collect();
    let mut problem = Problem::new(
        Code::Reference,
        join(pointer, "category"),
        format!("\"{category}\" is not one of categories"),
    );
    problem.help = did_you_mean(category, &names);
    found.push(problem);
}
