//! A tool call as the model wrote it -> an [`Operation`] on this menu and this cart, or what is wrong with it.
//!
//! Strict: an id, an option or a choice that the menu has not, a field that the tool has not, a number that is none:
//! refused with the names that would do, and never guessed.

use serde_json::{Map, Value};

use super::super::waiter::Waiter;
use super::view;
use crate::order::{Fulfilment, LineId, Measure, Part, Picked};
use crate::restaurant::{Amount, Item};

/// What a tool call asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operation {
    Search {
        query: String,
    },
    Add {
        item: usize,
        quantity: Quantity,
        picked: Vec<Picked>,
        notes: Vec<String>,
    },
    Change {
        line: LineId,
        quantity: Option<Quantity>,
        item: Option<usize>,
        choices: Vec<Picked>,
        forget: Vec<Picked>,
        notes: Vec<String>,
    },
    /// A request about the whole order.
    Note(String),
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

/// How much of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Pieces(u32),
    /// Of what is sold by measure.
    Measured(Measure),
}

/// Requests to the kitchen in one call.
const MAX_NOTES: usize = 8;

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
            fields.only(&["item_id", "quantity", "choices", "notes"])?;
            let item = item(waiter, &fields.text("item_id")?)?;
            let held = &waiter.restaurant.menu.items[item];
            let quantity = fields.amount_of(held)?;
            Ok(Operation::Add {
                item,
                quantity: quantity.unwrap_or(Quantity::Pieces(1)),
                picked: picks(&fields, "choices", held)?,
                notes: fields.notes()?,
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
        "note_for_kitchen" => {
            fields.only(&["note"])?;
            fields.text("note").map(Operation::Note)
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
    fields.only(&["line", "quantity", "item_id", "choices", "forget", "notes"])?;
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
    let quantity = fields.amount_of(held)?;
    let notes = fields.notes()?;
    let kept = quantity.is_none() && new.is_none() && notes.is_empty();
    if kept && choices.is_empty() && forget.is_empty() {
        return Err("nothing to change was given".to_owned());
    }
    Ok(Operation::Change {
        line,
        quantity,
        item: new,
        choices,
        forget,
        notes,
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
    fields.only(&["option", "of", "choice", "amount", "count", "part"])?;
    let option = option_named(&fields, item)?;
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

/// The option a choice is for. Options that choices open may be called alike (the size of the fries, the size of the cola):
/// `of` says which is meant.
fn option_named(fields: &Fields<'_>, item: &Item) -> Result<usize, String> {
    let wanted = fields.text("option")?;
    let choice = fields.text("choice")?;
    let of = match fields.present("of") {
        Some(_) => Some(fields.text("of")?),
        None => None,
    };
    let named = |at: &usize| same(&item.options[*at].name, &wanted);
    let all: Vec<usize> = (0..item.options.len()).filter(named).collect();
    if all.is_empty() {
        let names: Vec<&str> = item.options.iter().map(|o| o.name.as_str()).collect();
        return Err(format!(
            "{} has no option \"{}\"; it has: {}",
            item.name,
            clipped(&wanted),
            names.join(", ")
        ));
    }
    let belongs = |at: &&usize| of.as_ref().is_none_or(|of| same(item.owner_of(**at), of));
    let owned: Vec<usize> = all.iter().filter(belongs).copied().collect();
    let has = |at: &&usize| {
        item.options[**at]
            .choices
            .iter()
            .any(|c| same(&c.name, &choice))
    };
    let having: Vec<usize> = owned.iter().filter(has).copied().collect();
    match (having.as_slice(), owned.first()) {
        ([only], _) => Ok(*only),
        // None has it: said of the first, with the names that would do.
        ([], Some(first)) => Ok(*first),
        _ => {
            let owners: Vec<&str> = all.iter().map(|&at| item.owner_of(at)).collect();
            Err(format!(
                "several options are called \"{}\"; say with \"of\" which is meant: {}",
                clipped(&wanted),
                owners.join(", ")
            ))
        }
    }
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

    /// How many of an item, or how much of one that is sold by measure.
    fn amount_of(&self, item: &Item) -> Result<Option<Quantity>, String> {
        let Some(unit) = item.unit() else {
            return Ok(self.quantity("quantity")?.map(Quantity::Pieces));
        };
        let Some(value) = self.present("quantity") else {
            return Ok(None);
        };
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            value => value.to_string(),
        };
        match Measure::parse(&text) {
            Some(measure) => Ok(Some(Quantity::Measured(measure))),
            None => Err(format!(
                "quantity is not a number of {} such as 0.5",
                unit.name
            )),
        }
    }

    fn notes(&self) -> Result<Vec<String>, String> {
        let Some(value) = self.present("notes") else {
            return Ok(Vec::new());
        };
        let list = value.as_array().ok_or("notes is not a list")?;
        if list.len() > MAX_NOTES {
            return Err("too many notes".to_owned());
        }
        let note = |value: &Value| {
            let text = value.as_str().map(str::trim).unwrap_or_default();
            let fits = !text.is_empty() && text.chars().count() <= MAX_TEXT_CHARS;
            let wrong = || "a note is empty, too long or no text".to_owned();
            fits.then(|| text.to_owned()).ok_or_else(wrong)
        };
        list.iter().map(note).collect()
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
