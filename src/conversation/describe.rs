//! Lines of the cart as a person says them: "two large Lattes with oat milk and no foam".

use super::wording::Wording;
use crate::order::{Cart, CartLine, Part, Picked};
use crate::restaurant::{Amount, Item};
use crate::words::Language;

/// Options whose choice is said before the item's name.
const SAID_BEFORE: &[&str] = &["size", "volume"];
/// Sizes in languages that say them behind the name: "two Poutines, large".
const SAID_BEHIND: &[&str] = &["format", "taille", "grandeur", "tamaño"];
/// Sizes that are things: "a bowl of soup", not "a bowl soup".
const VESSELS: &[&str] = &[
    "bottle", "bowl", "box", "bucket", "can", "carafe", "cup", "glass", "jar", "mug", "pint",
    "pitcher", "plate", "pot", "slice", "tray", "tub",
];

/// A line with its quantity. `made`: defaults included, as at the read-back.
pub(super) fn line(words: Wording, cart: &Cart, line: &CartLine, made: bool) -> String {
    let item = cart.item(line);
    let picked = if made {
        line.made(item)
    } else {
        line.picked().to_vec()
    };
    if let (Some(measure), Some(unit)) = (line.measure(), item.unit()) {
        let measure = words.measure(measure.thousandths(), &unit.name);
        return words.of_measure(&measure, &goods(words, item, 1, &picked));
    }
    format!(
        "{} {}",
        words.language().counting(line.quantity(), &item.name),
        goods(words, item, line.quantity(), &picked)
    )
}

/// An item with its choices, without a quantity: "large Lattes with oat milk".
pub(super) fn goods(words: Wording, item: &Item, quantity: u32, picked: &[Picked]) -> String {
    let (sizes, after): (Vec<&Picked>, Vec<&Picked>) =
        picked.iter().partition(|pick| is_size(item, pick));
    let (before, behind): (Vec<&Picked>, Vec<&Picked>) = sizes
        .into_iter()
        .partition(|pick| is_before(words.language(), item, pick));
    let numbered = |thing: &str| {
        if quantity == 1 {
            thing.to_owned()
        } else {
            words.language().plural(thing)
        }
    };
    let mut name: Vec<String> = before
        .iter()
        .map(|pick| choice_name(item, pick).to_lowercase())
        .collect();
    if let [vessel] = &name[..]
        && VESSELS.contains(&vessel.as_str())
    {
        name = vec![words.vessel_of(&numbered(vessel), &item.name)];
    } else {
        name.push(numbered(&item.name));
    }
    let with: Vec<String> = after.iter().map(|pick| said(words, item, pick)).collect();
    let named = behind.iter().fold(name.join(" "), |named, pick| {
        format!("{named}, {}", choice_name(item, pick).to_lowercase())
    });
    words.with(&named, &with)
}

/// One choice with its amount, count and part: "extra cheese", "two Espresso Shots".
pub(super) fn said(words: Wording, item: &Item, pick: &Picked) -> String {
    let name = choice_name(item, pick);
    let counted = if pick.count > 1 {
        let language = words.language();
        format!(
            "{} {}",
            language.counting(pick.count, name),
            language.plural(name)
        )
    } else {
        name.to_owned()
    };
    let amount = match pick.amount {
        Amount::None => words.without(&counted),
        Amount::Light => words.light(&counted),
        Amount::Regular => counted,
        Amount::Extra => words.extra(&counted),
    };
    match pick.part {
        Part::Whole => amount,
        Part::Left => words.on_half(&amount, true),
        Part::Right => words.on_half(&amount, false),
    }
}

/// The name of a picked choice.
pub(super) fn choice_name<'a>(item: &'a Item, pick: &Picked) -> &'a str {
    &item.options[pick.option].choices[pick.choice].name
}

fn is_before(language: Language, item: &Item, pick: &Picked) -> bool {
    language == Language::English
        && SAID_BEFORE.contains(&item.options[pick.option].name.to_lowercase().as_str())
}

/// A plain choice of a size: "large", or ("Drink size") "can", which is said behind the name.
pub(super) fn is_size(item: &Item, pick: &Picked) -> bool {
    let option = item.options[pick.option].name.to_lowercase();
    pick.amount == Amount::Regular
        && pick.count == 1
        && SAID_BEFORE
            .iter()
            .chain(SAID_BEHIND)
            .any(|name| option.contains(name))
}
