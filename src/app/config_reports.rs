//! The folder's reports become events; SIGHUP becomes a scan.

use std::sync::Arc;

use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

use crate::config::Problem;
use crate::events::{Event, Events, Finding};
use crate::reload::{FileOutcome, ReloadReport, Reloader, Trigger};

/// Starts the watcher and waits for its first scan; reports go to `events` from then on.
///
/// # Errors
/// Why there was no first table: the store refused, or the watcher ended at once.
pub(super) async fn start(
    reloader: &Arc<Reloader>,
    events: &Events,
) -> Result<(JoinHandle<()>, Arc<ReloadReport>), String> {
    let mut reports = reloader.subscribe();
    let watcher = reloader.spawn();
    let first = reports.recv().await.map_err(|error| error.to_string())?;
    if let Some(error) = &first.store_refused {
        watcher.abort();
        return Err(error.clone());
    }
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
    Ok((watcher, first))
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
    let held = report
        .files
        .iter()
        .filter(|file| file.outcome == FileOutcome::Held);
    findings.extend(held.map(|file| Finding {
        error: true,
        code: "E_HELD".to_owned(),
        text: format!(
            "{}: gone with too many others at once; still served until it returns or POST /api/config/confirm",
            file.file
        ),
    }));
    if let Some(error) = &report.source_lost {
        findings.push(Finding {
            error: true,
            code: "E_SOURCE_LOST".to_owned(),
            text: format!("{}: {error}", reloader.settings().folder.display()),
        });
    }
    if let Some(error) = &report.store_refused {
        events.publish(Event::StoreFailed {
            what: "keep the folder's new versions; the table stays as it was",
            error: error.clone(),
        });
        return;
    }
    events.publish(Event::ConfigLoaded {
        generation: report.generation,
        digest: status.digest.clone(),
        published: report.published,
        trigger: report.trigger.as_str(),
        served: status.restaurants.len(),
        held: report.held,
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
