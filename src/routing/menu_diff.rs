//! What an owner changed in a file, as data: menus item by item, everything else by its key. Pure.

use std::collections::HashMap;
use std::fmt;

use crate::restaurant::{Item, ItemOption, Restaurant};

/// One difference between two versions of a restaurant. Amounts are decimals in their version's currency.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum MenuChange {
    ItemAdded {
        id: String,
        name: String,
        price: String,
    },
    ItemRemoved {
        id: String,
        name: String,
    },
    ItemRepriced {
        id: String,
        name: String,
        from: String,
        to: String,
    },
    ItemRenamed {
        id: String,
        from: String,
        to: String,
    },
    /// Sold out (`false`) or back.
    ItemAvailable {
        id: String,
        name: String,
        available: bool,
    },
    ChoiceAdded {
        item: String,
        option: String,
        choice: String,
        price: String,
    },
    ChoiceRemoved {
        item: String,
        option: String,
        choice: String,
    },
    ChoiceRepriced {
        item: String,
        option: String,
        choice: String,
        from: String,
        to: String,
    },
    /// Something else of an item: its description, aliases, the rules of an option.
    ItemOtherwise {
        id: String,
        name: String,
    },
    /// Something besides the menu, by its key in the file.
    Key {
        key: &'static str,
    },
}

impl fmt::Display for MenuChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ItemAdded { name, price, .. } => write!(f, "new: {name} {price}"),
            Self::ItemRemoved { name, .. } => write!(f, "gone: {name}"),
            Self::ItemRepriced { name, from, to, .. } => write!(f, "{name}: {from} -> {to}"),
            Self::ItemRenamed { from, to, .. } => write!(f, "{from} is called {to}"),
            Self::ItemAvailable {
                name, available, ..
            } => match available {
                true => write!(f, "back: {name}"),
                false => write!(f, "sold out: {name}"),
            },
            Self::ChoiceAdded {
                item,
                option,
                choice,
                price,
            } => write!(f, "{item}, {option}: new: {choice} {price}"),
            Self::ChoiceRemoved {
                item,
                option,
                choice,
            } => write!(f, "{item}, {option}: gone: {choice}"),
            Self::ChoiceRepriced {
                item,
                option,
                choice,
                from,
                to,
            } => write!(f, "{item}, {option} {choice}: {from} -> {to}"),
            Self::ItemOtherwise { name, .. } => write!(f, "{name} changed"),
            Self::Key { key } => write!(f, "{key} changed"),
        }
    }
}

/// What `new` has that `old` had not, what is gone, and what is different: first the menu, in its order, then the rest.
pub fn menu_diff(old: &Restaurant, new: &Restaurant) -> Vec<MenuChange> {
    let mut changes = Vec::new();
    let before: HashMap<&str, &Item> = by_id(&old.menu.items);
    let after: HashMap<&str, &Item> = by_id(&new.menu.items);
    for item in &new.menu.items {
        match before.get(item.id.as_str()) {
            None => changes.push(MenuChange::ItemAdded {
                id: item.id.clone(),
                name: item.name.clone(),
                price: item.price.decimal(new.currency),
            }),
            Some(was) if *was != item || old.currency != new.currency => {
                item_changes((old, was), (new, item), &mut changes);
            }
            Some(_) => {}
        }
    }
    let gone = |item: &&Item| !after.contains_key(item.id.as_str());
    changes.extend(
        old.menu
            .items
            .iter()
            .filter(gone)
            .map(|item| MenuChange::ItemRemoved {
                id: item.id.clone(),
                name: item.name.clone(),
            }),
    );
    changes.extend(
        keys(old, new)
            .into_iter()
            .map(|key| MenuChange::Key { key }),
    );
    changes
}

fn by_id(items: &[Item]) -> HashMap<&str, &Item> {
    items.iter().map(|item| (item.id.as_str(), item)).collect()
}

fn item_changes(
    (old, was): (&Restaurant, &Item),
    (new, is): (&Restaurant, &Item),
    changes: &mut Vec<MenuChange>,
) {
    let told = changes.len();
    let (id, name) = (is.id.clone(), is.name.clone());
    if was.name != is.name {
        changes.push(MenuChange::ItemRenamed {
            id: id.clone(),
            from: was.name.clone(),
            to: name.clone(),
        });
    }
    let (from, to) = (
        was.price.decimal(old.currency),
        is.price.decimal(new.currency),
    );
    if from != to {
        changes.push(MenuChange::ItemRepriced {
            id: id.clone(),
            name: name.clone(),
            from,
            to,
        });
    }
    if was.available != is.available {
        changes.push(MenuChange::ItemAvailable {
            id: id.clone(),
            name: name.clone(),
            available: is.available,
        });
    }
    for option in &is.options {
        let same = was.options.iter().find(|other| other.name == option.name);
        choice_changes((old, same), (new, option), &name, changes);
    }
    // Not a word about an item that is different: something without a line of its own is.
    if changes.len() == told && was != is {
        changes.push(MenuChange::ItemOtherwise { id, name });
    }
}

