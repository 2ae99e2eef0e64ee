//! What a publication decides: at a start everything, afterwards what was noticed and nothing else. The two come to the same
//! (`routing::claims` proves it), and every publication of a debug build checks that nothing went unnoticed.

use std::sync::Arc;

use super::file_states::{FileState, FileStates};
use super::rows::Scope;
use super::scan_delta::ScanDelta;
use crate::routing::{Candidate, Claims, RoutingTable, TableDiff, diff, diff_of};

/// A table to publish, and how it came about.
pub(super) struct Publication {
    pub claims: Claims,
    /// The files it is about.
    pub scope: Scope,
    pub table: RoutingTable,
    /// What is other than in the table in force.
    pub diff: TableDiff,
}

impl Publication {
    /// Decides about all files, with the owners in `incumbents` to keep what they have.
    pub(super) fn of_everything(
        active: &RoutingTable,
        incumbents: &RoutingTable,
        files: &FileStates,
        generation: u64,
    ) -> Self {
        let mut claims = Claims::default();
        let all = files
            .iter()
            .map(|(name, file)| (name.clone(), file.candidate()));
        let decision = claims.update(incumbents, all);
        let table = RoutingTable::empty().with_changes(generation, &decision.owners);
        Self {
            claims,
            scope: Scope::Everything,
            diff: diff(active, &table),
            table,
        }
    }

    /// Decides about what was noticed since `claims` were made.
    pub(super) fn of_changes(
        active: &RoutingTable,
        mut claims: Claims,
        files: &FileStates,
        delta: &ScanDelta,
        generation: u64,
    ) -> Self {
        let noticed = claims_noticed(files, &claims, delta);
        let decision = claims.update(active, noticed);
        debug_assert!(in_step(&claims, files), "a file claims what nobody noticed");
        let table = active.with_changes(generation, &decision.owners);
        let diff = diff_of(active, &table, decision.owners.keys());
        let mut names = decision.refused;
        names.extend(delta.names().into_iter().cloned());
        for (number, owner) in &decision.owners {
            let owners = [active.owner(number), owner.as_ref()];
            names.extend(owners.into_iter().flatten().map(|owner| owner.file.clone()));
        }
        Self {
            claims,
            scope: Scope::Files(names),
            table,
            diff,
        }
    }
}

/// What noticed files claim now, where it is other than before.
fn claims_noticed(
    files: &FileStates,
    claims: &Claims,
    delta: &ScanDelta,
) -> Vec<(String, Option<Candidate>)> {
    let mut noticed = Vec::new();
    for name in delta.names() {
        let now = files.get(name).and_then(FileState::candidate);
        let before = claims.candidate(name).map(|before| &before.served);
        let same = match (before, &now) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now.served),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !same {
            noticed.push((name.clone(), now));
        }
    }
    noticed
}

/// Does every file claim what `claims` says? Tests ask; it takes a walk over all files.
fn in_step(claims: &Claims, files: &FileStates) -> bool {
    let now = files.iter().filter_map(|(name, file)| {
        let last = file.last_good.as_ref()?;
        Some((name.as_str(), Arc::as_ptr(&last.served)))
    });
    let before = claims
        .candidates()
        .map(|(name, c)| (name, Arc::as_ptr(&c.served)));
    before.eq(now)
}
