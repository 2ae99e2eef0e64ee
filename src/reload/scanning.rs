//! One scan: list, stat diff, read what changed, parse in parallel, note what is missing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::folder::{self, Listing};
use super::known::{KnownFile, KnownFiles};
use super::mass_delete::Removal;
use crate::config::{self, Capabilities, Code, Problem, Reading};
use crate::restaurant::RestaurantId;

/// What reading one file came to.
enum Look {
    Read(folder::Bytes, Box<Reading>),
    /// It changed under our eyes: look again.
    Moving,
    Unreadable(String),
}

/// What a scan noticed.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    /// Files whose bytes (or readability) changed.
    pub changed: Vec<String>,
    /// Files missed for the first time.
    pub missing: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Files that are gone with too many others at once.
    pub held: Vec<String>,
    /// From the file that is gone to the one that has its restaurant now.
    pub moved: BTreeMap<String, String>,
    /// Files whose last good version came back from the store.
    pub restored: Vec<String>,
    /// Files somebody rolled back.
    pub pinned: Vec<String>,
    /// Files that are back after their removal was held.
    pub returned: Vec<String>,
    pub look_again: bool,
}

impl Noticed {
    /// Adds what an earlier scan noticed and could not publish.
    pub(super) fn after(mut self, earlier: Self) -> Self {
        let lists = [
            (&mut self.changed, earlier.changed),
            (&mut self.missing, earlier.missing),
            (&mut self.removed, earlier.removed),
            (&mut self.held, earlier.held),
            (&mut self.returned, earlier.returned),
            (&mut self.restored, earlier.restored),
            (&mut self.pinned, earlier.pinned),
        ];
        for (list, before) in lists {
            list.extend(before);
            list.sort();
            list.dedup();
        }
        self.moved.extend(earlier.moved);
        self
    }

    /// Is every file as it was?
    pub(super) fn is_nothing(&self) -> bool {
        [
            &self.changed,
            &self.missing,
            &self.removed,
            &self.held,
            &self.returned,
            &self.restored,
            &self.pinned,
        ]
        .into_iter()
        .all(Vec::is_empty)
    }
}

/// Reads what `listing` has new or different; [`conclude`] comes next.
pub(super) fn read_changed(
    known: &mut KnownFiles,
    listing: &Listing,
    folder: &Path,
    capabilities: &Capabilities,
    wall: Timestamp,
) -> Noticed {
    let mut noticed = Noticed::default();
    let dirty: Vec<&str> = listing
        .files
        .iter()
        .filter(|(name, _)| !listing.clashes.contains_key(*name))
        .filter(|(name, stamp)| known.get(*name).is_none_or(|k| k.stamp != Some(**stamp)))
        .map(|(name, _)| name.as_str())
        .collect();
    for (name, look) in look_at(&dirty, folder, capabilities) {
        if matches!(look, Look::Moving) {
            noticed.look_again = true;
            continue;
        }
        let before = known
            .get(&name)
            .map(|file| (file.digest.clone(), file.rejected));
        let file = known
            .entry(name.clone())
            .or_insert_with(|| KnownFile::new(wall));
        match look {
            Look::Read(taken, reading) => {
                file.take(&name, taken.stamp, taken.modified, taken.bytes, *reading);
            }
            Look::Unreadable(why) => {
                file.stamp = None;
                file.digest = None;
                file.refuse(Problem::new(Code::Read, "", why));
            }
            Look::Moving => {}
        }
        if before != Some((file.digest.clone(), file.rejected)) {
            noticed.changed.push(name);
        }
    }
    note_clashes(known, &listing.clashes, wall, &mut noticed);
    noticed
}

/// Names that clash are refused unread; the forgotten stamp has them read once the clash is over.
fn note_clashes(
    known: &mut KnownFiles,
    clashes: &BTreeMap<String, Problem>,
    wall: Timestamp,
    noticed: &mut Noticed,
) {
    for (name, problem) in clashes {
        let file = known
            .entry(name.clone())
            .or_insert_with(|| KnownFile::new(wall));
        if file.problems.first() != Some(problem) {
            noticed.changed.push(name.clone());
        }
        file.stamp = None;
        file.digest = None;
        file.refuse(problem.clone());
    }
}

