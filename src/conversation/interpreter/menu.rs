//! A restaurant's names as the interpreter reads them: what callers say is read the same way, so that both sides meet.

use std::sync::Arc;

use super::read;
use crate::restaurant::{Item, ItemOption, Menu, Restaurant};
use crate::words::Language;

/// The restaurant with the names of its menu read; ids, prices, rules and order are the same. English: the very same.
pub fn read_menu(restaurant: &Arc<Restaurant>, language: Language) -> Arc<Restaurant> {
    if language == Language::English {
        return Arc::clone(restaurant);
    }
    let mut parts = (***restaurant).clone();
    let categories = parts
        .menu
        .categories
        .iter()
        .map(|name| text(language, name));
    let items = parts
        .menu
        .items
        .iter()
        .map(|item| read_item(item, language));
    let read = Menu::new(categories.collect(), items.collect())
        .ok()
        .and_then(|menu| {
            parts.menu = menu;
            Restaurant::new(parts)
        });
    read.map_or_else(|| Arc::clone(restaurant), Arc::new)
}

fn text(language: Language, name: &str) -> String {
    read(language, name).text().to_owned()
}

fn texts(language: Language, names: &[String]) -> Vec<String> {
    names.iter().map(|name| text(language, name)).collect()
}

fn read_item(item: &Item, language: Language) -> Item {
    let mut read = item.clone();
    read.name = text(language, &item.name);
    read.category = item.category.as_ref().map(|name| text(language, name));
    read.aliases = texts(language, &item.aliases);
    read.say_as = item.say_as.as_ref().map(|name| text(language, name));
    if let Some(details) = &mut read.details {
        details.tags = texts(language, &details.tags);
    }
    let mut names: Vec<String> = Vec::new();
    for option in &mut read.options {
        *option = read_option(option, language);
        if names.contains(&option.name) {
            option.name.push_str(&format!(" {}", names.len()));
        }
        names.push(option.name.clone());
    }
    read
}

/// Choices that are read alike ("Grand", "Grande") keep their own spelling from the second on: a menu has each name once.
fn read_option(option: &ItemOption, language: Language) -> ItemOption {
    let mut read = option.clone();
    read.name = text(language, &option.name);
    let mut names: Vec<String> = Vec::new();
    for choice in &mut read.choices {
        let name = text(language, &choice.name);
        if !names.contains(&name) {
            choice.name = name;
        }
        names.push(choice.name.clone());
        choice.aliases = texts(language, &choice.aliases);
        choice.say_as = choice.say_as.as_ref().map(|name| text(language, name));
    }
    read
}
