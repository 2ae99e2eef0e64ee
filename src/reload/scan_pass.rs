//! One scan's reading: stat diff, read what changed, parse in parallel, leave what somebody still writes.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use jiff::Timestamp;

use super::file_states::{FileState, FileStates};
use super::folder::{Listing, Stamp};
use super::incomplete;
use super::menu_cache::MenuCache;
use super::plain_file::is_moving;
use super::scan_delta::ScanDelta;
use super::settings::ReloadSettings;
use super::stable_read::{self, Bytes};
use super::writers::Writing;
use crate::config::{self, Capabilities, Code, Problem, Reading};
use crate::restaurant::Digest;

/// What reading one file came to.
enum Look {
    Read(Bytes, Box<Reading>),
    /// The bytes are those known already; since when, as their stamp and their age tell.
    Same(Option<Stamp>, Option<Timestamp>),
    /// Its stamp is that of bytes which an earlier run read.
    Unread(Stamp, Box<Reading>),
    /// It changed under our eyes: look again.
    Moving,
    Unreadable(String),
}

/// How one scan looks at the folder.
pub(super) struct ScanPass<'a> {
    pub listing: &'a Listing,
    pub settings: &'a ReloadSettings,
    pub capabilities: &'a Capabilities,
    /// What the files of the last run came to; empty after the first scan.
    pub cache: &'a MenuCache,
    /// What of it the store holds too: the digest of the version in force of the file of this name.
    pub kept: &'a (dyn Fn(&str) -> Option<&'a Digest> + Sync),
    /// Who writes the file of this name, as of now.
    pub writing: &'a (dyn Fn(&str) -> Writing + Sync),
    /// Read every file, whatever its stamp says?
    pub read_all: bool,
    pub now: Instant,
    pub wall: Timestamp,
}

