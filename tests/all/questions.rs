//! What callers ask: `tests/questions/` has wordings by topic and what an answer to each holds. No question orders anything.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]

use std::collections::BTreeMap;

use maitred::cli::talk::Talk;
use serde::Deserialize;

use crate::conversations::played::Table;

/// Wordings of topics over one menu.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    menu: String,
    topics: BTreeMap<String, Vec<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    says: String,
    /// What the answer holds; `|` separates alternatives.
    hears: String,
}

/// Of the wordings that were only counted, so many of a hundred are answered at least.
const COUNTED_ONLY: usize = 90;

fn files() -> Vec<Questions> {
    let read = |name: &str| {
        let path = format!("{}/tests/questions/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    ["rows", "french", "spanish"].map(read).into()
}

fn ask(talk: &mut Talk, words: &str) -> String {
    let now = "2026-11-24T12:00[America/Toronto]".parse().unwrap();
    talk.line(words, &now)
}

fn answered(row: &Row, answer: &str) -> bool {
    row.hears.split('|').any(|text| answer.contains(text))
}

fn lines(talk: &Talk) -> String {
    talk.order()["lines"].to_string()
}

#[test]
fn wordings_looked_at_are_all_answered_and_of_the_others_most() {
    let mut faults = Vec::new();
    let (mut counted, mut right) = (0, 0);
    for file in files() {
        let table = Table::at(&file.menu);
        for (topic, rows) in &file.topics {
            for (at, row) in rows.iter().enumerate() {
                let answer = ask(&mut table.talk(), &row.says);
                let good = answered(row, &answer);
                if at % 2 == 0 {
                    if !good {
                        faults.push(format!("{topic}: {:?} heard {answer:?}", row.says));
                    }
                } else {
                    counted += 1;
                    right += usize::from(good);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        right * 100 >= counted * COUNTED_ONLY,
        "{right} of {counted}"
    );
}

#[test]
fn no_question_orders_anything_whatever_is_open() {
    let mut faults = Vec::new();
    for file in files() {
        let table = Table::at(&file.menu);
        let first = &table.restaurant().menu.items[0].name;
        for before in [None, Some(first)] {
            for row in file.topics.values().flatten() {
                let mut talk = table.talk();
                if let Some(before) = before {
                    ask(&mut talk, before);
                }
                let held = lines(&talk);
                let answer = ask(&mut talk, &row.says);
                if lines(&talk) != held {
                    faults.push(format!("{:?} after {before:?}: {answer:?}", row.says));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_question_about_the_house_beside_an_order_is_answered_and_the_order_is_taken() {
    let table = Table::at("pelican-house");
    for (says, hears) in [
        (
            "two cinnamon buns please and do you take cards",
            "pay the restaurant",
        ),
        (
            "can I get a lamb burger and also where are you guys located",
            "Quay Road",
        ),
        (
            "I'd like the fish tacos, how long will it take",
            "20 minutes",
        ),
        ("do you deliver, and can I get an iced tea", "delivery"),
    ] {
        let mut talk = table.talk();
        let answer = ask(&mut talk, says);
        assert!(answer.contains(hears), "{says:?}: {answer:?}");
        assert_ne!(lines(&talk), "[]", "{says:?}: {answer:?}");
    }
}
