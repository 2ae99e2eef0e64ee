//! `--format sarif`: SARIF 2.1.0 (OASIS, 2020), for code scanning and editors.

use std::path::Path;

use serde_json::{Value, json};

use super::draw;
use super::gather::CheckedFile;
use crate::config::{Code, Problem, Severity, key_path};
use crate::words::printable_json;

/// One run with a rule for every code there is, found or not.
pub(super) fn render(files: &[CheckedFile]) -> String {
    let results: Vec<Value> = files
        .iter()
        .flat_map(|file| file.problems.iter().map(|problem| result(file, problem)))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "maitred",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "invocations": [{"executionSuccessful": true}],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let document = format!("{document:#}\n");
    printable_json(&document).into_owned()
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "name": format!("{code:?}"),
        "shortDescription": {"text": code.meaning()},
        "fullDescription": {"text": format!("{} {}", code.meaning(), code.remedy())},
        "help": {
            "text": code.remedy(),
            "markdown": format!("{} See `docs/problems.md`, {code}.", code.remedy()),
        },
        "defaultConfiguration": {"level": level(code.severity())},
        "properties": {"tags": ["restaurant-file"]},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(file: &CheckedFile, problem: &Problem) -> Value {
    let mut message = draw::title(problem);
    if let Some(help) = &problem.help {
        message.push_str("; ");
        message.push_str(help);
    }
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(&file.path)},
            "region": {
                "startLine": problem.line,
                "startColumn": problem.column,
                "endColumn": file.end_column(problem),
            },
        },
    });
    if !problem.pointer.is_empty() {
        location["logicalLocations"] = json!([{
            "fullyQualifiedName": key_path(&problem.pointer),
            "kind": "member",
        }]);
    }
    json!({
        "ruleId": problem.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == problem.code),
        "level": level(problem.severity),
        "message": {"text": message},
        "locations": [location],
    })
}

/// A path as a URI reference (RFC 3986): relative as it was given, `file:` when it is absolute.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy();
    let relative = text.trim_start_matches("./");
    let mut uri = String::new();
    if path.is_absolute() {
        uri.push_str("file://");
    }
    for byte in relative.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::gather::sample;
    use super::*;

    fn document() -> Value {
        serde_json::from_str(&render(&sample())).unwrap()
    }

    #[test]
    fn every_problem_is_a_result_that_points_at_its_rule() {
        let document = document();
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert!(results.len() > 3, "{results:?}");
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert_eq!(
                rules[index]["defaultConfiguration"]["level"],
                result["level"]
            );
        }
        let mut results = results.clone();
        // Where a rule stands in the list is no golden matter: codes are added.
        for result in &mut results {
            result.as_object_mut().unwrap().remove("ruleIndex");
        }
        insta::assert_snapshot!(format!("{:#}", Value::from(results)));
    }

    #[test]
    fn every_code_is_a_rule_that_explains_itself() {
        let document = document();
        let rules = document["runs"][0]["tool"]["driver"]["rules"].clone();
        assert_eq!(rules.as_array().unwrap().len(), Code::ALL.len());
        for (rule, code) in rules.as_array().unwrap().iter().zip(Code::ALL) {
            assert_eq!(rule["id"], code.as_str());
            assert_eq!(rule["shortDescription"]["text"], code.meaning());
            assert_eq!(rule["help"]["text"], code.remedy());
            assert!(
                rule["help"]["markdown"]
                    .as_str()
                    .unwrap()
                    .contains(code.as_str())
            );
        }
        assert_eq!(document["version"], "2.1.0");
    }

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(
            uri(Path::new("./restaurants.d/a b.yaml")),
            "restaurants.d/a%20b.yaml"
        );
        assert_eq!(
            uri(Path::new("/srv/Zoë#1.yaml")),
            "file:///srv/Zo%C3%AB%231.yaml"
        );
    }
}
