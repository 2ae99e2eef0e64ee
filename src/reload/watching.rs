//! What the watch knows and scans need: who is writing, whether events can be trusted, where links lead.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::{Config, RecommendedWatcher, Watcher as _};

use super::hint::Hint;
use super::inbox::Inbox;
use super::writers::{Writers, Writing};

/// Shared by the watch, which writes, and the scans, which read.
#[derive(Debug, Default)]
pub(super) struct Watching {
    /// The system's events, while there is a watch.
    watcher: Mutex<Option<RecommendedWatcher>>,
    writers: Mutex<Writers>,
    overflows: AtomicU64,
    /// Events are wanted and do not come.
    failing: AtomicBool,
    link_homes: Mutex<BTreeSet<PathBuf>>,
    inbox: Inbox,
}

impl Watching {
    fn writers(&self) -> MutexGuard<'_, Writers> {
        self.writers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What wakes the watch.
    pub(super) fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    /// The watcher in use, if any.
    pub(super) fn watcher(&self) -> MutexGuard<'_, Option<RecommendedWatcher>> {
        self.watcher.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until every event that has happened by now is noted: whoever closed a file is known to have, whoever began
    /// to write one too. The watcher answers us between two looks at the system's queue, so the second answer comes after
    /// a whole look.
    pub(super) fn catch_up(&self) {
        if let Some(watcher) = self.watcher().as_mut() {
            for _ in 0..2 {
                // There is nothing to configure: it is the answer that counts.
                let _ = watcher.configure(Config::default());
            }
        }
    }

    /// Takes in what an event means.
    pub(super) fn note(&self, hint: &Hint, now: Instant) {
        let mut writers = self.writers();
        match hint {
            Hint::Lost => {
                self.overflows.fetch_add(1, Ordering::Relaxed);
                writers.forget_below(Path::new("/"));
            }
            Hint::Finished(paths) => paths.iter().for_each(|path| writers.closed(path)),
            Hint::Writing(paths) => paths.iter().for_each(|path| writers.opened(path, now)),
            Hint::Touched(_) => {}
        }
    }

    /// The watch on a folder was lost, and what happened there with it.
    pub(super) fn forget_below(&self, folder: &Path) {
        self.writers().forget_below(folder);
    }

    /// How the file at this real path stands; nobody asks for the path while nobody writes anything.
    pub(super) fn writing(
        &self,
        real_path: impl FnOnce() -> PathBuf,
        patience: Duration,
        now: Instant,
    ) -> Writing {
        let writers = self.writers();
        if writers.is_empty() {
            return Writing::No;
        }
        writers.writing(&real_path(), patience, now)
    }

    /// A scan tells of those who take too long.
    pub(super) fn tell(&self, patience: Duration, now: Instant) {
        self.writers().tell(patience, now);
    }

    /// When the next one will take too long.
    pub(super) fn first_overdue(&self, patience: Duration) -> Option<Instant> {
        self.writers().first_overdue(patience)
    }

    /// How often events were lost since the start.
    pub(super) fn overflows(&self) -> u64 {
        self.overflows.load(Ordering::Relaxed)
    }

    /// Do events come, or are none wanted?
    pub(super) fn is_healthy(&self) -> bool {
        !self.failing.load(Ordering::Relaxed)
    }

    pub(super) fn set_healthy(&self, healthy: bool) {
        self.failing.store(!healthy, Ordering::Relaxed);
    }

    /// The folders that the files are in which links lead to.
    pub(super) fn link_homes(&self) -> BTreeSet<PathBuf> {
        let homes = self.link_homes.lock();
        homes.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_link_homes(&self, homes: BTreeSet<PathBuf>) {
        let lock = self.link_homes.lock();
        *lock.unwrap_or_else(PoisonError::into_inner) = homes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r19_an_overflow_is_counted_and_nobody_is_taken_to_be_writing() {
        let watching = Watching::default();
        let (now, patience) = (Instant::now(), Duration::from_secs(10));
        let path = PathBuf::from("/r/a.yaml");
        watching.note(&Hint::Writing(vec![path.clone()]), now);
        assert_eq!(
            watching.writing(|| path.clone(), patience, now),
            Writing::Open
        );
        watching.note(&Hint::Touched(vec![path.clone()]), now);
        assert_eq!(
            watching.writing(|| path.clone(), patience, now),
            Writing::Open
        );
        watching.note(&Hint::Lost, now);
        assert_eq!(
            watching.writing(|| path.clone(), patience, now),
            Writing::No
        );
        assert_eq!(watching.overflows(), 1);
    }
}
