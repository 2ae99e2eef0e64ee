//! What is known of each file between scans: the bytes last seen and the last good version.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::folder::Stamp;
use super::waiting::Waiting;
use super::writers::Writing;
use crate::config::{Code, Place, Problem, Reading, Unlinted};
use crate::restaurant::Digest;
use crate::routing::{Candidate, FileStatus, Served};

/// A version of a file that was valid.
#[derive(Clone, Debug)]
pub(super) struct LastGood {
    pub served: Arc<Served>,
    /// When its bytes were written, or else when they were first accepted.
    pub written: Timestamp,
    pub number_places: Vec<Place>,
    /// The bytes, until the store has them.
    pub unkept: Option<Arc<Vec<u8>>>,
}

impl LastGood {
    /// The version these bytes are, if they are valid.
    pub(super) fn of(
        file: &str,
        written: Timestamp,
        bytes: Arc<Vec<u8>>,
        reading: Reading,
    ) -> Option<Self> {
        Some(Self {
            served: Arc::new(Served {
                restaurant: reading.restaurant?,
                digest: reading.digest,
                file: file.to_owned(),
            }),
            written,
            number_places: reading.number_places,
            unkept: Some(bytes),
        })
    }
}

/// One file of the folder, as last seen.
#[derive(Clone, Debug)]
pub(super) struct FileState {
    /// `None`: its bytes could not be taken; the next scan reads it again.
    pub stamp: Option<Stamp>,
    pub digest: Option<Digest>,
    /// When the bytes were last written.
    pub modified: Option<Timestamp>,
    /// The bytes on disk that an earlier version is served instead of.
    pub pinned_over: Option<Digest>,
    /// The id as written in the bytes on disk.
    pub id: Option<String>,
    /// Found in the bytes on disk; what the lint says about them may be still to come.
    pub problems: Vec<Problem>,
    /// The bytes on disk, until they are linted.
    pub unlinted: Option<Box<(Unlinted, Arc<Vec<u8>>)>>,
    /// Added by the last decision on owners.
    pub conflicts: Vec<Problem>,
    /// Are the bytes on disk refused?
    pub rejected: bool,
    pub last_good: Option<LastGood>,
    pub status: FileStatus,
    pub since: Timestamp,
    /// First missed at.
    pub missing: Option<Instant>,
    /// Its removal waits to be confirmed.
    pub held: bool,
    /// Does somebody write it?
    pub writing: Writing,
    /// Bytes on disk that may be half of what is coming.
    pub waiting: Option<Waiting>,
}

/// All files by name.
pub(super) type FileStates = BTreeMap<String, FileState>;

