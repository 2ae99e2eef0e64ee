//! The watched folder: `watch` (events are `hint`s) -> `settle` (wait until quiet, and until git is done: `git_lock`) ->
//! `folder` (list, stat; after a few events only what they `touched`) -> `scan_pass` (read what changed, `config` parses in parallel) -> `deletions` (moved, gone,
//! held) -> `routing` (owners, diff) -> one swap of the live table, and a [`ReloadReport`]. What a scan found different is
//! its `scan_delta`.
//!
//! Every trigger runs the same [`Reloader::scan`]. A rejected file keeps its last good version (in `file_states`, and by
//! `persisted_state` in the store, written before a table is published, so that a restart forgets nothing). A file that
//! somebody still writes (`writers`) or that looks cut off (`incomplete`) keeps it too, as `busy`. A missing file is gone
//! only when a second scan, two seconds later, misses it too, and not even then when too many are (`mass_delete`): those
//! wait for [`Reloader::confirm`]. A folder that cannot be read, or is another one than before (`source`), deletes
//! nothing. Every file call is made on the watch's thread or `aside`, never on one that carries calls: a network folder may
//! take for ever. What lies in the folder is opened by `plain_file` only. Reports are data: who logs and counts them subscribes.
#![expect(
    clippy::disallowed_methods,
    reason = "the room that reads the folder, its clock and its watcher"
)]

mod aside;
mod cores;
mod deletions;
mod disk_calls;
mod file_states;
mod first_look;
mod first_scan;
mod folder;
mod git_dir;
mod git_lock;
mod hint;
mod inbox;
mod incomplete;
mod linting;
mod look;
mod mass_delete;
mod menu_cache;
mod menu_changes;
mod mounts;
mod persisted_state;
mod plain_file;
mod publication;
mod publish;
mod reloader;
mod report;
mod rollback;
mod rows;
mod scan_delta;
mod scan_pass;
mod settings;
mod settle;
mod source;
mod stable_read;
mod state;
mod strays;
mod touched;
mod watch;
mod watched_dirs;
mod watching;
mod writers;

#[cfg(test)]
mod races_tests;
#[cfg(test)]
mod rules_tests;
mod waiting;

pub use aside::AsideError;
pub use deletions::NotHeld;
pub use folder::{Listing, Stamp, list};
pub(crate) use git_dir::GitDir;
pub(crate) use mass_delete::is_mass_delete;
pub(crate) use plain_file::read_small;
pub use reloader::Reloader;
pub use report::{FileEvent, FileOutcome, ReloadReport, Trigger};
pub use rollback::RollbackError;
pub use settings::{ReloadSettings, UnknownWatchMode, WatchMode};
pub(crate) use strays::not_text;
pub use watch::Watch;
