//! What the scans know, one after the other.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Instant;

use super::file_states::FileStates;
use super::folder::Listing;
use super::menu_cache::MenuCache;
use super::persisted_state::PersistedState;
use super::scan_delta::ScanDelta;
use super::source::Source;
use crate::config::Problem;
use crate::routing::Claims;

/// Who has published since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FirstTable {
    #[default]
    None,
    /// What the last run served.
    Stored,
    /// What the first scan read.
    Read,
}

#[derive(Default)]
pub(super) struct State {
    pub files: FileStates,
    /// What the store holds.
    pub persisted: PersistedState,
    /// What the files of the last run came to.
    pub cache: MenuCache,
    /// Was the store's memory taken in?
    pub remembered: bool,
    /// Who claims what, as the table in force was decided; `None` until one is.
    pub claims: Option<Claims>,
    /// Was a table built since the start? Until then the owners are those of the last run.
    pub published: bool,
    /// Noticed and not yet published.
    pub pending: ScanDelta,
    pub source: Source,
    /// The next scan does not look: the folder does not answer.
    pub unanswered: bool,
    /// This stands in for the state that a scan has which hangs; whoever made it has the first turn.
    pub meanwhile: bool,
    /// When every file was read last, whatever its stamp said.
    pub read_all: Option<Instant>,
    /// The folder as the last scan found it; `None` when something was in doubt.
    pub listing: Option<Listing>,
    /// Files that the next scan looks at, whatever happens.
    pub unsettled: BTreeSet<String>,
    /// What the last scan did not read, so that it is told once.
    pub skipped: BTreeMap<String, Problem>,
    /// Lost events that a report has told of.
    pub overflows: u64,
    /// Files to lint.
    pub unlinted: BTreeSet<String>,
    /// Changes that the cache was not told of yet.
    pub uncached: usize,
    /// Held files whose removal was confirmed, until the next scan concludes it.
    pub released: HashSet<String>,
}
