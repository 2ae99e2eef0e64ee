//! The end of a scan: decided, written, swapped in.

use std::sync::Arc;

use jiff::Timestamp;

use super::menu_changes;
use super::publication::Publication;
use super::reloader::Reloader;
use super::report::ReloadReport;
use super::rows::{Owned, restate, rows, rows_after};
use super::scan_delta::ScanDelta;
use super::state::State;
use crate::store::StoreError;

impl Reloader {
    /// Publishes what was noticed.
    ///
    /// # Errors
    /// The store's; then the table stays as it was.
    pub(super) fn publish(
        &self,
        state: &mut State,
        delta: &ScanDelta,
        wall: Timestamp,
        report: &mut ReloadReport,
    ) -> Result<(), StoreError> {
        let active = self.live.load();
        let files = &mut state.files;
        let generation = active.generation().max(state.persisted.generation);
        let incumbents = (!state.published).then(|| state.persisted.incumbents(files));
        let Publication {
            claims,
            scope,
            table: next,
            diff: changes,
        } = match state.claims.take() {
            None => Publication::of_everything(
                &active,
                incumbents.as_ref().unwrap_or(&active),
                files,
                generation + 1,
            ),
            Some(claims) => Publication::of_changes(&active, claims, files, delta, generation + 1),
        };
        // Same meaning, perhaps other bytes: the digests follow the files, the generation stays.
        let next = if changes.is_empty() {
            next.renumbered(generation)
        } else {
            next
        };
        let table = Arc::new(next);
        report.published = !changes.is_empty();
        report.generation = table.generation();
        report.diff = changes;
        let in_force = &state.persisted.in_force;
        let before = |name: &str| Some(in_force.get(name)?.digest.clone());
        let owned = Owned::within(&scope, &table, &claims);
        let about = (&scope, &owned);
        let earlier = restate(files, about, &claims, delta, &before, wall, report);
        menu_changes::note(report, files, &active);
        let change = state.persisted.change(files, about, delta, report, wall);
        if let Some(state_store) = &self.state_store
            && let Err(error) = state_store.write(&change)
        {
            for (name, status, since) in earlier {
                if let Some(file) = files.get_mut(&name) {
                    (file.status, file.since) = (status, since);
                }
            }
            report.take_back(active.generation());
            return Err(error);
        }
        state.persisted.note(change, files, &scope);
        state.published = true;
        if report.published
            || table.digest() != active.digest()
            || table.generation() != active.generation()
        {
            self.live.publish(Arc::clone(&table));
        }
        let within = earlier.iter().all(|(name, ..)| scope.includes(name));
        let status = match within {
            true => rows_after(&self.status.load(), files, &table, about),
            false => rows(files, &table, &Owned::under(&table)),
        };
        self.status.store(Arc::new(status));
        drop(owned);
        state.claims = Some(claims);
        Ok(())
    }
}
