use super::*;
use crate::config::Code;
use crate::reload::{FileOutcome, WatchMode, folder};
use crate::restaurant::PhoneNumber;
use crate::routing::{FileStatus, RoutingTable};
use std::path::Path;
use std::time::Duration;

/// A folder, a keeper without a watcher, and a clock that only moves when told to.
struct House {
    folder: tempfile::TempDir,
    live: Arc<LiveTable>,
    reloader: Arc<Reloader>,
    now: Instant,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let settings = ReloadSettings::new(folder.path(), WatchMode::Off);
        let reloader = Reloader::new(settings, Arc::clone(&live), Capabilities::embedded());
        Self {
            folder,
            live,
            reloader,
            now: Instant::now(),
        }
    }

    fn write(&self, file: &str, id: &str, number: u32, price: &str) {
        std::fs::write(self.folder.path().join(file), menu(id, number, price)).unwrap();
    }

    fn break_it(&self, file: &str) {
        std::fs::write(self.folder.path().join(file), "id: [\n").unwrap();
    }

    fn remove(&self, file: &str) {
        std::fs::remove_file(self.folder.path().join(file)).unwrap();
    }

    fn scan(&self) -> Arc<ReloadReport> {
        self.reloader
            .scan(Trigger::Api, self.now, Timestamp::UNIX_EPOCH)
    }

    fn price(&self, number: u32) -> Option<i64> {
        let number = PhoneNumber::parse(&format!("+1555555{number:04}")).unwrap();
        let served = self.live.load().owner(&number)?.clone();
        Some(served.restaurant.menu.items[0].price.minor())
    }

    fn statuses(&self) -> Vec<(String, &'static str)> {
        let status = self.reloader.status();
        let served = status
            .restaurants
            .iter()
            .map(|row| (row.file.clone(), row.status.as_str()));
        let rejected = status
            .rejected
            .iter()
            .map(|row| (row.file.clone(), row.status.as_str()));
        let mut all: Vec<_> = served.chain(rejected).collect();
        all.sort();
        all
    }
}

fn menu(id: &str, number: u32, price: &str) -> String {
    format!(
        "id: {id}\nname: {id}\nphone_number: \"+1555555{number:04}\"\nmenu: [{{id: a, name: Soup, price: {price}}}]\n"
    )
}

fn outcomes(report: &ReloadReport) -> Vec<(&str, FileOutcome)> {
    report
        .files
        .iter()
        .map(|event| (event.file.as_str(), event.outcome))
        .collect()
}

#[test]
fn a_dropped_file_is_served_and_an_edit_changes_it() {
    let house = House::new();
    assert!(!house.scan().published);
    house.write("a.yaml", "a", 1, "1.00");
    let report = house.scan();
    assert!(report.published);
    assert_eq!(
        (report.generation, outcomes(&report)),
        (1, vec![("a.yaml", FileOutcome::Accepted)])
    );
    assert_eq!(house.price(1), Some(100));
    house.write("a.yaml", "a", 1, "2.00");
    assert_eq!((house.scan().generation, house.price(1)), (2, Some(200)));
    assert_eq!(house.statuses(), vec![("a.yaml".to_owned(), "active")]);
}

#[test]
fn a_bad_file_keeps_the_last_good_menu() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.write("b.yaml", "b", 2, "1.00");
    house.scan();
    house.break_it("a.yaml");
    house.write("b.yaml", "b", 2, "3.00");
    house.break_it("c.yaml");
    let report = house.scan();
    assert_eq!(
        outcomes(&report),
        vec![
            ("a.yaml", FileOutcome::Rejected),
            ("b.yaml", FileOutcome::Accepted),
            ("c.yaml", FileOutcome::Rejected)
        ]
    );
    assert_eq!((house.price(1), house.price(2)), (Some(100), Some(300)));
    let names = [
        ("a.yaml", "stale"),
        ("b.yaml", "active"),
        ("c.yaml", "rejected"),
    ];
    assert_eq!(
        house.statuses(),
        names.map(|(file, status)| (file.to_owned(), status))
    );
    assert!(!house.reloader.status().restaurants[0].problems.is_empty());
    house.write("a.yaml", "a", 1, "4.00");
    assert!(house.scan().published);
    assert_eq!(house.price(1), Some(400));
}

