//! What the watch is told by other threads: the system's events, scans that others made, and to stop. Bounded however much
//! happens: events are only counted up to a few, and remembered by what follows from them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::hint::Hint;
use super::settle::Burst;
use super::touched::Touched;

/// Shared by whoever has something to tell and the one thread that waits.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    told: Mutex<Told>,
    woken: Condvar,
}

#[derive(Debug, Default)]
struct Told {
    /// Events that no scan has followed yet.
    burst: Option<Burst>,
    /// What happened since a burst was taken, whether or not it began one.
    touched: Touched,
    /// Watched folders to which something happened: the watch on them may be gone.
    doubted: BTreeSet<PathBuf>,
    /// When a second look is due, as somebody else's scan says.
    second_look: Option<Instant>,
    /// Somebody else scanned.
    scanned: bool,
    stopped: bool,
}

/// Why the watch woke.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// To end.
    Stopped,
    /// Something happened to these watched folders.
    Doubted(BTreeSet<PathBuf>),
    /// Somebody else scanned; a second look may be due then.
    Scanned(Option<Instant>),
    /// A burst of events has settled; it stays until [`Inbox::take_burst`].
    Settled,
    /// A moment that was waited for has come, and there is no burst.
    Clock,
    /// Something was told that changes what to wait for.
    Told,
}

impl Inbox {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what an event means; `doubted` are the watched folders it happened to.
    pub(super) fn hint(&self, hint: Hint, doubted: BTreeSet<PathBuf>, now: Instant) {
        let mut told = self.told();
        told.doubted.extend(doubted);
        // Writing alone begins no burst: its end will.
        let (begins, paths) = match hint {
            Hint::Lost => {
                told.touched.add_unknown();
                (true, Vec::new())
            }
            Hint::Finished(paths) | Hint::Touched(paths) => (true, paths),
            Hint::Writing(paths) => (false, paths),
        };
        told.touched.add(&paths);
        match &mut told.burst {
            Some(burst) => burst.add(paths, now),
            None if begins => told.burst = Some(Burst::begin(paths, now)),
            None => {}
        }
        self.woken.notify_one();
    }

    /// Begins a burst, or prolongs it, without an event: everything is looked at.
    pub(super) fn look_soon(&self, now: Instant) {
        self.told().touched.add_unknown();
        self.hint(Hint::Finished(Vec::new()), BTreeSet::new(), now);
    }

    /// A scan is over that asks for a second look after this time.
    pub(super) fn scanned(&self, second_look: Option<Duration>, now: Instant) {
        let mut told = self.told();
        let due = second_look.and_then(|wait| now.checked_add(wait));
        told.second_look = [told.second_look, due].into_iter().flatten().min();
        told.scanned = true;
        self.woken.notify_one();
    }

    /// Ends the watch.
    pub(super) fn stop(&self) {
        self.told().stopped = true;
        self.woken.notify_one();
    }

    /// The burst is scanned now: the paths of all that happened since the last was; `None` when they do not tell everything.
    pub(super) fn take_burst(&self) -> Option<BTreeSet<PathBuf>> {
        let mut told = self.told();
        told.burst = None;
        told.touched.take()
    }

    /// The burst waits a little longer for git, up to `cap` after its first event. `false`: long enough.
    pub(super) fn wait_for_git(&self, cap: Duration, now: Instant) -> bool {
        let mut told = self.told();
        let burst = told.burst.as_mut();
        burst.is_some_and(|burst| burst.wait_for_git(cap, now))
    }

    /// Waits until something is to be done, or until `clock` while nothing happens.
    pub(super) fn wait(&self, clock: Option<Instant>) -> Woken {
        let mut told = self.told();
        loop {
            if told.stopped {
                return Woken::Stopped;
            }
            if !told.doubted.is_empty() {
                return Woken::Doubted(std::mem::take(&mut told.doubted));
            }
            if std::mem::take(&mut told.scanned) {
                return Woken::Scanned(told.second_look.take());
            }
            let (woken, due) = match &told.burst {
                Some(burst) => (Woken::Settled, Some(burst.due())),
                None => (Woken::Clock, clock),
            };
            let now = Instant::now();
            let poisoned = PoisonError::into_inner;
            let Some(due) = due else {
                // Whoever notifies may have told of a moment.
                drop(self.woken.wait(told).unwrap_or_else(poisoned));
                return Woken::Told;
            };
            let left = due.saturating_duration_since(now);
            if left.is_zero() {
                return woken;
            }
            let (still, timeout) = self
                .woken
                .wait_timeout(told, left)
                .unwrap_or_else(PoisonError::into_inner);
            told = still;
            if !timeout.timed_out() && told.burst.is_none() {
                if told.stopped || told.scanned || !told.doubted.is_empty() {
                    continue;
                }
                return Woken::Told;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn what_was_told_while_nobody_waited_is_not_lost() {
        let (inbox, now) = (Inbox::default(), Instant::now());
        inbox.scanned(Some(HOUR), now);
        inbox.scanned(None, now);
        inbox.scanned(Some(HOUR * 2), now);
        assert_eq!(inbox.wait(None), Woken::Scanned(Some(now + HOUR)));
        let home = BTreeSet::from([PathBuf::from("/r")]);
        inbox.hint(Hint::Finished(vec!["/r".into()]), home.clone(), now);
        assert_eq!(inbox.wait(None), Woken::Doubted(home));
        assert_eq!(inbox.wait(None), Woken::Settled);
        assert_eq!(inbox.wait(Some(now)), Woken::Settled, "until it is scanned");
        assert_eq!(inbox.take_burst(), Some(["/r".into()].into()));
        assert_eq!(inbox.wait(Some(now)), Woken::Clock);
        inbox.hint(
            Hint::Writing(vec!["/r/a.yaml".into()]),
            BTreeSet::new(),
            now,
        );
        assert_eq!(inbox.wait(Some(now)), Woken::Clock, "its end begins one");
        let b = vec!["/r/b.yaml".into()];
        inbox.hint(Hint::Finished(b), BTreeSet::new(), now);
        let both = ["/r/a.yaml".into(), "/r/b.yaml".into()];
        assert_eq!(inbox.take_burst(), Some(both.into()));
        inbox.hint(Hint::Lost, BTreeSet::new(), now);
        assert_eq!(inbox.take_burst(), None, "look at everything");
        inbox.look_soon(now);
        assert_eq!(inbox.take_burst(), None);
        inbox.stop();
        assert_eq!(inbox.wait(None), Woken::Stopped);
    }

    #[test]
    fn a_hundred_thousand_events_take_no_more_room_than_a_few() {
        let (inbox, now) = (Inbox::default(), Instant::now());
        for n in 0..100_000 {
            let path = PathBuf::from(format!("/r/{n}.yaml"));
            inbox.hint(Hint::Finished(vec![path]), BTreeSet::new(), now);
        }
        let told = inbox.told();
        let size = format!("{told:?}").len();
        assert!(size < 2_000, "{size}");
    }
}
