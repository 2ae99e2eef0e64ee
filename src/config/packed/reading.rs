//! A [`Reading`]: the restaurant, its warnings, and where its numbers stand.

use std::sync::Arc;

use super::parts::{read_restaurant, write_restaurant};
use super::pen::{Eye, Pen};
use crate::config::{Code, Place, Problem, Reading};
use crate::restaurant::Digest;

/// The bytes of a valid file's reading, at the end of `buffer`. `false`, and nothing written, for a rejected file.
pub fn pack(reading: &Reading, buffer: &mut Vec<u8>) -> bool {
    let Some(restaurant) = &reading.restaurant else {
        return false;
    };
    let begin = buffer.len();
    let mut pen = Pen(buffer);
    pen.maybe(reading.id.as_deref(), Pen::text);
    pen.list(&reading.number_places, |pen, place| {
        pen.number(u64::from(place.line));
        pen.number(u64::from(place.column));
    });
    pen.list(&reading.problems, write_problem);
    let written = write_restaurant(&mut pen, restaurant).is_some();
    if !written {
        buffer.truncate(begin);
    }
    written
}

/// What [`pack`] packed of a file with this digest; `None` for other bytes.
pub fn unpack(digest: &Digest, bytes: &[u8]) -> Option<Reading> {
    let mut eye = Eye(bytes);
    let reading = Reading {
        digest: digest.clone(),
        id: eye.maybe(Eye::string)?,
        number_places: eye.list(|eye| {
            Some(Place {
                line: eye.small()?,
                column: eye.small()?,
            })
        })?,
        problems: eye.list(read_problem)?,
        restaurant: Some(Arc::new(read_restaurant(&mut eye)?)),
    };
    eye.0.is_empty().then_some(reading)
}

fn write_problem(pen: &mut Pen<'_>, problem: &Problem) {
    pen.text(problem.code.as_str());
    pen.text(&problem.pointer);
    pen.text(&problem.message);
    pen.maybe(problem.help.as_deref(), Pen::text);
    pen.number(u64::from(problem.line));
    pen.number(u64::from(problem.column));
    pen.number(problem.span.start as u64);
    pen.number(problem.span.end as u64);
}

fn read_problem(eye: &mut Eye<'_>) -> Option<Problem> {
    let code = eye.text()?;
    let code = *Code::ALL.iter().find(|known| known.as_str() == code)?;
    let (pointer, message) = (eye.string()?, eye.string()?);
    let help = eye.maybe(Eye::string)?;
    let (line, column) = (eye.small()?, eye.small()?);
    let span = eye.small()?..eye.small()?;
    let problem = Problem::new(code, pointer, message).placed(line, column, span);
    Some(match help {
        Some(help) => problem.with_help(help),
        None => problem,
    })
}

#[cfg(test)]
mod tests {
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
        let second = include_str!("../../../tests/fixtures/restaurants/second.yaml");
        let minimal = "id: a\nname: A\nphone_number: \"+12125550123\"\nmenu: [{id: tea, name: Tea, price: 2}]\n";
        for text in [EVERYTHING, minimal, second] {
            let read = reading(text);
            assert!(read.restaurant.is_some(), "{:?}", read.problems);
            let mut bytes = Vec::new();
            assert!(pack(&read, &mut bytes));
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
        let mut bytes = vec![1];
        assert!(!pack(&reading("id: [\n"), &mut bytes));
        assert_eq!(bytes, [1]);
    }

    proptest! {
        #[test]
        fn a_menu_of_any_shape_comes_back(restaurant in crate::restaurant::generated::any_restaurant()) {
            let read = Reading { restaurant: Some(restaurant), ..reading(EVERYTHING) };
            let mut bytes = Vec::new();
            prop_assert!(pack(&read, &mut bytes));
            let back = unpack(&read.digest, &bytes).map(|reading| reading.restaurant);
            prop_assert_eq!(back, Some(read.restaurant));
        }

        #[test]
        fn damaged_bytes_are_refused_or_make_a_valid_restaurant(at: prop::sample::Index, to: u8) {
            let read = reading(EVERYTHING);
            let mut bytes = Vec::new();
            pack(&read, &mut bytes);
            let at = at.index(bytes.len());
            bytes[at] = to;
            // No panic; what comes out went through the seals.
            let _ = unpack(&read.digest, &bytes);
            prop_assert!(unpack(&read.digest, &bytes[..at]).is_none());
        }
    }
}
