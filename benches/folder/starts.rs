//! Starts with an empty database and with one that knows the folder, and the memory of the table.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use maitred::config::Capabilities;
use maitred::reload::{ReloadReport, ReloadSettings, Reloader, Watch, WatchMode};
use maitred::restaurant::Restaurant;
use maitred::routing::{LiveTable, RoutingTable};
use maitred::store::{Store, default_url};
use tokio::runtime::Handle;
use tokio::sync::broadcast::Receiver;

use crate::machine::{cpu, memory_kib};
use crate::menus::folder;
use crate::row;

/// A watched folder.
pub struct Watched {
    pub live: Arc<LiveTable>,
    pub reports: Receiver<Arc<ReloadReport>>,
    pub took: Duration,
    watch: Watch,
    store: Store,
}

impl Watched {
    /// From opening the database to the first table.
    pub async fn start(home: &Path, files: u32) -> Self {
        let begun = Instant::now();
        let url = default_url(&home.join("data"));
        let store = Store::open(&url).await.expect("a database");
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let mut settings = ReloadSettings::new(folder(home), WatchMode::Auto);
        settings.cache = Some(home.join("data/menus.cache"));
        let reloader = Reloader::with_store(
            settings,
            Arc::clone(&live),
            Capabilities::embedded(),
            store.clone(),
            Handle::current(),
        );
        let mut reports = reloader.subscribe();
        let watch = reloader.watch().expect("a thread");
        let first = reports.recv().await.expect("a report");
        let took = begun.elapsed();
        assert_eq!(first.store_refused, None);
        assert_eq!(live.load().restaurants().len(), files as usize);
        Self {
            live,
            reports,
            took,
            watch,
            store,
        }
    }

    /// Stops watching.
    pub async fn stop(self) {
        // It may be inside a scan, which ends first.
        self.watch.stop().await;
        self.store.close().await;
    }
}

/// Tells a process of this program that it is to start once, on the folder in this home, and to print what that cost.
pub const START: &str = "FOLDER_START";

/// Files that were not read are hashed within this time after a start, two seconds of it idle.
const HASHED: Duration = Duration::from_secs(8);

/// Prints both starts and the memory. Each is a process of its own: what an earlier start left in the allocator is none of
/// the next one's.
pub fn print(home: &Path, files: u32) {
    for _ in ["cold", "warm"] {
        let program = std::env::current_exe().expect("this program");
        let started = std::process::Command::new(program)
            .env(START, home)
            .env("FOLDER_FILES", files.to_string())
            .status();
        assert!(started.expect("a process").success());
    }
}

/// One start: a cold one where there is no cache yet.
pub async fn once(home: &Path, files: u32) {
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let cache = home.join("data/menus.cache");
    let warm = cache.exists();
    let (name, budget) = match warm {
        true => ("warm start", "0.5 s"),
        false => ("cold start", "6 s"),
    };
    let (idle, before) = (memory_kib(), cpu());
    let watched = Watched::start(home, files).await;
    let cost = cpu().saturating_sub(before);
    row(name, &seconds(watched.took), budget);
    row("  processor time", &seconds(cost), "");
    // Written behind the first table, after the lint.
    let before = cpu();
    while !cache.exists() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if !warm {
        let cost = cpu().saturating_sub(before);
        row("  processor time of the lint behind it", &seconds(cost), "");
    }
    if warm {
        let before = cpu();
        tokio::time::sleep(HASHED).await;
        let cost = cpu().saturating_sub(before);
        row("  processor time of hashing behind it", &seconds(cost), "");
    }
    let all = f64::from(files);
    let grown = memory_kib() as f64 - idle as f64;
    let budget = if warm { "40 KiB" } else { "" };
    let kib = |kib: f64| format!("{:.1} KiB", kib / all);
    row("  memory of the process, a restaurant", &kib(grown), budget);
    if warm {
        row("  of the table alone", &kib(memory(&watched)), "");
    }
    watched.stop().await;
}

/// What the restaurants of the table take, KiB: a second copy of them all is weighed, after a first has filled the holes
/// that parsing left.
fn memory(watched: &Watched) -> f64 {
    let table = watched.live.load();
    let copy = || -> Vec<Restaurant> {
        let all = table.restaurants();
        all.map(|served| Restaurant::clone(&served.restaurant))
            .collect()
    };
    let filling = copy();
    let before = memory_kib();
    let weighed = copy();
    let after = memory_kib();
    assert_eq!(filling.len(), weighed.len());
    after.saturating_sub(before) as f64
}
