//! The folder's reports become events; SIGHUP becomes a scan.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

use super::git_commits::Lookup;
use crate::config::Problem;
use crate::events::{DomainEvent, Events, FileChange, FileNews, FolderState};
use crate::reload::{FileEvent, FileOutcome, ReloadReport, Reloader, Trigger, Watch};
use crate::routing::FileStatus;
use crate::store::Store;

/// How long a scan under way may take at the end; one that hangs with its disk is not waited for.
const SCAN_TIMEOUT: Duration = Duration::from_secs(5);

/// The watch of the folder, and the task that tells what it finds.
pub(super) struct Reports {
    /// The first scan's.
    pub first: Arc<ReloadReport>,
    watch: Watch,
    stop: oneshot::Sender<()>,
    teller: JoinHandle<()>,
}

/// Starts the watcher and waits for its first scan; reports go to `events` from then on.
///
/// # Errors
/// Why there was no first table: the store refused, or the watcher ended at once.
pub(super) async fn start(
    reloader: &Arc<Reloader>,
    events: &Events,
    store: &Store,
) -> Result<Reports, String> {
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().map_err(|error| error.to_string())?;
    let first = reports.recv().await.map_err(|error| error.to_string())?;
    if let Some(error) = &first.store_refused {
        return Err(error.clone());
    }
    let mut publisher = EventPublisher {
        reloader: Arc::clone(reloader),
        events: events.clone(),
        store: store.clone(),
        skipped: BTreeMap::new(),
        lookups: JoinSet::new(),
        authors: Lookup::default(),
    };
    publisher.tell(&first);
    publisher.name_authors(&first);
    let (stop, mut stopped) = oneshot::channel();
    let teller = spawn(async move {
        loop {
            let report = tokio::select! {
                biased;
                report = reports.recv() => report,
                _ = &mut stopped => Err(RecvError::Closed),
            };
            match report {
                Ok(report) => {
                    publisher.tell(&report);
                    publisher.name_authors(&report);
                    while publisher.lookups.try_join_next().is_some() {}
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break,
            }
        }
        publisher.lookups.join_all().await;
    });
    Ok(Reports {
        first,
        watch,
        stop,
        teller,
    })
}

impl Reports {
    /// Ends the watch; what was found until now is told, and whose it was looked up, before this returns.
    pub(super) async fn finish(self) {
        let _ = tokio::time::timeout(SCAN_TIMEOUT, self.watch.stop()).await;
        // It may have ended by itself.
        let _ = self.stop.send(());
        let _ = self.teller.await;
    }
}

/// Scans on every SIGHUP, for as long as the process lives.
pub(super) fn scan_on_hangup(reloader: &Arc<Reloader>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangups) = signal(SignalKind::hangup()) else {
        return;
    };
    let reloader = Arc::clone(reloader);
    spawn(async move {
        while hangups.recv().await.is_some() {
            let scan = reloader.aside(|reloader| reloader.scan_now(Trigger::Signal));
            if let Err(error) = scan.await {
                tracing::warn!(code = "SCAN_FAILED", %error, "SIGHUP");
            }
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "tasks of the whole process")]
fn spawn(task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(task)
}

/// Turns reports into events, each piece of news once.
struct EventPublisher {
    reloader: Arc<Reloader>,
    events: Events,
    store: Store,
    /// What was told not to be read.
    skipped: BTreeMap<String, Problem>,
    /// Whose commits they were: asked of git under way.
    lookups: JoinSet<()>,
    authors: Lookup,
}

impl EventPublisher {
    fn tell(&mut self, report: &ReloadReport) {
        if let Some(error) = &report.store_refused {
            let error = error.clone();
            self.events.publish(DomainEvent::ConfigNotKept { error });
            return;
        }
        if report.source_changed {
            let folder = self.reloader.settings().folder.display().to_string();
            let lost = report.source_lost.as_ref();
            let lost = lost.map(|error| format!("{folder}: {error}"));
            self.events.publish(DomainEvent::ConfigSource { lost });
        }
        if report.source_lost.is_none() && report.trigger != Trigger::Lint {
            self.tell_skipped(report);
        }
        for event in &report.files {
            let change = Box::new(change(report, event));
            self.events.publish(DomainEvent::ConfigFile(change));
        }
        let status = self.reloader.status();
        self.events.publish(DomainEvent::ConfigLoaded {
            generation: report.generation,
            digest: status.digest.clone(),
            published: report.published,
            trigger: report.trigger.as_str(),
            served: status.restaurants.len(),
            held: report.held,
            state: FolderState::of(&status, report.source_lost.as_deref()),
            took: report.took,
            visible: visible(report),
        });
    }

    /// Completes the audit aside: git may be slow, and nobody waits for it.
    fn name_authors(&mut self, report: &ReloadReport) {
        let files: Vec<String> = report
            .files
            .iter()
            .filter(|event| event.digest.is_some())
            // A start reads every file again; what is served as it was has been audited before.
            .filter(|event| match event.outcome {
                FileOutcome::Accepted => event.served != event.before,
                FileOutcome::Warned => false,
                _ => true,
            })
            .map(|event| event.file.clone())
            .collect();
        if files.is_empty() || report.store_refused.is_some() {
            return;
        }
        let (store, events, at) = (self.store.clone(), self.events.clone(), report.at);
        let folder = self.reloader.settings().folder.clone();
        let authors = self.authors.clone();
        self.lookups.spawn(async move {
            let commits = authors.commits(&folder, &files).await;
            if commits.is_empty() {
                return;
            }
            if let Err(error) = store.note_commits(at, &commits).await {
                events.publish(DomainEvent::StoreFailed {
                    what: "name the authors of a change of the folder",
                    error: error.to_string(),
                });
            }
        });
    }

    fn tell_skipped(&mut self, report: &ReloadReport) {
        let now: BTreeMap<String, Problem> = report.skipped.iter().cloned().collect();
        for (name, problem) in &now {
            if self.skipped.get(name) != Some(problem) {
                self.events.publish(DomainEvent::ConfigSkipped {
                    name: name.clone(),
                    problem: problem.clone(),
                });
            }
        }
        self.skipped = now;
    }
}

fn change(report: &ReloadReport, event: &FileEvent) -> FileChange {
    let news = match (event.outcome, event.status) {
        (FileOutcome::Accepted, _) => FileNews::Accepted,
        (FileOutcome::Rejected, Some(FileStatus::Conflict)) => FileNews::Conflict,
        (FileOutcome::Rejected, _) if event.served.is_some() => FileNews::Stale,
        (FileOutcome::Rejected, _) => FileNews::Rejected,
        (FileOutcome::Moved, _) => FileNews::Moved,
        (FileOutcome::Pinned, _) => FileNews::Pinned,
        (FileOutcome::Missing, _) => FileNews::Missing,
        (FileOutcome::Removed, _) => FileNews::Removed,
        (FileOutcome::Held, _) => FileNews::Held,
        (FileOutcome::Restated, Some(FileStatus::Conflict)) => FileNews::Conflict,
        (FileOutcome::Restated, _) => FileNews::Restated,
        (FileOutcome::Warned, _) => FileNews::Warned,
    };
    FileChange {
        news,
        file: event.file.clone(),
        status: event.status,
        generation: report.generation,
        trigger: report.trigger.as_str(),
        digest: event.digest.clone(),
        served: event.served.clone(),
        served_of: event.served_of,
        before: event.before.clone(),
        moved_from: event.moved_from.clone(),
        changes: event.changes.clone(),
        problems: event.problems.clone(),
    }
}

/// How long each newly served version was on disk before it was served. Not at a start: the time between is no one's delay.
fn visible(report: &ReloadReport) -> Vec<Duration> {
    if !report.published || report.trigger == Trigger::Start {
        return Vec::new();
    }
    let served = report.at.checked_add(report.took).unwrap_or(report.at);
    report
        .files
        .iter()
        .filter(|event| event.outcome == FileOutcome::Accepted)
        .filter_map(|event| Duration::try_from(served.duration_since(event.modified?)).ok())
        .collect()
}
