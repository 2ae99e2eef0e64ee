//! What the schema refuses, in words: what was expected, what stands there, and how to fix it.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use super::problem::join;
use super::quote::short;
use super::suggestion::did_you_mean;
use super::{Code, Problem};

/// Top-level keys of a later version: refused, because a key accepted and ignored loses orders.
const LATER: &[&str] = &["record"];

/// Something the schema refuses, and what may stand there while the rest of the file is read for its meaning.
pub(super) struct Finding {
    pub problem: Problem,
    pub mend: Option<Mend>,
}

/// A change that makes a refused file readable; the file is rejected all the same.
pub(super) struct Mend {
    pub pointer: String,
    /// `None`: without the key.
    pub value: Option<Value>,
}

/// One schema error as findings (a mapping with three unknown keys is three), at most `limit`.
pub(super) fn explain(schema: &Value, error: &ValidationError<'_>, limit: usize) -> Vec<Finding> {
    let pointer = error.instance_path().as_str();
    let rule = parent(schema, error.schema_path().as_str());
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .take(limit)
            .map(|key| unknown_key(rule, pointer, key))
            .collect(),
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            vec![missing(schema, rule, pointer, key)]
        }
        kind => {
            let problem = match kind {
                Kind::Enum { options } => not_one_of(options, pointer, error.instance()),
                _ => value_problem(rule, pointer, kind, error),
            };
            let mend = mended(rule, kind, error.instance()).map(|value| Mend {
                pointer: pointer.to_owned(),
                value: Some(value),
            });
            vec![Finding { problem, mend }]
        }
    }
}

/// A value the schema takes: what was most likely meant, else the schema's own example.
fn mended(rule: &Value, kind: &Kind, got: &Value) -> Option<Value> {
    match (kind, got) {
        (Kind::UniqueItems, Value::Array(list)) => {
            let mut once: Vec<Value> = Vec::new();
            for entry in list.iter().take(MOST_MENDED) {
                if !once.contains(entry) {
                    once.push(entry.clone());
                }
            }
            return Some(Value::from(once));
        }
        (Kind::MaxItems { .. } | Kind::MaxProperties { .. }, _) => return None,
        (Kind::Type { .. }, Value::Number(_) | Value::Bool(_)) if wants_text(rule) => {
            let quoted = got.to_string();
            if rule.get("pattern").is_none_or(|p| p == "\\S") {
                return Some(Value::from(quoted));
            }
        }
        _ => {}
    }
    rule.pointer("/examples/0").cloned()
}

/// Longest list that is mended.
const MOST_MENDED: usize = 200;

fn not_one_of(options: &Value, pointer: &str, got: &Value) -> Problem {
    let known: Vec<&str> = options
        .as_array()
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let message = format!("expected one of {}, got {}", known.join(", "), shown(got));
    let mut problem = Problem::new(Code::Schema, pointer, message);
    problem.help = got.as_str().and_then(|word| {
        super::suggestion::nearest(word, known.iter().copied())
            .map(|word| format!("did you mean \"{word}\"?"))
    });
    problem
}

/// The subschema whose keyword failed.
fn parent<'a>(schema: &'a Value, path: &str) -> &'a Value {
    path.rsplit_once('/')
        .and_then(|(rule, _)| schema.pointer(rule))
        .unwrap_or(schema)
}

fn unknown_key(rule: &Value, pointer: &str, key: &str) -> Finding {
    let at = join(pointer, key);
    let without = Mend {
        pointer: at.clone(),
        value: None,
    };
    let later = pointer.is_empty() && LATER.contains(&key);
    Finding {
        problem: if later {
            not_yet(at, key)
        } else {
            stranger(rule, at, key)
        },
        mend: Some(without),
    }
}

fn not_yet(at: String, key: &str) -> Problem {
    Problem::new(Code::NotYet, at, format!("\"{key}\" is not built yet"))
        .at_key()
        .with_help("remove it: a key that is accepted and ignored would lose orders")
}

