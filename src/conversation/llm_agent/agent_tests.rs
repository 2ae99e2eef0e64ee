//! A model played by hand: each test feeds pieces of answers and looks at what is said and what is in the cart.

use std::sync::Arc;

use jiff::ZonedDateTime;
use serde_json::{Value, json};

use super::super::{Action, CompiledMenu, State, Waiter};
use super::*;
use crate::config::{Capabilities, read};
use crate::restaurant::Restaurant;

const CAFE: &str = r#"
id: cafe
name: The Cafe
phone_number: "+15550100001"
handoff: "+15550199999"
tax: {rate: 10}
menu:
  - id: latte
    name: Latte
    price: 4.00
    description: Espresso and milk
    allergens: [milk]
    options:
      - {name: Size, choices: [Small, {name: Large, price: 1.00}]}
      - {name: Extras, min: 0, max: 2, amounts: [none, light, regular, extra], choices: [Cinnamon, {name: Shot, price: 0.80}]}
  - {id: bagel, name: Bagel, price: 3.00}
  - {id: scone, name: Scone, price: 2.50, available: false}
"#;

fn restaurant(text: &str) -> Arc<Restaurant> {
    let reading = read(text.as_bytes(), &Capabilities::in_text());
    reading
        .restaurant
        .unwrap_or_else(|| panic!("{:?}", reading.problems))
}

/// A call with a model that does what the test says.
struct Table {
    waiter: Waiter,
    agent: LlmAgent,
    request: Option<Request>,
    /// Everything said in the turn at hand.
    said: Vec<String>,
    now: ZonedDateTime,
}

impl Table {
    fn new() -> Self {
        Self::at(CAFE)
    }

    fn at(text: &str) -> Self {
        let restaurant = restaurant(text);
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        Self {
            waiter: Waiter::new(Arc::clone(&restaurant), menu),
            agent: LlmAgent::new(Arc::new(Brief::new(&restaurant))),
            request: None,
            said: Vec::new(),
            now: "2026-11-23T13:00[America/Toronto]".parse().unwrap(),
        }
    }

    fn caller(&mut self, words: &str) {
        assert!(
            self.agent.takes(&self.waiter, words),
            "\"{words}\" is the model's"
        );
        self.said.clear();
        self.request = Some(self.agent.begin(&mut self.waiter, words));
    }

    fn piece(&mut self, piece: Streamed) -> Next {
        let step = self.agent.take(&mut self.waiter, piece, &self.now);
        self.said.extend(step.sentences.into_iter().map(|s| s.text));
        if let Next::Ask(request) = &step.next {
            self.request = Some(request.clone());
        }
        step.next
    }

    fn delta(&mut self, text: &str) -> Next {
        self.piece(Streamed::Delta {
            text: text.to_owned(),
        })
    }

    /// An answer of words.
    fn says(&mut self, text: &str) -> Next {
        self.delta(text);
        self.piece(Streamed::End)
    }

    /// An answer of tool calls, arguments as the model wrote them.
    fn calls(&mut self, calls: &[(&str, &str)]) -> Next {
        for (at, (name, arguments)) in calls.iter().enumerate() {
            self.piece(Streamed::ToolCall(ToolCall {
                id: format!("id{at}"),
                name: (*name).to_owned(),
                arguments: (*arguments).to_owned(),
            }));
        }
        self.piece(Streamed::End)
    }

    /// The latest request's last tool result.
    fn result(&self) -> Value {
        match self.request.as_ref().and_then(|r| r.messages().last()) {
            Some(Message::Result { content, .. }) => serde_json::from_str(content).unwrap(),
            other => panic!("no result: {other:?}"),
        }
    }

    fn cart(&self) -> Vec<(String, u32)> {
        let cart = self.waiter.cart();
        cart.lines()
            .iter()
            .map(|line| (cart.item(line).id.clone(), line.quantity()))
            .collect()
    }

    fn order(&mut self, words: &str, id: &str) {
        self.caller(words);
        self.calls(&[("add_item", &format!("{{\"item_id\":\"{id}\"}}"))]);
        self.says("Anything else?");
    }
}

fn line(id: &str, quantity: u32) -> (String, u32) {
    (id.to_owned(), quantity)
}

