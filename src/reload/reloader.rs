//! The folder's keeper: scans it, decides, publishes, reports.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::broadcast;

use super::aside::{Aside, AsideError};
use super::deletions::{self, NotHeld};
use super::first_look::{self, Ask};
use super::linting;
use super::parts::Parts;
use super::persisted_state::StateStore;
use super::report::{ReloadReport, Trigger};
use super::rollback::{self, RollbackError};
use super::settings::ReloadSettings;
use super::state::{FirstTable, State};
use super::watching::Watching;
use crate::config::{self, Capabilities, Reading};
use crate::events::WatchGauges;
use crate::restaurant::Digest;
use crate::routing::{FolderStatus, LiveTable};
use crate::store::Store;

/// Keeps the live table in step with a folder.
pub struct Reloader {
    pub(super) parts: Parts,
    /// One scan at a time.
    state: Mutex<State>,
    aside: Aside,
    /// How the folder is asked whether it answers at all; a test's may never answer.
    ask: Arc<Ask>,
}

impl Reloader {
    /// A keeper that has not looked yet; [`Reloader::scan_now`] or [`Reloader::watch`] makes it look.
    pub fn new(
        settings: ReloadSettings,
        live: Arc<LiveTable>,
        capabilities: Capabilities,
    ) -> Arc<Self> {
        Self::build(settings, live, capabilities, None)
    }

    /// A keeper whose last good versions outlive the process. Its scans block on `runtime`, so they must not run on one
    /// of its own worker threads.
    pub fn with_store(
        settings: ReloadSettings,
        live: Arc<LiveTable>,
        capabilities: Capabilities,
        store: Store,
        runtime: Handle,
    ) -> Arc<Self> {
        let state_store = Some(StateStore { store, runtime });
        Self::build(settings, live, capabilities, state_store)
    }

    fn build(
        settings: ReloadSettings,
        live: Arc<LiveTable>,
        capabilities: Capabilities,
        state_store: Option<StateStore>,
    ) -> Arc<Self> {
        Arc::new(Self {
            parts: Parts::new(settings, live, capabilities, state_store),
            state: Mutex::default(),
            aside: Aside::default(),
            ask: Arc::new(first_look::ask),
        })
    }

    /// Scans now, on this thread (tens of milliseconds to seconds: from async code through `spawn_blocking`).
    pub fn scan_now(&self, trigger: Trigger) -> Arc<ReloadReport> {
        self.scan(trigger, Instant::now(), Timestamp::now())
    }

