//! A call in a storm: `cargo bench --bench storm`. Needs the models; takes about a minute.
//!
//! The real binary with local speech, and for twenty seconds 1,700 connections that never finish a request and up to
//! 20,000 posts a second that nobody signed, all from this machine. Meanwhile calls ring, and one caller orders. Printed:
//! a verdict for each budget of `docs/performance.md`: how the call ended, how long a ring waited, what the log grew by, and
//! whether the memory came back. Nothing fails for being slow.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "measures on this machine, and stops when it cannot"
)]

#[expect(dead_code, reason = "the tests' half of it")]
#[path = "../../tests/all/storm/crowd.rs"]
mod crowd;
#[path = "../../tests/all/storm/front.rs"]
mod front;
#[expect(dead_code, unused_imports, reason = "the tests' half of it")]
#[path = "../../tests/all/harness/mod.rs"]
mod harness;
mod rings;

use std::time::Duration;

use maitred::cli::call::{Act, CallPlan, Cue, Timing, VoiceName, new_sid, place};
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::CallStatus;

use crowd::{Posters, slow_connections};
use front::Front;
use harness::{ADMIN, ServerProcess, TOKEN, voice};

/// The taqueria of the examples.
const TAQUERIA: &str = "+14165550111";
/// The pizzeria, which only rings.
const PIZZERIA: &str = "+12125550101";
const SLOW: usize = 1_700;
const POSTS_A_SECOND: u32 = 20_000;
const STORM: Duration = Duration::from_secs(20);
/// The share of the posts that must have been sent: the sender has the same two cores.
const SENT_ENOUGH: f64 = 0.9;
const RING_BUDGET_MS: u64 = 100;
const LOG_BUDGET_MB: f64 = 1.0;
/// Percent.
const MEMORY_BUDGET: f64 = 10.0;
/// What the caller asks for, by id.
const ORDERED: [&str; 2] = ["flan", "steak_quesadilla"];
/// Rings a second, before and in the storm.
const RINGS: u32 = 20;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/restaurants.d");
    for example in std::fs::read_dir(examples).unwrap() {
        let example = example.unwrap().path();
        std::fs::copy(&example, restaurants.join(example.file_name().unwrap())).unwrap();
    }
    let flags = [
        "--watch=off",
        "--trusted-proxies=127.0.0.1",
        "--pin-expiry=1s",
    ];
    let home = std::env::var("HOME").unwrap_or_default();
    let environment = [
        ("TWILIO_AUTH_TOKEN", TOKEN),
        ("MAITRED_ADMIN_TOKEN", ADMIN),
        ("HOME", home.as_str()),
    ];
    let server = ServerProcess::start_in(folder, &flags, &environment);
    let front = Front::start(server.address).await;
    let mut caller = voice(VoiceName::Heart).await;
    let acts = [
        "A steak quesadilla and a flan, please.",
        "That's all.",
        "No thanks.",
        "Yes.",
    ];
    let acts = acts.map(|words| Act::Speak {
        cue: Cue::AgentDone,
        clip: caller.say(words).unwrap(),
    });
    // Once in peace: caches are warm, and what is measured afterwards is the storm.
    println!("before: the call {}", call(&front, &server, &acts).await.0);
    let calm = rings::ring(server.address, RINGS, Duration::from_secs(5)).await;
    server.until_idle().await;
    let (memory, log) = (server.memory_kib(), server.log().len());

    let slow = slow_connections(server.address, SLOW).await;
    let slow_count = slow.len();
    let most = u64::from(POSTS_A_SECOND) * STORM.as_secs();
    let posters = Posters::start(server.address, 16, POSTS_A_SECOND, most);
    let ringing = rings::ring(server.address, RINGS, STORM);
    let (called, storm) = tokio::join!(call(&front, &server, &acts), ringing);
    let posted = posters.stop().await;
    drop(slow);
    server.until_idle().await;
    let log = server.log().len() - log;
    let after = server.memory_kib();

    let (called, is_right) = called;
    println!("in the storm: the call {called}");
    let (refused, seconds) = (posted.refused, posted.lasted.as_secs_f64());
    let rate = refused as f64 / seconds;
    let unanswered = storm.unanswered;
    println!(
        "calm: a ring waits p99 {} ms, {} without an answer\n",
        calm.p99_ms, calm.unanswered
    );
    let grown = (after as f64 / memory as f64 - 1.0) * 100.0;
    let logged = log as f64 / 1e6;
    let verdict = |what: String, is_met: bool| {
        println!(
            "verdict: {what}: {}",
            if is_met { "met" } else { "NOT MET" }
        );
    };
    verdict(
        format!("{} slow connections of {SLOW}", slow_count),
        slow_count == SLOW,
    );
    verdict(
        format!(
            "{refused} posts refused in {seconds:.1} s, {rate:.0} a second of {POSTS_A_SECOND}"
        ),
        rate >= f64::from(POSTS_A_SECOND) * SENT_ENOUGH,
    );
    verdict(format!("the call {called}"), is_right);
    verdict(
        format!("ring p99 {} ms of {RING_BUDGET_MS}", storm.p99_ms),
        storm.p99_ms <= RING_BUDGET_MS,
    );
    verdict(
        format!("rings without an answer {unanswered} of 0"),
        unanswered == 0,
    );
    verdict(
        format!("log {logged:.2} MB of {LOG_BUDGET_MB}"),
        logged <= LOG_BUDGET_MB,
    );
    verdict(
        format!(
            "memory {} MB, {} MB before ({grown:+.1} % of +{MEMORY_BUDGET} %)",
            after / 1024,
            memory / 1024
        ),
        grown <= MEMORY_BUDGET,
    );
}

/// One spoken order; how it ended, and whether that is right: confirmed, one of either dish.
async fn call(front: &Front, server: &ServerProcess, acts: &[Act]) -> (String, bool) {
    let call_sid = new_sid(SidKind::Call);
    let placed = place(CallPlan {
        webhook: front.webhook(),
        to: TAQUERIA.to_owned(),
        from: "+14155550188".to_owned(),
        account_sid: new_sid(SidKind::Account),
        call_sid: call_sid.clone(),
        auth_token: Some(TOKEN.to_owned()),
        test: false,
        extra_fields: Vec::new(),
        acts: acts.to_vec(),
        timing: Timing::default(),
        dial_status: CallStatus::Completed,
        status_url: None,
        tls: None,
    });
    if let Err(error) = placed.await {
        return (format!("could not be placed: {error}"), false);
    }
    let record = server.json(&format!("/api/calls/{call_sid}")).await;
    let orders = server
        .json(&format!("/api/orders?call_sid={call_sid}"))
        .await;
    let lines = orders[0]["lines"].as_array().cloned().unwrap_or_default();
    let mut items: Vec<&str> = lines
        .iter()
        .filter(|line| line["quantity"] == 1)
        .filter_map(|line| line["item"].as_str())
        .collect();
    items.sort_unstable();
    let is_right = record["ending"] == "confirmed" && items == ORDERED;
    let told = format!("ended {}, ordered {}", record["ending"], items.join(", "));
    (told, is_right)
}