impl FileState {
    /// A file nobody has read yet.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            stamp: None,
            digest: None,
            modified: None,
            pinned_over: None,
            id: None,
            problems: Vec::new(),
            unlinted: None,
            conflicts: Vec::new(),
            rejected: true,
            last_good: None,
            status: FileStatus::Rejected,
            since: now,
            missing: None,
            held: false,
            writing: Writing::No,
            waiting: None,
        }
    }

    /// A file of an earlier run, before anybody looked for it.
    pub(super) fn returning(now: Timestamp) -> Self {
        Self {
            status: FileStatus::Active,
            rejected: false,
            ..Self::new(now)
        }
    }

    /// Takes in what its bytes turned out to be. The last good version stays when they are bad, and its `Arc` stays when
    /// they mean the same, so that a comment publishes nothing.
    ///
    /// A pinned file takes nothing until its bytes are others than those it was pinned over.
    pub(super) fn take(
        &mut self,
        file: &str,
        stamp: Option<Stamp>,
        modified: Option<Timestamp>,
        bytes: Arc<Vec<u8>>,
        reading: Reading,
    ) {
        self.unlinted = None;
        self.stamp = stamp;
        self.modified = modified;
        self.digest = Some(reading.digest.clone());
        self.id.clone_from(&reading.id);
        self.problems.clone_from(&reading.problems);
        self.rejected = reading.restaurant.is_none();
        if self.pinned_over.as_ref() == Some(&reading.digest) {
            return;
        }
        self.pinned_over = None;
        let written = modified.unwrap_or(self.since);
        if let Some(good) = LastGood::of(file, written, bytes, reading) {
            self.become_version(good);
        }
    }

    /// Takes in what the bytes with this stamp came to in an earlier run. The store has them.
    pub(super) fn take_unread(&mut self, file: &str, stamp: Stamp, reading: Reading) {
        self.take(file, Some(stamp), stamp.modified(), Arc::default(), reading);
        if let Some(last) = &mut self.last_good {
            last.unkept = None;
        }
    }

    /// Serves this version from now on.
    pub(super) fn become_version(&mut self, mut good: LastGood) {
        if let Some(last) = &self.last_good
            && last.served.restaurant == good.served.restaurant
        {
            good.served = Arc::new(Served {
                restaurant: Arc::clone(&last.served.restaurant),
                digest: good.served.digest.clone(),
                file: good.served.file.clone(),
            });
        }
        self.last_good = Some(good);
    }

    /// The digest of the version that is served.
    pub(super) fn served_digest(&self) -> Option<Digest> {
        Some(self.last_good.as_ref()?.served.digest.clone())
    }

    /// Are newer bytes on their way, so that nothing is said about those on disk?
    pub(super) fn is_busy(&self) -> bool {
        self.writing == Writing::Open || self.waiting.is_some()
    }

    /// May it be other than it was taken for, though nothing happens to it?
    pub(super) fn is_unsettled(&self) -> bool {
        self.stamp.is_none() || self.writing != Writing::No || self.waiting.is_some()
    }

    /// The last good version of a file that is gone follows its restaurant here.
    pub(super) fn adopt(&mut self, file: &str, last: &LastGood) {
        self.last_good = Some(LastGood {
            served: Arc::new(Served {
                restaurant: Arc::clone(&last.served.restaurant),
                digest: last.served.digest.clone(),
                file: file.to_owned(),
            }),
            written: last.written,
            number_places: last.number_places.clone(),
            unkept: last.unkept.clone(),
        });
    }

    /// Notes that the bytes on disk cannot be served, whatever they are.
    pub(super) fn refuse(&mut self, problem: Problem) {
        self.rejected = true;
        self.problems = vec![problem];
        self.unlinted = None;
    }

    /// What it claims in the next table.
    pub(super) fn candidate(&self) -> Option<Candidate> {
        self.last_good.as_ref().map(|last| Candidate {
            served: Arc::clone(&last.served),
            number_places: last.number_places.clone(),
        })
    }

    /// Its status, when its last good version owns `numbers` numbers.
    pub(super) fn status_with(&self, numbers: usize) -> FileStatus {
        match &self.last_good {
            None => FileStatus::Rejected,
            Some(_) if numbers == 0 => FileStatus::Conflict,
            Some(_) if self.held => FileStatus::Held,
            Some(_) if self.is_busy() => FileStatus::Busy,
            Some(_) if self.pinned_over.is_some() => FileStatus::Pinned,
            Some(_) if self.rejected => FileStatus::Stale,
            Some(last) if !last.served.restaurant.enabled => FileStatus::Disabled,
            Some(_) => FileStatus::Active,
        }
    }

    /// Everything to tell about it.
    pub(super) fn all_problems(&self) -> Vec<Problem> {
        let overdue = (self.writing == Writing::Overdue).then(|| {
            let message = "somebody has had the file open for writing for a long time; it is read as it stands";
            Problem::new(Code::WarnOpen, "", message)
                .with_help("close it, or write a new file and rename it over this one")
        });
        let found = self.problems.iter().chain(&self.conflicts).cloned();
        found.chain(overdue).collect()
    }
}
