//! Who claims what, and who was refused what: remembered from one publication to the next, so that a change of one file
//! decides about its own id and numbers only.
//!
//! What several claim is decided anew each time, as the table in force is part of that decision; there is little of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::ownership::{id_winner, number_winner, refusals};
use super::{Candidate, Conflict, Contested, NewOwners, RoutingTable, Served};
use crate::restaurant::{PhoneNumber, RestaurantId};

/// Every claim of a folder.
#[derive(Debug, Default)]
pub struct Claims {
    /// By file.
    candidates: BTreeMap<String, Candidate>,
    /// The files that claim an id.
    files: HashMap<RestaurantId, BTreeSet<String>>,
    /// The file that has an id.
    winners: HashMap<RestaurantId, Candidate>,
    /// The ids that claim a number, among those that a file has.
    ids: HashMap<PhoneNumber, BTreeSet<RestaurantId>>,
    /// What several claim, and the files that were refused it.
    contested: BTreeMap<Contested, Vec<String>>,
    /// What each file was refused: first the id, then numbers.
    refused: BTreeMap<String, BTreeMap<Contested, Conflict>>,
}

/// What an update decided.
#[derive(Debug, Default)]
pub struct Decision {
    /// The owners of every number that was decided on; all others keep theirs.
    pub owners: NewOwners,
    /// Files that were refused something, before or now.
    pub refused: BTreeSet<String>,
}

impl Claims {
    /// Takes in files that claim something else than before (`None`: nothing any more) and decides; `active` is the table
    /// in force.
    pub fn update(
        &mut self,
        active: &RoutingTable,
        files: impl IntoIterator<Item = (String, Option<Candidate>)>,
    ) -> Decision {
        let (mut ids, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for contested in self.contested.keys() {
            match contested {
                Contested::Id(id) => ids.insert(id.clone()),
                Contested::Number(number) => numbers.insert(number.clone()),
            };
        }
        for (file, candidate) in files {
            ids.extend(self.replace(file, candidate));
        }
        let mut decision = Decision::default();
        for id in ids {
            self.decide_id(active, id, &mut numbers, &mut decision);
        }
        for number in numbers {
            self.decide_number(active, number, &mut decision);
        }
        decision
    }

    /// The ids that a file claims no more, or claims now.
    fn replace(&mut self, file: String, candidate: Option<Candidate>) -> Vec<RestaurantId> {
        let mut ids = Vec::new();
        if let Some(before) = self.candidates.remove(&file) {
            let id = before.served.restaurant.id.clone();
            if let Some(files) = self.files.get_mut(&id) {
                files.remove(&file);
            }
            ids.push(id);
        }
        if let Some(candidate) = candidate {
            let id = candidate.served.restaurant.id.clone();
            let files = self.files.entry(id.clone()).or_default();
            files.insert(file.clone());
            self.candidates.insert(file, candidate);
            ids.push(id);
        }
        ids
    }

    fn decide_id(
        &mut self,
        active: &RoutingTable,
        id: RestaurantId,
        numbers: &mut BTreeSet<PhoneNumber>,
        decision: &mut Decision,
    ) {
        let files = self.files.get(&id).into_iter().flatten();
        let claimants: Vec<&Candidate> =
            files.filter_map(|file| self.candidates.get(file)).collect();
        let index = id_winner(active, &id, &claimants);
        let winner = index.map(|index| claimants[index].clone());
        let contested = Contested::Id(id.clone());
        let conflicts = refusals(&contested, &claimants, index);
        if claimants.is_empty() {
            self.files.remove(&id);
        }
        self.note(contested, conflicts, decision);
        let before = match winner.clone() {
            Some(winner) => self.winners.insert(id.clone(), winner),
            None => self.winners.remove(&id),
        };
        for number in before.iter().flat_map(numbers_of) {
            if let Some(ids) = self.ids.get_mut(number) {
                ids.remove(&id);
            }
            numbers.insert(number.clone());
        }
        for number in winner.iter().flat_map(numbers_of) {
            let ids = self.ids.entry(number.clone()).or_default();
            ids.insert(id.clone());
            numbers.insert(number.clone());
        }
    }

    fn decide_number(
        &mut self,
        active: &RoutingTable,
        number: PhoneNumber,
        decision: &mut Decision,
    ) {
        let ids = self.ids.get(&number).into_iter().flatten();
        let claimants: Vec<&Candidate> = ids.filter_map(|id| self.winners.get(id)).collect();
        let index = number_winner(active, &number, &claimants);
        let owner = index.map(|index| claimants[index].served.clone());
        let contested = Contested::Number(number.clone());
        let conflicts = refusals(&contested, &claimants, index);
        if claimants.is_empty() {
            self.ids.remove(&number);
        }
        self.note(contested, conflicts, decision);
        decision.owners.insert(number, owner);
    }

    /// Puts the conflicts about one thing in the place of those before.
    fn note(&mut self, contested: Contested, conflicts: Vec<Conflict>, decision: &mut Decision) {
        for file in self.contested.remove(&contested).unwrap_or_default() {
            if let Some(refused) = self.refused.get_mut(&file) {
                refused.remove(&contested);
                if refused.is_empty() {
                    self.refused.remove(&file);
                }
            }
            decision.refused.insert(file);
        }
        if conflicts.is_empty() {
            return;
        }
        let mut files = Vec::with_capacity(conflicts.len());
        for conflict in conflicts {
            let file = conflict.refused.file.clone();
            let refused = self.refused.entry(file.clone()).or_default();
            refused.insert(contested.clone(), conflict);
            decision.refused.insert(file.clone());
            files.push(file);
        }
        self.contested.insert(contested, files);
    }

    /// Every claim that was not granted, by file.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.refused.values().flat_map(BTreeMap::values)
    }

