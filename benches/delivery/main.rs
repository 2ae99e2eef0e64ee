//! An order's way from the commit to its receiver: `cargo bench --bench delivery`. Needs no models; takes half a minute.
//!
//! The product's store, outbox and worker in this process, a receiver in another, both on this machine. First orders one after
//! the other: how long after its commit the receiver has each. Then a backlog of many restaurants: deliveries a second, and a
//! second of processor time, beside a bare reqwest client that posts the same bodies to the same receiver.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "measures on this machine, and stops when it cannot"
)]

#[expect(dead_code, reason = "the folder's half of it")]
#[path = "../folder/machine.rs"]
mod machine;
mod orders;
mod receiver;

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser as _;
use jiff::Timestamp;
use maitred::delivery::{Outbox, OutboxParts, Secrets};
use maitred::events::{DomainEvent, Events, Measures};
use maitred::routing::{LiveTable, RoutingTable};
use maitred::settings::{ServeFlags, Settings};
use maitred::store::{Store, default_url};

use machine::{cpu, machine, ms, percentile};
use receiver::Receiver;

/// The program's own (`src/main.rs`): what is measured is what runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Orders one after the other, and the time between them.
const SINGLE: usize = 300;
const BETWEEN: Duration = Duration::from_millis(50);
/// Orders that wait when the worker begins, of so many restaurants.
const BACKLOG: usize = 4_000;
const RESTAURANTS: usize = 200;
/// Names that the receiver has; each is sent four at a time.
pub const HOSTS: usize = 16;
/// Of the bare client, as many as the worker's.
const AT_ONCE: usize = 64;
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const LATENCY_BUDGET: &str = "150 ms";
const RATIO_BUDGET: &str = "0.5";

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

fn main() {
    if std::env::var_os(receiver::RECEIVER).is_some() {
        actix_web::rt::System::new().block_on(receiver::serve());
        return;
    }
    println!("{}", machine());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let receiver = Receiver::start().await;
        one_after_the_other(&receiver).await;
        many_at_once(&receiver).await;
    });
}

/// A store of its own, and what the worker hears.
struct Line {
    store: Store,
    events: Events,
    _folder: tempfile::TempDir,
}

impl Line {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = default_url(folder.path());
        Self {
            store: Store::open(&url).await.expect("a store"),
            events: Events::new(Arc::new(Measures::new())),
            _folder: folder,
        }
    }

    fn deliver(&self) -> Outbox {
        let flags = ["serve", "--dev", "--stt=scripted", "--tts=scripted"];
        let allowed: Vec<String> = (0..HOSTS).map(Receiver::host).collect();
        let allowed = format!("--deliver-allow={}", allowed.join(","));
        let flags = flags.into_iter().chain([allowed.as_str()]);
        let settings = Settings::resolve(Arguments::parse_from(flags).flags, |_| None);
        Outbox::start(OutboxParts {
            store: self.store.clone(),
            events: self.events.clone(),
            table: Arc::new(LiveTable::new(RoutingTable::empty())),
            settings: Arc::new(settings.expect("settings")),
            secret: vec![7; 32],
            public_url: None,
            secrets: Secrets::new(|_| Some(SECRET.to_owned())),
            now: Arc::new(Timestamp::now),
            wake: Arc::default(),
        })
    }
}

async fn one_after_the_other(receiver: &Receiver) {
    let line = Line::open().await;
    let outbox = line.deliver();
    let mut committed = Vec::new();
    let mut next = tokio::time::interval(BETWEEN);
    for number in 0..SINGLE {
        next.tick().await;
        let placement = orders::placement(number, number % RESTAURANTS, receiver);
        let order = line.store.place(&placement).await.expect("stored");
        committed.push((order.id.to_string(), receiver::now_us()));
        let order = Arc::new(order);
        line.events.publish(DomainEvent::OrderPlaced { order });
    }
    let arrived = receiver.arrived(SINGLE).await;
    outbox.finish().await;
    line.store.close().await;
    let mut waits: Vec<Duration> = committed
        .iter()
        .map(|(id, at)| Duration::from_micros(arrived[id].saturating_sub(*at)))
        .collect();
    let (p50, p99) = (percentile(&mut waits, 50), percentile(&mut waits, 99));
    println!(
        "\norder committed -> the receiver has it ({SINGLE} orders, one every {} ms)",
        BETWEEN.as_millis()
    );
    println!("  p50 {:>9}", ms(p50));
    println!("  p99 {:>9}   budget {LATENCY_BUDGET}", ms(p99));
}

/// A rate: a second of the clock, and a second of processor time.
struct Rate {
    clock: f64,
    core: f64,
}

impl Rate {
    fn since(count: usize, began: Instant, used: Duration) -> Self {
        let count = count as f64;
        Self {
            clock: count / began.elapsed().as_secs_f64(),
            core: count / (cpu() - used).as_secs_f64(),
        }
    }

    fn print(&self, what: &str) {
        println!(
            "  {what:<28} {:>8.0} a second {:>8.0} a second of one core",
            self.clock, self.core
        );
    }
}

async fn many_at_once(receiver: &Receiver) {
    let line = Line::open().await;
    let mut bodies = Vec::new();
    for number in 0..BACKLOG {
        let placement = orders::placement(number, number % RESTAURANTS, receiver);
        let order = line.store.place(&placement).await.expect("stored");
        bodies.push(orders::body(&order));
    }
    println!(
        "\n{BACKLOG} orders of {RESTAURANTS} restaurants that wait, {AT_ONCE} requests at once"
    );
    let bare = bare(receiver, bodies).await;
    bare.print("a bare reqwest loop");
    let (began, used) = (Instant::now(), cpu());
    let outbox = line.deliver();
    receiver.arrived(BACKLOG).await;
    let ours = Rate::since(BACKLOG, began, used);
    outbox.finish().await;
    line.store.close().await;
    ours.print("out of the outbox");
    println!(
        "  {:<28} {:>8.2}          {:>8.2}   budget {RATIO_BUDGET}",
        "ratio",
        ours.clock / bare.clock,
        ours.core / bare.core
    );
}

/// The same bodies, by a client that keeps nothing and asks nobody.
async fn bare(receiver: &Receiver, bodies: Vec<String>) -> Rate {
    let client = reqwest::Client::new();
    let shares: Vec<Vec<String>> = bodies
        .chunks(bodies.len().div_ceil(AT_ONCE))
        .map(<[String]>::to_vec)
        .collect();
    let (began, used) = (Instant::now(), cpu());
    let posting: Vec<_> = shares
        .into_iter()
        .map(|share| tokio::spawn(post_all(client.clone(), receiver.url.clone(), share)))
        .collect();
    for posted in posting {
        posted.await.expect("posted");
    }
    let rate = Rate::since(bodies.len(), began, used);
    receiver.arrived(bodies.len()).await;
    rate
}

async fn post_all(client: reqwest::Client, url: String, bodies: Vec<String>) {
    for body in bodies {
        let request = client
            .post(&url)
            .header("Content-Type", "application/json")
            .body(body);
        let answer = request.send().await.expect("answered");
        assert!(answer.status().is_success());
        answer.bytes().await.expect("read");
    }
}
