//! The rules of the watched folder, scan by scan, with a clock that moves when it is told to.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::hint::Hint;
use super::*;
use crate::config::{Capabilities, Code};
use crate::restaurant::PhoneNumber;
use crate::routing::{FileStatus, LiveTable, RoutingTable};

struct House {
    root: tempfile::TempDir,
    live: Arc<LiveTable>,
    reloader: Arc<Reloader>,
    now: Instant,
}

fn menu(id: &str, number: u32, prices: &[&str]) -> String {
    let items: String = (1..)
        .zip(prices)
        .map(|(n, price)| format!("  - {{id: i{n}, name: Dish {n}, price: {price}}}\n"))
        .collect();
    format!("id: {id}\nname: {id}\nphone_number: \"+1212555{number:04}\"\nmenu:\n{items}")
}

impl House {
    /// With restaurants `a` to the last one, on numbers from 0, each with two dishes.
    fn of(last: char) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("restaurants.d");
        std::fs::create_dir(&folder).unwrap();
        let live = Arc::new(LiveTable::new(RoutingTable::empty()));
        let settings = ReloadSettings::new(folder, WatchMode::Off);
        let reloader = Reloader::new(settings, Arc::clone(&live), Capabilities::embedded());
        let house = Self {
            root,
            live,
            reloader,
            now: Instant::now(),
        };
        for (n, id) in ('a'..=last).enumerate() {
            let text = menu(&id.to_string(), n as u32, &["1.00", "2.00"]);
            house.write(&format!("{id}.yaml"), &text);
        }
        house.scan();
        house
    }

    fn path(&self, name: &str) -> PathBuf {
        let folder = self.root.path().canonicalize().unwrap();
        folder.join("restaurants.d").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).unwrap();
    }

    fn scan(&self) -> Arc<ReloadReport> {
        self.reloader
            .scan(Trigger::Api, self.now, Timestamp::UNIX_EPOCH)
    }

    fn later(&mut self, seconds: f64) -> Arc<ReloadReport> {
        self.now += Duration::from_secs_f64(seconds);
        self.scan()
    }

    /// The price of the first dish behind a number, in cents.
    fn price(&self, number: u32) -> Option<i64> {
        let number = PhoneNumber::parse(&format!("+1212555{number:04}")).unwrap();
        let served = self.live.load().owner(&number)?.clone();
        Some(served.restaurant.menu.items[0].price.minor())
    }

    fn status(&self, name: &str) -> Option<FileStatus> {
        let status = self.reloader.status();
        let served = status.restaurants.iter().map(|row| (&row.file, row.status));
        let rejected = status.rejected.iter().map(|row| (&row.file, row.status));
        let mut all = served.chain(rejected);
        all.find(|(file, _)| *file == name).map(|row| row.1)
    }

    fn codes(&self, name: &str) -> Vec<Code> {
        let status = self.reloader.status();
        let served = status.restaurants.iter().filter(|row| row.file == name);
        let served = served.flat_map(|row| &row.problems);
        let rejected = status.rejected.iter().filter(|row| row.file == name);
        let rejected = rejected.flat_map(|row| &row.problems);
        served.chain(rejected).map(|p| p.code).collect()
    }
}

#[test]
fn r04_a_link_out_of_the_folder_is_refused_and_the_last_good_menu_stays() {
    let mut house = House::of('b');
    let outside = house.root.path().join("outside.yaml");
    std::fs::write(&outside, menu("a", 0, &["9.00"])).unwrap();
    house.remove("a.yaml");
    std::os::unix::fs::symlink(&outside, house.path("a.yaml")).unwrap();
    house.scan();
    house.later(2.0);
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Stale));
    assert_eq!(
        (house.price(0), house.codes("a.yaml")),
        (Some(100), vec![Code::Read])
    );
    // A link to nothing is a file that is gone.
    house.remove("a.yaml");
    std::os::unix::fs::symlink("nothing.yaml", house.path("a.yaml")).unwrap();
    house.scan();
    house.later(2.0);
    assert_eq!((house.price(0), house.status("a.yaml")), (None, None));
}

#[test]
fn r04_a_folder_inside_is_told_of_once() {
    let mut house = House::of('a');
    std::fs::create_dir(house.path("old")).unwrap();
    let told = house.scan();
    assert_eq!(told.skipped[0].1.code, Code::WarnSubfolder);
    assert!(told.is_news());
    assert!(!house.later(30.0).is_news(), "told once");
    std::fs::remove_dir(house.path("old")).unwrap();
    house.later(30.0);
    std::fs::create_dir(house.path("old")).unwrap();
    assert!(house.later(30.0).is_news(), "it is a new one");
}

