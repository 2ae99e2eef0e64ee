//! What callers say beside and about their order, by kind, on a menu of its own: names, times, talk, questions, some of several,
//! counts in names, corrections told anew.

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, State, Waiter};
use maitred::restaurant::Restaurant;

use crate::menu_laws::written_cart;

const MENU: &str = r#"
id: harbour-plates
name: Harbour Plates
phone_number: "+12125550171"
handoff: "+12125550172"
address: 4 Quay Street
pickup: {ready_in_minutes: 25}
ask: {name: true, fulfilment: true}
option_groups:
  Bread: {choices: [Rye, Sourdough, Buttermilk roll]}
  Sauce: {choices: [Tartar, Harissa, Lemon butter]}
  Extras: {min: 0, max: 5, amounts: [none, light, regular, extra], choices: [Pickles, Onions, Bacon, {name: Avocado, price: 1.50}]}
menu:
  - {id: po_boy, name: Oyster po' boy, price: 12.00, description: "Fried oysters, onions, pickles", options: [{use: Bread}, {use: Extras}]}
  - {id: cod4, name: 4 pc Cod Box, price: 14.00, options: [{use: Sauce}]}
  - {id: cod8, name: 8 pc Cod Box, price: 26.00, options: [{use: Sauce}]}
  - {id: chowder, name: Clam chowder, price: 6.00, options: [{name: Size, choices: [Cup, {name: Bowl, price: 3.00}]}]}
  - {id: roll, name: Roll, price: 1.50}
  - {id: slaw, name: Cabbage slaw, price: 3.00}
  - {id: beans, name: Baked beans, price: 3.50}
  - {id: pasta, name: Pasta alla Norma, price: 13.00}
  - {id: ale, name: Ginger ale, price: 2.50}
"#;

/// Names that are put together, stand in brackets, or are those of dishes too.
const COMBINED: &str = r#"
id: lock-keeper
name: Lock Keeper
phone_number: "+12125550173"
upsell: Would you like onion rings with that?
menu:
  - {id: potato, name: Jacket potato, price: 5.00, options: [{name: Butter and chives, choices: ["Butter & Chives", Butter Only, Chives Only, "No Butter or Chives"]}]}
  - {id: pie, name: Pie, price: 6.00, options: [{name: Gravy, choices: [Onion gravy, Chicken gravy, Onion and Chicken gravy]}]}
  - {id: goose_h, name: Roast Goose with Dumplings (Half), price: 21.00}
  - {id: goose_w, name: Roast Goose with Dumplings (Whole), price: 40.00}
  - {id: rabbit, name: Quarter Smoked Rabbit, price: 9.00}
  - {id: rabbit_w, name: Whole Smoked Rabbit, price: 30.00}
  - {id: waffle, name: Waffle (2), price: 7.00, options: [{name: Meat, min: 0, max: 1, choices: [Back bacon, Black pudding]}, {name: Add eggs, min: 0, max: 1, choices: [{name: Three eggs any style, price: 2.00}]}]}
  - {id: eggs, name: Three Eggs, price: 6.50}
  - {id: korma, name: Korma, price: 12.00, options: [{name: Extra, min: 0, choices: [{name: Smoked tofu, price: 2.00}]}]}
  - {id: wrap, name: Folded wrap, price: 7.00, options: [{name: Sauce, choices: [Korma (K), Jalfrezi (J)]}, {name: Filling, min: 1, choices: [{name: Smoked tofu, price: 2.00}, {name: Leeks, price: 1.00}]}]}
  - {id: rings, name: Onion rings, price: 4.00}
"#;

fn waiter() -> Waiter {
    waiter_of(MENU)
}

fn waiter_of(menu: &str) -> Waiter {
    let read = read(menu.as_bytes(), &Capabilities::embedded());
    let restaurant: Arc<Restaurant> = read.restaurant.expect("a valid menu");
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, menu)
}

fn now() -> ZonedDateTime {
    "2026-11-24T12:00[America/Toronto]".parse().unwrap()
}

fn said(waiter: &mut Waiter, line: &str) -> String {
    let reply = waiter.hear(line, &now());
    let all: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    all.join(" ")
}

fn order(waiter: &Waiter) -> Vec<String> {
    let mut lines = written_cart(waiter.cart().restaurant(), waiter.cart());
    lines.sort();
    lines
}