#[test]
fn a_touch_or_a_comment_publishes_nothing() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    let first = house.scan();
    let before = house.live.load();
    house.write("a.yaml", "a", 1, "1.00");
    let touched = house.scan();
    assert!(!touched.published && touched.files.is_empty());
    assert!(Arc::ptr_eq(&before, &house.live.load()));
    std::fs::write(
        house.folder.path().join("a.yaml"),
        format!("# hello\n{}", menu("a", 1, "1.0")),
    )
    .unwrap();
    let commented = house.scan();
    assert!(!commented.published);
    assert_eq!(commented.generation, first.generation);
    let row = house.reloader.status().restaurants[0].clone();
    let bytes = std::fs::read(house.folder.path().join("a.yaml")).unwrap();
    assert_eq!(
        row.digest,
        crate::restaurant::Digest::of(&bytes),
        "the digest follows the bytes"
    );
    let served = house.live.load();
    assert!(Arc::ptr_eq(
        &before.restaurants().next().unwrap().restaurant,
        &served.restaurants().next().unwrap().restaurant
    ));
}

#[test]
fn r02_every_ten_minutes_all_files_are_read_whatever_their_stamps_say() {
    let mut house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.scan();
    // Other bytes under a stamp that is taken to be known.
    house.write("a.yaml", "a", 1, "2.00");
    let stamp = folder::list(house.folder.path()).unwrap().files["a.yaml"];
    house
        .reloader
        .state
        .lock()
        .unwrap()
        .files
        .get_mut("a.yaml")
        .unwrap()
        .stamp = Some(stamp);
    house.now += Duration::from_secs(599);
    house.scan();
    assert_eq!(house.price(1), Some(100));
    house.now += Duration::from_secs(1);
    assert!(house.scan().published);
    assert_eq!(house.price(1), Some(200));
}

#[test]
fn a_deletion_is_concluded_only_by_a_second_scan() {
    let mut house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.write("b.yaml", "b", 2, "1.00");
    house.scan();
    house.remove("a.yaml");
    let first = house.scan();
    assert!(first.look_again() && !first.published);
    assert_eq!(outcomes(&first), vec![("a.yaml", FileOutcome::Missing)]);
    house.now += Duration::from_millis(1999);
    assert!(house.scan().look_again());
    assert_eq!(house.price(1), Some(100), "still answered");
    house.now += Duration::from_millis(1);
    let last = house.scan();
    assert_eq!(outcomes(&last), vec![("a.yaml", FileOutcome::Removed)]);
    assert!(last.published && !last.look_again());
    assert_eq!(house.price(1), None);
}

/// Ten restaurants, `a` to `j`.
fn ten() -> House {
    let house = House::new();
    for (n, id) in ('a'..='j').enumerate() {
        house.write(&format!("{id}.yaml"), &id.to_string(), n as u32, "1.00");
    }
    house.scan();
    house
}

/// Removes these and looks twice, two seconds apart.
fn remove(house: &mut House, ids: &str) -> Arc<ReloadReport> {
    for id in ids.chars() {
        house.remove(&format!("{id}.yaml"));
    }
    house.scan();
    house.now += Duration::from_secs(2);
    house.scan()
}

