//! A kitchen that makes so many orders in a quarter of an hour: who is one too many hears a later time, over all calls and over a
//! restart.

use std::time::Duration;

use super::{NUMBER, bistro};
use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

const NOW: &str = "2026-11-30T17:00:00Z";

fn setup(setup: ServerSetup, now: &str) -> ServerSetup {
    let file = bistro("").replace("orders:\n\n", "")
        + "pickup: {ready_in_minutes: 20}\nkitchen: {orders_per_15_minutes: 3}\n";
    setup
        .files(&[("bistro.yaml", file)])
        .flags(&["--dev"])
        .at(now)
}

/// A tea: what is said between the total and the question, and the time said after the order.
async fn tea(server: &TestServer, before: &str, after: u32) {
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    call.say("a tea that's all");
    call.hears(&format!("The total is $2.50. {before}Is that right?"))
        .await;
    call.say("yes");
    call.hears(&format!("It will be ready in about {after} minutes."))
        .await;
    call.over().await;
}

fn busy(minutes: u32) -> String {
    format!("The kitchen is busy: it will take about {minutes} minutes. ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_order_too_many_is_promised_later_and_its_own_caller_hears_the_same_twice() {
    let server = setup(ServerSetup::new(), NOW).start().await;
    for _ in 0..3 {
        tea(&server, "", 20).await;
    }
    tea(&server, &busy(25), 25).await;
    tea(&server, &busy(30), 30).await;
    // The kitchen catches up.
    server.clock().advance(Duration::from_secs(600));
    tea(&server, &busy(25), 25).await;
    server.clock().advance(Duration::from_secs(3_600));
    tea(&server, "", 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_of_before_a_restart_count_and_a_call_on_the_line_hears_of_others() {
    let server = setup(ServerSetup::new(), NOW).start().await;
    for _ in 0..2 {
        tea(&server, "", 20).await;
    }
    // On the line while others order.
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    tea(&server, "", 20).await;
    call.say("a tea that's all");
    call.hears(&busy(25)).await;
    call.hang_up();
    call.over().await;
    let folder = server.stop().await;
    let server = setup(ServerSetup::in_folder(folder), NOW).start().await;
    tea(&server, &busy(25), 25).await;
}
