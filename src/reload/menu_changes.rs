//! What a scan did to each menu, for the report and the audit.

use std::sync::Arc;

use super::file_states::FileStates;
use super::report::ReloadReport;
use crate::routing::{RoutingTable, menu_diff};

/// Most lines told of one file.
const MOST: usize = 50;

/// Adds to each file of `report` what is different from `active`, the table before.
pub(super) fn note(report: &mut ReloadReport, files: &FileStates, active: &RoutingTable) {
    for event in &mut report.files {
        if event.served.is_none() || event.served == event.before {
            continue;
        }
        let new = files.get(&event.file).and_then(|f| f.last_good.as_ref());
        let Some(new) = new.map(|good| &good.served.restaurant) else {
            continue;
        };
        let Some(old) = active.restaurant(&new.id).map(|old| &old.restaurant) else {
            continue;
        };
        if Arc::ptr_eq(old, new) {
            continue;
        }
        let changes = menu_diff(old, new);
        event.changes = changes.iter().take(MOST).map(ToString::to_string).collect();
        if changes.len() > MOST {
            event
                .changes
                .push(format!("and {} more", changes.len() - MOST));
        }
    }
}
