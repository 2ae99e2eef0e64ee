//! What callers count, change and take back, by kind, on a menu of its own; and what becomes of a call whose line is bad.

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, State, Waiter};
use maitred::restaurant::Restaurant;

use crate::menu_laws::written_cart;

const MENU: &str = r#"
id: lantern-street
name: Lantern Street
phone_number: "+12125550181"
handoff: "+12125550182"
ask: {name: true}
option_groups:
  Size: {choices: [Small, Large]}
  Filling: {choices: [Duck, Mushroom, Prawn]}
  Extras: {min: 0, max: 4, amounts: [none, light, regular, extra], choices: [Ginger, Scallions, Chili oil, {name: Peanuts, price: 0.50}]}
  Toast: {min: 0, max: 1, choices: [Toasted]}
menu:
  - {id: bao, name: Steamed Bao, price: 4.00, category: Buns, options: [{use: Filling}, {use: Extras}]}
  - {id: duck_mi, name: Roast Duck Sandwich, price: 9.00, category: Sandwiches, options: [{use: Toast}, {use: Extras}]}
  - {id: tofu_mi, name: Crispy Tofu Sandwich, price: 8.00, category: Sandwiches, options: [{use: Toast}, {use: Extras}]}
  - {id: congee_d, name: Duck Congee, price: 7.00, category: Congee, options: [{use: Size}]}
  - {id: congee_p, name: Plain Congee, price: 5.00, category: Congee, options: [{use: Size}]}
  - {id: soup, name: Wonton Soup, price: 6.00, category: Soups, options: [{use: Size}, {use: Extras}]}
  - {id: rolls, name: Scallion Rolls, price: 5.00, category: Sides}
  - {id: greens, name: Garlic Greens, price: 6.00, category: Sides}
  - {id: jar, name: Chili Crisp, price: 7.00, category: Sides, options: [{name: Jar, choices: [8 oz, {name: 16 oz, price: 4.00}]}]}
  - {id: tea, name: Oolong Tea, price: 3.00, category: Drinks}
  - {id: plum, name: Plum Soda, price: 3.50, category: Drinks}
  - {id: biscotto, name: Almond Biscotto, price: 2.00, category: Sweets}
"#;

fn restaurant() -> Arc<Restaurant> {
    let reading = read(MENU.as_bytes(), &Capabilities::in_text());
    reading
        .restaurant
        .unwrap_or_else(|| panic!("{:?}", reading.problems))
}

fn waiter() -> Waiter {
    let restaurant = restaurant();
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, menu)
}

fn now() -> ZonedDateTime {
    "2026-06-01T12:00[America/New_York]"
        .parse()
        .expect("a time")
}

fn said(waiter: &mut Waiter, words: &str) -> String {
    let reply = waiter.hear(words, &now());
    let sentences: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    sentences.join(" ")
}

/// The order, each line as `written_cart` has it.
fn order(waiter: &Waiter) -> Vec<String> {
    let written = written_cart(waiter.cart().restaurant(), waiter.cart());
    let mut lines: Vec<String> = written
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.sort();
    lines
}

/// The order after some lines, as written by `written_cart`.
fn order_after(lines: &[&str]) -> (String, Vec<String>) {
    let mut waiter = waiter();
    let mut text = String::new();
    for line in lines {
        text = said(&mut waiter, line);
    }
    (text, order(&waiter))
}

