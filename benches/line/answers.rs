//! How long a caller waits for an answer: last sound of the caller to first sound of the waiter, at the caller's end.

use maitred::cli::call::{CallReport, Happening};
use maitred::record::{CallRecord, Speaker, TranscriptLine, TurnTiming};

use crate::figures::{head, row};
use crate::line::{Callers, Line};
use crate::mix::{CALLS, Kind};

/// One answer.
struct Answer {
    kind: Kind,
    latency_ms: u64,
    /// Where the server says the time went; `None` when its turns and the caller's are not the same ones.
    parts: Option<TurnTiming>,
}

/// Places the calls of the mix one after the other and prints the tables.
pub async fn print(line: &Line) {
    let mut callers = Callers::open().await;
    let (mut answers, mut problems) = (Vec::new(), Vec::new());
    for (to, turns) in CALLS {
        let acts = callers.acts(turns);
        let (report, record) = line.call(to, acts).await;
        let same_turns = record.turns.len() == report.turns.len();
        for (index, (turn, (kind, text))) in report.turns.iter().zip(turns).enumerate() {
            if spoken_into(&report, turn.began_ms, turn.ended_ms) {
                problems.push(format!("answered before it was over: {text:?}"));
            } else if let Some(latency_ms) = turn.latency_ms {
                let heard = heard(&record, turn.began_ms, turn.ended_ms);
                println!("  {latency_ms:>5} ms  {text:?}, heard as {heard:?}");
                answers.push(Answer {
                    kind: *kind,
                    latency_ms,
                    parts: same_turns.then(|| record.turns[index]),
                });
            } else {
                problems.push(format!("not answered: {text:?}"));
            }
        }
    }
    head("answer latency, caller's last sound to waiter's first", 95);
    let of = |kinds: &[Kind]| -> Vec<u64> {
        let chosen = answers.iter().filter(|one| kinds.contains(&one.kind));
        chosen.map(|one| one.latency_ms).collect()
    };
    row("short answers", of(&[Kind::Short]), 95, "");
    row("items", of(&[Kind::Items]), 95, "");
    row("hesitant", of(&[Kind::Hesitant]), 95, "");
    let mixed = [Kind::Short, Kind::Items, Kind::Hesitant];
    row("all of these", of(&mixed), 95, "p50 600, p95 900");
    row("dangling, apart", of(&[Kind::Dangling]), 95, "");
    problems.iter().for_each(|problem| println!("  {problem}"));

    head("of which, from the server's records (without dangling)", 95);
    let parts: Vec<(TurnTiming, u64)> = answers
        .iter()
        .filter(|one| mixed.contains(&one.kind))
        .filter_map(|one| Some((one.parts?, one.latency_ms)))
        .collect();
    let part = |name: &str, of: fn(&TurnTiming) -> u64| {
        row(
            name,
            parts.iter().map(|(turn, _)| of(turn)).collect(),
            95,
            "",
        );
    };
    part("silence waited for", |turn| turn.silence_ms);
    part("recognise", |turn| turn.recognise_ms);
    part("decide", |turn| turn.decide_ms);
    part("first audio", |turn| turn.first_audio_ms);
    let rest = |(turn, latency): &(TurnTiming, u64)| {
        latency.saturating_sub(
            turn.silence_ms + turn.recognise_ms + turn.decide_ms + turn.first_audio_ms,
        )
    };
    row(
        "line, voice detector",
        parts.iter().map(rest).collect(),
        95,
        "",
    );
}

/// Did the waiter begin while the caller was still speaking (in a pause inside the sentence)?
fn spoken_into(report: &CallReport, from_ms: u64, to_ms: u64) -> bool {
    report.events.iter().any(|event| {
        event.what == Happening::AgentBegan && (from_ms + 1..to_ms).contains(&event.at_ms)
    })
}

/// What was understood of a sentence spoken in this span.
fn heard(record: &CallRecord, from_ms: u64, to_ms: u64) -> Vec<&str> {
    let said_then = |line: &&TranscriptLine| {
        line.who == Speaker::Caller && (from_ms..to_ms + 500).contains(&(line.at_ms + 250))
    };
    let lines = record.transcript.iter().filter(said_then);
    lines.map(|line| line.text.as_str()).collect()
}
