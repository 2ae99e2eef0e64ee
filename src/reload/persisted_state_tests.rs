use super::*;
use crate::reload::{ReloadSettings, Reloader, RollbackError, Trigger, WatchMode};
use crate::routing::LiveTable;
use crate::store::default_url;
use std::time::{Duration, Instant};

/// A folder and a store that outlive the keepers.
struct House {
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    store: Store,
    database: std::path::PathBuf,
    _data: tempfile::TempDir,
}

/// One life of the server.
struct Run {
    live: Arc<LiveTable>,
    reloader: Arc<Reloader>,
    now: Instant,
}

impl House {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let data = tempfile::tempdir().unwrap();
        let store = runtime
            .block_on(Store::open(&default_url(data.path())))
            .unwrap();
        Self {
            runtime,
            folder: tempfile::tempdir().unwrap(),
            store,
            database: data.path().join("maitred.db"),
            _data: data,
        }
    }

    fn start(&self) -> Run {
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let reloader = Reloader::with_store(
            ReloadSettings::new(self.folder.path(), WatchMode::Off),
            Arc::clone(&live),
            Capabilities::embedded(),
            self.store.clone(),
            self.runtime.handle().clone(),
        );
        let now = Instant::now();
        Run {
            live,
            reloader,
            now,
        }
    }

    fn write(&self, file: &str, id: &str, number: u32, price: &str) -> Digest {
        let text = format!(
            "id: {id}\nname: {id}\nphone_number: \"+1555555{number:04}\"\nmenu: [{{id: a, name: Soup, price: {price}}}]\n"
        );
        std::fs::write(self.folder.path().join(file), &text).unwrap();
        Digest::of(text.as_bytes())
    }

    fn break_it(&self, file: &str) {
        std::fs::write(self.folder.path().join(file), "id: [\n").unwrap();
    }

    fn audit(&self) -> Vec<(String, String, String)> {
        let rows = self.runtime.block_on(self.store.folder_audit(100)).unwrap();
        rows.into_iter()
            .rev()
            .map(|row| (row.file, row.outcome, row.effect))
            .collect()
    }
}

impl Run {
    fn scan(&self) -> Arc<crate::reload::ReloadReport> {
        self.reloader
            .scan(Trigger::Api, self.now, Timestamp::UNIX_EPOCH)
    }

    /// Id of the owner and price of its soup.
    fn answers(&self, number: u32) -> Option<(String, i64)> {
        let number = PhoneNumber::parse(&format!("+1555555{number:04}")).unwrap();
        let served = self.live.load().owner(&number)?.clone();
        let price = served.restaurant.menu.items[0].price.minor();
        Some((served.restaurant.id.to_string(), price))
    }

    fn status(&self, file: &str) -> &'static str {
        let status = self.reloader.status();
        let served = status.restaurants.iter().map(|row| (&row.file, row.status));
        let rejected = status.rejected.iter().map(|row| (&row.file, row.status));
        let found = served.chain(rejected).find(|(name, _)| *name == file);
        found.map_or("absent", |(_, status)| status.as_str())
    }
}

fn soup(id: &str, price: i64) -> Option<(String, i64)> {
    Some((id.to_owned(), price))
}

#[test]
fn a_file_that_is_bad_at_the_start_is_served_as_it_was_last_good() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.write("b.yaml", "b", 2, "1.00");
    let first = house.start().scan().generation;
    house.break_it("a.yaml");
    let run = house.start();
    let report = run.scan();
    assert!(report.generation > first, "the generation only grows");
    assert_eq!(
        (run.answers(1), run.answers(2)),
        (soup("a", 100), soup("b", 100))
    );
    assert_eq!(
        (run.status("a.yaml"), run.status("b.yaml")),
        ("stale", "active")
    );
    house.write("a.yaml", "a", 1, "2.00");
    run.scan();
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 200), "active")
    );
}

#[test]
fn a_folder_that_is_missing_at_the_start_is_served_as_it_was() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.start().scan();
    let away = house.folder.path().with_extension("away");
    std::fs::rename(house.folder.path(), &away).unwrap();
    let run = house.start();
    let report = run.scan();
    assert!(report.source_lost.is_some());
    assert_eq!(run.answers(1), soup("a", 100));
    std::fs::rename(&away, house.folder.path()).unwrap();
    let report = run.scan();
    assert!(report.source_lost.is_none() && !report.published);
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 100), "active")
    );
}

#[test]
fn a_folder_that_is_empty_at_the_start_holds_every_route() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.write("b.yaml", "b", 2, "1.00");
    house.start().scan();
    for file in ["a.yaml", "b.yaml"] {
        std::fs::remove_file(house.folder.path().join(file)).unwrap();
    }
    let mut run = house.start();
    assert!(run.scan().look_again());
    run.now += Duration::from_secs(3);
    assert_eq!(run.scan().held, 2);
    assert_eq!(
        (run.answers(1), run.status("b.yaml")),
        (soup("a", 100), "held")
    );
    run.reloader.confirm(None).unwrap();
    assert_eq!(run.answers(1), None);
    assert_eq!(house.start().scan().listed, 0);
    let run = house.start();
    run.scan();
    assert_eq!(run.answers(1), None, "what was let go stays gone");
}

#[test]
fn one_file_deleted_while_the_server_was_down_goes_after_a_second_look() {
    let house = House::new();
    for n in 1..=5 {
        house.write(&format!("{n}.yaml"), &format!("r{n}"), n, "1.00");
    }
    house.start().scan();
    std::fs::remove_file(house.folder.path().join("5.yaml")).unwrap();
    let mut run = house.start();
    run.scan();
    assert_eq!(run.answers(5), soup("r5", 100));
    run.now += Duration::from_secs(3);
    run.scan();
    assert_eq!(run.answers(5), None);
}

