//! A scan: lists, reads, concludes, and has it published.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::time::Instant;

use jiff::Timestamp;

use super::deletions::Deletions;
use super::file_states::FileState;
use super::first_look;
use super::folder::{self, Listing};
use super::menu_cache::MenuCache;
use super::reloader::Reloader;
use super::report::ReloadReport;
use super::scan_delta::ScanDelta;
use super::scan_pass::ScanPass;
use super::state::{FirstTable, State};
use crate::store::StoreError;

/// So many files are looked at again for the sake of one other.
const MAX_UNSETTLED: usize = 64;

impl Reloader {
    /// Lists, reads, concludes and publishes.
    ///
    /// # Errors
    /// The store's. The table then stays as it was, and what was noticed waits for the next scan.
    pub(super) fn look(
        &self,
        state: &mut State,
        report: &mut ReloadReport,
        touched: Option<&BTreeSet<PathBuf>>,
        now: Instant,
        wall: Timestamp,
    ) -> Result<(), StoreError> {
        let first = self.state_store.as_ref().filter(|_| !state.remembered);
        let mut opening = None;
        if let Some(state_store) = first {
            // Read while the database and the folder are.
            let (path, capabilities) = (self.settings.cache.clone(), self.capabilities.clone());
            let open = move || MenuCache::open(path.as_deref(), &capabilities);
            opening = Some(std::thread::spawn(open));
            state.persisted = state_store.load()?;
        }
        self.watching.catch_up();
        let (here, listing) = match std::mem::take(&mut state.unanswered) {
            true => (None, Err(first_look::unanswered())),
            false => {
                let look = || {
                    let here = folder::identity(&self.settings.folder);
                    (here, self.renewed(state, touched, report))
                };
                self.disk_calls.during(look)
            }
        };
        if let Some(opening) = opening {
            state.cache = opening.join().unwrap_or_default();
        }
        let mut delta = match &listing {
            Ok(listing) => {
                let touched = touched.filter(|_| !report.listed_whole);
                self.read(state, listing, touched, now, wall)
            }
            Err(_) => ScanDelta::default(),
        };
        let is_unlinted = |name: &&String| {
            state
                .files
                .get(*name)
                .is_some_and(|file| file.unlinted.is_some())
        };
        state
            .unlinted
            .extend(delta.changed.iter().filter(is_unlinted).cloned());
        let mut turn = None;
        if let Some(state_store) = first {
            let mut served_meanwhile = false;
            if !state.meanwhile {
                let turn = turn.insert(self.first_turn());
                served_meanwhile =
                    std::mem::replace(&mut **turn, FirstTable::Read) == FirstTable::Stored;
            }
            let known = match served_meanwhile {
                // While this hung, what is in force was published and written anew.
                true => state_store
                    .load()
                    .map(|persisted| state.persisted = persisted),
                false => Ok(()),
            };
            let restored = known.and_then(|()| {
                let (persisted, files, cache) = (&state.persisted, &mut state.files, &state.cache);
                let served = (&self.capabilities, cache);
                state_store.restore(persisted, files, served, wall, &mut delta)
            });
            if let Err(error) = restored {
                state.pending = delta.after(std::mem::take(&mut state.pending));
                return Err(error);
            }
        }
        state.remembered = true;
        state.cache.forget_bytes();
        match listing {
            // Nothing is concluded from a folder that cannot be read.
            Err(error) => report.source_lost = Some(error.to_string()),
            Ok(listing) => {
                let replaced = state.source.is_replaced_by(here);
                report.source_lost = replaced.then(|| {
                    "another folder lies in its place; what it lacks is not deleted yet".to_owned()
                });
                let deletions = Deletions {
                    listing: &listing,
                    deletion: self.settings.deletion,
                    released: &std::mem::take(&mut state.released),
                    deletes: !replaced,
                    now,
                };
                if replaced {
                    delta.look_again(self.settings.poll_unhealthy);
                }
                deletions.conclude(&mut state.files, &mut delta);
                report.note_listed(listing.files.len(), &listing.skipped, &mut state.skipped);
                self.watching.set_link_homes(listing.link_homes());
                state.listing = Some(listing);
            }
        }
        let delta = delta.after(std::mem::take(&mut state.pending));
        report.look_again_in = delta.again_in;
        if delta.is_nothing() {
            return Ok(());
        }
        let published = self.publish(state, &delta, wall, report);
        match published {
            Err(_) => state.pending = delta,
            Ok(()) => state.uncached += delta.changed.len(),
        }
        published
    }

    /// The folder as it is now: the listing of the scan before, with these paths looked at anew, or else a whole new one.
    fn renewed(
        &self,
        state: &mut State,
        touched: Option<&BTreeSet<PathBuf>>,
        report: &mut ReloadReport,
    ) -> io::Result<Listing> {
        let trusted = report.watch_healthy && !report.overflowed;
        // Of many files that are in doubt a whole look tells as soon.
        let few = state.unsettled.len() <= MAX_UNSETTLED;
        let kept = state.listing.take().filter(|_| trusted && few).zip(touched);
        let folder = &self.settings.folder;
        let refreshed = kept.and_then(|(listing, touched)| {
            let unsettled = state.unsettled.iter().map(|name| listing.root.join(name));
            let paths = touched.iter().cloned().chain(unsettled).collect();
            listing.refreshed(folder, &paths)
        });
        report.listed_whole = refreshed.is_none();
        refreshed.map_or_else(|| (self.list)(folder), Ok)
    }

    /// Takes in what changed in the folder: at these paths, if at no other.
    fn read(
        &self,
        state: &mut State,
        listing: &Listing,
        touched: Option<&BTreeSet<PathBuf>>,
        now: Instant,
        wall: Timestamp,
    ) -> ScanDelta {
        let due = |last: Instant| now.duration_since(last) >= self.settings.read_all;
        let read_all = state.read_all.is_none_or(due);
        if read_all {
            state.read_all = Some(now);
        }
        let only = touched.filter(|_| !read_all).map(|paths| {
            let names = paths.iter().filter_map(|path| path.file_name()?.to_str());
            let mut names: BTreeSet<String> = names.map(str::to_owned).collect();
            names.append(&mut state.unsettled);
            names
        });
        let patience = self.settings.writer;
        let pass = ScanPass {
            listing,
            settings: &self.settings,
            capabilities: &self.capabilities,
            cache: &state.cache,
            open: &self.open,
            disk_calls: &self.disk_calls,
            kept: &|name| state.persisted.kept(name),
            writing: &|name| {
                let real_path = || listing.real_path(name);
                self.watching.writing(real_path, patience, now)
            },
            read_all,
            only: only.as_ref(),
            now,
            wall,
        };
        let mut delta = pass.read_changed(&mut state.files);
        self.watching.tell(patience, now);
        let files = &state.files;
        let unsettled = |(name, file): &(&String, &FileState)| {
            file.is_unsettled() || listing.files.get(*name) != file.stamp.as_ref()
        };
        let looked_at: Vec<_> = match &only {
            Some(names) => names
                .iter()
                .filter_map(|n| files.get_key_value(n))
                .collect(),
            None => files.iter().collect(),
        };
        let names = looked_at.into_iter().filter(unsettled);
        state.unsettled = names.map(|(name, _)| name.clone()).collect();
        let refused = listing.clashes.keys().chain(listing.refused.keys());
        state.unsettled.extend(refused.cloned());
        if delta.unread {
            // Their bytes are hashed behind the first table; what differs is a change.
            state.read_all = None;
            delta.look_again(self.settings.deletion);
        }
        delta
    }
}