#[test]
fn a_whole_order_is_taken_with_the_carts_own_operations() {
    let mut table = Table::new();
    table.caller("two large lattes");
    let add = r#"{"item_id":"latte","quantity":2,"choices":[{"option":"size","choice":"LARGE"}]}"#;
    assert!(matches!(table.calls(&[("add_item", add)]), Next::Ask(_)));
    assert_eq!(table.said, ["Two large Lattes."]);
    assert_eq!(table.result()["order"][0]["what"], "two large Lattes");
    assert_eq!(table.says("Anything else?"), Next::Done(Action::Listen));
    table.caller("no thanks");
    assert_eq!(
        table.calls(&[("read_back", "")]),
        Next::Done(Action::Listen)
    );
    assert_eq!(table.waiter.state(), State::Confirming);
    assert!(
        table
            .said
            .contains(&"With tax, the total is $11.00.".to_owned()),
        "{:?}",
        table.said
    );
    table.caller("yes please");
    let Next::Done(Action::Place(order)) = table.calls(&[("place_order", "{}")]) else {
        panic!("the order is placed");
    };
    assert_eq!(order.total.minor(), 1100);
    assert!(
        table.said.is_empty(),
        "nothing is claimed before the store has it"
    );
}

#[test]
fn an_order_is_placed_only_after_a_read_back_and_a_yes() {
    let mut table = Table::new();
    table.order("a bagel", "bagel");
    table.caller("yes");
    table.calls(&[("place_order", "{}")]);
    assert_eq!(table.result()["ok"], false, "it was not read back");
    assert!(matches!(
        table.calls(&[("read_back", "{}")]),
        Next::Done(Action::Listen)
    ));
    // Read back and placed in one turn: nobody has heard it yet.
    table.caller("add another bagel and place it");
    table.calls(&[
        ("add_item", r#"{"item_id":"bagel"}"#),
        ("place_order", "{}"),
    ]);
    assert_eq!(table.result()["ok"], false, "it was changed since");
    table.calls(&[("read_back", "{}")]);
    for words in ["hmm let me see", "yes and a latte", "no", "yes but wait"] {
        table.caller(words);
        table.calls(&[("place_order", "{}")]);
        assert_eq!(table.result()["ok"], false, "\"{words}\" is no clear yes");
        table.says("Is the order right?");
    }
    table.caller("perfect");
    assert!(matches!(
        table.calls(&[("place_order", "{}")]),
        Next::Done(Action::Place(_))
    ));
}

#[test]
fn what_the_menu_has_not_is_refused_and_never_made_up() {
    for (arguments, problem) in [
        (r#"{"item_id":"pizza"}"#, "no item_id"),
        (r#"{"item_id":"Latte"}"#, "the id of Latte is latte"),
        (
            r#"{"item_id":"latte","choices":[{"option":"Size","choice":"Huge"}]}"#,
            "Small, Large",
        ),
        (
            r#"{"item_id":"latte","choices":[{"option":"Milk","choice":"Oat"}]}"#,
            "Size, Extras",
        ),
        (r#"{"item_id":"bagel","quantity":0}"#, "at least 1"),
        (r#"{"item_id":"bagel","quantity":1.5}"#, "whole number"),
        (r#"{"item_id":"bagel","price":0}"#, "has no \"price\""),
        (r#"{"item_id":"bagel"#, "not a JSON object"),
        (r#"{"quantity":1}"#, "item_id is missing"),
    ] {
        let mut table = Table::new();
        table.caller("something");
        assert!(matches!(
            table.calls(&[("add_item", arguments)]),
            Next::Ask(_)
        ));
        let result = table.result();
        let told = result["problem"].as_str().unwrap();
        assert!(told.contains(problem), "{arguments}: {told}");
        assert!(table.cart().is_empty() && table.said.is_empty());
    }
}

#[test]
fn the_carts_own_refusals_are_told_and_are_no_mistake_of_the_model() {
    let mut table = Table::new();
    table.caller("a scone and ninety nine bagels");
    for (arguments, problem) in [
        (r#"{"item_id":"scone"}"#, "out of Scone"),
        (r#"{"item_id":"bagel","quantity":99}"#, "at most 50"),
    ] {
        assert!(matches!(
            table.calls(&[("add_item", arguments)]),
            Next::Ask(_)
        ));
        assert!(
            table.result()["problem"]
                .as_str()
                .unwrap()
                .contains(problem)
        );
    }
    assert_eq!(
        table.says("Sorry, we are out of scones."),
        Next::Done(Action::Listen)
    );
}

#[test]
fn a_second_wrong_call_in_a_turn_brings_the_built_in_waiter() {
    let mut table = Table::new();
    table.caller("two bagels");
    assert!(matches!(
        table.calls(&[("add_item", "{broken")]),
        Next::Ask(_)
    ));
    let next = table.calls(&[("add_item", r#"{"item":"bagel"}"#)]);
    assert_eq!(
        next,
        Next::TookOver {
            error: LlmError::BadCalls,
            action: Action::Listen
        }
    );
    assert_eq!(table.cart(), [line("bagel", 2)]);
    assert!(
        !table.agent.takes(&table.waiter, "a latte"),
        "it was sent home"
    );
}

#[test]
fn every_result_names_the_call_it_is_of() {
    let mut table = Table::new();
    table.caller("two bagels");
    table.calls(&[("add_item", "{broken")]);
    let request = table.request.unwrap();
    let [
        ..,
        Message::Agent { calls, .. },
        Message::Result { call, .. },
    ] = request.messages()
    else {
        panic!("{:?}", request.messages());
    };
    assert_eq!(&calls[0].id, call);
}

#[test]
fn a_model_that_dies_in_mid_sentence_leaves_a_right_order() {
    let mut table = Table::new();
    table.order("a bagel please", "bagel");
    table.caller("and a large latte with a shot");
    table.delta("Sure! One large lat");
    assert_eq!(table.said, ["Sure!"]);
    let next = table.piece(Streamed::Failed(LlmError::Cut));
    assert_eq!(
        next,
        Next::TookOver {
            error: LlmError::Cut,
            action: Action::Listen
        }
    );
    assert_eq!(table.cart(), [line("bagel", 1), line("latte", 1)]);
    assert_eq!(table.said[1], "One large Latte with Shot.");
}

#[test]
fn what_the_model_did_before_it_died_does_not_count_twice() {
    let mut table = Table::new();
    table.caller("three bagels");
    table.calls(&[("add_item", r#"{"item_id":"bagel","quantity":3}"#)]);
    assert_eq!(table.cart(), [line("bagel", 3)]);
    table.piece(Streamed::Failed(LlmError::Stalled { ms: 3000 }));
    assert_eq!(table.cart(), [line("bagel", 3)]);
}

#[test]
fn the_built_in_waiter_knows_the_question_the_model_left_open() {
    let mut table = Table::new();
    table.caller("a latte");
    table.calls(&[("add_item", r#"{"item_id":"latte"}"#)]);
    assert_eq!(table.result()["still_to_ask"][0]["option"], "Size");
    table.says("What size would you like?");
    table.caller("large");
    table.piece(Streamed::Failed(LlmError::Unreachable));
    assert_eq!(table.said, ["One large Latte.", "Anything else?"]);
}

#[test]
fn a_yes_after_the_read_back_places_the_order_even_when_the_model_is_gone() {
    let mut table = Table::new();
    table.order("a bagel", "bagel");
    table.caller("that's it");
    table.calls(&[("read_back", "{}")]);
    table.caller("yes");
    let next = table.piece(Streamed::Failed(LlmError::Unreachable));
    assert!(
        matches!(
            next,
            Next::TookOver {
                action: Action::Place(_),
                ..
            }
        ),
        "{next:?}"
    );
}

#[test]
fn money_is_never_the_models_to_speak_of() {
    let mut table = Table::new();
    table.caller("how much is a bagel");
    let next = table.says("A bagel is $1.00. Would you like one?");
    assert_eq!(next, Next::Done(Action::Listen));
    assert_eq!(table.said, ["Bagel is $3.00.", "Would you like one?"]);
    table.caller("and a latte");
    table.calls(&[(
        "say_price",
        r#"{"item_id":"latte","choices":[{"option":"Size","choice":"Large"}]}"#,
    )]);
    assert_eq!(table.said, ["Large Latte is $5.00."]);
}

#[test]
fn a_model_that_says_the_order_is_in_is_sent_home_unheard() {
    let mut table = Table::new();
    table.order("a bagel", "bagel");
    table.caller("that's it");
    table.calls(&[("read_back", "{}")]);
    table.caller("yes");
    let next = table.says("Great, your order is in!");
    assert!(table.said.is_empty(), "{:?}", table.said);
    // The built-in waiter hears the yes and does what was claimed.
    assert!(matches!(
        next,
        Next::TookOver {
            error: LlmError::Claimed,
            action: Action::Place(_)
        }
    ));
}

#[test]
fn an_empty_answer_is_asked_for_once_more_in_one_piece() {
    let mut table = Table::new();
    table.caller("a bagel");
    let Next::Ask(request) = table.piece(Streamed::End) else {
        panic!("it is asked again");
    };
    assert!(!request.is_streamed());
    let next = table.calls(&[("add_item", r#"{"item_id":"bagel"}"#)]);
    assert!(matches!(next, Next::Ask(_)));
    assert_eq!(table.cart(), [line("bagel", 1)]);
}

#[test]
fn a_call_repeated_in_the_same_turn_is_not_done_twice() {
    let mut table = Table::new();
    table.caller("a bagel");
    for _ in 0..2 {
        table.calls(&[("add_item", r#"{"item_id":"bagel"}"#)]);
    }
    assert_eq!(table.cart(), [line("bagel", 1)]);
    let mut next = Next::Wait;
    for _ in 0..4 {
        next = table.calls(&[("say_price", r#"{"item_id":"bagel"}"#)]);
    }
    assert!(matches!(
        next,
        Next::TookOver {
            error: LlmError::TooManyRounds,
            ..
        }
    ));
}

#[test]
fn lines_are_changed_and_taken_out_by_their_numbers() {
    let mut table = Table::new();
    table.order("a latte", "latte");
    table.order("a bagel", "bagel");
    table.caller("make it two small ones with extra cinnamon, no bagel");
    let change = r#"{"line":0,"quantity":2,"choices":[{"option":"Size","choice":"Small"},{"option":"Extras","choice":"Cinnamon","amount":"extra"}]}"#;
    table.calls(&[("change_item", change), ("remove_item", r#"{"line":"1"}"#)]);
    assert_eq!(
        table.said,
        ["Two small Lattes with extra Cinnamon.", "Okay, no Bagel."]
    );
    assert_eq!(table.cart(), [line("latte", 2)]);
    table.calls(&[(
        "change_item",
        r#"{"line":0,"forget":[{"option":"Extras","choice":"Cinnamon"}]}"#,
    )]);
    assert_eq!(table.result()["order"][0]["what"], "two small Lattes");
}

#[test]
fn a_person_a_cancellation_and_allergens_are_never_left_to_a_model() {
    let mut table = Table::new();
    table.order("a bagel", "bagel");
    for words in [
        "can I talk to a person",
        "cancel my order",
        "is there any gluten free bread",
        "",
    ] {
        assert!(!table.agent.takes(&table.waiter, words), "{words}");
    }
    table.caller("on second thought let us leave it");
    assert_eq!(
        table.calls(&[("cancel_order", "{}")]),
        Next::Done(Action::Listen)
    );
    assert_eq!(table.said, ["Should I cancel the whole order?"]);
    assert!(!table.agent.takes(&table.waiter, "yes"));
    assert_eq!(table.cart(), [line("bagel", 1)], "a yes is needed");
}

#[test]
fn a_caller_who_speaks_french_is_understood_where_the_engine_must() {
    let mut table = Table::at(&CAFE.replace("tax:", "language: fr-CA\ntax:"));
    table.order("un bagel", "bagel");
    assert!(
        !table
            .agent
            .takes(&table.waiter, "je veux parler à une personne")
    );
    table.caller("c'est tout");
    table.calls(&[("read_back", "{}")]);
    table.caller("non");
    table.calls(&[("place_order", "{}")]);
    assert_eq!(table.result()["ok"], false);
    table.says("Que dois-je changer?");
    table.caller("oui c'est ça");
    let next = table.calls(&[("place_order", "{}")]);
    assert!(matches!(next, Next::Done(Action::Place(_))), "{next:?}");
}

#[test]
fn a_name_the_file_asks_for_is_asked_by_the_engine_and_noted_by_the_model() {
    let text = CAFE.replace("tax:", "ask: {name: true, fulfilment: true}\ntax:");
    let mut table = Table::at(&text);
    table.order("a bagel", "bagel");
    table.caller("that's all");
    table.calls(&[("read_back", "{}")]);
    assert_eq!(table.said, ["What name is it for?"]);
    table.caller("Ada, and I will pick it up");
    table.calls(&[
        ("set_name", r#"{"name":"Ada"}"#),
        ("set_fulfilment", r#"{"fulfilment":"pickup"}"#),
        ("read_back", "{}"),
    ]);
    assert_eq!(table.waiter.cart().name.as_deref(), Some("Ada"));
    assert_eq!(table.waiter.state(), State::Confirming);
}

#[test]
fn a_long_menu_is_searched() {
    let mut text = CAFE.to_owned();
    for n in 0..160 {
        text.push_str(&format!(
            "  - {{id: tea{n}, name: Tea number {n}, price: 2.00}}\n"
        ));
    }
    let mut table = Table::at(&text);
    table.caller("a latte");
    let request = table.request.as_ref().unwrap();
    assert!(!request.brief().system().contains("Tea number 7"));
    table.calls(&[("search_menu", r#"{"query":"lattes"}"#)]);
    let found = table.result()["items"].as_str().unwrap().to_owned();
    assert!(
        found.starts_with("- latte: Latte")
            && found.contains("Size (exactly 1; must be asked): Small | Large"),
        "{found}"
    );
}

mod guard_rules {
    use super::super::guard::{Verdict, look};
    use super::*;

    #[test]
    fn money_in_any_form_is_found() {
        let cafe = restaurant(CAFE);
        for sentence in [
            "That's $5.",
            "It comes to twelve fifty.",
            "Four dollars, please.",
            "A latte is 4.50.",
            "I can do it for free.",
            "You get a discount.",
            "Your total is 12.",
            "It's on the house!",
            "That'll be twelve fifty.",
            "That makes it fourteen.",
            "You're all set.",
            "It'll be ready in ten minutes.",
        ] {
            assert_eq!(look(sentence, &cafe), Verdict::Fact, "{sentence}");
        }
    }

    #[test]
    fn the_end_of_an_order_and_safety_are_found() {
        let cafe = restaurant(CAFE);
        for sentence in [
            "Your order's in!",
            "Great, I've placed your order.",
            "Okay, the order went through.",
        ] {
            assert_eq!(look(sentence, &cafe), Verdict::Placed, "{sentence}");
        }
        for sentence in [
            "The bagel is safe for you.",
            "It's nut free.",
            "It contains no dairy.",
        ] {
            assert_eq!(look(sentence, &cafe), Verdict::Safe, "{sentence}");
        }
    }

    #[test]
    fn ordinary_talk_is_left_alone() {
        let cafe = restaurant(CAFE);
        for sentence in [
            "Two large lattes, got it!",
            "Would you like one or two shots?",
            "Shall I place the order?",
            "What size would you like?",
            "We have a 1.5 liter bottle.",
            "We open at 5:30.",
            "No onions on the second one.",
            "So that'll be two large lattes.",
            "I'll be ready when you are.",
            "It's a bagel with two eggs, is that right?",
        ] {
            assert_eq!(look(sentence, &cafe), Verdict::Fine, "{sentence}");
        }
    }
}

mod whatever_a_model_writes {
    use super::*;
    use proptest::prelude::*;

    fn arguments() -> impl Strategy<Value = String> {
        let id = prop::sample::select(vec!["latte", "bagel", "scone", "Latte", "x", ""]);
        let option = prop::sample::select(vec!["Size", "Extras", "Milk"]);
        let choice = prop::sample::select(vec!["Small", "Large", "Shot", "Oat"]);
        let amount = prop::sample::select(vec!["none", "light", "regular", "extra", "lots"]);
        prop_oneof![
            "\\PC{0,40}",
            (id, option, choice, amount, -2i64..80, -1i64..4).prop_map(
                |(id, option, choice, amount, n, line)| {
                    let picks =
                        json!([{"option": option, "choice": choice, "amount": amount, "count": n}]);
                    json!({"item_id": id, "quantity": n, "line": line, "choices": picks})
                        .to_string()
                }
            ),
            (-1i64..4, 0i64..80)
                .prop_map(|(line, n)| json!({"line": line, "quantity": n}).to_string()),
            (-1i64..4).prop_map(|line| json!({"line": line}).to_string()),
            prop::sample::select(vec!["latte", "bagel"])
                .prop_map(|id| json!({"item_id": id}).to_string()),
            Just(String::new()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn the_cart_never_holds_what_the_menu_does_not_allow_and_nothing_is_placed_unread(
            calls in prop::collection::vec((prop::sample::select(vec![
                "add_item", "change_item", "remove_item", "say_price", "read_back", "place_order", "cancel_order",
                "set_name", "nonsense",
            ]), arguments(), "[a-z ]{0,20}"), 1..12)
        ) {
            let mut table = Table::new();
            for (name, arguments, words) in calls {
                let words = format!("well {words}");
                if !table.agent.takes(&table.waiter, &words) {
                    break;
                }
                table.caller(&words);
                let next = table.calls(&[(name, &arguments)]);
                prop_assert!(!matches!(next, Next::Done(Action::Place(_))), "nobody said yes");
                let cart = table.waiter.cart();
                prop_assert!(cart.count() <= 50);
                for line in cart.lines() {
                    prop_assert!(line.quantity() > 0 && cart.item(line).available);
                }
                if matches!(next, Next::Ask(_)) {
                    table.says("And what else?");
                }
            }
        }
    }
}

const DELI: &str = r#"
id: deli
name: The Deli
phone_number: "+15550100001"
menu:
  - {id: turkey, name: Turkey, price: 12.00, number: 7, unit: {name: pound, step: 0.25, min: 0.25}}
  - {id: fries, name: Fries, price: 3.00, options: [{name: Size, choices: [Small, {name: Large, price: 1.00}]}]}
  - {id: cola, name: Cola, price: 2.00, options: [{name: Size, choices: [Small, {name: Large, price: 0.50}]}]}
  - {id: meal, name: Sandwich meal, price: 11.00, options: [{name: Side, choices: [{item: fries}]}, {name: Drink, choices: [{item: cola}]}]}
  - {id: soup, name: Soup, price: 4.00, requests: refuse}
"#;

#[test]
fn amounts_of_a_unit_are_decimals_and_of_a_piece_whole() {
    let mut table = Table::at(DELI);
    table.caller("three quarters of a pound of turkey");
    table.calls(&[("add_item", r#"{"item_id":"turkey","quantity":0.75}"#)]);
    assert_eq!(table.result()["ok"], true, "{}", table.result());
    let measure = table.waiter.cart().lines()[0]
        .measure()
        .map(|m| m.to_string());
    assert_eq!(measure.as_deref(), Some("0.75"));
    for (call, arguments) in [
        ("change_item", r#"{"line":0,"quantity":0.6}"#),
        ("add_item", r#"{"item_id":"soup","quantity":1.5}"#),
    ] {
        table.calls(&[(call, arguments)]);
        assert_eq!(
            table.result()["ok"],
            false,
            "{arguments}: {}",
            table.result()
        );
    }
}

#[test]
fn requests_become_notes_and_a_dish_that_takes_none_is_not_added() {
    let mut table = Table::at(DELI);
    table.caller("a sandwich meal cut in half, and ring when it is ready");
    table.calls(&[
        ("add_item", r#"{"item_id":"meal","notes":["cut in half"]}"#),
        ("note_for_kitchen", r#"{"note":"ring when ready"}"#),
    ]);
    assert!(
        table.said.iter().any(|said| said.contains("cut in half")),
        "{:?}",
        table.said
    );
    assert_eq!(table.waiter.cart().lines()[0].notes(), ["cut in half"]);
    assert_eq!(table.waiter.cart().notes(), ["ring when ready"]);
    table.calls(&[("add_item", r#"{"item_id":"soup","notes":["no salt"]}"#)]);
    assert_eq!(table.result()["ok"], false, "{}", table.result());
    assert_eq!(table.cart(), [line("meal", 1)]);
}

#[test]
fn an_option_of_a_choice_is_told_from_its_namesake_by_what_it_belongs_to() {
    let mut table = Table::at(DELI);
    table.caller("a sandwich meal with large fries and a small cola");
    let sides = r#"{"option":"Side","choice":"Fries"},{"option":"Drink","choice":"Cola"}"#;
    let vague =
        format!(r#"{{"item_id":"meal","choices":[{sides},{{"option":"Size","choice":"Large"}}]}}"#);
    table.calls(&[("add_item", &vague)]);
    let problem = table.result()["problem"].to_string();
    assert!(problem.contains("Fries, Cola"), "{problem}");
    let exact = format!(
        r#"{{"item_id":"meal","choices":[{sides},{{"option":"Size","of":"Fries","choice":"Large"}},{{"option":"Size","of":"Cola","choice":"Small"}}]}}"#
    );
    table.calls(&[("add_item", &exact)]);
    assert_eq!(
        table.result()["order"][0]["what"],
        "one Sandwich meal with large Fries and small Cola"
    );
}
