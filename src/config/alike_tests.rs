//! The schema and the types take and refuse the same documents.

use super::*;
use crate::config::yaml;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

const DOCUMENTS: [&str; 4] = [
    include_str!("../../tests/fixtures/restaurants/bella.yaml"),
    include_str!("../../tests/fixtures/restaurants/full.yaml"),
    include_str!("../../tests/fixtures/restaurants/contract.yaml"),
    include_str!("../../tests/fixtures/restaurants/second.yaml"),
];

/// By the schema, and by the types; `None` when it is no YAML for us at all.
fn verdicts(text: &str) -> Option<(bool, bool)> {
    let value = yaml::parse(text).ok()?;
    let by_types = RestaurantFile::deserialize(&value).is_ok();
    Some((schema::accepts(&value), by_types))
}

/// Every place in a document, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, child)| (key.clone(), child))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, child)| (i.to_string(), child))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = crate::config::problem::join(at, &key);
        places(child, &pointer, found);
        found.push(pointer);
    }
}

/// Values at and behind the bounds of every rule of the schema.
fn stand_in() -> impl Strategy<Value = Value> {
    let lengths = [
        0, 1, 2, 35, 36, 40, 41, 64, 65, 80, 81, 119, 120, 121, 200, 201, 300, 301, 500, 501,
    ];
    let text = (
        select(lengths.to_vec()),
        select(vec!["a", "é", " ", "麻", "\u{feff}", "\u{85}", "\u{2003}"]),
    )
        .prop_map(|(length, letter)| Value::from(letter.repeat(length)));
    let list = (
        select(vec![
            0_usize, 1, 2, 10, 11, 40, 41, 50, 51, 100, 101, 200, 201, 400, 401,
        ]),
        any::<bool>(),
        select(forms()),
    )
        .prop_map(|(length, same, form)| {
            (0..length)
                .map(|i| match (&form, same) {
                    (Value::String(text), false) => Value::from(format!("{text}{i}")),
                    (form, _) => form.clone(),
                })
                .collect()
        });
    prop_oneof![select(forms()), text, list]
}

fn forms() -> Vec<Value> {
    let mut forms = vec![
        json!(null),
        json!(true),
        json!(1.5),
        json!(-1.5),
        json!(0.5),
        json!([]),
        json!({}),
        json!([null]),
        json!([[]]),
        json!({"name": "A"}),
        json!({"name": "A", "price": -1}),
        json!({"none": null}),
        json!({"use": "bread"}),
        json!({"x-mine": [1]}),
        json!({"A": {"choices": ["B"]}}),
        json!({"A": ["B"]}),
        json!({"A": 1.5}),
        json!({"A": "-1.5"}),
        json!({"A": {"B": -1}}),
        json!({"A": {}}),
        json!({"daily": ["11:00-14:00"]}),
        json!({"mon-fri": ["11:00-14:00"], "from": "2026-12-01"}),
        json!({"mon-": []}),
        json!({"mon-mon": []}),
        json!({"name": "A", "available": {"sat": []}}),
        json!({"quantity": 2, "price": 1}),
        json!({"item": "a"}),
        json!({"to": "+15551234567"}),
        json!({"url": "https://a.example", "secret_env": "S"}),
        json!({"within": "3m"}),
        json!({"address": "p", "width": 58}),
        json!([{"name": "A"}, {"name": "A"}]),
        json!([{"name": "A"}, "A"]),
        json!(["none", "none"]),
        json!([true, false]),
    ];
    forms.extend(
        [
            0,
            1,
            2,
            -1,
            60,
            61,
            100,
            101,
            1000,
            1001,
            1440,
            1441,
            20_000,
            20_001,
            99_999,
            100_000,
            58,
            57,
            80,
            81,
            99,
            4_294_967_296_i64,
        ]
        .map(Value::from),
    );
    forms.extend(
        [
            "",
            "A",
            "a.b",
            "a b",
            "none",
            "extra",
            "menu",
            "llm",
            "USD",
            "usd",
            "market",
            "accept",
            "item",
            "order",
            "B12",
            "B-12",
            "123456789",
            "-0.50",
            "--1",
            "+15551234567",
            "LUNA_SECRET",
            "1LUNA",
            "+0555123",
            "15551234567",
            "11:00-14:00",
            "24:00-25:00",
            "23:59-24:00",
            "11:60-12:00",
            "1:00-2:00",
            "2026-12-25",
            "2026-1-1",
            "1.10",
            ".5",
            "5.",
            ".",
            "-1",
            "1e3",
            "1.2.3",
            "10.99\n",
            "\u{661}",
        ]
        .map(Value::from),
    );
    forms
}