#[test]
fn removing_everything_is_held_until_it_is_confirmed() {
    let mut house = ten();
    let report = remove(&mut house, "abcdefghij");
    assert!(!report.published && !report.look_again());
    assert_eq!(report.held, 10);
    assert!(
        outcomes(&report)
            .iter()
            .all(|(_, o)| *o == FileOutcome::Held)
    );
    assert!(
        (0..10).all(|n| house.price(n) == Some(100)),
        "still answered"
    );
    assert!(house.statuses().iter().all(|(_, status)| *status == "held"));
    house.now += Duration::from_secs(60);
    assert!(house.scan().files.is_empty(), "held is held");

    let unknown = house.reloader.confirm(Some(&["a".into(), "zz".into()]));
    assert_eq!(unknown.unwrap_err(), NotHeld(vec!["zz".into()]));
    assert_eq!(house.price(0), Some(100), "then none goes");
    let one = house.reloader.confirm(Some(&["a".into()])).unwrap();
    assert_eq!(outcomes(&one), vec![("a.yaml", FileOutcome::Removed)]);
    assert_eq!((house.price(0), house.price(1)), (None, Some(100)));
    let all = house.reloader.confirm(None).unwrap();
    assert_eq!((all.held, house.price(1)), (0, None));
    assert!(house.statuses().is_empty());
}

#[test]
fn more_than_a_quarter_is_held_while_changes_publish() {
    let mut house = ten();
    house.write("k.yaml", "k", 10, "1.00");
    house.write("j.yaml", "j", 9, "7.00");
    let report = remove(&mut house, "abc");
    assert_eq!(report.held, 3);
    assert_eq!(
        (house.price(0), house.price(9), house.price(10)),
        (Some(100), Some(700), Some(100))
    );
    let few = remove(&mut house, "de");
    assert_eq!(few.held, 3, "a fifth goes without asking");
    assert_eq!((house.price(3), house.price(4)), (None, None));
}

#[test]
fn held_files_that_return_are_as_they_were() {
    let mut house = ten();
    remove(&mut house, "abcdefghij");
    house.write("a.yaml", "a", 0, "1.00");
    house.write("b.yaml", "b", 1, "2.00");
    let report = house.scan();
    assert_eq!(report.held, 8);
    assert!(
        outcomes(&report).contains(&("a.yaml", FileOutcome::Restated)),
        "{report:?}"
    );
    assert!(
        outcomes(&report).contains(&("b.yaml", FileOutcome::Accepted)),
        "{report:?}"
    );
    assert_eq!((house.price(0), house.price(1)), (Some(100), Some(200)));
    assert_eq!(house.statuses()[0].1, "active");
    // Back under another name: a move.
    house.write("new-c.yaml", "c", 2, "3.00");
    assert_eq!((house.scan().held, house.price(2)), (7, Some(300)));
}

#[test]
fn retiring_everything_needs_no_confirmation() {
    let mut house = ten();
    for (n, id) in ('a'..='j').enumerate() {
        let retired = menu(&id.to_string(), n as u32, "1.00") + "enabled: false\n";
        std::fs::write(house.folder.path().join(format!("{id}.yaml")), retired).unwrap();
    }
    house.now += Duration::from_secs(2);
    assert_eq!(house.scan().held, 0);
    assert!(
        house
            .statuses()
            .iter()
            .all(|(_, status)| *status == "disabled")
    );
}

#[test]
fn a_file_that_comes_back_in_time_was_never_gone() {
    let mut house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.scan();
    house.remove("a.yaml");
    house.scan();
    house.now += Duration::from_secs(1);
    house.write("a.yaml", "a", 1, "2.00");
    let back = house.scan();
    assert_eq!((house.price(1), back.look_again()), (Some(200), false));
    house.now += Duration::from_secs(5);
    assert!(house.scan().files.is_empty());
}

#[test]
fn a_renamed_file_moves_without_a_gap() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.scan();
    std::fs::rename(
        house.folder.path().join("a.yaml"),
        house.folder.path().join("b.yaml"),
    )
    .unwrap();
    let report = house.scan();
    assert_eq!(report.diff.moved.len(), 1);
    assert!(report.diff.removed.is_empty() && !report.look_again());
    assert_eq!(house.price(1), Some(100));
    assert_eq!(house.statuses(), vec![("b.yaml".to_owned(), "active")]);
}

