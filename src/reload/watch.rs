//! The watch: a thread of its own, because every file call may hang for as long as a network folder does. Events are hints
//! that a scan is due, the clock sees to it that one comes anyway.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::oneshot;

use super::first_look;
use super::first_scan;
use super::git_lock;
use super::inbox::Woken;
use super::mounts;
use super::reloader::Reloader;
use super::report::{ReloadReport, Trigger};
use super::settings::{ReloadSettings, WatchMode};
use super::watched_dirs::WatchedDirs;

/// A running watch; dropping it stops it. A scan under way is finished, none follows.
pub struct Watch {
    reloader: Arc<Reloader>,
    ended: oneshot::Receiver<()>,
}

impl Watch {
    /// Stops it and waits until it has ended: as long as a scan that is under way takes, which may be for ever where the
    /// folder's disk does not answer.
    pub async fn stop(mut self) {
        self.reloader.watching().inbox().stop();
        // Its other half is dropped when the thread ends, however it does.
        let _ = (&mut self.ended).await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.reloader.watching().inbox().stop();
    }
}

impl Reloader {
    /// Starts the watch on a thread of its own; it scans first.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn watch(self: &Arc<Self>) -> io::Result<Watch> {
        let (alive, ended) = oneshot::channel();
        let watching = Arc::clone(self);
        std::thread::Builder::new()
            .name("folder".to_owned())
            .spawn(move || {
                let _alive: oneshot::Sender<()> = alive;
                run(&watching);
            })?;
        Ok(Watch {
            reloader: Arc::clone(self),
            ended,
        })
    }
}

/// Scans once, then whenever the folder settles or the clock says so.
fn run(reloader: &Arc<Reloader>) {
    let settings = reloader.settings().clone();
    let inbox = reloader.watching().inbox();
    let mut trigger = if reloader.has_scanned() {
        Trigger::Poll
    } else {
        Trigger::Start
    };
    let mut first = trigger == Trigger::Start;
    if first && !first_look::answers(&settings, reloader.ask()) {
        let served = AssertUnwindSafe(|| reloader.serve_stored());
        if std::panic::catch_unwind(served).is_ok() {
            trigger = Trigger::Poll;
            first = false;
        }
    }
    let mut dirs = settings
        .watch
        .uses_events()
        .then(|| WatchedDirs::new(reloader));
    // All that happened since the scan before, if the scan is because of events and they tell.
    let mut touched = None;
    let mut next_poll: Option<Instant> = None;
    loop {
        // The watch comes before the scan: what changes between the two is an event.
        let new = keep_up(&mut dirs, reloader);
        if new || next_poll.is_some_and(|due| due <= Instant::now()) {
            // What happened before the watch was no event; and a look at the whole folder is due, however much happens.
            touched = None;
        }
        // A scan that panics has said so; the next one comes soon.
        let scan = match std::mem::take(&mut first) {
            true => first_scan::run(reloader),
            false => std::panic::catch_unwind(AssertUnwindSafe(|| match trigger {
                Trigger::Event => reloader.scan_touched(touched.as_ref()),
                _ => reloader.scan_now(trigger),
            })),
        };
        next_poll = match &scan {
            // The clock goes on: a look at a few files is no look at the folder.
            Ok(report) if !report.listed_whole && !report.look_again() => next_poll,
            Ok(report) => Instant::now().checked_add(pause(&settings, reloader, report)),
            Err(_) => Instant::now().checked_add(settings.deletion),
        };
        // Links lead to folders that were not watched while their files were read.
        if keep_up(&mut dirs, reloader) {
            inbox.look_soon(Instant::now());
        }
        trigger = loop {
            // What happens in the folder meanwhile comes before the next files.
            let more = reloader.lint_next().then(Instant::now);
            let overdue = reloader.watching().first_overdue(settings.writer);
            let poll = [next_poll, overdue].into_iter().flatten().min();
            let heartbeat = dirs
                .is_some()
                .then(|| Instant::now() + settings.poll_unhealthy);
            let clock = [poll, heartbeat, more].into_iter().flatten().min();
            let git_works = || git_lock::is_held(&settings.folder, settings.git, SystemTime::now());
            match inbox.wait(clock) {
                Woken::Stopped => return,
                Woken::Told => {}
                Woken::Doubted(folders) => {
                    if let Some(dirs) = &mut dirs {
                        dirs.doubt(&folders);
                    }
                }
                Woken::Scanned(second_look) => {
                    // Somebody else's scan missed a file: the second look at it is ours.
                    next_poll = [next_poll, second_look].into_iter().flatten().min();
                    if keep_up(&mut dirs, reloader) {
                        inbox.look_soon(Instant::now());
                    }
                }
                Woken::Settled => {
                    let waits = git_works() && inbox.wait_for_git(settings.git, Instant::now());
                    if !waits {
                        // One look at what happened together, not half of it.
                        reloader.watching().catch_up();
                        touched = inbox.take_burst();
                        break Trigger::Event;
                    }
                }
                Woken::Clock if poll.is_some_and(|due| due <= Instant::now()) => {
                    if !git_works() {
                        break Trigger::Poll;
                    }
                    inbox.look_soon(Instant::now());
                }
                Woken::Clock => {
                    if dirs.as_ref().is_some_and(WatchedDirs::is_replaced) {
                        break Trigger::Poll;
                    }
                }
            }
        };
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
