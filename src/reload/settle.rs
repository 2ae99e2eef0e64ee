//! When a burst of events has settled: 50 ms of quiet for up to 3 dirty paths, 150 ms for more, at the latest 2 s after
//! the first. Time is passed in.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const QUIET_FEW: Duration = Duration::from_millis(50);
const QUIET_MANY: Duration = Duration::from_millis(150);
const FEW: usize = 3;
const LATEST: Duration = Duration::from_secs(2);

/// A burst of events that has not been scanned yet.
#[derive(Debug)]
pub(super) struct Burst {
    first: Instant,
    last: Instant,
    paths: HashSet<PathBuf>,
    /// Not before, whatever else is due: git is at work.
    not_before: Option<Instant>,
}

impl Burst {
    /// The first event of a burst.
    pub(super) fn begin(paths: Vec<PathBuf>, now: Instant) -> Self {
        let mut burst = Self {
            first: now,
            last: now,
            paths: HashSet::new(),
            not_before: None,
        };
        burst.add(paths, now);
        burst
    }

    /// One more event.
    pub(super) fn add(&mut self, paths: Vec<PathBuf>, now: Instant) {
        self.last = now;
        // More than a few are many, however many.
        let room = (FEW + 1).saturating_sub(self.paths.len());
        self.paths.extend(paths.into_iter().take(room));
    }

    /// When to scan, unless another event comes first.
    pub(super) fn due(&self) -> Instant {
        let quiet = if self.paths.len() <= FEW {
            QUIET_FEW
        } else {
            QUIET_MANY
        };
        let due = (self.last + quiet).min(self.first + LATEST);
        self.not_before.map_or(due, |moment| due.max(moment))
    }

    /// Waits a little longer, while git changes the work tree, up to `cap` after the first event. `false`: long enough.
    pub(super) fn wait_for_git(&mut self, cap: Duration, now: Instant) -> bool {
        let waits = now < self.first + cap;
        self.not_before = waits.then(|| now + QUIET_FEW);
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(n: u32) -> Vec<PathBuf> {
        vec![PathBuf::from(format!("{n}.yaml"))]
    }

    #[test]
    fn r05_a_few_files_settle_sooner_than_many() {
        let start = Instant::now();
        let mut burst = Burst::begin(path(0), start);
        assert_eq!(burst.due() - start, QUIET_FEW);
        for n in 1..10 {
            burst.add(path(n), start);
        }
        assert_eq!(burst.due() - start, QUIET_MANY);
    }

    #[test]
    fn r06_git_keeps_a_burst_open_for_thirty_seconds_at_most() {
        let (start, cap) = (Instant::now(), Duration::from_secs(30));
        let mut burst = Burst::begin(path(0), start);
        let late = start + Duration::from_secs(29);
        assert!(burst.wait_for_git(cap, late));
        assert_eq!(burst.due(), late + QUIET_FEW);
        assert!(!burst.wait_for_git(cap, start + cap));
        assert_eq!(burst.due(), start + QUIET_FEW);
    }

    #[test]
    fn r05_an_endless_burst_is_scanned_after_two_seconds() {
        let start = Instant::now();
        let mut burst = Burst::begin(path(0), start);
        for step in 1..100 {
            burst.add(path(0), start + Duration::from_millis(40 * step));
        }
        assert_eq!(burst.due() - start, LATEST);
    }
}
