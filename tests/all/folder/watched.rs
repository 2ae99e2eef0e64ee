//! A watched folder with its store, and every report of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use maitred::config::Capabilities;
use maitred::reload::{FileOutcome, ReloadReport, ReloadSettings, Reloader, WatchMode};
use maitred::restaurant::PhoneNumber;
use maitred::routing::{LiveTable, RoutingTable};
use maitred::store::{Store, default_url};
use tokio::runtime::Handle;
use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;

/// However slow the machine: what is not served by then never is.
const NEVER: Duration = Duration::from_secs(60);

pub fn menu(id: &str, number: u32, price: &str) -> String {
    format!(
        "id: {id}\nname: {id}\nphone_number: \"+1212555{number:04}\"\nmenu:\n  - {{id: soup, name: Soup, price: {price}}}\n"
    )
}

pub struct Watched {
    live: Arc<LiveTable>,
    reports: Receiver<Arc<ReloadReport>>,
    seen: Vec<Arc<ReloadReport>>,
    watcher: JoinHandle<()>,
    restaurants: PathBuf,
    _root: tempfile::TempDir,
}

impl Watched {
    /// Returns after the first scan.
    pub async fn start(files: &[(&str, String)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let restaurants = root.path().join("restaurants.d");
        std::fs::create_dir(&restaurants).unwrap();
        for (name, text) in files {
            std::fs::write(restaurants.join(name), text).unwrap();
        }
        let url = default_url(&root.path().join("data"));
        let store = Store::open(&url).await.unwrap();
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let reloader = Reloader::with_store(
            ReloadSettings::new(&restaurants, WatchMode::Auto),
            Arc::clone(&live),
            Capabilities::embedded(),
            store,
            Handle::current(),
        );
        let mut reports = reloader.subscribe();
        let watcher = reloader.spawn();
        let first = reports.recv().await.unwrap();
        assert!(first.published, "{first:?}");
        Self {
            live,
            reports,
            seen: Vec::new(),
            watcher,
            restaurants,
            _root: root,
        }
    }

    pub fn folder(&self) -> &Path {
        &self.restaurants
    }

    pub fn generation(&self) -> u64 {
        self.live.load().generation()
    }

    /// Waits until the soup of this number costs so many cents.
    pub async fn until_price(&mut self, number: u32, cents: i64, how: &str) {
        let number = PhoneNumber::parse(&format!("+1212555{number:04}")).unwrap();
        let price = |live: &LiveTable| {
            let table = live.load();
            let served = table.owner(&number).expect("a route was dropped");
            served.restaurant.menu.items[0].price.minor()
        };
        while price(&self.live) != cents {
            let report = tokio::time::timeout(NEVER, self.reports.recv()).await;
            let report = report.unwrap_or_else(|_| panic!("{how}: never served"));
            self.seen.push(report.unwrap());
        }
    }

    /// Files that were ever rejected, in the reports so far.
    pub fn rejected(&mut self) -> Vec<String> {
        while let Ok(report) = self.reports.try_recv() {
            self.seen.push(report);
        }
        self.seen
            .iter()
            .flat_map(|report| &report.files)
            .filter(|event| event.outcome == FileOutcome::Rejected)
            .map(|event| event.file.clone())
            .collect()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.watcher.abort();
    }
}
