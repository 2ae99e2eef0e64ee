//! One file's bytes, all the way: the same path for the server, for `check` and for tests.

use std::borrow::Cow;
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
    let mut way = Way::new(capabilities, Lint::Now);
    way.read(bytes, short_or_long)
}

/// The same without the warnings of the lint: they refuse nothing, and whoever serves the file asks for them afterwards.
/// `None`: there is nothing to ask, the file is rejected.
pub(crate) fn read_unlinted(
    bytes: &[u8],
    capabilities: &Capabilities,
) -> (Reading, Option<Unlinted>) {
    let mut way = Way::new(capabilities, Lint::Later(None));
    let reading = way.read(bytes, short_or_long);
    let file = match way.lint {
        Lint::Later(file) => file,
        Lint::Now => None,
    };
    let unlinted = reading.restaurant.as_ref().map(|restaurant| Unlinted {
        file,
        restaurant: Arc::clone(restaurant),
    });
    (reading, unlinted)
}

/// The same as [`read`], but the long way even where the short one would do: what the fuzzer compares it with.
#[doc(hidden)]
pub fn read_slowly(bytes: &[u8], capabilities: &Capabilities) -> Reading {
    Way::new(capabilities, Lint::Now).read(bytes, Way::read_the_long_way)
}

fn short_or_long(way: &mut Way<'_>, text: &str, reading: &mut Reading) -> Vec<Problem> {
    match event_reader::read(text) {
        Some(short) => {
            reading.number_places = short.numbers;
            reading.id = Some(short.file.id.clone());
            way.give_meaning(text, short.file, reading)
        }
        None => way.read_the_long_way(text, reading),
    }
}

/// When a valid file is linted.
enum Lint {
    Now,
    /// Then it is needed as it was written.
    Later(Option<Box<RestaurantFile>>),
}

/// How a file is read.
struct Way<'a> {
    capabilities: &'a Capabilities,
    lint: Lint,
}

impl<'a> Way<'a> {
    fn new(capabilities: &'a Capabilities, lint: Lint) -> Self {
        Self { capabilities, lint }
    }

    fn read(
        &mut self,
        bytes: &[u8],
        way: impl FnOnce(&mut Self, &str, &mut Reading) -> Vec<Problem>,
    ) -> Reading {
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
        let problems = way(self, text, &mut reading);
        reading.problems = told(text, problems);
        reading
    }

    /// What a file that types and schema take means, and what will go wrong with it on a telephone.
    fn give_meaning(
        &mut self,
        text: &str,
        file: RestaurantFile,
        reading: &mut Reading,
    ) -> Vec<Problem> {
        let (restaurant, mut problems) = validate::validate(&file, self.capabilities);
        reading.restaurant = restaurant.map(Arc::new);
        if let Some(restaurant) = reading.restaurant.as_deref() {
            match &mut self.lint {
                Lint::Now => problems.extend(lint::lint(text, &file, restaurant)),
                Lint::Later(kept) => *kept = Some(Box::new(file)),
            }
        }
        problems
    }

    /// Says what is wrong with a file, as far as it can be read: limits, syntax, every rule of the schema, and the meaning of
    /// the rest.
    fn read_the_long_way(&mut self, text: &str, reading: &mut Reading) -> Vec<Problem> {
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
            return self.give_meaning(text, file, reading);
        }
        let (_, meaning) = validate::validate(&file, self.capabilities);
        // What the schema said about a value is said once, and nothing is said about what was only put in its place.
        let new =
            |problem: &Problem| !above(&problem.pointer).any(|pointer| told.contains(pointer));
        problems.extend(meaning.into_iter().filter(new));
        problems
    }
}

/// With their places, in their order, no more than are told.
fn told(text: &str, mut problems: Vec<Problem>) -> Vec<Problem> {
    if problems.len() > MAX_PLACED {
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(MAX_PLACED);
    }
    if !problems.is_empty() {
        position::locate(text, &mut problems);
        cut(&mut problems);
    }
    let told = |problem: Problem| name_blanks(text, problem).bounded().or_remedy();
    problems.into_iter().map(told).collect()
}

/// A valid file that was not linted yet.
#[derive(Clone, Debug)]
pub(crate) struct Unlinted {
    /// As it was written; `None`: it is read once more.
    file: Option<Box<RestaurantFile>>,
    restaurant: Arc<Restaurant>,
}

impl Unlinted {
    /// Forgets the file as it was written, which takes more room than its bytes.
    pub(crate) fn without_file(self) -> Self {
        Self { file: None, ..self }
    }

    /// Everything that [`read`] finds in the file with these `bytes`, when `found` was found in it without the lint.
    pub(crate) fn lint(&self, bytes: &[u8], found: &[Problem]) -> Vec<Problem> {
        let mut problems = found.to_vec();
        let Ok(text) = scan::text(bytes) else {
            return problems;
        };
        let written = match &self.file {
            Some(file) => Cow::Borrowed(&**file),
            None => match as_written(text) {
                Some(file) => Cow::Owned(file),
                None => return problems,
            },
        };
        problems.extend(told(text, lint::lint(text, &written, &self.restaurant)));
        position::sort(&mut problems);
        cut(&mut problems);
        problems
    }
}

/// A valid file as it was written.
fn as_written(text: &str) -> Option<RestaurantFile> {
    let long = || RestaurantFile::deserialize(&yaml::parse(text).ok()?).ok();
    event_reader::read(text)
        .map(|short| short.file)
        .or_else(long)
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
