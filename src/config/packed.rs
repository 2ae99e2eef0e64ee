//! A valid file's [`Reading`] as bytes (postcard), each list of options once, so that a start need not validate ten thousand
//! files again.
//!
//! What is unpacked goes through the same seals as what is parsed; whoever keeps the bytes sees to it that they were packed
//! by this very program, and that they are still the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Code, Place, Problem, Reading};
use crate::restaurant::{Digest, OptionsApart, Restaurant};

/// What is packed of a reading, borrowed from it.
#[derive(Serialize)]
struct Packing<'a> {
    id: Option<&'a str>,
    number_places: &'a [Place],
    problems: Vec<PackedProblem<'a>>,
    restaurant: Restaurant,
    options: OptionsApart,
}

/// The same as it is unpacked: postcard knows fields by their order.
#[derive(Deserialize)]
struct Unpacking<'a> {
    id: Option<String>,
    number_places: Vec<Place>,
    #[serde(borrow)]
    problems: Vec<PackedProblem<'a>>,
    restaurant: Restaurant,
    options: OptionsApart,
}

#[derive(Serialize, Deserialize)]
struct PackedProblem<'a> {
    code: &'a str,
    pointer: &'a str,
    message: &'a str,
    #[serde(borrow)]
    help: Option<&'a str>,
    line: u32,
    column: u32,
    span: (usize, usize),
}

/// The bytes of a valid file's reading; `None` for a rejected file, and for a restaurant whose time zone has no name to find
/// it by again.
pub fn pack(reading: &Reading) -> Option<Vec<u8>> {
    let (restaurant, options) = reading.restaurant.as_deref()?.without_options();
    let packing = Packing {
        id: reading.id.as_deref(),
        number_places: &reading.number_places,
        problems: reading.problems.iter().map(packed).collect(),
        restaurant,
        options,
    };
    postcard::to_stdvec(&packing).ok()
}

/// What [`pack`] packed of a file with this digest; `None` for other bytes.
pub fn unpack(digest: &Digest, bytes: &[u8]) -> Option<Reading> {
    let (unpacking, rest) = postcard::take_from_bytes::<Unpacking<'_>>(bytes).ok()?;
    let problems = unpacking.problems.into_iter().map(unpacked);
    let restaurant = unpacking.restaurant.with_options(unpacking.options)?;
    rest.is_empty().then_some(Reading {
        digest: digest.clone(),
        restaurant: Some(Arc::new(restaurant)),
        id: unpacking.id,
        problems: problems.collect::<Option<Vec<Problem>>>()?,
        number_places: unpacking.number_places,
    })
}

fn packed(problem: &Problem) -> PackedProblem<'_> {
    PackedProblem {
        code: problem.code.as_str(),
        pointer: &problem.pointer,
        message: &problem.message,
        help: problem.help.as_deref(),
        line: problem.line,
        column: problem.column,
        span: (problem.span.start, problem.span.end),
    }
}

fn unpacked(packed: PackedProblem<'_>) -> Option<Problem> {
    let code = *Code::ALL
        .iter()
        .find(|known| known.as_str() == packed.code)?;
    let (begin, end) = packed.span;
    let problem = Problem::new(code, packed.pointer, packed.message);
    let problem = problem.placed(packed.line, packed.column, begin..end);
    Some(match packed.help {
        Some(help) => problem.with_help(help),
        None => problem,
    })
}

#[cfg(test)]
#[path = "packed_tests.rs"]
mod tests;
