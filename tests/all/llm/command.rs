//! `maitred talk --brain llm` and `maitred check` as they are typed.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::stand_in::{Heard, KEY, Play, StandIn, calls, delta, last, words};

const CAFE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/restaurants.d/north-pier-cafe.yaml"
);

/// Runs the program with exactly these of the model's variables.
fn run(arguments: &[&str], env: &[(&str, &str)], input: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_maitred"));
    for name in ["OPENAI_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY"] {
        command.env_remove(name);
    }
    let mut child = command
        .args(arguments)
        .envs(env.iter().copied())
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its settings reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn talk_hires_the_model_of_the_environment_and_says_when_it_is_relieved() {
    let model = StandIn::start(Box::new(|request| match last(request) {
        Heard::Caller(said) if said.contains("croissant") => {
            calls(&[("add_item", json!({"item_id": "croissant"}))])
        }
        Heard::Caller(_) => vec![delta(json!({"content": "Well, le"}), None), Play::Drop],
        Heard::Tool(_) => words("What else would you like?"),
    }));
    let address = model.base_url();
    let env = [
        ("OPENAI_MODEL", "stand-in"),
        ("OPENAI_BASE_URL", &address),
        ("OPENAI_API_KEY", KEY),
    ];
    let output = run(
        &["talk", CAFE, "--brain", "llm", "--json"],
        &env,
        "a croissant\nand a blueberry muffin\n",
    );
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let said: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(said[0]["say"], "One Croissant. What else would you like?");
    assert_eq!(said[1]["say"], "One Blueberry muffin. Anything else?");
    assert_eq!(said[1]["order"]["lines"][1]["item"], "blueberry_muffin");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("the built-in waiter took over: the connection ended"),
        "{told}"
    );
    assert!(!told.contains(KEY));
    assert_eq!(model.requests().len(), 3);
}

#[test]
fn talk_without_a_model_to_hire_names_the_variable() {
    let output = run(&["talk", CAFE, "--brain", "llm"], &[], "");
    assert_eq!(output.status.code(), Some(78));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("OPENAI_MODEL"), "{told}");
}

#[test]
fn check_takes_a_file_that_hires_where_the_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("llm.yaml");
    let text = std::fs::read_to_string(CAFE).unwrap() + "\nbrain: llm\n";
    std::fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    assert_eq!(run(&["check", &file], &[], "").status.code(), Some(1));
    let named = [("OPENAI_MODEL", "stand-in")];
    assert_eq!(run(&["check", &file], &named, "").status.code(), Some(0));
}

#[test]
fn talk_waits_for_a_model_as_long_as_it_is_told() {
    let env = [
        ("OPENAI_MODEL", "stand-in"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:9"),
        ("MAITRED_LLM_PATIENCE", "whenever"),
    ];
    let talk = ["talk", CAFE, "--brain", "llm"];
    let output = run(&talk, &env, "");
    assert_eq!(output.status.code(), Some(78));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("MAITRED_LLM_PATIENCE"), "{told}");
    // The flag outranks the variable, and without a model nobody asks.
    let flag = [&talk[..], &["--llm-patience", "250ms"]].concat();
    assert_eq!(run(&flag, &env, "").status.code(), Some(0));
    assert_eq!(run(&talk[..2], &env, "").status.code(), Some(0));
}