    /// Serves what the last run served, as if the folder could not be read: it does not answer. Scans as usual come after.
    pub(super) fn serve_stored(&self) -> Arc<ReloadReport> {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.unanswered = true;
        }
        self.scan_now(Trigger::Start)
    }

    /// The same while a scan waits for the disk and has the state: by a state of its own, which is forgotten. `None`: the scan
    /// came back meanwhile.
    pub(super) fn serve_stored_meanwhile(&self) -> Option<Arc<ReloadReport>> {
        let mut first = self.parts.first_turn();
        if *first != FirstTable::None {
            return None;
        }
        *first = FirstTable::Stored;
        let mut state = State {
            unanswered: true,
            meanwhile: true,
            ..State::default()
        };
        Some(self.scan_in(
            &mut state,
            Trigger::Start,
            None,
            Instant::now(),
            Timestamp::now(),
        ))
    }

    /// Why the folder could not be read when it was looked at last; what was served then is served on.
    pub fn source_lost(&self) -> Option<Arc<String>> {
        self.parts.lost.load_full()
    }

    pub(super) fn ask(&self) -> &Arc<Ask> {
        &self.ask
    }

    /// What a file with these bytes would be; nothing is kept.
    pub fn validate(&self, bytes: &[u8]) -> Reading {
        config::read(bytes, &self.parts.capabilities)
    }

    /// Lets held removals go, of these restaurants or (`None`) of all, and scans. Blocks as [`Reloader::scan_now`].
    ///
    /// # Errors
    /// When one of the ids has no held removal; then none goes.
    pub fn confirm(&self, ids: Option<&[String]>) -> Result<Arc<ReloadReport>, NotHeld> {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.released = deletions::held(&state.files, ids)?;
        }
        Ok(self.scan_now(Trigger::Api))
    }

    /// Does this on a thread of its own, where the folder's disk may take as long as it likes: for whoever serves calls.
    ///
    /// # Errors
    /// When it takes too long (it goes on), when too much is waiting already, or when it panics.
    pub async fn aside<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, AsideError> {
        self.aside.run(Arc::clone(self), work).await
    }

    /// Every report from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<ReloadReport>> {
        self.parts.reports.subscribe()
    }

    /// Every file's state after the last scan, as `GET /api/table` prints it.
    pub fn status(&self) -> Arc<FolderStatus> {
        self.parts.status.load_full()
    }

    /// How the system's watch on the folder does.
    pub fn watch_gauges(&self) -> WatchGauges {
        WatchGauges {
            healthy: self.parts.watching.is_healthy(),
            overflows: self.parts.watching.overflows(),
        }
    }

    /// Was there a scan already?
    pub(super) fn has_scanned(&self) -> bool {
        self.parts.scans.load(Ordering::Relaxed) > 0
    }

    /// What the watch and the scans share.
    pub(super) fn watching(&self) -> &Watching {
        &self.parts.watching
    }

    /// The folder and its rhythm.
    pub fn settings(&self) -> &ReloadSettings {
        &self.parts.settings
    }

    /// Looks at these paths only, if something happened at no other; at the whole folder when that may be wrong.
    pub(super) fn scan_touched(&self, touched: Option<&BTreeSet<PathBuf>>) -> Arc<ReloadReport> {
        self.scan_by(Trigger::Event, touched, Instant::now(), Timestamp::now())
    }

    /// The whole folder. `now` and `wall` are the same moment on both clocks.
    pub fn scan(&self, trigger: Trigger, now: Instant, wall: Timestamp) -> Arc<ReloadReport> {
        self.scan_by(trigger, None, now, wall)
    }

    /// The one function behind every trigger.
    fn scan_by(
        &self,
        trigger: Trigger,
        touched: Option<&BTreeSet<PathBuf>>,
        now: Instant,
        wall: Timestamp,
    ) -> Arc<ReloadReport> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.scan_in(&mut state, trigger, touched, now, wall)
    }

    fn scan_in(
        &self,
        state: &mut State,
        trigger: Trigger,
        touched: Option<&BTreeSet<PathBuf>>,
        now: Instant,
        wall: Timestamp,
    ) -> Arc<ReloadReport> {
        let scan = self.parts.scans.fetch_add(1, Ordering::Relaxed) + 1;
        let generation = self.parts.live.load().generation();
        let mut report = ReloadReport::begin(scan, wall, trigger, generation);
        report.watch_healthy = self.parts.watching.is_healthy();
        report.watch_overflows = self.parts.watching.overflows();
        report.overflowed = report.watch_overflows != state.overflows;
        state.overflows = report.watch_overflows;
        if let Err(error) = self.parts.look(state, &mut report, touched, now, wall) {
            report.store_refused = Some(error.to_string());
            report.look_again_in = Some(self.parts.settings.deletion);
        }
        self.parts.lint_few(state, &mut report);
        report.held = state.files.values().filter(|file| file.held).count();
        let lost = report.source_lost.clone().map(Arc::new);
        report.source_changed =
            self.parts.lost.swap(lost).as_deref() != report.source_lost.as_ref();
        if report.look_again() || report.held > 0 || report.source_lost.is_some() {
            // Whatever is in doubt is decided by looking at all there is.
            state.listing = None;
        }
        report.took = now.elapsed();
        let report = Arc::new(report);
        if report.is_news() || trigger != Trigger::Poll {
            let second_look = report.look_again_in;
            self.parts
                .watching
                .inbox()
                .scanned(second_look, Instant::now());
            // Nobody listening is fine.
            let _ = self.parts.reports.send(Arc::clone(&report));
        }
        report
    }

    /// Lints some of the files that wait for it and tells what it found. Are there more? Blocks as [`Reloader::scan_now`].
    pub(super) fn lint_next(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // What the store refused is not served yet; the next scan tries again.
        if state.unlinted.is_empty() || state.claims.is_none() {
            return false;
        }
        let begun = Instant::now();
        let found = self.parts.lint_some(&mut state);
        let (scan, generation) = (
            self.parts.scans.load(Ordering::Relaxed),
            self.parts.live.load().generation(),
        );
        let mut report = ReloadReport::begin(scan, Timestamp::now(), Trigger::Lint, generation);
        report.files = linting::events(&state.files, &found);
        report.held = state.files.values().filter(|file| file.held).count();
        report.source_lost = self.parts.lost.load().as_deref().cloned();
        report.took = begun.elapsed();
        if report.is_news() {
            let _ = self.parts.reports.send(Arc::new(report));
        }
        !state.unlinted.is_empty()
    }

    /// Serves an earlier version of a file from now on, until its bytes on disk change; the version on disk itself ends
    /// that. Blocks as [`Reloader::scan_now`].
    ///
    /// # Errors
    /// [`RollbackError`]; then nothing changed.
    pub fn rollback(
        &self,
        file: &str,
        digest: &Digest,
    ) -> Result<Arc<ReloadReport>, RollbackError> {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let state_store = self.parts.state_store.as_ref();
            rollback::pin(
                &mut state.files,
                (file, digest),
                state_store,
                &self.parts.capabilities,
            )?;
            state.pending.pinned.push(file.to_owned());
        }
        Ok(self.scan_now(Trigger::Api))
    }
}

#[cfg(test)]
#[path = "reloader_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "first_look_tests.rs"]
mod first_look_tests;
