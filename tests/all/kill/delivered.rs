//! What callers heard confirmed arrives at the restaurant, though the server is killed again and again, the disk is full once, and
//! every receiver fails half of the time: a till that answers 500, hangs or cuts the line, a mail server and a printer no better.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use maitred::order::{PlacedOrder, ticket_of_width};
use maitred::store::{OrderFilter, Store, default_url};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::batch::{Batch, Disk, Finished, KillPoint, Phase};
use super::checks::Stored;
use super::database::Database;
use super::seed;
use crate::harness::{DiskFaults, NEVER, SCRIPTED, ServerProcess};
use crate::kitchen::mail_server::MailServer;
use crate::kitchen::printer::{self, Printer};
use crate::kitchen::till::{Mood, Till};
use crate::kitchen::{SECRET, bistro};

/// Between questions to another process: there is nothing to wait on but its answers.
const AGAIN: Duration = Duration::from_millis(100);
/// Of the restaurant.
const CHANNELS: usize = 3;
/// Orders that callers must have heard confirmed, and kills, before all is counted.
const CONFIRMED: usize = 200;
const KILLS: usize = 30;
/// Calls of a round; the restaurant takes fifty at once.
const CALLS: usize = 45;
/// How long their callers think, ms.
const THINKS: u32 = 1_000;
/// Kills of a round while orders are delivered; one more ends its calls.
const KILLS_BETWEEN: usize = 4;
/// The round in which the disk is full from some caller's yes on.
const FULL: usize = 1;
/// However unlucky.
const MAX_ROUNDS: usize = 12;
/// Times a receiver hangs in all: each costs the time that is given to it.
const MAX_HANGS: usize = 2;

/// Failures of a receiver one after the other: ten of one delivery would be a failure for good.
const MAX_IN_A_ROW: usize = 2;

/// `take` half of the time, else one of the others; `hang` rarely.
fn moods<M: Copy + Send + 'static>(
    seed: u64,
    take: M,
    others: Vec<M>,
    hang: M,
) -> impl FnMut() -> M + Send + 'static {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut hangs, mut in_a_row) = (0, 0);
    move || {
        if in_a_row >= MAX_IN_A_ROW || random.random_bool(0.5) {
            in_a_row = 0;
            return take;
        }
        in_a_row += 1;
        if hangs < MAX_HANGS && random.random_bool(0.1) {
            hangs += 1;
            return hang;
        }
        others[random.random_range(0..others.len())]
    }
}

async fn till(seed: u64) -> Till {
    // By number, because what a till answers is no plain value.
    let mut mood = moods(seed, 0, vec![1, 2, 3], 4);
    Till::open(move || match mood() {
        0 => Mood::Take("{\"accepted\": true}".to_owned()),
        1 => Mood::Head("500 Internal Server Error".to_owned()),
        2 => Mood::Cut,
        3 => Mood::TakeAndCut,
        _ => Mood::Hang,
    })
    .await
}

fn start(folder: &std::path::Path, mail: &MailServer, disk: Option<&DiskFaults>) -> ServerProcess {
    let flags = [
        &["--dev", "--log-format=json", "--watch=off"][..],
        &SCRIPTED,
        &["--deliver-allow=127.0.0.1", "--deliver-retry=20ms"],
    ];
    let mail = mail.url();
    let disk = disk.map(DiskFaults::environment);
    let mut environment = vec![SECRET, ("MAITRED_SMTP_URL", mail.as_str())];
    let more = disk.iter().flatten();
    environment.extend(more.map(|(name, value)| (*name, value.as_str())));
    ServerProcess::start_with(folder, &flags.concat(), &environment)
}

