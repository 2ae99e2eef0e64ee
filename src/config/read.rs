//! One file's bytes, all the way: the same path for the server, for `check` and for tests.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::schema_message::Mend;
use super::{
    Capabilities, Code, MAX_PROBLEMS, Place, Problem, RestaurantFile, blanks, event_reader, lint,
    position, scan, schema, validate, yaml,
};
use crate::restaurant::{Digest, Restaurant};

/// So many are placed before those to report are chosen by their places.
const MAX_PLACED: usize = 1_000;

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
    read_by(bytes, |text, reading| match event_reader::read(text) {
        Some(short) => {
            reading.number_places = short.numbers;
            reading.id = Some(short.file.id.clone());
            give_meaning(text, &short.file, capabilities, reading)
        }
        None => read_the_long_way(text, capabilities, reading),
    })
}

/// The same, but the long way even where the short one would do: what the fuzzer compares [`read`] with.
#[doc(hidden)]
pub fn read_slowly(bytes: &[u8], capabilities: &Capabilities) -> Reading {
    read_by(bytes, |text, reading| {
        read_the_long_way(text, capabilities, reading)
    })
}

fn read_by(bytes: &[u8], way: impl FnOnce(&str, &mut Reading) -> Vec<Problem>) -> Reading {
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
            reading.problems = vec![problem.or_remedy()];
            return reading;
        }
    };
    let mut problems = way(text, &mut reading);
    if problems.len() > MAX_PLACED {
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(MAX_PLACED);
    }
    if !problems.is_empty() {
        position::locate(text, &mut problems);
        cut(&mut problems);
    }
    let told = |problem: Problem| name_blanks(text, problem).bounded().or_remedy();
    reading.problems = problems.into_iter().map(told).collect();
    reading
}

/// A value that is refused for a blank nobody sees: says so.
fn name_blanks(text: &str, problem: Problem) -> Problem {
    let said = problem.message.contains("(U+");
    let written = text.get(problem.span.clone()).unwrap_or_default();
    match blanks::first_in(written).filter(|_| problem.is_error() && !said) {
        Some((_, name)) => problem.with_help(format!("{name} is in it: {}", blanks::REMEDY)),
        None => problem,
    }
}

/// What a file that types and schema take means, and what will go wrong with it on a telephone.
fn give_meaning(
    text: &str,
    file: &RestaurantFile,
    capabilities: &Capabilities,
    reading: &mut Reading,
) -> Vec<Problem> {
    let (restaurant, mut problems) = validate::validate(file, capabilities);
    reading.restaurant = restaurant.map(Arc::new);
    if let Some(restaurant) = reading.restaurant.as_deref() {
        problems.extend(lint::lint(text, file, restaurant));
    }
    problems
}

/// Says what is wrong with a file, as far as it can be read: limits, syntax, every rule of the schema, and the meaning of
/// the rest.
fn read_the_long_way(
    text: &str,
    capabilities: &Capabilities,
    reading: &mut Reading,
) -> Vec<Problem> {
    match scan::scan(text) {
        Ok(scanned) => reading.number_places = scanned.numbers,
        Err(problem) => return vec![problem],
    }
    let mut value = match yaml::parse(text) {
        Ok(value) => value,
        Err(problems) => return problems,
    };
    reading.id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let findings = schema::findings(&value, MAX_PROBLEMS + 1);
    let mut told: HashSet<String> = HashSet::new();
    let mut problems = Vec::with_capacity(findings.len());
    let mut mends = Vec::new();
    for finding in findings {
        told.insert(match &finding.mend {
            Some(mend) => mend.pointer.clone(),
            None => finding.problem.pointer.clone(),
        });
        problems.push(finding.problem);
        mends.extend(finding.mend);
    }
    mend(&mut value, &mut mends);
    let file = match RestaurantFile::deserialize(&value) {
        Ok(file) => file,
        Err(_) if !problems.is_empty() => return problems,
        Err(error) => return vec![Problem::new(Code::Schema, "", error.to_string())],
    };
    if problems.is_empty() {
        return give_meaning(text, &file, capabilities, reading);
    }
    let (_, meaning) = validate::validate(&file, capabilities);
    // What the schema said about a value is said once, and nothing is said about what was only put in its place.
    let new = |problem: &Problem| !above(&problem.pointer).any(|pointer| told.contains(pointer));
    problems.extend(meaning.into_iter().filter(new));
    problems
}

/// What the schema refuses hides nothing: with something fitting in its place the rest of the file can still be read for
/// its meaning. The innermost first, so that a place is still there when its turn comes.
fn mend(value: &mut Value, mends: &mut [Mend]) {
    mends.sort_by_key(|mend| std::cmp::Reverse(mend.pointer.matches('/').count()));
    for mend in mends {
        let Some((parent, key)) = mend.pointer.rsplit_once('/') else {
            continue;
        };
        match (value.pointer_mut(parent), mend.value.take()) {
            (Some(Value::Object(object)), Some(fitting)) => {
                object.insert(super::problem::unescape(key), fitting);
            }
            (Some(Value::Object(object)), None) => {
                object.remove(&super::problem::unescape(key));
            }
            (Some(Value::Array(list)), Some(fitting)) => {
                let index = key.parse::<usize>().ok();
                if let Some(entry) = index.and_then(|index| list.get_mut(index)) {
                    *entry = fitting;
                }
            }
            _ => {}
        }
    }
}

/// A pointer and every one above it, but for the whole file's.
fn above(pointer: &str) -> impl Iterator<Item = &str> {
    let ends = pointer.match_indices('/').skip(1).map(|(at, _)| at);
    ends.chain([pointer.len()]).map(|end| &pointer[..end])
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
#[path = "alike_tests.rs"]
mod alike;
#[cfg(test)]
#[path = "hostile_tests.rs"]
mod hostile;
#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
