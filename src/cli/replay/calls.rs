//! Recorded calls: one `/api/calls/{sid}` object per line.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::record::Speaker;

/// What a replay needs of a call's record; all else in it is left unread.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedCall {
    pub sid: String,
    /// The restaurant's id; null when the number was nobody's.
    pub restaurant: Option<String>,
    pub started_at: Timestamp,
    /// The first order that was placed, as `/api/orders` writes it; null when none was.
    pub order: Value,
    transcript: Vec<Line>,
}

#[derive(Clone, Debug, Deserialize)]
struct Line {
    who: Speaker,
    #[serde(default)]
    at_ms: u64,
    text: String,
}

/// A line that is no recorded call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct BadLine {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl RecordedCall {
    /// What the caller said, in order, each with its milliseconds since the call began.
    pub fn said(&self) -> impl Iterator<Item = (u64, &str)> {
        let of_caller = |line: &&Line| line.who == Speaker::Caller;
        self.transcript
            .iter()
            .filter(of_caller)
            .map(|line| (line.at_ms, line.text.as_str()))
    }
}

/// Reads all lines, blank ones aside.
///
/// # Errors
/// Every line that is no recorded call, so that all can be mended at once.
pub fn read(text: &str) -> Result<Vec<RecordedCall>, Vec<BadLine>> {
    let mut calls = Vec::new();
    let mut bad = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match parse(line) {
            Ok(call) => calls.push(call),
            Err(message) => bad.push(BadLine {
                line: at + 1,
                message,
            }),
        }
    }
    if bad.is_empty() { Ok(calls) } else { Err(bad) }
}

fn parse(line: &str) -> Result<RecordedCall, String> {
    let value: Value = serde_json::from_str(line)
        .map_err(|error| format!("not JSON, column {}: {}", error.column(), plain(&error)))?;
    if !value.is_object() {
        return Err("not a JSON object, one call per line is wanted".to_owned());
    }
    if value.get("transcript").is_none() {
        return Err(
            "no transcript: `/api/calls/{sid}` has it, the list `/api/calls` does not".to_owned(),
        );
    }
    serde_json::from_value(value).map_err(|error| plain(&error))
}

/// The message without serde's own line and column: every call is one line.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#"{"sid":"CA1","restaurant":"luna","started_at":"2026-11-23T18:30:00.000Z","order":null,
        "transcript":[{"who":"agent","at_ms":40,"text":"Welcome.","heard":"Welcome."},
                      {"who":"caller","at_ms":2000,"text":"a coke","heard":"a coke"}],"turns":[]}"#;

    fn one_line() -> String {
        CALL.replace('\n', " ")
    }

    #[test]
    fn only_the_callers_lines_are_said_again() {
        let calls = read(&format!("\n{}\n\n", one_line())).unwrap();
        let said: Vec<(u64, &str)> = calls[0].said().collect();
        assert_eq!(said, [(2000, "a coke")]);
        assert_eq!(calls[0].sid, "CA1");
    }

    #[test]
    fn every_bad_line_is_named_with_what_is_wrong() {
        let no_sid = one_line().replace("\"sid\":\"CA1\",", "");
        let text = format!("{}\nhello\n[1]\n{{}}\n{no_sid}\n", one_line());
        let bad = read(&text).unwrap_err();
        let shown: Vec<String> = bad.iter().map(BadLine::to_string).collect();
        assert_eq!(shown.len(), 4);
        assert!(
            shown[0].starts_with("line 2: not JSON, column 1: expected"),
            "{shown:?}"
        );
        assert_eq!(
            shown[1],
            "line 3: not a JSON object, one call per line is wanted"
        );
        assert!(shown[2].starts_with("line 4: no transcript"), "{shown:?}");
        assert_eq!(shown[3], "line 5: missing field `sid`");
    }
}
