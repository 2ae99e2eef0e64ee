//! What is packed comes back.

use super::*;
use crate::config::{Capabilities, read};
use proptest::prelude::*;

/// Uses every part of a restaurant, and has warnings.
const EVERYTHING: &str = r#"
id: luna
name: Luna
phone_numbers: ["+15551234567", "+12125550199"]
enabled: false
timezone: America/Toronto
currency: CAD
address: 12 King Street West
greeting: "Hello."
closed_message: "Closed."
hours: {mon: ["11:00-14:00", "17:00-01:00"], sun: []}
closed_dates: ["2026-12-25"]
tax: {rate: 8.875, included: true}
ask: {name: true, fulfilment: true}
pickup: {ready_in_minutes: 20}
handoff: "+12125550198"
announce: "Recorded."
limits: {calls: 3, call_minutes: 4, items: 5}
speech: {stt: local, tts: local, voice: heart}
brain: menu
upsell: Chips?
categories: [Tacos]
option_groups: {tortilla: {choices: [Corn, Flour], default: Corn}}
menu:
  - id: al_pastor
    name: Taco al pastor
    category: Tacos
    price: "4.50"
    aliases: [pastor taco]
    description: Pork, pineapple
    allergens: [gluten]
    available: false
    say_as: taco al pastore
    options:
      - use: tortilla
      - name: Extras
        min: 0
        max: 4
        half_price: true
        choices: [Onions, {name: Guacamole, price: 1.00, extra_price: 1.50, max_count: 2, aliases: [guac], allergens: [], available: false, say_as: gwaca}]
"#;

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), &Capabilities::embedded())
}

#[test]
fn every_part_of_a_restaurant_comes_back_with_its_warnings() {
    let second = include_str!("../../tests/fixtures/restaurants/second.yaml");
    let minimal =
        "id: a\nname: A\nphone_number: \"+12125550123\"\nmenu: [{id: tea, name: Tea, price: 2}]\n";
    for text in [EVERYTHING, minimal, second] {
        let read = reading(text);
        assert!(read.restaurant.is_some(), "{:?}", read.problems);
        let bytes = pack(&read).unwrap();
        let back = unpack(&read.digest, &bytes).unwrap();
        assert_eq!(back.restaurant, read.restaurant);
        assert_eq!(back.id, read.id);
        assert_eq!(back.number_places, read.number_places);
        assert_eq!(back.problems.len(), read.problems.len());
        for (back, read) in back.problems.iter().zip(&read.problems) {
            assert_eq!(back.one_line(), read.one_line());
            assert_eq!((back.code, &back.help), (read.code, &read.help));
            assert_eq!((&back.pointer, &back.span), (&read.pointer, &read.span));
        }
    }
    assert!(
        !reading(EVERYTHING).problems.is_empty(),
        "a warning was kept"
    );
}

#[test]
fn a_rejected_file_is_not_packed() {
    assert_eq!(pack(&reading("id: [\n")), None);
}

proptest! {
    #[test]
    fn a_menu_of_any_shape_comes_back(restaurant in crate::restaurant::generated::any_restaurant()) {
        let read = Reading { restaurant: Some(restaurant), ..reading(EVERYTHING) };
        let bytes = pack(&read).unwrap();
        let back = unpack(&read.digest, &bytes).map(|reading| reading.restaurant);
        prop_assert_eq!(back, Some(read.restaurant));
    }

    #[test]
    fn damaged_bytes_are_refused_or_make_a_valid_restaurant(at: prop::sample::Index, to: u8) {
        let read = reading(EVERYTHING);
        let mut bytes = pack(&read).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = to;
        // No panic; what comes out went through the seals.
        let _ = unpack(&read.digest, &bytes);
        prop_assert!(unpack(&read.digest, &bytes[..at]).is_none());
    }
}
