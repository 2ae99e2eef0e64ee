//! Addresses as callers say them, and orders that are brought.
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{Action, CompiledMenu, Reply, Waiter};
use maitred::order::{Fulfilment, Order};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    says: Vec<String>,
    is: String,
}

/// A menu that has what streets are called after.
const MENU: &str = "
menu:
  - {id: soup, name: Elm street soup, price: 4.00}
  - {id: maple, name: Maple bacon pancakes, price: 9.00}
  - {id: latte, name: Latte, price: 5.00}
  - {id: queen, name: Pizza Queen, price: 14.00}
  - {id: king, name: King burger, price: 12.00}
";

fn waiter(keys: &str) -> Waiter {
    let text = format!("id: a\nname: A\nphone_number: \"+12125550123\"\n{keys}{MENU}");
    let reading = read(text.as_bytes(), &Capabilities::in_text());
    let restaurant = reading
        .restaurant
        .unwrap_or_else(|| panic!("{:?}", reading.problems));
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    Waiter::new(restaurant, menu)
}

fn now() -> ZonedDateTime {
    "2026-12-01T12:00[America/Toronto]".parse().unwrap()
}

fn text(reply: &Reply) -> String {
    let said: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    said.join(" ")
}

/// Says the lines one by one; the last reply.
fn say(waiter: &mut Waiter, lines: &[&str]) -> Reply {
    let mut last = None;
    for line in lines {
        last = Some(waiter.hear(line, &now()));
    }
    last.unwrap()
}

fn placed(reply: &Reply) -> &Order {
    match &reply.action {
        Action::Place(order) => order,
        other => panic!("{other:?}: {}", text(reply)),
    }
}

/// Says every address of a file where it is asked for; what was not taken as written.
fn taken_wrongly(file: &str, fewest: usize) -> Vec<String> {
    let file = format!("{}/tests/addresses/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows: Vec<Row> = serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let mut waiter = waiter("delivery: {fee: 4.00}\n");
        waiter.greeting();
        say(
            &mut waiter,
            &["two lattes for delivery please", "that's all"],
        );
        let said: Vec<&str> = row.says.iter().map(String::as_str).collect();
        let last = text(&say(&mut waiter, &said));
        let cart = waiter.cart();
        let taken = cart.address.to_string();
        if taken != row.is || cart.lines().len() != 1 || cart.count() != 2 {
            let (says, is) = (&row.says, &row.is);
            wrong.push(format!(
                "{says:?}\n  taken  {taken}\n  wanted {is}\n  {last}"
            ));
        }
    }
    println!(
        "{} of {} addresses taken rightly",
        rows.len() - wrong.len(),
        rows.len()
    );
    assert!(rows.len() >= fewest, "{}", rows.len());
    wrong
}