impl ScanPass<'_> {
    /// Reads what the listing has new or different.
    pub(super) fn read_changed(&self, files: &mut FileStates) -> ScanDelta {
        let mut delta = ScanDelta::default();
        let mut dirty: Vec<(&str, Option<Digest>)> = Vec::new();
        // Both are sorted by name: one walk over the two.
        let mut known = files.iter_mut().peekable();
        for (name, stamp) in &self.listing.files {
            while known.next_if(|(other, _)| *other < name).is_some() {}
            let file = known.next_if(|(other, _)| *other == name);
            if self.listing.clashes.contains_key(name) {
                continue;
            }
            let writing = (self.writing)(name);
            let (mut as_known, mut digest) = (false, None);
            if let Some((_, file)) = file {
                note_writing(name, file, writing, &mut delta);
                as_known = file.stamp == Some(*stamp);
                digest = file.digest.as_ref();
            }
            if writing != Writing::Open && (self.read_all || !as_known) {
                dirty.push((name, digest.cloned()));
            }
        }
        for (name, look) in self.look_at(&dirty) {
            // Opened since we began: what was read may be the first half.
            let opened = (self.writing)(&name) == Writing::Open;
            if opened || matches!(look, Look::Moving) {
                delta.look_again(self.settings.incomplete);
                continue;
            }
            self.take(files, name, look, &mut delta);
        }
        self.note_refused(files, &mut delta);
        delta
    }

    fn take(&self, files: &mut FileStates, name: String, look: Look, delta: &mut ScanDelta) {
        let before = files
            .get(&name)
            .map(|file| (file.digest.clone(), file.rejected));
        let file = files.entry(name.clone()).or_insert_with(|| {
            let mut file = FileState::new(self.wall);
            file.writing = (self.writing)(&name);
            file
        });
        let was_waiting = file.waiting.is_some();
        match look {
            Look::Read(taken, mut reading) => {
                if !self.believe(file, &taken, &mut reading, delta) {
                    file.stamp = None;
                    if !was_waiting {
                        delta.busy.push(name);
                    }
                    return;
                }
                file.take(&name, taken.stamp, taken.modified, taken.bytes, *reading);
            }
            Look::Unread(stamp, reading) => {
                file.take_unread(&name, stamp, *reading);
                delta.unread = true;
            }
            Look::Same(stamp, modified) => {
                file.waiting = None;
                (file.stamp, file.modified) = (stamp, modified);
            }
            Look::Unreadable(why) => {
                file.waiting = None;
                file.stamp = None;
                file.digest = None;
                file.refuse(Problem::new(Code::Read, "", why));
            }
            Look::Moving => {}
        }
        if before != Some((file.digest.clone(), file.rejected)) {
            delta.changed.push(name);
        } else if was_waiting {
            delta.busy.push(name);
        }
    }

    /// Are these bytes all there is? Those that look cut off get time to become whole.
    fn believe(
        &self,
        file: &mut FileState,
        taken: &Bytes,
        reading: &mut Reading,
        delta: &mut ScanDelta,
    ) -> bool {
        let Some((last, doubt)) = file.last_good.as_ref().and_then(|last| {
            let doubt = incomplete::doubt(&taken.bytes, reading, last)?;
            Some((last, doubt))
        }) else {
            file.waiting = None;
            return true;
        };
        let patience = self.settings.incomplete;
        let left = incomplete::wait(&mut file.waiting, &reading.digest, patience, self.now);
        if let Some(left) = left {
            delta.look_again(left);
            return false;
        }
        reading
            .problems
            .extend(incomplete::warning(doubt, reading, last));
        true
    }

    /// Files that cannot be taken are refused unread; the forgotten stamp has them read once that is over.
    fn note_refused(&self, files: &mut FileStates, delta: &mut ScanDelta) {
        for (name, problem) in self.listing.clashes.iter().chain(&self.listing.refused) {
            let file = files
                .entry(name.clone())
                .or_insert_with(|| FileState::new(self.wall));
            if file.problems.first() != Some(problem) {
                delta.changed.push(name.clone());
            }
            file.waiting = None;
            file.stamp = None;
            file.digest = None;
            file.refuse(problem.clone());
        }
    }

    /// Reads and parses on all cores; the order of the answer is that of the names.
    fn look_at(&self, names: &[(&str, Option<Digest>)]) -> Vec<(String, Look)> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = names.len().div_ceil(cores).max(1);
        let look_all = |names: &[(&str, Option<Digest>)]| -> Vec<(String, Look)> {
            let look = |(name, known): &(&str, Option<Digest>)| {
                ((*name).to_owned(), self.look(name, known))
            };
            names.iter().map(look).collect()
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
            let join =
                |worker: std::thread::ScopedJoinHandle<'_, _>| worker.join().unwrap_or_default();
            workers.into_iter().flat_map(join).collect()
        })
    }

    fn look(&self, name: &str, known: &Option<Digest>) -> Look {
        if let (None, Some(stamp), Some(digest)) =
            (known, self.listing.files.get(name), (self.kept)(name))
            && let Some(reading) = self.cache.unchanged(name, stamp, digest)
        {
            return Look::Unread(*stamp, Box::new(reading));
        }
        let taken = match stable_read::read(|| self.listing.open(name)) {
            Ok(Some(taken)) => taken,
            Ok(None) => return Look::Moving,
            Err(error) if is_moving(&error) => return Look::Moving,
            Err(error) => return Look::Unreadable(format!("the file cannot be read: {error}")),
        };
        let digest = Digest::of(&taken.bytes);
        if known.as_ref() == Some(&digest) {
            return Look::Same(taken.stamp, taken.modified);
        }
        // A file that makes a parser panic is a rejected file, not the end of the watcher.
        let reading = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let seen = self.cache.reading(&digest);
            seen.unwrap_or_else(|| config::read(&taken.bytes, self.capabilities))
        }));
        match reading {
            Ok(reading) => Look::Read(taken, Box::new(reading)),
            Err(_) => Look::Unreadable("reading it failed inside maitred".to_owned()),
        }
    }
}

/// Notes who writes a known file. Whoever takes too long is told of once.
fn note_writing(name: &str, file: &mut FileState, writing: Writing, delta: &mut ScanDelta) {
    if file.writing == writing {
        return;
    }
    file.writing = writing;
    match writing {
        Writing::Overdue => delta.changed.push(name.to_owned()),
        Writing::Open | Writing::No => delta.busy.push(name.to_owned()),
    }
}