/// Every call of a table ends in its order; all that do not are told at once.
fn all_end_in(calls: &[(&[&str], &[&str])]) {
    all_on_end_in(MENU, calls);
}

fn all_on_end_in(menu: &str, calls: &[(&[&str], &[&str])]) {
    let mut wrong = Vec::new();
    for (lines, expected) in calls {
        let mut waiter = waiter_of(menu);
        let told: Vec<String> = lines
            .iter()
            .map(|line| format!("> {line}\n  {}", said(&mut waiter, line)))
            .collect();
        let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
        expected.sort();
        if order(&waiter) != expected {
            wrong.push(format!(
                "{}\n  {:?} and not {expected:?}",
                told.join("\n"),
                order(&waiter)
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_name_that_the_telephone_made_little_words_of_ends_no_call() {
    for heard in ["Then,", "Well.", "So", "And all"] {
        let mut waiter = waiter();
        let _ = said(&mut waiter, "a ginger ale for pickup");
        let _ = said(&mut waiter, "that's all");
        for _ in 0..2 {
            if waiter.state() != State::Confirming {
                let _ = said(&mut waiter, heard);
            }
        }
        assert_eq!(waiter.state(), State::Confirming, "{heard}");
        assert!(waiter.cart().name.is_some(), "{heard}");
        assert_eq!(waiter.cart().lines().len(), 1, "{heard}");
    }
}

#[test]
fn a_name_that_was_asked_for_is_no_dish() {
    let mut wrong = Vec::new();
    for (answer, name) in [
        ("Sal", "Sal"),
        ("Norma", "Norma"),
        ("it's under Noah", "Noah"),
        ("that would be Leila", "Leila"),
        ("put it under Olga", "Olga"),
        ("you can use Cole", "Cole"),
        ("just Al", "Al"),
        ("Ginger Miller", "Ginger Miller"),
        ("it's for Walt O'Brien", "Walt Obrien"),
        ("my name's Rosemary please", "Rosemary"),
        ("uh Mei", "Mei"),
        ("the name's Sheila", "Sheila"),
        ("Clem, thanks", "Clem"),
    ] {
        let mut waiter = waiter();
        let _ = said(&mut waiter, "a ginger ale for pickup");
        let _ = said(&mut waiter, "that's all");
        let text = said(&mut waiter, answer);
        let got = waiter.cart().name.clone().unwrap_or_default();
        if !got.eq_ignore_ascii_case(name)
            || waiter.cart().lines().len() != 1
            || waiter.state() != State::Confirming
        {
            wrong.push(format!("{answer:?}: {got:?}, {:?}: {text}", order(&waiter)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_said_beside_the_food_orders_nothing_and_is_not_missing_from_the_menu() {
    let mut wrong = Vec::new();
    for line in [
        "I'd like to order some food to go",
        "hello is this the restaurant, can I place an order please",
        "how's your day going",
        "how are you",
        "hi, I wanted to put in an order for pickup",
        "I'll pick it up at five forty five",
        "I need it for seven fifteen",
        "we'll be there around noon",
        "can you have it ready by half past six",
        "it's for pickup at six",
        "the name is Beth",
        "put it under Kowalski",
        "do you deliver",
        "can I get it delivered",
        "do you take cards",
        "can I pay with cash",
        "is card okay",
        "hang on a second",
        "it's so cold out there",
    ] {
        let mut waiter = waiter();
        let _ = said(&mut waiter, "a ginger ale");
        let text = said(&mut waiter, line);
        let unfit = ["don't have", "didn't get", "trouble hearing", "Did you say"];
        if order(&waiter) != ["1 ale: "] || unfit.iter().any(|unfit| text.contains(unfit)) {
            wrong.push(format!("{line:?}: {:?}: {text}", order(&waiter)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pickup_and_delivery_are_said_in_many_ways() {
    for (answer, how) in [
        ("we're picking it up", "Pickup"),
        ("I'll come by and get it", "Pickup"),
        ("my husband will pick it up", "Pickup"),
        ("to go", "Pickup"),
        ("delivery please", "Delivery"),
        ("can you bring it to my house", "Delivery"),
        ("I'd like it delivered", "Delivery"),
    ] {
        let mut waiter = waiter();
        for line in ["a ginger ale", "that's all", "Noah"] {
            let _ = said(&mut waiter, line);
        }
        let text = said(&mut waiter, answer);
        assert_eq!(
            format!("{:?}", waiter.cart().fulfilment),
            format!("Some({how})"),
            "{answer}: {text}"
        );
        assert_eq!(order(&waiter), ["1 ale: "], "{answer}: {text}");
    }
}

#[test]
fn a_number_in_a_name_counts_nothing() {
    all_end_in(&[
        (&["one four piece cod box with tartar"], &["1 cod4: Tartar"]),
        (
            &["two eight piece cod boxes with harissa"],
            &["2 cod8: Harissa"],
        ),
        (
            &["an eight piece cod box", "lemon butter"],
            &["1 cod8: Lemon butter"],
        ),
        (
            &[
                "three 4 pc cod boxes with tartar",
                "no, just one four piece cod box",
            ],
            &["1 cod4: Tartar"],
        ),
    ]);
}

#[test]
fn an_answer_names_the_choice_that_was_asked_for() {
    all_end_in(&[
        (
            &["an oyster po' boy", "roll is good"],
            &["1 po_boy: Buttermilk roll"],
        ),
        (
            &["an oyster po' boy", "I'll go with the roll please"],
            &["1 po_boy: Buttermilk roll"],
        ),
        (
            &["a four piece cod box", "butter"],
            &["1 cod4: Lemon butter"],
        ),
        (
            &["an oyster po' boy", "let's say rye, and add a ginger ale"],
            &["1 ale: ", "1 po_boy: Rye"],
        ),
    ]);
}

#[test]
fn one_of_several_is_made_otherwise() {
    all_end_in(&[
        (
            &[
                "two oyster po' boys on rye",
                "make one of the po' boys sourdough",
            ],
            &["1 po_boy: Rye", "1 po_boy: Sourdough"],
        ),
        (
            &[
                "three oyster po' boys on rye",
                "could one of the oyster po' boys be on sourdough",
            ],
            &["2 po_boy: Rye", "1 po_boy: Sourdough"],
        ),
        (
            &[
                "two oyster po' boys on rye",
                "add bacon to one of the po' boys",
            ],
            &["1 po_boy: Rye", "1 po_boy: Bacon, Rye"],
        ),
        (
            &[
                "two oyster po' boys on rye",
                "leave the onions off just one of the oyster po' boys",
            ],
            &["1 po_boy: Rye", "1 po_boy: Onions none, Rye"],
        ),
        (
            &["two oyster po' boys on rye", "no pickles on one of them"],
            &["1 po_boy: Rye", "1 po_boy: Pickles none, Rye"],
        ),
        (
            &[
                "two clam chowders, cups",
                "I want one of the chowders to be a bowl",
            ],
            &["1 chowder: Cup", "1 chowder: Bowl"],
        ),
    ]);
}

#[test]
fn what_is_told_anew_takes_the_place_of_what_was_heard() {
    all_end_in(&[
        (
            &[
                "three oyster po' boys on rye",
                "that's not right, three oyster po' boys, two on rye and one on sourdough",
            ],
            &["2 po_boy: Rye", "1 po_boy: Sourdough"],
        ),
        (
            &["a clam chowder, cup", "not quite, I wanted a bowl"],
            &["1 chowder: Bowl"],
        ),
        (
            &[
                "an oyster po' boy on rye and a four piece cod box with tartar",
                "can you change rye to sourdough on the po' boy",
            ],
            &["1 po_boy: Sourdough", "1 cod4: Tartar"],
        ),
        (
            &[
                "an oyster po' boy on rye and a four piece cod box with tartar",
                "switch from tartar to harissa on the cod box",
            ],
            &["1 po_boy: Rye", "1 cod4: Harissa"],
        ),
        (
            &[
                "an oyster po' boy on rye and a four piece cod box with tartar",
                "for the po' boy make it sourdough",
            ],
            &["1 po_boy: Sourdough", "1 cod4: Tartar"],
        ),
    ]);
}

#[test]
fn what_was_never_ordered_goes_in_many_wordings() {
    for line in [
        "nobody ordered the slaw",
        "the slaw shouldn't be there",
        "we don't want any slaw",
        "almost, I didn't ask for slaw",
        "that's wrong, get rid of the slaw",
        "take the slaw off",
        "no slaw, please",
        "you misheard me, I never ordered the cabbage slaw",
        "cancel just the slaw",
        "the cabbage slaw isn't mine",
        "I'm not having the slaw",
    ] {
        let mut waiter = waiter();
        for first in [
            "a ginger ale and a cabbage slaw for pickup",
            "that's all",
            "Beth",
        ] {
            let _ = said(&mut waiter, first);
        }
        let text = said(&mut waiter, line);
        assert_eq!(order(&waiter), ["1 ale: "], "{line}: {text}");
    }
}

#[test]
fn what_is_asked_about_is_dropped_on_its_own() {
    all_end_in(&[
        (
            &["a ginger ale and a clam chowder", "cancel that"],
            &["1 ale: "],
        ),
        (
            &["a ginger ale and a clam chowder", "never mind"],
            &["1 ale: "],
        ),
        (
            &["a ginger ale and a clam chowder", "forget the chowder"],
            &["1 ale: "],
        ),
        (
            &[
                "a ginger ale and a clam chowder",
                "actually I don't want it",
            ],
            &["1 ale: "],
        ),
    ]);
}

#[test]
fn the_same_is_never_said_three_times() {
    let mut waiter = waiter();
    let _ = said(&mut waiter, "a clam chowder");
    let mut before: Vec<String> = Vec::new();
    for line in ["blargh", "fnord", "wibble", "zzyx", "qwop", "mumble"] {
        before.push(said(&mut waiter, line));
    }
    for three in before.windows(3) {
        assert!(three[0] != three[1] || three[1] != three[2], "{before:#?}");
    }
}

#[test]
fn parts_that_choices_are_put_together_from_are_an_answer() {
    let both = "1 potato: Butter & Chives";
    let neither = "1 potato: No Butter or Chives";
    let calls = [
        ("both", both),
        ("both of them please", both),
        ("yes please", both),
        ("butter and chives", both),
        ("just butter", "1 potato: Butter Only"),
        ("only chives please", "1 potato: Chives Only"),
        ("chives", "1 potato: Chives Only"),
        ("butter but no chives", "1 potato: Butter Only"),
        ("no butter", "1 potato: Chives Only"),
        ("neither", neither),
        ("no thanks", neither),
        ("no butter and no chives", neither),
    ];
    for (answer, expected) in calls {
        all_on_end_in(COMBINED, &[(&["a jacket potato", answer], &[expected])]);
    }
    // Said with the dish.
    all_on_end_in(
        COMBINED,
        &[(
            &["a jacket potato with just chives"],
            &["1 potato: Chives Only"],
        )],
    );
}

#[test]
fn yes_is_no_answer_to_a_choice_that_is_not_called_by_its_parts() {
    all_on_end_in(
        COMBINED,
        &[
            (&["a pie", "yes"], &["1 pie: "]),
            (&["a pie", "the chicken one"], &["1 pie: Chicken gravy"]),
        ],
    );
}

#[test]
fn a_share_of_a_dish_is_said_with_an_article_behind_it() {
    all_on_end_in(
        COMBINED,
        &[
            (&["half a roast goose"], &["1 goose_h: "]),
            (
                &["can I get half a roast goose with dumplings please"],
                &["1 goose_h: "],
            ),
            (&["a quarter of a smoked rabbit"], &["1 rabbit: "]),
        ],
    );
}

#[test]
fn a_choice_of_the_dish_goes_before_another_dish_after_with() {
    all_on_end_in(
        COMBINED,
        &[
            (
                &["a waffle with three eggs and black pudding"],
                &["1 waffle: Black pudding, Three eggs any style"],
            ),
            (
                &["a waffle with back bacon and three eggs"],
                &["1 waffle: Back bacon, Three eggs any style"],
            ),
            (
                &["a folded wrap with a korma sauce, smoked tofu and leeks"],
                &["1 wrap: Korma, Leeks, Smoked tofu"],
            ),
            (&["a korma with smoked tofu"], &["1 korma: Smoked tofu"]),
            (&["three eggs"], &["1 eggs: "]),
        ],
    );
}

#[test]
fn what_is_in_the_order_already_is_not_offered() {
    let mut waiter = waiter_of(COMBINED);
    let _ = said(&mut waiter, "onion rings and a korma");
    let text = said(&mut waiter, "that's all");
    assert!(!text.contains("Would you like"), "{text}");
    assert_eq!(waiter.state(), State::Confirming);

    let mut waiter = waiter_of(COMBINED);
    let _ = said(&mut waiter, "a korma");
    let text = said(&mut waiter, "that's all");
    assert!(text.contains("Would you like onion rings"), "{text}");
}
