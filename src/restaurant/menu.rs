//! The menu: items, their options, the choices of an option, and the rules a menu keeps.

use std::collections::HashSet;
use std::ops::Deref;

use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use super::details::{ChoiceDetails, ItemDetails, OptionRules};
use super::shared_list::{Seen, SharedList};
use super::{Availability, Money};

/// How much of a choice: "no onions", "light mayo", "extra cheese".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Amount {
    /// Without it; costs nothing.
    None,
    /// A little; costs the choice's price.
    Light,
    /// As it comes; costs the choice's price.
    Regular,
    /// More than usual; costs the choice's extra price.
    Extra,
}

impl Amount {
    /// All amounts, in the order a file lists them.
    pub const ALL: [Amount; 4] = [Amount::None, Amount::Light, Amount::Regular, Amount::Extra];
}

/// One way to fill an option: `Large`, `Corn`, `Guacamole`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique within its option.
    pub name: String,
    /// Other names callers use; the same alias on two choices means "ask".
    pub aliases: Vec<String>,
    /// Added to the item's price, times count.
    pub price: Money,
    /// Added instead of `price` when the amount is extra.
    pub extra_price: Money,
    /// How often it may be taken on one item (at least 1).
    pub max_count: u32,
    /// Stated allergens; `None` when the file says nothing (which is not "none").
    pub allergens: Option<Vec<String>>,
    /// `false` while sold out.
    pub available: bool,
    /// How a voice should pronounce the name.
    pub say_as: Option<String>,
    /// What few choices have.
    pub details: Option<Box<ChoiceDetails>>,
}

/// A question an item asks: `Size`, `Extras`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOption {
    /// Unique among the options of its item, or of the choice that opens it.
    pub name: String,
    /// Fewest choices (counts included); above 0 the option must be answered.
    pub min: u32,
    /// Most choices (counts included); `None`: no upper limit.
    pub max: Option<u32>,
    /// Which amounts a caller may name.
    pub amounts: Vec<Amount>,
    /// A choice on half an item costs half (rounded half up) instead of full price.
    pub half_price: bool,
    /// Indexes into `choices`, applied when the order is read back and priced.
    pub default: Vec<usize>,
    /// At least one.
    pub choices: SharedList<Choice>,
    /// What few options have.
    pub rules: Option<Box<OptionRules>>,
}

impl ItemOption {
    /// Must the caller answer it (no default fills it in)?
    pub fn must_be_asked(&self) -> bool {
        self.min > 0 && self.default.is_empty()
    }

    /// May more than one choice be taken?
    pub fn takes_several(&self) -> bool {
        self.max != Some(1)
    }
}

/// Something to order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in the menu; what orders name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// One of the menu's categories, if the file sorts its menu.
    pub category: Option<String>,
    /// Price without choices.
    pub price: Money,
    /// Other names callers use; the same alias on two items means "ask".
    pub aliases: Vec<String>,
    /// Contents, for "what's on it?".
    pub description: Option<String>,
    /// Stated allergens; `None` when the file says nothing (which is not "none").
    pub allergens: Option<Vec<String>>,
    /// `false` while sold out.
    pub available: bool,
    /// How a voice should pronounce the name.
    pub say_as: Option<String>,
    /// The questions it asks, in order; those a choice opens stand behind that choice's option.
    pub options: SharedList<ItemOption>,
    /// What few items have.
    pub details: Option<Box<ItemDetails>>,
}

/// A menu that keeps its rules: unique ids, unique names where they must be, options that can be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MenuParts")]
pub struct Menu(MenuParts);

/// The parts of a [`Menu`]; read through `Deref`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuParts {
    /// Sections, in the file's order.
    pub categories: Vec<String>,
    /// At least one.
    pub items: Vec<Item>,
}

/// A rule of menus that was broken; `config` has already reported it with a line, so this is the last guard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("item \"{item}\": {what}")]
pub struct MenuFault {
    /// The item's id.
    pub item: String,
    /// What is wrong.
    pub what: String,
}

impl Menu {
    /// Seals a menu, or says what is wrong with it.
    pub fn new(categories: Vec<String>, mut items: Vec<Item>) -> Result<Self, MenuFault> {
        if items.is_empty() {
            return Err(MenuFault {
                item: "-".into(),
                what: "a menu needs at least one item".into(),
            });
        }
        // First: what dishes have in common is checked once.
        compact(&mut items);
        let mut ids = HashSet::new();
        let mut checked = HashSet::new();
        for item in &items {
            let fault = |what: String| MenuFault {
                item: item.id.clone(),
                what,
            };
            if !ids.insert(item.id.as_str()) {
                return Err(fault("its id is used twice".into()));
            }
            if !checked.insert(item.options.as_ptr()) {
                continue;
            }
            let mut options = HashSet::new();
            for (at, option) in item.options.iter().enumerate() {
                if !options.insert((option.parent(), option.name.to_lowercase())) {
                    return Err(fault(format!("two options are called \"{}\"", option.name)));
                }
                check_rules(item, at)
                    .map_err(|what| fault(format!("option \"{}\": {what}", option.name)))?;
                check_option(option)
                    .map_err(|what| fault(format!("option \"{}\": {what}", option.name)))?;
            }
        }
        Ok(Self(MenuParts { categories, items }))
    }