fn choice_changes(
    (old, was): (&Restaurant, Option<&ItemOption>),
    (new, is): (&Restaurant, &ItemOption),
    item: &str,
    changes: &mut Vec<MenuChange>,
) {
    let (item, option) = (item.to_owned(), is.name.clone());
    let before = was.map_or(&[][..], |option| &option.choices);
    for choice in &is.choices {
        let to = choice.price.decimal(new.currency);
        match before.iter().find(|other| other.name == choice.name) {
            None => changes.push(MenuChange::ChoiceAdded {
                item: item.clone(),
                option: option.clone(),
                choice: choice.name.clone(),
                price: to,
            }),
            Some(was) => {
                let from = was.price.decimal(old.currency);
                if from != to {
                    changes.push(MenuChange::ChoiceRepriced {
                        item: item.clone(),
                        option: option.clone(),
                        choice: choice.name.clone(),
                        from,
                        to,
                    });
                }
            }
        }
    }
    for choice in before {
        if is.choices.iter().all(|other| other.name != choice.name) {
            changes.push(MenuChange::ChoiceRemoved {
                item: item.clone(),
                option: option.clone(),
                choice: choice.name.clone(),
            });
        }
    }
}

/// Keys besides the items whose values differ.
fn keys(old: &Restaurant, new: &Restaurant) -> Vec<&'static str> {
    [
        ("id", old.id != new.id),
        ("name", old.name != new.name),
        ("phone_numbers", old.phone_numbers != new.phone_numbers),
        ("enabled", old.enabled != new.enabled),
        ("language", old.language != new.language),
        ("currency", old.currency != new.currency),
        ("address", old.address != new.address),
        ("greeting", old.greeting != new.greeting),
        ("closed_message", old.closed_message != new.closed_message),
        ("hours", old.schedule != new.schedule),
        ("tax", old.tax != new.tax),
        ("fees", old.fees != new.fees),
        ("minimum_order", old.minimum_order != new.minimum_order),
        ("requests", old.requests != new.requests),
        ("ask", old.ask != new.ask),
        ("pickup", old.pickup_minutes != new.pickup_minutes),
        ("payment_link", old.payment_link != new.payment_link),
        ("delivery", old.delivery != new.delivery),
        ("answer", old.answer != new.answer),
        ("messages", old.messages != new.messages),
        ("kitchen", old.kitchen != new.kitchen),
        ("handoff", old.handoff != new.handoff),
        ("announce", old.announce != new.announce),
        ("limits", old.limits != new.limits),
        ("speech", old.speech != new.speech),
        ("brain", old.brain != new.brain),
        ("upsell", old.upsell != new.upsell),
        ("categories", old.menu.categories != new.menu.categories),
    ]
    .into_iter()
    .filter_map(|(key, differs)| differs.then_some(key))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};
    use std::sync::Arc;

    fn restaurant(more: &str, menu: &str) -> Arc<Restaurant> {
        let text = format!(
            "id: a\nname: A\nphone_number: \"+12125550123\"\n{more}\nmenu:\n  - {{id: soup, name: Soup, price: 4}}\n{menu}"
        );
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        reading
            .restaurant
            .unwrap_or_else(|| panic!("{:?}", reading.problems))
    }

    fn told(old: (&str, &str), new: (&str, &str)) -> Vec<String> {
        let (old, new) = (restaurant(old.0, old.1), restaurant(new.0, new.1));
        menu_diff(&old, &new)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    const TEA: &str = "  - {id: tea, name: Tea, price: 2.50}\n";

    #[test]
    fn each_change_of_a_menu_is_one_line_an_owner_understands() {
        let sized = |choices: &str| {
            format!(
                "  - {{id: tea, name: Tea, price: 2.50, options: [{{name: Size, choices: [{choices}]}}]}}\n"
            )
        };
        let (small, both) = (sized("Small"), sized("Small, {name: Large, price: 1}"));
        let dear = sized("Small, {name: Large, price: 1.50}");
        for (old, new, lines) in [
            (TEA, TEA, &[][..]),
            ("", TEA, &["new: Tea 2.50"][..]),
            (TEA, "", &["gone: Tea"]),
            (
                TEA,
                "  - {id: tea, name: Tea, price: 3}\n",
                &["Tea: 2.50 -> 3.00"],
            ),
            (
                TEA,
                "  - {id: tea, name: Chai, price: 3}\n",
                &["Tea is called Chai", "Chai: 2.50 -> 3.00"],
            ),
            (
                TEA,
                "  - {id: tea, name: Tea, price: 2.50, available: false}\n",
                &["sold out: Tea"],
            ),
            (
                "  - {id: tea, name: Tea, price: 2.50, available: false}\n",
                TEA,
                &["back: Tea"],
            ),
            (
                TEA,
                "  - {id: tea, name: Tea, price: 2.50, aliases: [cuppa]}\n",
                &["Tea changed"],
            ),
            (&small, &both, &["Tea, Size: new: Large 1.00"]),
            (&both, &small, &["Tea, Size: gone: Large"]),
            (&both, &dear, &["Tea, Size Large: 1.00 -> 1.50"]),
        ] {
            assert_eq!(told(("", old), ("", new)), lines, "{old} -> {new}");
        }
    }

    #[test]
    fn what_is_not_the_menu_is_told_by_its_key() {
        let after = "greeting: Hello.\nhours: {mon: [\"11:00-14:00\"]}\nenabled: false";
        assert_eq!(
            told(("", TEA), (after, TEA)),
            ["enabled changed", "greeting changed", "hours changed"]
        );
        let yen = told(("", ""), ("currency: JPY", ""));
        assert_eq!(yen, ["Soup: 4.00 -> 4", "currency changed"]);
    }

    #[test]
    fn nothing_that_differs_goes_unsaid() {
        let (old, new) = (
            restaurant("", TEA),
            restaurant("timezone: America/Toronto", TEA),
        );
        assert!(old != new && !menu_diff(&old, &new).is_empty());
        assert!(menu_diff(&old, &old).is_empty());
    }
}