#[test]
fn addresses_are_taken_as_they_are_said() {
    let wrong = taken_wrongly("english.yaml", 40);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn so_are_most_that_the_reader_was_not_made_for() {
    let wrong = taken_wrongly("second.yaml", 20);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

const TERMS: &str = "delivery: {fee: 4.00, minimum: 20.00, areas: [M5V, M5J], ready_in_minutes: 45}\nask: {fulfilment: true}\ntax: {rate: 10}\n";

#[test]
fn an_order_is_brought_with_its_fee_to_an_address_that_was_read_back() {
    let mut waiter = waiter(TERMS);
    let asked = text(&say(&mut waiter, &["two king burgers", "that's all"]));
    assert!(asked.contains("pickup or delivery"), "{asked}");
    assert!(text(&say(&mut waiter, &["delivery"])).contains("address"));
    let asked = text(&say(&mut waiter, &["twelve maple street apartment four b"]));
    assert!(asked.contains("postal code"), "{asked}");
    let asked = text(&say(&mut waiter, &["m five v two t six"]));
    assert!(
        asked.contains("12 Maple Street, apartment 4B, M 5 V, 2 T 6"),
        "{asked}"
    );
    let read_back = text(&say(&mut waiter, &["yes"]));
    assert!(
        read_back.contains("Delivered to 12 Maple Street."),
        "{read_back}"
    );
    assert!(read_back.contains("$30.40"), "{read_back}");
    let reply = say(&mut waiter, &["yes"]);
    let order = placed(&reply);
    assert_eq!(order.fulfilment, Some(Fulfilment::Delivery));
    // The fee carries no tax: 24.00 + 2.40 + 4.00.
    assert_eq!((order.tax.minor(), order.total.minor()), (240, 3040));
    let fee = &order.details.fees[0];
    assert_eq!((fee.name.as_str(), fee.amount.minor()), ("Delivery", 400));
    let address = order.details.address.as_ref().unwrap();
    assert_eq!(
        address.to_string(),
        "12 Maple Street, apartment 4B, M5V 2T6"
    );
    assert_eq!(order.lines.len(), 1);
    assert!(text(&waiter.committed(7)).contains("45 minutes"));
}

#[test]
fn what_is_out_of_the_area_is_said_and_may_be_picked_up() {
    let mut waiter = waiter(TERMS);
    say(
        &mut waiter,
        &["two king burgers for delivery", "that's all"],
    );
    let told = text(&say(&mut waiter, &["12 Maple Street, M4K 1A1"]));
    assert!(told.contains("we don't deliver to M 4 K, 1 A 1"), "{told}");
    assert!(told.ends_with("pick it up instead?"), "{told}");
    let mut other = waiter.clone();
    let read_back = text(&say(&mut waiter, &["yes please"]));
    assert!(read_back.contains("$26.40"), "{read_back}");
    let reply = say(&mut waiter, &["yes"]);
    let order = placed(&reply);
    assert_eq!(order.fulfilment, Some(Fulfilment::Pickup));
    assert!(order.details.address.is_none() && order.details.fees.is_empty());
    // A code that was misheard is said again.
    let asked = text(&say(&mut other, &["no it's m five j one a one"]));
    assert!(asked.contains("12 Maple Street, M 5 J, 1 A 1"), "{asked}");
}

#[test]
fn too_little_is_not_brought_and_more_or_pickup_helps() {
    let mut waiter = waiter(TERMS);
    let told = text(&say(&mut waiter, &["one latte for delivery", "that's all"]));
    assert!(
        told.contains("from $20.00") && told.contains("$5.00"),
        "{told}"
    );
    let mut fetched = waiter.clone();
    let read_back = text(&say(&mut fetched, &["then I'll pick it up", "that's all"]));
    assert!(read_back.contains("$5.50"), "{read_back}");
    say(&mut waiter, &["add three more lattes", "that's all"]);
    let asked = text(&say(&mut waiter, &["12 Maple Street M5V 2T6"]));
    assert!(asked.contains("Is that right?"), "{asked}");
}

#[test]
fn an_address_orders_nothing_wherever_it_is_said() {
    let ask = "delivery: {fee: 4.00}\n";
    for (said, count, address) in [
        ("twelve maple street", 0, "12 Maple Street"),
        (
            "two lattes delivered to twelve maple street please",
            2,
            "12 Maple Street",
        ),
        (
            "deliver it to twelve king street and I'd like two lattes",
            2,
            "12 King Street",
        ),
        (
            "a latte to 14 queen street toronto",
            1,
            "14 Queen Street, Toronto",
        ),
        ("two elm street soups", 2, ""),
    ] {
        let mut waiter = waiter(ask);
        let told = text(&say(&mut waiter, &[said]));
        let cart = waiter.cart();
        assert_eq!(
            (cart.count(), cart.address.to_string().as_str()),
            (count, address),
            "{said}: {told}"
        );
    }
    // Where nothing is brought it is said so, and nothing is ordered by it.
    let mut waiter = waiter("");
    let told = text(&say(
        &mut waiter,
        &["two lattes delivered to twelve maple street"],
    ));
    assert!(told.contains("I can't arrange delivery"), "{told}");
    assert_eq!(waiter.cart().count(), 2);
}

#[test]
fn delivery_is_asked_about_and_changed_at_any_time() {
    let mut waiter = waiter(TERMS);
    let told = text(&say(&mut waiter, &["do you deliver"]));
    assert!(
        told.contains("Yes, we deliver, for $4.00, from $20.00."),
        "{told}"
    );
    say(
        &mut waiter,
        &[
            "two king burgers",
            "that's all",
            "delivery",
            "12 Maple Street M5V 2T6",
            "yes",
        ],
    );
    let told = text(&say(&mut waiter, &["actually I'll pick it up"]));
    assert!(
        told.contains("$26.40") && !told.contains("Delivered"),
        "{told}"
    );
    let mut waiter = self::waiter(TERMS);
    say(
        &mut waiter,
        &[
            "two king burgers",
            "that's all",
            "delivery",
            "12 Maple Street M5V 2T6",
        ],
    );
    let told = text(&say(&mut waiter, &["no"]));
    assert!(told.contains("right address"), "{told}");
    let told = text(&say(&mut waiter, &["14 Elm Road, M5J 2N8"]));
    assert!(told.contains("14 Elm Road"), "{told}");
}

#[test]
fn an_address_is_asked_for_in_french_and_spanish() {
    for (language, order, answer, known) in [
        (
            "fr-CA",
            "en livraison s'il vous plaît",
            "12 rue des Lilas",
            "12 Rue Des Lilas",
        ),
        (
            "es-US",
            "a domicilio por favor",
            "calle Mayor 12",
            "12 Calle Mayor",
        ),
    ] {
        let mut waiter = waiter(&format!("language: {language}\ndelivery: {{fee: 4.00}}\n"));
        let done = if language == "fr-CA" {
            "c'est tout"
        } else {
            "eso es todo"
        };
        let taken = text(&say(&mut waiter, &["un latte", order]));
        assert_eq!(waiter.cart().count(), 1, "{taken}");
        let asked = text(&say(&mut waiter, &[done]));
        assert!(
            asked.contains("adresse") || asked.contains("dirección"),
            "{asked}"
        );
        say(&mut waiter, &[answer]);
        assert_eq!(waiter.cart().address.to_string(), known);
        assert_eq!(waiter.cart().count(), 1);
    }
}

#[test]
fn a_tip_and_payment_are_not_taken_by_telephone() {
    for (keys, told) in [
        ("", "nor a tip. You pay the restaurant directly"),
        (
            "payment_link: \"https://pay.example.com/{order}\"\n",
            "you get a text with a link to pay",
        ),
    ] {
        for asked in ["can I leave a tip", "can I pay by card over the phone"] {
            let mut waiter = waiter(keys);
            say(&mut waiter, &["a latte"]);
            let answer = text(&say(&mut waiter, &[asked]));
            assert!(answer.contains(told), "{asked}: {answer}");
            assert_eq!(waiter.cart().count(), 1);
        }
    }
}

#[test]
fn what_a_dropped_call_left_is_offered_and_goes_on_or_is_forgotten() {
    let mut dropped = waiter("");
    say(&mut dropped, &["two lattes and a king burger"]);
    let kept = dropped.left_behind().unwrap();
    let again = |keys: &str| {
        let mut again = waiter(keys);
        again.offer_again(kept.clone());
        let told = text(&again.greeting());
        assert!(told.contains("You had"), "{told}");
        assert!(told.ends_with("go on with that?"), "{told}");
        again
    };
    for (said, count) in [
        ("yes please", 3),
        ("yes and add a pizza queen", 4),
        ("no", 0),
        ("no just a latte", 1),
        ("that's all", 3),
    ] {
        let mut waiter = again("");
        let told = text(&say(&mut waiter, &[said]));
        assert_eq!(waiter.cart().count(), count, "{said}: {told}");
    }
    // Who hangs up again without a word loses nothing.
    assert_eq!(again("").left_behind(), Some(kept.clone()));
    // What was placed or called off is not kept.
    let mut done = waiter("");
    say(&mut done, &["a latte", "that's all", "yes"]);
    done.committed(1);
    assert_eq!(done.left_behind(), None);
}
