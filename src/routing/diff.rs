//! What changed between two tables, as data: a pure function of old and new.

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
    let mut diff = TableDiff::default();
    // Both lists are sorted by id: one walk over the two, and nothing is looked up for what is the same.
    let mut before = old.restaurants().iter().peekable();
    for served in new.restaurants() {
        let id = &served.restaurant.id;
        while let Some(gone) = before.next_if(|other| other.restaurant.id < *id) {
            diff.removed.push(gone.restaurant.id.clone());
        }
        match before.next_if(|other| other.restaurant.id == *id) {
            None => diff.added.push(id.clone()),
            Some(was) => compare(was, served, &mut diff),
        }
    }
    diff.removed
        .extend(before.map(|gone| gone.restaurant.id.clone()));
    diff.numbers = number_moves(old, new);
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

fn number_moves(old: &RoutingTable, new: &RoutingTable) -> Vec<NumberMove> {
    let mut moves = Vec::new();
    let id = |served: &Arc<Served>| served.restaurant.id.clone();
    for (number, owner) in old.numbers() {
        let now = new.owner(number);
        if now.is_none_or(|now| now.restaurant.id != owner.restaurant.id) {
            moves.push(NumberMove {
                number: number.clone(),
                from: Some(id(owner)),
                to: now.map(id),
            });
        }
    }
    for (number, owner) in new.numbers() {
        if old.owner(number).is_none() {
            moves.push(NumberMove {
                number: number.clone(),
                from: None,
                to: Some(id(owner)),
            });
        }
    }
    moves.sort_by(|a, b| a.number.cmp(&b.number));
    moves
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
