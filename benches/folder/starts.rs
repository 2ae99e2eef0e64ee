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

/// Prints both starts and the memory.
pub async fn print(home: &Path, files: u32) {
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let idle = memory_kib();
    let before = cpu();
    let cold = Watched::start(home, files).await;
    let cost = cpu().saturating_sub(before);
    row("cold start", &seconds(cold.took), "6 s");
    row("  processor time", &seconds(cost), "");
    row(
        "  memory of the process after it, a restaurant",
        &format!(
            "{:.1} KiB",
            (memory_kib() as f64 - idle as f64) / f64::from(files)
        ),
        "",
    );
    cold.stop().await;
    // Written behind the first table.
    while !home.join("data/menus.cache").exists() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let before = cpu();
    let warm = Watched::start(home, files).await;
    let cost = cpu().saturating_sub(before);
    row("warm start", &seconds(warm.took), "0.5 s");
    row("  processor time", &seconds(cost), "");
    let all = f64::from(files);
    row(
        "memory of the process, a restaurant",
        &format!("{:.1} KiB", (memory_kib() as f64 - idle as f64) / all),
        "40 KiB",
    );
    row(
        "  of the table alone",
        &format!("{:.1} KiB", memory(&warm) / all),
        "",
    );
    warm.stop().await;
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
