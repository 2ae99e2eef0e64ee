//! The first scan, on a thread of its own: a disk may die while files are read, and what was served last must not wait for that.
//! (Whether the folder answers at all is asked before, by `first_look`.)

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use super::reloader::Reloader;
use super::report::{ReloadReport, Trigger};
use super::state::FirstTable;

/// How often it is looked at the disk calls in the time that one may take.
const LOOKS: u32 = 4;

/// Held by whoever publishes first, until it has.
pub(super) type FirstTurn<'a> = MutexGuard<'a, FirstTable>;

/// Scans for the first time. When the disk takes longer than `first_look` over one call, what was served last is served
/// meanwhile, and this waits on.
pub(super) fn run(reloader: &Arc<Reloader>) -> thread::Result<Arc<ReloadReport>> {
    let scan = |reloader: &Reloader| {
        std::panic::catch_unwind(AssertUnwindSafe(|| reloader.scan_now(Trigger::Start)))
    };
    let (sender, done) = mpsc::channel();
    let scanning = Arc::clone(reloader);
    let thread = thread::Builder::new().name("folder-first".to_owned());
    let begun = thread.spawn(move || {
        // Whoever waits is there until this is sent.
        let _ = sender.send(scan(&scanning));
    });
    if begun.is_err() {
        return scan(reloader);
    }
    let patience = reloader.settings().first_look;
    let mut served = false;
    let mut stuck: Option<(u64, Instant)> = None;
    loop {
        match done.recv_timeout(patience / LOOKS) {
            Ok(scan) => return scan,
            Err(RecvTimeoutError::Disconnected) => return Err(Box::new("the first scan ended")),
            Err(RecvTimeoutError::Timeout) => {}
        }
        stuck = match (reloader.disk_calls.waiting(), stuck) {
            (None, _) => None,
            (Some(ended), Some(before)) if before.0 == ended => Some(before),
            (Some(ended), _) => Some((ended, Instant::now())),
        };
        if !served && stuck.is_some_and(|(_, since)| since.elapsed() >= patience) {
            served = true;
            // Where this panics too, the scan is waited for as before.
            let serve = AssertUnwindSafe(|| reloader.serve_stored_meanwhile());
            let _ = std::panic::catch_unwind(serve);
        }
    }
}

impl Reloader {
    /// The turn to publish first; waits for who has it.
    pub(super) fn first_turn(&self) -> FirstTurn<'_> {
        let turn = self.first_table.lock();
        turn.unwrap_or_else(PoisonError::into_inner)
    }
}
