//! Every file's status under a table: for the report, and for `GET /api/table`.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::file_states::{FileState, FileStates};
use super::report::{FileEvent, FileOutcome, ReloadReport};
use super::scan_delta::ScanDelta;
use crate::restaurant::{Digest, PhoneNumber};
use crate::routing::{
    Claims, FileStatus, FolderStatus, RejectedRow, RoutingTable, ServedRow, explain,
};

/// A file's status and since when, before a scan changed them.
pub(super) type Earlier = (String, FileStatus, Timestamp);

/// Which files a publication is about.
#[derive(Debug)]
pub(super) enum Scope {
    /// All there are: at a start, and after the store refused.
    Everything,
    /// Those something happened to: to their bytes, their claims, their numbers.
    Files(BTreeSet<String>),
}

impl Scope {
    /// Is it about this file?
    pub(super) fn includes(&self, name: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Files(names) => names.contains(name),
        }
    }

    /// The known files among them, by name.
    pub(super) fn of<'f>(
        &'f self,
        files: &'f FileStates,
    ) -> Box<dyn Iterator<Item = (&'f String, &'f FileState)> + 'f> {
        match self {
            Self::Everything => Box::new(files.iter()),
            Self::Files(names) => {
                Box::new(names.iter().filter_map(|name| files.get_key_value(name)))
            }
        }
    }

    /// Does this with each of them.
    fn each_of(&self, files: &mut FileStates, mut work: impl FnMut(&String, &mut FileState)) {
        match self {
            Self::Everything => files.iter_mut().for_each(|(name, file)| work(name, file)),
            Self::Files(names) => {
                for name in names {
                    if let Some(file) = files.get_mut(name) {
                        work(name, file);
                    }
                }
            }
        }
    }
}

/// Gives every file that the publication is about its status under the table and reports what changed; answers the statuses
/// it changed.
pub(super) fn restate(
    files: &mut FileStates,
    (scope, owned): (&Scope, &Owned<'_>),
    claims: &Claims,
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
    debug_assert!(
        others_are_as_before(files, scope),
        "a status changed that nobody noticed"
    );
    scope.each_of(files, |name, file| {
        let status = file.status_with(owned.by(name).len());
        file.conflicts = claims.conflicts_of(name).map(explain).collect();
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
            () => return,
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
    });
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

/// Has every file that the publication is not about the status it had, with as many numbers as before? Tests ask; it takes a
/// walk over all files.
fn others_are_as_before(files: &FileStates, scope: &Scope) -> bool {
    let mut others = files.iter().filter(|(name, _)| !scope.includes(name));
    others.all(|(_, file)| {
        let numbers = usize::from(file.status != FileStatus::Conflict);
        file.status_with(numbers) == file.status
    })
}

fn set(names: &[String]) -> HashSet<&str> {
    names.iter().map(String::as_str).collect()
}

/// Which numbers files own under a table.
pub(super) struct Owned<'t>(HashMap<&'t str, Vec<&'t PhoneNumber>>);

impl<'t> Owned<'t> {
    /// Of every file.
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

    /// Of the files that `scope` names.
    pub(super) fn within(scope: &Scope, table: &'t RoutingTable, claims: &'t Claims) -> Self {
        let Scope::Files(names) = scope else {
            return Self::under(table);
        };
        let mut owned = HashMap::new();
        for served in names.iter().filter_map(|name| claims.candidate(name)) {
            let served = &served.served;
            let its = |number: &&PhoneNumber| {
                table
                    .owner(number)
                    .is_some_and(|owner| owner.file == served.file)
            };
            let mut numbers: Vec<_> = served.restaurant.phone_numbers.iter().filter(its).collect();
            numbers.sort();
            owned.insert(served.file.as_str(), numbers);
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
    let none = FolderStatus {
        generation: 0,
        digest: table.digest().clone(),
        restaurants: Vec::new(),
        rejected: Vec::new(),
    };
    rows_after(&none, files, table, (&Scope::Everything, owned))
}

/// The rows that follow `before`: those of the files that the publication is about are made anew, all others are shared.
pub(super) fn rows_after(
    before: &FolderStatus,
    files: &FileStates,
    table: &RoutingTable,
    (scope, owned): (&Scope, &Owned<'_>),
) -> FolderStatus {
    let stays = |file: &str| !scope.includes(file);
    let restaurants = before.restaurants.iter().filter(|row| stays(&row.file));
    let rejected = before.rejected.iter().filter(|row| stays(&row.file));
    let (restaurants, rejected) = (restaurants.cloned(), rejected.cloned());
    let (mut new, mut new_rejected) = (Vec::new(), Vec::new());
    for (name, file) in scope.of(files) {
        match &file.last_good {
            Some(last) if file.status.is_served() => {
                let row = Arc::new(ServedRow {
                    id: last.served.restaurant.id.clone(),
                    name: last.served.restaurant.name.clone(),
                    phone_numbers: owned.by(name).iter().map(|n| (*n).clone()).collect(),
                    file: name.clone(),
                    digest: last.served.digest.clone(),
                    status: file.status,
                    since: file.since,
                    problems: file.all_problems(),
                });
                new.push(row);
            }
            _ => new_rejected.push(Arc::new(RejectedRow {
                id: file.id.clone(),
                file: name.clone(),
                status: match file.status {
                    FileStatus::Conflict => FileStatus::Conflict,
                    _ => FileStatus::Rejected,
                },
                problems: file.all_problems(),
            })),
        }
    }
    let by_id = |a: &Arc<ServedRow>, b: &Arc<ServedRow>| (&a.id, &a.file).cmp(&(&b.id, &b.file));
    let by_file = |a: &Arc<RejectedRow>, b: &Arc<RejectedRow>| a.file.cmp(&b.file);
    FolderStatus {
        generation: table.generation(),
        digest: table.digest().clone(),
        restaurants: merged(restaurants.collect(), new, by_id),
        rejected: merged(rejected.collect(), new_rejected, by_file),
    }
}

/// The sorted rows with others put in their places: few among many, or all.
fn merged<R>(mut rows: Vec<R>, mut new: Vec<R>, order: impl Fn(&R, &R) -> Ordering) -> Vec<R> {
    if rows.is_empty() {
        new.sort_by(&order);
        return new;
    }
    for row in new {
        let at = rows.partition_point(|other| order(other, &row).is_lt());
        rows.insert(at, row);
    }
    rows
}
