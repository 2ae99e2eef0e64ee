//! What an item has besides its options: price, names, measure, limits, tax.

use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::written::Written;
use super::super::{Code, ItemFile, Problem};
use super::amount::{money, thousandths};
use super::findings::Findings;
use super::option::{Context, no_choice, position};
use super::said_name::other_ways;
use crate::restaurant::{
    Availability, Bundle, Currency, Item, ItemDetails, ItemOption, Money, Unit,
};
use crate::words::cardinal;

/// What the item is called in the restaurant's language.
pub(super) fn names_of<'a>(item: &'a ItemFile, language: &str) -> &'a str {
    let names = item.names.iter().flatten();
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let exact = names
        .clone()
        .find(|(tag, _)| tag.eq_ignore_ascii_case(language));
    let near = || {
        names
            .clone()
            .find(|(tag, _)| primary(tag) == primary(language))
    };
    exact.or_else(near).map_or(&item.name, |(_, name)| name)
}

/// The item's price without choices. Prices by size become the lowest of them, and what a size costs more is added to the
/// price of its choice.
pub(super) fn priced(
    item: &ItemFile,
    options: Vec<&mut ItemOption>,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Money {
    match (&item.price, &item.prices) {
        (Some(price), None) if price.is_market() => Money::ZERO,
        (Some(price), None) => money(&price.0, currency, &join(pointer, "price"), found),
        (None, Some(prices)) => by_size(prices, options, currency, &join(pointer, "prices"), found),
        (Some(_), Some(_)) => {
            let message = "\"price\" and \"prices\" say the same thing twice";
            found.push(Problem::new(Code::Option, join(pointer, "prices"), message).at_key());
            Money::ZERO
        }
        (None, None) => {
            found.push(
                Problem::new(Code::Schema, pointer, "\"price\" is missing")
                    .at_key()
                    .with_help("for example: price: 4.5"),
            );
            Money::ZERO
        }
    }
}

fn by_size(
    prices: &std::collections::BTreeMap<String, Written>,
    mut options: Vec<&mut ItemOption>,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Money {
    let read: Vec<(&String, Money)> = prices
        .iter()
        .map(|(name, price)| (name, money(price, currency, &join(pointer, name), found)))
        .collect();
    let lowest = read
        .iter()
        .map(|(_, price)| *price)
        .min()
        .unwrap_or_default();
    let required = |option: &ItemOption| option.max == Some(1) && option.min == 1;
    let all = |option: &ItemOption| {
        option.choices.len() == read.len()
            && read
                .iter()
                .all(|(name, _)| position(&option.choices, name).is_some())
    };
    if let Some(option) = options.iter_mut().find(|o| required(o) && all(o)) {
        for (name, price) in read {
            if let Some(at) = position(&option.choices, name) {
                let choice = &mut option.choices[at];
                let more = price - lowest;
                choice.extra_price = choice.extra_price + more;
                choice.price = choice.price + more;
            }
        }
        return lowest;
    }
    // The option that was meant: the one that has some of the names.
    let some = |option: &&&mut ItemOption| {
        read.iter()
            .any(|(name, _)| position(&option.choices, name).is_some())
    };
    match options.iter().find(some) {
        Some(option) if !required(option) => {
            let message = format!(
                "\"{}\" need not be answered: prices are by an option of which exactly one is taken",
                option.name
            );
            found.push(Problem::new(Code::Option, pointer, message).at_key());
        }
        Some(option) => {
            for (name, _) in &read {
                if position(&option.choices, name).is_none() {
                    found.push(no_choice(name, &option.choices, &join(pointer, name)));
                }
            }
            for choice in &option.choices {
                let named = |name: &String| choice.printed() == name || choice.name == *name;
                if !read.iter().any(|(name, _)| named(name)) {
                    let message = format!("there is no price for \"{}\"", choice.printed());
                    found.push(Problem::new(Code::Option, pointer, message).at_key());
                }
            }
        }
        None => {
            let message = "no option of the item has choices of these names";
            let problem = Problem::new(Code::Reference, pointer, message).at_key();
            found.push(
                problem.with_help("for example: options: [{name: Size, choices: [Small, Large]}]"),
            );
        }
    }
    lowest
}

/// Adds what few items have.
pub(super) fn details(
    item: &mut Item,
    written: &ItemFile,
    times: Vec<Availability>,
    pointer: &str,
    context: &mut Context<'_>,
) {
    let at = |key: &str| join(pointer, key);
    let found = &mut *context.found;
    let mut details = ItemDetails {
        printed: written.printed.clone(),
        number: written.number.clone(),
        tags: written.tags.clone(),
        calories: written.calories,
        market_price: written
            .price
            .as_ref()
            .is_some_and(|price| price.is_market()),
        times,
        age: written.age,
        meal: written.meal.clone(),
        requests: written.requests,
        ..ItemDetails::default()
    };
    if item.name != written.name && details.printed.is_none() {
        details.printed = Some(written.name.clone());
    }
    also_called(item, written);
    details.unit = unit(written, &at("unit"), found);
    if let Some(bundle) = &written.bundle {
        details.bundle = Some(Bundle {
            quantity: bundle.quantity,
            price: money(
                &bundle.price,
                context.currency,
                &join(&at("bundle"), "price"),
                found,
            ),
        });
        check_bundle(item, &details, &at("bundle"), found);
    }
    if let Some(limits) = &written.limits {
        (details.min, details.max) = (limits.min, limits.max);
        if let (Some(min), Some(max)) = (limits.min, limits.max)
            && max < min
        {
            let message = format!("max is {max}, below min ({min})");
            found.add(Code::Option, &join(&at("limits"), "max"), message);
        }
    }
    details.tax = context
        .taxes
        .class(written.tax.as_deref(), &at("tax"), found);
    if let Some(deposit) = &written.deposit {
        details.deposit = money(deposit, context.currency, &at("deposit"), found);
    }
    if let Some(meal) = written
        .meal
        .as_deref()
        .filter(|meal| !context.dishes.contains_key(meal))
    {
        let known: Vec<&str> = context.items.iter().map(|item| item.id.as_str()).collect();
        let message = format!("no item of the menu has the id \"{meal}\"");
        let mut problem = Problem::new(Code::Reference, at("meal"), message);
        problem.help = did_you_mean(meal, &known);
        found.push(problem);
    }
    item.details = (details != ItemDetails::default()).then(|| Box::new(details));
}

/// What callers call it besides its name: its number, its names elsewhere, its name without remarks and sizes.
fn also_called(item: &mut Item, written: &ItemFile) {
    let mut others: Vec<String> = Vec::new();
    if let Some(number) = &written.number {
        others.push(format!("number {number}"));
        if let Ok(value) = number.parse::<u32>() {
            others.push(format!("number {}", cardinal(value)));
        }
    }
    if written.names.is_some() {
        others.push(written.name.clone());
    }
    others.extend(written.names.iter().flatten().map(|(_, name)| name.clone()));
    others.extend(other_ways(&written.name));
    for other in others {
        let known = item.aliases.iter().chain([&item.name]);
        if !known
            .into_iter()
            .any(|name| name.eq_ignore_ascii_case(&other))
        {
            item.aliases.push(other);
        }
    }
}

fn unit(written: &ItemFile, pointer: &str, found: &mut Findings) -> Option<Unit> {
    let unit = written.unit.as_ref()?;
    let step = match &unit.step {
        Some(step) => thousandths(step, &join(pointer, "step"), found),
        None => 1000,
    };
    let min = match &unit.min {
        Some(min) => thousandths(min, &join(pointer, "min"), found),
        None => step,
    };
    if min % step != 0 {
        let message = "the least is not a whole number of steps";
        found.add(Code::Option, &join(pointer, "min"), message);
    }
    Some(Unit {
        name: unit.name.clone(),
        step,
        min,
    })
}

fn check_bundle(item: &Item, details: &ItemDetails, pointer: &str, found: &mut Findings) {
    let Some(bundle) = &details.bundle else {
        return;
    };
    if details.unit.is_some() || details.market_price {
        let message = "a bundle is of pieces with a price";
        found.push(Problem::new(Code::Option, pointer, message).at_key());
    } else if bundle.price > item.price.times(bundle.quantity) {
        let message = format!("{} apart cost less than the bundle", bundle.quantity);
        found.add(Code::Option, &join(pointer, "price"), message);
    }
}
