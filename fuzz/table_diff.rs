//! `diff`: any bytes as two batches of restaurants. Ownership is decided and the tables are compared; the promises of
//! both hold whatever the batches claim.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};

use maitred::config::{Capabilities, read};
use maitred::restaurant::{Digest, PhoneNumber, Restaurant};
use maitred::routing::{Candidate, RoutingTable, Served, decide, diff, explain};

use crate::run::Target;

pub const TARGET: Target = Target {
    name: "diff",
    prepare: || assert!(!RESTAURANTS.is_empty()),
    run,
};

/// Ids, sets of numbers and prices a restaurant may have: few, so that they collide.
const IDS: usize = 6;
const NUMBERS: usize = 6;
const PRICES: usize = 3;

/// Every restaurant there can be, read once.
static RESTAURANTS: LazyLock<Vec<(Arc<Restaurant>, Digest)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for id in 0..IDS {
        for numbers in 1..(1 << NUMBERS) {
            for price in 0..PRICES {
                let written: Vec<String> = (0..NUMBERS)
                    .filter(|bit| numbers & (1 << bit) != 0)
                    .map(|bit| format!("\"+1212555010{bit}\""))
                    .collect();
                let text = format!(
                    "id: r{id}\nname: R\nphone_numbers: [{}]\nmenu: [{{id: a, name: Soup, price: {price}}}]\n",
                    written.join(", ")
                );
                let reading = read(text.as_bytes(), &Capabilities::embedded());
                let restaurant = reading.restaurant.expect("a valid restaurant");
                all.push((restaurant, reading.digest));
            }
        }
    }
    all
});

/// Two bytes choose a restaurant, one its file; a batch ends at a byte 0 or after twelve.
fn batch(bytes: &mut impl Iterator<Item = u8>) -> Vec<Candidate> {
    let mut files = BTreeSet::new();
    let mut batch = Vec::new();
    while batch.len() < 12 {
        let (Some(high), Some(low), Some(file)) = (bytes.next(), bytes.next(), bytes.next()) else {
            break;
        };
        if high == 0 {
            break;
        }
        let index = (usize::from(high) << 8 | usize::from(low)) % RESTAURANTS.len();
        let (restaurant, digest) = &RESTAURANTS[index];
        if files.insert(file % 16) {
            batch.push(Candidate {
                served: Arc::new(Served {
                    restaurant: Arc::clone(restaurant),
                    digest: digest.clone(),
                    file: format!("f{}.yaml", file % 16),
                }),
                number_places: Vec::new(),
            });
        }
    }
    batch
}

fn run(input: &[u8]) -> u64 {
    let mut bytes = input.iter().copied();
    let mut table = RoutingTable::empty();
    let mut hasher = DefaultHasher::new();
    for generation in 1..=4 {
        let candidates = batch(&mut bytes);
        let owners = decide(&table, &candidates);
        for conflict in &owners.conflicts {
            assert!(explain(conflict).is_error());
            assert!(conflict.refused.file != conflict.other.file, "{conflict:?}");
        }
        let conflicts = owners.conflicts.len();
        let new = RoutingTable::with_owners(generation, owners.by_number);
        check_owners(&table, &candidates, &new);
        check_diff(&table, &new);
        let found = diff(&table, &new);
        let sizes = [
            found.added.len(),
            found.removed.len(),
            found.changed.len(),
            found.moved.len(),
            found.numbers.len(),
            conflicts,
        ];
        sizes.hash(&mut hasher);
        table = new;
    }
    hasher.finish()
}

/// A number goes only to somebody who claims it, an id is served from one file, and an incumbent that still claims its
/// number under its id and from its file keeps it.
fn check_owners(old: &RoutingTable, candidates: &[Candidate], new: &RoutingTable) {
    let claims = |number: &PhoneNumber, served: &Served| {
        served.restaurant.phone_numbers.contains(number)
            && candidates.iter().any(|c| c.served.file == served.file)
    };
    for (number, owner) in new.numbers() {
        assert!(claims(number, owner), "{number} goes to {}", owner.file);
        let served = new
            .restaurant(&owner.restaurant.id)
            .expect("an owner is served");
        assert_eq!(served.file, owner.file, "one id, one file");
    }
    for (number, incumbent) in old.numbers() {
        let stays = candidates.iter().any(|candidate| {
            let served = &candidate.served;
            served.file == incumbent.file
                && served.restaurant.id == incumbent.restaurant.id
                && served.restaurant.phone_numbers.contains(number)
        });
        if stays {
            let owner = new
                .owner(number)
                .expect("the incumbent's number is answered");
            assert_eq!(
                owner.restaurant.id, incumbent.restaurant.id,
                "{number} moved away"
            );
        }
    }
}

/// Empty only between equals, turned around by turning around, and complete: applied to the old owners it gives the new.
fn check_diff(old: &RoutingTable, new: &RoutingTable) {
    assert!(diff(old, old).is_empty() && diff(new, new).is_empty());
    let (there, back) = (diff(old, new), diff(new, old));
    assert_eq!(there.added, back.removed);
    assert_eq!(there.removed, back.added);
    assert_eq!(there.changed, back.changed);
    assert_eq!(there.moved, back.moved);
    assert_eq!(there.numbers.len(), back.numbers.len());
    for moved in &there.numbers {
        let owner =
            |table: &RoutingTable| table.owner(&moved.number).map(|s| s.restaurant.id.clone());
        assert_eq!(
            (owner(old), owner(new)),
            (moved.from.clone(), moved.to.clone())
        );
        assert!(moved.from != moved.to);
    }
    let moved: BTreeSet<&PhoneNumber> = there.numbers.iter().map(|moved| &moved.number).collect();
    for (number, owner) in old.numbers() {
        let same = new
            .owner(number)
            .is_some_and(|s| s.restaurant.id == owner.restaurant.id);
        assert!(same != moved.contains(number), "{number}");
    }
}
