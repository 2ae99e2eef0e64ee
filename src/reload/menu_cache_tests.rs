//! A cache that is damaged, cut off, or of another program is never a wrong menu.

use std::time::{Duration, Instant};

use super::*;
use crate::config::read;
use crate::reload::{ReloadSettings, Reloader, Trigger, WatchMode};
use crate::routing::{LiveTable, RoutingTable};
use crate::store::{Store, default_url};
use proptest::prelude::*;

/// What a folder with so many files came to, each written and stamped.
fn rows(folder: &Path, count: usize) -> Vec<Row> {
    let row = |n: usize| {
        let name = format!("{n}.yaml");
        let text = format!(
            "id: r{n}\nname: R\nphone_number: \"+1212555{n:04}\"\nmenu: [{{id: tea, name: Tea, price: 2}}]\n"
        );
        std::fs::write(folder.join(&name), &text).unwrap();
        let stamp = Stamp::of(&std::fs::metadata(folder.join(&name)).unwrap());
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        (name, Some(stamp), reading)
    };
    (0..count).map(row).collect()
}

/// As they are after a scan that published them.
fn states(rows: &[Row]) -> FileStates {
    let states = rows.iter().map(|(name, stamp, reading)| {
        let mut file = FileState::new(jiff::Timestamp::UNIX_EPOCH);
        file.take(name, *stamp, None, Arc::default(), reading.clone());
        (name.clone(), file)
    });
    states.collect()
}

fn saved(folder: &Path, rows: &[Row]) -> PathBuf {
    let path = folder.join("menus.cache");
    let key = key(&Capabilities::embedded()).unwrap();
    save(&path, &[MAGIC, &key].concat(), rows).unwrap();
    path
}

fn open(path: &Path) -> MenuCache {
    MenuCache::open(Some(path), &Capabilities::embedded())
}

/// How many of the rows are found, by digest and by stamp. Whatever is found is what was written.
fn found(cache: &MenuCache, rows: &[Row]) -> (usize, usize) {
    let same = |found: &Reading, row: &Row| {
        assert_eq!(found.restaurant, row.2.restaurant);
        assert_eq!((&found.digest, &found.id), (&row.2.digest, &row.2.id));
        assert_eq!(found.problems, row.2.problems);
    };
    let (mut by_digest, mut by_stamp) = (0, 0);
    for row in rows {
        let (name, stamp, reading) = row;
        if let Some(found) = cache.reading(&reading.digest) {
            same(&found, row);
            by_digest += 1;
        }
        if let Some(found) = cache.unchanged(name, &stamp.unwrap(), &reading.digest) {
            same(&found, row);
            by_stamp += 1;
        }
    }
    (by_digest, by_stamp)
}

#[test]
fn what_was_written_is_found_by_its_digest_and_by_its_stamp() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows(folder.path(), 3);
    let cache = open(&saved(folder.path(), &rows));
    assert_eq!(found(&cache, &rows), (3, 3));
    let other = Digest::of(b"other");
    assert!(cache.reading(&other).is_none());
    let stamp = |row: usize| rows[row].1.unwrap();
    let digest = |row: usize| &rows[row].2.digest;
    let unchanged = |name, stamp, digest| cache.unchanged(name, &stamp, digest).is_some();
    assert!(unchanged("1.yaml", stamp(1), digest(1)));
    assert!(!unchanged("1.yaml", stamp(2), digest(1)), "another file");
    assert!(!unchanged("2.yaml", stamp(1), digest(1)), "another name");
    assert!(
        !unchanged("1.yaml", stamp(1), &other),
        "not what was served"
    );
}

#[test]
fn a_file_whose_stamp_told_nothing_is_found_by_its_bytes_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = rows(folder.path(), 1);
    let stamp = rows[0].1.take().unwrap();
    let cache = open(&saved(folder.path(), &rows));
    let digest = &rows[0].2.digest;
    assert!(cache.reading(digest).is_some());
    assert!(cache.unchanged("0.yaml", &stamp, digest).is_none());
}

