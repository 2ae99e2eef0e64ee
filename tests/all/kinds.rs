//! Kinds of utterances that were misunderstood on somebody's menu, said of another: foods that are not to be had, dishes called by
//! numbers, what is taken back, names in other words, some of several, numbers to call.

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, Waiter};

use crate::menu_laws::written_cart;

const MENU: &str = r#"
id: tollgate
name: Tollgate Kitchen
phone_number: "+12125550191"
handoff: "+12125550192"
ask: {name: true}
categories: [Pies, Buns, Rice, Broths, Sides, Drinks]
option_groups:
  Cut: {choices: [4 Piece, {name: 8 Piece, price: 4.00}]}
  Roll Kind: {default: Plain, choices: [Plain, Seeded, {name: Sweet Corn, price: 0.50}]}
  Broth Heat: {choices: [Gentle, Fierce]}
  Dips: {min: 0, max: 4, choices: [{name: Pear Dip, max_count: 4}, {name: Walnut Dip, max_count: 4}]}
menu:
  - {id: leek, name: Leek Pie, category: Pies, price: 7.00}
  - {id: rarebit, name: Cheddar Rarebit, category: Pies, price: 6.00}
  - {id: hog_bun, name: Hogget Bun, category: Buns, price: 8.00, options: [{use: Roll Kind}]}
  - {id: hog_plate, name: Hogget Plate, category: Buns, price: 11.00}
  - {id: corn_roll, name: Sweet Corn Roll, category: Buns, price: 2.00}
  - {id: kyoto, name: Kyoto Egg Rice, category: Rice, price: 9.00}
  - {id: noodles, name: Pan Soft Noodles, category: Rice, price: 8.00}
  - {id: n47, name: Barley Hotpot, category: Broths, price: 9.00, aliases: ["47", number 47], options: [{use: Broth Heat}]}
  - {id: quail, name: Fried Quail, category: Sides, price: 7.00, options: [{use: Cut}, {use: Dips}]}
  - {id: porridge, name: Three Grain Porridge, category: Broths, price: 5.00, options: [{name: Grain topping, min: 0, max: 1, choices: [Grain flakes, Damsons]}]}
  - {id: white, name: Flat White, category: Drinks, price: 3.00, options: [{name: Milk, min: 0, max: 1, choices: [Oat Milk, Hemp Milk]}]}
  - {id: cordial, name: Iced Elderflower, category: Drinks, price: 3.00}
  - {id: tea, name: Nettle Tea, category: Drinks, price: 2.00}
"#;

fn waiter() -> Waiter {
    let reading = read(MENU.as_bytes(), &Capabilities::in_text());
    let problems = reading.problems;
    let restaurant = reading.restaurant.unwrap_or_else(|| panic!("{problems:?}"));
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, menu)
}

/// What was said to the last of the lines, and the order after all of them.
fn after(lines: &[&str]) -> (String, Vec<String>) {
    let now: ZonedDateTime = "2026-06-01T12:00[America/New_York]"
        .parse()
        .expect("a time");
    let mut waiter = waiter();
    let mut said = String::new();
    for line in lines {
        let reply = waiter.hear(line, &now);
        let texts: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
        said = texts.join(" ");
    }
    let written = written_cart(waiter.cart().restaurant(), waiter.cart());
    let mut order: Vec<String> = written
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect();
    order.sort();
    (said, order)
}