/// Asks until nothing is left to deliver; all orders there are.
async fn delivered(server: &ServerProcess) -> Vec<Value> {
    let mut again = tokio::time::interval(AGAIN);
    let mut orders = Vec::new();
    let all = tokio::time::timeout(2 * NEVER, async {
        loop {
            again.tick().await;
            let listed = server.json("/api/orders?limit=1000").await;
            orders = listed.as_array().unwrap().clone();
            let in_state = |order: &Value, state: &str| {
                let deliveries = order["deliveries"].as_array().unwrap();
                deliveries.iter().filter(|d| d["state"] == state).count()
            };
            if orders
                .iter()
                .all(|order| in_state(order, "sent") == CHANNELS)
            {
                return;
            }
            // What failed ten times by chance is sent again as an operator would.
            for order in orders.iter().filter(|order| in_state(order, "failed") > 0) {
                let id = order["id"].as_str().unwrap();
                server.post(&format!("/api/orders/{id}/redeliver")).await;
            }
        }
    });
    let all = all.await;
    assert!(all.is_ok(), "not delivered: {orders:#?}\n{}", server.log());
    orders
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_confirmed_order_arrives_once_by_each_channel_whatever_is_killed_and_whoever_fails() {
    let seed = seed();
    println!("DELIVERED seed={seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut till = till(seed).await;
    let mail = MailServer::failing(seed + 1);
    let printer = {
        use printer::Mood::{Cut, Hang, OutOfPaper, Print, PrintAndCut};
        Printer::open(moods(
            seed + 2,
            Print,
            vec![Cut, OutOfPaper, PrintAndCut],
            Hang,
        ))
        .await
    };
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}}}\n  \
         - {{email: {{to: kitchen@bistro.example}}}}\n  \
         - {{printer: {{address: \"{}\"}}}}",
        till.url(),
        printer.address
    );
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    // Named as the callers of a batch name its dishes.
    let file = bistro(&orders).replace("Jalapeño cake, aliases: [cake]", "Cake");
    std::fs::write(restaurants.join("bistro.yaml"), file).unwrap();
    let database = Database::in_folder(folder.path());

    let begun = std::time::Instant::now();
    let told = |calls: &[Finished]| {
        let told = |call: &&Finished| matches!(call.phase, Phase::Told | Phase::BeingTold);
        calls.iter().filter(told).count()
    };
    let mut calls: Vec<Finished> = Vec::new();
    let (mut kills, mut round) = (0, 0);
    let mut server = start(folder.path(), &mail, None);
    while told(&calls) < CONFIRMED || kills < KILLS {
        assert!(round < MAX_ROUNDS, "{} confirmed", told(&calls));
        // Late for the most part, so that the rounds are few.
        let yeses = random.random_range(if round == 0 { 1 } else { CALLS * 3 / 4 }..=CALLS);
        let batch = |random: &mut ChaCha8Rng, point| Batch::of(random, point, CALLS, THINKS);
        if round == FULL {
            server.kill();
            let faults = DiskFaults::new(folder.path(), "maitred.db");
            server = start(folder.path(), &mail, Some(&faults));
            let point = KillPoint::after(yeses, usize::MAX, true);
            let batch = batch(&mut random, point);
            calls.extend(batch.run_on(server, Disk::Full(faults)).await);
        } else {
            let events = random.random_range(1..=250);
            let batch = batch(&mut random, KillPoint::after(yeses, events, false));
            calls.extend(batch.run(server, &database).await);
        }
        kills += 1;
        server = start(folder.path(), &mail, None);
        // And again while it delivers what was left, if anything is.
        for _ in 0..KILLS_BETWEEN {
            till.tried(AGAIN).await;
            server.kill();
            kills += 1;
            server = start(folder.path(), &mail, None);
        }
        round += 1;
        let (count, seconds) = (told(&calls), begun.elapsed().as_secs());
        println!("DELIVERED round {round}: {count} confirmed, {kills} kills, {seconds} s");
    }
    let ordered = begun.elapsed().as_secs();
    let listed = delivered(&server).await;
    Stored::ask(&server).await.check(&calls);
    server.kill();
    database.check_integrity().await;

    let store = Store::open(&default_url(&folder.path().join("data")))
        .await
        .unwrap();
    let filter = OrderFilter {
        limit: 1_000,
        ..OrderFilter::default()
    };
    let stored: Vec<PlacedOrder> = store.orders(&filter).await.unwrap();
    store.close().await;
    let ids: BTreeSet<String> = stored.iter().map(|order| order.id.to_string()).collect();
    assert_eq!(ids.len(), listed.len());

    // The till: each order under one id, and no other.
    let taken = till.taken();
    let arrived: BTreeSet<String> = taken
        .values()
        .map(|message| message["data"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(arrived, ids);
    assert_eq!(taken.len(), ids.len(), "an order has two ids");
    let sids: BTreeMap<&str, usize> = taken.values().fold(BTreeMap::new(), |mut sids, message| {
        *sids
            .entry(message["data"]["call_sid"].as_str().unwrap())
            .or_default() += 1;
        sids
    });
    let (mut count, mut refused) = (0, 0);
    for call in &calls {
        let arrived = sids.get(call.sid.as_str());
        if matches!(call.phase, Phase::Told | Phase::BeingTold) {
            assert_eq!(arrived, Some(&1), "{call:?}");
            count += 1;
        }
        if call.heard.contains("Sorry, I could not save") {
            assert_eq!(arrived, None, "{call:?}");
            refused += 1;
        }
    }

    // The mailbox: by Message-ID.
    assert_eq!(mail.taken().len(), ids.len());
    // The paper: every ticket, copies marked as such.
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let expected: BTreeSet<String> = stored
        .iter()
        .map(|order| ticket_of_width(order, &zone, 42))
        .collect();
    let printed = printer.tickets();
    let known: BTreeSet<String> = printed
        .iter()
        .map(|ticket| {
            ticket
                .trim_start_matches("*** MAY BE A COPY ***\n")
                .to_owned()
        })
        .collect();
    assert_eq!(known, expected);
    let unmarked: Vec<&String> = printed.iter().filter(|t| t.starts_with("ORDER")).collect();
    let once: BTreeSet<&&String> = unmarked.iter().collect();
    println!(
        "DELIVERED {} calls in {round} rounds, {kills} kills, {count} confirmed, {refused} told sorry, {} stored; tills tries {}, tickets {} ({} without a mark); {ordered} s of calls, {} s in all",
        calls.len(),
        ids.len(),
        till.tries(),
        printed.len(),
        unmarked.len(),
        begun.elapsed().as_secs()
    );
    // A server that was killed between printing and writing so down does not know that it has printed: four at a time.
    assert!(unmarked.len() - once.len() <= 4 * kills, "{printed:#?}");
    assert!(refused > 0, "the disk was never full");
}
