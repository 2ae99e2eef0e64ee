//! The watched folder: `watch` (events are hints) -> `settle` (wait until quiet) -> `folder` (list, stat, read) ->
//! `config` (parse, in parallel) -> `routing` (owners, diff) -> one swap of the live table, and a [`ReloadReport`].
//!
//! Every trigger runs the same [`Reloader::scan`]. A rejected file keeps its last good version (in `known`); a missing
//! file is gone only when a second scan, two seconds later, misses it too; a folder that cannot be read deletes nothing.
//! Reports are data: who logs and counts them subscribes.
#![expect(
    clippy::disallowed_methods,
    reason = "the room that reads the folder, its clock and its watcher"
)]

mod folder;
mod known;
mod reloader;
mod report;
mod scanning;
mod settings;
mod settle;
mod watch;

pub use folder::{Listing, Stamp, list};
pub use reloader::Reloader;
pub use report::{FileEvent, FileOutcome, ReloadReport, Trigger};
pub use settings::{ReloadSettings, UnknownWatchMode, WatchMode};
