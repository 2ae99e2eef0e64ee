//! What must hold of every cart and order, worked out from the menu alone and not by the code under test.

use std::path::Path;
use std::sync::Arc;

use maitred::config::{Capabilities, read};
use maitred::order::{Cart, CartLine, Order, Part, Picked};
use maitred::restaurant::{Amount, Item, Restaurant};

/// A restaurant from its file, by a path below the repository.
pub fn restaurant_at(path: &str) -> Arc<Restaurant> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&bytes, &Capabilities::embedded())
        .restaurant
        .unwrap_or_else(|| panic!("{} is no valid restaurant file", path.display()))
}

/// Every law the cart breaks, as a sentence.
pub fn broken_laws(restaurant: &Restaurant, cart: &Cart) -> Vec<String> {
    let mut broken = Vec::new();
    let mut subtotal = 0;
    let mut count = 0;
    for line in cart.lines() {
        let Some(item) = restaurant.menu.items.get(line.item()) else {
            broken.push(format!("item {} is not on the menu", line.item()));
            continue;
        };
        if !item.available {
            broken.push(format!("{} is sold out", item.id));
        }
        if line.quantity() == 0 {
            broken.push(format!("no {} at all", item.id));
        }
        broken.extend(broken_by(item, line));
        let unit = unit_price(item, line);
        if cart.unit_price(line).minor() != unit {
            broken.push(format!("{} costs {unit}", item.id));
        }
        subtotal += unit * i64::from(line.quantity());
        count += line.quantity();
    }
    if count > restaurant.limits.items {
        broken.push(format!("{count} items"));
    }
    let (tax, total) = taxed(restaurant, subtotal);
    let totals = cart.totals();
    let counted = [
        totals.subtotal.minor(),
        totals.tax.minor(),
        totals.total.minor(),
    ];
    if counted != [subtotal, tax, total] {
        broken.push(format!("the parts sum to {subtotal} + {tax} = {total}"));
    }
    broken
}

fn broken_by(item: &Item, line: &CartLine) -> Vec<String> {
    let mut broken = Vec::new();
    for (at, pick) in line.picked().iter().enumerate() {
        let found = item.options.get(pick.option);
        let Some((option, choice)) =
            found.and_then(|option| Some((option, option.choices.get(pick.choice)?)))
        else {
            broken.push(format!("{} has no {pick:?}", item.id));
            continue;
        };
        let name = &choice.name;
        if !choice.available && pick.amount != Amount::None {
            broken.push(format!("{name} is sold out"));
        }
        if !option.amounts.contains(&pick.amount) {
            broken.push(format!("{name} does not come {:?}", pick.amount));
        }
        if !(1..=choice.max_count).contains(&pick.count) {
            broken.push(format!("{} times {name}", pick.count));
        }
        if pick.part != Part::Whole && option.max == Some(1) {
            broken.push(format!("{name} on half"));
        }
        let twice = |other: &Picked| {
            other.option == pick.option
                && other.choice == pick.choice
                && (other.part == pick.part || [other.part, pick.part].contains(&Part::Whole))
        };
        if line.picked()[..at].iter().any(twice) {
            broken.push(format!("{name} twice"));
        }
    }
    for (at, option) in item.options.iter().enumerate() {
        let taken: u32 = taken(line.picked(), at).map(|pick| pick.count).sum();
        if option.max.is_some_and(|max| taken > max) {
            broken.push(format!("{taken} of {}", option.name));
        }
    }
    broken
}

fn taken(picked: &[Picked], option: usize) -> impl Iterator<Item = &Picked> {
    picked
        .iter()
        .filter(move |pick| pick.option == option && pick.amount != Amount::None)
}

/// Minor units of one item of a line, defaults included.
fn unit_price(item: &Item, line: &CartLine) -> i64 {
    let mut price = item.price.minor();
    for (at, option) in item.options.iter().enumerate() {
        for pick in taken(line.picked(), at) {
            let choice = &option.choices[pick.choice];
            let one = match pick.amount {
                Amount::Extra => choice.extra_price.minor(),
                _ => choice.price.minor(),
            };
            let all = one * i64::from(pick.count);
            let halved = option.half_price && pick.part != Part::Whole;
            price += if halved { (all + 1) / 2 } else { all };
        }
        let refused = |choice: usize| {
            let mut picked = line.picked().iter();
            picked.any(|pick| pick.option == at && pick.choice == choice)
        };
        if taken(line.picked(), at).next().is_none() {
            let defaults = option
                .default
                .iter()
                .map(|&choice| (choice, &option.choices[choice]));
            price += defaults
                .filter(|(choice, default)| default.available && !refused(*choice))
                .map(|(_, default)| default.price.minor())
                .sum::<i64>();
        }
    }
    price
}

/// Tax and total of a subtotal, rounded once, half away from zero.
fn taxed(restaurant: &Restaurant, subtotal: i64) -> (i64, i64) {
    let Some(tax) = &restaurant.tax else {
        return (0, subtotal);
    };
    let rate = i64::from(tax.classes[tax.default].rate_thousandths);
    let whole = 100_000 + if tax.included { rate } else { 0 };
    let amount = (subtotal * rate * 2 + whole) / (whole * 2);
    (
        amount,
        if tax.included {
            subtotal
        } else {
            subtotal + amount
        },
    )
}

/// The cart's lines as written in the test files: "2 latte: Large, Oat milk extra".
pub fn written_cart(restaurant: &Restaurant, cart: &Cart) -> Vec<String> {
    let line = |line: &CartLine| {
        let item = &restaurant.menu.items[line.item()];
        written_line(item, line.quantity(), line.picked())
    };
    cart.lines().iter().map(line).collect()
}

/// One line as written in the test files; its choices sorted.
pub fn written_line(item: &Item, quantity: u32, picked: &[Picked]) -> String {
    let name = |pick: &Picked| item.options[pick.option].choices[pick.choice].name.clone();
    let choices = picked
        .iter()
        .map(|pick| written_choice(name(pick), pick.amount, pick.part, pick.count))
        .collect();
    joined(quantity, &item.id, choices)
}

/// A placed order's lines as written in the test files.
pub fn written_order(order: &Order) -> Vec<String> {
    let lines = order.lines.iter().map(|line| {
        let choices = line
            .choices
            .iter()
            .map(|c| written_choice(c.choice.clone(), c.amount, c.part, c.count))
            .collect();
        joined(line.quantity, &line.item, choices)
    });
    lines.collect()
}

fn written_choice(mut text: String, amount: Amount, part: Part, count: u32) -> String {
    text.push_str(match amount {
        Amount::None => " none",
        Amount::Light => " light",
        Amount::Regular => "",
        Amount::Extra => " extra",
    });
    text.push_str(match part {
        Part::Whole => "",
        Part::Left => " left",
        Part::Right => " right",
    });
    if count > 1 {
        text = format!("{text} x{count}");
    }
    text
}

fn joined(quantity: u32, item: &str, mut choices: Vec<String>) -> String {
    choices.sort();
    format!("{quantity} {item}: {}", choices.join(", "))
}

/// A line of a test file with its choices sorted and its blanks made alike, to be compared.
pub fn sorted(line: &str) -> String {
    let (head, choices) = line.split_once(':').unwrap_or((line, ""));
    let mut choices: Vec<&str> = choices
        .split(',')
        .map(str::trim)
        .filter(|choice| !choice.is_empty())
        .collect();
    choices.sort_unstable();
    format!("{head}: {}", choices.join(", "))
}
