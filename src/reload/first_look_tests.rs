use std::sync::Condvar;
use std::time::Duration;

use super::*;
use crate::reload::{ReloadSettings, WatchMode};
use crate::restaurant::PhoneNumber;
use crate::routing::RoutingTable;
use crate::store::default_url;

/// Closed, a folder whose server went away: calls on it do not come back.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn pass(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.opened.wait(open).unwrap();
        }
    }

    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

fn menu(price: &str) -> String {
    format!(
        "id: luna\nname: Luna\nphone_number: \"+15555550001\"\nmenu: [{{id: a, name: Soup, price: {price}}}]\n"
    )
}

fn keeper(folder: &Path, store: &Store, live: &Arc<LiveTable>) -> Arc<Reloader> {
    let mut settings = ReloadSettings::new(folder, WatchMode::Poll);
    settings.first_look = Duration::from_millis(20);
    settings.poll_unhealthy = Duration::from_millis(5);
    Reloader::with_store(
        settings,
        Arc::clone(live),
        Capabilities::embedded(),
        store.clone(),
        Handle::current(),
    )
}

fn price(live: &LiveTable) -> Option<i64> {
    let number = PhoneNumber::parse("+15555550001").unwrap();
    let served = live.load().owner(&number)?.clone();
    Some(served.restaurant.menu.items[0].price.minor())
}

async fn next(reports: &mut broadcast::Receiver<Arc<ReloadReport>>) -> Arc<ReloadReport> {
    let never = Duration::from_secs(60);
    let report = tokio::time::timeout(never, reports.recv()).await;
    report.expect("no report").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_hangs_at_the_start_is_served_as_it_was_last_until_it_answers() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = folder.path().join("luna.yaml");
    let store = Store::open(&default_url(data.path())).await.unwrap();
    std::fs::write(&file, menu("4")).unwrap();
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let first = keeper(folder.path(), &store, &live);
    let scanned = first
        .aside(|reloader| reloader.scan_now(Trigger::Start))
        .await;
    assert!(scanned.unwrap().published);

    std::fs::write(&file, menu("5")).unwrap();
    let gate = Arc::new(Gate::default());
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let mut reloader = keeper(folder.path(), &store, &live);
    let hung = Arc::get_mut(&mut reloader).unwrap();
    let (asked, listed) = (Arc::clone(&gate), Arc::clone(&gate));
    hung.ask = Arc::new(move |_: &Path| {
        asked.pass();
        Ok(())
    });
    hung.list = Box::new(move |folder: &Path| {
        listed.pass();
        folder::list(folder)
    });
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    let report = next(&mut reports).await;
    assert_eq!(report.trigger, Trigger::Start);
    assert_eq!(report.source_lost.as_deref(), Some("it does not answer"));
    assert_eq!(price(&live), Some(400), "as the last run served it");
    assert!(reloader.source_lost().is_some());

    gate.open();
    while price(&live) != Some(500) {
        next(&mut reports).await;
    }
    assert_eq!(reloader.source_lost(), None);
    watch.stop().await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_dies_while_files_are_read_is_served_as_it_was_last_until_it_answers() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = folder.path().join("luna.yaml");
    let store = Store::open(&default_url(data.path())).await.unwrap();
    std::fs::write(&file, menu("4")).unwrap();
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let first = keeper(folder.path(), &store, &live);
    let scanned = first
        .aside(|reloader| reloader.scan_now(Trigger::Start))
        .await;
    let generation = scanned.unwrap().generation;

    std::fs::write(&file, menu("5")).unwrap();
    let gate = Arc::new(Gate::default());
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let mut reloader = keeper(folder.path(), &store, &live);
    let opened = Arc::clone(&gate);
    Arc::get_mut(&mut reloader).unwrap().open = Box::new(move |listing: &Listing, name: &str| {
        opened.pass();
        listing.open(name)
    });
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    let report = next(&mut reports).await;
    assert_eq!(report.trigger, Trigger::Start);
    assert_eq!(report.source_lost.as_deref(), Some("it does not answer"));
    assert!(report.source_changed);
    assert_eq!(price(&live), Some(400), "as the last run served it");
    assert!(report.generation > generation);
    assert!(reloader.source_lost().is_some());

    gate.open();
    let read = next(&mut reports).await;
    assert_eq!(price(&live), Some(500), "the scan went on");
    assert!(read.source_changed && read.source_lost.is_none());
    assert!(read.generation > report.generation);
    assert_eq!(reloader.source_lost(), None);
    watch.stop().await;
    // What was served meanwhile is no more than that: the next start knows what was read.
    let kept = store.kept_folder().await.unwrap();
    assert_eq!(kept.generation, read.generation);
    let served = live
        .load()
        .owner(&PhoneNumber::parse("+15555550001").unwrap())
        .unwrap()
        .digest
        .clone();
    assert_eq!(kept.in_force["luna.yaml"].digest, served);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_that_came_back_is_not_overruled_by_what_was_served_last() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(&default_url(data.path())).await.unwrap();
    std::fs::write(folder.path().join("luna.yaml"), menu("4")).unwrap();
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let reloader = keeper(folder.path(), &store, &live);
    let late = reloader
        .aside(|reloader| {
            reloader.scan_now(Trigger::Start);
            reloader.serve_stored_meanwhile()
        })
        .await;
    assert!(late.unwrap().is_none());
    assert_eq!(price(&live), Some(400));
    store.close().await;
}

#[test]
fn a_folder_that_answers_is_asked_without_waiting_and_a_pipe_in_it_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("a.yaml");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.unwrap().success());
    assert!(first_look::ask(folder.path()).is_ok());
    std::fs::write(folder.path().join("b.yaml"), menu("4")).unwrap();
    assert!(first_look::ask(folder.path()).is_ok());
    assert!(first_look::ask(&folder.path().join("none")).is_err());
}
