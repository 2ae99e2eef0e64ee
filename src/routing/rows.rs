//! The table as an operator sees it: what `GET /api/table` prints.

use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Problem;
use crate::restaurant::{Digest, PhoneNumber, RestaurantId};

/// How a file of the folder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileStatus {
    /// Served as it is on disk.
    Active,
    /// Rejected as it is on disk; its last good version is served.
    Stale,
    /// Rejected, and there is no good version.
    Rejected,
    /// Valid, but everything it claims belongs to others.
    Conflict,
    /// Somebody is writing it, or what is on disk looks cut off: the version before is served meanwhile.
    Busy,
    /// Its file is gone, with too many others at once: served until the removal is confirmed or the file returns.
    Held,
    /// Rolled back: an earlier version is served until the bytes on disk change.
    Pinned,
    /// Served with `enabled: false`: new calls hear the closed message.
    Disabled,
}

impl FileStatus {
    /// Every status there is: a metric of one must not vanish at zero.
    pub const ALL: &'static [Self] = &[
        Self::Active,
        Self::Stale,
        Self::Rejected,
        Self::Conflict,
        Self::Busy,
        Self::Held,
        Self::Pinned,
        Self::Disabled,
    ];

    /// The word in JSON and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Stale => "stale",
            Self::Rejected => "rejected",
            Self::Conflict => "conflict",
            Self::Busy => "busy",
            Self::Held => "held",
            Self::Pinned => "pinned",
            Self::Disabled => "disabled",
        }
    }

    /// Does the file answer calls, if only to say that it is closed?
    pub fn is_served(self) -> bool {
        !matches!(self, Self::Rejected | Self::Conflict)
    }
}

/// A restaurant that is served.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ServedRow {
    pub id: RestaurantId,
    pub name: String,
    /// Only those it owns now.
    pub phone_numbers: Vec<PhoneNumber>,
    pub file: String,
    /// Of the bytes that are served.
    pub digest: Digest,
    pub status: FileStatus,
    /// When it came to this status and version.
    pub since: Timestamp,
    pub problems: Vec<Problem>,
}

/// A file that serves nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RejectedRow {
    /// As written, where it could be read.
    pub id: Option<String>,
    pub file: String,
    pub status: FileStatus,
    pub problems: Vec<Problem>,
}

/// The whole answer of `GET /api/table`. A file is in one of the two lists; rows are shared with the answer before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FolderStatus {
    pub generation: u64,
    /// Of the table.
    pub digest: Digest,
    /// By id.
    pub restaurants: Vec<Arc<ServedRow>>,
    /// By file.
    pub rejected: Vec<Arc<RejectedRow>>,
}