fn all_end(rows: &[(&[&str], &[&str])]) {
    let mut wrong = Vec::new();
    for (lines, wanted) in rows {
        let (text, order) = order_after(lines);
        let mut wanted: Vec<String> = wanted.iter().map(|line| (*line).to_owned()).collect();
        wanted.sort();
        if order != wanted {
            wrong.push(format!(
                "{lines:?}\n  wanted {wanted:?}\n  got    {order:?}\n  {text}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_taken_back_in_the_same_breath_is_not_ordered() {
    all_end(&[
        (&["two oolong teas, my bad, one oolong tea"], &["1 tea:"]),
        (
            &["an oolong tea actually make it a plum soda"],
            &["1 plum:"],
        ),
        (
            &["an oolong tea, actually make it a plum soda and also garlic greens"],
            &["1 plum:", "1 greens:"],
        ),
        (&["two plum sodas make it two oolong teas"], &["2 tea:"]),
        (&["scallion rolls, uh no, garlic greens"], &["1 greens:"]),
        (
            &["a plum soda on second thought make it one oolong tea"],
            &["1 tea:"],
        ),
        (&["a small no a large wonton soup"], &["1 soup: Large"]),
        (
            &["a duck sandwich, hang on, make that tofu"],
            &["1 tofu_mi:"],
        ),
        (&["garlic greens sorry scallion rolls"], &["1 rolls:"]),
    ]);
}

#[test]
fn a_dish_counted_twice_in_one_breath_is_counted_as_it_was_said_last() {
    all_end(&[
        (
            &["four oolong teas, oh goodness, one oolong tea"],
            &["1 tea:"],
        ),
        (
            &["two plum sodas, well actually one plum soda"],
            &["1 plum:"],
        ),
        (&["garlic greens, actually an oolong tea"], &["1 tea:"]),
        (
            &["a large wonton soup, actually a small wonton soup"],
            &["1 soup: Small"],
        ),
        (
            &["an eight ounce chili crisp, sorry, sixteen ounce"],
            &["1 jar: 16 oz"],
        ),
        (
            &["a sixteen ounce chili crisp actually an eight ounce chili crisp"],
            &["1 jar: 8 oz"],
        ),
        (
            &["four scallion rolls actually no one scallion rolls"],
            &["1 rolls:"],
        ),
        (&["two oolong teas and one oolong tea"], &["3 tea:"]),
        (
            &["one oolong tea", "i want four oolong teas in all"],
            &["4 tea:"],
        ),
        (
            &["one oolong tea", "i need it to be three oolong teas"],
            &["3 tea:"],
        ),
        (
            &["a duck bao with ginger", "add another bao"],
            &["2 bao: Duck, Ginger"],
        ),
    ]);
}

#[test]
fn what_is_said_of_a_line_changes_that_line_whatever_verb_says_it() {
    let soup: &str = "a large wonton soup and two duck bao";
    let with = |said: &'static str| -> Vec<&'static str> { vec![soup, said] };
    for (said, wanted) in [
        (
            "slap some ginger on the wonton soup",
            ["1 soup: Ginger, Large", "2 bao: Duck"],
        ),
        (
            "i would sooner have small than large for the wonton soup",
            ["1 soup: Small", "2 bao: Duck"],
        ),
        (
            "on the bao could we do prawn instead of duck",
            ["1 soup: Large", "2 bao: Prawn"],
        ),
        (
            "do mushroom on the bao, not duck",
            ["1 soup: Large", "2 bao: Mushroom"],
        ),
        (
            "the wonton soup ought to be small",
            ["1 soup: Small", "2 bao: Duck"],
        ),
        (
            "could i change the bao to a small plain congee",
            ["1 congee_p: Small", "1 soup: Large"],
        ),
        (
            "make the bao two plum sodas instead",
            ["1 soup: Large", "2 plum:"],
        ),
    ] {
        all_end(&[(&with(said), &wanted)]);
    }
    all_end(&[(
        &[
            "two duck bao with ginger",
            "i changed my mind make just one of the bao with prawn",
        ],
        &["1 bao: Duck, Ginger", "1 bao: Ginger, Prawn"],
    )]);
}

#[test]
fn parts_told_in_the_breath_of_their_dish_are_its_parts() {
    all_end(&[
        (
            &["two bao, one's duck and one's prawn, and a plum soda"],
            &["1 bao: Duck", "1 bao: Prawn", "1 plum:"],
        ),
        (
            &["two wonton soups", "let's see one small and then one large"],
            &["1 soup: Small", "1 soup: Large"],
        ),
        (
            &["three bao the first one duck and the rest mushroom"],
            &["1 bao: Duck", "2 bao: Mushroom"],
        ),
    ]);
}

#[test]
fn some_of_several_are_changed_and_the_others_stay() {
    all_end(&[
        (
            &["two large wonton soups", "make one of those with ginger"],
            &["1 soup: Large", "1 soup: Ginger, Large"],
        ),
        (
            &["two small wonton soups", "make one a large"],
            &["1 soup: Large", "1 soup: Small"],
        ),
        (
            &["three duck sandwiches", "toast two of them"],
            &["1 duck_mi:", "2 duck_mi: Toasted"],
        ),
        (
            &["two duck sandwiches", "leave the scallions off one"],
            &["1 duck_mi:", "1 duck_mi: Scallions none"],
        ),
        (
            &["two duck sandwiches", "one of those should be a tofu"],
            &["1 duck_mi:", "1 tofu_mi:"],
        ),
        (
            &["two duck sandwiches the second one no scallions"],
            &["1 duck_mi:", "1 duck_mi: Scallions none"],
        ),
        (
            &["two duck sandwiches, no scallions on the second one"],
            &["1 duck_mi:", "1 duck_mi: Scallions none"],
        ),
    ]);
}

#[test]
fn a_count_behind_its_dish_counts_it() {
    all_end(&[
        (&["garlic greens twice please"], &["2 greens:"]),
        (
            &["plum soda three times and one oolong tea"],
            &["3 plum:", "1 tea:"],
        ),
        (&["a few plum sodas"], &["3 plum:"]),
        (&["two almond biscotti"], &["2 biscotto:"]),
        (&["two kumquats and a plum soda"], &["1 plum:"]),
    ]);
}

#[test]
fn a_change_hits_what_it_names_and_nothing_else() {
    all_end(&[
        (
            &[
                "two plum sodas",
                "garlic greens",
                "change it to just one plum soda",
            ],
            &["1 plum:", "1 greens:"],
        ),
        (
            &[
                "garlic greens and a plum soda",
                "no, scallion rolls not garlic greens",
            ],
            &["1 rolls:", "1 plum:"],
        ),
        (
            &[
                "a plum soda and greens",
                "in place of the greens id like scallion rolls",
            ],
            &["1 rolls:", "1 plum:"],
        ),
        (&["two plum sodas", "just one plum soda"], &["1 plum:"]),
    ]);
}

#[test]
fn what_the_menu_does_not_have_never_becomes_a_dish_it_has() {
    for line in [
        "greens with plum sauce",
        "a plum tart",
        "a mango soda",
        "what will i owe",
        "a scallion pancake",
    ] {
        let (text, order) = order_after(&[line]);
        let only_named = order.is_empty() || order == ["1 greens:"];
        assert!(only_named, "{line}: {order:?} {text}");
    }
}

#[test]
fn an_open_question_is_left_by_done_and_by_dropping_what_it_is_about() {
    for drop in ["cancel that", "forget the soup", "forget it"] {
        let (text, order) = order_after(&["garlic greens", "a wonton soup", drop]);
        assert_eq!(order, ["1 greens:"], "{drop}: {text}");
    }
    for drop in ["forget the congee", "cancel that", "that's it"] {
        let (text, order) = order_after(&["garlic greens", "a congee", drop]);
        assert_eq!(order, ["1 greens:"], "{drop}: {text}");
        assert!(!text.contains("congee"), "{drop}: {text}");
    }
}

#[test]
fn no_sentence_is_said_three_times_to_who_is_not_understood() {
    let starts: [&[&str]; 5] = [
        &[],
        &["a wonton soup"],
        &["a congee"],
        &["greens", "that's all"],
        &["greens", "that's all", "Ann"],
    ];
    for start in starts {
        let mut waiter = waiter();
        for line in start {
            let _ = said(&mut waiter, line);
        }
        let mut heard: Vec<String> = Vec::new();
        for _ in 0..4 {
            let reply = waiter.hear("blorf gwizzle tarn vexit plomb dranch", &now());
            heard.extend(reply.sentences.into_iter().map(|sentence| sentence.text));
        }
        for sentence in &heard {
            let times = heard.iter().filter(|other| *other == sentence).count();
            assert!(
                times < 3,
                "{start:?}: {sentence:?} {times} times of {heard:?}"
            );
        }
        let helped = heard.iter().any(|sentence| sentence.contains("person"));
        assert!(helped, "{start:?}: {heard:?}");
    }
}

/// A small generator, so that each call of the test is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

#[test]
fn a_call_with_noise_in_every_third_line_ends_in_the_right_order_or_with_a_person() {
    const NOISE: &[&str] = &[
        "blorf", "gwizzle", "tarn", "vexit", "plomb", "dranch", "oskel", "firn", "quaddle",
        "zubrin", "marvel", "skeff", "hoyden", "brust", "yelm", "crindle", "wopse", "jarvin",
        "tuffet", "glarn",
    ];
    const ORDERS: &[(&[&str], &[&str])] = &[
        (
            &["two plum sodas", "and garlic greens"],
            &["2 plum:", "1 greens:"],
        ),
        (&["a wonton soup", "large"], &["1 soup: Large"]),
        (&["a steamed bao", "the duck"], &["1 bao: Duck"]),
        (
            &["a duck sandwich toasted", "and an oolong tea"],
            &["1 duck_mi: Toasted", "1 tea:"],
        ),
        (
            &["scallion rolls", "make that two", "a plum soda"],
            &["2 rolls:", "1 plum:"],
        ),
    ];
    let mut wrong = Vec::new();
    for call in 0..50_u64 {
        let mut dice = Dice(call + 1);
        let (lines, wanted) = ORDERS[dice.roll(ORDERS.len())];
        let mut waiter = waiter();
        let mut lines = lines.iter().copied();
        let mut turn = dice.roll(3);
        let mut told = Vec::new();
        while waiter.state() != State::Confirmed && told.len() < 40 {
            turn += 1;
            let line = if turn.is_multiple_of(3) {
                let words: Vec<&str> = (0..6).map(|_| NOISE[dice.roll(NOISE.len())]).collect();
                words.join(" ")
            } else if waiter.state() == State::Confirming {
                "yes".to_owned()
            } else {
                let asks_name = told
                    .last()
                    .is_some_and(|text: &String| text.contains("name"));
                let next = if asks_name { None } else { lines.next() };
                next.map_or_else(
                    || if asks_name { "Anna" } else { "that's all" }.to_owned(),
                    str::to_owned,
                )
            };
            let reply = waiter.hear(&line, &now());
            told.push(format!(
                "{line} -> {}",
                reply
                    .sentences
                    .iter()
                    .map(|s| s.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            ));
            match reply.action {
                maitred::conversation::Action::Place(_) => {
                    let _ = waiter.committed(1);
                }
                maitred::conversation::Action::HandOff => break,
                _ => {}
            }
        }
        let order = order(&waiter);
        let mut wanted: Vec<String> = wanted.iter().map(|line| (*line).to_owned()).collect();
        wanted.sort();
        let right = waiter.state() == State::Confirmed && order == wanted;
        if !right && waiter.state() != State::Handoff {
            wrong.push(format!("call {call}: {order:?}\n  {}", told.join("\n  ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of 50:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
