use super::*;
use crate::config::{Capabilities, read};
use crate::routing::decide;
use proptest::prelude::*;

fn candidate(file: &str, id: &str, numbers: &[u32]) -> Candidate {
    let list: Vec<String> = numbers
        .iter()
        .map(|n| format!("\"+1555555{n:04}\""))
        .collect();
    let text = format!(
        "id: {id}\nname: {id}\nphone_numbers: [{}]\nmenu: [{{id: a, name: Soup, price: 1}}]\n",
        list.join(", ")
    );
    let reading = read(text.as_bytes(), &Capabilities::embedded());
    Candidate {
        served: Arc::new(Served {
            restaurant: reading.restaurant.expect("valid"),
            digest: reading.digest,
            file: file.to_owned(),
        }),
        number_places: reading.number_places,
    }
}

fn number(n: u32) -> PhoneNumber {
    PhoneNumber::parse(&format!("+1555555{n:04}")).unwrap()
}

fn publish(active: &RoutingTable, batch: &[Candidate]) -> (RoutingTable, Vec<Conflict>) {
    let owners = decide(active, batch);
    let table = RoutingTable::with_owners(active.generation() + 1, owners.by_number);
    (table, owners.conflicts)
}

fn owner(table: &RoutingTable, n: u32) -> Option<String> {
    table.owner(&number(n)).map(|s| s.restaurant.id.to_string())
}

#[test]
fn the_incumbent_keeps_its_number_and_both_files_are_named() {
    let bella = candidate("bella.yaml", "bella", &[1]);
    let (first, _) = publish(&RoutingTable::empty(), std::slice::from_ref(&bella));
    let rival = candidate("a-rival.yaml", "rival", &[2, 1]);
    let (second, conflicts) = publish(&first, &[bella, rival.clone()]);
    assert_eq!(owner(&second, 1).as_deref(), Some("bella"));
    assert_eq!(
        owner(&second, 2).as_deref(),
        Some("rival"),
        "its other number is its own"
    );
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].refused.file, "a-rival.yaml");
    assert_eq!(conflicts[0].refused.place.line, 3);
    assert_eq!(
        (conflicts[0].other.file.as_str(), conflicts[0].granted),
        ("bella.yaml", true)
    );
    let (third, conflicts) = publish(&second, &[rival]);
    assert_eq!(
        owner(&third, 1).as_deref(),
        Some("rival"),
        "takes over when the incumbent leaves"
    );
    assert!(conflicts.is_empty());
}

#[test]
fn without_an_incumbent_nobody_gets_a_contested_number() {
    let batch = [
        candidate("a.yaml", "a", &[1]),
        candidate("b.yaml", "b", &[1]),
    ];
    let (table, conflicts) = publish(&RoutingTable::empty(), &batch);
    assert_eq!(owner(&table, 1), None);
    assert_eq!(conflicts.len(), 2);
    assert!(conflicts.iter().all(|c| !c.granted));
}

#[test]
fn two_restaurants_may_swap_numbers_in_one_batch() {
    let before = [
        candidate("a.yaml", "a", &[1]),
        candidate("b.yaml", "b", &[2]),
    ];
    let (table, _) = publish(&RoutingTable::empty(), &before);
    let after = [
        candidate("a.yaml", "a", &[2]),
        candidate("b.yaml", "b", &[1]),
    ];
    let (table, conflicts) = publish(&table, &after);
    assert!(conflicts.is_empty());
    assert_eq!(owner(&table, 1).as_deref(), Some("b"));
    assert_eq!(owner(&table, 2).as_deref(), Some("a"));
}

#[test]
fn a_copied_file_does_not_disturb_the_original() {
    let original = candidate("m.yaml", "a", &[1]);
    let (table, _) = publish(&RoutingTable::empty(), std::slice::from_ref(&original));
    let copy = candidate("a-copy.yaml", "a", &[1]);
    let (table, conflicts) = publish(&table, &[copy, original]);
    assert_eq!(table.owner(&number(1)).unwrap().file, "m.yaml");
    assert_eq!(conflicts.len(), 1);
    assert!(matches!(conflicts[0].contested, Contested::Id(_)));
}

#[test]
fn a_changed_id_in_a_file_inherits_its_number() {
    let (table, _) = publish(&RoutingTable::empty(), &[candidate("a.yaml", "old", &[1])]);
    let batch = [
        candidate("a.yaml", "new", &[1]),
        candidate("b.yaml", "rival", &[1]),
    ];
    let (table, _) = publish(&table, &batch);
    assert_eq!(owner(&table, 1).as_deref(), Some("new"));
}

pub(in crate::routing) fn batches() -> impl Strategy<Value = Vec<Candidate>> {
    let files = prop::collection::btree_map(
        0..5u8,
        (0..4u8, prop::collection::btree_set(0..6u32, 1..4)),
        0..5,
    );
    files.prop_map(|files| {
        files
            .into_iter()
            .map(|(file, (id, numbers))| {
                let numbers: Vec<u32> = numbers.into_iter().collect();
                candidate(&format!("f{file}.yaml"), &format!("r{id}"), &numbers)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_number_is_owned_only_by_who_claims_it_and_no_claim_is_lost(first in batches(), second in batches()) {
        let (active, _) = publish(&RoutingTable::empty(), &first);
        let (table, conflicts) = publish(&active, &second);
        for (number, served) in table.numbers() {
            prop_assert!(served.restaurant.phone_numbers.contains(number));
            prop_assert!(second.iter().any(|c| Arc::ptr_eq(&c.served, served)));
        }
        for candidate in &second {
            for number in &candidate.served.restaurant.phone_numbers {
                let granted = table.owner(number).is_some_and(|s| Arc::ptr_eq(s, &candidate.served));
                let refused = conflicts.iter().any(|c| c.refused.file == candidate.served.file);
                prop_assert!(granted || refused, "{} lost {number}", candidate.served.file);
            }
        }
        // The same batch again changes nothing: whoever owned a number still does.
        let (again, _) = publish(&table, &second);
        for (number, served) in table.numbers() {
            prop_assert_eq!(again.owner(number).map(|s| &s.file), Some(&served.file));
        }
    }
}