fn stranger(rule: &Value, at: String, key: &str) -> Problem {
    let known: Vec<&str> = rule
        .get("properties")
        .and_then(Value::as_object)
        .map(|keys| keys.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let mut problem = Problem::new(Code::UnknownKey, at, format!("unknown key \"{key}\"")).at_key();
    problem.help =
        did_you_mean(key, &known).or_else(|| Some("keys of your own begin with x-".to_owned()));
    problem
}

fn missing(schema: &Value, rule: &Value, pointer: &str, key: &str) -> Finding {
    let property = rule.pointer(&format!("/properties/{key}"));
    let shared = property
        .and_then(|property| property.get("$ref")?.as_str())
        .and_then(|to| schema.pointer(to.trim_start_matches('#')));
    let example = property
        .and_then(|property| property.pointer("/examples/0"))
        .or_else(|| shared?.pointer("/examples/0"));
    let mut problem = Problem::new(Code::Schema, pointer, format!("\"{key}\" is missing")).at_key();
    problem.help = example.map(|example| format!("for example: {key}: {}", shown(example)));
    Finding {
        problem,
        mend: example.map(|example| Mend {
            pointer: join(pointer, key),
            value: Some(example.clone()),
        }),
    }
}

fn value_problem(rule: &Value, pointer: &str, kind: &Kind, error: &ValidationError<'_>) -> Problem {
    let got = match error.instance().as_ref() {
        // The whole document: it may be anything, a secret too.
        Value::String(_) if pointer.is_empty() => "text".to_owned(),
        Value::Number(_) if pointer.is_empty() => "a number".to_owned(),
        value => shown(value),
    };
    let named = rule.get("errorMessage").and_then(Value::as_str);
    let message = match kind {
        Kind::Type { .. } | Kind::Pattern { .. } | Kind::Minimum { .. } if named.is_some() => {
            format!("{}, got {got}", named.unwrap_or_default())
        }
        Kind::Type { .. } => format!("expected {}, got {got}", wanted_type(rule)),
        Kind::Minimum { limit } => format!("expected at least {limit}, got {got}"),
        Kind::Maximum { limit } => format!("expected at most {limit}, got {got}"),
        Kind::MinLength { .. } => "expected some text, got none".to_owned(),
        Kind::MaxLength { limit } => format!("longer than {limit} characters"),
        Kind::MinItems { limit } => format!("expected at least {limit} in the list, got {got}"),
        Kind::MaxItems { limit } => format!("more than {limit} in the list"),
        Kind::MinProperties { limit } => format!("expected at least {limit} key, got none"),
        Kind::MaxProperties { limit } => format!("more than {limit} keys"),
        Kind::UniqueItems => "the same entry stands twice in the list".to_owned(),
        other => format!("against the schema ({})", other.keyword()),
    };
    let mut problem = Problem::new(Code::Schema, pointer, message);
    problem.help = help(rule, pointer, error.instance());
    problem
}

/// "Quote it", where a text was read as something else.
fn help(rule: &Value, pointer: &str, got: &Value) -> Option<String> {
    let wants_text = wants_text(rule);
    match got {
        Value::Number(number) if wants_text && pointer.contains("phone_number") => {
            Some(format!("quote it: \"+{number}\""))
        }
        Value::Number(number) if wants_text && pointer == "/handoff" => {
            Some(format!("quote it: \"+{number}\""))
        }
        Value::Number(_) | Value::Bool(_) if wants_text => Some(format!("quote it: \"{got}\"")),
        Value::Null => Some("give it a value, or remove the key".to_owned()),
        Value::String(text) if allows(rule, "boolean") => match text.to_lowercase().as_str() {
            "yes" | "on" => Some("write true".to_owned()),
            "no" | "off" => Some("write false".to_owned()),
            _ => None,
        },
        Value::String(_) if allows(rule, "array") => Some("make it a list: [\"...\"]".to_owned()),
        _ => None,
    }
}

fn wants_text(rule: &Value) -> bool {
    allows(rule, "string") && !allows(rule, "number") && !allows(rule, "integer")
}

fn allows(rule: &Value, kind: &str) -> bool {
    match rule.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(many)) => many.iter().any(|one| one == kind),
        _ => false,
    }
}

fn wanted_type(rule: &Value) -> String {
    let words: Vec<&str> = [
        ("string", "text"),
        ("integer", "a whole number"),
        ("number", "a number"),
        ("boolean", "true or false"),
        ("array", "a list"),
        ("object", "keys and values"),
    ]
    .into_iter()
    .filter(|(kind, _)| allows(rule, kind))
    .map(|(_, word)| word)
    .collect();
    words.join(" or ")
}

/// A value as a person would recognise it in the file, not too long.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(list) if list.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "keys and values".to_owned(),
        Value::String(text) => short(text),
        other => other.to_string(),
    }
}
