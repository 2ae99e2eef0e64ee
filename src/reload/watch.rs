//! The watcher task: events are hints that a scan is due, the clock sees to it that one comes anyway.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::folder;
use super::reloader::Reloader;
use super::report::Trigger;
use super::settings::WatchMode;
use super::settle::Burst;

/// Scans once, then whenever the folder settles or the clock says so. Ends when it is aborted.
pub(super) async fn run(reloader: Arc<Reloader>) {
    let settings = reloader.settings().clone();
    let (hints, mut hinted) = mpsc::unbounded_channel();
    let mut watch = Watch::new(&reloader, settings.watch.uses_events().then_some(hints));
    let mut reports = reloader.subscribe();
    let mut trigger = if reloader.has_scanned() {
        Trigger::Poll
    } else {
        Trigger::Start
    };
    let mut burst: Option<Burst> = None;
    loop {
        // The watch comes before the scan: what changes between the two is an event.
        watch.keep_up();
        let failing = settings.watch.uses_events() && !watch.is_healthy();
        let health = reloader.watch_health();
        health.failing.store(failing, Ordering::Relaxed);
        let scanning = Arc::clone(&reloader);
        let look_again = match tokio::task::spawn_blocking(move || scanning.scan_now(trigger)).await
        {
            Ok(report) => report.look_again,
            Err(error) if error.is_cancelled() => return,
            Err(_) => true,
        };
        let pause = match settings.watch {
            _ if look_again => settings.deletion,
            WatchMode::Off => Duration::MAX,
            _ if failing => settings.poll_unhealthy,
            _ => settings.poll,
        };
        let mut next_poll = Instant::now().checked_add(pause);
        trigger = loop {
            let due = burst.as_ref().map(|burst| Instant::from_std(burst.due()));
            tokio::select! {
                Some(paths) = hinted.recv() => {
                    let now = std::time::Instant::now();
                    match &mut burst {
                        Some(burst) => burst.add(paths, now),
                        None => burst = Some(Burst::begin(paths, now)),
                    }
                }
                // Somebody else's scan missed a file: the second look at it is ours.
                Ok(report) = reports.recv() => if report.look_again {
                    let second = Instant::now().checked_add(settings.deletion);
                    next_poll = [next_poll, second].into_iter().flatten().min();
                },
                () = at(due) => { burst = None; break Trigger::Event; }
                () = at(next_poll), if burst.is_none() => break Trigger::Poll,
            }
        };
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// The system's watch on the folder, renewed when the folder was replaced.
struct Watch {
    reloader: Arc<Reloader>,
    hints: Option<mpsc::UnboundedSender<Vec<PathBuf>>>,
    watcher: Option<RecommendedWatcher>,
    /// Device and inode the watch is on.
    on: Option<(u64, u64)>,
}

impl Watch {
    fn new(reloader: &Arc<Reloader>, hints: Option<mpsc::UnboundedSender<Vec<PathBuf>>>) -> Self {
        Self {
            reloader: Arc::clone(reloader),
            hints,
            watcher: None,
            on: None,
        }
    }

    fn is_healthy(&self) -> bool {
        self.watcher.is_some()
    }

    /// Watches the folder that is there now.
    fn keep_up(&mut self) {
        let Some(hints) = &self.hints else { return };
        let root = self.reloader.settings().folder.clone();
        let here = folder::identity(&root);
        if here.is_some() && here == self.on {
            return;
        }
        let (hints, reloader) = (hints.clone(), Arc::clone(&self.reloader));
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let paths = match event {
                Ok(event) if event.need_rescan() => {
                    let health = reloader.watch_health();
                    health.overflows.fetch_add(1, Ordering::Relaxed);
                    Vec::new()
                }
                Ok(event) if finishes_something(&event) => event.paths,
                Ok(_) => return,
                Err(_) => Vec::new(),
            };
            // The task is gone: so is the need for hints.
            let _ = hints.send(paths);
        });
        self.watcher = watcher.ok().and_then(|mut watcher| {
            let watched = watcher.watch(&root, RecursiveMode::NonRecursive);
            watched.is_ok().then_some(watcher)
        });
        self.on = self.watcher.is_some().then_some(here).flatten();
    }
}

/// A closed write, a rename, a deletion; our own reads raise none of these. A created link is complete at once (`ln` and
/// `ln -s` raise only this), a created file is not.
fn finishes_something(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
        EventKind::Create(CreateKind::File) | EventKind::Create(CreateKind::Any) => {
            event.paths.iter().any(|path| is_link(path))
        }
        EventKind::Create(_) => true,
        _ => false,
    }
}

fn is_link(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink() || m.nlink() > 1)
}
