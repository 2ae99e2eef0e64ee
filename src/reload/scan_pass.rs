//! One scan's reading: stat diff, read what changed, parse in parallel, leave what somebody still writes.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::cores;
use super::disk_calls::DiskCalls;
use super::file_states::{FileState, FileStates};
use super::folder::{Listing, OpenFile, Stamp};
use super::incomplete;
use super::menu_cache::MenuCache;
use super::plain_file::is_moving;
use super::scan_delta::ScanDelta;
use super::settings::ReloadSettings;
use super::stable_read::{self, Bytes};
use super::writers::Writing;
use crate::config::{self, Capabilities, Code, Problem, Reading, Unlinted};
use crate::restaurant::Digest;

/// So many files are kept as they were written until they are linted.
pub(super) const FEW: usize = 64;

/// What reading one file came to.
enum Look {
    Read(Bytes, Box<Reading>, Option<Unlinted>),
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
    pub open: &'a OpenFile,
    pub disk_calls: &'a DiskCalls,
    /// What of it the store holds too: the digest of the version in force of the file of this name.
    pub kept: &'a (dyn Fn(&str) -> Option<&'a Digest> + Sync),
    /// Who writes the file of this name, as of now.
    pub writing: &'a (dyn Fn(&str) -> Writing + Sync),
    /// Read every file, whatever its stamp says?
    pub read_all: bool,
    /// The only files that can be other than they are known to be; `None`: any.
    pub only: Option<&'a BTreeSet<String>>,
    pub now: Instant,
    pub wall: Timestamp,
}

impl ScanPass<'_> {
    /// Reads what the listing has new or different.
    pub(super) fn read_changed(&self, files: &mut FileStates) -> ScanDelta {
        let mut delta = ScanDelta::default();
        let mut dirty: Vec<(&str, Option<Digest>)> = Vec::new();
        match self.only {
            Some(names) => {
                for name in names {
                    if let Some((name, stamp)) = self.listing.files.get_key_value(name) {
                        let file = files.get_mut(name);
                        dirty.extend(self.dirty(name, stamp, file, &mut delta));
                    }
                }
                debug_assert!(self.others_are_known(files), "a change that nobody noticed");
            }
            None => {
                // Both are sorted by name: one walk over the two.
                let mut known = files.iter_mut().peekable();
                for (name, stamp) in &self.listing.files {
                    while known.next_if(|(other, _)| *other < name).is_some() {}
                    let file = known.next_if(|(other, _)| *other == name);
                    let file = file.map(|(_, file)| file);
                    dirty.extend(self.dirty(name, stamp, file, &mut delta));
                }
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

    /// Is a file to be read, and what is known of its bytes?
    fn dirty<'n>(
        &self,
        name: &'n str,
        stamp: &Stamp,
        file: Option<&mut FileState>,
        delta: &mut ScanDelta,
    ) -> Option<(&'n str, Option<Digest>)> {
        if self.listing.clashes.contains_key(name) {
            return None;
        }
        let writing = (self.writing)(name);
        let (mut as_known, mut digest) = (false, None);
        if let Some(file) = file {
            note_writing(name, file, writing, delta);
            as_known = file.stamp == Some(*stamp);
            digest = file.digest.as_ref();
        }
        let read = writing != Writing::Open && (self.read_all || !as_known);
        read.then(|| (name, digest.cloned()))
    }

    /// Is every file that is not looked at as it is known to be? Tests ask; it takes a walk over all files.
    fn others_are_known(&self, files: &FileStates) -> bool {
        let passed = |name: &String| {
            self.only.is_some_and(|only| only.contains(name))
                || self.listing.clashes.contains_key(name)
        };
        let mut others = self.listing.files.iter().filter(|(name, _)| !passed(name));
        others.all(|(name, stamp)| files.get(name).is_some_and(|f| f.stamp == Some(*stamp)))
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
            Look::Read(taken, mut reading, unlinted) => {
                if !self.believe(file, &taken, &mut reading, delta) {
                    file.stamp = None;
                    if !was_waiting {
                        delta.busy.push(name);
                    }
                    return;
                }
                let bytes = Arc::new(taken.bytes);
                let (stamp, modified) = (taken.stamp, taken.modified);
                file.take(&name, stamp, modified, Arc::clone(&bytes), *reading);
                file.unlinted = unlinted.map(|unlinted| Box::new((unlinted, bytes)));
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
        let few = names.len() <= FEW;
        let looks = cores::map(names, |(name, known)| Some(self.look(name, known, few)));
        // `look` catches panics; a worker that died all the same leaves its files for the next scan.
        let looked =
            |((name, _), look): (&(&str, _), Option<Look>)| Some(((*name).to_owned(), look?));
        names.iter().zip(looks).filter_map(looked).collect()
    }

    fn look(&self, name: &str, known: &Option<Digest>, few: bool) -> Look {
        if let (None, Some(stamp), Some(digest)) =
            (known, self.listing.files.get(name), (self.kept)(name))
            && let Some(reading) = self.cache.unchanged(name, stamp, digest)
        {
            return Look::Unread(*stamp, Box::new(reading));
        }
        let read = || stable_read::read(|| (self.open)(self.listing, name));
        let taken = match self.disk_calls.during(read) {
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
        let reading =
            std::panic::catch_unwind(AssertUnwindSafe(|| match self.cache.reading(&digest) {
                Some(seen) => (seen, None),
                None => config::read_unlinted(&taken.bytes, self.capabilities),
            }));
        match reading {
            Ok((reading, unlinted)) => {
                // Ten thousand files as they were written are more than a server has room for.
                let unlinted = unlinted.map(|file| if few { file } else { file.without_file() });
                Look::Read(taken, Box::new(reading), unlinted)
            }
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
