//! What the file says of a dish (tags, calories, its number) and how much of it is wanted, in three languages.
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]

use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::config::{Capabilities, read};
use maitred::conversation::{CompiledMenu, Waiter};
use maitred::restaurant::Restaurant;

const WOK: &str = r#"
id: wok
name: Golden Wok
phone_number: "+12125550301"
menu:
  - {id: prawn, name: Sweet and sour prawns, number: 82, price: 9.80, calories: 640, tags: [spicy]}
  - {id: beef, name: Beef in black bean sauce, number: 14, price: 8.90, tags: [halal]}
  - {id: tofu, name: Ma po tofu, number: 31a, price: 7.90, tags: [vegan, spicy]}
  - {id: rice, name: Egg fried rice, number: 101, price: 3.20, options: [{name: Size, choices: [Small, {name: Large, price: 1.00}]}]}
  - {id: roll, name: Spring rolls, number: 5, price: 4.00, tags: [vegetarian]}
  - {id: soup, name: Hot and sour soup, price: 3.50, calories: 95}
  - {id: ribs, name: Spare ribs, price: 12.00, unit: {name: pound, step: 0.25, min: 0.25}}
"#;

const NADIA: &str = r#"
id: nadia
name: Chez Nadia
phone_number: "+15145550301"
language: fr-CA
currency: CAD
menu:
  - {id: agneau, name: Épaule d'agneau, price: 18.00, unit: {name: livre, step: 0.25, min: 0.25}}
  - {id: saumon, name: Saumon fumé, price: 40.00, unit: {name: kilo, step: 0.1, min: 0.1}}
  - {id: huitres, name: Huîtres, price: 2.50}
  - {id: salade, name: Salade du jardin, price: 9.00, calories: 210, tags: [végétalien, halal]}
  - {id: curry, name: Curry rouge, price: 14.00, tags: [épicé, casher], number: 12}
"#;

const BRASA: &str = r#"
id: brasa
name: La Brasa
phone_number: "+12125550305"
language: es-US
menu:
  - {id: carnitas, name: Carnitas, price: 14.00, unit: {name: libra, step: 0.25, min: 0.25}}
  - {id: tamal, name: Tamales de pollo, price: 2.00}
  - {id: ensalada, name: Ensalada de nopales, price: 8.00, calories: 180, tags: [vegano]}
  - {id: diabla, name: Camarones a la diabla, price: 15.00, tags: [picante], number: 12}
"#;

fn restaurant(text: &str) -> Arc<Restaurant> {
    let reading = read(text.as_bytes(), &Capabilities::in_text());
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.restaurant.unwrap()
}

/// What was said last, and the order as "2 id" or "0.5 id".
fn talked(restaurant: &Arc<Restaurant>, lines: &[&str]) -> (String, Vec<String>) {
    let now: ZonedDateTime = "2026-12-02T12:00[America/New_York]".parse().unwrap();
    let menu = Arc::new(CompiledMenu::new(restaurant));
    let mut waiter = Waiter::new(Arc::clone(restaurant), menu);
    let mut said = String::new();
    for line in lines {
        let reply = waiter.hear(line, &now);
        let words: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
        said = words.join(" ");
    }
    let cart = waiter.cart();
    let held = cart.lines().iter().map(|line| {
        let much = line.measure().map(|measure| measure.to_string());
        let much = much.unwrap_or_else(|| line.quantity().to_string());
        format!("{much} {}", cart.item(line).id)
    });
    (said, held.collect())
}

/// Each question is answered with the words, and orders nothing.
fn answers(text: &str, cases: &[(&str, &str)]) {
    let restaurant = restaurant(text);
    let mut wrong = Vec::new();
    for (question, answer) in cases {
        let (said, held) = talked(&restaurant, &[question]);
        if !said.contains(answer) || !held.is_empty() {
            wrong.push(format!("{question}: {said} {held:?}, expected {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each line orders just this.
fn orders(text: &str, cases: &[(&str, &[&str])]) {
    let restaurant = restaurant(text);
    let mut wrong = Vec::new();
    for (line, expected) in cases {
        let (said, held) = talked(&restaurant, &[line]);
        if held != *expected {
            wrong.push(format!("{line}: {held:?}, expected {expected:?}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calories_are_said_as_the_file_has_them_and_never_ordered() {
    answers(
        WOK,
        &[
            (
                "how many calories are in the sweet and sour prawns",
                "prawns has 640 calories",
            ),
            ("calories in the hot and sour soup?", "soup has 95 calories"),
            (
                "what's the calorie count of the soup",
                "soup has 95 calories",
            ),
            (
                "how many calories does the ma po tofu have",
                "doesn't say how many calories",
            ),
            ("can you tell me the calories for number 82", "640 calories"),
        ],
    );
    answers(
        NADIA,
        &[
            (
                "combien de calories dans la salade du jardin",
                "210 calories",
            ),
            (
                "il y a combien de calories dans la salade du jardin",
                "210 calories",
            ),
            (
                "combien de calories dans le curry rouge",
                "n'indique pas les calories",
            ),
        ],
    );
    answers(
        BRASA,
        &[
            (
                "cuántas calorías tiene la ensalada de nopales",
                "180 calorías",
            ),
            (
                "¿cuántas calorías tienen los camarones a la diabla?",
                "no indica las calorías",
            ),
        ],
    );
    // What was talked about last is meant by "it".
    let wok = restaurant(WOK);
    let (said, held) = talked(&wok, &["a hot and sour soup", "how many calories is that"]);
    assert!(said.contains("soup has 95 calories"), "{said}");
    assert_eq!(held, ["1 soup"]);
}

#[test]
fn tags_are_answered_from_the_file_alone() {
    answers(
        WOK,
        &[
            ("is the ma po tofu vegan", "vegan for Ma po tofu"),
            (
                "which dishes are spicy",
                "Sweet and sour prawns and Ma po tofu",
            ),
            ("anything halal?", "halal for Beef in black bean sauce"),
            ("is the hot and sour soup vegetarian", "Hot and sour soup"),
            ("is anything kosher", "kosher"),
        ],
    );
    let (said, _) = talked(&restaurant(WOK), &["is the hot and sour soup vegan"]);
    assert!(!said.contains("says vegan"), "{said}");
    answers(
        NADIA,
        &[
            (
                "est-ce que la salade du jardin est végétalienne",
                "pour Salade du jardin",
            ),
            (
                "est-ce que la salade du jardin est halal",
                "halal pour Salade du jardin",
            ),
            ("avez-vous quelque chose d'épicé", "Curry rouge"),
            ("le curry rouge est-il casher", "casher pour Curry rouge"),
        ],
    );
    answers(
        BRASA,
        &[
            ("¿la ensalada de nopales es vegana?", "Ensalada de nopales"),
            ("¿tienen algo picante?", "Camarones a la diabla"),
        ],
    );
}

#[test]
fn dishes_are_ordered_by_their_numbers() {
    orders(
        WOK,
        &[
            ("82", &["1 prawn"]),
            ("eighty two please", &["1 prawn"]),
            ("number 82, two of the 14s", &["1 prawn", "2 beef"]),
            ("can I get the 5 and the 82", &["1 roll", "1 prawn"]),
            ("31a please", &["1 tofu"]),
            ("one 14 and one 5", &["1 beef", "1 roll"]),
            ("82, 14 and 101", &["1 prawn", "1 beef", "1 rice"]),
            ("two orders of number five", &["2 roll"]),
            ("five spring rolls", &["5 roll"]),
        ],
    );
    orders(
        NADIA,
        &[
            ("le numéro 12", &["1 curry"]),
            ("deux numéro douze", &["2 curry"]),
        ],
    );
    orders(
        BRASA,
        &[
            ("el número 12", &["1 diabla"]),
            ("dos del número doce", &["2 diabla"]),
        ],
    );
    // A number that answers a question is no dish, nor is one that corrects a count.
    let wok = restaurant(WOK);
    assert_eq!(talked(&wok, &["spring rolls", "make it 5"]).1, ["5 roll"]);
}

#[test]
fn measures_dozens_and_pairs_are_understood_in_three_languages() {
    orders(
        WOK,
        &[
            ("a pound and a half of spare ribs", &["1.5 ribs"]),
            ("half a pound of spare ribs", &["0.5 ribs"]),
            ("a dozen and a half spring rolls", &["18 roll"]),
            ("three pairs of spring rolls", &["6 roll"]),
        ],
    );
    orders(
        NADIA,
        &[
            ("une livre et demie d'épaule d'agneau", &["1.5 agneau"]),
            (
                "une demi-livre d'épaule d'agneau s'il vous plaît",
                &["0.5 agneau"],
            ),
            ("trois quarts de livre d'épaule d'agneau", &["0.75 agneau"]),
            ("un quart de livre d'épaule d'agneau", &["0.25 agneau"]),
            ("deux livres et quart d'épaule d'agneau", &["2.25 agneau"]),
            ("deux livres d'épaule d'agneau", &["2 agneau"]),
            ("un kilo et demi de saumon fumé", &["1.5 saumon"]),
            ("500 grammes de saumon fumé", &["0.5 saumon"]),
            ("trois cents grammes de saumon fumé", &["0.3 saumon"]),
            ("trois douzaines d'huîtres", &["36 huitres"]),
            ("une douzaine et demie d'huîtres", &["18 huitres"]),
            ("une demi-douzaine d'huîtres", &["6 huitres"]),
            ("une paire d'huîtres", &["2 huitres"]),
        ],
    );
    orders(
        BRASA,
        &[
            ("una libra y media de carnitas", &["1.5 carnitas"]),
            ("media libra de carnitas", &["0.5 carnitas"]),
            ("tres cuartos de libra de carnitas", &["0.75 carnitas"]),
            ("un cuarto de libra de carnitas", &["0.25 carnitas"]),
            ("dos libras de carnitas por favor", &["2 carnitas"]),
            ("cuatro docenas de tamales de pollo", &["48 tamal"]),
            ("una docena y media de tamales de pollo", &["18 tamal"]),
            ("media docena de tamales de pollo", &["6 tamal"]),
            ("un par de tamales de pollo", &["2 tamal"]),
        ],
    );
}

#[test]
fn nobody_orders_five_hundred_kilos_by_leaving_out_a_word() {
    let (said, held) = talked(&restaurant(NADIA), &["500 saumon fumé"]);
    assert_eq!(held, Vec::<String>::new(), "{said}");
}

#[test]
fn amounts_name_the_dish_and_the_portion_they_fit() {
    const COUNTER: &str = r#"
id: counter
name: The Counter
phone_number: "+12125550306"
menu:
  - {id: plate, name: Rib Plate, price: 21.95}
  - {id: pork, name: Pork Ribs, price: 22.00, unit: {name: pound, step: 0.5, min: 0.5}}
  - {id: stout, name: Stout, prices: {Half pint: 3.20, Pint: 6.20}, options: [{name: Size, choices: [Half pint, Pint]}]}
  - {id: tortillas, name: Corn Tortillas (dozen), price: 3.50}
  - {id: half, name: Half Dozen Oysters, price: 18.00}
  - {id: dozen, name: Dozen Oysters, price: 34.00}
"#;
    orders(
        COUNTER,
        &[
            ("half a pound of ribs", &["0.5 pork"]),
            (
                "a pound and a half of ribs and a stout",
                &["1.5 pork", "1 stout"],
            ),
            ("a rib plate", &["1 plate"]),
            ("two pints of stout", &["2 stout"]),
            ("a pint of stout", &["1 stout"]),
            ("a dozen corn tortillas", &["1 tortillas"]),
            ("two dozen corn tortillas", &["2 tortillas"]),
            ("corn tortillas", &["1 tortillas"]),
            ("a dozen oysters", &["1 dozen"]),
            ("two dozen oysters", &["2 dozen"]),
            ("half a dozen oysters", &["1 half"]),
        ],
    );
}

#[test]
fn half_sugar_is_fifty_percent_and_halves_nothing() {
    const TEA: &str = r#"
id: tea
name: Tea
phone_number: "+12125550307"
menu:
  - id: taro
    name: Taro Milk Tea
    price: 5.75
    options:
      - {name: Sugar, choices: [No Sugar, 25% Sugar, 50% Sugar, Full Sugar], default: Full Sugar}
      - {name: Ice, choices: [No Ice, Less Ice, Regular Ice], default: Regular Ice}
      - {name: Toppings, min: 0, max: 3, choices: [{name: Tapioca Pearls, price: 0.75, aliases: [boba]}, {name: Egg Pudding, price: 0.75}]}
"#;
    let tea = restaurant(TEA);
    let (said, _) = talked(
        &tea,
        &["a taro milk tea half sugar less ice with boba and egg pudding"],
    );
    assert!(
        said.contains("50% Sugar") && !said.contains("half"),
        "{said}"
    );
}
