//! Orders a caller might want, made from a seed and a menu: what will be said, turn by turn, and what must be stored.

use std::sync::Arc;

use maitred::restaurant::{Amount, Choice, Item, ItemOption, Restaurant};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

/// One choice of a wanted line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WantedChoice {
    pub option: String,
    pub choice: String,
    pub amount: Amount,
    pub count: u32,
}

/// One line of a wanted order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WantedLine {
    pub item: String,
    pub quantity: u32,
    pub choices: Vec<WantedChoice>,
}

/// A caller's wish.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub restaurant: Arc<Restaurant>,
    /// What is said before "that's all", one entry a turn.
    pub turns: Vec<String>,
    /// What must be stored, defaults applied, sorted.
    pub lines: Vec<WantedLine>,
    /// The kind of correction, if the caller changes their mind.
    pub correction: Option<&'static str>,
}

/// `count` orders over `restaurants` in turn; every third caller changes their mind.
pub fn orders(seed: u64, count: usize, restaurants: &[Arc<Restaurant>]) -> Vec<Wanted> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|index| {
            let restaurant = &restaurants[index % restaurants.len()];
            // Spread over restaurants: with three of them, index / 3 walks through the corrections of each.
            wanted(
                &mut rng,
                restaurant,
                (index / restaurants.len() + index).is_multiple_of(3),
            )
        })
        .collect()
}

/// A line with the words for it.
#[derive(Clone)]
struct Spoken<'a> {
    item: &'a Item,
    quantity: u32,
    picks: Vec<Pick<'a>>,
}

#[derive(Clone)]
struct Pick<'a> {
    option: &'a ItemOption,
    choice: &'a Choice,
    amount: Amount,
}

fn wanted(rng: &mut ChaCha8Rng, restaurant: &Arc<Restaurant>, corrected: bool) -> Wanted {
    let available: Vec<&Item> = restaurant
        .menu
        .items
        .iter()
        .filter(|item| item.available)
        .collect();
    let count = rng.random_range(1..=4);
    let mut lines: Vec<Spoken> = available
        .sample(rng, count)
        .map(|item| spoken(rng, item))
        .collect();
    let mut turns = Vec::new();
    for (index, pair) in lines.chunks(2).enumerate() {
        let said: Vec<String> = pair.iter().map(Spoken::phrase).collect();
        let opening = if index == 0 {
            *["I'd like", "Can I get", "Hi, could I have", "I'll have"]
                .choose(rng)
                .unwrap()
        } else {
            *["And", "I'd also like", "Can I also get"]
                .choose(rng)
                .unwrap()
        };
        turns.push(format!("{opening} {}, please.", said.join(" and ")));
    }
    let correction = corrected.then(|| correct(rng, &available, &mut lines, &mut turns));
    let mut stored: Vec<WantedLine> = lines.iter().map(Spoken::stored).collect();
    stored.sort();
    Wanted {
        restaurant: Arc::clone(restaurant),
        turns,
        lines: stored,
        correction,
    }
}

/// The caller changes their mind: another count, another size, one thing less, or one thing for another.
fn correct<'a>(
    rng: &mut ChaCha8Rng,
    available: &[&'a Item],
    lines: &mut Vec<Spoken<'a>>,
    turns: &mut Vec<String>,
) -> &'static str {
    let index = rng.random_range(0..lines.len());
    let kind = rng.random_range(0..4);
    let name = said(&lines[index].item.name, lines[index].item.say_as.as_deref());
    if kind == 0 && lines.len() > 1 {
        lines.remove(index);
        turns.push(format!("Actually, take off the {name}."));
        return "removed";
    }
    if kind == 1
        && let Some(pick) = lines[index]
            .picks
            .iter_mut()
            .find(|pick| pick.option.max == Some(1))
        && let Some(other) = pick
            .option
            .choices
            .iter()
            .filter(|choice| choice.available && *choice != pick.choice)
            .choose(rng)
    {
        pick.choice = other;
        turns.push(format!(
            "Actually, make the {name} {}.",
            said(&other.name, other.say_as.as_deref())
        ));
        return "another choice";
    }
    if kind == 2
        && let Some(other) = available
            .iter()
            .filter(|item| {
                lines.iter().all(|line| line.item.id != item.id) && asked(item).next().is_none()
            })
            .choose(rng)
    {
        let replacement = Spoken {
            item: other,
            quantity: 1,
            picks: Vec::new(),
        };
        turns.push(format!(
            "Sorry, instead of the {name} give me {}.",
            replacement.phrase()
        ));
        lines[index] = replacement;
        return "replaced";
    }
    let line = &mut lines[index];
    line.quantity = if line.quantity == 3 {
        2
    } else {
        line.quantity + 1
    };
    let number = ["one", "two", "three"][line.quantity as usize - 1];
    turns.push(format!(
        "Actually, make that {number} {}.",
        plural(&name, line.quantity)
    ));
    "another count"
}

