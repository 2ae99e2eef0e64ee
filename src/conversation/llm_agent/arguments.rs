//! A tool call as the model wrote it -> an [`Operation`] on this menu and this cart, or what is wrong with it.
//!
//! Strict: an id, an option or a choice that the menu has not, a field that the tool has not, a number that is none:
//! refused with the names that would do, and never guessed.

use serde_json::{Map, Value};

use super::super::waiter::Waiter;
use super::view;
use crate::order::{Fulfilment, LineId, Part, Picked};
use crate::restaurant::{Amount, Item};

/// What a tool call asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operation {
    Search {
        query: String,
    },
    Add {
        item: usize,
        quantity: u32,
        picked: Vec<Picked>,
    },
    Change {
        line: LineId,
        quantity: Option<u32>,
        item: Option<usize>,
        choices: Vec<Picked>,
        forget: Vec<Picked>,
    },
    Remove {
        line: LineId,
    },
    SayPrice {
        item: usize,
        picked: Vec<Picked>,
    },
    Name(String),
    Fulfilment(Fulfilment),
    ReadBack,
    Place,
    Cancel,
    HandOff,
}

/// Longest name and longest search.
const MAX_TEXT_CHARS: usize = 80;

/// Reads a call. The error is written for the model.
pub(super) fn read(name: &str, arguments: &str, waiter: &Waiter) -> Result<Operation, String> {
    let arguments = match arguments.trim() {
        // Servers write a call without arguments either way.
        "" => Map::new(),
        text => match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => fields,
            Ok(Value::Null) => Map::new(),
            _ => return Err("the arguments are not a JSON object".to_owned()),
        },
    };
    let fields = Fields {
        tool: name,
        fields: arguments,
    };
    let ask = waiter.restaurant.ask;
    let large = waiter.restaurant.menu.items.len() >= super::prompt::SEARCH_FROM;
    match name {
        "search_menu" if large => {
            fields.only(&["query"])?;
            Ok(Operation::Search {
                query: fields.text("query")?,
            })
        }
        "add_item" => {
            fields.only(&["item_id", "quantity", "choices"])?;
            let item = item(waiter, &fields.text("item_id")?)?;
            Ok(Operation::Add {
                item,
                quantity: fields.quantity("quantity")?.unwrap_or(1),
                picked: picks(&fields, "choices", &waiter.restaurant.menu.items[item])?,
            })
        }
        "change_item" => change(&fields, waiter),
        "remove_item" => {
            fields.only(&["line"])?;
            Ok(Operation::Remove {
                line: line(&fields, waiter)?,
            })
        }
        "say_price" => {
            fields.only(&["item_id", "choices"])?;
            let item = item(waiter, &fields.text("item_id")?)?;
            Ok(Operation::SayPrice {
                item,
                picked: picks(&fields, "choices", &waiter.restaurant.menu.items[item])?,
            })
        }
        "set_name" if ask.name => {
            fields.only(&["name"])?;
            caller_name(&fields.text("name")?).map(Operation::Name)
        }
        "set_fulfilment" if ask.fulfilment => {
            fields.only(&["fulfilment"])?;
            match fields.text("fulfilment")?.as_str() {
                "pickup" => Ok(Operation::Fulfilment(Fulfilment::Pickup)),
                "delivery" => Ok(Operation::Fulfilment(Fulfilment::Delivery)),
                other => Err(format!("fulfilment is pickup or delivery, not \"{other}\"")),
            }
        }
        "read_back" => fields.only(&[]).map(|()| Operation::ReadBack),
        "place_order" => fields.only(&[]).map(|()| Operation::Place),
        "cancel_order" => fields.only(&[]).map(|()| Operation::Cancel),
        "hand_off" => fields.only(&[]).map(|()| Operation::HandOff),
        _ => Err(format!("there is no tool \"{}\"", clipped(name))),
    }
}

fn change(fields: &Fields<'_>, waiter: &Waiter) -> Result<Operation, String> {
    fields.only(&["line", "quantity", "item_id", "choices", "forget"])?;
    let line = line(fields, waiter)?;
    let items = &waiter.restaurant.menu.items;
    let new = match fields.present("item_id") {
        Some(_) => Some(item(waiter, &fields.text("item_id")?)?),
        None => None,
    };
    let old = waiter.cart.line(line).map(|line| waiter.cart.item(line));
    let held = new.map(|at| &items[at]).or(old);
    let held = held.ok_or("the order has no such line")?;
    let choices = picks(fields, "choices", held)?;
    let forget = picks(fields, "forget", held)?;
    let quantity = fields.quantity("quantity")?;
    if quantity.is_none() && new.is_none() && choices.is_empty() && forget.is_empty() {
        return Err("nothing to change was given".to_owned());
    }
    Ok(Operation::Change {
        line,
        quantity,
        item: new,
        choices,
        forget,
    })
}

fn line(fields: &Fields<'_>, waiter: &Waiter) -> Result<LineId, String> {
    let number = fields.whole("line")?.ok_or("line is missing")?;
    view::line(waiter, number).ok_or_else(|| {
        let lines = view::in_words(waiter).unwrap_or_else(|| "it is empty".to_owned());
        format!("the order has no line {number}: {lines}")
    })
}

