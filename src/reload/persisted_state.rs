//! The bridge to the store: what is written before a table is published, and what a new start finds there.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::runtime::Handle;

use super::file_states::{FileState, FileStates, LastGood};
use super::menu_cache::MenuCache;
use super::report::{FileEvent, FileOutcome, ReloadReport};
use super::rows::{Owned, Scope};
use super::scan_delta::ScanDelta;
use crate::config::{self, Capabilities};
use crate::restaurant::{Digest, PhoneNumber};
use crate::routing::{RoutingTable, Served, TableDiff};
use crate::store::{AuditRow, FileVersion, FolderChange, InForce, Store, StoreError};

/// The store, from the threads that scan. They block, so they are never the runtime's own.
#[derive(Clone, Debug)]
pub(super) struct StateStore {
    pub store: Store,
    pub runtime: Handle,
}

/// What the store holds, so that only changes are written.
#[derive(Debug, Default)]
pub(super) struct PersistedState {
    pub generation: u64,
    pub in_force: BTreeMap<String, InForce>,
}

impl StateStore {
    pub(super) fn load(&self) -> Result<PersistedState, StoreError> {
        let folder = self.runtime.block_on(self.store.kept_folder())?;
        Ok(PersistedState {
            generation: folder.generation,
            in_force: folder.in_force,
        })
    }

    pub(super) fn write(&self, change: &FolderChange) -> Result<(), StoreError> {
        self.runtime.block_on(self.store.keep_folder(change))
    }

    pub(super) fn version(
        &self,
        file: &str,
        digest: &Digest,
    ) -> Result<Option<FileVersion>, StoreError> {
        self.runtime.block_on(self.store.file_version(file, digest))
    }

    /// After the first look at the folder: a file that is bad, pinned or not there is served as it was last good.
    pub(super) fn restore(
        &self,
        persisted: &PersistedState,
        files: &mut FileStates,
        (capabilities, cache): (&Capabilities, &MenuCache),
        wall: Timestamp,
        delta: &mut ScanDelta,
    ) -> Result<(), StoreError> {
        for (name, in_force) in &persisted.in_force {
            let pinned = |file: &FileState| {
                in_force.pinned_over.is_some() && file.digest == in_force.pinned_over
            };
            let served_as_it_is = |file: &FileState| file.last_good.is_some() && !pinned(file);
            if files.get(name).is_some_and(served_as_it_is) {
                continue;
            }
            let Some(version) = self.version(name, &in_force.digest)? else {
                continue;
            };
            let seen = cache.reading(&in_force.digest);
            let reading =
                seen.unwrap_or_else(|| config::read_unlinted(&version.bytes, capabilities).0);
            // A version that an older maitred found good and this one does not: nothing to go back to.
            let Some(mut good) = LastGood::of(name, version.accepted_at, version.bytes, reading)
            else {
                continue;
            };
            good.unkept = None;
            let file = files
                .entry(name.clone())
                .or_insert_with(|| FileState::returning(wall));
            if pinned(file) {
                file.pinned_over.clone_from(&in_force.pinned_over);
            }
            file.last_good = Some(good);
            delta.restored.push(name.clone());
        }
        Ok(())
    }
}

impl PersistedState {
    /// The digest of the version of a file that is in force as it was on disk.
    pub(super) fn kept(&self, name: &str) -> Option<&Digest> {
        let in_force = self.in_force.get(name)?;
        in_force.pinned_over.is_none().then_some(&in_force.digest)
    }

    /// Who owned which number when the last run ended, as a table of the restaurants known now.
    pub(super) fn incumbents(&self, files: &FileStates) -> RoutingTable {
        let good = |file: &FileState| Some(Arc::clone(&file.last_good.as_ref()?.served));
        let by_id: HashMap<String, Arc<Served>> = files
            .values()
            .filter_map(good)
            .map(|served| (served.restaurant.id.to_string(), served))
            .collect();
        let mut owners: HashMap<PhoneNumber, Arc<Served>> = HashMap::new();
        for (name, in_force) in &self.in_force {
            let same_file = files.get(name).and_then(good);
            let same_id = |served: &Arc<Served>| served.restaurant.id == in_force.restaurant;
            let owner = match same_file {
                Some(served) if same_id(&served) => Some(served),
                other => by_id.get(in_force.restaurant.as_str()).cloned().or(other),
            };
            let Some(owner) = owner else { continue };
            for number in &in_force.numbers {
                owners.insert(number.clone(), Arc::clone(&owner));
            }
        }
        RoutingTable::with_owners(self.generation, owners)
    }

