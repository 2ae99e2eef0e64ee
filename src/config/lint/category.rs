//! An item that is called like a section of the menu.

use std::collections::HashMap;

use super::super::problem::join;
use super::super::{Code, Problem, RestaurantFile};
use crate::words::{singular, tokens};

/// Items whose name is a category's word while that category has others, unless an alias of its own tells them apart.
pub(super) fn items(file: &RestaurantFile) -> Vec<Problem> {
    let mut bare_words: HashMap<&str, String> = HashMap::new();
    let mut members: HashMap<String, (&str, usize)> = HashMap::new();
    for item in &file.menu {
        if let Some(category) = item.category.as_deref() {
            let word = bare_words.entry(category).or_insert_with(|| bare(category));
            match members.get_mut(word) {
                Some((_, count)) => *count += 1,
                None => {
                    members.insert(word.clone(), (category, 1));
                }
            }
        }
    }
    let mut found = Vec::new();
    for (index, item) in file.menu.iter().enumerate() {
        let name = bare(&item.name);
        let Some((category, count)) = members.get(&name) else {
            continue;
        };
        let own = item
            .category
            .as_deref()
            .is_some_and(|c| bare_words.get(c) == Some(&name));
        let others = count - usize::from(own);
        let told_apart = item.aliases.iter().any(|alias| bare(alias) != name);
        if others == 0 || told_apart {
            continue;
        }
        let message = format!(
            "\"{}\" is also the category \"{category}\": a caller who says it may mean any dish of that section",
            item.name.trim()
        );
        let at = join(&join("/menu", &index.to_string()), "name");
        found.push(
            Problem::new(Code::WarnCategoryWord, at, message)
                .with_help("name it more closely, or give it an alias such as \"plain\" or \"regular\" before the word"),
        );
    }
    found
}

/// Lower case, no accents, each word in the singular.
fn bare(text: &str) -> String {
    let words: Vec<String> = tokens(text)
        .iter()
        .map(|token| singular(&token.text))
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    fn found(menu: &str) -> usize {
        let text = format!("{{id: a, name: A, phone_number: \"+12125550100\", menu: [{menu}]}}");
        let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        items(&RestaurantFile::deserialize(&value).unwrap()).len()
    }

    #[test]
    fn an_item_called_like_its_section_is_found_when_the_section_has_others() {
        let plain = "{id: a, name: Pizza, price: 9, category: Pizzas}";
        let other = "{id: b, name: Calzone, price: 9, category: Pizzas}";
        let elsewhere = "{id: c, name: pizzas, price: 9, category: Kids}";
        let told_apart = "{id: a, name: Pizza, price: 9, category: Pizzas, aliases: [plain pizza]}";
        assert_eq!(found(plain), 0);
        assert_eq!(found(&format!("{plain}, {other}")), 1);
        assert_eq!(found(&format!("{elsewhere}, {other}")), 1);
        assert_eq!(found(&format!("{told_apart}, {other}")), 0);
    }
}
