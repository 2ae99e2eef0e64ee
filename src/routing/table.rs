//! One published table: immutable, whole, numbered.
//!
//! Its two maps are persistent (`rpds`): the table that follows shares with it whatever stays the same, so that a change of
//! one file among ten thousand costs the change of one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rpds::{HashTrieMapSync, RedBlackTreeMapSync};

use super::table_digest::TableDigest;
use crate::restaurant::{Digest, PhoneNumber, Restaurant, RestaurantId};

/// A restaurant as it is served: the sealed value and where it came from.
#[derive(Debug)]
pub struct Served {
    pub restaurant: Arc<Restaurant>,
    /// Of the file's bytes.
    pub digest: Digest,
    /// File name inside the folder.
    pub file: String,
}

/// Numbers whose owners a decision set anew; `None`: nobody answers.
pub type NewOwners = BTreeMap<PhoneNumber, Option<Arc<Served>>>;

/// Who answers which number. Built whole, never changed.
#[derive(Debug)]
pub struct RoutingTable {
    generation: u64,
    digest: Digest,
    /// What the digest is made of.
    hashed: TableDigest,
    by_number: HashTrieMapSync<PhoneNumber, Arc<Served>>,
    /// Whoever owns a number, by id.
    by_id: RedBlackTreeMapSync<RestaurantId, Arc<Served>>,
}

impl RoutingTable {
    /// The table before the first folder was read: nobody answers.
    pub fn empty() -> Self {
        Self {
            generation: 0,
            digest: Digest::of(b""),
            hashed: TableDigest::default(),
            by_number: HashTrieMapSync::new_sync(),
            by_id: RedBlackTreeMapSync::new_sync(),
        }
    }

    /// Builds the table of `generation`. When two restaurants claim a number nobody gets it: answering as the wrong
    /// restaurant is worse than not answering.
    pub fn build(generation: u64, restaurants: Vec<Arc<Served>>) -> Self {
        let mut claims: HashMap<PhoneNumber, Option<Arc<Served>>> = HashMap::new();
        for served in &restaurants {
            for number in &served.restaurant.phone_numbers {
                claims
                    .entry(number.clone())
                    .and_modify(|owner| *owner = None)
                    .or_insert_with(|| Some(Arc::clone(served)));
            }
        }
        let owners = claims
            .into_iter()
            .filter_map(|(number, owner)| Some((number, owner?)))
            .collect();
        Self::with_owners(generation, owners)
    }

    /// Builds the table of `generation` from decided owners; whoever owns no number is not in it.
    pub fn with_owners(generation: u64, owners: HashMap<PhoneNumber, Arc<Served>>) -> Self {
        let owners = owners
            .into_iter()
            .map(|(number, owner)| (number, Some(owner)));
        Self::empty().with_changes(generation, &owners.collect())
    }

    /// The table of `generation` that differs from this one in the owners of these numbers. Whoever owns a number under an
    /// id is the same for all numbers of that id.
    pub fn with_changes(&self, generation: u64, owners: &NewOwners) -> Self {
        let mut by_number = self.by_number.clone();
        let mut by_id = self.by_id.clone();
        let mut lost: BTreeSet<&RestaurantId> = BTreeSet::new();
        let mut changes: Vec<(&RestaurantId, Option<&Digest>)> = Vec::new();
        for (number, owner) in owners {
            if let Some(before) = self.owner(number) {
                lost.insert(&before.restaurant.id);
            }
            match owner {
                Some(owner) => by_number.insert_mut(number.clone(), Arc::clone(owner)),
                None => {
                    by_number.remove_mut(number);
                }
            }
        }
        for owner in owners.values().flatten() {
            let id = &owner.restaurant.id;
            lost.remove(id);
            if by_id.get(id).is_none_or(|now| !Arc::ptr_eq(now, owner)) {
                by_id.insert_mut(id.clone(), Arc::clone(owner));
                changes.push((id, Some(&owner.digest)));
            }
        }
        // Of those that only lost numbers, some own others still.
        for id in lost {
            let owns = |number| {
                by_number
                    .get(number)
                    .is_some_and(|owner| owner.restaurant.id == *id)
            };
            let numbers = by_id.get(id).map(|served| &served.restaurant.phone_numbers);
            if !numbers.is_some_and(|numbers| numbers.iter().any(owns)) {
                by_id.remove_mut(id);
                changes.push((id, None));
            }
        }
        let mut hashed = self.hashed.clone();
        hashed.update(&changes);
        Self {
            generation,
            digest: hashed.digest(),
            hashed,
            by_number,
            by_id,
        }
    }

    /// The same table under another generation.
    pub fn renumbered(self, generation: u64) -> Self {
        Self { generation, ..self }
    }

    /// The owner of a number.
    pub fn owner(&self, number: &PhoneNumber) -> Option<&Arc<Served>> {
        self.by_number.get(number)
    }

    /// The numbers a restaurant owns in this table, sorted.
    pub fn numbers_of(&self, id: &RestaurantId) -> Vec<PhoneNumber> {
        let Some(served) = self.restaurant(id) else {
            return Vec::new();
        };
        let mut numbers: Vec<PhoneNumber> = served
            .restaurant
            .phone_numbers
            .iter()
            .filter(|number| self.owner(number).is_some_and(|o| &o.restaurant.id == id))
            .cloned()
            .collect();
        numbers.sort();
        numbers
    }

    /// Every number and its owner, in no order.
    pub fn numbers(&self) -> impl Iterator<Item = (&PhoneNumber, &Arc<Served>)> {
        self.by_number.iter()
    }

    /// Every restaurant, by id.
    pub fn restaurants(&self) -> impl ExactSizeIterator<Item = &Arc<Served>> {
        self.by_id.values()
    }

    /// The restaurant with this id.
    pub fn restaurant(&self, id: &RestaurantId) -> Option<&Arc<Served>> {
        self.by_id.get(id)
    }

    /// A number that only grows.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Of ids and file digests; the same for the same restaurants.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}
