//! What changed between two tables, as data: a pure function of old and new.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{RoutingTable, Served};
use crate::restaurant::{PhoneNumber, RestaurantId};

/// A number that changed hands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NumberMove {
    pub number: PhoneNumber,
    /// `None`: nobody answered it before.
    pub from: Option<RestaurantId>,
    /// `None`: nobody answers it now.
    pub to: Option<RestaurantId>,
}

/// Everything a caller or an operator could notice; empty when the two tables mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TableDiff {
    pub added: Vec<RestaurantId>,
    pub removed: Vec<RestaurantId>,
    /// Served before and after, but not as the same restaurant.
    pub changed: Vec<RestaurantId>,
    /// The same restaurant from another file.
    pub moved: Vec<RestaurantId>,
    pub numbers: Vec<NumberMove>,
}

impl TableDiff {
    /// Do the tables mean the same? (Comments and spelling of a file do not count, a new file name does.)
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens when `new` replaces `old`; every list is sorted.
pub fn diff(old: &RoutingTable, new: &RoutingTable) -> TableDiff {
    diff_of(old, new, old.numbers().chain(new.numbers()).map(|n| n.0))
}

/// The same, when the owners of no other than these numbers differ.
pub fn diff_of<'a>(
    old: &'a RoutingTable,
    new: &'a RoutingTable,
    numbers: impl Iterator<Item = &'a PhoneNumber>,
) -> TableDiff {
    let mut diff = TableDiff::default();
    let mut ids: BTreeSet<&RestaurantId> = BTreeSet::new();
    for number in numbers.collect::<BTreeSet<_>>() {
        let (before, after) = (old.owner(number), new.owner(number));
        let id = |served: Option<&'a Arc<Served>>| served.map(|served| &served.restaurant.id);
        let (from, to) = (id(before), id(after));
        ids.extend(from.into_iter().chain(to));
        if from != to {
            diff.numbers.push(NumberMove {
                number: number.clone(),
                from: from.cloned(),
                to: to.cloned(),
            });
        }
    }
    for id in ids {
        match (old.restaurant(id), new.restaurant(id)) {
            (None, _) => diff.added.push(id.clone()),
            (_, None) => diff.removed.push(id.clone()),
            (Some(before), Some(after)) => compare(before, after, &mut diff),
        }
    }
    diff
}

fn compare(before: &Arc<Served>, after: &Arc<Served>, diff: &mut TableDiff) {
    if Arc::ptr_eq(before, after) {
        return;
    }
    let id = &after.restaurant.id;
    let same =
        Arc::ptr_eq(&before.restaurant, &after.restaurant) || before.restaurant == after.restaurant;
    if !same {
        diff.changed.push(id.clone());
    }
    if before.file != after.file {
        diff.moved.push(id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn table(restaurants: &BTreeMap<u8, (u8, u8)>) -> RoutingTable {
        let served = restaurants.iter().map(|(id, (number, price))| {
            let text = format!(
                "id: r{id}\nname: R\nphone_number: \"+155555500{number:02}\"\nmenu: [{{id: a, name: Soup, price: {price}}}]\n"
            );
            let reading = read(text.as_bytes(), &Capabilities::embedded());
            Arc::new(Served {
                restaurant: reading.restaurant.expect("valid"),
                digest: reading.digest,
                file: format!("r{id}.yaml"),
            })
        });
        RoutingTable::build(1, served.collect())
    }

    #[test]
    fn a_diff_names_what_came_went_changed_and_who_got_its_number() {
        let old = table(&BTreeMap::from([(1, (1, 5)), (2, (2, 5)), (3, (3, 5))]));
        let new = table(&BTreeMap::from([(1, (1, 6)), (2, (4, 5)), (4, (3, 5))]));
        let found = diff(&old, &new);
        let ids = |list: &[RestaurantId]| list.iter().map(|id| id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&found.added), ["r4"]);
        assert_eq!(ids(&found.removed), ["r3"]);
        assert_eq!(ids(&found.changed), ["r1", "r2"]);
        let moves: Vec<String> = found
            .numbers
            .iter()
            .map(|m| {
                let name =
                    |id: &Option<RestaurantId>| id.as_ref().map_or("-".into(), |id| id.to_string());
                format!(
                    "{} {} {}",
                    &m.number.as_str()[9..],
                    name(&m.from),
                    name(&m.to)
                )
            })
            .collect();
        assert_eq!(moves, ["002 r2 -", "003 r3 r4", "004 - r2"]);
    }

    fn tables() -> impl Strategy<Value = BTreeMap<u8, (u8, u8)>> {
        prop::collection::btree_map(0..4u8, (0..4u8, 1..3u8), 0..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_diff_is_empty_only_for_equal_tables_and_turns_around(a in tables(), b in tables()) {
            let (a, b) = (table(&a), table(&b));
            prop_assert!(diff(&a, &a).is_empty());
            let (there, back) = (diff(&a, &b), diff(&b, &a));
            prop_assert_eq!(&there.added, &back.removed);
            prop_assert_eq!(&there.removed, &back.added);
            prop_assert_eq!(&there.changed, &back.changed);
            prop_assert_eq!(there.numbers.len(), back.numbers.len());
            prop_assert_eq!(there.is_empty(), a.digest() == b.digest());
        }
    }
}
