//! One scan: list, stat diff, read what changed, parse in parallel, note what is missing.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::folder::{self, Listing, Stamp};
use super::known::{KnownFile, KnownFiles};
use crate::config::{self, Capabilities, Code, Problem, Reading};

/// What reading one file came to.
enum Look {
    Read(Option<Stamp>, Box<Reading>),
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
    pub look_again: bool,
}

impl Noticed {
    /// Is every file as it was?
    pub(super) fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.removed.is_empty()
    }
}

/// Brings `known` up to date with `listing`.
pub(super) fn bring_up_to_date(
    known: &mut KnownFiles,
    listing: &Listing,
    folder: &Path,
    capabilities: &Capabilities,
    deletion: Duration,
    (now, wall): (Instant, Timestamp),
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
            Look::Read(stamp, reading) => file.take(&name, stamp, *reading),
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
    note_missing(known, listing, deletion, now, &mut noticed);
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

fn note_missing(
    known: &mut KnownFiles,
    listing: &Listing,
    deletion: Duration,
    now: Instant,
    noticed: &mut Noticed,
) {
    let mut gone = Vec::new();
    for (name, file) in known.iter_mut() {
        if listing.files.contains_key(name) {
            file.missing = None;
            continue;
        }
        match file.missing {
            None => {
                file.missing = Some(now);
                noticed.missing.push(name.clone());
            }
            Some(since) if now.duration_since(since) >= deletion => gone.push(name.clone()),
            Some(_) => {}
        }
    }
    // The same id under a new name is a move, not a deletion: no need to wait.
    let moved: Vec<String> = known
        .iter()
        .filter(|(_, file)| file.missing.is_some() && lives_elsewhere(known, file))
        .map(|(name, _)| name.clone())
        .collect();
    gone.extend(moved);
    gone.sort();
    gone.dedup();
    for name in gone {
        known.remove(&name);
        noticed.missing.retain(|missing| *missing != name);
        noticed.removed.push(name);
    }
    noticed.look_again |= known.values().any(|file| file.missing.is_some());
}

fn lives_elsewhere(known: &KnownFiles, gone: &KnownFile) -> bool {
    let id = |file: &KnownFile| {
        let last = file.last_good.as_ref()?;
        Some(last.served.restaurant.id.clone())
    };
    id(gone).is_some_and(|wanted| {
        known.values().any(|file| {
            file.missing.is_none() && !file.rejected && id(file).as_ref() == Some(&wanted)
        })
    })
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
        Ok(reading) => Look::Read(taken.stamp, Box::new(reading)),
        Err(_) => Look::Unreadable("reading it failed inside maitred".to_owned()),
    }
}
