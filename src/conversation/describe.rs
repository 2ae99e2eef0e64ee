//! Lines of the cart as a person says them: "two large Lattes with oat milk and no foam".

use super::lexicon::{Tag, Tagged, is_word};
use super::wording::Wording;
use crate::order::{Cart, CartLine, Part, Picked};
use crate::restaurant::{Amount, Item};
use crate::words::Language;

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
    let own = |pick: &&Picked| item.options[pick.option].parent().is_none();
    let (sizes, mut after): (Vec<&Picked>, Vec<&Picked>) = picked
        .iter()
        .filter(own)
        .partition(|pick| is_size(item, pick));
    // What has choices of its own comes last, so that it is heard what they belong to.
    after.sort_by_key(|pick| {
        let opened = |other: &Picked| opens(item, pick, other) && !is_manner(item, other);
        picked.iter().any(opened)
    });
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
        && is_word(vessel, Tag::Vessel)
    {
        name = vec![words.vessel_of(&numbered(vessel), &item.name)];
    } else {
        name.push(numbered(&item.name));
    }
    let with: Vec<String> = after
        .iter()
        .map(|pick| with_its_own(words, item, pick, picked))
        .collect();
    let named = behind.iter().fold(name.join(" "), |named, pick| {
        format!("{named}, {}", choice_name(item, pick).to_lowercase())
    });
    words.with(&named, &with)
}

/// Options whose choice says how a thing is made, and is said next to its name: "poached Egg", "large Fries".
const MANNERS: &[&str] = &[
    "size",
    "volume",
    "style",
    "cooking",
    "cooked",
    "temperature",
    "doneness",
    "preparation",
    "heat",
    "spice",
    "flavor",
    "flavour",
    "marinade",
    "cut",
    "format",
    "taille",
    "grandeur",
    "cuisson",
    "préparation",
    "saveur",
    "tamaño",
    "estilo",
    "cocción",
    "preparación",
    "sabor",
];

/// Does this choice open the option of the other one?
fn opens(item: &Item, pick: &Picked, other: &Picked) -> bool {
    item.options[other.option].parent() == Some((pick.option, pick.choice))
}

fn is_manner(item: &Item, pick: &Picked) -> bool {
    let option = item.options[pick.option].name.to_lowercase();
    let last = option.split(' ').next_back().unwrap_or_default();
    pick.amount == Amount::Regular && pick.count == 1 && MANNERS.contains(&last)
}

/// A choice with what was chosen for it: "hot jerk Grilled chicken", "large Fries with Ketchup".
fn with_its_own(words: Wording, item: &Item, pick: &Picked, picked: &[Picked]) -> String {
    let inner: Vec<&Picked> = picked.iter().filter(|p| opens(item, pick, p)).collect();
    if inner.is_empty() || pick.amount == Amount::None {
        return said(words, item, pick);
    }
    let (manners, others): (Vec<&Picked>, Vec<&Picked>) =
        inner.into_iter().partition(|p| is_manner(item, p));
    let mut name = said(words, item, pick);
    for manner in manners {
        let manner = with_its_own(words, item, manner, picked).to_lowercase();
        name = match words.language() {
            Language::English => format!("{manner} {name}"),
            Language::French | Language::Spanish => format!("{name} {manner}"),
        };
    }
    let others: Vec<String> = others
        .iter()
        .map(|p| with_its_own(words, item, p, picked))
        .collect();
    words.with(&name, &others)
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
        && is_word(
            &item.options[pick.option].name.to_lowercase(),
            Tag::SizeBefore,
        )
}

/// A plain choice of a size: "large", or ("Drink size") "can", which is said behind the name.
pub(super) fn is_size(item: &Item, pick: &Picked) -> bool {
    let option = Tagged::said(Language::English, &item.options[pick.option].name);
    pick.amount == Amount::Regular
        && pick.count == 1
        && (option.has(Tag::SizeBefore) || option.has(Tag::SizeBehind))
}
