//! Our own menus and what callers say to them: each utterance of `tests/understanding/` is understood as written there.

use std::path::Path;

use maitred::conversation::{AmbiguousKind, CompiledMenu, HeardLine, Understood};
use maitred::order::Cart;
use maitred::restaurant::Restaurant;
use serde::Deserialize;
use std::sync::Arc;

use crate::menu_laws::{restaurant_at, sorted, written_line};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    /// A file of `tests/understanding/menus/`.
    menu: String,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    says: String,
    order: Vec<String>,
    /// What the one ambiguous word may mean; none is ambiguous when absent.
    #[serde(default)]
    asks: Vec<String>,
    /// Words that nothing explains; not looked at when absent.
    left: Option<Vec<String>>,
    /// Unit price of the first line, where the row is about it.
    price: Option<String>,
    /// Not understood yet, and said so: such rows are counted, and lose the mark once they are.
    #[serde(default)]
    missed: bool,
}

const FOLDER: &str = "tests/understanding";

fn files(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let names = std::fs::read_dir(path).unwrap();
    let mut files: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".yaml"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    files.sort();
    files
}

/// Paths of our own menus, below the repository.
pub fn menus() -> Vec<String> {
    files(&format!("{FOLDER}/menus"))
}

fn wrong_with(restaurant: &Arc<Restaurant>, row: &Row, heard: &Understood) -> Vec<String> {
    let items = &restaurant.menu.items;
    let line = |line: &HeardLine| written_line(&items[line.item], line.quantity, &line.picked);
    let mut order: Vec<String> = heard.lines.iter().map(line).collect();
    let mut expected: Vec<String> = row.order.iter().map(|line| sorted(line)).collect();
    order.sort();
    expected.sort();
    let mut wrong = Vec::new();
    if order != expected {
        wrong.push(format!("  expected {expected:?}\n  heard    {order:?}"));
    }
    let asked = asked(restaurant, heard);
    let same = asked.len() == row.asks.len() && row.asks.iter().all(|name| asked.contains(name));
    if !same {
        wrong.push(format!(
            "  should ask about {:?}, asks about {asked:?}",
            row.asks
        ));
    }
    if let Some(left) = row.left.as_ref().filter(|left| **left != heard.unmatched) {
        wrong.push(format!(
            "  should leave {left:?}, left {:?}",
            heard.unmatched
        ));
    }
    if let (Some(price), Some(line)) = (&row.price, heard.lines.first()) {
        let unit = unit_price(restaurant, line);
        if unit.as_ref() != Some(price) {
            wrong.push(format!("  should cost {price}, costs {unit:?}"));
        }
    }
    if !wrong.is_empty() {
        wrong.insert(0, format!("{}: {:?}", restaurant.id, row.says));
    }
    wrong
}

fn asked(restaurant: &Restaurant, heard: &Understood) -> Vec<String> {
    let items = &restaurant.menu.items;
    let names = heard.ambiguous.iter().flat_map(|word| match &word.meant {
        AmbiguousKind::Items { items: which, .. } => which
            .iter()
            .map(|&at| items[at].name.clone())
            .collect::<Vec<_>>(),
        AmbiguousKind::Choices { line, choices } => {
            let item = &items[heard.lines[*line].item];
            let name = |pick: &maitred::order::Picked| {
                item.options[pick.option].choices[pick.choice].name.clone()
            };
            choices.iter().map(name).collect()
        }
    });
    names.collect()
}

/// "12.50": what one of the line costs.
fn unit_price(restaurant: &Arc<Restaurant>, line: &HeardLine) -> Option<String> {
    let mut cart = Cart::new(Arc::clone(restaurant));
    let id = cart.add(line.item, line.quantity, &line.picked).ok()?;
    let minor = cart.unit_price(cart.line(id)?).minor();
    Some(format!("{}.{:02}", minor / 100, minor % 100))
}

/// A file of utterances, and what became of them.
pub struct Set {
    /// The menu's name.
    pub menu: String,
    pub rows: usize,
    /// Understood as written.
    pub exact: usize,
    /// Rows marked as missed.
    missed: usize,
    wrong: Vec<String>,
}

/// Reads every utterance of `tests/understanding/`.
pub fn sets() -> Vec<Set> {
    let read = |file: String| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let text = std::fs::read_to_string(path).unwrap();
        let written: Rows = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        let restaurant = restaurant_at(&format!("{FOLDER}/menus/{}.yaml", written.menu));
        let menu = CompiledMenu::new(&restaurant);
        let mut set = Set {
            menu: written.menu,
            rows: written.rows.len(),
            exact: 0,
            missed: 0,
            wrong: Vec::new(),
        };
        for row in &written.rows {
            let faults = wrong_with(&restaurant, row, &menu.understand(&row.says, &[]));
            set.exact += usize::from(faults.is_empty());
            if row.missed {
                set.missed += 1;
                let found = || format!("{:?} is understood now: take its mark away", row.says);
                set.wrong.extend(faults.is_empty().then(found));
            } else {
                set.wrong
                    .extend((!faults.is_empty()).then(|| faults.join("\n")));
            }
        }
        set
    };
    files(FOLDER).into_iter().map(read).collect()
}

#[test]
fn every_utterance_of_our_own_menus_is_understood_as_written() {
    let sets = sets();
    let sum = |of: fn(&Set) -> usize| sets.iter().map(of).sum::<usize>();
    let (rows, missed) = (sum(|set| set.rows), sum(|set| set.missed));
    let wrong: Vec<&str> = sets
        .iter()
        .flat_map(|set| &set.wrong)
        .map(String::as_str)
        .collect();
    assert!(menus().len() >= 13, "menus of at least thirteen kitchens");
    assert!(rows >= 410, "only {rows} utterances were found");
    assert!(missed * 16 <= rows, "{missed} of {rows} are missed");
    assert!(
        wrong.is_empty(),
        "{} of {rows} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