fn item(waiter: &Waiter, id: &str) -> Result<usize, String> {
    let items = &waiter.restaurant.menu.items;
    items.iter().position(|item| item.id == id).ok_or_else(|| {
        // A model that wrote the name is told the id; it is not taken for it.
        let meant = items.iter().find(|item| same(&item.name, id));
        let hint = meant.map_or_else(
            || "use an id of the menu".to_owned(),
            |item| format!("the id of {} is {}", item.name, item.id),
        );
        format!("the menu has no item_id \"{}\"; {hint}", clipped(id))
    })
}

fn picks(fields: &Fields<'_>, key: &str, item: &Item) -> Result<Vec<Picked>, String> {
    let Some(value) = fields.present(key) else {
        return Ok(Vec::new());
    };
    let list = value
        .as_array()
        .ok_or_else(|| format!("{key} is not a list"))?;
    list.iter().map(|entry| pick(key, entry, item)).collect()
}

fn pick(key: &str, entry: &Value, item: &Item) -> Result<Picked, String> {
    let fields = entry
        .as_object()
        .ok_or_else(|| format!("{key} holds something that is no object"))?;
    let fields = Fields {
        tool: key,
        fields: fields.clone(),
    };
    fields.only(&["option", "choice", "amount", "count", "part"])?;
    let wanted = fields.text("option")?;
    let option = item.options.iter().position(|o| same(&o.name, &wanted));
    let option = option.ok_or_else(|| {
        let names: Vec<&str> = item.options.iter().map(|o| o.name.as_str()).collect();
        format!(
            "{} has no option \"{}\"; it has: {}",
            item.name,
            clipped(&wanted),
            names.join(", ")
        )
    })?;
    let wanted = fields.text("choice")?;
    let choices = &item.options[option].choices;
    let choice = choices.iter().position(|c| same(&c.name, &wanted));
    let choice = choice.ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|c| c.name.as_str()).collect();
        format!(
            "{} has no choice \"{}\"; it has: {}",
            item.options[option].name,
            clipped(&wanted),
            names.join(", ")
        )
    })?;
    let word = |key: &str| match fields.present(key) {
        Some(_) => fields.text(key).map(Some),
        None => Ok(None),
    };
    let amount = match word("amount")?.as_deref() {
        None | Some("regular") => Amount::Regular,
        Some("none") => Amount::None,
        Some("light") => Amount::Light,
        Some("extra") => Amount::Extra,
        Some(other) => return Err(format!("there is no amount \"{}\"", clipped(other))),
    };
    let part = match word("part")?.as_deref() {
        None | Some("whole") => Part::Whole,
        Some("left") => Part::Left,
        Some("right") => Part::Right,
        Some(other) => return Err(format!("there is no part \"{}\"", clipped(other))),
    };
    Ok(Picked {
        option,
        choice,
        part,
        amount,
        count: fields.quantity("count")?.unwrap_or(1),
    })
}

/// A name a person can have: letters, spaces and the signs within names.
fn caller_name(text: &str) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sign = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let fits = text.chars().count() <= 40 && text.chars().all(sign);
    if fits && text.chars().any(char::is_alphabetic) {
        Ok(text)
    } else {
        Err("that is not a caller's name".to_owned())
    }
}

/// The same name but for capitals and outer spaces.
fn same(name: &str, written: &str) -> bool {
    name.to_lowercase() == written.trim().to_lowercase()
}

/// A model's text that is repeated to it, kept short.
fn clipped(text: &str) -> String {
    text.chars().take(MAX_TEXT_CHARS).collect()
}

/// The fields of a call.
struct Fields<'a> {
    tool: &'a str,
    fields: Map<String, Value>,
}

impl Fields<'_> {
    /// No others than these.
    fn only(&self, known: &[&str]) -> Result<(), String> {
        let unknown = self
            .fields
            .keys()
            .find(|key| !known.contains(&key.as_str()));
        match unknown {
            Some(key) => Err(format!("{} has no \"{}\"", self.tool, clipped(key))),
            None => Ok(()),
        }
    }

    /// `null` is as good as absent: some servers fill in every field.
    fn present(&self, key: &str) -> Option<&Value> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    fn text(&self, key: &str) -> Result<String, String> {
        let value = self
            .present(key)
            .ok_or_else(|| format!("{key} is missing"))?;
        let text = value
            .as_str()
            .ok_or_else(|| format!("{key} is not a text"))?;
        if text.trim().is_empty() || text.chars().count() > MAX_TEXT_CHARS {
            return Err(format!("{key} is empty or too long"));
        }
        Ok(text.to_owned())
    }

    /// A whole number of 0 and more; `2.0` and `"2"` are ways to write one.
    fn whole(&self, key: &str) -> Result<Option<u64>, String> {
        let Some(value) = self.present(key) else {
            return Ok(None);
        };
        let number = match value {
            Value::String(text) => text.trim().parse().ok(),
            Value::Number(number) => number.as_u64().or_else(|| {
                let float = number.as_f64()?;
                let small = (0.0..1e6).contains(&float) && float.fract() == 0.0;
                small.then_some(float as u64)
            }),
            _ => None,
        };
        number
            .map(Some)
            .ok_or_else(|| format!("{key} is not a whole number"))
    }

    fn quantity(&self, key: &str) -> Result<Option<u32>, String> {
        match self.whole(key)? {
            None => Ok(None),
            Some(number) => match u32::try_from(number) {
                Ok(number) if number >= 1 => Ok(Some(number)),
                _ => Err(format!("{key} must be at least 1")),
            },
        }
    }
}
