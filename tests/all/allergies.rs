//! An allergy or a diet never orders: whatever was ordered stays as it was, what the file states is said, and a person is offered.

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::conversation::{Action, CompiledMenu, State, Waiter};

use crate::conversations::played::restaurant;
use crate::menu_laws::written_cart;

/// A menu, an order to begin with, and what callers say of what they cannot have.
const SAID: &[(&str, &str, &[&str])] = &[
    (
        "lotus-thai",
        "a pad see ew with tofu",
        &[
            "we've got a peanut allergy here",
            "I'm allergic to peanuts",
            "I'm allergic to tree nuts",
            "my son is allergic to peanuts and shellfish",
            "just so you know, there's a peanut allergy",
            "my wife can't have shrimp",
            "she has a shellfish allergy",
            "I have a severe nut allergy",
            "someone at the table is allergic to egg",
            "we have a nut allergy in the family",
            "is the pad thai okay, I'm allergic to peanuts",
            "I'm deathly allergic to shrimp, is that in the green curry",
            "my daughter's got an allergy to peanuts",
            "peanuts make me sick",
            "no peanuts please, I'm allergic",
            "allergic to soy",
            "I'm vegan",
            "we're vegetarians",
            "my husband is coeliac",
            "I've got coeliac disease",
            "he's lactose intolerant",
            "I am intolerant to gluten",
            "peanut allergy",
            "heads up, shellfish allergy",
            "two pad thais with chicken but my kid is allergic to peanuts",
            "I'd like the chicken satay, I have a peanut allergy though",
            "can I get jasmine rice because my wife is allergic to noodles",
            "I can't eat peanuts",
            "I cannot have any shrimp",
            "we can't have peanuts in the house",
            "peanuts could kill me",
            "I go into anaphylactic shock from shrimp",
            "I carry an epipen for nuts",
            "he reacts badly to eggs",
            "she breaks out in hives from shrimp",
            "what can I eat if I'm allergic to peanuts",
            "do you have anything without peanuts, my boy's allergic",
            "does anything have shellfish, I've got an allergy to shrimp and crab",
            "I'm sensitive to soy",
            "my friend doesn't eat pork",
            "she's avoiding gluten",
            "I have to avoid peanuts",
            "the doctor says I must avoid dairy",
            "I'm allergic to tofu, chicken and beef",
            "allergies: peanuts, tree nuts, and lime",
            "my baby has a milk and egg allergy",
            "don't put peanuts near it, I'm allergic",
            "i am so allergic to spring rolls",
        ],
    ),
    (
        "maki-house",
        "a cucumber roll",
        &[
            "I have a shellfish allergy",
            "my girlfriend is allergic to sesame",
            "we have a fish allergy",
            "I'm allergic to crab",
            "can't have avocado",
            "I'm allergic to shrimp and eel",
            "there's a soy intolerance at our table",
            "I'm intolerant of eggs",
            "one of us has a tuna allergy",
            "celiac here",
            "I can't do dairy",
            "allergic reaction to salmon last week so I can't have salmon",
            "is there crab in the california roll, I'm allergic",
            "three california rolls and I'm allergic to sesame",
        ],
    ),
    (
        "tandoor-lane",
        "a chana masala",
        &[
            "my mom is allergic to nuts",
            "I have a dairy allergy",
            "I'm allergic to milk, does the butter chicken have it",
            "we keep kosher",
            "I only eat halal",
            "she can't have ghee",
            "I'm not able to eat dairy",
            "we're not allowed to have cashews",
            "I shouldn't have cream",
            "my kids shouldn't eat anything with nuts",
            "I've an intolerance to wheat",
            "lactose intolerance",
            "I am a coeliac",
            "wheat allergy, what's safe",
            "allergic to chicken tikka masala",
        ],
    ),
    (
        "morning-crumb",
        "a butter croissant",
        &[
            "I'm allergic to almonds",
            "we have an almond allergy here",
            "no almonds, allergy",
            "my partner is allergic to wheat and milk",
            "gluten intolerance over here",
            "my daughter swells up from almonds",
            "I get sick from dairy, I'm intolerant",
            "I'm a diabetic",
            "is the almond croissant safe for a nut allergy",
            "I can't tolerate lactose",
        ],
    ),
    (
        "ember-grill",
        "",
        &[
            "I'm allergic to onions",
            "my son can't have cheese",
            "we've got a sesame allergy",
            "I have a bacon allergy",
            "no mayo I'm allergic to eggs",
            "can you do a burger without cheese, I'm lactose intolerant",
            "I'm allergic to mushrooms and I'd like a burger",
        ],
    ),
    (
        "chez-rosalie",
        "",
        &[
            "je suis allergique aux arachides",
            "ma fille a une allergie aux noix",
            "je ne peux pas manger de fromage",
            "mon fils est intolérant au lactose",
            "je suis coeliaque",
            "on a une allergie au lait",
            "mon ami est allergique aux oeufs",
            "une poutine classique mais je suis allergique au blé",
            "je suis végétalienne",
            "je ne mange pas de porc",
        ],
    ),
    (
        "la-esquina",
        "",
        &[
            "soy alérgico a los cacahuates",
            "mi hija tiene alergia al queso",
            "no puedo comer camarón",
            "soy intolerante a la lactosa",
            "mi esposo es celíaco",
            "tenemos una alergia a la leche",
            "la leche me hace daño",
            "quiero una quesadilla pero soy alérgica al trigo",
            "somos veganos",
            "no como carne",
        ],
    ),
];