#[test]
fn r06_a_file_that_is_being_written_keeps_its_menu_while_others_publish() {
    let mut house = House::of('b');
    let writing = Hint::Writing(vec![house.path("a.yaml"), house.path("c.yaml")]);
    house.reloader.watching().note(&writing, house.now);
    house.write("a.yaml", "id: a\nname:\n");
    house.write("b.yaml", &menu("b", 1, &["5.00"]));
    house.write("c.yaml", "id: c\n");
    let report = house.later(1.0);
    assert_eq!((house.price(0), house.price(1)), (Some(100), Some(500)));
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Busy));
    assert_eq!(house.status("c.yaml"), None, "nothing is said of a new one");
    assert_eq!(report.files.len(), 2, "{:?}", report.files);
    house.write("a.yaml", &menu("a", 0, &["4.00"]));
    house.write("c.yaml", &menu("c", 2, &["3.00"]));
    let closed = Hint::Finished(vec![house.path("a.yaml"), house.path("c.yaml")]);
    house.reloader.watching().note(&closed, house.now);
    house.later(1.0);
    assert_eq!((house.price(0), house.price(2)), (Some(400), Some(300)));
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Active));
}

#[test]
fn r06_after_ten_seconds_a_file_is_read_with_a_warning_all_the_same() {
    let mut house = House::of('a');
    let path = vec![house.path("a.yaml")];
    house
        .reloader
        .watching()
        .note(&Hint::Writing(path.clone()), house.now);
    house.write("a.yaml", &menu("a", 0, &["4.00"]));
    house.later(9.9);
    assert_eq!(house.price(0), Some(100));
    let report = house.later(0.1);
    assert_eq!(
        (house.price(0), house.codes("a.yaml")),
        (Some(400), vec![Code::WarnOpen])
    );
    assert_eq!(report.files[0].problems[0].code, Code::WarnOpen);
    assert!(house.later(1.0).files.is_empty(), "told once");
    house
        .reloader
        .watching()
        .note(&Hint::Finished(path), house.now);
    house.later(1.0);
    assert_eq!(house.codes("a.yaml"), vec![]);
}

#[test]
fn r07_an_emptied_file_is_busy_for_two_seconds_then_stale_and_never_gone() {
    let mut house = House::of('b');
    for blank in ["", "# nothing\n"] {
        house.write("a.yaml", blank);
        let report = house.scan();
        assert_eq!(house.status("a.yaml"), Some(FileStatus::Busy));
        assert_eq!(report.look_again_in, Some(Duration::from_secs(2)));
        house.later(1.9);
        assert_eq!(house.status("a.yaml"), Some(FileStatus::Busy));
        house.later(0.1);
        assert_eq!(house.status("a.yaml"), Some(FileStatus::Stale), "{blank:?}");
        house.later(3600.0);
        assert_eq!(
            (house.price(0), house.codes("a.yaml")),
            (Some(100), vec![Code::Empty])
        );
        house.write("a.yaml", &menu("a", 0, &["1.00", "2.00"]));
        house.scan();
        assert_eq!(house.status("a.yaml"), Some(FileStatus::Active));
    }
}

#[test]
fn r07_an_emptied_file_that_is_filled_in_time_was_never_rejected() {
    let mut house = House::of('b');
    house.write("a.yaml", "");
    house.scan();
    house.write("a.yaml", &menu("a", 0, &["3.00"])[..60]);
    house.later(1.9);
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Busy));
    house.write("a.yaml", &menu("a", 0, &["3.00"]));
    let report = house.later(1.9);
    assert_eq!((house.price(0), report.look_again()), (Some(300), false));
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Active));
}

#[test]
fn r07_a_file_that_goes_back_to_what_it_was_is_as_it_was() {
    let mut house = House::of('b');
    house.write("a.yaml", "");
    house.scan();
    house.write("a.yaml", &menu("a", 0, &["1.00", "2.00"]));
    let report = house.later(1.0);
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Active));
    assert!(!report.published && !report.look_again());
}

#[test]
fn r08_a_file_that_lost_items_and_its_last_newline_is_served_after_two_seconds_with_a_warning() {
    let mut house = House::of('b');
    let cut = menu("a", 0, &["7.00"]);
    house.write("a.yaml", cut.trim_end());
    house.scan();
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Busy));
    house.later(1.0);
    assert_eq!(house.price(0), Some(100));
    let report = house.later(1.0);
    assert_eq!(
        (house.price(0), house.codes("a.yaml")),
        (Some(700), vec![Code::WarnCutOff])
    );
    assert!(report.published);
    house.later(600.0);
    assert_eq!(house.codes("a.yaml"), vec![Code::WarnCutOff]);
    house.write("a.yaml", &cut);
    house.scan();
    assert_eq!(house.codes("a.yaml"), vec![]);
}