/// One change: drop a key, add one nobody knows, or put something else in its place.
fn change(document: &mut Value, kind: u8, place: Index, value: Value) {
    let mut pointers = Vec::new();
    places(document, "", &mut pointers);
    let Some(pointer) = (!pointers.is_empty()).then(|| place.get(&pointers).clone()) else {
        return;
    };
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    match (document.pointer_mut(parent), kind) {
        (Some(Value::Object(object)), 0) => {
            object.remove(&crate::config::problem::unescape(key));
        }
        (Some(Value::Object(object)), 1) => {
            object.insert("unknown".to_owned(), value);
        }
        (Some(Value::Array(list)), 0 | 1) => {
            let index = key.parse::<usize>().unwrap_or(0);
            let again = list[index].clone();
            list.push(again);
        }
        _ => {
            if let Some(there) = document.pointer_mut(&pointer) {
                *there = value;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_schema_and_the_types_refuse_the_same_documents(
        document in select(DOCUMENTS.to_vec()),
        changes in prop::collection::vec((0..6_u8, any::<Index>(), stand_in()), 0..3),
    ) {
        let mut value: Value = serde_yaml::from_str(document).expect("a fixture is YAML");
        for (kind, place, stand_in) in changes {
            change(&mut value, kind, place, stand_in);
        }
        let text = serde_yaml::to_string(&value).expect("JSON is YAML");
        if let Some((by_schema, by_types)) = verdicts(&text) {
            prop_assert_eq!(by_schema, by_types, "\n{}", text);
        }
    }
}

/// The property alone could pass by refusing everything.
#[test]
fn what_is_put_in_for_the_property_is_taken_and_refused_often_enough() {
    let (mut taken, mut refused) = (0, 0);
    for document in DOCUMENTS {
        let value: Value = serde_yaml::from_str(document).expect("a fixture is YAML");
        let mut pointers = Vec::new();
        places(&value, "", &mut pointers);
        for pointer in &pointers {
            for form in forms() {
                let mut changed = value.clone();
                if let Some(place) = changed.pointer_mut(pointer) {
                    *place = form;
                }
                let text = serde_yaml::to_string(&changed).expect("JSON is YAML");
                let Some((by_schema, by_types)) = verdicts(&text) else {
                    continue;
                };
                assert_eq!(by_schema, by_types, "{pointer}\n{text}");
                *if by_types { &mut taken } else { &mut refused } += 1;
            }
        }
    }
    assert!(
        taken > 300 && refused > 3_000,
        "{taken} taken, {refused} refused"
    );
}

/// Every later key of the contract is refused by its own code, wherever a file might hold it.
#[test]
fn a_later_key_is_refused_as_not_yet() {
    for later in ["record: true"] {
        for document in DOCUMENTS {
            let reading = read(
                format!("{document}{later}\n").as_bytes(),
                &Capabilities::embedded(),
            );
            let errors: Vec<_> = reading
                .problems
                .iter()
                .filter(|p| p.is_error())
                .map(|p| p.code)
                .collect();
            assert_eq!(errors, vec![Code::NotYet], "{later}");
        }
    }
}
