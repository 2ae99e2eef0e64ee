//! What a name that a kitchen writes means on its menu. Pure.

use crate::restaurant::{Item, Restaurant, Sellable};
use crate::words::{singular, tokens};

/// Names told back when several fit.
const FEW: usize = 5;

/// What a name in a text means on a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// These, with their names; what else has the word in its name is told with them.
    These {
        found: Vec<(Sellable, String)>,
        others: Vec<String>,
    },
    /// Any of these may be meant.
    Several(Vec<String>),
    /// Nothing is called that.
    Nothing,
}

/// Finds what is called `name`: by id, name, alias or number as they are written, else the only one that has its words.
pub fn named(restaurant: &Restaurant, name: &str) -> Named {
    let mut wanted = stems(name);
    if let [article, _, ..] = wanted.as_slice()
        && matches!(article.as_str(), "the" | "our")
    {
        wanted.remove(0);
    }
    if wanted.is_empty() {
        return Named::Nothing;
    }
    let all = sellables(restaurant);
    let exactly: Vec<&Thing> = all
        .iter()
        .filter(|thing| thing.names.iter().any(|name| stems(name) == wanted))
        .collect();
    let has_words = |thing: &&Thing| {
        let has = |name: &String| {
            let words = stems(name);
            wanted.iter().all(|word| words.contains(word))
        };
        thing.names.iter().any(has)
    };
    let containing: Vec<&Thing> = all.iter().filter(has_words).collect();
    let dishes = exactly.iter().filter(|thing| thing.is_item()).count();
    let told = |things: &[&Thing]| -> Vec<String> {
        let mut names: Vec<String> = things.iter().map(|thing| thing.shown.clone()).collect();
        names.dedup();
        names.truncate(FEW);
        names
    };
    let found = match (exactly.as_slice(), containing.as_slice()) {
        (exactly, _) if dishes > 1 => return Named::Several(told(exactly)),
        ([], []) => return Named::Nothing,
        ([], [one]) => vec![*one],
        ([], several) => return Named::Several(told(several)),
        (exactly, _) => exactly.to_vec(),
    };
    let others: Vec<&Thing> = containing
        .into_iter()
        .filter(|thing| !found.iter().any(|found| found.what == thing.what))
        .collect();
    Named::These {
        others: told(&others),
        found: found
            .into_iter()
            .map(|thing| (thing.what.clone(), thing.shown.clone()))
            .collect(),
    }
}

/// What something that can run out is called: a dish by its name, a choice by its own.
pub fn name_of(restaurant: &Restaurant, what: &Sellable) -> String {
    match what {
        Sellable::Item(id) => restaurant
            .menu
            .item(id)
            .map_or_else(|| id.clone(), |item| item.name.clone()),
        Sellable::Choice(name) => name.clone(),
    }
}

/// A dish or a choice with everything it is called.
struct Thing {
    what: Sellable,
    shown: String,
    names: Vec<String>,
}

impl Thing {
    fn is_item(&self) -> bool {
        matches!(self.what, Sellable::Item(_))
    }
}

fn sellables(restaurant: &Restaurant) -> Vec<Thing> {
    let mut all: Vec<Thing> = restaurant.menu.items.iter().map(dish).collect();
    let options = restaurant
        .menu
        .items
        .iter()
        .flat_map(|item| item.options.iter());
    for choice in options.flat_map(|option| option.choices.iter()) {
        // A choice that is a dish runs out with the dish.
        if choice.details.as_ref().is_some_and(|d| d.item.is_some()) {
            continue;
        }
        let what = Sellable::Choice(choice.name.clone());
        if let Some(known) = all.iter_mut().find(|thing| thing.what == what) {
            known.names.extend(choice.aliases.iter().cloned());
            continue;
        }
        let mut names = vec![choice.name.clone()];
        names.extend(choice.aliases.iter().cloned());
        all.push(Thing {
            what,
            shown: choice.name.clone(),
            names,
        });
    }
    all
}

fn dish(item: &Item) -> Thing {
    let details = item.details.as_ref();
    let number = details.and_then(|d| d.number.clone());
    let printed = details.and_then(|d| d.printed.clone());
    let mut names = vec![item.name.clone(), item.id.clone()];
    names.extend(item.aliases.iter().cloned());
    names.extend(number.into_iter().chain(printed));
    Thing {
        what: Sellable::Item(item.id.clone()),
        shown: item.name.clone(),
        names,
    }
}

fn stems(name: &str) -> Vec<String> {
    let words = tokens(name).into_iter();
    words.map(|token| singular(&token.text)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Capabilities, read};

    fn menu() -> Arc<Restaurant> {
        let text = "id: a\nname: A\nphone_number: \"+12125550123\"\nmenu:\n\
            - {id: bowl, name: Salmon bowl, price: 4, options: [{name: Fish, choices: [Salmon, {name: Tuna, aliases: [ahi]}]}]}\n\
            - {id: m7, name: Miso soup, aliases: [soup], number: 7, price: 4}\n\
            - {id: cod, name: Fish and chips, price: 4}\n\
            - {id: roll, name: Cod roll, price: 4}\n\
            - {id: meal, name: Meal, price: 9, options: [{name: Side, choices: [{item: m7}, Rice]}]}\n";
        read(text.as_bytes(), &Capabilities::embedded())
            .restaurant
            .unwrap()
    }

    #[test]
    fn a_name_means_what_is_written_so_or_the_only_thing_with_its_words() {
        let menu = menu();
        let found = |name: &str| match named(&menu, name) {
            Named::These { found, others } => {
                let found: Vec<String> = found
                    .into_iter()
                    .map(|(what, _)| format!("{what:?}"))
                    .collect();
                format!("{} but {}", found.join(" "), others.join(" "))
            }
            Named::Several(names) => names.join("? "),
            Named::Nothing => "nothing".into(),
        };
        for (name, means) in [
            ("salmon bowls", "Item(\"bowl\") but "),
            ("salmon", "Choice(\"Salmon\") but Salmon bowl"),
            ("ahi", "Choice(\"Tuna\") but "),
            ("7", "Item(\"m7\") but "),
            ("miso", "Item(\"m7\") but "),
            ("soup", "Item(\"m7\") but "),
            ("fish and chips", "Item(\"cod\") but "),
            ("cod", "Item(\"cod\") but Cod roll"),
            ("rice", "Choice(\"Rice\") but "),
            ("bowl roll", "nothing"),
            ("pizza", "nothing"),
            ("!", "nothing"),
        ] {
            assert_eq!(found(name), means, "{name}");
        }
    }
}
