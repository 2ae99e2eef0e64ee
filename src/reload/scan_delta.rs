//! What a scan noticed, until it is published.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What a scan noticed.
#[derive(Debug, Default)]
pub(super) struct ScanDelta {
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
    /// Files that somebody began or ceased to write, or whose bytes began or ceased to be doubtful.
    pub busy: Vec<String>,
    /// Were files taken for what they were in an earlier run, without reading them?
    pub unread: bool,
    /// A second look is due after this time.
    pub again_in: Option<Duration>,
}

impl ScanDelta {
    /// Asks for a second look after `wait`, or sooner.
    pub(super) fn look_again(&mut self, wait: Duration) {
        self.again_in = Some(self.again_in.map_or(wait, |other| other.min(wait)));
    }

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
            (&mut self.busy, earlier.busy),
        ];
        for (list, before) in lists {
            list.extend(before);
            list.sort();
            list.dedup();
        }
        self.moved.extend(earlier.moved);
        self
    }

    /// Every file that something was noticed of.
    pub(super) fn names(&self) -> BTreeSet<&String> {
        let moved = self.moved.iter().flat_map(|(from, to)| [from, to]);
        self.lists().into_iter().flatten().chain(moved).collect()
    }

    fn lists(&self) -> [&Vec<String>; 8] {
        [
            &self.changed,
            &self.missing,
            &self.removed,
            &self.held,
            &self.returned,
            &self.restored,
            &self.pinned,
            &self.busy,
        ]
    }

    /// Is every file as it was?
    pub(super) fn is_nothing(&self) -> bool {
        self.lists().into_iter().all(Vec::is_empty)
    }
}
