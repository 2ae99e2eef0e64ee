//! The folders that the system watches for us: the one of the restaurants, the ones it and its real place are in (to see
//! it replaced), and the ones that links in it lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use notify::{RecursiveMode, Watcher as _};

use super::folder;
use super::hint::{Hint, begins_empty, hint};
use super::reloader::Reloader;

/// Of which names in a folder the events matter.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Names {
    All,
    Only(BTreeSet<OsString>),
}

/// What is watched in which folder, by real path.
type Wanted = BTreeMap<PathBuf, Names>;

/// The system's watches, renewed when a folder was replaced.
pub(super) struct WatchedDirs {
    reloader: Arc<Reloader>,
    wanted: Arc<Mutex<Wanted>>,
    /// Device and inode of every folder that is watched.
    on: BTreeMap<PathBuf, (u64, u64)>,
    /// Device and inode of the folder of restaurants when it was looked up last.
    root: Option<(u64, u64)>,
}

impl WatchedDirs {
    /// Nothing is watched yet. What happens is noted in `reloader`, and wakes its watch.
    pub(super) fn new(reloader: &Arc<Reloader>) -> Self {
        let wanted: Arc<Mutex<Wanted>> = Arc::default();
        let (keeper, filter) = (Arc::downgrade(reloader), Arc::clone(&wanted));
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let relevant = event
                .as_ref()
                .map_or(true, |event| event.need_rescan() || matters(&filter, event));
            let Some(hint) = relevant.then(|| hint(event, begins_empty)).flatten() else {
                return;
            };
            if let Some(reloader) = keeper.upgrade() {
                let now = Instant::now();
                reloader.watching().note(&hint, now);
                let doubted = doubted(&filter, &hint);
                // A file that is moved into the folder comes from somewhere that does not matter.
                let hint = hint.of_paths(|path| path_matters(&filter, path));
                reloader.watching().inbox().hint(hint, doubted, now);
            }
        });
        *reloader.watching().watcher() = watcher.ok();
        Self {
            reloader: Arc::clone(reloader),
            wanted,
            on: BTreeMap::new(),
            root: None,
        }
    }

    fn folder(&self) -> &Path {
        &self.reloader.settings().folder
    }

    /// Is the folder itself watched?
    pub(super) fn is_healthy(&self) -> bool {
        let root = self.folder().canonicalize();
        root.is_ok_and(|root| self.on.contains_key(&root))
    }

    /// Is the folder another one than at the last [`WatchedDirs::keep_up`]?
    pub(super) fn is_replaced(&self) -> bool {
        folder::identity(self.folder()) != self.root
    }

    /// Watches what is there now. Was anything not watched before?
    pub(super) fn keep_up(&mut self) -> bool {
        self.root = folder::identity(self.folder());
        let watching = self.reloader.watching();
        let wanted = wanted(self.folder(), &watching.link_homes());
        let mut watcher = watching.watcher();
        let Some(watcher) = watcher.as_mut() else {
            return false;
        };
        self.on.retain(|path, identity| {
            let stays = wanted.contains_key(path) && folder::identity(path) == Some(*identity);
            if !stays {
                watching.forget_below(path);
                // The system may have given it up before us.
                let _ = watcher.unwatch(path);
            }
            stays
        });
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = wanted.clone();
        let mut new = false;
        for path in wanted.into_keys() {
            if self.on.contains_key(&path) {
                continue;
            }
            let Some(identity) = folder::identity(&path) else {
                continue;
            };
            if watcher.watch(&path, RecursiveMode::NonRecursive).is_ok() {
                self.on.insert(path, identity);
                new = true;
            }
        }
        new
    }

    /// Something happened to these watched folders: the watch on them may be gone.
    pub(super) fn doubt(&mut self, folders: &BTreeSet<PathBuf>) {
        self.on.retain(|watched, _| !folders.contains(watched));
    }
}

impl Drop for WatchedDirs {
    fn drop(&mut self) {
        *self.reloader.watching().watcher() = None;
    }
}

fn matters(wanted: &Mutex<Wanted>, event: &notify::Event) -> bool {
    event.paths.iter().any(|path| path_matters(wanted, path))
}

