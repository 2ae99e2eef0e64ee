//! `yaml`: any bytes as a restaurant file. They become a restaurant or problems, never a panic, and the short way of
//! reading them never says other than the long one.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use maitred::config::{Capabilities, MAX_PROBLEMS, Problem, read, read_slowly};

use crate::run::Target;

pub const TARGET: Target = Target {
    name: "yaml",
    // The schema is compiled with the first file.
    prepare: || assert!(read(b"", &Capabilities::embedded()).restaurant.is_none()),
    run,
};

fn run(input: &[u8]) -> u64 {
    let reading = read(input, &Capabilities::embedded());
    let slow = read_slowly(input, &Capabilities::embedded());
    assert_eq!(reading.restaurant, slow.restaurant);
    assert_eq!(reading.problems, slow.problems);
    assert_eq!(reading.number_places, slow.number_places);
    assert_eq!(reading.id, slow.id);
    let errors = reading.problems.iter().filter(|p| p.is_error()).count();
    assert_eq!(
        reading.restaurant.is_none(),
        errors > 0,
        "a file is served, or it is said why not"
    );
    assert!(reading.problems.len() <= MAX_PROBLEMS);
    for problem in &reading.problems {
        check_place(input, problem);
    }
    if let Some(restaurant) = &reading.restaurant {
        assert_eq!(reading.id.as_deref(), Some(restaurant.id.as_str()));
        assert_eq!(
            reading.number_places.len(),
            restaurant.phone_numbers.len(),
            "every number has its place"
        );
        assert!(!restaurant.menu.items.is_empty());
    }
    behaviour(reading.restaurant.is_some(), &reading.problems)
}

/// Lines and columns lie in the text, and so do the bytes to draw.
fn check_place(input: &[u8], problem: &Problem) {
    assert!(problem.line >= 1 && problem.column >= 1, "{problem:?}");
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // YAML ends lines at a lone carriage return too.
    let lines = text
        .split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        .count();
    assert!(
        problem.line as usize <= lines + 1,
        "{problem:?} in {lines} lines"
    );
    assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
}

/// Which codes at which keys; where in a list does not matter.
fn behaviour(served: bool, problems: &[Problem]) -> u64 {
    let found: BTreeSet<(&str, String)> = problems
        .iter()
        .map(|problem| {
            let keys: Vec<&str> = problem
                .pointer
                .split('/')
                .filter(|key| key.parse::<u32>().is_err())
                .collect();
            (problem.code.as_str(), keys.join("/"))
        })
        .collect();
    let mut hasher = DefaultHasher::new();
    (served, found).hash(&mut hasher);
    hasher.finish()
}