#[test]
fn the_incumbent_keeps_its_number_until_it_leaves() {
    let mut house = House::new();
    house.write("z.yaml", "z", 1, "1.00");
    house.scan();
    house.write("a.yaml", "a", 1, "9.00");
    let report = house.scan();
    assert!(!report.published);
    assert_eq!(report.files[0].status, Some(FileStatus::Conflict));
    let problem = report.files[0]
        .problems
        .iter()
        .find(|p| p.code == Code::NumberConflict)
        .unwrap();
    assert_eq!(problem.line, 3);
    assert!(problem.message.contains("z.yaml:3"), "{}", problem.message);
    assert_eq!(house.price(1), Some(100));
    house.remove("z.yaml");
    house.scan();
    house.now += Duration::from_secs(2);
    let report = house.scan();
    assert!(outcomes(&report).contains(&("a.yaml", FileOutcome::Restated)));
    assert_eq!(house.price(1), Some(900));
}

#[test]
fn a_lost_folder_deletes_nothing() {
    let mut house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.scan();
    let aside = house.folder.path().with_extension("aside");
    std::fs::rename(house.folder.path(), &aside).unwrap();
    for _ in 0..3 {
        house.now += Duration::from_secs(10);
        let report = house.scan();
        assert!(report.source_lost.is_some() && !report.published);
    }
    assert_eq!(house.price(1), Some(100));
    std::fs::rename(&aside, house.folder.path()).unwrap();
    let found = house.scan();
    assert!(found.source_lost.is_none() && found.source_changed && found.files.is_empty());
}

#[test]
fn names_that_clash_are_refused_until_one_is_gone() {
    let mut house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.scan();
    house.write("a.yml", "b", 2, "2.00");
    house.scan();
    assert_eq!((house.price(1), house.price(2)), (Some(100), None));
    let names = [("a.yaml", "stale"), ("a.yml", "rejected")];
    assert_eq!(
        house.statuses(),
        names.map(|(file, status)| (file.to_owned(), status))
    );
    assert!(house.scan().files.is_empty(), "told once");
    house.remove("a.yml");
    house.scan();
    house.now += Duration::from_secs(2);
    house.scan();
    assert_eq!(house.statuses(), vec![("a.yaml".to_owned(), "active")]);
}

#[test]
fn a_disabled_restaurant_keeps_its_number() {
    let house = House::new();
    let text = format!("enabled: false\n{}", menu("a", 1, "1.00"));
    std::fs::write(house.folder.path().join("a.yaml"), text).unwrap();
    house.scan();
    assert_eq!(house.statuses(), vec![("a.yaml".to_owned(), "disabled")]);
    assert_eq!(house.price(1), Some(100));
}

#[test]
fn a_table_row_reads_as_the_contract_says() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.break_it("b.yaml");
    house.scan();
    let json = serde_json::to_value(&*house.reloader.status()).unwrap();
    let keys = |value: &serde_json::Value| {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(keys(&json), "digest generation rejected restaurants");
    assert_eq!(
        keys(&json["restaurants"][0]),
        "digest file id name phone_numbers problems since status"
    );
    assert_eq!(keys(&json["rejected"][0]), "file id problems status");
    assert_eq!(
        keys(&json["rejected"][0]["problems"][0]),
        "code column help line message pointer severity"
    );
    assert_eq!(json["restaurants"][0]["phone_numbers"][0], "+15555550001");
}