/// Words that speak of food and of no allergy: they order as ever.
const ORDERS: &[(&str, &str, &str)] = &[
    (
        "lotus-thai",
        "a pad thai with chicken, no peanuts",
        "pad thai",
    ),
    (
        "lotus-thai",
        "I can't wait for this, one green curry with tofu",
        "green curry",
    ),
    ("tandoor-lane", "one chana masala, mild", "chana masala"),
    (
        "morning-crumb",
        "an almond croissant please",
        "almond croissant",
    ),
    (
        "ember-grill",
        "I don't eat here often, a coleslaw please",
        "coleslaw",
    ),
];

fn now() -> ZonedDateTime {
    "2026-11-24T12:00[America/Toronto]".parse().unwrap()
}

fn waiter_of(menu: &str) -> Waiter {
    let restaurant = restaurant(menu);
    let compiled = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, compiled)
}

fn text_of(reply: &maitred::conversation::Reply) -> String {
    let all: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    all.join(" ")
}

#[test]
fn an_allergy_never_orders_and_a_person_is_offered() {
    let mut wrong = Vec::new();
    let mut said = 0;
    for (menu, order, lines) in SAID {
        let fresh = waiter_of(menu);
        let mut begun = fresh.clone();
        if !order.is_empty() {
            let _ = begun.hear(order, &now());
            assert_eq!(begun.cart().lines().len(), 1, "{menu}: {order}");
        }
        let mut done = begun.clone();
        let _ = done.hear("that's all", &now());
        for line in *lines {
            said += 1;
            for (when, waiter) in [
                ("at the start", &fresh),
                ("in mid-order", &begun),
                ("later", &done),
            ] {
                let mut waiter = waiter.clone();
                let before = written_cart(waiter.cart().restaurant(), waiter.cart());
                let reply = waiter.hear(line, &now());
                let after = written_cart(waiter.cart().restaurant(), waiter.cart());
                let text = text_of(&reply);
                let offered = [
                    "person",
                    "staff",
                    "personne",
                    "personnel",
                    "persona",
                    "personal",
                    "quelqu'un",
                    "employé",
                ];
                if before != after {
                    wrong.push(format!(
                        "{menu}, {when}: {line:?} ordered {after:?}: {text}"
                    ));
                } else if !offered
                    .iter()
                    .any(|word| text.to_lowercase().contains(word))
                {
                    wrong.push(format!("{menu}, {when}: {line:?} offers nobody: {text}"));
                } else if reply.action != Action::Listen
                    || matches!(waiter.state(), State::Confirmed | State::Cancelled)
                {
                    wrong.push(format!("{menu}, {when}: {line:?} ended the call"));
                }
            }
        }
    }
    assert!(said >= 100, "only {said} wordings");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_is_ordered_beside_an_allergy_is_asked_about_and_taken_on_a_yes() {
    let mut waiter = waiter_of("lotus-thai");
    let text = text_of(&waiter.hear(
        "two chicken satays but my kid is allergic to peanuts",
        &now(),
    ));
    assert!(text.contains("peanuts"), "{text}");
    assert!(text.contains("Did you say two Chicken satays?"), "{text}");
    assert!(waiter.cart().is_empty());
    let _ = waiter.hear("yes", &now());
    assert_eq!(
        written_cart(waiter.cart().restaurant(), waiter.cart()).len(),
        1
    );
}

#[test]
fn what_is_refused_for_an_allergy_goes() {
    let mut waiter = waiter_of("ember-grill");
    let _ = waiter.hear("a coleslaw and large onion rings", &now());
    let before = waiter.cart().lines().len();
    let text = text_of(&waiter.hear(
        "take the onion rings off, my son is allergic to onions",
        &now(),
    ));
    assert_eq!(waiter.cart().lines().len() + 1, before, "{text}");
}

#[test]
fn the_file_is_quoted_and_nothing_else() {
    let mut waiter = waiter_of("lotus-thai");
    let text = text_of(&waiter.hear("I'm allergic to peanuts", &now()));
    assert!(
        text.contains("The menu states peanuts for Pad thai"),
        "{text}"
    );
    let text = text_of(&waiter.hear("is the green curry okay, I'm allergic to peanuts", &now()));
    assert!(
        text.contains("does not state allergens for the Green curry"),
        "{text}"
    );
}

#[test]
fn words_that_only_sound_like_an_allergy_order_as_ever() {
    let mut wrong = Vec::new();
    for (menu, line, dish) in ORDERS {
        let mut waiter = waiter_of(menu);
        let text = text_of(&waiter.hear(line, &now()));
        let cart = written_cart(waiter.cart().restaurant(), waiter.cart())
            .join(" ")
            .to_lowercase()
            .replace('_', " ");
        if !cart.contains(dish) {
            wrong.push(format!("{line:?}: {cart:?}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