#[test]
fn r14_a_file_renamed_and_broken_at_once_keeps_its_last_good_menu() {
    let mut house = House::of('b');
    house.remove("a.yaml");
    house.write("new.yaml", &menu("a", 0, &["cheap"]));
    let report = house.scan();
    assert_eq!(house.status("new.yaml"), Some(FileStatus::Stale));
    assert_eq!((house.price(0), house.status("a.yaml")), (Some(100), None));
    assert!(!report.look_again(), "a move needs no second look");
    house.later(60.0);
    assert_eq!(house.price(0), Some(100));
    house.write("new.yaml", &menu("a", 0, &["3.00"]));
    house.scan();
    assert_eq!(
        (house.price(0), house.status("new.yaml")),
        (Some(300), Some(FileStatus::Active))
    );
}

#[test]
fn r14_two_files_that_swap_names_change_nothing_for_callers() {
    let house = House::of('b');
    for (from, to) in [("a.yaml", "t"), ("b.yaml", "a.yaml"), ("t", "b.yaml")] {
        std::fs::rename(house.path(from), house.path(to)).unwrap();
    }
    house.scan();
    let owner = |n: u32| {
        let number = PhoneNumber::parse(&format!("+1212555{n:04}")).unwrap();
        let served = house.live.load().owner(&number).cloned().unwrap();
        (served.restaurant.id.to_string(), served.file.clone())
    };
    assert_eq!(owner(0), ("a".to_owned(), "b.yaml".to_owned()));
    assert_eq!(owner(1), ("b".to_owned(), "a.yaml".to_owned()));
}

#[test]
fn r17_a_sweep_that_takes_several_scans_is_held_as_a_whole() {
    let mut house = House::of('j');
    // A fifth is missed first, the rest while its second look is due.
    for id in ["a", "b"] {
        house.remove(&format!("{id}.yaml"));
    }
    house.scan();
    for id in ["c", "d", "e"] {
        house.remove(&format!("{id}.yaml"));
    }
    let report = house.later(2.0);
    assert_eq!((report.held, report.look_again()), (5, false));
    house.later(60.0);
    assert!((0..10).all(|number| house.price(number) == Some(100)));
    house.write("c.yaml", &menu("c", 2, &["1.00", "2.00"]));
    assert_eq!(house.scan().held, 4);
}

#[test]
fn r18_what_another_folder_lacks_is_not_deleted_by_the_first_looks_at_it() {
    let mut house = House::of('h');
    let (folder, aside) = (house.path(""), house.root.path().join("aside"));
    std::fs::rename(&folder, aside).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let report = house.later(30.0);
    assert!(
        report
            .source_lost
            .as_deref()
            .unwrap()
            .contains("another folder")
    );
    assert_eq!(
        report.look_again_in,
        Some(Duration::from_secs(1)),
        "reopened every second"
    );
    assert!(report.files.is_empty());
    // Reopened: R17 begins. All but one come back.
    for (n, id) in ('b'..='h').enumerate() {
        house.write(
            &format!("{id}.yaml"),
            &menu(&id.to_string(), n as u32 + 1, &["6.00"]),
        );
    }
    let report = house.later(1.0);
    assert!(report.source_lost.is_none() && report.source_changed);
    assert_eq!((house.price(0), house.price(1)), (Some(100), Some(600)));
    house.later(1.9);
    assert_eq!(house.price(0), Some(100));
    house.later(0.1);
    assert_eq!(house.price(0), None, "missed twice in the new folder");
}

#[test]
fn r18_an_empty_folder_in_the_place_of_the_old_one_holds_every_route() {
    let mut house = House::of('c');
    let (folder, aside) = (house.path(""), house.root.path().join("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::create_dir(&folder).unwrap();
    for seconds in [1.0, 1.0, 2.0, 60.0] {
        house.later(seconds);
        assert!((0..3).all(|number| house.price(number) == Some(100)));
    }
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Held));
    std::fs::remove_dir(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    house.later(1.0);
    house.later(1.0);
    assert_eq!(house.status("a.yaml"), Some(FileStatus::Active));
}

#[test]
fn r18_a_folder_swapped_under_its_name_is_served_at_once() {
    let mut house = House::of('c');
    let (folder, aside) = (house.path(""), house.root.path().join("aside"));
    std::fs::rename(&folder, aside).unwrap();
    std::fs::create_dir(&folder).unwrap();
    for (n, id) in ('a'..='c').enumerate() {
        // Under other names, too: a move, not a conflict.
        house.write(
            &format!("{id}-2.yaml"),
            &menu(&id.to_string(), n as u32, &["6.00"]),
        );
    }
    let report = house.later(1.0);
    assert!((0..3).all(|number| house.price(number) == Some(600)));
    assert_eq!(house.reloader.status().rejected.len(), 0, "{report:?}");
    assert_eq!(house.reloader.status().restaurants.len(), 3);
}
