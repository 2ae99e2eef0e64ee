//! Every file's status under a table: for the report, and for `GET /api/table`.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::file_states::FileStates;
use super::report::{FileEvent, FileOutcome, ReloadReport};
use super::scan_delta::ScanDelta;
use crate::config::Problem;
use crate::restaurant::{Digest, PhoneNumber};
use crate::routing::{FileStatus, FolderStatus, RejectedRow, RoutingTable, ServedRow};

/// A file's status and since when, before a scan changed them.
pub(super) type Earlier = (String, FileStatus, Timestamp);

/// Gives every file its status under the table and reports what changed; answers the statuses it changed.
pub(super) fn restate(
    files: &mut FileStates,
    owned: &Owned<'_>,
    conflicts: &mut HashMap<String, Vec<Problem>>,
    delta: &ScanDelta,
    before: &dyn Fn(&str) -> Option<Digest>,
    wall: Timestamp,
    report: &mut ReloadReport,
) -> Vec<Earlier> {
    let mut earlier = Vec::new();
    let changed_files = set(&delta.changed);
    let missing = set(&delta.missing);
    let held = set(&delta.held);
    let pinned = set(&delta.pinned);
    let origins: HashMap<&str, &String> = delta
        .moved
        .iter()
        .map(|(from, to)| (to.as_str(), from))
        .collect();
    for (name, file) in files.iter_mut() {
        file.conflicts = conflicts.remove(name).unwrap_or_default();
        let status = file.status_with(owned.by(name).len());
        let changed = changed_files.contains(name.as_str());
        let restated = status != file.status;
        if changed || restated {
            earlier.push((name.clone(), file.status, file.since));
            file.since = wall;
        }
        file.status = status;
        let moved_from = origins.get(name.as_str()).map(|from| (*from).clone());
        let outcome = match () {
            () if missing.contains(name.as_str()) => FileOutcome::Missing,
            () if held.contains(name.as_str()) => FileOutcome::Held,
            () if changed && (file.rejected || !status.is_served()) => FileOutcome::Rejected,
            () if pinned.contains(name.as_str()) => FileOutcome::Pinned,
            () if changed && moved_from.is_some() => FileOutcome::Moved,
            () if changed => FileOutcome::Accepted,
            () if restated => FileOutcome::Restated,
            () => continue,
        };
        report.files.push(FileEvent {
            file: name.clone(),
            outcome,
            status: Some(status),
            digest: file.digest.clone(),
            served: file.served_digest().filter(|_| status.is_served()),
            served_of: file.last_good.as_ref().map(|last| last.written),
            before: before(name),
            moved_from: moved_from.filter(|_| outcome == FileOutcome::Moved),
            modified: file.modified,
            changes: Vec::new(),
            problems: file.all_problems(),
        });
    }
    // Where a file moved, only its new name is told; one that came back meanwhile is not gone.
    let removed = delta
        .removed
        .iter()
        .filter(|name| !delta.moved.contains_key(*name) && !files.contains_key(*name));
    report.files.extend(removed.map(|name| FileEvent {
        file: name.clone(),
        outcome: FileOutcome::Removed,
        status: None,
        digest: None,
        served: None,
        served_of: None,
        before: before(name),
        moved_from: None,
        modified: None,
        changes: Vec::new(),
        problems: Vec::new(),
    }));
    report.files.sort_by(|a, b| a.file.cmp(&b.file));
    earlier
}

fn set(names: &[String]) -> HashSet<&str> {
    names.iter().map(String::as_str).collect()
}

/// Which numbers each file owns under a table. Made once for a table: ten thousand files are asked about several times.
pub(super) struct Owned<'t>(HashMap<&'t str, Vec<&'t PhoneNumber>>);

impl<'t> Owned<'t> {
    pub(super) fn under(table: &'t RoutingTable) -> Self {
        let mut owned: HashMap<&str, Vec<&PhoneNumber>> =
            HashMap::with_capacity(table.restaurants().len());
        for (number, served) in table.numbers() {
            owned.entry(&served.file).or_default().push(number);
        }
        for numbers in owned.values_mut() {
            numbers.sort();
        }
        Self(owned)
    }

    /// Of the file itself: another file of the same id does not count.
    pub(super) fn by(&self, file: &str) -> &[&'t PhoneNumber] {
        self.0.get(file).map_or(&[], Vec::as_slice)
    }
}

/// The rows of `GET /api/table`.
pub(super) fn rows(files: &FileStates, table: &RoutingTable, owned: &Owned<'_>) -> FolderStatus {
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
                phone_numbers: owned.by(name).iter().map(|n| (*n).clone()).collect(),
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
