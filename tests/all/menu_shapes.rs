//! Twenty kinds of menus as real kitchens have them: each is ordered from in a text conversation that uses what is special
//! about it, and its ticket (price, tax, notes) is right to the cent. `KIND.yaml` is the restaurant, `KIND.call` what the caller
//! says, `KIND.ticket` what the kitchen gets.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{Action, CompiledMenu, State, Waiter};
use maitred::order::{Order, OrderState, PlacedOrder, order_json, ticket};
use maitred::restaurant::{Digest, Restaurant};

use crate::slow_bill;

const KINDS: usize = 20;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/menu_shapes");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    files.sort();
    assert_eq!(files.len(), KINDS, "{files:?}");
    files
}

fn restaurant(path: &Path) -> Arc<Restaurant> {
    let reading = read(&std::fs::read(path).unwrap(), &Capabilities::in_text());
    let told: Vec<String> = reading.problems.iter().map(|p| p.one_line()).collect();
    assert!(told.is_empty(), "{}: {told:#?}", path.display());
    reading.restaurant.unwrap()
}

/// The time of the call and the caller's lines; without `now:` it is a Wednesday noon.
fn call(path: &Path) -> (ZonedDateTime, Vec<String>) {
    let text = std::fs::read_to_string(path.with_extension("call")).unwrap();
    let mut now: ZonedDateTime = "2026-12-02T12:00[America/New_York]".parse().unwrap();
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("now: ") {
            Some(time) => now = time.parse().unwrap(),
            None => lines.push(line.to_owned()),
        }
    }
    (now, lines)
}

/// The order and everything that was said.
fn taken(
    restaurant: &Arc<Restaurant>,
    now: &ZonedDateTime,
    lines: &[String],
) -> (Option<Order>, String) {
    let menu = Arc::new(CompiledMenu::new(restaurant));
    let mut waiter = Waiter::new(restaurant.at(now), menu);
    let mut said = String::new();
    let mut order = None;
    for line in lines {
        let reply = waiter.hear(line, now);
        let words: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
        let _ = writeln!(said, "> {line}\n{}", words.join(" "));
        if let Action::Place(placing) = reply.action {
            order = Some(*placing);
            let _ = waiter.committed(1);
            assert_eq!(waiter.state(), State::Confirmed);
        }
    }
    (order, said)
}

fn placed(order: Order, now: &ZonedDateTime) -> PlacedOrder {
    PlacedOrder {
        id: "00000000-0000-7000-8000-000000000000".parse().unwrap(),
        number: 1,
        account_sid: String::new(),
        call_sid: "CA1".into(),
        state: OrderState::Placed,
        placed_at: now.timestamp(),
        generation: 1,
        digest: Digest::of(b"file"),
        order,
    }
}

#[test]
fn twenty_kinds_of_menus_load_without_a_warning_and_are_ordered_from_to_the_cent() {
    let mut wrong = String::new();
    for path in files() {
        let kind = path.file_stem().unwrap().to_string_lossy().into_owned();
        let restaurant = restaurant(&path);
        let (now, lines) = call(&path);
        let (order, said) = taken(&restaurant, &now, &lines);
        let local = now.with_time_zone(restaurant.schedule.timezone.clone());
        let ticket = match order {
            Some(order) => ticket(&placed(order, &now), local.time_zone()),
            None => "no order\n".to_owned(),
        };
        let expected = std::fs::read_to_string(path.with_extension("ticket")).unwrap_or_default();
        if ticket != expected {
            let _ = writeln!(
                wrong,
                "=== {kind}\n{said}--- ticket\n{ticket}--- expected\n{expected}"
            );
        }
    }
    assert!(wrong.is_empty(), "ordered otherwise:\n{wrong}=== end");
}

