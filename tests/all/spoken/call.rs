//! A spoken order, and what became of it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use maitred::cli::call::{Act, CallReport, Cue, Happening, Voice, percentile, place_improvised};
use maitred::order::PlacedOrder;
use maitred::record::{CallRecord, Speaker, TranscriptLine};
use tokio::sync::mpsc;

use super::caller::Caller;
use super::wanted::{Wanted, WantedChoice, WantedLine};
use crate::harness::SpokenServer;

/// One spoken call and what became of it.
pub struct Call {
    pub wanted: Wanted,
    pub report: CallReport,
    pub record: CallRecord,
    pub orders: Vec<PlacedOrder>,
}

impl Call {
    /// Calls and orders, answering what the waiter asks; `room` is what happens before the first word.
    pub async fn place(
        server: &SpokenServer,
        wanted: Wanted,
        room: Vec<Act>,
        voice: Arc<Mutex<Voice>>,
    ) -> Self {
        let plan = server.plan(&wanted.restaurant, room);
        let (acts, more) = mpsc::unbounded_channel();
        let (silences, mut silent) = mpsc::unbounded_channel();
        let (live, sid) = (Arc::clone(server.admission.live()), plan.call_sid.clone());
        let mut caller = Caller::new(wanted.clone());
        let thinking = tokio::spawn(async move {
            let mut answered = None;
            while silent.recv().await.is_some() {
                // The waiter is quiet: what has it said since the caller spoke last?
                let Some(call) = live.progress_of(&sid) else {
                    continue;
                };
                let record = &call.record;
                // A pause between two sentences is not the end of them, and nothing is answered twice.
                let newest = record.transcript.last().filter(|line| {
                    line.who == Speaker::Agent
                        && (line.text.ends_with('?') || line.text.contains("oodbye"))
                });
                let Some(newest) = newest else { continue };
                let callers = |line: &&TranscriptLine| line.who == Speaker::Caller;
                let nudge = |line: &&TranscriptLine| {
                    line.text.contains("still there") || line.text.contains("can't hear")
                };
                let turn = (
                    newest.text.clone(),
                    record.transcript.iter().filter(callers).count(),
                    record.transcript.iter().filter(nudge).count(),
                );
                if answered.replace(turn.clone()) == Some(turn) {
                    continue;
                }
                let mut said: Vec<&str> = record
                    .transcript
                    .iter()
                    .rev()
                    .take_while(|line| line.who == Speaker::Agent)
                    .map(|line| line.text.as_str())
                    .collect();
                said.reverse();
                let Some(answer) = caller.answer(&said.join(" ")) else {
                    continue;
                };
                let voice = Arc::clone(&voice);
                let render = move || voice.lock().unwrap().say(&answer).unwrap();
                let clip = tokio::task::spawn_blocking(render).await.unwrap();
                let _ = acts.send(Act::Speak {
                    cue: Cue::AgentDone,
                    clip,
                });
            }
        });
        let mut watch = |event: &maitred::cli::call::Event, _: &CallReport| {
            if matches!(event.what, Happening::AgentFinished { .. }) {
                let _ = silences.send(());
            }
        };
        let report = place_improvised(&plan, &mut watch, Some(more))
            .await
            .unwrap();
        drop(silences);
        thinking.await.unwrap();
        Self {
            record: server.record(&plan.call_sid).await,
            orders: server.orders(&plan.call_sid).await,
            wanted,
            report,
        }
    }

    /// Exactly one order, and exactly what was wanted.
    pub fn is_right(&self) -> bool {
        matches!(&self.orders[..], [placed] if lines(placed) == self.wanted.lines)
    }

    /// What went wrong, for a person to read.
    pub fn story(&self) -> String {
        let mut story = format!(
            "--- {} ({}, {:?}) ending {:?}\n",
            self.wanted.restaurant.id,
            self.report.call_sid,
            self.wanted.correction,
            self.record.ending
        );
        for event in &self.report.events {
            if let Happening::CallerBegan { text } = &event.what {
                let _ = writeln!(story, "  {:>6} said   {text}", event.at_ms);
            }
        }
        for line in &self.record.transcript {
            let who = if line.who == Speaker::Caller {
                "heard "
            } else {
                "waiter"
            };
            let _ = writeln!(story, "  {:>6} {who} {}", line.at_ms, line.text);
        }
        let _ = writeln!(story, "  wanted {}", show(&self.wanted.lines));
        for placed in &self.orders {
            let _ = writeln!(story, "  stored {}", show(&lines(placed)));
        }
        story
    }
}

fn show(lines: &[WantedLine]) -> String {
    let line = |line: &WantedLine| {
        let choices: Vec<String> = line
            .choices
            .iter()
            .map(|c| format!("{}={} {:?} x{}", c.option, c.choice, c.amount, c.count))
            .collect();
        format!("{} {} [{}]", line.quantity, line.item, choices.join(", "))
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// A stored order in the shape of a wish.
fn lines(placed: &PlacedOrder) -> Vec<WantedLine> {
    let mut lines: Vec<WantedLine> = placed
        .order
        .lines
        .iter()
        .map(|line| {
            let mut choices: Vec<WantedChoice> = line
                .choices
                .iter()
                .map(|choice| WantedChoice {
                    option: choice.option.clone(),
                    choice: choice.choice.clone(),
                    amount: choice.amount,
                    count: choice.count,
                })
                .collect();
            choices.sort();
            WantedLine {
                item: line.item.clone(),
                quantity: line.quantity,
                choices,
            }
        })
        .collect();
    lines.sort();
    lines
}

/// Last caller sound to first agent sound, over all turns of all calls.
pub fn print_latencies(voice: &str, calls: &[Call]) {
    let mut all: Vec<u64> = calls
        .iter()
        .flat_map(|call| &call.report.turns)
        .filter_map(|turn| turn.latency_ms)
        .collect();
    all.sort_unstable();
    println!(
        "SPOKEN voice={voice} answers: {} median {:?} ms, p95 {:?} ms (dev build, {} calls at once)",
        all.len(),
        percentile(&all, 50),
        percentile(&all, 95),
        super::AT_ONCE
    );
}
