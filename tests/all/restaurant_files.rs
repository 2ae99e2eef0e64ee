//! Restaurant files as people write them: each invalid one lies beside what is said about it.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]

use std::path::{Path, PathBuf};

use maitred::config::{Capabilities, Problem, RestaurantFile, SCHEMA_TEXT, key_path, read};
use serde::Deserialize;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The YAML files of a folder, by name; a test that finds none tests nothing.
fn files(name: &str, at_least: usize) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    files.sort();
    assert!(files.len() >= at_least, "{} in {name}", files.len());
    files
}

fn told(problem: &Problem) -> String {
    let path = key_path(&problem.pointer);
    let help = problem
        .help
        .as_deref()
        .map(|help| format!("\n      {help}"));
    format!(
        "{}:{} {} {path}\n    {}{}\n",
        problem.line,
        problem.column,
        problem.code,
        problem.message,
        help.unwrap_or_default()
    )
}

#[test]
fn every_file_with_a_problem_is_told_what_is_wrong_with_it() {
    let mut wrong = String::new();
    for path in files("tests/fixtures/restaurants/invalid", 35) {
        let reading = read(&std::fs::read(&path).unwrap(), &Capabilities::embedded());
        assert!(!reading.problems.is_empty(), "{} is fine", path.display());
        let refused = reading.problems.iter().any(Problem::is_error);
        assert_eq!(reading.restaurant.is_none(), refused, "{}", path.display());
        let told: String = reading.problems.iter().map(told).collect();
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        if told != expected {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            wrong.push_str(&format!("=== {name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "told otherwise:\n{wrong}=== end");
}

#[test]
fn the_examples_and_the_valid_fixtures_are_valid() {
    let mut all = files("restaurants.d", 3);
    all.extend(files("tests/fixtures/restaurants", 2));
    for path in all {
        let reading = read(&std::fs::read(&path).unwrap(), &Capabilities::embedded());
        let errors: Vec<_> = reading.problems.iter().filter(|p| p.is_error()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        assert!(reading.restaurant.is_some(), "{}", path.display());
    }
}

#[test]
fn the_examples_are_rich_and_answer_at_any_hour() {
    for path in files("restaurants.d", 3) {
        let reading = read(&std::fs::read(&path).unwrap(), &Capabilities::embedded());
        let restaurant = reading.restaurant.unwrap();
        let items = restaurant.menu.items.len();
        assert!((25..=60).contains(&items), "{items} items");
        let start: jiff::Timestamp = "2027-03-01T00:00:00Z".parse().unwrap();
        for quarter in 0..(14 * 24 * 4) {
            let now = start + jiff::SignedDuration::from_mins(quarter * 15);
            assert!(
                restaurant.schedule.is_open(now),
                "{} at {now}",
                path.display()
            );
        }
    }
}

#[test]
fn every_key_of_the_schema_is_used_by_some_example() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let mut text = String::new();
    for path in files("restaurants.d", 3) {
        text.push_str(&std::fs::read_to_string(path).unwrap());
    }
    let second = folder("tests/fixtures/restaurants/second.yaml");
    text.push_str(&std::fs::read_to_string(second).unwrap());
    let mut keys = Vec::new();
    collect_keys(&schema, &mut keys);
    assert!(keys.len() > 50, "{} keys", keys.len());
    for key in keys {
        let used = text.contains(&format!("{key}:"));
        assert!(used, "no example uses {key}");
    }
}

#[test]
fn every_key_of_the_schema_is_told_of_on_the_page_about_restaurant_files() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let page = std::fs::read_to_string(folder("docs/restaurants.md")).unwrap();
    let mut keys = Vec::new();
    collect_keys(&schema, &mut keys);
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    for key in keys.iter().filter(|key| !days.contains(&key.as_str())) {
        let told = page.contains(&format!("{key}:")) || page.contains(&format!("`{key}`"));
        assert!(told, "docs/restaurants.md says nothing of {key}");
    }
}

fn collect_keys(node: &serde_json::Value, keys: &mut Vec<String>) {
    let Some(object) = node.as_object() else {
        return;
    };
    if let Some(properties) = object.get("properties").and_then(|p| p.as_object()) {
        keys.extend(properties.keys().cloned());
    }
    for (key, child) in object {
        if key != "examples" {
            collect_keys(child, keys);
        }
    }
}

/// Keys that begin with `x-` are the owner's own, at any depth.
fn leave_out_private_keys(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(object) => {
            object.retain(|key, _| !key.starts_with("x-"));
            object.values_mut().for_each(leave_out_private_keys);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(leave_out_private_keys),
        _ => {}
    }
}

/// What the schema accepts the types accept, and what the types refuse the schema refuses.
#[test]
fn the_schema_and_the_types_agree() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut all = files("restaurants.d", 3);
    all.extend(files("tests/fixtures/restaurants", 2));
    all.extend(files("tests/fixtures/restaurants/invalid", 35));
    let (mut accepted, mut refused) = (0, 0);
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Ok(mut value) = serde_yaml::from_str::<serde_json::Value>(&text) else {
            continue;
        };
        let by_schema = validator.is_valid(&value);
        leave_out_private_keys(&mut value);
        let by_types = RestaurantFile::deserialize(&value).is_ok();
        assert_eq!(by_schema, by_types, "{}", path.display());
        accepted += usize::from(by_schema);
        refused += usize::from(!by_types);
    }
    assert!(
        accepted >= 5 && refused >= 4,
        "{accepted} accepted, {refused} refused"
    );
}