/// Decides about files that `listing` misses.
pub(super) fn conclude(
    known: &mut KnownFiles,
    listing: &Listing,
    deletion: Duration,
    released: &HashSet<String>,
    now: Instant,
    noticed: &mut Noticed,
) {
    let mut gone = Vec::new();
    for (name, file) in known.iter_mut() {
        if listing.files.contains_key(name) {
            file.missing = None;
            if std::mem::take(&mut file.held) {
                noticed.returned.push(name.clone());
            }
            continue;
        }
        match file.missing {
            Some(_) if file.held => {}
            None => {
                file.missing = Some(now);
                noticed.missing.push(name.clone());
            }
            Some(since) if now.duration_since(since) >= deletion => gone.push(name.clone()),
            Some(_) => {}
        }
    }
    // The same id under a new name is a move, not a deletion: no need to wait.
    let homes = homes(known);
    let moved: BTreeMap<String, String> = known
        .iter()
        .filter(|(_, file)| file.missing.is_some())
        .filter_map(|(name, file)| {
            let id = &file.last_good.as_ref()?.served.restaurant.id;
            Some((name.clone(), homes.get(id)?.clone()))
        })
        .collect();
    gone.retain(|name| !moved.contains_key(name));
    if removal(known, &gone).is_suspicious() {
        for name in gone.drain(..) {
            if let Some(file) = known.get_mut(&name) {
                file.held = true;
                noticed.held.push(name);
            }
        }
    }
    gone.extend(moved.keys().cloned());
    noticed.moved = moved;
    let confirmed = |(name, file): (&String, &KnownFile)| {
        (file.held && released.contains(name)).then(|| name.clone())
    };
    gone.extend(known.iter().filter_map(confirmed));
    gone.sort();
    gone.dedup();
    for name in gone {
        known.remove(&name);
        noticed.missing.retain(|missing| *missing != name);
        noticed.removed.push(name);
    }
    noticed.look_again |= known
        .values()
        .any(|file| file.missing.is_some() && !file.held);
}

/// What would go with these files.
fn removal(known: &KnownFiles, gone: &[String]) -> Removal {
    let going: HashSet<&String> = gone.iter().collect();
    let answers = |file: &KnownFile| file.last_good.is_some() && file.status.is_served();
    let staying = |(name, file): &(&String, &KnownFile)| {
        file.last_good.is_some() && !file.held && !going.contains(name)
    };
    Removal {
        routes_gone: gone
            .iter()
            .filter(|name| known.get(*name).is_some_and(answers))
            .count(),
        routes: known.values().filter(|file| answers(file)).count(),
        staying: known.iter().filter(staying).count(),
    }
}

/// The files that are there and valid, by the restaurant they have.
fn homes(known: &KnownFiles) -> HashMap<RestaurantId, String> {
    known
        .iter()
        .filter(|(_, file)| file.missing.is_none() && !file.rejected)
        .filter_map(|(name, file)| {
            let id = file.last_good.as_ref()?.served.restaurant.id.clone();
            Some((id, name.clone()))
        })
        .collect()
}

/// Reads and parses on all cores; the order of the answer is that of the names.
fn look_at(names: &[&str], folder: &Path, capabilities: &Capabilities) -> Vec<(String, Look)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = names.len().div_ceil(cores).max(1);
    let look_all = |names: &[&str]| -> Vec<(String, Look)> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), look(&folder.join(name), capabilities)))
            .collect()
    };
    if names.len() < 2 {
        return look_all(names);
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = names
            .chunks(share)
            .map(|chunk| scope.spawn(|| look_all(chunk)))
            .collect();
        // `look` catches panics; a worker that died all the same leaves its files for the next scan.
        let join = |worker: std::thread::ScopedJoinHandle<'_, _>| worker.join().unwrap_or_default();
        workers.into_iter().flat_map(join).collect()
    })
}

fn look(path: &Path, capabilities: &Capabilities) -> Look {
    let taken = match folder::read(path) {
        Ok(Some(taken)) => taken,
        Ok(None) => return Look::Moving,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Look::Moving,
        Err(error) => return Look::Unreadable(format!("the file cannot be read: {error}")),
    };
    // A file that makes a parser panic is a rejected file, not the end of the watcher.
    let reading = std::panic::catch_unwind(|| config::read(&taken.bytes, capabilities));
    match reading {
        Ok(reading) => Look::Read(taken, Box::new(reading)),
        Err(_) => Look::Unreadable("reading it failed inside maitred".to_owned()),
    }
}
