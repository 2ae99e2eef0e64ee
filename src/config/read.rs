//! One file's bytes, all the way: the same path for the server, for `check` and for tests.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Capabilities, Code, Place, Problem, RestaurantFile, lint, position, scan, schema, yaml,
};
use crate::restaurant::{Digest, Restaurant};

/// Most problems reported for one file.
pub const MAX_PROBLEMS: usize = 50;

/// What a file turned out to be.
#[derive(Clone, Debug)]
pub struct Reading {
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// `None`: the file is rejected, and `problems` says why.
    pub restaurant: Option<Arc<Restaurant>>,
    /// The id as written, also when the file is rejected, where it could be read.
    pub id: Option<String>,
    /// Everything that was found, by line; warnings of a valid file too.
    pub problems: Vec<Problem>,
    /// Where each telephone number stands, in the file's order.
    pub number_places: Vec<Place>,
}

/// Reads a restaurant from the bytes of a file.
pub fn read(bytes: &[u8], capabilities: &Capabilities) -> Reading {
    let mut reading = Reading {
        digest: Digest::of(bytes),
        restaurant: None,
        id: None,
        problems: Vec::new(),
        number_places: Vec::new(),
    };
    let text = match scan::text(bytes) {
        Ok(text) => text,
        Err(problem) => {
            reading.problems = vec![problem];
            return reading;
        }
    };
    let mut problems = match scan::scan(text) {
        Err(problem) => vec![problem],
        Ok(scanned) => {
            reading.number_places = scanned.numbers;
            understand(text, capabilities, &mut reading)
        }
    };
    if !problems.is_empty() {
        position::locate(text, &mut problems);
        cut(&mut problems);
    }
    reading.problems = problems;
    reading
}

fn understand(text: &str, capabilities: &Capabilities, reading: &mut Reading) -> Vec<Problem> {
    let mut value = match yaml::parse(text) {
        Ok(value) => value,
        Err(problems) => return problems,
    };
    reading.id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let mut problems = schema::problems(&value, MAX_PROBLEMS + 1);
    remove_unknown_keys(&mut value, &problems);
    let file = match RestaurantFile::deserialize(&value) {
        Ok(file) => file,
        Err(_) if !problems.is_empty() => return problems,
        Err(error) => return vec![Problem::new(Code::Schema, "", error.to_string())],
    };
    let (restaurant, meaning) = super::validate::validate(&file, capabilities);
    reading.restaurant = restaurant.filter(|_| problems.is_empty()).map(Arc::new);
    // What the schema said about a value is said once.
    let told = problems.len();
    for problem in meaning {
        if problems[..told]
            .iter()
            .all(|earlier| earlier.pointer != problem.pointer)
        {
            problems.push(problem);
        }
    }
    if let Some(restaurant) = reading.restaurant.as_deref() {
        problems.extend(lint::lint(text, &file, restaurant));
    }
    problems
}

/// An unknown key hides nothing: without it the rest of the file can still be read for its meaning.
fn remove_unknown_keys(value: &mut Value, problems: &[Problem]) {
    for problem in problems {
        if !matches!(problem.code, Code::UnknownKey | Code::NotYet) {
            continue;
        }
        let Some((parent, key)) = problem.pointer.rsplit_once('/') else {
            continue;
        };
        if let Some(object) = value.pointer_mut(parent).and_then(Value::as_object_mut) {
            object.remove(&super::problem::unescape(key));
        }
    }
}

/// Errors come before warnings when there are too many to show.
fn cut(problems: &mut Vec<Problem>) {
    if problems.len() > MAX_PROBLEMS {
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(MAX_PROBLEMS);
        problems.sort_by_key(|problem| (problem.line, problem.column));
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
