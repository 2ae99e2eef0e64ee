//! The folder's keeper: scans it, decides, publishes, reports.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::broadcast;

use super::aside::{Aside, AsideError};
use super::deletions::{self, NotHeld};
use super::disk_calls::DiskCalls;
use super::file_states::FileStates;
use super::first_look::{self, Ask};
use super::folder::{self, Listing, OpenFile};
use super::persisted_state::StateStore;
use super::report::{ReloadReport, Trigger};
use super::rollback::{self, RollbackError};
use super::rows::{Owned, rows};
use super::settings::ReloadSettings;
use super::state::{FirstTable, State};
use super::watching::Watching;
use crate::config::{self, Capabilities, Reading};
use crate::events::WatchGauges;
use crate::restaurant::Digest;
use crate::routing::{FolderStatus, LiveTable};
use crate::store::Store;

/// Reports that a slow subscriber may fall behind.
const REPORTS_KEPT: usize = 256;

/// How a folder is listed.
type List = Box<dyn Fn(&Path) -> io::Result<Listing> + Send + Sync>;

/// Keeps the live table in step with a folder.
pub struct Reloader {
    pub(super) settings: ReloadSettings,
    pub(super) capabilities: Capabilities,
    pub(super) live: Arc<LiveTable>,
    /// `None`: nothing outlives this process.
    pub(super) state_store: Option<StateStore>,
    /// One scan at a time.
    pub(super) state: Mutex<State>,
    pub(super) status: ArcSwap<FolderStatus>,
    pub(super) watching: Watching,
    aside: Aside,
    /// How the folder is listed, its files are opened, and it is asked whether it answers at all; a test's may never answer.
    pub(super) list: List,
    pub(super) open: OpenFile,
    ask: Arc<Ask>,
    pub(super) disk_calls: DiskCalls,
    pub(super) first_table: Mutex<FirstTable>,
    pub(super) scans: AtomicU64,
    /// Why the last scan could not read it.
    pub(super) lost: ArcSwapOption<String>,
    pub(super) reports: broadcast::Sender<Arc<ReloadReport>>,
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
        let table = live.load();
        Arc::new(Self {
            settings,
            capabilities,
            status: ArcSwap::from_pointee(rows(&FileStates::new(), &table, &Owned::under(&table))),
            live,
            state_store,
            state: Mutex::default(),
            watching: Watching::default(),
            aside: Aside::default(),
            list: Box::new(folder::list),
            open: Box::new(Listing::open),
            disk_calls: DiskCalls::default(),
            first_table: Mutex::default(),
            scans: AtomicU64::new(0),
            ask: Arc::new(first_look::ask),
            lost: ArcSwapOption::empty(),
            reports: broadcast::Sender::new(REPORTS_KEPT),
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
        let mut first = self.first_turn();
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
        self.lost.load_full()
    }

    pub(super) fn ask(&self) -> &Arc<Ask> {
        &self.ask
    }

    /// What a file with these bytes would be; nothing is kept.
    pub fn validate(&self, bytes: &[u8]) -> Reading {
        config::read(bytes, &self.capabilities)
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
        self.reports.subscribe()
    }

    /// Every file's state after the last scan, as `GET /api/table` prints it.
    pub fn status(&self) -> Arc<FolderStatus> {
        self.status.load_full()
    }

    /// How the system's watch on the folder does.
    pub fn watch_gauges(&self) -> WatchGauges {
        WatchGauges {
            healthy: self.watching.is_healthy(),
            overflows: self.watching.overflows(),
        }
    }

    /// Was there a scan already?
    pub(super) fn has_scanned(&self) -> bool {
        self.scans.load(Ordering::Relaxed) > 0
    }

    /// What the watch and the scans share.
    pub(super) fn watching(&self) -> &Watching {
        &self.watching
    }

    /// The folder and its rhythm.
    pub fn settings(&self) -> &ReloadSettings {
        &self.settings
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
        let scan = self.scans.fetch_add(1, Ordering::Relaxed) + 1;
        let generation = self.live.load().generation();
        let mut report = ReloadReport::begin(scan, wall, trigger, generation);
        report.watch_healthy = self.watching.is_healthy();
        report.watch_overflows = self.watching.overflows();
        report.overflowed = report.watch_overflows != state.overflows;
        state.overflows = report.watch_overflows;
        if let Err(error) = self.look(state, &mut report, touched, now, wall) {
            report.store_refused = Some(error.to_string());
            report.look_again_in = Some(self.settings.deletion);
        }
        self.lint_few(state, &mut report);
        report.held = state.files.values().filter(|file| file.held).count();
        let lost = report.source_lost.clone().map(Arc::new);
        report.source_changed = self.lost.swap(lost).as_deref() != report.source_lost.as_ref();
        if report.look_again() || report.held > 0 || report.source_lost.is_some() {
            // Whatever is in doubt is decided by looking at all there is.
            state.listing = None;
        }
        report.took = now.elapsed();
        let report = Arc::new(report);
        if report.is_news() || trigger != Trigger::Poll {
            let second_look = report.look_again_in;
            self.watching.inbox().scanned(second_look, Instant::now());
            // Nobody listening is fine.
            let _ = self.reports.send(Arc::clone(&report));
        }
        report
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
            let state_store = self.state_store.as_ref();
            rollback::pin(
                &mut state.files,
                (file, digest),
                state_store,
                &self.capabilities,
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
