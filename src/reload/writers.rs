//! Who is still writing: a created file, or a changed one, is open until it is closed, renamed or removed. Time is passed
//! in, and so are the events.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A file that somebody has open for writing.
#[derive(Clone, Copy, Debug)]
struct Writer {
    since: Instant,
    /// Did a scan already say that it takes too long?
    told: bool,
}

/// Files open for writing at once that are told apart: more than any deployment has.
const MAX_WRITERS: usize = 100_000;

/// How a file stands with its writers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Writing {
    /// Nobody writes it, as far as the events tell.
    #[default]
    No,
    /// Somebody does: its bytes are not looked at.
    Open,
    /// Somebody has for so long that its bytes are looked at all the same.
    Overdue,
}

/// Every file that is open for writing, by its real path.
#[derive(Debug, Default)]
pub(super) struct Writers(HashMap<PathBuf, Writer>);

impl Writers {
    /// Does nobody write anything?
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// It was created empty, or its bytes changed.
    pub(super) fn opened(&mut self, path: &Path, now: Instant) {
        // Beyond that somebody only fills the folder; what they write is read as it stands.
        if self.0.len() >= MAX_WRITERS {
            return;
        }
        self.0.entry(path.to_owned()).or_insert(Writer {
            since: now,
            told: false,
        });
    }

    /// It was closed, renamed (from or to) or removed.
    pub(super) fn closed(&mut self, path: &Path) {
        self.0.remove(path);
    }

    /// Events were lost, of files below `folder` (all of them: `/`): whoever was writing may be done.
    pub(super) fn forget_below(&mut self, folder: &Path) {
        self.0.retain(|path, _| !path.starts_with(folder));
    }

    /// How the file at this real path stands.
    pub(super) fn writing(&self, path: &Path, patience: Duration, now: Instant) -> Writing {
        match self.0.get(path) {
            None => Writing::No,
            Some(writer) if now.duration_since(writer.since) < patience => Writing::Open,
            Some(_) => Writing::Overdue,
        }
    }

    /// A scan looks now: whoever is overdue is told of by it.
    pub(super) fn tell(&mut self, patience: Duration, now: Instant) {
        for writer in self.0.values_mut() {
            writer.told |= now.duration_since(writer.since) >= patience;
        }
    }

    /// When the first one will be overdue that no scan has told of.
    pub(super) fn first_overdue(&self, patience: Duration) -> Option<Instant> {
        let untold = self.0.values().filter(|writer| !writer.told);
        untold.map(|writer| writer.since + patience).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn r06_a_file_is_open_from_its_first_change_until_it_is_closed() {
        let start = Instant::now();
        let path = Path::new("/r/a.yaml");
        let mut writers = Writers::default();
        assert_eq!(writers.writing(path, PATIENCE, start), Writing::No);
        writers.opened(path, start);
        writers.opened(path, start + Duration::from_secs(9));
        let later = start + Duration::from_millis(9_999);
        assert_eq!(writers.writing(path, PATIENCE, later), Writing::Open);
        writers.closed(path);
        assert_eq!(writers.writing(path, PATIENCE, later), Writing::No);
    }

    #[test]
    fn r06_after_ten_seconds_it_is_overdue_and_that_is_told_once() {
        let start = Instant::now();
        let path = Path::new("/r/a.yaml");
        let mut writers = Writers::default();
        writers.opened(path, start);
        let late = start + PATIENCE;
        assert_eq!(writers.first_overdue(PATIENCE), Some(late));
        writers.tell(PATIENCE, start);
        assert_eq!(writers.first_overdue(PATIENCE), Some(late));
        assert_eq!(writers.writing(path, PATIENCE, late), Writing::Overdue);
        writers.tell(PATIENCE, late);
        assert_eq!(writers.first_overdue(PATIENCE), None);
        assert_eq!(writers.writing(path, PATIENCE, late), Writing::Overdue);
    }

    #[test]
    fn r19_lost_events_leave_nobody_writing() {
        let start = Instant::now();
        let mut writers = Writers::default();
        writers.opened(Path::new("/r/a.yaml"), start);
        writers.opened(Path::new("/r/..v1/b.yaml"), start);
        writers.forget_below(Path::new("/r/..v1"));
        assert_eq!(writers.0.len(), 1);
        writers.forget_below(Path::new("/"));
        assert!(writers.0.is_empty());
    }
}
