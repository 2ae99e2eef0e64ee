//! A restaurant without the options of its dishes, and those beside it, each list once: what is packed of ten thousand menus
//! is unpacked at every start, and most dishes ask what others ask.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::menu::share_choices;
use super::shared_list::{Seen, SharedList};
use super::{Item, ItemOption, Menu, Restaurant, RestaurantParts};

/// The options of a restaurant's items.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OptionsApart {
    lists: Vec<SharedList<ItemOption>>,
    /// By item, which of them is its own.
    of: Vec<u32>,
}

impl Restaurant {
    /// Takes the options out.
    pub(crate) fn without_options(&self) -> (Self, OptionsApart) {
        let mut apart = OptionsApart {
            lists: Vec::new(),
            of: Vec::new(),
        };
        let mut known: HashMap<*const ItemOption, u32> = HashMap::new();
        let items = self.menu.items.iter().map(|item| {
            let next = apart.lists.len() as u32;
            let list = *known.entry(item.options.as_ptr()).or_insert(next);
            if list == next {
                apart.lists.push(item.options.clone());
            }
            apart.of.push(list);
            Item {
                options: SharedList::default(),
                ..item.clone()
            }
        });
        let items = items.collect();
        let menu = Menu::unsealed(self.menu.categories.clone(), items);
        let bare = Self::unsealed(RestaurantParts {
            menu,
            ..RestaurantParts::clone(self)
        });
        (bare, apart)
    }

    /// Puts them back; `None` when they are not this restaurant's, or break a rule of menus.
    pub(crate) fn with_options(self, mut apart: OptionsApart) -> Option<Self> {
        let mut parts = self.into_parts();
        let (categories, mut items) = parts.menu.into_parts();
        if items.len() != apart.of.len() {
            return None;
        }
        share_choices(apart.lists.iter_mut(), &mut Seen::default());
        for (item, list) in items.iter_mut().zip(&apart.of) {
            item.options = apart.lists.get(*list as usize)?.clone();
        }
        parts.menu = Menu::new(categories, items).ok()?;
        Self::new(parts)
    }
}
