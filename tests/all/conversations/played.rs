//! Written conversations: the files of `tests/conversations/`, and how one is played.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use maitred::cli::talk::Talk;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, State};
use maitred::restaurant::Restaurant;
use serde::Deserialize;
use serde_json::Value;

/// One file: conversations over one menu.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversations {
    /// A restaurant of `restaurants.d/` or of `tests/conversations/menus/`.
    pub menu: String,
    pub conversations: Vec<Conversation>,
    /// The file's own name, without its ending.
    #[serde(skip)]
    pub name: String,
}

/// What a caller says, turn by turn, and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub name: String,
    pub says: Vec<String>,
    pub state: String,
    pub order: Vec<String>,
    /// What the answer to each line must hold; `|` separates alternatives, an empty text takes anything.
    #[serde(default)]
    pub hears: Vec<String>,
}

/// How a conversation went.
pub struct Played {
    /// The order is the one written.
    pub exact: bool,
    /// An order was placed, and it is another.
    pub wrong_confirmed: bool,
    /// Everything that is not as written, the words first; empty when all is.
    pub wrong: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations")
}

/// All files, by name.
pub fn all() -> Vec<Conversations> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut file: Conversations = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        file.name = path.file_stem().unwrap().to_string_lossy().into_owned();
        file
    };
    paths.iter().map(read).collect()
}

/// The restaurant of this name: an example of the product's, or one of the conversations' own.
pub fn restaurant(name: &str) -> Arc<Restaurant> {
    let file = format!("{name}.yaml");
    let example = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("restaurants.d")
        .join(&file);
    let path = if example.exists() {
        example
    } else {
        folder().join("menus").join(&file)
    };
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = read(&bytes, &Capabilities::in_text());
    reading
        .restaurant
        .unwrap_or_else(|| panic!("{}: {:?}", path.display(), reading.problems))
}

/// A restaurant with its menu compiled: many conversations need that only once.
pub struct Table {
    restaurant: Arc<Restaurant>,
    menu: Arc<CompiledMenu>,
}

impl Table {
    /// Of the restaurant of this name.
    pub fn at(name: &str) -> Self {
        let restaurant = restaurant(name);
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        Self { restaurant, menu }
    }

    /// The restaurant.
    pub fn restaurant(&self) -> &Restaurant {
        &self.restaurant
    }

    /// A new waiter.
    pub fn talk(&self) -> Talk {
        Talk::over(&self.restaurant, &self.menu)
    }
}

/// Plays a conversation with a new waiter.
pub fn play(table: &Table, conversation: &Conversation) -> Played {
    let now = "2026-11-24T12:00[America/Toronto]".parse().unwrap();
    let mut talk = table.talk();
    let mut wrong = Vec::new();
    let mut said = Vec::new();
    for (at, line) in conversation.says.iter().enumerate() {
        let answer = talk.line(line, &now);
        let expected = conversation.hears.get(at).map_or("", String::as_str);
        if !expected.split('|').any(|text| answer.contains(text)) {
            wrong.push(format!(
                "expected {expected:?} after {line:?}, heard {answer:?}"
            ));
        }
        said.push(format!("> {line}\n  {answer}"));
    }
    let order: Vec<String> = talk.order()["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(written)
        .collect();
    let expected: Vec<String> = conversation.order.iter().map(|line| sorted(line)).collect();
    let exact = order == expected;
    if !exact {
        wrong.push(format!("expected {expected:?}, got {order:?}"));
    }
    let state = serde_json::to_value(talk.state()).unwrap();
    if state != conversation.state.as_str() {
        wrong.push(format!(
            "expected state {}, got {state}",
            conversation.state
        ));
    }
    if !wrong.is_empty() {
        wrong.insert(0, format!("{}:\n{}", conversation.name, said.join("\n")));
    }
    Played {
        exact,
        wrong_confirmed: talk.state() == State::Confirmed && !exact,
        wrong,
    }
}

/// "2 latte: Large, Oat milk extra" with the choices sorted, for comparison.
fn written(line: &Value) -> String {
    let mut choices: Vec<String> = line["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(choice)
        .collect();
    choices.sort();
    format!(
        "{} {}: {}",
        line["quantity"],
        line["item"].as_str().unwrap(),
        choices.join(", ")
    )
}

fn choice(choice: &Value) -> String {
    let mut text = choice["choice"].as_str().unwrap().to_owned();
    for key in ["amount", "part"] {
        if let Some(said) = choice[key].as_str().filter(|said| *said != "regular") {
            text = format!("{text} {said}");
        }
    }
    match choice["count"].as_u64() {
        Some(1) | None => text,
        Some(count) => format!("{text} x{count}"),
    }
}

fn sorted(line: &str) -> String {
    let (head, choices) = line.split_once(':').unwrap();
    let mut choices: Vec<&str> = choices
        .split(',')
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .collect();
    choices.sort_unstable();
    format!("{head}: {}", choices.join(", "))
}