    /// What must be written before the table of `report` is published.
    pub(super) fn change(
        &self,
        files: &FileStates,
        (scope, owned): (&Scope, &Owned<'_>),
        delta: &ScanDelta,
        report: &ReloadReport,
        wall: Timestamp,
    ) -> FolderChange {
        let mut change = FolderChange {
            generation: report.generation.max(self.generation),
            at: wall,
            moved: delta
                .moved
                .iter()
                .map(|(from, to)| (from.clone(), to.clone()))
                .collect(),
            ..FolderChange::default()
        };
        for (name, file) in scope.of(files) {
            let Some(last) = &file.last_good else {
                continue;
            };
            let before = self.in_force.get(name);
            let numbers = owned.by(name);
            if before.is_some_and(|before| is_as_before(before, file, last, numbers)) {
                continue;
            }
            let in_force = InForce {
                digest: last.served.digest.clone(),
                restaurant: last.served.restaurant.id.clone(),
                numbers: numbers.iter().map(|number| (*number).clone()).collect(),
                pinned_over: file.pinned_over.clone(),
            };
            if let Some(bytes) = &last.unkept
                && before.is_none_or(|before| before.digest != in_force.digest)
            {
                change.versions.push(FileVersion {
                    file: name.clone(),
                    digest: in_force.digest.clone(),
                    restaurant: in_force.restaurant.clone(),
                    bytes: Arc::clone(bytes),
                    accepted_at: wall,
                });
            }
            change.in_force.push((name.clone(), in_force));
        }
        let gone = |name: &&String| !files.contains_key(*name);
        change.removed = match scope {
            Scope::Everything => self.in_force.keys().filter(gone).cloned().collect(),
            Scope::Files(names) => {
                let known = names
                    .iter()
                    .filter(|name| self.in_force.contains_key(*name));
                known.filter(gone).cloned().collect()
            }
        };
        let effects = effects(&report.diff);
        // A start reads every file again; what is served as it was is no news.
        let as_before = |event: &&FileEvent| {
            event.outcome == FileOutcome::Accepted && event.served == event.before
        };
        for event in report.files.iter().filter(|event| !as_before(event)) {
            let id = files
                .get(&event.file)
                .and_then(|file| file.last_good.as_ref());
            let id = id.map(|last| last.served.restaurant.id.as_str());
            let before = self.in_force.get(&event.file);
            let id = id.or(before.map(|before| before.restaurant.as_str()));
            let text = |digest: &Option<Digest>| digest.as_ref().map(ToString::to_string);
            change.audit.push(AuditRow {
                at: wall,
                generation: change.generation,
                trigger: report.trigger.as_str().to_owned(),
                file: event.file.clone(),
                outcome: event.outcome.as_str().to_owned(),
                moved_from: event.moved_from.clone(),
                on_disk: text(&event.digest),
                served: text(&event.served),
                before: text(&event.before),
                effect: id
                    .and_then(|id| effects.get(id))
                    .copied()
                    .unwrap_or_default()
                    .to_owned(),
                changes: event.changes.clone(),
                commit: None,
            });
        }
        change
    }

    /// Notes that `change` is on disk.
    pub(super) fn note(&mut self, change: FolderChange, files: &mut FileStates, scope: &Scope) {
        self.generation = change.generation;
        for name in change.removed {
            self.in_force.remove(&name);
        }
        self.in_force.extend(change.in_force);
        let keep = |file: &mut FileState| {
            if let Some(last) = &mut file.last_good {
                last.unkept = None;
            }
        };
        match scope {
            Scope::Everything => files.values_mut().for_each(keep),
            Scope::Files(names) => {
                for name in names {
                    if let Some(file) = files.get_mut(name) {
                        keep(file);
                    }
                }
            }
        }
    }
}

/// Compared before anything is copied: at most changes, all files but one are.
fn is_as_before(
    before: &InForce,
    file: &FileState,
    last: &LastGood,
    numbers: &[&PhoneNumber],
) -> bool {
    before.digest == last.served.digest
        && before.restaurant == last.served.restaurant.id
        && before.pinned_over == file.pinned_over
        && before.numbers.iter().eq(numbers.iter().copied())
}

fn effects(diff: &TableDiff) -> HashMap<&str, &'static str> {
    [
        (&diff.moved, "moved"),
        (&diff.changed, "changed"),
        (&diff.removed, "removed"),
        (&diff.added, "added"),
    ]
    .into_iter()
    .flat_map(|(ids, word)| ids.iter().map(move |id| (id.as_str(), word)))
    .collect()
}

#[cfg(test)]
#[path = "persisted_state_tests.rs"]
mod tests;
