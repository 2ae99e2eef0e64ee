//! Items, options and choices.

use super::pen::{Eye, Pen};
use crate::restaurant::{Amount, Choice, Item, ItemOption, Menu, Money};

pub(super) fn write_menu(pen: &mut Pen<'_>, menu: &Menu) {
    pen.texts(&menu.categories);
    pen.list(&menu.items, write_item);
}

pub(super) fn read_menu(eye: &mut Eye<'_>) -> Option<Menu> {
    let categories = eye.strings()?;
    let items = eye.list(read_item)?;
    Menu::new(categories, items).ok()
}

fn write_item(pen: &mut Pen<'_>, item: &Item) {
    let Item {
        id,
        name,
        category,
        price,
        aliases,
        description,
        allergens,
        available,
        say_as,
        options,
        details,
    } = item;
    pen.text(id);
    pen.text(name);
    pen.maybe(category.as_deref(), Pen::text);
    pen.signed(price.minor());
    pen.texts(aliases);
    pen.maybe(description.as_deref(), Pen::text);
    pen.maybe(allergens.as_deref(), Pen::texts);
    pen.flag(*available);
    pen.maybe(say_as.as_deref(), Pen::text);
    pen.list(options, write_option);
    pen.maybe(details.as_deref(), Pen::json);
}

fn read_item(eye: &mut Eye<'_>) -> Option<Item> {
    Some(Item {
        id: eye.string()?,
        name: eye.string()?,
        category: eye.maybe(Eye::string)?,
        price: Money::from_minor(eye.signed()?),
        aliases: eye.strings()?,
        description: eye.maybe(Eye::string)?,
        allergens: eye.maybe(Eye::strings)?,
        available: eye.flag()?,
        say_as: eye.maybe(Eye::string)?,
        options: eye.list(read_option)?,
        details: eye.maybe(Eye::json)?,
    })
}

fn write_option(pen: &mut Pen<'_>, option: &ItemOption) {
    let ItemOption {
        name,
        min,
        max,
        amounts,
        half_price,
        default,
        choices,
        rules,
    } = option;
    pen.text(name);
    pen.number(u64::from(*min));
    pen.maybe(*max, |pen, max| pen.number(u64::from(max)));
    pen.list(amounts, |pen, amount| pen.number(*amount as u64));
    pen.flag(*half_price);
    pen.list(default, |pen, index| pen.number(*index as u64));
    pen.list(choices, write_choice);
    pen.maybe(rules.as_deref(), Pen::json);
}

fn read_option(eye: &mut Eye<'_>) -> Option<ItemOption> {
    Some(ItemOption {
        name: eye.string()?,
        min: eye.small()?,
        max: eye.maybe(Eye::small)?,
        amounts: eye.list(|eye| Amount::ALL.get(eye.small::<usize>()?).copied())?,
        half_price: eye.flag()?,
        default: eye.list(Eye::small)?,
        choices: eye.list(read_choice)?,
        rules: eye.maybe(Eye::json)?,
    })
}

fn write_choice(pen: &mut Pen<'_>, choice: &Choice) {
    let Choice {
        name,
        aliases,
        price,
        extra_price,
        max_count,
        allergens,
        available,
        say_as,
        details,
    } = choice;
    pen.text(name);
    pen.texts(aliases);
    pen.signed(price.minor());
    pen.signed(extra_price.minor());
    pen.number(u64::from(*max_count));
    pen.maybe(allergens.as_deref(), Pen::texts);
    pen.flag(*available);
    pen.maybe(say_as.as_deref(), Pen::text);
    pen.maybe(details.as_deref(), Pen::json);
}

fn read_choice(eye: &mut Eye<'_>) -> Option<Choice> {
    Some(Choice {
        name: eye.string()?,
        aliases: eye.strings()?,
        price: Money::from_minor(eye.signed()?),
        extra_price: Money::from_minor(eye.signed()?),
        max_count: eye.small()?,
        allergens: eye.maybe(Eye::strings)?,
        available: eye.flag()?,
        say_as: eye.maybe(Eye::string)?,
        details: eye.maybe(Eye::json)?,
    })
}
