//! The call as it is watched in a terminal: who speaks when, then a table of how long the answers took.

use std::fmt::Write as _;

use super::report::{CallReport, ClosedBy, Event, Happening};
use super::turn_latency::percentile;
use crate::words::printable;

/// Longest text of one line, characters.
const MAX_TEXT: usize = 2000;

/// One event as a line; `None` for what only clutters (marks, ends of the caller's sentences). `said`: the words of
/// the agent, if they were understood.
pub fn event_line(event: &Event, said: Option<&str>) -> Option<String> {
    let (who, what) = match &event.what {
        Happening::Asked { url, status } => ("", format!("{url} answered {status}")),
        Happening::StreamOpened { url, .. } => ("", format!("connected to {url}")),
        Happening::AgentFinished { from_ms, to_ms } => {
            let seconds = (to_ms - from_ms) as f64 / 1000.0;
            let what = said.map_or_else(|| "(speaks)".to_owned(), str::to_owned);
            return Some(line(
                *from_ms,
                "agent",
                &format!("{what}  [{seconds:.1} s]"),
            ));
        }
        Happening::CallerBegan { text } => ("you", text.clone()),
        Happening::KeyPressed { key } => ("you", format!("(presses {key})")),
        Happening::CallerHungUp { why } => ("you", format!("(hangs up: {why})")),
        Happening::Cleared { unplayed_ms } => (
            "",
            format!("the agent fell silent, {unplayed_ms} ms unsaid"),
        ),
        Happening::StreamClosed { close } => {
            let by = match close.by {
                ClosedBy::Caller => "by the caller",
                ClosedBy::Server => "by the server",
                ClosedBy::Lost => "by a broken connection",
            };
            let code = close.code.map(|c| format!(" ({c})")).unwrap_or_default();
            let cut = match close.unplayed_ms {
                0 => String::new(),
                ms => format!(", {ms} ms were not heard"),
            };
            ("", format!("closed {by}{code}{cut}"))
        }
        Happening::TwilioSays { text } => ("twilio", text.clone()),
        Happening::Dialled { number, outcome } => ("", format!("dials {number}: {outcome}")),
        Happening::Redirected { url } => ("", format!("redirected to {url}")),
        Happening::HungUp => ("", "the call is over".to_owned()),
        Happening::Complained { code, about } => ("!", format!("{code}: {about}")),
        Happening::AgentBegan | Happening::CallerFinished { .. } | Happening::MarkPlayed { .. } => {
            return None;
        }
    };
    Some(line(event.at_ms, who, &what))
}

/// A line of the transcript.
pub fn line(at_ms: u64, who: &str, what: &str) -> String {
    // A server's words, which may be any server's.
    let (who, what) = (printable(who, MAX_TEXT), printable(what, MAX_TEXT));
    format!("{:>8.2}  {who:<6}  {what}", at_ms as f64 / 1000.0)
}

/// The table of answers.
pub fn latency_table(report: &CallReport) -> String {
    let mut table = String::new();
    if let Some(ms) = report.greeting_ms() {
        // Writing into a String cannot fail.
        let _ = writeln!(table, "greeting after {ms} ms");
    }
    if report.turns.is_empty() {
        return table;
    }
    let _ = writeln!(
        table,
        "{:>4}  {:>12}  {:>14}  said",
        "turn", "answered in", "silenced in"
    );
    let shown = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), |ms| format!("{ms} ms"));
    for (index, turn) in report.turns.iter().enumerate() {
        let _ = writeln!(
            table,
            "{:>4}  {:>12}  {:>14}  {}",
            index + 1,
            shown(turn.latency_ms),
            shown(turn.silenced_after_ms),
            turn.text
        );
    }
    let mut answers: Vec<u64> = report.turns.iter().filter_map(|t| t.latency_ms).collect();
    answers.sort_unstable();
    if let (Some(median), Some(p95)) = (percentile(&answers, 50), percentile(&answers, 95)) {
        let _ = writeln!(
            table,
            "median {median} ms, p95 {p95} ms of {} answers (last caller sound to first agent sound, -40 dBFS)",
            answers.len()
        );
    }
    table
}

/// The stored orders, a few lines each.
pub fn orders_text(orders: &serde_json::Value) -> String {
    let text = |value: &serde_json::Value| {
        printable(value.as_str().unwrap_or_default(), MAX_TEXT).into_owned()
    };
    let mut shown = String::new();
    for order in orders.as_array().into_iter().flatten() {
        let _ = writeln!(
            shown,
            "order {} ({}): {} {}",
            order["number"],
            text(&order["state"]),
            text(&order["total"]),
            text(&order["currency"])
        );
        for line in order["lines"].as_array().into_iter().flatten() {
            let choices: Vec<String> = line["choices"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|choice| text(&choice["choice"]))
                .collect();
            let _ = writeln!(
                shown,
                "  {} x {}  {}",
                line["quantity"],
                text(&line["name"]),
                choices.join(", ")
            );
        }
    }
    if shown.is_empty() {
        shown.push_str("no order\n");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: Happening) -> Event {
        Event { at_ms: 1230, what }
    }

    #[test]
    fn the_agents_words_stand_where_it_began_to_speak() {
        let finished = event(Happening::AgentFinished {
            from_ms: 50,
            to_ms: 3150,
        });
        assert_eq!(
            event_line(&finished, Some("Welcome to Luna.")).unwrap(),
            "    0.05  agent   Welcome to Luna.  [3.1 s]"
        );
        assert!(event_line(&finished, None).unwrap().contains("(speaks)"));
    }

    #[test]
    fn marks_do_not_clutter_the_transcript_and_complaints_show() {
        let mark = Happening::MarkPlayed {
            name: "x".to_owned(),
        };
        assert_eq!(event_line(&event(mark), None), None);
        let complaint = Happening::Complained {
            code: 31951,
            about: "extra field".to_owned(),
        };
        assert_eq!(
            event_line(&event(complaint), None).unwrap(),
            "    1.23  !       31951: extra field"
        );
    }

    #[test]
    fn orders_are_shown_with_their_lines() {
        let orders = serde_json::json!([{"number": 4, "state": "test", "total": "12.50", "currency": "USD",
            "lines": [{"quantity": 2, "name": "Latte", "choices": [{"choice": "Large"}, {"choice": "Oat"}]}]}]);
        assert_eq!(
            orders_text(&orders),
            "order 4 (test): 12.50 USD\n  2 x Latte  Large, Oat\n"
        );
        assert_eq!(orders_text(&serde_json::json!([])), "no order\n");
    }
}