#[test]
fn a_cache_of_another_program_or_one_that_was_cut_off_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows(folder.path(), 2);
    let path = saved(folder.path(), &rows);
    let good = std::fs::read(&path).unwrap();
    let found = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        found(&open(&path), &rows)
    };
    assert_eq!(found(&good), (2, 2));
    let mut other = good.clone();
    other[MAGIC.len()] ^= 1;
    assert_eq!(found(&other), (0, 0), "another program");
    assert_eq!(found(&good[..good.len() - 1]), (1, 1), "cut off");
    assert_eq!(found(b""), (0, 0));
}

proptest! {
    #[test]
    fn any_flipped_bit_is_noticed(at: prop::sample::Index, bit in 0..8_u32) {
        let folder = tempfile::tempdir().unwrap();
        let rows = rows(folder.path(), 3);
        let path = saved(folder.path(), &rows);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        std::fs::write(&path, &bytes).unwrap();
        let (by_digest, by_stamp) = found(&open(&path), &rows);
        // Nothing wrong is found, and what the bit stood in is not.
        prop_assert!(by_digest < 3 && by_stamp < 3);
    }
}

#[test]
fn an_entry_that_was_only_just_written_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows(folder.path(), 1);
    let mut cache = open(&folder.path().join("menus.cache"));
    cache.write(rows.clone());
    assert_eq!(cache.entries.len(), 1);
    assert_eq!(found(&cache, &rows), (0, 0));
}

#[test]
fn it_is_written_again_when_many_files_are_new_or_have_another_stamp() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = rows(folder.path(), 800);
    let cache = open(&saved(folder.path(), &all[..700]));
    let worth = |rows: &[Row]| cache.is_worth_writing(&states(rows));
    assert!(!worth(&all[..760]), "60 new of 760");
    assert!(worth(&all), "100 new of 800");
    let stamp = all[0].1;
    all.truncate(700);
    for row in &mut all[1..100] {
        row.1 = stamp;
    }
    assert!(worth(&all), "99 of 700 have another stamp");
}

/// A folder with one restaurant whose soup costs 2.00, written again for 3.00 by somebody who keeps its stamp: the cache
/// says of the new file what the old one was.
struct Deceived {
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    data: tempfile::TempDir,
    store: Store,
}

impl Deceived {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = runtime.block_on(Store::open(&default_url(data.path())));
        Self {
            store: store.unwrap(),
            runtime,
            folder,
            data,
        }
    }

    fn write(&self, price: u32) -> Row {
        let text = format!(
            "id: a\nname: A\nphone_number: \"+12125550101\"\nmenu: [{{id: soup, name: Soup, price: {price}}}]\n"
        );
        let path = self.folder.path().join("a.yaml");
        std::fs::write(&path, &text).unwrap();
        let stamp = Stamp::of(&std::fs::metadata(path).unwrap());
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        ("a.yaml".to_owned(), Some(stamp), reading)
    }

    fn deceive(&self, mut was: Row) {
        was.1 = self.write(3).1;
        saved(self.data.path(), &[was]);
    }

    /// Starts a server and scans so often, two seconds apart; the price it serves after each scan.
    fn prices(&self, scans: u32) -> Vec<i64> {
        let mut settings = ReloadSettings::new(self.folder.path(), WatchMode::Off);
        settings.cache = Some(self.data.path().join("menus.cache"));
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let reloader = Reloader::with_store(
            settings,
            Arc::clone(&live),
            Capabilities::embedded(),
            self.store.clone(),
            self.runtime.handle().clone(),
        );
        let begun = Instant::now();
        let price = |scan: u32| {
            let now = begun + Duration::from_secs(2) * scan;
            reloader.scan(Trigger::Poll, now, jiff::Timestamp::UNIX_EPOCH);
            let table = live.load();
            let served = table.restaurants().next().unwrap();
            served.restaurant.menu.items[0].price.minor()
        };
        (0..scans).map(price).collect()
    }
}

#[test]
fn a_start_takes_unchanged_files_unread_and_hashes_them_behind_the_first_table() {
    let house = Deceived::new();
    let was = house.write(2);
    assert_eq!(house.prices(1), [200]);
    house.deceive(was);
    assert_eq!(house.prices(2), [200, 300], "what differs is a change");
    assert_eq!(
        house.prices(1),
        [300],
        "the database names another version now"
    );
}

#[test]
fn what_the_database_does_not_name_as_in_force_is_read_at_once() {
    let house = Deceived::new();
    let was = house.write(2);
    house.deceive(was);
    assert_eq!(house.prices(1), [300]);
}
