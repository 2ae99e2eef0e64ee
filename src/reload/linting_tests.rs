use std::path::Path;

use super::*;
use crate::config::{Capabilities, Code};
use crate::reload::{ReloadSettings, WatchMode};
use crate::routing::{LiveTable, RoutingTable};

/// More than are linted with their scan, and more than one slice.
const MANY: usize = SLICE + FEW;

/// YAML takes what stands behind ` #` for a comment.
const CUT: &str = "Combo #3";

fn write(folder: &Path, n: usize, item: &str) {
    let text = format!(
        "id: h{n}\nname: House\nphone_number: \"+12125550{n:03}\"\nmenu:\n  - id: a\n    name: {item}\n    price: 4\n"
    );
    std::fs::write(folder.join(name(n)), text).unwrap();
}

fn name(n: usize) -> String {
    format!("{n:03}.yaml")
}

fn many(folder: &Path) -> Arc<Reloader> {
    for n in 0..MANY {
        write(folder, n, CUT);
    }
    let live = Arc::new(LiveTable::new(RoutingTable::empty()));
    let mut settings = ReloadSettings::new(folder, WatchMode::Poll);
    settings.poll_unhealthy = std::time::Duration::from_millis(5);
    Reloader::new(settings, live, Capabilities::embedded())
}

/// What the rows tell of a file: the messages of its warnings of comments.
fn warned(reloader: &Reloader, n: usize) -> Option<Vec<String>> {
    let status = reloader.status();
    let row = status.restaurants.iter().find(|row| row.file == name(n))?;
    Some(comments(&row.problems))
}

fn comments(problems: &[Problem]) -> Vec<String> {
    let found = problems
        .iter()
        .filter(|problem| problem.code == Code::WarnComment);
    found.map(|problem| problem.message.clone()).collect()
}

fn lint_all(reloader: &Reloader) {
    while reloader.lint_next() {}
}

#[test]
fn a_few_files_are_reported_with_what_the_lint_says() {
    let folder = tempfile::tempdir().unwrap();
    let reloader = many(folder.path());
    for n in 2..MANY {
        std::fs::remove_file(folder.path().join(name(n))).unwrap();
    }
    let report = reloader.scan_now(Trigger::Start);
    assert_eq!(report.files.len(), 2);
    for event in &report.files {
        assert_eq!(comments(&event.problems).len(), 1, "{event:?}");
    }
    assert_eq!(warned(&reloader, 1).unwrap().len(), 1);
    assert!(!reloader.lint_next(), "nothing is left to do");
}

#[test]
fn a_folder_is_served_before_it_is_linted_and_each_file_is_warned_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let reloader = many(folder.path());
    let report = reloader.scan_now(Trigger::Start);
    assert!(report.published);
    assert_eq!(report.files.len(), MANY);
    assert!(report.files.iter().all(|event| event.problems.is_empty()));
    assert_eq!(warned(&reloader, 7), Some(Vec::new()));
    let mut reports = reloader.subscribe();
    lint_all(&reloader);
    let mut told = Vec::new();
    while let Ok(late) = reports.try_recv() {
        assert_eq!((late.trigger, late.published), (Trigger::Lint, false));
        assert_eq!(late.generation, report.generation);
        for event in &late.files {
            assert_eq!(event.outcome, FileOutcome::Warned);
            assert_eq!(event.served, event.digest);
            assert_eq!(comments(&event.problems).len(), 1);
            told.push(event.file.clone());
        }
    }
    assert_eq!(told, (0..MANY).map(name).collect::<Vec<_>>());
    assert!((0..MANY).all(|n| warned(&reloader, n).unwrap().len() == 1));
    let again = reloader.scan_now(Trigger::Poll);
    assert!(again.files.is_empty() && !reloader.lint_next());
}

#[test]
fn what_changes_before_it_is_linted_is_warned_of_as_it_is_then() {
    let folder = tempfile::tempdir().unwrap();
    let reloader = many(folder.path());
    reloader.scan_now(Trigger::Start);
    // Between two slices: one that was linted and one that was not become better, worse, bad.
    assert!(reloader.lint_next());
    let (linted, unlinted) = (0, MANY - 1);
    for at in [linted, unlinted] {
        let inwards = |by: usize| if at == 0 { by } else { at - by };
        write(folder.path(), inwards(0), "Soup");
        write(folder.path(), inwards(1), "Wings #12");
        std::fs::write(folder.path().join(name(inwards(2))), "id: [\n").unwrap();
    }
    let report = reloader.scan_now(Trigger::Poll);
    assert_eq!(report.files.len(), 6);
    for at in [linted, unlinted] {
        let inwards = |by: usize| if at == 0 { by } else { at - by };
        // Together with what waits still they are many; what was told of the old bytes is not told of the new ones.
        let told = |by| warned(&reloader, inwards(by)).unwrap();
        assert_eq!((told(0).len(), told(1).len(), told(2).len()), (0, 0, 0));
    }
    lint_all(&reloader);
    for at in [linted, unlinted] {
        let inwards = |by: usize| if at == 0 { by } else { at - by };
        let told = |by| warned(&reloader, inwards(by)).unwrap();
        assert_eq!(told(0), Vec::<String>::new());
        assert!(told(1)[0].contains("#12"), "{:?}", told(1));
        assert_eq!(told(2), Vec::<String>::new(), "its errors are what counts");
        assert_eq!(warned(&reloader, inwards(3)).unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_watch_lints_what_its_scans_leave() {
    let folder = tempfile::tempdir().unwrap();
    let reloader = many(folder.path());
    let mut reports = reloader.subscribe();
    let watch = reloader.watch().unwrap();
    let mut told = BTreeSet::new();
    while told.len() < MANY {
        let never = std::time::Duration::from_secs(60);
        let report = tokio::time::timeout(never, reports.recv()).await;
        let report = report.expect("a report").unwrap();
        let warned = report
            .files
            .iter()
            .filter(|e| e.outcome == FileOutcome::Warned);
        told.extend(warned.map(|event| event.file.clone()));
    }
    assert!((0..MANY).all(|n| warned(&reloader, n).unwrap().len() == 1));
    watch.stop().await;
}
