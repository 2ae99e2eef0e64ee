//! What to make of files that a listing misses: moved, gone after a second look, or held because too many are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use super::file_states::{FileState, FileStates, LastGood};
use super::folder::Listing;
use super::mass_delete::Removal;
use super::scan_delta::ScanDelta;
use crate::restaurant::RestaurantId;

/// Ids of which no removal waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no removal waits to be confirmed for {}", .0.join(", "))]
pub struct NotHeld(pub Vec<String>);

/// The files whose removal is held, of these restaurants or (`None`) of all.
///
/// # Errors
/// When one of the ids has no held removal.
pub(super) fn held(files: &FileStates, ids: Option<&[String]>) -> Result<HashSet<String>, NotHeld> {
    let held: Vec<(&str, &String)> = files
        .iter()
        .filter(|(_, file)| file.held)
        .filter_map(|(name, file)| {
            let last = file.last_good.as_ref()?;
            Some((last.served.restaurant.id.as_str(), name))
        })
        .collect();
    let unknown = |id: &&String| !held.iter().any(|(held, _)| held == id);
    let asked = ids.unwrap_or_default();
    let unknown: Vec<String> = asked.iter().filter(unknown).cloned().collect();
    if !unknown.is_empty() {
        return Err(NotHeld(unknown));
    }
    let wanted = |id: &str| ids.is_none_or(|ids| ids.iter().any(|wanted| wanted == id));
    let released = held.into_iter().filter(|(id, _)| wanted(id));
    Ok(released.map(|(_, name)| name.clone()).collect())
}

/// What one scan may conclude from.
pub(super) struct Deletions<'a> {
    pub listing: &'a Listing,
    /// How long a file must be missing.
    pub deletion: Duration,
    /// Held files whose removal was confirmed.
    pub released: &'a HashSet<String>,
    /// `false`: another folder lies in the place of the one before; what it lacks is not deleted.
    pub deletes: bool,
    pub now: Instant,
}

impl Deletions<'_> {
    /// Decides about files that the listing misses.
    pub(super) fn conclude(&self, files: &mut FileStates, delta: &mut ScanDelta) {
        let (mut gone, absent) = self.missed_long(files, delta);
        // The same id under a new name is a move, not a deletion: no need to wait.
        let moved = self.moves(files, &absent);
        gone.retain(|name| !moved.contains_key(name));
        delta.missing.retain(|name| !moved.contains_key(name));
        if !gone.is_empty() {
            // Those that were missed for the first time just now are part of the same sweep.
            let sweep: Vec<String> = files
                .iter()
                .filter(|(_, file)| file.missing.is_some() && !file.held)
                .filter(|(name, _)| !moved.contains_key(*name))
                .map(|(name, _)| name.clone())
                .collect();
            if removal(files, &sweep).is_suspicious() {
                gone.clear();
                delta.missing.retain(|name| !sweep.contains(name));
                for name in sweep {
                    if let Some(file) = files.get_mut(&name) {
                        file.held = true;
                        delta.held.push(name);
                    }
                }
            }
        }
        gone.extend(moved.keys().cloned());
        delta.moved = moved;
        let confirmed = |(name, file): (&String, &FileState)| {
            (file.held && self.released.contains(name)).then(|| name.clone())
        };
        gone.extend(files.iter().filter_map(confirmed));
        gone.sort();
        gone.dedup();
        for name in gone {
            files.remove(&name);
            delta.removed.push(name);
        }
        let waits = |file: &&FileState| !file.held;
        let since = files.values().filter(waits).filter_map(|f| f.missing);
        if let Some(first) = since.min() {
            let due = first + self.deletion;
            delta.look_again(due.saturating_duration_since(self.now));
        }
    }

    /// Files missed by two looks that are far enough apart, and all that are missed now.
    fn missed_long(
        &self,
        files: &mut FileStates,
        delta: &mut ScanDelta,
    ) -> (Vec<String>, Vec<String>) {
        let (mut gone, mut absent) = (Vec::new(), Vec::new());
        // Both are sorted by name: one walk over the two.
        let mut listed = self.listing.files.keys().peekable();
        for (name, file) in files.iter_mut() {
            while listed.next_if(|other| *other < name).is_some() {}
            if listed.peek() == Some(&name) || self.listing.refused.contains_key(name) {
                file.missing = None;
                if std::mem::take(&mut file.held) {
                    delta.returned.push(name.clone());
                }
                continue;
            }
            absent.push(name.clone());
            match file.missing {
                Some(_) if file.held => {}
                // Looks at another folder do not count.
                _ if !self.deletes => file.missing = None,
                None => {
                    file.missing = Some(self.now);
                    delta.missing.push(name.clone());
                }
                Some(since) if self.now.duration_since(since) >= self.deletion => {
                    gone.push(name.clone());
                }
                Some(_) => {}
            }
        }
        (gone, absent)
    }

    /// From each file that is not there to the one that has its restaurant now. A new file that is refused, but says
    /// whose it is, gets the last good version of the one that is gone.
    fn moves(&self, files: &mut FileStates, absent: &[String]) -> BTreeMap<String, String> {
        let absent: Vec<(String, RestaurantId)> = absent
            .iter()
            .filter_map(|name| {
                let last = files.get(name)?.last_good.as_ref()?;
                Some((name.clone(), last.served.restaurant.id.clone()))
            })
            .collect();
        if absent.is_empty() {
            return BTreeMap::new();
        }
        let mut homes = self.homes(files);
        let heirs: HashMap<String, String> = files
            .iter()
            .filter(|(name, file)| file.last_good.is_none() && self.listing.has(name))
            .filter_map(|(name, file)| Some((file.id.clone()?, name.clone())))
            .collect();
        let mut moved = BTreeMap::new();
        for (name, id) in absent {
            let home = homes.get(&id).cloned().or_else(|| {
                let heir = heirs.get(id.as_str())?.clone();
                let last: LastGood = files.get(&name)?.last_good.clone()?;
                files.get_mut(&heir)?.adopt(&heir, &last);
                Some(homes.entry(id).or_insert(heir).clone())
            });
            if let Some(home) = home {
                moved.insert(name, home);
            }
        }
        moved
    }

    /// The files that are there and valid, by the restaurant they have.
    fn homes(&self, files: &FileStates) -> HashMap<RestaurantId, String> {
        files
            .iter()
            .filter(|(name, file)| self.listing.has(name) && !file.rejected)
            .filter_map(|(name, file)| {
                let id = file.last_good.as_ref()?.served.restaurant.id.clone();
                Some((id, name.clone()))
            })
            .collect()
    }
}

/// What would go with these files.
fn removal(files: &FileStates, gone: &[String]) -> Removal {
    let going: HashSet<&String> = gone.iter().collect();
    let answers = |file: &FileState| file.last_good.is_some() && file.status.is_served();
    let staying = |(name, file): &(&String, &FileState)| {
        file.last_good.is_some() && !file.held && !going.contains(name)
    };
    Removal {
        routes_gone: gone
            .iter()
            .filter(|name| files.get(*name).is_some_and(answers))
            .count(),
        routes: files.values().filter(|file| answers(file)).count(),
        staying: files.iter().filter(staying).count(),
    }
}
