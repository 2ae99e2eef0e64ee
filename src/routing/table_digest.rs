//! The digest of a table: SHA-256 over ids and file digests, in shards, so that the change of one restaurant among ten thousand
//! hashes some forty of them. It tells what is in the table and nothing of how it came about.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::restaurant::{Digest, RestaurantId};

const SHARDS: usize = 256;

/// The restaurants of a table by the shards of its digest.
#[derive(Clone, Debug)]
pub(super) struct TableDigest(Vec<Shard>);

#[derive(Clone, Debug, Default)]
struct Shard {
    /// By id.
    restaurants: Arc<Vec<(RestaurantId, Digest)>>,
    /// Of a line for each; of none it says nothing.
    hash: [u8; 32],
}

impl Default for TableDigest {
    fn default() -> Self {
        Self(vec![Shard::default(); SHARDS])
    }
}

impl TableDigest {
    /// Takes in what is served under these ids now; `None`: nothing.
    pub(super) fn update(&mut self, changes: &[(&RestaurantId, Option<&Digest>)]) {
        let mut touched = [false; SHARDS];
        for &(id, digest) in changes {
            let at = shard_of(id);
            touched[at] = true;
            let restaurants = Arc::make_mut(&mut self.0[at].restaurants);
            let place = restaurants.binary_search_by(|(other, _)| other.cmp(id));
            match (place, digest) {
                (Ok(place), Some(digest)) => restaurants[place].1 = digest.clone(),
                (Err(place), Some(digest)) => {
                    restaurants.insert(place, (id.clone(), digest.clone()))
                }
                (Ok(place), None) => drop(restaurants.remove(place)),
                (Err(_), None) => {}
            }
        }
        let shards = self.0.iter_mut().zip(touched);
        for (shard, _) in shards.filter(|(_, touched)| *touched) {
            let mut hash = Sha256::new();
            for (id, digest) in shard.restaurants.iter() {
                hash.update(id.as_str());
                hash.update(b" ");
                hash.update(digest.as_str());
                hash.update(b"\n");
            }
            shard.hash = hash.finalize().into();
        }
    }

    /// Over all shards.
    pub(super) fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        for (at, shard) in self.0.iter().enumerate() {
            if !shard.restaurants.is_empty() {
                hash.update(at.to_le_bytes());
                hash.update(shard.hash);
            }
        }
        Digest::from_hash(hash.finalize().into())
    }
}

/// Where a restaurant belongs, the same for every process that ever asks.
fn shard_of(id: &RestaurantId) -> usize {
    // FNV-1a.
    let hash = id
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash >> 32) as usize % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: usize, version: usize) -> (RestaurantId, Digest) {
        let id = RestaurantId::parse(&format!("h{n}")).unwrap();
        (id, Digest::of(format!("{n} {version}").as_bytes()))
    }

    fn of(rows: &[(RestaurantId, Digest)]) -> TableDigest {
        let mut table = TableDigest::default();
        let rows: Vec<_> = rows.iter().map(|(id, digest)| (id, Some(digest))).collect();
        table.update(&rows);
        table
    }

    #[test]
    fn the_digest_is_that_of_what_is_served_whichever_way_it_came_there() {
        let all: Vec<_> = (0..600).map(|n| row(n, 1)).collect();
        assert_eq!(of(&[]).digest(), Digest::of(b""));
        let backwards: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(of(&all).digest(), of(&backwards).digest());
        let mut table = of(&all);
        let (mut rows, newer) = (all.clone(), row(7, 2));
        rows[7] = newer.clone();
        table.update(&[(&newer.0, Some(&newer.1))]);
        assert_ne!(table.digest(), of(&all).digest());
        assert_eq!(table.digest(), of(&rows).digest());
        table.update(&[(&all[7].0, None), (&all[9].0, None), (&row(601, 1).0, None)]);
        rows.remove(9);
        rows.remove(7);
        assert_eq!(table.digest(), of(&rows).digest());
        let back = [7, 9].map(|n: usize| (&all[n].0, Some(&all[n].1)));
        table.update(&back);
        assert_eq!(table.digest(), of(&all).digest());
        table.update(&all.iter().map(|(id, _)| (id, None)).collect::<Vec<_>>());
        assert_eq!(table.digest(), Digest::of(b""));
    }

    #[test]
    fn two_restaurants_that_change_their_files_are_another_table() {
        for (a, b) in [(0, 1), (0, 300), (5, 77)] {
            let (first, second) = (row(a, 1), row(b, 1));
            let swapped = [
                (first.0.clone(), second.1.clone()),
                (second.0.clone(), first.1.clone()),
            ];
            assert_ne!(of(&[first, second]).digest(), of(&swapped).digest());
        }
        let mut alone: Vec<Digest> = (0..600).map(|n| of(&[row(n, 1)]).digest()).collect();
        alone.sort();
        alone.dedup();
        assert_eq!(alone.len(), 600);
    }
}
