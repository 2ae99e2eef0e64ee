//! One published table: immutable, whole, numbered.

use std::collections::HashMap;
use std::sync::Arc;

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

/// Who answers which number. Built whole, never changed.
#[derive(Debug)]
pub struct RoutingTable {
    generation: u64,
    digest: Digest,
    by_number: HashMap<PhoneNumber, Arc<Served>>,
    restaurants: Vec<Arc<Served>>,
}

impl RoutingTable {
    /// The table before the first folder was read: nobody answers.
    pub fn empty() -> Self {
        Self::build(0, Vec::new())
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
    pub fn with_owners(generation: u64, by_number: HashMap<PhoneNumber, Arc<Served>>) -> Self {
        let mut restaurants: Vec<Arc<Served>> = by_number.values().cloned().collect();
        restaurants.sort_unstable_by(|a, b| a.restaurant.id.cmp(&b.restaurant.id));
        restaurants.dedup_by(|a, b| a.restaurant.id == b.restaurant.id);
        // An id has up to 64 characters, as a digest has: one allocation for all.
        let mut text = String::with_capacity(restaurants.len() * 130);
        for served in &restaurants {
            for part in [
                served.restaurant.id.as_str(),
                " ",
                served.digest.as_str(),
                "\n",
            ] {
                text.push_str(part);
            }
        }
        Self {
            generation,
            digest: Digest::of(text.as_bytes()),
            by_number,
            restaurants,
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
    pub fn restaurants(&self) -> &[Arc<Served>] {
        &self.restaurants
    }

    /// The restaurant with this id.
    pub fn restaurant(&self, id: &RestaurantId) -> Option<&Arc<Served>> {
        self.restaurants
            .binary_search_by(|served| served.restaurant.id.cmp(id))
            .ok()
            .map(|index| &self.restaurants[index])
    }

    /// A number that only grows.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// SHA-256 over ids and file digests.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}
