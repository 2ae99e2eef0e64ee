//! The folder's keeper: scans it, decides, publishes, reports.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::broadcast;

use super::aside::{Aside, AsideError};
use super::deletions::{self, Deletions, NotHeld};
use super::file_states::FileStates;
use super::first_look::{self, Ask};
use super::folder::{self, Listing};
use super::menu_cache::MenuCache;
use super::menu_changes;
use super::persisted_state::{PersistedState, StateStore};
use super::publication::Publication;
use super::report::{ReloadReport, Trigger};
use super::rollback::{self, RollbackError};
use super::rows::{Owned, restate, rows, rows_after};
use super::scan_delta::ScanDelta;
use super::scan_pass::ScanPass;
use super::settings::ReloadSettings;
use super::source::Source;
use super::watching::Watching;
use crate::config::{self, Capabilities, Problem, Reading};
use crate::events::WatchGauges;
use crate::restaurant::Digest;
use crate::routing::{Claims, FolderStatus, LiveTable};
use crate::store::{Store, StoreError};

/// Reports that a slow subscriber may fall behind.
const REPORTS_KEPT: usize = 256;

/// How a folder is listed.
type List = Box<dyn Fn(&Path) -> io::Result<Listing> + Send + Sync>;

/// Keeps the live table in step with a folder.
pub struct Reloader {
    settings: ReloadSettings,
    capabilities: Capabilities,
    live: Arc<LiveTable>,
    /// `None`: nothing outlives this process.
    state_store: Option<StateStore>,
    /// One scan at a time.
    state: Mutex<State>,
    status: ArcSwap<FolderStatus>,
    watching: Watching,
    aside: Aside,
    /// How the folder is listed, and asked whether it answers at all; a test's may never answer.
    list: List,
    ask: Arc<Ask>,
    /// Why the last scan could not read it.
    lost: ArcSwapOption<String>,
    reports: broadcast::Sender<Arc<ReloadReport>>,
}

#[derive(Default)]
struct State {
    scans: u64,
    files: FileStates,
    /// What the store holds.
    persisted: PersistedState,
    /// What the files of the last run came to.
    cache: MenuCache,
    /// Was the store's memory taken in?
    remembered: bool,
    /// Who claims what, as the table in force was decided; `None` until one is.
    claims: Option<Claims>,
    /// Was a table built since the start? Until then the owners are those of the last run.
    published: bool,
    /// Noticed and not yet published.
    pending: ScanDelta,
    source: Source,
    /// The next scan does not look: the folder does not answer.
    unanswered: bool,
    /// When every file was read last, whatever its stamp said.
    read_all: Option<Instant>,
    /// The folder as the last scan found it; `None` when something was in doubt.
    listing: Option<Listing>,
    /// What the last scan did not read, so that it is told once.
    skipped: BTreeMap<String, Problem>,
    /// Lost events that a report has told of.
    overflows: u64,
    /// Held files whose removal was confirmed, until the next scan concludes it.
    released: HashSet<String>,
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
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.scans > 0
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
        state.scans += 1;
        let generation = self.live.load().generation();
        let mut report = ReloadReport::begin(state.scans, wall, trigger, generation);
        report.watch_healthy = self.watching.is_healthy();
        report.watch_overflows = self.watching.overflows();
        report.overflowed = report.watch_overflows != state.overflows;
        state.overflows = report.watch_overflows;
        if let Err(error) = self.look(&mut state, &mut report, touched, now, wall) {
            report.store_refused = Some(error.to_string());
            report.look_again_in = Some(self.settings.deletion);
        }
        report.held = state.files.values().filter(|file| file.held).count();
        report.source_changed = state.source.is_news(report.source_lost.as_deref());
        self.lost.store(report.source_lost.clone().map(Arc::new));
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

    /// Lists, reads, concludes and publishes.
    ///
    /// # Errors
    /// The store's. The table then stays as it was, and what was noticed waits for the next scan.
    fn look(
        &self,
        state: &mut State,
        report: &mut ReloadReport,
        touched: Option<&BTreeSet<PathBuf>>,
        now: Instant,
        wall: Timestamp,
    ) -> Result<(), StoreError> {
        let first = self.state_store.as_ref().filter(|_| !state.remembered);
        if let Some(state_store) = first {
            state.persisted = state_store.load()?;
            state.cache = MenuCache::open(self.settings.cache.as_deref(), &self.capabilities);
        }
        self.watching.catch_up();
        let (here, listing) = match std::mem::take(&mut state.unanswered) {
            true => (None, Err(first_look::unanswered())),
            false => {
                let here = folder::identity(&self.settings.folder);
                (here, self.renewed(state, touched, report))
            }
        };
        let mut delta = match &listing {
            Ok(listing) => self.read(state, listing, now, wall),
            Err(_) => ScanDelta::default(),
        };
        if let Some(state_store) = first {
            let (persisted, files, cache) = (&state.persisted, &mut state.files, &state.cache);
            let served = (&self.capabilities, cache);
            let restored = state_store.restore(persisted, files, served, wall, &mut delta);
            if let Err(error) = restored {
                state.pending = delta.after(std::mem::take(&mut state.pending));
                return Err(error);
            }
        }
        state.remembered = true;
        state.cache.forget_bytes();
        match listing {
            // Nothing is concluded from a folder that cannot be read.
            Err(error) => report.source_lost = Some(error.to_string()),
            Ok(listing) => {
                let replaced = state.source.is_replaced_by(here);
                report.source_lost = replaced.then(|| {
                    "another folder lies in its place; what it lacks is not deleted yet".to_owned()
                });
                let deletions = Deletions {
                    listing: &listing,
                    deletion: self.settings.deletion,
                    released: &std::mem::take(&mut state.released),
                    deletes: !replaced,
                    now,
                };
                if replaced {
                    delta.look_again(self.settings.poll_unhealthy);
                }
                deletions.conclude(&mut state.files, &mut delta);
                report.note_listed(listing.files.len(), &listing.skipped, &mut state.skipped);
                self.watching.set_link_homes(listing.link_homes());
                state.listing = Some(listing);
            }
        }
        let delta = delta.after(std::mem::take(&mut state.pending));
        report.look_again_in = delta.again_in;
        if delta.is_nothing() {
            return Ok(());
        }
        let published = self.publish(state, &delta, wall, report);
        match published {
            Err(_) => state.pending = delta,
            Ok(()) => state.cache.keep_up(&state.files, delta.changed.len()),
        }
        published
    }

