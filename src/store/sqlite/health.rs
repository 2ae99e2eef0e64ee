//! Whether orders can be stored: known from the last write, asked of the disk when that is long ago or went wrong.
#![expect(clippy::disallowed_methods, reason = "how long ago the last write was")]

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// A write that succeeded is believed for so long.
const BELIEVED: Duration = Duration::from_secs(15);
/// A probe that failed is not repeated sooner.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);

/// What is known of the writer.
#[derive(Debug)]
pub(super) struct Health {
    state: Mutex<State>,
    /// What was found broken in the file.
    damage: Mutex<Option<Arc<str>>>,
    /// A write did not end well.
    suspected: Notify,
    /// Held by the one probe at a time.
    pub(super) probing: tokio::sync::Mutex<()>,
}

#[derive(Clone, Debug)]
enum State {
    Written { at: Instant },
    Suspect,
    Failed { at: Instant, reason: Arc<str> },
}

/// What is known without asking the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Writable,
    Failed(Arc<str>),
    Ask,
}

impl Health {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::Suspect),
            damage: Mutex::default(),
            suspected: Notify::new(),
            probing: tokio::sync::Mutex::default(),
        })
    }

    pub(super) fn known(&self) -> Known {
        if let Some(damage) = &*self.damage() {
            return Known::Failed(Arc::clone(damage));
        }
        match &*self.state() {
            State::Written { at } if at.elapsed() < BELIEVED => Known::Writable,
            State::Failed { at, reason } if at.elapsed() < PROBE_INTERVAL => {
                Known::Failed(Arc::clone(reason))
            }
            _ => Known::Ask,
        }
    }

    /// A transaction begins; unless it is finished, the writer is suspect.
    pub(super) fn begun(self: &Arc<Self>) -> Unfinished {
        Unfinished(Some(Arc::clone(self)))
    }

    pub(super) fn written(&self) {
        *self.state() = State::Written { at: Instant::now() };
    }

    pub(super) fn failed(&self, reason: Arc<str>) {
        *self.state() = State::Failed {
            at: Instant::now(),
            reason,
        };
    }

    /// What is broken in the file. Orders go on being stored as far as the database lets them; somebody must look.
    pub(super) fn damaged(&self, found: Arc<str>) {
        *self.damage() = Some(found);
        self.suspected.notify_one();
    }

    /// Another file is open now, which was looked at.
    pub(super) fn replaced(&self) {
        *self.damage() = None;
    }

    /// Waits until a write has not ended well, at once if one has not since this was last asked.
    pub(super) async fn suspected(&self) {
        self.suspected.notified().await;
    }

    fn damage(&self) -> std::sync::MutexGuard<'_, Option<Arc<str>>> {
        self.damage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of a transaction under way: dropped before [`Unfinished::finish`] it leaves the writer suspect.
pub(super) struct Unfinished(Option<Arc<Health>>);

impl Unfinished {
    pub(super) fn finish(mut self) {
        if let Some(health) = self.0.take() {
            health.written();
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(health) = self.0.take() {
            let mut state = health.state();
            // What is known to have failed stays so until a write succeeds.
            if !matches!(*state, State::Failed { .. }) {
                *state = State::Suspect;
                health.suspected.notify_one();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_did_not_end_well_makes_the_next_question_go_to_the_disk() {
        let health = Health::new();
        assert_eq!(health.known(), Known::Ask);
        health.begun().finish();
        assert_eq!(health.known(), Known::Writable);
        drop(health.begun());
        assert_eq!(health.known(), Known::Ask);
        health.failed("full".into());
        assert_eq!(health.known(), Known::Failed("full".into()));
        drop(health.begun());
        assert_eq!(health.known(), Known::Failed("full".into()));
        health.begun().finish();
        assert_eq!(health.known(), Known::Writable);
    }
}