#[test]
fn the_incumbent_of_the_last_run_keeps_its_number() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.start().scan();
    house.write("0.yaml", "challenger", 1, "9.00");
    let run = house.start();
    run.scan();
    assert_eq!(
        (run.answers(1), run.status("0.yaml")),
        (soup("a", 100), "conflict")
    );
    let again = house.start();
    again.scan();
    assert_eq!(again.answers(1), soup("a", 100));
}

#[test]
fn numbers_swapped_while_the_server_was_down_are_swapped() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.write("b.yaml", "b", 2, "1.00");
    house.start().scan();
    house.write("a.yaml", "a", 2, "1.00");
    house.write("b.yaml", "b", 1, "1.00");
    let run = house.start();
    run.scan();
    assert_eq!(
        (run.answers(1), run.answers(2)),
        (soup("b", 100), soup("a", 100))
    );
}

#[test]
fn a_rename_while_the_server_was_down_drops_no_route() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    house.start().scan();
    std::fs::rename(
        house.folder.path().join("a.yaml"),
        house.folder.path().join("b.yaml"),
    )
    .unwrap();
    let run = house.start();
    let report = run.scan();
    assert_eq!(report.files[0].moved_from.as_deref(), Some("a.yaml"));
    assert_eq!((report.files.len(), report.look_again()), (1, false));
    assert_eq!(
        (run.answers(1), run.status("b.yaml")),
        (soup("a", 100), "active")
    );
    house.break_it("b.yaml");
    let run = house.start();
    run.scan();
    assert_eq!(
        run.answers(1),
        soup("a", 100),
        "the last good version follows"
    );
}

#[test]
fn a_rollback_pins_an_earlier_version_until_the_bytes_change() {
    let house = House::new();
    let old = house.write("a.yaml", "a", 1, "1.00");
    let run = house.start();
    run.scan();
    let new = house.write("a.yaml", "a", 1, "2.00");
    run.scan();
    let report = run.reloader.rollback("a.yaml", &old).unwrap();
    assert!(report.published);
    assert_eq!(report.files[0].outcome.as_str(), "pinned");
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 100), "pinned")
    );
    run.scan();
    assert_eq!(run.answers(1), soup("a", 100));
    let run = house.start();
    run.scan();
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 100), "pinned")
    );
    run.reloader.rollback("a.yaml", &new).unwrap();
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 200), "active")
    );
    run.reloader.rollback("a.yaml", &old).unwrap();
    house.write("a.yaml", "a", 1, "3.00");
    run.scan();
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 300), "active")
    );
}

#[test]
fn what_was_never_good_cannot_be_rolled_back_to() {
    let house = House::new();
    let old = house.write("a.yaml", "a", 1, "1.00");
    let run = house.start();
    run.scan();
    let refused = run.reloader.rollback("a.yaml", &Digest::of(b"never"));
    assert!(matches!(refused, Err(RollbackError::UnknownVersion { .. })));
    let refused = run.reloader.rollback("b.yaml", &old);
    assert!(matches!(refused, Err(RollbackError::UnknownFile(_))));
    assert_eq!(
        (run.answers(1), run.status("a.yaml")),
        (soup("a", 100), "active")
    );
}

#[test]
fn twenty_versions_of_a_file_are_kept() {
    let house = House::new();
    let run = house.start();
    let versions: Vec<Digest> = (10..35)
        .map(|cents| {
            let digest = house.write("a.yaml", "a", 1, &format!("1.{cents}"));
            run.scan();
            digest
        })
        .collect();
    let kept = |digest: &&Digest| {
        let found = house.store.file_version("a.yaml", digest);
        house.runtime.block_on(found).unwrap().is_some()
    };
    assert_eq!(versions.iter().filter(kept).count(), 20);
    assert!(versions[5..].iter().all(|digest| kept(&digest)));
}

#[test]
fn what_the_store_refuses_is_not_published_and_tried_again() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    let run = house.start();
    let first = run.scan();
    // Another process holds the database: nothing can be written.
    let other = house.runtime.block_on(async {
        let url = format!("sqlite://{}", house.database.display());
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        sqlx::query("CREATE TRIGGER full BEFORE INSERT ON file_versions BEGIN SELECT RAISE(ABORT, 'disk full'); END")
            .execute(&pool)
            .await
            .unwrap();
        pool
    });
    house.write("a.yaml", "a", 1, "2.00");
    let report = run.scan();
    assert!(
        report
            .store_refused
            .as_deref()
            .unwrap()
            .contains("disk full")
    );
    assert_eq!((report.published, report.look_again()), (false, true));
    assert_eq!(
        (run.answers(1), report.generation),
        (soup("a", 100), first.generation)
    );
    house.runtime.block_on(async {
        sqlx::query("DROP TRIGGER full")
            .execute(&other)
            .await
            .unwrap();
        other.close().await;
    });
    let report = run.scan();
    assert_eq!(
        (report.published, report.generation),
        (true, first.generation + 1)
    );
    assert_eq!(run.answers(1), soup("a", 200));
}

#[test]
fn the_audit_tells_what_became_of_each_file() {
    let house = House::new();
    house.write("a.yaml", "a", 1, "1.00");
    let run = house.start();
    run.scan();
    house.write("a.yaml", "a", 1, "2.00");
    run.scan();
    house.break_it("a.yaml");
    run.scan();
    let rows = house.audit();
    let expected = [
        ("accepted", "added"),
        ("accepted", "changed"),
        ("rejected", ""),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(outcome, effect)| {
            (
                "a.yaml".to_owned(),
                (*outcome).to_owned(),
                (*effect).to_owned(),
            )
        })
        .collect();
    assert_eq!(rows, expected);
}