    /// The folder as it is now: the listing of the scan before, with these paths looked at anew, or else a whole new one.
    fn renewed(
        &self,
        state: &mut State,
        touched: Option<&BTreeSet<PathBuf>>,
        report: &mut ReloadReport,
    ) -> io::Result<Listing> {
        let trusted = report.watch_healthy && !report.overflowed;
        let kept = state.listing.take().filter(|_| trusted).zip(touched);
        let folder = &self.settings.folder;
        let refreshed = kept.and_then(|(listing, touched)| listing.refreshed(folder, touched));
        report.listed_whole = refreshed.is_none();
        refreshed.map_or_else(|| (self.list)(folder), Ok)
    }

    /// Takes in what changed in the folder.
    fn read(
        &self,
        state: &mut State,
        listing: &Listing,
        now: Instant,
        wall: Timestamp,
    ) -> ScanDelta {
        let due = |last: Instant| now.duration_since(last) >= self.settings.read_all;
        let read_all = state.read_all.is_none_or(due);
        if read_all {
            state.read_all = Some(now);
        }
        let patience = self.settings.writer;
        let pass = ScanPass {
            listing,
            settings: &self.settings,
            capabilities: &self.capabilities,
            cache: &state.cache,
            kept: &|name| state.persisted.kept(name),
            writing: &|name| {
                let real_path = || listing.real_path(name);
                self.watching.writing(real_path, patience, now)
            },
            read_all,
            now,
            wall,
        };
        let mut delta = pass.read_changed(&mut state.files);
        self.watching.tell(patience, now);
        if delta.unread {
            // Their bytes are hashed behind the first table; what differs is a change.
            state.read_all = None;
            delta.look_again(self.settings.deletion);
        }
        delta
    }

    fn publish(
        &self,
        state: &mut State,
        delta: &ScanDelta,
        wall: Timestamp,
        report: &mut ReloadReport,
    ) -> Result<(), StoreError> {
        let active = self.live.load();
        let files = &mut state.files;
        let generation = active.generation().max(state.persisted.generation);
        let incumbents = (!state.published).then(|| state.persisted.incumbents(files));
        let Publication {
            claims,
            scope,
            table: next,
            diff: changes,
        } = match state.claims.take() {
            None => Publication::of_everything(
                &active,
                incumbents.as_ref().unwrap_or(&active),
                files,
                generation + 1,
            ),
            Some(claims) => Publication::of_changes(&active, claims, files, delta, generation + 1),
        };
        // Same meaning, perhaps other bytes: the digests follow the files, the generation stays.
        let next = if changes.is_empty() {
            next.renumbered(generation)
        } else {
            next
        };
        let table = Arc::new(next);
        report.published = !changes.is_empty();
        report.generation = table.generation();
        report.diff = changes;
        let in_force = &state.persisted.in_force;
        let before = |name: &str| Some(in_force.get(name)?.digest.clone());
        let owned = Owned::within(&scope, &table, &claims);
        let about = (&scope, &owned);
        let earlier = restate(files, about, &claims, delta, &before, wall, report);
        menu_changes::note(report, files, &active);
        let change = state.persisted.change(files, about, delta, report, wall);
        if let Some(state_store) = &self.state_store
            && let Err(error) = state_store.write(&change)
        {
            for (name, status, since) in earlier {
                if let Some(file) = files.get_mut(&name) {
                    (file.status, file.since) = (status, since);
                }
            }
            report.take_back(active.generation());
            return Err(error);
        }
        state.persisted.note(change, files, &scope);
        state.published = true;
        if report.published
            || table.digest() != active.digest()
            || table.generation() != active.generation()
        {
            self.live.publish(Arc::clone(&table));
        }
        let within = earlier.iter().all(|(name, ..)| scope.includes(name));
        let status = match within {
            true => rows_after(&self.status.load(), files, &table, about),
            false => rows(files, &table, &Owned::under(&table)),
        };
        self.status.store(Arc::new(status));
        drop(owned);
        state.claims = Some(claims);
        Ok(())
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
