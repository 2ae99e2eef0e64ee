//! The JSON Schema (2020-12) of a restaurant file, hand-owned in `schema/`, and what it finds.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use super::schema_message::{self, Finding};

/// The schema's bytes, as `maitred schema` prints them.
pub const SCHEMA_TEXT: &str = include_str!("../../schema/restaurant.schema.json");

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the text is compiled in and a test parses it"
    )]
    serde_json::from_str(SCHEMA_TEXT).expect("the embedded schema is JSON")
});

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the schema is compiled in and a test builds it"
    )]
    jsonschema::draft202012::new(&SCHEMA).expect("the embedded schema is a schema")
});

/// Does the schema take the value?
pub(super) fn accepts(value: &Value) -> bool {
    VALIDATOR.is_valid(value)
}

/// Everything in `value` that the schema refuses, at most `limit` findings.
pub(super) fn findings(value: &Value, limit: usize) -> Vec<Finding> {
    if accepts(value) {
        return Vec::new();
    }
    VALIDATOR
        .iter_errors(value)
        .flat_map(|error| schema_message::explain(&SCHEMA, &error, limit))
        .take(limit)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_describes_every_key_and_accepts_its_own_examples() {
        assert!(VALIDATOR.is_valid(&serde_json::json!({
            "id": "a", "name": "A", "menu": [{"id": "x", "name": "X", "price": 1}]
        })));
        let mut seen = 0;
        check(&SCHEMA, "", &mut seen);
        assert!(seen > 40, "{seen} keys checked");
    }

    /// Every property (or what it refers to) has a title, a description and examples that fit.
    fn check(node: &Value, path: &str, seen: &mut usize) {
        let Some(object) = node.as_object() else {
            return;
        };
        if let Some(properties) = object.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                let path = format!("{path}.{name}");
                *seen += 1;
                assert!(property.get("title").is_some(), "{path} has no title");
                let shared = property
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|to| SCHEMA.pointer(to.trim_start_matches('#')));
                let text = |key| property.get(key).or_else(|| shared?.get(key));
                assert!(text("description").is_some(), "{path} has no description");
                let examples = text("examples").and_then(Value::as_array);
                assert!(
                    examples.is_some_and(|list| !list.is_empty()),
                    "{path} has no example"
                );
                for example in examples.unwrap_or(&Vec::new()) {
                    let mut alone = property.clone();
                    alone["$defs"] = SCHEMA["$defs"].clone();
                    let validator = jsonschema::draft202012::new(&alone).unwrap();
                    assert!(validator.is_valid(example), "{path}: {example}");
                }
            }
        }
        for (key, child) in object {
            if key != "examples" {
                check(child, &format!("{path}/{key}"), seen);
            }
        }
    }
}
