//! Spoken end to end: a caller's voice through a telephone line, our recognizer, the waiter, our voice, an order in the store.
//!
//! Real engines, real sockets, real time. The orders come from a seed (`SPOKEN_SEED`, printed), and none is tried twice.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and keeps files of its own"
)]

mod by_sound;
mod call;
mod caller;
mod endings;
mod heard;
mod menu_heard;
mod nginx;
mod read_back;
mod room;
mod wanted;

use std::sync::Arc;

use clap::ValueEnum as _;
use maitred::cli::call::{Act, VoiceName};
use tokio::sync::Mutex;

use call::Call;
use heard::Heard;

use crate::harness::{self, SpokenServer};

/// Calls at once.
const AT_ONCE: usize = 6;
const ORDERS: usize = 24;

/// The spoken tests share two cores with nobody: one at a time.
static LINE: Mutex<()> = Mutex::const_new(());

fn seed() -> u64 {
    std::env::var("SPOKEN_SEED")
        .ok()
        .map_or(1, |seed| seed.parse().expect("SPOKEN_SEED is a number"))
}

/// `None` without models, unless they are required.
fn models() -> Option<()> {
    let missing = maitred::speech::models::faults(&maitred::speech::models::default_dir());
    if missing.is_empty() {
        return Some(());
    }
    assert!(
        std::env::var_os("MAITRED_REQUIRE_MODELS").is_none(),
        "speech models are missing: run `maitred models fetch`"
    );
    eprintln!("SKIPPED: speech models are missing (`maitred models fetch`)");
    None
}

/// Places the seed's orders in this voice; returns how many were stored exactly right, and every call.
async fn order_by_voice(voice: &str) -> (usize, Vec<Call>) {
    let server = SpokenServer::open().await;
    let mut restaurants = server.restaurants();
    restaurants.retain(|restaurant| restaurant.id.as_str() != "shut");
    let orders = wanted::orders(seed(), ORDERS, &restaurants);
    let mut voice = harness::voice(VoiceName::from_str(voice, true).unwrap()).await;
    let room: Vec<Act> = room::asked_for()
        .map(|below| room::behind(&mut voice, below))
        .into_iter()
        .collect();
    let voice = Arc::new(std::sync::Mutex::new(voice));
    let mut calls = Vec::new();
    for batch in orders.chunks(AT_ONCE) {
        let batch = batch
            .iter()
            .map(|wanted| Call::place(&server, wanted.clone(), room.clone(), Arc::clone(&voice)));
        for call in futures_util::future::join_all(batch).await {
            if !call.is_right() {
                println!("{}", call.story());
            }
            calls.push(call);
        }
        let right = calls.iter().filter(|call| call.is_right()).count();
        println!("SPOKEN {right} of {} right so far", calls.len());
    }
    let right = calls.iter().filter(|call| call.is_right()).count();
    (right, calls)
}

fn report(voice: &str, right: usize, calls: &[Call]) {
    let room = room::asked_for().map_or_else(String::new, |below| format!(" noise=-{below}dB"));
    println!(
        "SPOKEN voice={voice}{room} seed={} stored exactly right: {right} of {}",
        seed(),
        calls.len()
    );
    call::print_latencies(voice, calls);
    // Who was misunderstood has heard it: nothing is stored that was not read back.
    let differing: Vec<String> = calls.iter().filter_map(read_back::differs).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoken_orders_in_the_products_own_voice_are_stored() {
    let _alone = LINE.lock().await;
    let Some(()) = models() else { return };
    let (right, calls) = order_by_voice("heart").await;
    report("heart", right, &calls);
    let heard = Heard::of(&calls).await;
    println!("{heard}");
    if room::asked_for().is_some() {
        return; // in a loud room the figures are only printed
    }
    assert!(right >= 23, "{right} of {ORDERS}");
    assert!(heard.word_error_rate() <= 0.15, "{heard}");
    assert!(heard.read_backs_found() >= 0.95, "{heard}");
    assert!(heard.mistaken() <= 0.05, "{heard}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoken_orders_in_the_callers_voice_are_stored() {
    let _alone = LINE.lock().await;
    let Some(()) = models() else { return };
    let (right, calls) = order_by_voice("joe").await;
    report("joe", right, &calls);
    if room::asked_for().is_some() {
        return;
    }
    assert!(right >= 20, "{right} of {ORDERS}");
}