#[test]
fn every_shape_costs_what_a_slow_reckoning_from_its_file_comes_to() {
    let mut wrong = Vec::new();
    for path in files() {
        let restaurant = restaurant(&path);
        let (now, lines) = call(&path);
        let (order, said) = taken(&restaurant, &now, &lines);
        let order = order_json(&placed(order.expect(&said), &now));
        let file = serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (slow, told) = (
            slow_bill::reckoned(&file, &order),
            slow_bill::stated(&order),
        );
        if slow != told {
            wrong.push(format!(
                "{}: {told:?}, reckoned {slow:?}: {order}",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Places one order of a menu: its JSON, and what it costs reckoned from the file.
fn bought(text: &str, lines: &[&str]) -> (serde_json::Value, slow_bill::Bill) {
    let reading = read(text.as_bytes(), &Capabilities::in_text());
    let told: Vec<String> = reading.problems.iter().map(|p| p.one_line()).collect();
    assert!(told.is_empty(), "{told:#?}");
    let now: ZonedDateTime = "2026-12-02T12:00[America/New_York]".parse().unwrap();
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let (order, said) = taken(&reading.restaurant.unwrap(), &now, &lines);
    let order = order_json(&placed(order.expect(&said), &now));
    let slow = slow_bill::reckoned(&serde_yaml::from_str(text).unwrap(), &order);
    assert_eq!(slow, slow_bill::stated(&order), "{order}");
    (order, slow)
}

#[test]
fn the_tax_examples_of_the_guide_come_to_what_it_says() {
    let head =
        |tax: &str| format!("id: t\nname: T\nphone_number: \"+12125550199\"\n{tax}\nmenu:\n");
    let us = head("tax: {classes: {food: 0, prepared: 8.875}, default: prepared}")
        + "  - {id: burger, name: Burger, price: 10.99}\n  - {id: loaf, name: Loaf of bread, price: 5.00, tax: food}\n";
    let canada = head("currency: CAD\ntax: {rate: 13}")
        + "  - {id: pizza, name: Pizza, price: 14.50}\n  - {id: cola, name: Cola, price: 2.00, deposit: 0.10}\n";
    let uk = head(
        "currency: GBP\ntax: {classes: {hot: 20, cold: 0}, default: hot, included: true}",
    ) + "  - {id: fish, name: Fish, price: 9.60}\n  - {id: sandwich, name: Egg sandwich, price: 3.00, tax: cold}\n";
    let germany = head(
        "currency: EUR\ntax: {classes: {food: 7, drink: 19}, default: food, included: true}",
    ) + "  - {id: roast, name: Roast pork, price: 12.90}\n  - {id: beer, name: Beer, price: 4.20, tax: drink}\n";
    for (file, lines, tax, total) in [
        (us, ["a burger", "a loaf of bread"], "0.98", "16.97"),
        (canada, ["a pizza", "two colas"], "2.41", "21.11"),
        (uk, ["a fish", "an egg sandwich"], "1.60", "12.60"),
        (germany, ["a roast pork", "a beer"], "1.51", "17.10"),
    ] {
        let (order, _) = bought(&file, &[lines[0], lines[1], "that's all", "yes"]);
        assert_eq!(
            (&order["tax"], &order["total"]),
            (&tax.into(), &total.into()),
            "{order}"
        );
    }
}

const CANTINA: &str = r#"
id: cantina
name: Cantina
phone_number: "+12125550401"
tax: {rate: 9.5}
option_groups:
  Salsa bar: {min: 0, max: 4, choices: [{name: Guacamole, price_by: {Size: {Chico: 0.75, Mediano: 1.00, Grande: 1.50}}}, {name: Crema, price: 0.50, price_by: {Size: {Grande: 0.80}}}]}
menu:
  - {id: horchata, name: Horchata, prices: {Chico: 3.50, Grande: 4.75}, options: [{name: Size, choices: [Chico, Grande]}]}
  - {id: combo, name: Taco combo, price: 10.00, options: [{name: Drink, choices: [{item: horchata}, Water]}]}
  - {id: nachos, name: Nachos, prices: {Mediano: 8.00, Grande: 10.00}, options: [{name: Size, choices: [Mediano, Grande]}, {use: Salsa bar}]}
  - {id: bowl, name: Burrito bowl, prices: {Chico: 7.00, Grande: 9.00}, options: [{name: Size, choices: [Chico, Grande]}, {use: Salsa bar}]}
"#;

#[test]
fn a_size_of_a_dish_costs_as_much_more_in_a_combo_as_by_itself() {
    let yes = ["that's all", "yes"];
    let (order, _) = bought(
        CANTINA,
        &["a taco combo with a horchata", "grande", yes[0], yes[1]],
    );
    assert_eq!(order["subtotal"], "11.25", "{order}");
    let (order, _) = bought(
        CANTINA,
        &["a taco combo with a horchata", "chico", yes[0], yes[1]],
    );
    assert_eq!(order["subtotal"], "10.00", "{order}");
}

#[test]
fn one_group_prices_its_choices_for_dishes_of_different_sizes() {
    let yes = ["that's all", "yes"];
    let (order, _) = bought(
        CANTINA,
        &["large nachos with guacamole", "grande", yes[0], yes[1]],
    );
    assert_eq!(order["subtotal"], "11.50", "{order}");
    let (order, _) = bought(
        CANTINA,
        &[
            "a burrito bowl with guacamole and crema",
            "chico",
            yes[0],
            yes[1],
        ],
    );
    assert_eq!(order["subtotal"], "8.25", "{order}");
    // A name that no dish has is a mistake, and so is a size without a price.
    for (written, wrong, told) in [
        (
            "Mediano: 1.00",
            "Medino: 1.00",
            "\"Medino\" is not one of the choices",
        ),
        ("Mediano: 1.00, ", "", "there is no price for \"Mediano\""),
    ] {
        let file = CANTINA.replacen(written, wrong, 1);
        let problems = read(file.as_bytes(), &Capabilities::in_text()).problems;
        assert!(
            problems.iter().any(|p| p.message.contains(told)),
            "{problems:?}"
        );
    }
}

#[test]
fn requests_stand_on_the_dish_they_were_said_of() {
    const MENU: &str = "  - {id: burger, name: Burger, price: 9}\n  - {id: pizza, name: Cheese pizza, price: 12}\n  - {id: cola, name: Cola, price: 2}\n";
    for (said, noted) in [
        ("a burger no pickles and a cola", "1 burger:  no pickles"),
        (
            "a cheese pizza cut in eight and a cola",
            "1 pizza:  cut in eight",
        ),
        ("a burger well done and a cola", "1 burger:  well done"),
        (
            "a burger with the sauce on the side and a cola",
            "1 burger:  sauce on the side",
        ),
    ] {
        let (told, held) = talked(MENU, &[said]);
        assert_eq!(held, [noted, "1 cola:"], "{said}: {told}");
        assert!(told.contains("Note for the kitchen"), "{said}: {told}");
    }
}

#[test]
fn a_gluten_allergy_is_noted_for_the_whole_order_and_a_person_offered() {
    let text = "id: t\nname: T\nphone_number: \"+12125550199\"\nhandoff: \"+12125550198\"\nmenu:\n  - {id: pizza, name: Cheese pizza, price: 12}\n";
    let (order, _) = bought(
        text,
        &["a cheese pizza", "gluten allergy!", "that's all", "yes"],
    );
    assert_eq!(order["notes"][0], "allergy: gluten", "{order}");
}

/// Fifty ways to leave something off.
const REFUSALS: &[&str] = &[
    "no onions",
    "without onions",
    "hold the onions",
    "skip the onions",
    "leave off the onions",
    "leave the onions off",
    "leave out the onions",
    "minus the onions",
    "don't put onions on it",
    "don't put any onions on it",
    "I don't want onions",
    "I don't want any onions on it",
    "I don't like onions",
    "please no onions",
    "make it without onions",
    "make sure there's no onions",
    "make sure there are no onions in it",
    "can you leave off the onions",
    "could you hold the onions",
    "can I get it without the onions",
    "take off the onions",
    "take the onions off",
    "take out the onions",
    "remove the onions",
    "onions off",
    "nix the onions",
    "lose the onions",
    "forget the onions",
    "ditch the onions",
    "scratch the onions",
    "no onions please and thank you",
    "onion free",
    "absolutely no onions",
    "sans onions",
    "and no onions on it",
    "but no onions",
    "with no onions at all",
    "I hate onions",
    "keep the onions off",
    "keep the onions out of it",
    "zero onions",
    "he doesn't want onions",
    "she doesn't eat onions",
    "with everything but onions",
    "everything except onions",
    "go without the onions",
    "free of onions",
    "none of the onions",
    "onions no",
    "my son can't stand onions",
];

#[test]
fn fifty_wordings_of_a_refusal_are_noted_or_taken_or_said_to_be_impossible() {
    const STROMBOLI: &str =
        "id: strom, name: Stromboli, price: 12, description: \"pepperoni, peppers, onions\"";
    const BURGER: &str = "  - {id: burger, name: Burger, price: 9, options: [{name: Toppings, min: 0, amounts: [none, light, regular, extra], choices: [Onions, Pickles]}]}\n  - {id: rings, name: Onion rings, price: 5}\n";
    let mut wrong = Vec::new();
    for refuses in [false, true] {
        let key = if refuses { ", requests: refuse" } else { "" };
        let menu = format!("  - {{{STROMBOLI}{key}}}\n{BURGER}");
        for refusal in REFUSALS {
            for dish in ["stromboli", "burger"] {
                let (once, first) = (format!("a {dish} {refusal}"), format!("a {dish}"));
                for lines in [vec![once.as_str()], vec![first.as_str(), refusal]] {
                    let (said, held) = talked(&menu, &lines);
                    let told = said.to_lowercase();
                    let one = held.len() == 1;
                    let fine = match (dish, refuses) {
                        // Who does not eat it is taken at their word: an allergy, for the whole order.
                        _ if told.contains("allergy: onions") => true,
                        ("stromboli", true) => told.contains("can't") && one,
                        ("stromboli", false) => one && held[0].contains("no onion"),
                        _ => one && told.contains("no onion"),
                    };
                    if !fine {
                        wrong.push(format!("{lines:?} {refuses}: {said} {held:?}"));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        REFUSALS.len() * 8,
        wrong.join("\n")
    );
}

#[test]
fn a_dish_made_a_meal_keeps_what_was_chosen_and_refused_on_it() {
    const MENU: &str = "  - {id: burger, name: Cheeseburger, price: 8, meal: burger_meal, options: [{name: Doneness, choices: [Rare, Medium, Well done]}, {name: Toppings, min: 0, amounts: [none, light, regular, extra], choices: [{name: Bacon, price: 1.50}, Onions]}]}\n  - {id: fries, name: Fries, price: 3}\n  - {id: cola, name: Cola, price: 2}\n  - {id: burger_meal, name: Cheeseburger meal, price: 11, options: [{name: Burger, choices: [{item: burger}]}, {name: Side, choices: [{item: fries}]}, {name: Drink, choices: [{item: cola}]}]}\n";
    let lines = [
        "a cheeseburger medium with bacon and no onions",
        "make it a meal",
        "fries",
        "cola",
        "that's all",
    ];
    let (said, _) = talked(MENU, &lines);
    let said = said.to_lowercase();
    for kept in [
        "one cheeseburger meal",
        "medium",
        "bacon",
        "no onions",
        "$12.50",
    ] {
        assert!(said.contains(kept), "{kept}: {said}");
    }
}

#[test]
fn what_is_named_by_its_section_is_taken_out_and_not_noted() {
    let text = "id: t\nname: T\nphone_number: \"+12125550199\"\ncategories: [Ice Cream, Drinks]\nmenu:\n  - {id: water, name: Spring water, price: 1.35, category: Drinks}\n  - {id: bj, name: \"Ben & Jerry's Cookie Dough 465 Ml\", category: Ice Cream, price: 5.50}\n";
    for said in [
        "no just the water, remove the ice cream",
        "remove the ice cream",
        "take off the ice cream please",
        "take the ice cream off",
        "forget the ice cream",
        "I don't want the ice cream",
        "drop the ice cream",
    ] {
        let (order, _) = bought(
            text,
            &[
                "a spring water and ben and jerry's cookie dough",
                said,
                "that's all",
                "yes",
            ],
        );
        let lines = order["lines"].as_array().unwrap();
        assert_eq!(lines.len(), 1, "{said}: {order}");
        assert_eq!(
            (&lines[0]["item"], lines[0].get("notes")),
            (&"water".into(), None),
            "{said}"
        );
    }
}

#[test]
fn an_age_that_is_said_is_no_number_of_bottles() {
    const MENU: &str = "  - {id: beer, name: Pilsner, price: 6.00, age: 21}\n  - {id: pie, name: Pork pie, price: 5.00}\n";
    for (answer, beers) in [
        ("no I'm 19", false),
        ("I'm nineteen", false),
        ("I'm not twenty one yet", false),
        ("yes", true),
        ("I'm 25", true),
        ("yes I'm over twenty one", true),
    ] {
        let (said, held) = talked(MENU, &["a pilsner and a pork pie", "that's all", answer]);
        let expected = if beers {
            &["1 beer:", "1 pie:"][..]
        } else {
            &["1 pie:"]
        };
        assert_eq!(held, expected, "{answer}: {said}");
    }
}

#[test]
fn an_end_of_the_order_and_a_request_take_no_choice() {
    const MENU: &str = "  - {id: burger, name: House burger, price: 10, options: [{name: Cooked, choices: [Rare, Well done]}]}\n";
    let (said, held) = talked(MENU, &["a house burger", "that's all"]);
    assert_eq!(held, ["1 burger:"], "{said}");
    assert!(said.contains("Rare or Well done"), "{said}");
    let (said, held) = talked(MENU, &["a house burger rare sauce on the side"]);
    assert_eq!(held, ["1 burger: Rare sauce on the side"], "{said}");
}

#[test]
fn what_belongs_to_a_choice_is_read_back_with_it() {
    const MENU: &str = "  - {id: fries, name: Fries, price: 3, options: [{name: Size, choices: [Small, {name: Large, price: 1}]}, {name: Dip, min: 0, max: 1, choices: [Mayo, Ketchup]}]}\n  - {id: cola, name: Cola, price: 2, options: [{name: Size, choices: [Small, {name: Large, price: 1}]}]}\n  - {id: meal, name: Burger meal, price: 12, options: [{name: Side, choices: [{item: fries}]}, {name: Drink, choices: [{item: cola}]}]}\n";
    let (said, _) = talked(
        MENU,
        &["a burger meal with fries and a cola", "large", "small"],
    );
    assert!(
        said.contains("Burger meal with large Fries and small Cola"),
        "{said}"
    );
}

#[test]
fn what_the_shapes_need_is_in_the_json_of_their_orders() {
    let order_of = |kind: &str| {
        let path = files()
            .into_iter()
            .find(|path| path.file_stem().unwrap() == kind)
            .unwrap();
        let restaurant = restaurant(&path);
        let (now, lines) = call(&path);
        let (order, said) = taken(&restaurant, &now, &lines);
        order_json(&placed(order.expect(&said), &now))
    };
    let barbecue = order_of("barbecue");
    assert_eq!(barbecue["schema"], 2);
    assert_eq!(barbecue["lines"][0]["quantity"], "0.75");
    assert_eq!(barbecue["lines"][0]["unit"], "pound");
    let chips = order_of("fish-and-chips");
    assert_eq!(chips["lines"][0]["choices"][0]["item"], "chips");
    assert_eq!(
        chips["lines"][0]["choices"][0]["choices"][0]["choice"],
        "Regular"
    );
    let deposits = order_of("deposits");
    assert_eq!(deposits["fees"][1]["name"], "Deposit");
    assert_eq!(deposits["taxes"][0]["class"], "standard");
    let wine = order_of("wine");
    assert_eq!(wine["age"], 21);
    let fish = order_of("market-fish");
    assert_eq!(fish["lines"][0]["market_price"], true);
    let indian = order_of("indian");
    assert_eq!(indian["lines"][0]["notes"][0], "no coriander");
}

/// Reads a menu and talks to its waiter: what was said, and the order so far as "2 id: Choice, Choice".
fn talked(menu: &str, lines: &[&str]) -> (String, Vec<String>) {
    let text = format!(
        "id: t\nname: T\nphone_number: \"+12125550199\"\nlimits: {{items: 40}}\nmenu:\n{menu}"
    );
    let reading = read(text.as_bytes(), &Capabilities::embedded());
    let restaurant = reading.restaurant.unwrap();
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    let now: ZonedDateTime = "2026-12-02T12:00[America/New_York]".parse().unwrap();
    let mut waiter = Waiter::new(restaurant.at(&now), menu);
    let mut said = String::new();
    for line in lines {
        let reply = waiter.hear(line, &now);
        said = reply
            .sentences
            .iter()
            .map(|s| s.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
    }
    let cart = waiter.cart();
    let held = cart.lines().iter().map(|line| {
        let item = cart.item(line);
        let picks = line.picked().iter();
        let names: Vec<&str> = picks
            .map(|p| item.options[p.option].choices[p.choice].name.as_str())
            .collect();
        format!(
            "{} {}: {} {}",
            line.quantity(),
            item.id,
            names.join(", "),
            line.notes().join("; ")
        )
    });
    let held = held.map(|line| line.trim().to_owned()).collect();
    (said, held)
}

#[test]
fn a_choice_of_two_options_fills_the_one_that_must_be_answered() {
    const CURRY: &str = "  - {id: curry, name: Curry, price: 11, options: [{name: Protein, choices: [Chicken, {name: Lamb tikka, price: 2}]}, {name: Additions, min: 0, choices: [{name: Lamb tikka, price: 3}, Onions]}]}\n";
    let (said, held) = talked(CURRY, &["a curry with lamb tikka"]);
    assert_eq!(held, ["1 curry: Lamb tikka"], "{said}");
    assert!(!said.contains("Which"), "{said}");
    let (said, held) = talked(CURRY, &["a curry", "lamb tikka"]);
    assert_eq!(held, ["1 curry: Lamb tikka"], "{said}");
}

#[test]
fn what_no_option_covers_is_noted_and_read_back() {
    const MENU: &str = "  - {id: stromboli, name: Stromboli, price: 11.99, description: \"pepperoni, peppers, onions\"}\n  - {id: oj, name: Orange juice, price: 4}\n";
    for lines in [
        &["a stromboli with no onions"][..],
        &["a stromboli", "no onions on that please"],
    ] {
        let (said, held) = talked(MENU, lines);
        assert_eq!(held, ["1 stromboli:  no onions"], "{said}");
        assert!(said.contains("no onions"), "{said}");
    }
    let (said, held) = talked(MENU, &["an orange juice no ice"]);
    assert_eq!(held, ["1 oj:  no ice"], "{said}");
}

#[test]
fn requests_that_are_refused_are_said_to_be() {
    const OF_THE_DISH: &str =
        "  - {id: stromboli, name: Stromboli, price: 11.99, requests: refuse}\n";
    const OF_THE_HOUSE: &str =
        "  - {id: stromboli, name: Stromboli, price: 11.99}\nrequests: refuse\n";
    for menu in [OF_THE_DISH, OF_THE_HOUSE] {
        let (said, held) = talked(menu, &["a stromboli with no onions"]);
        assert_eq!(held, ["1 stromboli:"]);
        assert!(said.contains("can't note"), "{said}");
    }
}

#[test]
fn half_a_pound_is_half_a_pound() {
    const MENU: &str = "  - {id: turkey, name: Turkey by the pound, price: 10.50, options: [{name: Weight, choices: [{name: Half pound, aliases: [1/2 pound]}, {name: Pound, price: 8.75}]}]}\n";
    let (_, held) = talked(MENU, &["half a pound of turkey please", "no, half a pound"]);
    assert_eq!(held, ["1 turkey: Half pound"]);
    let (said, held) = talked(MENU, &["three quarters of a pound of turkey"]);
    assert_eq!(held, ["1 turkey:"]);
    assert!(said.contains("comes in Half pound and Pound"), "{said}");
}

#[test]
fn large_numbers_are_refused_as_numbers_and_dozens_may_be_pieces() {
    const MENU: &str = "  - {id: water, name: Bottled water, price: 1.50, aliases: [water]}\n  - {id: knots, name: Garlic knots, price: 5.49}\n  - {id: wings, name: Chicken wings, price: 8.99, options: [{name: Pieces, choices: [Six pieces, {name: Twelve pieces, price: 7.00}]}]}\n";
    for many in [
        "18000 cups of water",
        "18,000 cups of water",
        "eighteen thousand cups of water please",
        "a thousand waters",
        "a hundred and fifty waters",
    ] {
        let (said, held) = talked(MENU, &[many]);
        assert!(
            said.contains("at most 40") && !said.contains("don't have"),
            "{many}: {said}"
        );
        assert_eq!(held, Vec::<String>::new(), "{many}");
    }
    assert_eq!(
        talked(MENU, &["a couple dozen garlic knots"]).1,
        ["24 knots:"]
    );
    let (said, held) = talked(MENU, &["two dozen wings"]);
    assert_eq!(held, Vec::<String>::new(), "{said}");
    assert_eq!(
        talked(MENU, &["two dozen wings", "pieces"]).1,
        ["2 wings: Twelve pieces"]
    );
}

#[test]
fn what_stands_in_brackets_need_not_be_said() {
    const MENU: &str = "  - {id: bhaji, name: Onion Bhaji (2 pcs), price: 4.50}\n  - {id: bhaji_rice, name: Onion Bhaji Rice, price: 5.00}\n  - {id: vodka, name: Vodka, price: 4.00, options: [{name: Measure, choices: [Single (25ml), {name: Double (50ml), price: 2.00}]}]}\n";
    assert_eq!(talked(MENU, &["an onion bhaji"]).1, ["1 bhaji:"]);
    assert_eq!(talked(MENU, &["a double vodka"]).1, ["1 vodka: Double"]);
}
