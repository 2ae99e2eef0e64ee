//! YAML text -> a JSON value, refusing what JSON cannot say: doubled keys and keys that are not text.

use serde_json::{Map, Number, Value};

use super::problem::join;
use super::quote::short;
use super::{Code, Problem, position, syntax};

/// Parses scanned text. Keys that begin with `x-` are the owner's own and are left out.
pub(super) fn parse(text: &str) -> Result<Value, Vec<Problem>> {
    let value: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| {
        let doubles = position::duplicate_keys(text, super::MAX_PROBLEMS + 1);
        if doubles.is_empty() {
            vec![refused(text, &error)]
        } else {
            doubles
        }
    })?;
    let mut problems = Vec::new();
    let value = to_json(value, "", &mut problems);
    if problems.is_empty() {
        Ok(value)
    } else {
        Err(problems)
    }
}

fn refused(text: &str, error: &serde_yaml::Error) -> Problem {
    let said = error.to_string();
    match error.location() {
        Some(at) => syntax::mistake(text, &said, at.line(), at.column().saturating_sub(1)),
        None => Problem::new(Code::Yaml, "", said),
    }
}

fn to_json(value: serde_yaml::Value, pointer: &str, problems: &mut Vec<Problem>) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(flag),
        Yaml::Number(number) => number_to_json(&number),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| to_json(item, &join(pointer, &index.to_string()), problems))
            .collect(),
        Yaml::Mapping(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let Yaml::String(key) = key else {
                    if problems.len() <= super::MAX_PROBLEMS {
                        let written = serde_yaml::to_string(&key).unwrap_or_default();
                        let message = format!("the key {} is not text", short(written.trim()));
                        let problem = Problem::new(Code::Key, pointer, message);
                        problems.push(problem.with_help("quote the key"));
                    }
                    continue;
                };
                if !key.starts_with("x-") {
                    let value = to_json(value, &join(pointer, &key), problems);
                    object.insert(key, value);
                }
            }
            Value::Object(object)
        }
        // The scan refused tags already.
        Yaml::Tagged(tagged) => to_json(tagged.value, pointer, problems),
    }
}

/// A whole number stays whole (`10.0` too), so that "integer" means the same in the schema and in the types.
fn number_to_json(number: &serde_yaml::Number) -> Value {
    if let Some(whole) = number.as_u64() {
        return Value::from(whole);
    }
    if let Some(whole) = number.as_i64() {
        return Value::from(whole);
    }
    let float = number.as_f64().unwrap_or(f64::NAN);
    if float.fract() == 0.0 && float.abs() < 1e15 {
        return Value::from(float as i64);
    }
    Number::from_f64(float).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doubled_key_is_named_with_its_first_line() {
        let problems = parse("id: a\nmenu:\n  - {id: x, price: 1, price: 2}\nid: b\n").unwrap_err();
        let lines: Vec<_> = problems
            .iter()
            .map(|p| (p.code, p.line, p.pointer.as_str()))
            .collect();
        assert_eq!(
            lines,
            vec![
                (Code::DuplicateKey, 3, "/menu/0/price"),
                (Code::DuplicateKey, 4, "/id")
            ]
        );
        assert!(
            problems[1].message.contains("line 1"),
            "{}",
            problems[1].message
        );
    }

    #[test]
    fn keys_must_be_text_and_private_keys_are_left_out() {
        let problems = parse("a: {1: x}\n").unwrap_err();
        assert_eq!(
            (problems[0].code, problems[0].pointer.as_str()),
            (Code::Key, "/a")
        );
        assert_eq!(
            parse("x-note: {1: y}\na: 1\n").unwrap(),
            serde_json::json!({"a": 1})
        );
    }

    #[test]
    fn a_whole_float_is_a_whole_number() {
        assert_eq!(
            parse("a: 10.0\nb: 10.10\n").unwrap().to_string(),
            r#"{"a":10,"b":10.1}"#
        );
    }
}
