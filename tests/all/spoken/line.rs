//! A server with local engines in the test's process, and callers on its line.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::call::LiveCalls;
use maitred::cli::call::{
    Act, CallPlan, CallReport, Cue, Happening, Timing, Voice, VoiceName, new_sid, percentile,
    place_improvised,
};
use maitred::order::PlacedOrder;
use maitred::record::{CallRecord, Speaker, TranscriptLine};
use maitred::restaurant::Restaurant;
use maitred::routing::LiveTable;
use maitred::settings::{ServeFlags, Settings};
use maitred::store::{OrderFilter, Store};
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::CallStatus;
use tokio::sync::{mpsc, oneshot};

use super::caller::Caller;
use super::wanted::{Wanted, WantedChoice, WantedLine};

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A restaurant that never opens.
const SHUT: &str = r#"
id: shut
name: The Shut Door
phone_number: "+12125550170"
hours: {mon: []}
closed_message: "Sorry, we are closed. Goodbye."
menu: [{id: tea, name: Tea, price: 2}]
"#;

/// A running server.
pub struct Line {
    pub address: SocketAddr,
    pub webhook: String,
    pub store: Store,
    live: Arc<LiveCalls>,
    table: Arc<LiveTable>,
    stop: Option<oneshot::Sender<()>>,
    _data: tempfile::TempDir,
}

/// One spoken call and what became of it.
pub struct Call {
    pub wanted: Wanted,
    pub report: CallReport,
    pub record: CallRecord,
    pub orders: Vec<PlacedOrder>,
}

/// Opens a caller's voice.
pub async fn voice(name: VoiceName) -> Voice {
    tokio::task::spawn_blocking(move || Voice::open(name, None))
        .await
        .unwrap()
        .unwrap()
}

impl Line {
    /// The example restaurants, local engines, a store of its own; nothing is signed.
    pub async fn open() -> Self {
        Self::open_with(&["--dev"], None).await
    }

    /// The same with these flags, and signatures under `token`.
    pub async fn open_with(flags: &[&str], token: Option<&str>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let data = tempfile::tempdir().unwrap();
        let data_path = data.path().display().to_string();
        let folder = data.path().join("restaurants.d");
        std::fs::create_dir(&folder).unwrap();
        for example in
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/restaurants.d")).unwrap()
        {
            let example = example.unwrap().path();
            std::fs::copy(&example, folder.join(example.file_name().unwrap())).unwrap();
        }
        std::fs::write(folder.join("shut.yaml"), SHUT).unwrap();
        let examples = folder.display().to_string();
        let mut arguments = vec![
            "serve",
            "--listen=127.0.0.1:0",
            "--watch=off",
            "--restaurants",
            &examples,
            "--data",
            &data_path,
        ];
        arguments.extend(flags);
        let environment = |name: &str| {
            token
                .filter(|_| name == "TWILIO_AUTH_TOKEN")
                .map(str::to_owned)
        };
        let settings =
            Settings::resolve(Arguments::parse_from(arguments).flags, environment).unwrap();
        let app = App::build(settings, Options::default()).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let line = Self {
            address: app.address(),
            webhook: format!("http://{}/voice", app.address()),
            store: app.store().clone(),
            live: Arc::clone(app.admission().live()),
            table: Arc::clone(app.table()),
            stop: Some(stop),
            _data: data,
        };
        tokio::spawn(app.run(
            async {
                let _ = stopped.await;
            },
            std::future::ready(()),
        ));
        line
    }

    /// All of them, the closed one too.
    pub fn restaurants(&self) -> Vec<Arc<Restaurant>> {
        self.table
            .load()
            .restaurants()
            .iter()
            .map(|served| Arc::clone(&served.restaurant))
            .collect()
    }

    /// A call to this restaurant, without anything to say yet.
    pub fn plan(&self, restaurant: &Restaurant, acts: Vec<Act>) -> CallPlan {
        CallPlan {
            webhook: self.webhook.clone(),
            to: restaurant.phone_numbers[0].to_string(),
            from: format!("+1415555{:04}", rand::random_range(0..10_000)),
            account_sid: new_sid(SidKind::Account),
            call_sid: new_sid(SidKind::Call),
            auth_token: None,
            test: false,
            extra_fields: Vec::new(),
            acts,
            timing: Timing {
                longest_ms: 120_000,
                ..Timing::default()
            },
            dial_status: CallStatus::Completed,
            status_url: None,
            tls: None,
        }
    }

    /// Calls and orders, answering what the waiter asks; `room` is what happens before the first word.
    pub async fn order(&self, wanted: Wanted, room: Vec<Act>, voice: Arc<Mutex<Voice>>) -> Call {
        let plan = self.plan(&wanted.restaurant, room);
        let (acts, more) = mpsc::unbounded_channel();
        let (silences, mut silent) = mpsc::unbounded_channel();
        let (live, sid) = (Arc::clone(&self.live), plan.call_sid.clone());
        let mut caller = Caller::new(wanted.clone());
        let thinking = tokio::spawn(async move {
            let mut answered = None;
            while silent.recv().await.is_some() {
                // The waiter is quiet: what has it said since the caller spoke last?
                let Some(record) = live.record(&sid) else {
                    continue;
                };
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
        let filter = OrderFilter {
            call_sid: Some(plan.call_sid.clone()),
            ..OrderFilter::default()
        };
        Call {
            wanted,
            report,
            record: self.store.call(&plan.call_sid).await.unwrap().unwrap(),
            orders: self.store.orders(&filter).await.unwrap(),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Call {
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
