//! What one scan found and did, as data.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::config::Problem;
use crate::restaurant::Digest;
use crate::routing::{FileStatus, TableDiff};

/// What asked for a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trigger {
    /// The server starts.
    Start,
    /// The folder's events settled.
    Event,
    /// The clock.
    Poll,
    /// SIGHUP.
    Signal,
    /// The API.
    Api,
    /// Nothing: the lint is done with files of an earlier scan.
    Lint,
}

impl Trigger {
    /// The word in logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Event => "event",
            Self::Poll => "poll",
            Self::Signal => "signal",
            Self::Api => "api",
            Self::Lint => "lint",
        }
    }
}

/// What became of a file in this scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileOutcome {
    /// Its bytes are served.
    Accepted,
    /// Its bytes are not served; the status tells whether an older version is.
    Rejected,
    /// Its restaurant was served from another file, which is gone.
    Moved,
    /// An earlier version is served in place of its bytes, as somebody asked.
    Pinned,
    /// It is missing; gone when it still is at the next settled scan.
    Missing,
    /// It was missing twice and is served no more.
    Removed,
    /// It was missing twice, with too many others: it is served until somebody confirms that it may go.
    Held,
    /// Its status changed though its bytes did not: a number came free, or was lost.
    Restated,
    /// Its bytes are served since an earlier scan, and the lint has found something in them.
    Warned,
}

impl FileOutcome {
    /// The word in JSON and in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Moved => "moved",
            Self::Pinned => "pinned",
            Self::Missing => "missing",
            Self::Removed => "removed",
            Self::Held => "held",
            Self::Restated => "restated",
            Self::Warned => "warned",
        }
    }
}

/// One file of a scan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FileEvent {
    pub file: String,
    pub outcome: FileOutcome,
    /// `None` once it is removed.
    pub status: Option<FileStatus>,
    /// Of the bytes on disk; `None` when they could not be read.
    pub digest: Option<Digest>,
    /// Of the version served after the scan.
    pub served: Option<Digest>,
    /// When that version was written, as far as is known.
    pub served_of: Option<Timestamp>,
    /// Of the version served before it.
    pub before: Option<Digest>,
    /// The file that had the restaurant before a move.
    pub moved_from: Option<String>,
    /// When its bytes were last written, as the folder says.
    pub modified: Option<Timestamp>,
    /// What is different on the menu that is served, a line each.
    pub changes: Vec<String>,
    pub problems: Vec<Problem>,
}

/// What one scan found and did.
#[derive(Clone, Debug)]
pub struct ReloadReport {
    /// Counts scans from 1.
    pub scan: u64,
    /// When it began.
    pub at: Timestamp,
    pub trigger: Trigger,
    /// Of the table in force after the scan.
    pub generation: u64,
    /// Whether this scan published a new generation.
    pub published: bool,
    pub diff: TableDiff,
    /// Files whose bytes or status changed, by name.
    pub files: Vec<FileEvent>,
    /// Folders and links in the folder that are not read.
    pub skipped: Vec<(String, Problem)>,
    /// Are those others than the scan before found?
    pub skipped_changed: bool,
    /// Restaurant files in the folder.
    pub listed: usize,
    /// Was the whole folder looked at, not only what events told of?
    pub listed_whole: bool,
    /// Files whose removal waits to be confirmed, from this scan or before.
    pub held: usize,
    /// Why the folder could not be read, or that another one lies in its place; nothing is deleted then.
    pub source_lost: Option<String>,
    /// Whether that is news: lost just now, lost for another reason, or found again.
    pub source_changed: bool,
    /// Why the store refused what this scan would have published; the table stays as it was and the next scan tries again.
    pub store_refused: Option<String>,
    /// Do the system's events tell of changes?
    pub watch_healthy: bool,
    /// How often the system lost events since the start.
    pub watch_overflows: u64,
    /// Did it since the scan before?
    pub overflowed: bool,
    /// When a second look is due, to conclude on missing, moving or doubtful files.
    pub look_again_in: Option<Duration>,
    pub took: Duration,
}

impl ReloadReport {
    /// Of a scan that begins now, under the table of this generation; nothing is found yet.
    pub(super) fn begin(scan: u64, at: Timestamp, trigger: Trigger, generation: u64) -> Self {
        Self {
            scan,
            at,
            trigger,
            generation,
            published: false,
            diff: TableDiff::default(),
            files: Vec::new(),
            skipped: Vec::new(),
            skipped_changed: false,
            listed: 0,
            listed_whole: false,
            held: 0,
            source_lost: None,
            source_changed: false,
            store_refused: None,
            watch_healthy: true,
            watch_overflows: 0,
            overflowed: false,
            look_again_in: None,
            took: Duration::ZERO,
        }
    }

    /// So many files were listed, and this was not read; `before` is what the scan before did not read.
    pub(super) fn note_listed(
        &mut self,
        files: usize,
        skipped: &BTreeMap<String, Problem>,
        before: &mut BTreeMap<String, Problem>,
    ) {
        self.listed = files;
        self.skipped_changed = skipped != before;
        let told = skipped.iter();
        self.skipped = told.map(|(n, p)| (n.clone(), p.clone())).collect();
        if self.skipped_changed {
            before.clone_from(skipped);
        }
    }

    /// Nothing was published after all: the table of this generation stays.
    pub(super) fn take_back(&mut self, generation: u64) {
        self.published = false;
        self.generation = generation;
        self.diff = TableDiff::default();
        self.files.clear();
    }

    /// Is a second look due?
    pub fn look_again(&self) -> bool {
        self.look_again_in.is_some()
    }

    /// Is there anything a person would want to read?
    pub fn is_news(&self) -> bool {
        self.published
            || !self.files.is_empty()
            || self.source_changed
            || self.skipped_changed
            || self.overflowed
            || self.store_refused.is_some()
    }
}
