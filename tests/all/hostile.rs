//! Everything a stranger can send, and the one answer to each: statuses, close codes, and nothing left behind.
//!
//! A table of named cases (`signatures`, `forms`, `oddities`, `doors`, `heads`, `sockets`, `tokens`, `messages`, `order`,
//! `frames`) -> `play` against `server`, the real binary in a process of its own -> the gauges fall to 0, memory stays
//! where it was, the log holds no secret.

mod case;
mod doors;
mod flood;
mod forms;
mod frames;
mod heads;
mod http;
mod messages;
mod oddities;
mod order;
mod play;
mod server;
mod signatures;
mod sockets;
mod tokens;

use std::collections::HashSet;
use std::sync::Mutex;

use futures_util::StreamExt as _;

use case::{Calls, Case, Table};
use play::Player;
use server::{ADMIN, SECRET, TOKEN};
use signatures::FORGED_LINE;

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
    table.cases
}

/// Plays every case once and waits until the server has forgotten them.
async fn round(player: &Player<'_>, number: u32) {
    let all = futures_util::stream::iter(cases(number).into_iter().map(|case| player.fault(case)));
    let faults: Vec<Option<String>> = all.buffer_unordered(AT_ONCE).collect().await;
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(
        faults.is_empty(),
        "{} wrong answers:\n  {}\n",
        faults.len(),
        faults.join("\n  ")
    );
    player.server.until_idle().await;
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let names: Vec<String> = cases(0).into_iter().map(|case| case.name).collect();
    assert!(names.len() >= 500, "only {} cases", names.len());
    let mut seen = HashSet::new();
    let twice: Vec<_> = names.iter().filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
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
    let forged = log.lines().find(|line| line.starts_with(FORGED_LINE));
    assert_eq!(forged, None, "a stranger wrote a line of the log");
    let secrets = [TOKEN, ADMIN, SECRET].map(str::to_owned);
    for secret in secrets.iter().chain(&tokens) {
        let line = log.lines().find(|line| line.contains(secret.as_str()));
        assert_eq!(line, None, "a secret is in the log");
    }
}
