//! The lint, behind the publication: its warnings refuse nothing, so no table waits for them. A few files are linted before
//! the scan that read them is reported; those of a whole folder afterwards, slice by slice, and reported by themselves.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use jiff::Timestamp;

use super::cores;
use super::file_states::{FileState, FileStates};
use super::reloader::Reloader;
use super::report::{FileEvent, FileOutcome, ReloadReport, Trigger};
use super::rows::{Owned, Scope, rows_after};
use super::scan_pass::FEW;
use super::state::State;
use crate::config::Problem;

/// So many at once of those that come later: whatever happens in the folder waits no longer than they take.
const SLICE: usize = 128;

impl Reloader {
    /// Lints what a scan has read, if it is not too much to wait for.
    pub(super) fn lint_few(&self, state: &mut State, report: &mut ReloadReport) {
        if report.store_refused.is_none() && state.unlinted.len() <= FEW {
            let found = self.lint_some(state);
            amend(report, &state.files, &found);
        }
    }

    /// Lints some of the files that wait for it and tells what it found. Are there more? Blocks as [`Reloader::scan_now`].
    pub(super) fn lint_next(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // What the store refused is not served yet; the next scan tries again.
        if state.unlinted.is_empty() || state.claims.is_none() {
            return false;
        }
        let begun = Instant::now();
        let found = self.lint_some(&mut state);
        let (scan, generation) = (
            self.scans.load(Ordering::Relaxed),
            self.live.load().generation(),
        );
        let mut report = ReloadReport::begin(scan, Timestamp::now(), Trigger::Lint, generation);
        report.files = events(&state.files, &found);
        report.held = state.files.values().filter(|file| file.held).count();
        report.source_lost = self.lost.load().as_deref().cloned();
        report.took = begun.elapsed();
        if report.is_news() {
            let _ = self.reports.send(Arc::new(report));
        }
        !state.unlinted.is_empty()
    }

    /// Lints the next files, brings their rows up to date, and answers of which there is more to tell.
    fn lint_some(&self, state: &mut State) -> BTreeSet<String> {
        let found = lint(&mut state.files, &mut state.unlinted);
        if let Some(claims) = state.claims.as_ref().filter(|_| !found.is_empty()) {
            let table = self.live.load();
            let scope = Scope::Files(found.clone());
            let owned = Owned::within(&scope, &table, claims);
            let status = rows_after(&self.status.load(), &state.files, &table, (&scope, &owned));
            self.status.store(Arc::new(status));
        }
        if state.unlinted.is_empty() && state.uncached > 0 {
            let changed = std::mem::take(&mut state.uncached);
            state.cache.keep_up(&state.files, changed);
        }
        found
    }
}

/// Lints the first of `waiting`; answers those of which there is more to tell than before.
fn lint(files: &mut FileStates, waiting: &mut BTreeSet<String>) -> BTreeSet<String> {
    let names: Vec<String> = std::iter::from_fn(|| waiting.pop_first())
        .take(SLICE)
        .collect();
    let due: Vec<(&str, &FileState)> = names
        .iter()
        .filter_map(|name| Some((name.as_str(), files.get(name)?)))
        .filter(|(_, file)| file.unlinted.is_some())
        .collect();
    let linted = cores::map(&due, |(_, file)| warnings(file));
    let due: Vec<String> = due.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut more = BTreeSet::new();
    for (name, problems) in due.into_iter().zip(linted) {
        let Some(file) = files.get_mut(&name) else {
            continue;
        };
        file.unlinted = None;
        if let Some(problems) = problems.filter(|problems| *problems != file.problems) {
            file.problems = problems;
            more.insert(name);
        }
    }
    more
}

/// All that is to be told of the bytes on disk; `None` when the lint failed over them.
fn warnings(file: &FileState) -> Option<Vec<Problem>> {
    let (unlinted, bytes) = file.unlinted.as_deref()?;
    let lint = AssertUnwindSafe(|| unlinted.lint(bytes, &file.problems));
    std::panic::catch_unwind(lint).ok()
}

/// Brings what a scan reports up to date with what was found in these files since.
fn amend(report: &mut ReloadReport, files: &FileStates, found: &BTreeSet<String>) {
    for event in &mut report.files {
        if let Some(file) = files
            .get(&event.file)
            .filter(|_| found.contains(&event.file))
        {
            event.problems = file.all_problems();
        }
    }
}

/// Tells of what was found in these files after their scan was reported.
fn events(files: &FileStates, found: &BTreeSet<String>) -> Vec<FileEvent> {
    let event = |name: &String| {
        let file = files.get(name)?;
        let served = file.served_digest().filter(|_| file.status.is_served());
        Some(FileEvent {
            file: name.clone(),
            outcome: FileOutcome::Warned,
            status: Some(file.status),
            digest: file.digest.clone(),
            served_of: file.last_good.as_ref().map(|last| last.written),
            before: served.clone(),
            served,
            moved_from: None,
            modified: file.modified,
            changes: Vec::new(),
            problems: file.all_problems(),
        })
    };
    found.iter().filter_map(event).collect()
}

#[cfg(test)]
#[path = "linting_tests.rs"]
mod tests;
