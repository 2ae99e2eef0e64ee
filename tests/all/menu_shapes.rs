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
    const MENU: &str = "  - {id: stromboli, name: Stromboli, price: 11.99, requests: refuse}\n";
    let (said, held) = talked(MENU, &["a stromboli with no onions"]);
    assert_eq!(held, ["1 stromboli:"]);
    assert!(said.contains("can't note"), "{said}");
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