    /// Parts of a menu that was sealed before, on their way to where it will be again.
    pub(super) fn unsealed(categories: Vec<String>, items: Vec<Item>) -> Self {
        Self(MenuParts { categories, items })
    }

    pub(super) fn into_parts(self) -> (Vec<String>, Vec<Item>) {
        (self.0.categories, self.0.items)
    }

    /// The menu with what is not sold at this local time marked as unavailable; `None` when nothing on it has a time.
    pub(super) fn at(&self, now: &ZonedDateTime) -> Option<Self> {
        let timed = |times: &[Availability]| !times.is_empty();
        let item_timed = |item: &Item| {
            item.details.as_ref().is_some_and(|d| timed(&d.times))
                || item.options.iter().any(|option| {
                    let mut details = option.choices.iter().filter_map(|c| c.details.as_ref());
                    details.any(|d| timed(&d.times))
                })
        };
        if !self.0.items.iter().any(item_timed) {
            return None;
        }
        let sold = |times: &[Availability]| times.iter().all(|window| window.holds(now));
        let mut menu = self.clone();
        for item in &mut menu.0.items {
            if let Some(details) = item.details.as_mut()
                && item.available
                && !sold(&details.times)
            {
                details.out_of_time = true;
                item.available = false;
            }
            let choices = item.options.iter_mut().flat_map(|o| &mut o.choices);
            for choice in choices {
                let details = choice.details.as_ref();
                choice.available &= details.is_none_or(|d| sold(&d.times));
            }
        }
        Some(menu)
    }

    /// The same menu with other items; only for what changes nothing that [`Menu::new`] looks at.
    pub(super) fn with_items(&self, items: Vec<Item>) -> Self {
        let categories = self.0.categories.clone();
        Self(MenuParts { categories, items })
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.0.items.iter().find(|item| item.id == id)
    }
}

impl TryFrom<MenuParts> for Menu {
    type Error = MenuFault;

    fn try_from(parts: MenuParts) -> Result<Self, MenuFault> {
        Self::new(parts.categories, parts.items)
    }
}

/// Keeps once what dishes have in common, and no room for what will not come: a server holds ten thousand menus.
fn compact(items: &mut Vec<Item>) {
    let (mut choices, mut options) = (Seen::default(), Seen::default());
    items.shrink_to_fit();
    for item in items {
        let texts = [
            Some(&mut item.id),
            Some(&mut item.name),
            item.category.as_mut(),
            item.description.as_mut(),
        ];
        for text in texts {
            text.into_iter().for_each(String::shrink_to_fit);
        }
        item.aliases.shrink_to_fit();
        share_choices([&mut item.options].into_iter(), &mut choices);
        options.share(&mut item.options);
    }
}

/// Keeps once what choices the options of these lists have in common; lists that somebody else holds too stay as they are.
pub(super) fn share_choices<'a>(
    lists: impl Iterator<Item = &'a mut SharedList<ItemOption>>,
    seen: &mut Seen<Choice>,
) {
    for option in lists.flat_map(|list| list.unshared().into_iter().flatten()) {
        seen.share(&mut option.choices);
    }
}

/// What an option depends on stands before it, so that one pass decides which options are asked.
fn check_rules(item: &Item, at: usize) -> Result<(), String> {
    let exists = |option: usize, choice: usize| {
        let option = item.options.get(option);
        option.is_some_and(|option| choice < option.choices.len())
    };
    let option = &item.options[at];
    if let Some(rules) = &option.rules {
        let parent = rules.parent.iter().copied();
        let when = rules.when.iter();
        let when = when.flat_map(|c| c.choices.iter().map(|&choice| (c.option, choice)));
        if !parent
            .chain(when)
            .all(|(option, choice)| option < at && exists(option, choice))
        {
            return Err("it depends on an option that does not stand before it".into());
        }
    }
    let fits = |details: &ChoiceDetails| {
        details.price_by.as_ref().is_none_or(|by| {
            let other = item.options.get(by.option);
            by.option != at && other.is_some_and(|o| o.choices.len() == by.prices.len())
        })
    };
    let mut details = option.choices.iter().filter_map(|c| c.details.as_deref());
    if !details.all(fits) {
        return Err("a price follows an option that is not there".into());
    }
    Ok(())
}

fn check_option(option: &ItemOption) -> Result<(), String> {
    let mut names = HashSet::new();
    if let Some(twice) = option
        .choices
        .iter()
        .find(|c| !names.insert(c.name.to_lowercase()))
    {
        return Err(format!("two choices are called \"{}\"", twice.name));
    }
    if option.choices.is_empty() {
        return Err("it has no choices".into());
    }
    if option.max.is_some_and(|max| max < option.min || max == 0) {
        return Err("max is below min, or 0".into());
    }
    let fillable: u64 = option.choices.iter().map(|c| u64::from(c.max_count)).sum();
    if u64::from(option.min) > fillable {
        return Err("min asks for more than its choices can give".into());
    }
    if option
        .default
        .iter()
        .any(|&index| index >= option.choices.len())
    {
        return Err("a default is not among its choices".into());
    }
    if option.choices.iter().any(|c| c.max_count == 0) {
        return Err("max_count must be at least 1".into());
    }
    if option.amounts.is_empty() {
        return Err("amounts must not be empty".into());
    }
    Ok(())
}

impl Deref for Menu {
    type Target = MenuParts;
    fn deref(&self) -> &MenuParts {
        &self.0
    }
}
