//! Everything a stranger can send, and the one answer to each: statuses, close codes, and nothing left behind.
//!
//! A table of named cases (`signatures`, `forms`, `oddities`, `doors`, `heads`, `sockets`, `tokens`, `messages`, `order`,
//! `frames`) -> `play` against `server`, the real binary in a process of its own -> the gauges fall to 0, memory stays
//! where it was, the log holds no secret.

mod accounts;
mod case;
mod doors;
mod escapes;
mod flood;
mod forms;
mod frames;
mod heads;
mod http;
mod messages;
mod oddities;
mod order;
mod play;
mod rebinding;
mod server;
mod signatures;
mod sockets;
mod tokens;
mod unfinished;

use std::collections::HashSet;
use std::sync::Mutex;

use futures_util::StreamExt as _;

use case::{Calls, Case, Table};
use play::Player;
use server::{ADMIN, SECRET, TOKEN};
use signatures::FORGED_LINE;

pub use escapes::is_plain;

/// Cases at once: fewer than a restaurant may have calls, so that no case meets a full line.
const AT_ONCE: usize = 16;
/// Rounds before memory is noted: they fill what is kept on purpose and within bounds, above all SQLite's page caches
/// (five connections, 2 MB each) and the outcomes of the last ten minutes' calls.
const WARM_UP: u32 = 4;
/// Rounds after it.
const ROUNDS: u32 = 2;

/// The table, with calls that no other round has.
fn cases(round: u32) -> Vec<Case> {
    let calls = Calls::new(round);
    let cases = Vec::new();
    let mut table = Table { calls, cases };
    signatures::add(&mut table);
    forms::add(&mut table);
    oddities::add(&mut table);
    doors::add(&mut table);
    heads::add(&mut table);
    sockets::add(&mut table);
    tokens::add(&mut table);
    messages::add(&mut table);
    order::add(&mut table);
    frames::add(&mut table);
    accounts::add(&mut table);
    escapes::add(&mut table);
    table.cases
}

/// Cases that take as long as the server waits.
fn slow_cases() -> Vec<Case> {
    let calls = Calls::new(u32::MAX - 1);
    let cases = Vec::new();
    let mut table = Table { calls, cases };
    unfinished::add(&mut table);
    table.cases
}

/// Plays cases, so many at once.
async fn play(player: &Player<'_>, cases: Vec<Case>, at_once: usize) {
    let all = futures_util::stream::iter(cases.into_iter().map(|case| player.fault(case)));
    let faults: Vec<Option<String>> = all.buffer_unordered(at_once).collect().await;
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(
        faults.is_empty(),
        "{} wrong answers:\n  {}\n",
        faults.len(),
        faults.join("\n  ")
    );
}

/// Plays every case once and waits until the server has forgotten them.
async fn round(player: &Player<'_>, number: u32) {
    play(player, cases(number), AT_ONCE).await;
    player.server.until_idle().await;
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let anywhere = "127.0.0.1:8000".parse().unwrap();
    let all = cases(0).into_iter().chain(slow_cases());
    let all = all.chain(rebinding::cases(anywhere));
    let names: Vec<String> = all.map(|case| case.name).collect();
    println!("{} hostile inputs", names.len());
    assert!(names.len() >= 700, "only {} cases", names.len());
    let mut seen = HashSet::new();
    let twice: Vec<_> = names.iter().filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[tokio::test]
async fn requests_that_never_end_are_refused_by_their_head_or_given_up_in_time() {
    let server = server::start();
    let player = Player {
        server: &server,
        tokens: Mutex::default(),
    };
    let cases = slow_cases();
    let at_once = cases.len();
    play(&player, cases, at_once).await;
    player.server.until_idle().await;
}

#[tokio::test]
async fn no_web_page_drives_a_server_on_a_desk() {
    let server = server::start_dev();
    let player = Player {
        server: &server,
        tokens: Mutex::default(),
    };
    play(&player, rebinding::cases(server.address), AT_ONCE).await;
    assert_eq!(player.tokens.into_inner().unwrap(), Vec::<String>::new());
    assert_eq!(server.json("/api/orders").await, serde_json::json!([]));
    let pins = server.metrics("maitred_pins").await;
    assert!(pins.iter().all(|(_, count)| *count == 0.0), "{pins:?}");
}

#[tokio::test]
async fn hostile_input_is_answered_as_written_and_leaves_nothing_behind() {
    let server = server::start();
    let player = Player {
        server: &server,
        tokens: Mutex::default(),
    };
    for number in 0..WARM_UP {
        round(&player, number).await;
    }
    let before = server.memory_kib();
    for number in WARM_UP..WARM_UP + ROUNDS {
        round(&player, number).await;
    }
    let after = server.memory_kib();
    println!(
        "{} cases a round; memory {before} KiB, then {after} KiB",
        cases(0).len()
    );
    assert!(
        after * 100 <= before * 110,
        "memory grew from {before} to {after} KiB in {ROUNDS} rounds"
    );

    let turned_away = server.metrics("maitred_calls_turned_away_total").await;
    let full = turned_away
        .iter()
        .filter(|(name, _)| name.contains("over_cap"));
    assert_eq!(full.count(), 0, "a case met a full line: {turned_away:?}");
    let failed = server.metrics("maitred_store_failures_total").await;
    assert_eq!(failed, [], "the store failed");

    let tokens = player.tokens.into_inner().unwrap();
    assert!(
        tokens.len() > 500,
        "only {} media tokens were given",
        tokens.len()
    );
    let (ended, log) = server.stop().await;
    assert!(ended.success(), "{ended}");
    assert!(!log.contains("panicked"), "{log}");
    let plain = |line: &&str| line.chars().all(escapes::is_plain);
    let commanding = log.split('\n').find(|line| !plain(line));
    assert_eq!(commanding, None, "a stranger commands who reads the log");
    let forged = log.lines().find(|line| line.starts_with(FORGED_LINE));
    assert_eq!(forged, None, "a stranger wrote a line of the log");
    let secrets = [TOKEN, server::OTHER_TOKEN, ADMIN, SECRET].map(str::to_owned);
    for secret in secrets.iter().chain(&tokens) {
        let line = log.lines().find(|line| line.contains(secret.as_str()));
        assert_eq!(line, None, "a secret is in the log");
    }
}
