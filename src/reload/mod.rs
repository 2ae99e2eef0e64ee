//! The watched folder: `watch` (events are hints) -> `settle` (wait until quiet) -> `folder` (list, stat, read) ->
//! `config` (parse, in parallel) -> `routing` (owners, diff) -> one swap of the live table, and a [`ReloadReport`].
//!
//! Every trigger runs the same [`Reloader::scan`]. A rejected file keeps its last good version (in `known`, and by
//! `keeping` in the store, written before a table is published, so that a restart forgets nothing); a missing
//! file is gone only when a second scan, two seconds later, misses it too, and not even then when too many are (`mass_delete`): those wait for
//! [`Reloader::confirm`]. A folder that cannot be read deletes nothing.
//! Reports are data: who logs and counts them subscribes.
#![expect(
    clippy::disallowed_methods,
    reason = "the room that reads the folder, its clock and its watcher"
)]

mod folder;
mod keeping;
mod known;
mod mass_delete;
mod menu_changes;
mod reloader;
mod report;
mod rollback;
mod rows;
mod scanning;
mod settings;
mod settle;
mod watch;

pub use folder::{Listing, Stamp, list};
pub(crate) use mass_delete::is_mass_delete;
pub use reloader::{NotHeld, Reloader};
pub use report::{FileEvent, FileOutcome, ReloadReport, Trigger};
pub use rollback::RollbackError;
pub use settings::{ReloadSettings, UnknownWatchMode, WatchMode};
