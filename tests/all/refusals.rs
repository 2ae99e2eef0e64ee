//! What is refused is never ordered, nor is a dish taken away because its name sounds like it.

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, State, Waiter};
use maitred::restaurant::Restaurant;

use crate::menu_laws::written_cart;

const MENU: &str = r#"
id: refusals
name: Corner Table
phone_number: "+12125550181"
handoff: "+12125550182"
upsell: Would you like a pickle with that?
option_groups:
  Toppings: {min: 0, amounts: [none, regular], choices: [Pepperoni, {name: Sausage, aliases: [italian sausage]}, Tomatoes, Olives]}
menu:
  - {id: salad, name: Garden salad, price: 6.99, description: "Romaine, tomatoes, cucumber", options: [{name: Dressing, choices: [Italian, Ranch]}]}
  - {id: pizza, name: Cheese pizza, price: 10.99, aliases: [plain pizza], options: [{use: Toppings}]}
  - {id: chef, name: Chef salad, price: 12.40, description: "Chicken, egg, bacon and blue cheese"}
  - {id: grilled, name: Grilled cheese, price: 8.20}
  - {id: tea, name: Iced tea, price: 2.29}
  - {id: juice, name: Orange juice, price: 4.00}
  - {id: tenders, name: Chicken tenders, price: 8.49}
  - {id: ices, name: Lemon ice, price: 3.00}
  - {id: pickle, name: Pickle, price: 1.00}
"#;

fn waiter() -> Waiter {
    let read = read(MENU.as_bytes(), &Capabilities::embedded());
    let restaurant: Arc<Restaurant> = read.restaurant.expect("a valid menu");
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, menu)
}

fn now() -> ZonedDateTime {
    "2026-11-24T12:00[America/Toronto]".parse().unwrap()
}

/// What a call orders, and what is said at its end.
fn call(lines: &[&str]) -> (Vec<String>, String, State) {
    let mut waiter = waiter();
    let mut said = String::new();
    for line in lines {
        let reply = waiter.hear(line, &now());
        let all: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
        said = all.join(" ");
    }
    let cart = written_cart(waiter.cart().restaurant(), waiter.cart());
    (cart, said, waiter.state())
}

#[test]
fn a_refusal_orders_no_dish_that_sounds_like_it_and_takes_none_away() {
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["a garden salad no tomatoes, italian"],
            &["1 salad Italian"],
        ),
        (&["a chef salad without blue cheese please"], &["1 chef"]),
        (&["an iced tea, no ice"], &["1 tea"]),
        (&["an orange juice no ice"], &["1 juice"]),
        (&["an iced tea", "no ice in that please"], &["1 tea"]),
        (&["chicken tenders no sauce"], &["1 tenders"]),
        (&["chicken tenders", "no tenderizer"], &["1 tenders"]),
        (&["grilled cheese without butter"], &["1 grilled"]),
        (&["a plain pizza no olives"], &["1 pizza"]),
        (
            &["chicken tenders and an iced tea", "no tea"],
            &["1 tenders"],
        ),
    ];
    let mut wrong = Vec::new();
    for (lines, expected) in cases {
        let (cart, said, _) = call(lines);
        let plain = |line: &String| line.replace(['(', ')', ',', '[', ']'], " ");
        let told: Vec<String> = cart.iter().map(plain).collect();
        let same = told.len() == expected.len()
            && expected
                .iter()
                .zip(&told)
                .all(|(want, got)| want.split(' ').all(|word| got.contains(word)));
        if !same {
            wrong.push(format!(
                "{lines:?}: {cart:?}, expected {expected:?}: {said}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_refusal_that_no_option_covers_is_noted_for_the_kitchen() {
    for line in [
        "chicken tenders no breading",
        "a chef salad without blue cheese please",
        "an iced tea, no sugar",
    ] {
        let (_, said, _) = call(&[line]);
        assert!(said.contains("Note for the kitchen: no "), "{line}: {said}");
    }
}

#[test]
fn a_guess_is_answered_with_no_in_many_ways() {
    for no in [
        "I don't want tea",
        "no tea",
        "I didn't say tea",
        "no",
        "never mind",
        "I don't want it",
        "nope, no tea thanks",
        "forget it",
    ] {
        let (cart, said, _) = call(&["chicken tenders", "sweet tea", no]);
        assert_eq!(cart.len(), 1, "{no}: {cart:?}: {said}");
        assert!(!said.contains("Did you say"), "{no}: {said}");
    }
}

#[test]
fn an_offer_is_declined_in_many_ways() {
    for no in [
        "that's it",
        "I'm good",
        "no, I'll skip that",
        "never mind",
        "I'm all set thanks",
        "no pickle",
        "not today",
    ] {
        let (cart, said, state) = call(&["chicken tenders", "that's all", no]);
        assert_eq!(cart.len(), 1, "{no}: {cart:?}: {said}");
        assert_eq!(state, State::Confirming, "{no}: {said}");
    }
}

#[test]
fn a_person_is_asked_for_in_a_word() {
    for line in [
        "manager please",
        "agent",
        "a human",
        "can I talk to somebody",
        "operator",
        "get me the owner",
        "representative!",
        "I want a person",
    ] {
        let (_, said, state) = call(&[line]);
        assert_eq!(state, State::Handoff, "{line}: {said}");
    }
}

#[test]
fn a_yes_to_the_read_back_comes_in_many_wordings() {
    for yes in [
        "yes that's everything",
        "everything's right",
        "bingo",
        "yes, goodbye",
        "that's it",
        "yep, have a good one",
        "you got it",
        "that all sounds right",
        "correct, thanks",
        "yes that is all correct",
        "sounds perfect",
        "all good",
        "that's exactly right",
    ] {
        let mut waiter = waiter();
        let _ = waiter.hear("chicken tenders", &now());
        let _ = waiter.hear("that's all", &now());
        let _ = waiter.hear("no thanks", &now());
        assert_eq!(waiter.state(), State::Confirming);
        let reply = waiter.hear(yes, &now());
        assert!(
            matches!(reply.action, maitred::conversation::Action::Place(_)),
            "{yes}: {reply:?}"
        );
    }
}
