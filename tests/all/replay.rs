//! `maitred replay`: recorded calls against an edited file, through the binary.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

const TEA: &str = r#"
id: tea-house
name: The Tea House
phone_number: "+12125550171"
menu:
  - {id: tea, name: Tea, price: "2.50", options: [{name: Size, choices: [Small, {name: Large, price: "1.00"}]}]}
  - {id: scone, name: Scone, price: "3.00"}
"#;

/// A call in which two large teas were placed for 7.00.
fn call(sid: &str, restaurant: &str, says: &[&str], order: Value) -> String {
    let transcript: Vec<Value> = says
        .iter()
        .enumerate()
        .map(|(at, text)| json!({"who": "caller", "at_ms": at * 4000, "text": text, "heard": text}))
        .collect();
    json!({
        "sid": sid, "restaurant": restaurant, "from": "+15550001111", "started_at": "2026-11-23T18:30:00.000Z",
        "ended_at": null, "ending": "confirmed", "generation": 1, "digest": "x", "engine": {}, "order": order,
        "transcript": transcript, "turns": [],
    })
    .to_string()
}

fn two_large_teas() -> Value {
    json!({"id": "x", "number": 1, "state": "placed", "currency": "USD", "subtotal": "7.00", "tax": "0.00",
        "total": "7.00", "lines": [{"item": "tea", "name": "Tea", "quantity": 2, "price": "3.50", "choices": [
            {"option": "Size", "choice": "Large", "amount": "regular", "count": 1}]}]})
}

const SAYS: &[&str] = &["two large teas", "that's all", "yes"];

fn replay(calls: &str, file: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (calls, file) = (write("calls.jsonl", calls), write("edited.yaml", file));
    run(&calls, &file, more)
}

fn run(calls: &Path, file: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_maitred"))
        .arg("replay")
        .arg(calls)
        .arg("--restaurant")
        .arg(file)
        .args(more)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_file_a_call_was_taken_with_changes_nothing() {
    let calls = call("CA1", "tea-house", SAYS, two_large_teas());
    let output = replay(&calls, TEA, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert_eq!(
        out(&output),
        "1 replayed: 0 changed, 1 the same, 0 to other restaurants skipped\n"
    );
}

#[test]
fn a_price_and_a_name_taken_away_change_the_orders_that_used_them() {
    let calls = [
        call("CA1", "tea-house", SAYS, two_large_teas()),
        call("CA2", "tea-house", &["a scone", "hello"], Value::Null),
        call("CA3", "elsewhere", SAYS, two_large_teas()),
    ]
    .join("\n");
    let dearer = TEA.replace("\"1.00\"", "\"1.25\"");
    let output = replay(&calls, &dearer, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        out(&output),
        "CA1\n  - 2 tea (Large) at 3.50\n  - total 7.00\n  + 2 tea (Large) at 3.75\n  + total 7.50\n\
         2 replayed: 1 changed, 1 the same, 1 to other restaurants skipped\n"
    );
    let without = TEA.replace("name: Tea,", "name: Oolong,");
    let output = replay(&calls, &without, &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let statuses: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["status"].as_str())
        .collect();
    assert_eq!(statuses, ["changed", "same", "skipped"]);
    assert_eq!(lines[0]["before"]["total"], "7.00");
    assert_eq!(lines[0]["after"], Value::Null);
}

#[test]
fn unreadable_input_is_named_by_line_and_nothing_is_replayed() {
    let calls = format!(
        "{}\nnot a call\n{{\"sid\":\"CA2\"}}\n",
        call("CA1", "tea-house", SAYS, Value::Null)
    );
    let output = replay(&calls, TEA, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(out(&output), "");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        complaint.contains("calls.jsonl: line 2: not JSON"),
        "{complaint}"
    );
    assert!(
        complaint.contains("calls.jsonl: line 3: no transcript"),
        "{complaint}"
    );
    let missing = run(
        Path::new("/nowhere/calls.jsonl"),
        Path::new("/nowhere/x.yaml"),
        &[],
    );
    assert_eq!(missing.status.code(), Some(2));
}
