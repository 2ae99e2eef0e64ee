//! `maitred check` as a program: folders with problems beside what is said about them, formats, exit codes, and the
//! page that explains every code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use maitred::config::Code;
use serde_json::Value;

const INVALID: &str = "tests/fixtures/restaurants/invalid";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `maitred check` at the root of the repository: exit code and what it printed.
fn check(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_maitred"))
        .arg("check")
        .args(args)
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), text)
}

fn json(args: &[&str]) -> (i32, Value) {
    let (code, text) = check(&[&["--format", "json"], args].concat());
    (code, serde_json::from_str(&text).unwrap())
}

/// What is said about each file of a folder, a line per problem.
fn told(document: &Value) -> String {
    let mut told = String::new();
    for file in document["files"].as_array().unwrap() {
        let path = Path::new(file["path"].as_str().unwrap());
        let name = path.file_name().unwrap().to_string_lossy();
        told.push_str(&format!("{name} {}\n", file["status"].as_str().unwrap()));
        for problem in file["problems"].as_array().unwrap() {
            told.push_str(&format!(
                "  {}:{} {} {}\n    {}\n",
                problem["line"],
                problem["column"],
                problem["code"].as_str().unwrap(),
                problem["message"].as_str().unwrap(),
                problem["help"].as_str().unwrap_or("-"),
            ));
        }
    }
    told
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join(INVALID))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 4, "{folders:?}");
    folders
}

#[test]
fn every_folder_with_a_problem_is_told_what_is_wrong_with_it() {
    let mut wrong = String::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (code, document) = json(&[&format!("{INVALID}/{name}")]);
        assert_eq!(code, 1, "{document}");
        let told = told(&document).replace(&format!("{INVALID}/{name}/"), "");
        let expected = std::fs::read_to_string(folder.with_extension("expected"));
        if told != expected.unwrap_or_default() {
            wrong.push_str(&format!("=== {name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "told otherwise:\n{wrong}=== end");
}

#[test]
fn every_code_has_a_paragraph_and_a_fixture() {
    let page = std::fs::read_to_string(root().join("docs/problems.md")).unwrap();
    let explained: BTreeSet<&str> = page
        .split("\n### ")
        .skip(1)
        .filter_map(|part| {
            let (code, text) = part.split_once('\n')?;
            let paragraph = text.split("\n\n").next()?;
            (paragraph.len() > 80).then_some(code)
        })
        .collect();
    let mut shown = BTreeSet::new();
    for entry in std::fs::read_dir(root().join(INVALID)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "expected") {
            let beside = path.with_extension("yaml").exists() || path.with_extension("").is_dir();
            assert!(beside, "{} expects nothing", path.display());
            let text = std::fs::read_to_string(path).unwrap();
            shown.extend(
                text.split_whitespace()
                    .filter(|word| word.starts_with("E_") || word.starts_with("W_"))
                    .map(str::to_owned),
            );
        }
    }
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(
        explained, codes,
        "docs/problems.md explains the codes there are"
    );
    let mut shown: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
    // Said of a file that changes under a server's eyes; `folder` shows these.
    shown.extend(["W_CUT_OFF", "W_OPEN"]);
    assert_eq!(shown, codes, "the fixtures show the codes there are");
}

#[test]
fn the_exit_code_tells_fine_findings_and_unreadable_apart() {
    let warned = format!("{INVALID}/placeholder.yaml");
    let refused = format!("{INVALID}/options.yaml");
    for (args, expected) in [
        (&["restaurants.d"][..], 0),
        (&["restaurants.d", "--deny-warnings"], 0),
        (&[&warned], 0),
        (&[&warned, "--deny-warnings"], 1),
        (&[&refused], 1),
        (&["restaurants.d", &refused], 1),
        (&["no-such-file.yaml"], 2),
        (&["restaurants.d", "--format", "xml"], 2),
        (&[], 2),
    ] {
        for format in ["human", "json", "github", "sarif"] {
            let mut words = args.to_vec();
            if !args.contains(&"--format") {
                words.extend(["--format", format]);
            }
            assert_eq!(check(&words).0, expected, "{words:?}");
        }
    }
}

#[test]
fn the_formats_agree_on_what_was_found() {
    let path = format!("{INVALID}/several-mistakes.yaml");
    let (_, document) = json(&[&path]);
    let problems = document["files"][0]["problems"].as_array().unwrap();
    assert_eq!(document["files"][0]["path"], path.as_str());
    assert_eq!(document["files"][0]["status"], "rejected");
    assert_eq!(document["summary"]["rejected"], 1);
    let (_, github) = check(&["--format", "github", &path]);
    let (_, sarif) = check(&["--format", "sarif", &path]);
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), problems.len());
    let annotations: Vec<&str> = github.lines().filter(|l| l.starts_with("::")).collect();
    assert_eq!(annotations.len(), problems.len());
    for ((problem, result), annotation) in problems.iter().zip(results).zip(annotations) {
        let code = problem["code"].as_str().unwrap();
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(result["ruleId"], code);
        assert_eq!(place["artifactLocation"]["uri"], path.as_str());
        assert_eq!(place["region"]["startLine"], problem["line"]);
        assert_eq!(place["region"]["startColumn"], problem["column"]);
        let begins = format!(
            "::error file={path},line={},col={},",
            problem["line"], problem["column"]
        );
        assert!(annotation.starts_with(&begins), "{annotation}");
        assert!(
            annotation.contains(&format!("title={code}::")),
            "{annotation}"
        );
    }
}
