//! The folder's reports become events; SIGHUP becomes a scan.

use std::sync::Arc;

use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

use crate::config::Problem;
use crate::events::{Event, Events, Finding};
use crate::reload::{ReloadReport, Reloader, Trigger};

/// Starts the watcher and waits for its first scan; reports go to `events` from then on. `None`: it ended at once.
pub(super) async fn start(reloader: &Arc<Reloader>, events: &Events) -> Option<JoinHandle<()>> {
    let mut reports = reloader.subscribe();
    let watcher = reloader.spawn();
    let first = reports.recv().await.ok()?;
    publish(reloader, events, &first);
    let (keeper, outlet) = (Arc::clone(reloader), events.clone());
    spawn(async move {
        loop {
            match reports.recv().await {
                Ok(report) => publish(&keeper, &outlet, &report),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
    Some(watcher)
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
            let reloader = Arc::clone(&reloader);
            let scan = tokio::task::spawn_blocking(move || reloader.scan_now(Trigger::Signal));
            // A scan that panicked has said so already.
            let _ = scan.await;
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "tasks of the whole process")]
fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}

fn publish(reloader: &Reloader, events: &Events, report: &ReloadReport) {
    let status = reloader.status();
    let mut findings: Vec<Finding> = report
        .files
        .iter()
        .flat_map(|file| {
            file.problems
                .iter()
                .map(|problem| finding(&file.file, problem))
        })
        .chain(
            report
                .skipped
                .iter()
                .map(|(name, problem)| finding(name, problem)),
        )
        .collect();
    if let Some(error) = &report.source_lost {
        findings.push(Finding {
            error: true,
            code: "E_SOURCE_LOST".to_owned(),
            text: format!("{}: {error}", reloader.settings().folder.display()),
        });
    }
    events.publish(Event::ConfigLoaded {
        generation: report.generation,
        digest: status.digest.clone(),
        published: report.published,
        trigger: report.trigger.as_str(),
        served: status.restaurants.len(),
        findings,
    });
}

fn finding(file: &str, problem: &Problem) -> Finding {
    Finding {
        error: problem.is_error(),
        code: problem.code.to_string(),
        text: format!("{file}:{}", problem.one_line()),
    }
}