/// Waits for the report that `wanted` is looking for; every event and every tick sends one.
async fn until(
    reports: &mut broadcast::Receiver<Arc<ReloadReport>>,
    wanted: impl Fn(&ReloadReport) -> bool,
) -> Arc<ReloadReport> {
    let found = async {
        loop {
            let report = reports.recv().await.expect("the keeper lives");
            if wanted(&report) {
                return report;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), found)
        .await
        .expect("a report in time")
}

fn watched(folder: &Path) -> (Arc<Reloader>, Arc<LiveTable>) {
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let mut settings = ReloadSettings::new(folder, WatchMode::Auto);
    // Far away, so that what is seen is seen by events.
    settings.poll = Duration::from_secs(3600);
    settings.deletion = Duration::from_millis(300);
    settings.incomplete = Duration::from_millis(300);
    (
        Reloader::new(settings, Arc::clone(&live), Capabilities::embedded()),
        live,
    )
}

#[tokio::test]
async fn events_alone_serve_edits_renames_links_and_deletions() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (reloader, live) = watched(folder.path());
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    until(&mut reports, |r| r.trigger == Trigger::Start).await;

    std::fs::write(path("a.yaml"), menu("a", 1, "1.00")).unwrap();
    let written = until(&mut reports, |r| r.published).await;
    assert_eq!(written.trigger, Trigger::Event);

    // As editors save: a temporary file renamed over the old one.
    std::fs::write(path(".a.yaml.tmp"), menu("a", 1, "2.00")).unwrap();
    std::fs::rename(path(".a.yaml.tmp"), path("a.yaml")).unwrap();
    until(&mut reports, |r| r.published).await;
    assert_eq!(
        live.load()
            .restaurants()
            .next()
            .unwrap()
            .restaurant
            .menu
            .items[0]
            .price
            .minor(),
        200
    );

    std::fs::create_dir_all(path("..data")).unwrap();
    std::fs::write(path("..data/b.yaml"), menu("b", 2, "1.00")).unwrap();
    std::os::unix::fs::symlink("..data/b.yaml", path("b.yaml")).unwrap();
    until(&mut reports, |r| r.published && r.diff.added.len() == 1).await;

    std::fs::write(path("a.yaml"), "id: [").unwrap();
    let busy = until(&mut reports, |r| !r.files.is_empty()).await;
    assert_eq!(busy.files[0].status, Some(FileStatus::Busy), "cut off?");
    let rejected = until(&mut reports, |r| !r.files.is_empty()).await;
    assert_eq!(rejected.files[0].status, Some(FileStatus::Stale));

    std::fs::remove_file(path("a.yaml")).unwrap();
    let removed = until(&mut reports, |r| r.published).await;
    assert_eq!(removed.diff.removed.len(), 1);
    watch.stop().await;
}

#[tokio::test]
async fn a_burst_of_files_is_one_generation() {
    let folder = tempfile::tempdir().unwrap();
    let (reloader, live) = watched(folder.path());
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    until(&mut reports, |r| r.trigger == Trigger::Start).await;
    for n in 0..200 {
        std::fs::write(
            folder.path().join(format!("r{n}.yaml")),
            menu(&format!("r{n}"), n, "1.00"),
        )
        .unwrap();
    }
    let report = until(&mut reports, |r| r.published).await;
    assert_eq!((report.listed, report.diff.added.len()), (200, 200));
    assert_eq!(live.load().generation(), 1);
    watch.stop().await;
}

#[tokio::test]
async fn a_folder_that_appears_later_is_found() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("restaurants.d");
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let mut settings = ReloadSettings::new(&folder, WatchMode::Auto);
    settings.poll_unhealthy = Duration::from_millis(20);
    let reloader = Reloader::new(settings, Arc::clone(&live), Capabilities::embedded());
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    let start = until(&mut reports, |r| r.trigger == Trigger::Start).await;
    assert!(start.source_lost.is_some());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.yaml"), menu("a", 1, "1.00")).unwrap();
    until(&mut reports, |r| r.published).await;
    watch.stop().await;
}

/// Our own reading of the folder must not look like a change of it, or we would wake ourselves for ever.
#[tokio::test]
async fn reading_the_folder_does_not_wake_the_watcher() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), menu("a", 1, "1.00")).unwrap();
    let (reloader, _live) = watched(folder.path());
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    until(&mut reports, |r| r.trigger == Trigger::Start).await;
    for _ in 0..20 {
        let reading = Arc::clone(&reloader);
        tokio::task::spawn_blocking(move || reading.scan_now(Trigger::Api))
            .await
            .unwrap();
    }
    std::fs::write(folder.path().join("b.yaml"), menu("b", 2, "1.00")).unwrap();
    let next = until(&mut reports, |r| r.trigger == Trigger::Event).await;
    assert_eq!(
        next.scan, 22,
        "one start, twenty requests, then the one event"
    );
    watch.stop().await;
}

