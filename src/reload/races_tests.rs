//! Somebody swaps what lies in the folder between our listing and our reading: nothing outside is ever read, and nobody waits.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::folder::{Listing, list};

const INSIDE: &str = "inside: true\n";
const OUTSIDE: &str = "outside: 0123456789abcdef\n";

/// A folder with `a.yaml` and, behind a link, `b.yaml`; and beside it a folder with the same names and a secret in each.
struct Place {
    root: tempfile::TempDir,
    folder: PathBuf,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().canonicalize().unwrap();
        let folder = base.join("restaurants.d");
        for home in [folder.clone(), folder.join("..data"), base.join("outside")] {
            std::fs::create_dir_all(home).unwrap();
        }
        for name in ["a.yaml", "b.yaml"] {
            std::fs::write(base.join("outside").join(name), OUTSIDE).unwrap();
        }
        std::fs::write(folder.join("..data/b.yaml"), INSIDE).unwrap();
        symlink("..data/b.yaml", folder.join("b.yaml")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(base.join("pipe"))
            .status();
        assert!(made.unwrap().success());
        let place = Self { root, folder };
        place.swap(Become::File);
        place
    }

    fn base(&self) -> &Path {
        self.folder.parent().unwrap()
    }

    /// Puts something else in the place of `a.yaml`, or of the folder that `b.yaml` leads to, in one step.
    fn swap(&self, to: Become) {
        let new = self.root.path().join("new");
        // To rename one name of a pipe to another of the same does nothing.
        let _ = std::fs::remove_file(&new);
        let (made, name) = match to {
            Become::File => (std::fs::write(&new, INSIDE), "a.yaml"),
            Become::LinkOut => (symlink("../outside/a.yaml", &new), "a.yaml"),
            Become::LinkIn => (symlink("..data/b.yaml", &new), "a.yaml"),
            Become::Pipe => (std::fs::hard_link(self.base().join("pipe"), &new), "a.yaml"),
            Become::Folder => (std::fs::create_dir(&new), "a.yaml"),
            Become::DataOut => (symlink("../outside", &new), "..data"),
            Become::DataIn => {
                let made = std::fs::create_dir(&new);
                (
                    made.and_then(|()| std::fs::write(new.join("b.yaml"), INSIDE)),
                    "..data",
                )
            }
        };
        made.unwrap();
        let at = self.folder.join(name);
        // A folder is replaced by nothing but a folder, so it goes first.
        if std::fs::rename(&new, &at).is_err() {
            if at.is_symlink() || !at.is_dir() {
                std::fs::remove_file(&at).unwrap();
            } else {
                std::fs::remove_dir_all(&at).unwrap();
            }
            std::fs::rename(&new, &at).unwrap();
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Become {
    File,
    LinkOut,
    LinkIn,
    Pipe,
    Folder,
    DataOut,
    DataIn,
}

const ALL: [Become; 7] = [
    Become::File,
    Become::LinkOut,
    Become::LinkIn,
    Become::Pipe,
    Become::Folder,
    Become::DataOut,
    Become::DataIn,
];

/// Reads every file the listing has, and how many could be.
fn read_all(listing: &Listing) -> u32 {
    let mut read = 0;
    for name in listing.files.keys() {
        if let Ok(bytes) = listing.read(name) {
            assert_eq!(String::from_utf8_lossy(&bytes), INSIDE, "{name}");
            read += 1;
        }
    }
    read
}

#[test]
fn r04_what_is_swapped_between_listing_and_reading_never_leads_out() {
    let place = Place::new();
    let mut read = 0;
    for listed_as in ALL {
        for becomes in ALL {
            place.swap(Become::DataIn);
            place.swap(listed_as);
            let Ok(listing) = list(&place.folder) else {
                continue;
            };
            place.swap(becomes);
            read += read_all(&listing);
        }
    }
    assert!(read > 20, "{read}");
}

#[test]
fn r04_two_thousand_rounds_of_swaps_by_another_thread_never_lead_out() {
    let place = Place::new();
    let (over, swaps) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for to in ALL.iter().cycle() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                place.swap(*to);
                swaps.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut read = 0;
        for _ in 0..2_000 {
            // Listing may meet a name that has just gone.
            if let Ok(listing) = list(&place.folder) {
                read += read_all(&listing);
            }
        }
        over.store(true, Ordering::Relaxed);
        assert!(read > 0);
    });
    assert!(swaps.into_inner() > 0);
}
