//! The watcher task: events are hints that a scan is due, the clock sees to it that one comes anyway.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::git_lock;
use super::hint::Hint;
use super::mounts;
use super::reloader::Reloader;
use super::report::{ReloadReport, Trigger};
use super::settings::{ReloadSettings, WatchMode};
use super::settle::Burst;
use super::watched_dirs::WatchedDirs;

impl Reloader {
    /// Starts the watcher on the current tokio runtime; it scans first. Abort the handle to stop it: a scan under way is
    /// finished, none follows.
    pub fn spawn(self: &Arc<Self>) -> tokio::task::JoinHandle<()> {
        tokio::spawn(run(Arc::clone(self)))
    }
}

/// Scans once, then whenever the folder settles or the clock says so. Ends when it is aborted.
async fn run(reloader: Arc<Reloader>) {
    let settings = reloader.settings().clone();
    let (hints, mut hinted) = mpsc::unbounded_channel();
    let mut dirs = settings
        .watch
        .uses_events()
        .then(|| WatchedDirs::new(&reloader, hints));
    let mut reports = reloader.subscribe();
    let mut trigger = if reloader.has_scanned() {
        Trigger::Poll
    } else {
        Trigger::Start
    };
    let mut burst: Option<Burst> = None;
    loop {
        // The watch comes before the scan: what changes between the two is an event.
        keep_up(&mut dirs, &reloader);
        let scanning = Arc::clone(&reloader);
        let pause = match tokio::task::spawn_blocking(move || scanning.scan_now(trigger)).await {
            Ok(report) => pause(&settings, &reloader, &report),
            Err(error) if error.is_cancelled() => return,
            Err(_) => settings.deletion,
        };
        // Links lead to folders that were not watched while their files were read.
        if keep_up(&mut dirs, &reloader) && burst.is_none() {
            burst = Some(Burst::begin(Vec::new(), std::time::Instant::now()));
        }
        let mut next_poll = Instant::now().checked_add(pause);
        trigger = loop {
            let due = burst.as_ref().map(|burst| Instant::from_std(burst.due()));
            let overdue = reloader.watching().first_overdue(settings.writer);
            let overdue = overdue.map(Instant::from_std);
            let heartbeat = dirs
                .is_some()
                .then(|| Instant::now() + settings.poll_unhealthy);
            let quiet = burst.is_none();
            let git_works = || git_lock::is_held(&settings.folder, settings.git, SystemTime::now());
            tokio::select! {
                Some(hint) = hinted.recv() => {
                    if let Some(dirs) = &mut dirs {
                        dirs.doubt(&hint);
                    }
                    take(&mut burst, hint);
                }
                Ok(report) = reports.recv() => {
                    // Somebody else's scan missed a file: the second look at it is ours.
                    let second = report.look_again_in.and_then(|wait| Instant::now().checked_add(wait));
                    next_poll = [next_poll, second].into_iter().flatten().min();
                    if keep_up(&mut dirs, &reloader) {
                        take(&mut burst, Hint::Finished(Vec::new()));
                    }
                }
                () = at(due) => {
                    let now = std::time::Instant::now();
                    let waits = git_works()
                        && burst.as_mut().is_some_and(|burst| burst.wait_for_git(settings.git, now));
                    if !waits {
                        burst = None;
                        break Trigger::Event;
                    }
                }
                () = at([next_poll, overdue].into_iter().flatten().min()), if quiet => {
                    if !git_works() {
                        break Trigger::Poll;
                    }
                    take(&mut burst, Hint::Finished(Vec::new()));
                }
                () = at(heartbeat), if quiet => {
                    if dirs.as_ref().is_some_and(WatchedDirs::is_replaced) {
                        break Trigger::Poll;
                    }
                }
            }
        };
    }
}

/// A hint begins a burst or prolongs it. Writing alone begins none: its end will.
fn take(burst: &mut Option<Burst>, hint: Hint) {
    let now = std::time::Instant::now();
    let (begins, paths) = match hint {
        Hint::Lost => (true, Vec::new()),
        Hint::Finished(paths) | Hint::Touched(paths) => (true, paths),
        Hint::Writing(paths) => (false, paths),
    };
    match burst {
        Some(burst) => burst.add(paths, now),
        None if begins => *burst = Some(Burst::begin(paths, now)),
        None => {}
    }
}

/// Watches what is there now. Was anything not watched before?
fn keep_up(dirs: &mut Option<WatchedDirs>, reloader: &Reloader) -> bool {
    let Some(dirs) = dirs else { return false };
    let new = dirs.keep_up();
    reloader.watching().set_healthy(dirs.is_healthy());
    new
}

/// How long until the next scan that needs no event.
fn pause(settings: &ReloadSettings, reloader: &Reloader, report: &ReloadReport) -> Duration {
    let blind = match settings.watch {
        WatchMode::Off => return report.look_again_in.unwrap_or(Duration::MAX),
        WatchMode::Poll => false,
        WatchMode::Native => !reloader.watching().is_healthy(),
        WatchMode::Auto => {
            let real = settings.folder.canonicalize();
            !reloader.watching().is_healthy() || real.is_ok_and(|path| mounts::hides_changes(&path))
        }
    };
    let rhythm = if blind || report.source_lost.is_some() {
        settings.poll_unhealthy
    } else {
        settings.poll
    };
    report.look_again_in.map_or(rhythm, |wait| wait.min(rhythm))
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