    /// Every claim of a file that was not granted.
    pub fn conflicts_of(&self, file: &str) -> impl Iterator<Item = &Conflict> {
        let refused = self.refused.get(file).into_iter();
        refused.flat_map(BTreeMap::values)
    }

    /// What a file claims.
    pub fn candidate(&self, file: &str) -> Option<&Candidate> {
        self.candidates.get(file)
    }

    /// Every file that claims something, and what, by name.
    pub fn candidates(&self) -> impl Iterator<Item = (&str, &Candidate)> {
        let candidates = self.candidates.iter();
        candidates.map(|(file, candidate)| (file.as_str(), candidate))
    }
}

/// The decision on a batch.
#[derive(Debug, Default)]
pub struct Owners {
    /// Every granted number.
    pub by_number: HashMap<PhoneNumber, Arc<Served>>,
    /// Every claim that was not granted, by file.
    pub conflicts: Vec<Conflict>,
}

/// Decides who owns which number; `active` is the table in force.
pub fn decide(active: &RoutingTable, candidates: &[Candidate]) -> Owners {
    let mut claims = Claims::default();
    // Those that claim the same are told of in the order they came in, whatever their files are called.
    let files = candidates.iter().enumerate();
    let files = files.map(|(index, candidate)| (format!("{index:010}"), Some(candidate.clone())));
    let decision = claims.update(active, files);
    Owners {
        by_number: decision
            .owners
            .into_iter()
            .filter_map(|(number, owner)| Some((number, owner?)))
            .collect(),
        conflicts: claims.conflicts().cloned().collect(),
    }
}

fn numbers_of(candidate: &Candidate) -> &[PhoneNumber] {
    &candidate.served.restaurant.phone_numbers
}

#[cfg(test)]
mod tests {
    use super::super::ownership::tests::batches;
    use super::*;
    use crate::routing::{diff, diff_of};
    use proptest::prelude::*;

    /// What is different in `after`, file by file.
    fn changes(before: &[Candidate], after: &[Candidate]) -> Vec<(String, Option<Candidate>)> {
        let gone = before.iter().filter(|old| {
            let same = |new: &&Candidate| new.served.file == old.served.file;
            !after.iter().any(|new| same(&new))
        });
        let gone = gone.map(|old| (old.served.file.clone(), None));
        let new = after.iter().filter(|new| {
            let same = |old: &&Candidate| Arc::ptr_eq(&old.served, &new.served);
            !before.iter().any(|old| same(&old))
        });
        gone.chain(new.map(|new| (new.served.file.clone(), Some(new.clone()))))
            .collect()
    }

    fn rows(table: &RoutingTable) -> Vec<(String, String)> {
        let row = |(number, served): (&PhoneNumber, &Arc<crate::routing::Served>)| {
            let owner = format!("{} {} {}", served.restaurant.id, served.file, served.digest);
            (number.to_string(), owner)
        };
        let mut rows: Vec<_> = table.numbers().map(row).collect();
        rows.sort();
        rows
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn deciding_what_changed_is_deciding_everything(folders in prop::collection::vec(batches(), 1..8)) {
            let mut claims = Claims::default();
            let mut active = RoutingTable::empty();
            let mut before: Vec<Candidate> = Vec::new();
            for after in folders {
                let decision = claims.update(&active, changes(&before, &after));
                let next = active.with_changes(active.generation() + 1, &decision.owners);
                let Owners { by_number, conflicts } = decide(&active, &after);
                let whole = RoutingTable::with_owners(active.generation() + 1, by_number);
                prop_assert_eq!(rows(&next), rows(&whole));
                prop_assert_eq!(next.digest(), whole.digest());
                let ids = |table: &RoutingTable| -> Vec<String> {
                    table.restaurants().map(|served| served.restaurant.id.to_string()).collect()
                };
                prop_assert_eq!(ids(&next), ids(&whole));
                prop_assert_eq!(claims.conflicts().cloned().collect::<Vec<_>>(), conflicts);
                let touched = diff_of(&active, &next, decision.owners.keys());
                prop_assert_eq!(touched, diff(&active, &whole));
                (active, before) = (next, after);
            }
        }
    }
}