fn path_matters(wanted: &Mutex<Wanted>, path: &Path) -> bool {
    let wanted = wanted.lock().unwrap_or_else(PoisonError::into_inner);
    let within = path.parent().and_then(|home| wanted.get(home));
    let named = match (within, path.file_name()) {
        (Some(Names::All), _) => true,
        (Some(Names::Only(names)), Some(name)) => names.contains(name),
        _ => false,
    };
    // A watched folder itself, unless all that matters there are some names.
    named || wanted.get(path) == Some(&Names::All)
}

/// The watched folders that are, or lie in, what was renamed or removed.
fn doubted(wanted: &Mutex<Wanted>, hint: &Hint) -> BTreeSet<PathBuf> {
    let Hint::Finished(paths) = hint else {
        return BTreeSet::new();
    };
    let wanted = wanted.lock().unwrap_or_else(PoisonError::into_inner);
    let hit = |watched: &&PathBuf| paths.iter().any(|path| watched.starts_with(path));
    wanted.keys().filter(hit).cloned().collect()
}

/// What to watch for `folder`, whose links lead to `link_homes`.
fn wanted(folder: &Path, link_homes: &BTreeSet<PathBuf>) -> Wanted {
    let mut wanted = Wanted::new();
    let mut only = |path: &Path| {
        let home = path.parent().and_then(|home| home.canonicalize().ok());
        if let (Some(home), Some(name)) = (home, path.file_name())
            && let Names::Only(names) = wanted
                .entry(home)
                .or_insert_with(|| Names::Only(BTreeSet::new()))
        {
            names.insert(name.to_owned());
        }
    };
    if let Ok(named) = std::path::absolute(folder) {
        only(&named);
    }
    if let Ok(root) = folder.canonicalize() {
        only(&root);
        wanted.insert(root, Names::All);
    }
    wanted.extend(link_homes.iter().map(|home| (home.clone(), Names::All)));
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r02_the_folder_its_parents_and_the_homes_of_link_targets_are_watched() {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().canonicalize().unwrap();
        std::fs::create_dir_all(base.join("versions/v1/..data")).unwrap();
        let folder = base.join("restaurants.d");
        std::os::unix::fs::symlink("versions/v1", &folder).unwrap();
        let data = base.join("versions/v1/..data");
        let found = wanted(&folder, &[data.clone()].into());
        let only = |name: &str| Names::Only([OsString::from(name)].into());
        let expected: Wanted = [
            (base.clone(), only("restaurants.d")),
            (base.join("versions"), only("v1")),
            (base.join("versions/v1"), Names::All),
            (data, Names::All),
        ]
        .into();
        assert_eq!(found, expected);
        assert_eq!(
            wanted(&base.join("not/there"), &BTreeSet::new()),
            Wanted::new()
        );
    }

    #[test]
    fn r02_a_folder_that_was_renamed_or_removed_is_watched_anew() {
        let wanted = Mutex::new(Wanted::from([
            ("/srv".into(), Names::All),
            ("/srv/r".into(), Names::All),
            ("/srv/r/..data".into(), Names::All),
        ]));
        let doubted = |hint: Hint| doubted(&wanted, &hint).len();
        let paths = |path: &str| vec![PathBuf::from(path)];
        assert_eq!(doubted(Hint::Finished(paths("/srv/r"))), 2);
        assert_eq!(doubted(Hint::Finished(paths("/srv/r/a.yaml"))), 0);
        assert_eq!(doubted(Hint::Writing(paths("/srv/r"))), 0);
    }

    #[test]
    fn r02_what_happens_beside_the_folder_does_not_matter() {
        let only = Names::Only(["restaurants.d".into()].into());
        let wanted = Mutex::new(Wanted::from([
            ("/srv".into(), only),
            ("/srv/restaurants.d".into(), Names::All),
        ]));
        let matters = |path: &str| {
            let event = notify::Event::new(notify::EventKind::Any).add_path(path.into());
            matters(&wanted, &event)
        };
        assert!(matters("/srv/restaurants.d") && matters("/srv/restaurants.d/a.yaml"));
        assert!(!matters("/srv/maitred.log") && !matters("/srv") && !matters("/etc/passwd"));
    }
}
