//! The folder's keeper: scans it, decides, publishes, reports.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::broadcast;

use super::folder;
use super::known::{KnownFile, KnownFiles};
use super::report::{FileEvent, FileOutcome, ReloadReport, Trigger};
use super::scanning::{self, Noticed};
use super::settings::ReloadSettings;
use super::watch;
use crate::config::{Capabilities, Problem};
use crate::routing::{
    FileStatus, FolderStatus, LiveTable, RejectedRow, RoutingTable, ServedRow, decide, diff,
    explain,
};

/// Reports that a slow subscriber may fall behind.
const REPORTS_KEPT: usize = 256;

/// Keeps the live table in step with a folder.
pub struct Reloader {
    settings: ReloadSettings,
    capabilities: Capabilities,
    live: Arc<LiveTable>,
    /// One scan at a time.
    state: Mutex<State>,
    status: ArcSwap<FolderStatus>,
    reports: broadcast::Sender<Arc<ReloadReport>>,
}

#[derive(Default)]
struct State {
    scans: u64,
    files: KnownFiles,
    /// Why the folder could not be read last time.
    source_lost: Option<String>,
}

impl Reloader {
    /// A keeper that has not looked yet; [`Reloader::scan_now`] or [`Reloader::spawn`] makes it look.
    pub fn new(
        settings: ReloadSettings,
        live: Arc<LiveTable>,
        capabilities: Capabilities,
    ) -> Arc<Self> {
        let table = live.load();
        Arc::new(Self {
            settings,
            capabilities,
            status: ArcSwap::from_pointee(rows(&KnownFiles::new(), &table)),
            live,
            state: Mutex::default(),
            reports: broadcast::Sender::new(REPORTS_KEPT),
        })
    }

    /// Scans now, on this thread (tens of milliseconds to seconds: from async code through `spawn_blocking`).
    pub fn scan_now(&self, trigger: Trigger) -> Arc<ReloadReport> {
        self.scan(trigger, Instant::now(), Timestamp::now())
    }

    /// Starts the watcher on the current tokio runtime; it scans first. Abort the handle to stop it: a scan under way is
    /// finished, none follows.
    pub fn spawn(self: &Arc<Self>) -> tokio::task::JoinHandle<()> {
        tokio::spawn(watch::run(Arc::clone(self)))
    }

    /// Every report from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<ReloadReport>> {
        self.reports.subscribe()
    }

    /// Every file's state after the last scan, as `GET /api/table` prints it.
    pub fn status(&self) -> Arc<FolderStatus> {
        self.status.load_full()
    }

    /// Was there a scan already?
    pub(super) fn has_scanned(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.scans > 0
    }

    /// The folder and its rhythm.
    pub fn settings(&self) -> &ReloadSettings {
        &self.settings
    }

    /// The one function behind every trigger. `now` and `wall` are the same moment on both clocks.
    pub fn scan(&self, trigger: Trigger, now: Instant, wall: Timestamp) -> Arc<ReloadReport> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.scans += 1;
        let mut report = ReloadReport {
            scan: state.scans,
            trigger,
            generation: self.live.load().generation(),
            published: false,
            diff: Default::default(),
            files: Vec::new(),
            skipped: Vec::new(),
            listed: 0,
            source_lost: None,
            source_changed: false,
            look_again: false,
            took: Default::default(),
        };
        match folder::list(&self.settings.folder) {
            Err(error) => report.source_lost = Some(error.to_string()),
            Ok(listing) => {
                let noticed = scanning::bring_up_to_date(
                    &mut state.files,
                    &listing,
                    &self.settings.folder,
                    &self.capabilities,
                    self.settings.deletion,
                    (now, wall),
                );
                report.listed = listing.files.len();
                report.skipped = listing.skipped.into_iter().collect();
                report.look_again = noticed.look_again;
                if !noticed.is_nothing() {
                    self.publish(&mut state.files, &noticed, wall, &mut report);
                }
            }
        }
        report.source_changed = report.source_lost != state.source_lost;
        state.source_lost.clone_from(&report.source_lost);
        report.took = now.elapsed();
        let report = Arc::new(report);
        if report.is_news() || trigger != Trigger::Poll {
            // Nobody listening is fine.
            let _ = self.reports.send(Arc::clone(&report));
        }
        report
    }

    fn publish(
        &self,
        files: &mut KnownFiles,
        noticed: &Noticed,
        wall: Timestamp,
        report: &mut ReloadReport,
    ) {
        let active = self.live.load();
        let candidates: Vec<_> = files.values().filter_map(KnownFile::candidate).collect();
        let owners = decide(&active, &candidates);
        let mut conflicts: HashMap<String, Vec<Problem>> = HashMap::new();
        for conflict in &owners.conflicts {
            let file = conflict.refused.file.clone();
            conflicts.entry(file).or_default().push(explain(conflict));
        }
        let next = RoutingTable::with_owners(active.generation() + 1, owners.by_number);
        let changes = diff(&active, &next);
        let table = if changes.is_empty() {
            // Same meaning, perhaps other bytes: the digests follow the files, the generation stays.
            let same = RoutingTable::with_owners(
                active.generation(),
                next.numbers()
                    .map(|(n, s)| (n.clone(), Arc::clone(s)))
                    .collect(),
            );
            Arc::new(same)
        } else {
            Arc::new(next)
        };
        report.published = !changes.is_empty();
        report.generation = table.generation();
        report.diff = changes;
        if report.published || table.digest() != active.digest() {
            self.live.publish(Arc::clone(&table));
        }
        restate(files, &table, &mut conflicts, noticed, wall, report);
        self.status.store(Arc::new(rows(files, &table)));
    }
}

