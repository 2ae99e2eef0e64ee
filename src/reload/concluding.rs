//! What to make of files that a listing misses: moved, gone after a second look, or held because too many are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use super::folder::Listing;
use super::known::{KnownFile, KnownFiles, LastGood};
use super::mass_delete::Removal;
use super::noticed::Noticed;
use crate::restaurant::RestaurantId;

/// What one scan may conclude from.
pub(super) struct Concluding<'a> {
    pub listing: &'a Listing,
    /// How long a file must be missing.
    pub deletion: Duration,
    /// Held files whose removal was confirmed.
    pub released: &'a HashSet<String>,
    /// `false`: another folder lies in the place of the one before; what it lacks is not deleted.
    pub deletes: bool,
    pub now: Instant,
}

impl Concluding<'_> {
    /// Decides about files that the listing misses.
    pub(super) fn conclude(&self, known: &mut KnownFiles, noticed: &mut Noticed) {
        let mut gone = self.missed_long(known, noticed);
        // The same id under a new name is a move, not a deletion: no need to wait.
        let moved = self.moves(known);
        gone.retain(|name| !moved.contains_key(name));
        noticed.missing.retain(|name| !moved.contains_key(name));
        if !gone.is_empty() {
            // Those that were missed for the first time just now are part of the same sweep.
            let sweep: Vec<String> = known
                .iter()
                .filter(|(_, file)| file.missing.is_some() && !file.held)
                .filter(|(name, _)| !moved.contains_key(*name))
                .map(|(name, _)| name.clone())
                .collect();
            if removal(known, &sweep).is_suspicious() {
                gone.clear();
                noticed.missing.retain(|name| !sweep.contains(name));
                for name in sweep {
                    if let Some(file) = known.get_mut(&name) {
                        file.held = true;
                        noticed.held.push(name);
                    }
                }
            }
        }
        gone.extend(moved.keys().cloned());
        noticed.moved = moved;
        let confirmed = |(name, file): (&String, &KnownFile)| {
            (file.held && self.released.contains(name)).then(|| name.clone())
        };
        gone.extend(known.iter().filter_map(confirmed));
        gone.sort();
        gone.dedup();
        for name in gone {
            known.remove(&name);
            noticed.removed.push(name);
        }
        let waits = |file: &&KnownFile| !file.held;
        let since = known.values().filter(waits).filter_map(|f| f.missing);
        if let Some(first) = since.min() {
            let due = first + self.deletion;
            noticed.look_again(due.saturating_duration_since(self.now));
        }
    }

    /// Files missed by two looks that are far enough apart.
    fn missed_long(&self, known: &mut KnownFiles, noticed: &mut Noticed) -> Vec<String> {
        let mut gone = Vec::new();
        for (name, file) in known.iter_mut() {
            if self.listing.has(name) {
                file.missing = None;
                if std::mem::take(&mut file.held) {
                    noticed.returned.push(name.clone());
                }
                continue;
            }
            match file.missing {
                Some(_) if file.held => {}
                // Looks at another folder do not count.
                _ if !self.deletes => file.missing = None,
                None => {
                    file.missing = Some(self.now);
                    noticed.missing.push(name.clone());
                }
                Some(since) if self.now.duration_since(since) >= self.deletion => {
                    gone.push(name.clone());
                }
                Some(_) => {}
            }
        }
        gone
    }

    /// From each file that is not there to the one that has its restaurant now. A new file that is refused, but says
    /// whose it is, gets the last good version of the one that is gone.
    fn moves(&self, known: &mut KnownFiles) -> BTreeMap<String, String> {
        let mut homes = self.homes(known);
        let absent: Vec<(String, RestaurantId)> = known
            .iter()
            .filter(|(name, _)| !self.listing.has(name))
            .filter_map(|(name, file)| {
                let last = file.last_good.as_ref()?;
                Some((name.clone(), last.served.restaurant.id.clone()))
            })
            .collect();
        let heirs: HashMap<String, String> = known
            .iter()
            .filter(|(name, file)| file.last_good.is_none() && self.listing.has(name))
            .filter_map(|(name, file)| Some((file.id.clone()?, name.clone())))
            .collect();
        let mut moved = BTreeMap::new();
        for (name, id) in absent {
            let home = homes.get(&id).cloned().or_else(|| {
                let heir = heirs.get(id.as_str())?.clone();
                let last: LastGood = known.get(&name)?.last_good.clone()?;
                known.get_mut(&heir)?.adopt(&heir, &last);
                Some(homes.entry(id).or_insert(heir).clone())
            });
            if let Some(home) = home {
                moved.insert(name, home);
            }
        }
        moved
    }

    /// The files that are there and valid, by the restaurant they have.
    fn homes(&self, known: &KnownFiles) -> HashMap<RestaurantId, String> {
        known
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
fn removal(known: &KnownFiles, gone: &[String]) -> Removal {
    let going: HashSet<&String> = gone.iter().collect();
    let answers = |file: &KnownFile| file.last_good.is_some() && file.status.is_served();
    let staying = |(name, file): &(&String, &KnownFile)| {
        file.last_good.is_some() && !file.held && !going.contains(name)
    };
    Removal {
        routes_gone: gone
            .iter()
            .filter(|name| known.get(*name).is_some_and(answers))
            .count(),
        routes: known.values().filter(|file| answers(file)).count(),
        staying: known.iter().filter(staying).count(),
    }
}
