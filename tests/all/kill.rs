//! An order that was spoken as placed is on disk, whatever happens next.
//!
//! Fifty calls order at once in batches; the server is killed with SIGKILL at random events of theirs (`KILL_SEED`,
//! printed), started again on the same data, and asked. In one batch the disk is held while callers say yes: a waiter
//! that spoke before the commit would be caught there every time, and nearly never by a disk that answers at once.

mod batch;
mod checks;
pub mod database;
mod delivered;

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::harness::ServerProcess;
use crate::scripted_caller::{LiveCall, heard};
use batch::{AT_ONCE, Batch, Finished, KillPoint, Phase};
use database::Database;

/// The one restaurant.
const NUMBER: &str = "+12125550150";
const BISTRO: &str = r#"
id: bistro
name: The Bistro
phone_number: "+12125550150"
greeting: "Hello."
limits: {calls: 50}
menu:
  - {id: tea, name: Tea, price: 2.50}
  - {id: cake, name: Cake, price: 4.00}
  - {id: latte, name: Latte, price: 3.10, options: [{name: Size, choices: [Small, {name: Large, price: 0.90}]}]}
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    std::fs::write(restaurants.join("bistro.yaml"), BISTRO).unwrap();
    folder
}

fn seed() -> u64 {
    std::env::var("KILL_SEED")
        .ok()
        .map_or_else(rand::random, |seed| {
            seed.parse().expect("KILL_SEED is a number")
        })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_at_random_points_of_50_calls_loses_no_order_that_was_spoken_as_placed() {
    let seed = seed();
    println!("KILL seed={seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let folder = folder();
    let database = Database::in_folder(folder.path());
    let mut server = ServerProcess::start(folder.path());
    let mut all: Vec<Finished> = Vec::new();
    let mut kills = Vec::new();
    for point in KillPoint::spread(&mut random) {
        let batch = Batch::new(&mut random, point);
        let calls = batch.run(server, &database).await;
        server = ServerProcess::start(folder.path());
        let stored = checks::Stored::ask(&server).await;
        let table = Phase::counts(&calls);
        println!("KILL {point}: {table}; stored {}", stored.of(&calls));
        kills.push(table);
        all.extend(calls);
        stored.check(&all);
    }
    server.kill();
    database.check_integrity().await;

    let total = Phase::counts(&all);
    println!("KILL all {} calls: {total}", all.len());
    assert_eq!(all.len(), kills.len() * AT_ONCE);
    let early = |table: &&batch::Table| table.told() == 0;
    assert!(kills.iter().any(|table| early(&table)), "no kill was early");
    assert!(!kills.iter().all(|table| early(&table)), "no kill was late");
    assert!(
        total.of(Phase::SaidYes) > 0,
        "no kill was between yes and answer"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_spoken_as_placed_before_the_disk_has_it() {
    let folder = folder();
    let database = Database::in_folder(folder.path());
    let server = ServerProcess::start(folder.path());
    let mut call = read_back(&server).await;
    let held = database.hold().await;
    call.say("yes");
    // The store gives up its first try; the waiter says so and tries again.
    call.hears("One moment, please.").await;
    assert_eq!(server.json("/api/orders").await, serde_json::json!([]));
    held.release().await;
    call.hears("Your order is in. It's number 1. Goodbye.")
        .await;
    let heard = heard(&call.over().await);
    assert_eq!(heard.matches("Your order is in.").count(), 1, "{heard}");
    let orders = server.json("/api/orders").await;
    assert_eq!(orders.as_array().unwrap().len(), 1, "{orders}");
    assert_eq!(orders[0]["total"], "5.00", "{orders}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_cannot_be_stored_is_never_claimed() {
    let folder = folder();
    let database = Database::in_folder(folder.path());
    let server = ServerProcess::start(folder.path());
    let mut call = read_back(&server).await;
    let held = database.hold().await;
    call.say("yes");
    call.hears("Sorry, I could not save your order.").await;
    held.release().await;
    let heard = heard(&call.over().await);
    assert!(!heard.contains("Your"), "{heard}");
    assert_eq!(server.json("/api/orders").await, serde_json::json!([]));
}

/// A call whose order of two teas was read back.
async fn read_back(server: &ServerProcess) -> LiveCall {
    let mut call = LiveCall::place(&server.webhook(), NUMBER);
    call.hears("Hello.").await;
    call.say("two teas that's all");
    call.hears("So that's: Two Teas. The total is $5.00. Is that right?")
        .await;
    call
}