/// Gives every file its status under `table` and reports what changed.
fn restate(
    files: &mut KnownFiles,
    table: &RoutingTable,
    conflicts: &mut HashMap<String, Vec<Problem>>,
    noticed: &Noticed,
    wall: Timestamp,
    report: &mut ReloadReport,
) {
    for (name, file) in files.iter_mut() {
        file.conflicts = conflicts.remove(name).unwrap_or_default();
        let status = file.status_with(numbers_of(name, file, table).len());
        let changed = noticed.changed.contains(name);
        let restated = status != file.status;
        if changed || restated {
            file.since = wall;
        }
        file.status = status;
        let outcome = match () {
            () if noticed.missing.contains(name) => FileOutcome::Missing,
            () if changed && (file.rejected || !status.is_served()) => FileOutcome::Rejected,
            () if changed => FileOutcome::Accepted,
            () if restated => FileOutcome::Restated,
            () => continue,
        };
        report.files.push(FileEvent {
            file: name.clone(),
            outcome,
            status: Some(status),
            digest: file.digest.clone(),
            problems: file.all_problems(),
        });
    }
    report
        .files
        .extend(noticed.removed.iter().map(|name| FileEvent {
            file: name.clone(),
            outcome: FileOutcome::Removed,
            status: None,
            digest: None,
            problems: Vec::new(),
        }));
    report.files.sort_by(|a, b| a.file.cmp(&b.file));
}

/// The numbers that `file` itself owns: another file of the same id does not count.
fn numbers_of(
    name: &str,
    file: &KnownFile,
    table: &RoutingTable,
) -> Vec<crate::restaurant::PhoneNumber> {
    let Some(last) = &file.last_good else {
        return Vec::new();
    };
    let id = &last.served.restaurant.id;
    match table.restaurant(id) {
        Some(served) if served.file == name => table.numbers_of(id),
        _ => Vec::new(),
    }
}

/// The rows of `GET /api/table`.
fn rows(files: &KnownFiles, table: &RoutingTable) -> FolderStatus {
    let mut status = FolderStatus {
        generation: table.generation(),
        digest: table.digest().clone(),
        restaurants: Vec::new(),
        rejected: Vec::new(),
    };
    for (name, file) in files {
        match &file.last_good {
            Some(last) if file.status.is_served() => status.restaurants.push(ServedRow {
                id: last.served.restaurant.id.clone(),
                name: last.served.restaurant.name.clone(),
                phone_numbers: numbers_of(name, file, table),
                file: name.clone(),
                digest: last.served.digest.clone(),
                status: file.status,
                since: file.since,
                problems: file.all_problems(),
            }),
            _ => status.rejected.push(RejectedRow {
                id: file.id.clone(),
                file: name.clone(),
                status: match file.status {
                    FileStatus::Conflict => FileStatus::Conflict,
                    _ => FileStatus::Rejected,
                },
                problems: file.all_problems(),
            }),
        }
    }
    status.restaurants.sort_by(|a, b| a.id.cmp(&b.id));
    status
}

#[cfg(test)]
#[path = "reloader_tests.rs"]
mod tests;