/// A keeper that counts how often it lists the whole folder.
fn counting(folder: &Path) -> (Arc<Reloader>, Arc<std::sync::atomic::AtomicUsize>) {
    let (mut reloader, _live) = watched(folder);
    let lists = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = Arc::clone(&lists);
    Arc::get_mut(&mut reloader).unwrap().parts.list = Box::new(move |folder| {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        folder::list(folder)
    });
    (reloader, lists)
}

#[tokio::test]
async fn r05_an_event_about_one_file_looks_at_no_other_until_something_is_in_doubt() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("restaurants.d");
    std::fs::create_dir(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    for n in 1..9 {
        let name = format!("{n}.yaml");
        std::fs::write(path(&name), menu(&format!("r{n}"), n, "1.00")).unwrap();
    }
    let (reloader, lists) = counting(&folder);
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    until(&mut reports, |r| r.trigger == Trigger::Start).await;
    let lists = || lists.load(std::sync::atomic::Ordering::SeqCst);
    let begun = lists();
    for cents in 10..15 {
        // Written aside, in the folder or beside it, then renamed.
        let aside = [folder.as_path(), home.path()][cents % 2].join("aside.tmp");
        std::fs::write(&aside, menu("r3", 3, &format!("2.{cents}"))).unwrap();
        std::fs::rename(&aside, path("3.yaml")).unwrap();
        let report = until(&mut reports, |r| r.published).await;
        assert!(!report.listed_whole && report.listed == 8, "{report:?}");
        assert_eq!(report.diff.changed.len(), 1);
    }
    assert_eq!(lists(), begun);
    // A file that is gone is looked for once more, everywhere.
    std::fs::remove_file(path("4.yaml")).unwrap();
    let missed = until(&mut reports, |r| r.look_again()).await;
    assert_eq!(outcomes(&missed), [("4.yaml", FileOutcome::Missing)]);
    let gone = until(&mut reports, |r| r.published).await;
    assert!(gone.listed_whole, "{gone:?}");
    assert_eq!(lists(), begun + 1);
    watch.stop().await;
}

#[tokio::test]
async fn r18_a_folder_that_never_answers_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut reloader, _live) = watched(folder.path());
    let gate = Arc::new((Mutex::new(false), std::sync::Condvar::new()));
    let (entered, mut inside) = tokio::sync::mpsc::unbounded_channel();
    let held = Arc::clone(&gate);
    // As a network folder whose server went away: the call does not come back.
    Arc::get_mut(&mut reloader).unwrap().parts.list = Box::new(move |folder| {
        let _ = entered.send(());
        let mut open = held.0.lock().unwrap();
        while !*open {
            open = held.1.wait(open).unwrap();
        }
        folder::list(folder)
    });
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    inside.recv().await.expect("the watch looks");
    // Whoever asks is told nothing yet, and everybody else goes on: this runtime has one thread.
    let asked = reloader.aside(|reloader| reloader.scan_now(Trigger::Api));
    let soon = Duration::from_millis(100);
    assert!(tokio::time::timeout(soon, asked).await.is_err());
    assert_eq!(reloader.status().generation, 0);
    let mut beat = tokio::time::interval(Duration::from_millis(1));
    for _ in 0..100 {
        beat.tick().await;
    }
    // Nor is its end waited for.
    assert!(tokio::time::timeout(soon, watch.stop()).await.is_err());
    *gate.0.lock().unwrap() = true;
    gate.1.notify_all();
    until(&mut reports, |report| report.source_lost.is_none()).await;
}
