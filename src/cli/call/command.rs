//! `maitred call`, from arguments to exit code.

use std::process::ExitCode;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::args::CallArgs;
use super::expectation::Expectation;
use super::listener::Listener;
use super::phone::place_watched;
use super::plan::CallPlan;
use super::rehearsal::rehearse;
use super::report::{CallReport, Ended, Event, Happening};
use super::server_record::{RecordError, ServerRecord};
use super::sound_file::write_call;
use super::terminal::{event_line, latency_table, line, orders_text};
use super::webhook_client::http_client;
use crate::words::{printable_json, printable_lines};

/// The call went wrong, or its order is not the expected one.
const FINDINGS: u8 = 1;
/// Usage or unreadable input.
const USAGE: u8 = 2;
/// Could not connect, or not see the order that was to be compared.
const NO_CONNECTION: u8 = 3;

/// Places the call and tells how it went.
pub fn run(args: CallArgs) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(USAGE, &error),
    };
    ExitCode::from(runtime.block_on(call(&args)))
}

/// [`run`] inside a runtime of one's own; returns the exit code: 0 fine, 1 the call went wrong or its order is not the
/// expected one, 2 usage or unreadable input, 3 could not connect.
pub async fn call(args: &CallArgs) -> u8 {
    let (plan, expectation) = match rehearse(args) {
        Ok(rehearsed) => rehearsed,
        Err(error) => return complain(USAGE, &error),
    };
    if !args.json {
        println!("calling {} at {} as {}", plan.to, plan.webhook, plan.from);
    }
    let listener = match Listener::open(args).await {
        Ok(listener) => listener,
        Err(error) => return complain(USAGE, &error),
    };
    let (heard, mut words) = mpsc::unbounded_channel();
    let mut watch = |event: &Event, report: &CallReport| {
        let quiet = args.json;
        let (event_now, heard) = (event.clone(), heard.clone());
        listener.words(event, report, move |said| {
            if !quiet && let Some(line) = event_line(&event_now, said.as_deref()) {
                println!("{line}");
            }
            if let (Happening::AgentFinished { from_ms, .. }, Some(text)) = (event_now.what, said) {
                // Nobody is listening only when the call was given up.
                let _ = heard.send(json!({"at_ms": from_ms, "text": text}));
            }
        });
    };
    let report = match place_watched(&plan, &mut watch).await {
        Ok(report) => report,
        Err(error) => return complain(NO_CONNECTION, &error),
    };
    drop(heard);
    let mut agent_heard = Vec::new();
    while let Some(one) = words.recv().await {
        agent_heard.push(one);
    }
    if let Some(path) = &args.record
        && let Err(error) = write_call(path, &report.caller, &report.heard)
    {
        return complain(USAGE, &error);
    }
    let record = Record::ask(args, &plan).await;
    let verdict = Verdict::of(&report, &record, expectation.as_ref());
    if args.json {
        let json = in_json(&report, &record, &verdict, agent_heard).to_string();
        println!("{}", printable_json(&json));
    } else {
        in_words(&report, &record, &verdict);
    }
    verdict.exit
}

fn fail(code: u8, error: &dyn std::error::Error) -> ExitCode {
    ExitCode::from(complain(code, error))
}

/// Says what is wrong, with its causes, and gives the code back.
fn complain(code: u8, error: &dyn std::error::Error) -> u8 {
    eprint!("maitred call: {error}");
    let mut shown = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Some errors repeat their cause in their own words.
        if !shown.contains(&error.to_string()) {
            shown = error.to_string();
            eprint!(": {shown}");
        }
        cause = error.source();
    }
    eprintln!();
    code
}

/// What the server keeps of the call.
struct Record {
    orders: Result<Value, RecordError>,
    call: Result<Value, RecordError>,
}

impl Record {
    async fn ask(args: &CallArgs, plan: &CallPlan) -> Self {
        let refused = || RecordError::Url(plan.webhook.clone());
        let Ok(http) = http_client(&plan.webhook, plan.tls.clone()) else {
            return Record {
                orders: Err(refused()),
                call: Err(refused()),
            };
        };
        let server = ServerRecord::new(http, &plan.webhook, args.admin_token.clone());
        Record {
            orders: server.orders(&plan.call_sid).await,
            call: server.call(&plan.call_sid).await,
        }
    }
}

/// How it ended, for the exit code and the last lines.
struct Verdict {
    exit: u8,
    /// Against `--expect`; `None` without it or when the orders cannot be seen.
    differences: Option<Vec<String>>,
}

impl Verdict {
    fn of(report: &CallReport, record: &Record, expectation: Option<&Expectation>) -> Self {
        let trouble = if report.ended == Ended::Trouble {
            FINDINGS
        } else {
            0
        };
        let Some(expectation) = expectation else {
            return Verdict {
                exit: trouble,
                differences: None,
            };
        };
        let stored = record
            .orders
            .as_ref()
            .ok()
            .and_then(|orders| Expectation::read(&orders.to_string()).ok());
        match stored.map(|stored| expectation.differences(&stored)) {
            None => Verdict {
                exit: NO_CONNECTION,
                differences: None,
            },
            Some(differences) => Verdict {
                exit: if differences.is_empty() {
                    trouble
                } else {
                    FINDINGS
                },
                differences: Some(differences),
            },
        }
    }
}

fn in_json(
    report: &CallReport,
    record: &Record,
    verdict: &Verdict,
    agent_heard: Vec<Value>,
) -> Value {
    let shown = |asked: &Result<Value, RecordError>| asked.as_ref().ok().cloned();
    let problems: Vec<String> = [&record.orders, &record.call]
        .into_iter()
        .filter_map(|asked| asked.as_ref().err().map(ToString::to_string))
        .collect();
    json!({
        "call_sid": report.call_sid,
        "ended": report.ended,
        "greeting_ms": report.greeting_ms(),
        "turns": report.turns,
        "agent": agent_heard,
        "events": report.events,
        "complaints": report.complaints,
        "twiml": report.twiml,
        "closes": report.closes,
        "transcript": shown(&record.call).map(|call| call["transcript"].clone()),
        "call": shown(&record.call),
        "order": shown(&record.orders),
        "server_problems": problems,
        "differences": verdict.differences,
    })
}

fn in_words(report: &CallReport, record: &Record, verdict: &Verdict) {
    match &record.call {
        Ok(call) => {
            println!("\nas the server recorded it:");
            for one in call["transcript"].as_array().into_iter().flatten() {
                let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
                let at_ms = one["at_ms"].as_u64().unwrap_or_default();
                println!("{}", line(at_ms, &text("who"), &text("text")));
            }
            let ending = call["ending"].as_str().unwrap_or("not ended yet");
            println!("ending: {}", printable_lines(ending));
        }
        Err(error) => println!("\nno transcript: {error}"),
    }
    print!("\n{}", latency_table(report));
    match &record.orders {
        Ok(orders) => print!("\n{}", printable_lines(&orders_text(orders))),
        Err(error) => println!("\nno order to show: {error}"),
    }
    match verdict.differences.as_deref() {
        Some([]) => println!("the order is the expected one"),
        Some(differences) => {
            let differences = differences.join("\n  ");
            println!("the order differs:\n  {}", printable_lines(&differences));
        }
        None => {}
    }
}
