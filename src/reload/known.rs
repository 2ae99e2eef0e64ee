//! What is known of each file between scans: the bytes last seen and the last good version.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::folder::Stamp;
use crate::config::{Place, Problem, Reading};
use crate::restaurant::Digest;
use crate::routing::{Candidate, FileStatus, Served};

/// A version of a file that was valid.
#[derive(Clone, Debug)]
pub(super) struct LastGood {
    pub served: Arc<Served>,
    pub number_places: Vec<Place>,
}

/// One file of the folder, as last seen.
#[derive(Clone, Debug)]
pub(super) struct KnownFile {
    /// `None`: its bytes could not be taken; the next scan reads it again.
    pub stamp: Option<Stamp>,
    pub digest: Option<Digest>,
    /// The id as written in the bytes on disk.
    pub id: Option<String>,
    /// Found in the bytes on disk.
    pub problems: Vec<Problem>,
    /// Added by the last decision on owners.
    pub conflicts: Vec<Problem>,
    /// Are the bytes on disk refused?
    pub rejected: bool,
    pub last_good: Option<LastGood>,
    pub status: FileStatus,
    pub since: Timestamp,
    /// First missed at.
    pub missing: Option<Instant>,
}

/// All files by name.
pub(super) type KnownFiles = BTreeMap<String, KnownFile>;

impl KnownFile {
    /// A file nobody has read yet.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            stamp: None,
            digest: None,
            id: None,
            problems: Vec::new(),
            conflicts: Vec::new(),
            rejected: true,
            last_good: None,
            status: FileStatus::Rejected,
            since: now,
            missing: None,
        }
    }

    /// Takes in what its bytes turned out to be. The last good version stays when they are bad, and its `Arc` stays when
    /// they mean the same, so that a comment publishes nothing.
    pub(super) fn take(&mut self, file: &str, stamp: Option<Stamp>, reading: Reading) {
        self.stamp = stamp;
        self.digest = Some(reading.digest.clone());
        self.id = reading.id;
        self.problems = reading.problems;
        self.rejected = reading.restaurant.is_none();
        if let Some(restaurant) = reading.restaurant {
            let same = self
                .last_good
                .as_ref()
                .filter(|last| last.served.restaurant == restaurant)
                .map(|last| Arc::clone(&last.served.restaurant));
            self.last_good = Some(LastGood {
                served: Arc::new(Served {
                    restaurant: same.unwrap_or(restaurant),
                    digest: reading.digest,
                    file: file.to_owned(),
                }),
                number_places: reading.number_places,
            });
        }
    }

    /// Notes that the bytes on disk cannot be served, whatever they are.
    pub(super) fn refuse(&mut self, problem: Problem) {
        self.rejected = true;
        self.problems = vec![problem];
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
            Some(_) if self.rejected => FileStatus::Stale,
            Some(last) if !last.served.restaurant.enabled => FileStatus::Disabled,
            Some(_) => FileStatus::Active,
        }
    }

    /// Everything to tell about it.
    pub(super) fn all_problems(&self) -> Vec<Problem> {
        self.problems
            .iter()
            .chain(&self.conflicts)
            .cloned()
            .collect()
    }
}