fn all_end(rows: &[(&[&str], &[&str])]) {
    let mut wrong = Vec::new();
    for (lines, wanted) in rows {
        let (said, order) = after(lines);
        let mut wanted: Vec<String> = wanted.iter().map(|line| (*line).to_owned()).collect();
        wanted.sort();
        if order != wanted {
            wrong.push(format!(
                "{lines:?}\n  wanted {wanted:?}\n  got    {order:?}\n  {said}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_food_that_is_not_to_be_had_is_refused_and_never_guessed_at() {
    for line in [
        "a mushroom pie",
        "large pepperoni pie please",
        "a scone with ice",
        "a strawberry ice cream with cheddar",
        "a wensleydale with cheddar and a barm cake",
        "a cheddar quesadilla",
    ] {
        let (said, order) = after(&[line]);
        assert!(order.is_empty(), "{line}: {order:?} {said}");
        assert!(!said.contains("Did you say"), "{line}: {said}");
    }
    let (said, order) = after(&["a nettle tea with ice"]);
    assert_eq!(order, ["1 tea:"], "{said}");
    assert!(!said.contains("Elderflower"), "{said}");
    // What is no word of any food may be a dish that was heard wrong.
    let (said, _) = after(&["a lick pye"]);
    assert!(said.contains("Leek Pie"), "{said}");
}

#[test]
fn a_common_word_that_nothing_counts_is_no_dish() {
    let (said, _) = after(&["hi sorry i'm a bit out of breath"]);
    assert!(!said.contains("Did you say"), "{said}");
}

#[test]
fn a_dish_called_by_a_number_comes_in_any_number() {
    all_end(&[
        (&["two 47s"], &["2 n47:"]),
        (&["two forty sevens"], &["2 n47:"]),
        (&["three of the 47s and a leek pie"], &["1 leek:", "3 n47:"]),
        (&["three number 47s"], &["3 n47:"]),
    ]);
}

#[test]
fn a_phrase_that_was_heard_as_two_dishes_is_taken_back_whole() {
    all_end(&[
        (&["kyoto noodles, sorry, kyoto egg rice"], &["1 kyoto:"]),
        (&["two kyoto noodles, i mean kyoto egg rice"], &["2 kyoto:"]),
        (
            &["a leek pie and kyoto noodles, no wait, a nettle tea"],
            &["1 leek:", "1 tea:"],
        ),
    ]);
}

#[test]
fn regular_takes_back_what_was_put_on_last() {
    all_end(&[
        (
            &["a flat white, oat milk, no wait, regular milk"],
            &["1 white:"],
        ),
        (
            &["three grain porridge, grain flakes, no wait regular grain"],
            &["1 porridge:"],
        ),
        (
            &["a flat white with oat milk, actually make that a regular flat white"],
            &["1 white:"],
        ),
        (
            &["a flat white, oat milk, no wait, hemp milk"],
            &["1 white: Hemp Milk"],
        ),
    ]);
}

#[test]
fn a_dish_is_known_by_its_name_in_other_words() {
    all_end(&[
        (&["two hoggets in a bun"], &["2 hog_bun:"]),
        (&["the hogget on a plate please"], &["1 hog_plate:"]),
        (
            &["three hogget buns on a seeded roll"],
            &["3 hog_bun: Seeded"],
        ),
        (
            &["a hogget bun on a sweet corn roll"],
            &["1 hog_bun: Sweet Corn"],
        ),
        (
            &["a hogget bun and a sweet corn roll"],
            &["1 corn_roll:", "1 hog_bun:"],
        ),
    ]);
}

#[test]
fn portions_count_the_dish_and_plurals_of_a_choice_the_choice() {
    all_end(&[
        (&["four orders of fried quail"], &["4 quail:"]),
        (&["four piece fried quail"], &["1 quail: 4 Piece"]),
        (
            &["eight piece fried quail with two walnut dips"],
            &["1 quail: 8 Piece, Walnut Dip x2"],
        ),
    ]);
}

#[test]
fn one_of_the_portions_is_one_of_the_line() {
    all_end(&[
        (
            &[
                "two gentle barley hotpots",
                "make one of the bowls of hotpot fierce",
            ],
            &["1 n47: Fierce", "1 n47: Gentle"],
        ),
        (
            &["two flat whites", "one of the flat whites gets oat milk"],
            &["1 white:", "1 white: Oat Milk"],
        ),
        (
            &[
                "a flat white with oat milk and a flat white",
                "hemp milk on one of the flat whites please",
            ],
            &["1 white: Hemp Milk", "1 white: Oat Milk"],
        ),
    ]);
}

#[test]
fn one_dish_takes_the_place_of_another_however_it_is_said() {
    all_end(&[
        (
            &[
                "two leek pies and a nettle tea",
                "instead of the pies give me one flat white",
            ],
            &["1 tea:", "1 white:"],
        ),
        (
            &[
                "a leek pie and a nettle tea",
                "trade the leek pie for two flat whites",
            ],
            &["1 tea:", "2 white:"],
        ),
        (
            &[
                "a gentle barley hotpot and a nettle tea",
                "fierce for the hotpot instead",
            ],
            &["1 n47: Fierce", "1 tea:"],
        ),
        (
            &[
                "a leek pie and a nettle tea",
                "i've changed my mind about the leek pie",
            ],
            &["1 tea:"],
        ),
    ]);
}

#[test]
fn a_number_to_call_is_noted_and_orders_nothing() {
    let (said, order) = after(&["a leek pie", "call me at 202 555 0134 if anything comes up"]);
    assert_eq!(order, ["1 leek:"]);
    assert!(said.contains("Call 202 555 0134"), "{said}");
    let (said, order) = after(&["two leek pies and my number is 202 555 0134"]);
    assert_eq!(order, ["2 leek:"], "{said}");
    assert!(said.contains("Call 202 555 0134"), "{said}");
}

#[test]
fn a_question_behind_a_greeting_orders_nothing() {
    for line in [
        "Ah hello, what's on the leek pie?",
        "hello friend what's the leek pie cost these days",
        "what do you got for pies",
    ] {
        let (said, order) = after(&[line]);
        assert!(order.is_empty(), "{line}: {order:?} {said}");
    }
    let (said, _) = after(&["what do you got for broths"]);
    assert!(said.contains("Barley Hotpot"), "{said}");
}

#[test]
fn an_order_of_many_choices_goes_to_the_dish_it_was_said_of() {
    all_end(&[(
        &[
            "fried quail eight piece, with two pear dips and with two walnut dips and then a hogget bun on a seeded roll, and with that a flat white with oat milk plus a nettle tea",
        ],
        &[
            "1 hog_bun: Seeded",
            "1 quail: 8 Piece, Pear Dip x2, Walnut Dip x2",
            "1 tea:",
            "1 white: Oat Milk",
        ],
    )]);
}
