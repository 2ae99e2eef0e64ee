//! What a menu still has when something on it has run out.

use std::sync::Arc;

use jiff::Timestamp;
use maitred::config::{Capabilities, read};
use maitred::restaurant::{KitchenStatus, Pace, Restaurant, Sellable, SoldOut};

const MENU: &str = "id: a\nname: A\nphone_number: \"+12125550123\"\npickup: {ready_in_minutes: 20}\nmenu:\n\
    - {id: fries, name: Fries, price: 4}\n\
    - {id: soup, name: Soup, price: 4, options: [{name: Bread, choices: [Rye, Corn]}]}\n\
    - {id: meal, name: Meal, price: 9, options: [{name: Side, choices: [{item: fries}, Corn]}]}\n";

fn restaurant() -> Arc<Restaurant> {
    read(MENU.as_bytes(), &Capabilities::embedded())
        .restaurant
        .unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn out(what: Sellable) -> SoldOut {
    SoldOut {
        what,
        since: at(0),
        until: at(100),
        by: "api".into(),
    }
}

fn status(what: &[Sellable]) -> KitchenStatus {
    KitchenStatus {
        sold_out: what.iter().cloned().map(out).collect(),
        pace: None,
    }
}

/// What can be had: dishes, and `dish/choice`.
fn sold(restaurant: &Restaurant) -> Vec<String> {
    let mut all = Vec::new();
    for item in restaurant.menu.items.iter().filter(|item| item.available) {
        all.push(item.id.clone());
        let choices = item.options.iter().flat_map(|option| option.choices.iter());
        all.extend(
            choices
                .filter(|choice| choice.available)
                .map(|choice| format!("{}/{}", item.id, choice.name)),
        );
    }
    all
}

#[test]
fn a_dish_that_is_out_is_out_as_a_choice_too() {
    let base = restaurant();
    let served = base.in_kitchen(&status(&[Sellable::Item("fries".into())]));
    assert_eq!(
        sold(&served),
        ["soup", "soup/Rye", "soup/Corn", "meal", "meal/Corn"]
    );
    assert!(Arc::ptr_eq(&base, &base.in_kitchen(&status(&[]))));
}

#[test]
fn a_choice_that_is_out_is_out_everywhere_and_takes_a_dish_along_that_needs_it() {
    let corn = Sellable::Choice("Corn".into());
    let served = restaurant().in_kitchen(&status(std::slice::from_ref(&corn)));
    assert_eq!(
        sold(&served),
        ["fries", "soup", "soup/Rye", "meal", "meal/Fries"]
    );
    let served = restaurant().in_kitchen(&status(&[corn.clone(), Sellable::Choice("Rye".into())]));
    assert_eq!(sold(&served), ["fries", "meal", "meal/Fries"]);
}

#[test]
fn what_is_over_holds_no_more() {
    let mut all = status(&[Sellable::Item("soup".into())]);
    all.pace = Some(Pace {
        ready_in_minutes: Some(45),
        paused: false,
        since: at(0),
        until: at(50),
        by: "api".into(),
    });
    assert_eq!(restaurant().in_kitchen(&all).pickup_minutes, Some(45));
    assert_eq!(all.at(at(49)), all);
    assert_eq!(all.at(at(50)).pace, None);
    assert!(all.at(at(100)).is_plain());
    all.put(out(Sellable::Item("soup".into())));
    assert_eq!(all.sold_out.len(), 1);
    assert!(all.take_back(&Sellable::Item("soup".into())));
    assert!(!all.take_back(&Sellable::Item("soup".into())));
}