/// Options that must be asked when nobody names a choice.
fn asked(item: &Item) -> impl Iterator<Item = &ItemOption> {
    item.options.iter().filter(|option| option.must_be_asked())
}

fn spoken<'a>(rng: &mut ChaCha8Rng, item: &'a Item) -> Spoken<'a> {
    let mut picks = Vec::new();
    for option in &item.options {
        let open: Vec<&Choice> = option
            .choices
            .iter()
            .filter(|choice| choice.available)
            .collect();
        if option.must_be_asked() {
            for choice in open.sample(rng, option.min as usize) {
                picks.push(Pick {
                    option,
                    choice,
                    amount: Amount::Regular,
                });
            }
        } else if rng.random_bool(0.3) {
            let Some(choice) = open.choose(rng) else {
                continue;
            };
            let extra = option.amounts.contains(&Amount::Extra)
                && !choice.name.to_lowercase().starts_with("extra")
                && rng.random_bool(0.2);
            picks.push(Pick {
                option,
                choice,
                amount: if extra {
                    Amount::Extra
                } else {
                    Amount::Regular
                },
            });
        }
    }
    Spoken {
        item,
        quantity: *[1, 1, 1, 2, 2, 3].choose(rng).unwrap(),
        picks,
    }
}

impl Spoken<'_> {
    /// "two large pepperoni pizzas with mushrooms and extra olives"
    fn phrase(&self) -> String {
        let name = said(&self.item.name, self.item.say_as.as_deref());
        let before: Vec<String> = self
            .picks
            .iter()
            .filter(|pick| pick.stands_before())
            .map(Pick::phrase)
            .collect();
        let after: Vec<String> = self
            .picks
            .iter()
            .filter(|pick| !pick.stands_before())
            .map(Pick::phrase)
            .collect();
        let mut words = before;
        // "an order of onion rings", "two orders of nachos"
        if name.ends_with('s') {
            words.push(plural("order", self.quantity) + " of");
        }
        words.push(plural(&name, self.quantity));
        let said = words.join(" ");
        let number = match self.quantity {
            1 if said.starts_with(['a', 'e', 'i', 'o', 'u']) => "an",
            1 => "a",
            2 => "two",
            _ => "three",
        };
        match after.len() {
            0 => format!("{number} {said}"),
            _ => format!("{number} {said} with {}", after.join(" and ")),
        }
    }

    /// The line as it must be stored: what was picked, and the defaults of options nobody spoke of.
    fn stored(&self) -> WantedLine {
        let mut choices: Vec<WantedChoice> = self
            .picks
            .iter()
            .map(|pick| WantedChoice {
                option: pick.option.name.clone(),
                choice: pick.choice.name.clone(),
                amount: pick.amount,
                count: 1,
            })
            .collect();
        for option in &self.item.options {
            if self
                .picks
                .iter()
                .all(|pick| pick.option.name != option.name)
            {
                choices.extend(option.default.iter().map(|&index| WantedChoice {
                    option: option.name.clone(),
                    choice: option.choices[index].name.clone(),
                    amount: Amount::Regular,
                    count: 1,
                }));
            }
        }
        choices.sort();
        WantedLine {
            item: self.item.id.clone(),
            quantity: self.quantity,
            choices,
        }
    }
}

impl Pick<'_> {
    /// "a large latte", "a plain bagel", "a shrimp burrito": people say these before the thing.
    fn stands_before(&self) -> bool {
        ["Size", "Kind", "Filling", "Flavor"]
            .iter()
            .any(|name| self.option.name.eq_ignore_ascii_case(name))
    }

    fn phrase(&self) -> String {
        let mut name = said(&self.choice.name, self.choice.say_as.as_deref());
        let option = self.option.name.to_lowercase();
        // "with rye bread", "with a corn tortilla": the bare word would not be said.
        if ["bread", "tortilla", "crust", "eggs", "dressing"].contains(&option.as_str())
            && !name.contains(option.trim_end_matches('s'))
        {
            name = format!("{name} {option}");
        }
        if self.amount == Amount::Extra {
            format!("extra {name}")
        } else {
            name
        }
    }
}

/// What a caller who knows the word would pronounce.
fn said(name: &str, say_as: Option<&str>) -> String {
    say_as.unwrap_or(name).to_lowercase()
}

/// English plurals, as far as menus need them: the last word's, or the first's in "tacos al pastor".
fn plural(name: &str, quantity: u32) -> String {
    if quantity == 1 || name.ends_with('s') {
        return name.to_owned();
    }
    if let Some((first, rest)) = name.split_once(" al ") {
        return format!("{} al {rest}", plural(first, quantity));
    }
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with("ch") || name.ends_with("sh") || name.ends_with('x') => {
            format!("{name}es")
        }
        _ => format!("{name}s"),
    }
}
