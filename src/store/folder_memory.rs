//! The folder's memory as data: versions of files, what is in force, the audit.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::restaurant::{Digest, PhoneNumber, RestaurantId};

/// A version of a file that was valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersion {
    pub file: String,
    pub digest: Digest,
    pub restaurant: RestaurantId,
    /// Whoever keeps the version has them already.
    pub bytes: Arc<Vec<u8>>,
    pub accepted_at: Timestamp,
}

/// What is in force for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Of the version that is served.
    pub digest: Digest,
    pub restaurant: RestaurantId,
    /// Those it owns.
    pub numbers: Vec<PhoneNumber>,
    /// The bytes on disk that are not served because somebody rolled the file back.
    pub pinned_over: Option<Digest>,
}

/// What became of a file in a scan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AuditRow {
    pub at: Timestamp,
    pub generation: u64,
    pub trigger: String,
    pub file: String,
    pub outcome: String,
    pub moved_from: Option<String>,
    /// Digest of the bytes on disk.
    pub on_disk: Option<String>,
    /// Digest of the version served after the scan.
    pub served: Option<String>,
    /// Digest of the version served before it.
    pub before: Option<String>,
    /// What the scan changed for the restaurant: `added`, `changed`, `moved`, `removed`, or nothing (empty).
    pub effect: String,
    /// What is different on the menu that is served, a line each.
    pub changes: Vec<String>,
    /// What brought the bytes, where that is known; written after the publication by [`super::Store::note_commits`].
    pub commit: Option<Commit>,
}

/// A commit of the repository that the folder is a work tree of.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Commit {
    /// Its hash, in hex.
    pub id: String,
    /// `Ada Lovelace <ada@example.com>`.
    pub author: String,
}

/// Everything one publication changes.
#[derive(Clone, Debug, Default)]
pub struct FolderChange {
    pub generation: u64,
    pub at: Timestamp,
    /// (from, to): the history follows the file.
    pub moved: Vec<(String, String)>,
    pub versions: Vec<FileVersion>,
    pub in_force: Vec<(String, InForce)>,
    pub removed: Vec<String>,
    pub audit: Vec<AuditRow>,
}

/// The folder as the last run left it.
#[derive(Clone, Debug, Default)]
pub struct KeptFolder {
    /// The last one published; 0 before the first.
    pub generation: u64,
    /// By file.
    pub in_force: BTreeMap<String, InForce>,
}
