//! Whole conversations with a gold order, an end and checks on single turns.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ZonedDateTime;
use maitred::cli::talk::{Shown, talk_lines};
use serde_json::Value;

use super::folder::restaurant;
use super::gold::{Normal, accepted, by_split, f1};

const ENDS: [&str; 3] = ["confirmed", "cancelled", "handoff"];

/// What came of one split.
#[derive(Debug, Default)]
pub struct Score {
    rows: usize,
    order: usize,
    end: usize,
    task: usize,
    full: usize,
    slots: f64,
    checks: (usize, usize),
    wrong_confirmed: usize,
}

/// Plays every conversation of a file with the menus of a folder and prints a line per split.
pub fn judge(gold: &Path, menus: &Path) {
    println!(
        "{:<9} {:>5} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8} {:>9}",
        "split", "rows", "order", "end", "task", "full", "slotF1", "checks", "wrongconf"
    );
    for (split, rows) in by_split(gold) {
        let mut score = Score::default();
        for row in &rows {
            let turns = play(row, menus);
            if !score.add(row, &turns) {
                println!("  not as written: {}", row["id"].as_str().unwrap_or("?"));
            }
        }
        score.print(&split);
    }
}

fn play(row: &Value, menus: &Path) -> Vec<Value> {
    let menu = row["menu"].as_str().expect("a conversation names its menu");
    let restaurant = restaurant(&menus.join(format!("{menu}.yaml")));
    let turns = row["turns"].as_array().expect("a conversation has turns");
    let line = |turn: &Value| {
        let words: Vec<&str> = turn.as_str().unwrap().split_whitespace().collect();
        format!("{}\n", words.join(" "))
    };
    let said: String = turns.iter().map(line).collect();
    let shown = Shown {
        json: true,
        greeting: false,
    };
    let mut out = Vec::new();
    talk_lines(
        &restaurant,
        &ZonedDateTime::now(),
        shown,
        said.as_bytes(),
        &mut out,
    )
    .unwrap();
    let out = String::from_utf8(out).unwrap();
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Score {
    /// Judges one conversation; true when order, end and all checks are as written.
    fn add(&mut self, row: &Value, turns: &[Value]) -> bool {
        let last = turns.last().cloned().unwrap_or_default();
        let state = last["state"].as_str().filter(|state| ENDS.contains(state));
        let state = state.unwrap_or("incomplete");
        let wanted = row["end_state"].as_str().unwrap_or("confirmed");
        let also = row["also_end_state"].as_array().into_iter().flatten();
        let end = state == wanted || also.into_iter().any(|other| other == state);
        let heard = Normal::of(&last["order"]).unwrap_or_default();
        let accepted = accepted(row);
        let cancelled = wanted == "cancelled";
        let order = accepted.contains(&heard) || cancelled && state == "cancelled";
        let checks: Vec<bool> = row["checks"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|check| holds(check, turns))
            .collect();
        let slots = accepted.iter().map(|gold| {
            let (shared, mine, theirs) = heard.shared_slots(gold);
            f1(shared, mine, theirs)
        });
        let full = order && end && checks.iter().all(|&held| held);
        self.rows += 1;
        self.order += usize::from(order);
        self.end += usize::from(end);
        self.task += usize::from(order && end);
        self.full += usize::from(full);
        self.slots += if cancelled {
            1.0
        } else {
            slots.fold(0.0, f64::max)
        };
        self.checks.0 += checks.iter().filter(|&&held| held).count();
        self.checks.1 += checks.len();
        self.wrong_confirmed += usize::from(state == "confirmed" && !order);
        full
    }

    fn print(&self, split: &str) {
        let share = |part: usize| part as f64 / self.rows.max(1) as f64;
        println!(
            "{split:<9} {:>5} {:>7.3} {:>7.3} {:>7.3} {:>7.3} {:>7.3} {:>8} {:>9}",
            self.rows,
            share(self.order),
            share(self.end),
            share(self.task),
            share(self.full),
            self.slots / self.rows.max(1) as f64,
            format!("{}/{}", self.checks.0, self.checks.1),
            self.wrong_confirmed
        );
    }
}

/// One check on one turn's answer: a word that must or must not be said, the number of lines, the state.
fn holds(check: &Value, turns: &[Value]) -> bool {
    let at = check["turn"].as_u64().map_or(0, |turn| turn as usize);
    let Some(turn) = at.checked_sub(1).and_then(|at| turns.get(at)) else {
        return false;
    };
    let say = turn["say"].as_str().unwrap_or_default();
    let say = say.to_lowercase().replace('\u{2019}', "'");
    let value = &check["value"];
    let said = || {
        let texts = value.as_array().into_iter().flatten();
        texts
            .filter_map(Value::as_str)
            .any(|text| say.contains(text))
    };
    let state_named = || {
        let states = value.as_array().into_iter().flatten();
        states.into_iter().any(|state| state == &turn["state"])
    };
    match check["kind"].as_str() {
        Some("say_any") => said(),
        Some("say_none") => !said(),
        Some("lines") => {
            let lines = Normal::of(&turn["order"]).map_or(1, |order| order.len());
            Some(lines as u64) == value.as_u64()
        }
        Some("state") => state_named(),
        Some("not_state") => !state_named(),
        other => panic!("a check of an unknown kind: {other:?}"),
    }
}

/// The split names of all conversation files of a folder, for its tables.
pub fn files(folder: &Path) -> BTreeMap<String, std::path::PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            (name.starts_with("multi_turn") && name.ends_with(".jsonl")).then_some((name, path))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrong_order_that_was_confirmed_is_counted_apart() {
        let row = json!({
            "order": {"lines": [{"item": "coke", "quantity": 1}]}, "end_state": "confirmed",
            "checks": [{"turn": 1, "kind": "say_any", "value": ["else"]},
                       {"turn": 1, "kind": "lines", "value": 1}],
        });
        let turn = |quantity: u64, state: &str| {
            json!({"say": "Anything else?", "state": state,
                   "order": {"lines": [{"item": "coke", "quantity": quantity}]}})
        };
        let mut score = Score::default();
        assert!(score.add(&row, &[turn(1, "ordering"), turn(1, "confirmed")]));
        assert!(!score.add(&row, &[turn(2, "ordering"), turn(2, "confirmed")]));
        assert!(!score.add(&row, &[turn(1, "ordering")]));
        assert!(!score.add(&row, &[]));
        assert_eq!((score.rows, score.full, score.wrong_confirmed), (4, 1, 1));
        assert_eq!((score.order, score.end), (2, 2));
        assert_eq!(score.checks, (6, 8));
    }
}
