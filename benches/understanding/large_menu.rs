//! A large menu whose dishes share their words, and what callers say to it.

use std::fmt::Write;
use std::sync::Arc;

use maitred::config::{Capabilities, read};
use maitred::restaurant::Restaurant;

const STYLES: [&str; 40] = [
    "Grilled",
    "Spicy",
    "Smoked",
    "Crispy",
    "Roasted",
    "Braised",
    "Honey",
    "Garlic",
    "Lemon",
    "Sesame",
    "Coconut",
    "Chili",
    "Herb",
    "Maple",
    "Ginger",
    "Peppered",
    "Blackened",
    "Buttered",
    "Mustard",
    "Cajun",
    "Tuscan",
    "Harissa",
    "Miso",
    "Teriyaki",
    "Paprika",
    "Walnut",
    "Saffron",
    "Mango",
    "Basil",
    "Caramel",
    "Country",
    "Firecracker",
    "Midnight",
    "Harvest",
    "Coastal",
    "Prairie",
    "Lakeside",
    "Downtown",
    "Grandma's",
    "Captain's",
];
const DISHES: [&str; 25] = [
    "chicken sandwich",
    "beef burger",
    "salmon bowl",
    "veggie wrap",
    "pork taco",
    "shrimp pasta",
    "turkey club",
    "tofu noodles",
    "lamb curry",
    "mushroom pizza",
    "potato soup",
    "bean burrito",
    "tuna melt",
    "egg muffin",
    "duck salad",
    "steak fajitas",
    "crab cakes",
    "corn chowder",
    "ham omelette",
    "pumpkin pie",
    "lentil stew",
    "sausage roll",
    "cod fillet",
    "rice pudding",
    "fruit tart",
];
const OPTIONS: &str = "  Size: {choices: [Small, Medium, {name: Large, price: 2.00}]}
  Side: {default: Fries, choices: [Fries, Rice, Side salad, Coleslaw, Baked potato]}
  Extras:
    min: 0
    amounts: [none, light, regular, extra]
    choices: [Lettuce, Tomatoes, Red onions, Pickles, Jalapeños, Cheddar cheese, Blue cheese, Bacon, Avocado, Sour cream, Ketchup,
      Mayonnaise, Yellow mustard, Hot sauce, Ranch dressing, Fried egg, Olives, Mushrooms, Spinach, Green peppers]
";

/// The name of a dish; no two alike.
fn dish(at: usize) -> String {
    let dish = DISHES[at % DISHES.len()];
    format!("{} {dish}", STYLES[at / DISHES.len() % STYLES.len()])
}

/// A restaurant with that many dishes, up to 1,000.
pub fn restaurant(items: usize) -> Arc<Restaurant> {
    let mut file = String::from(
        "id: large\nname: The Large Menu\nphone_number: \"+12025550149\"\noption_groups:\n",
    );
    file.push_str(OPTIONS);
    file.push_str("menu:\n");
    for at in 0..items {
        let name = dish(at);
        writeln!(file, "  - {{id: d{at}, name: \"{name}\", price: 9.50, options: [{{use: Size}}, {{use: Side}}, {{use: Extras}}]}}")
            .expect("writes to a string");
    }
    let read = read(file.as_bytes(), &Capabilities::embedded());
    read.restaurant.expect("a valid file")
}

/// What is said: from one plain dish to long orders with changes, words misheard and words that mean nothing.
pub fn utterances(items: usize) -> Vec<String> {
    let name = |nth: usize| dish(nth * 37 % items).to_lowercase();
    let mut all = Vec::new();
    for nth in 0..30 {
        let (one, two, three) = (name(nth), name(nth + 31), name(nth + 62));
        all.push(format!("a {one}"));
        all.push(format!(
            "can I get two large {one} with no red onions and extra pickles please"
        ));
        all.push(format!(
            "hi um I'd like a {one} with fries, a small {two} and three {three} with light mayo"
        ));
        all.push(format!(
            "a {one} with bakon and avacado and chedder chese and a {two} without the tomatos"
        ));
        all.push(format!(
            "so yesterday my brother told me about the {one} you make and I thought we should try two of them one with bacon and \
             the other with hot sauce and also a medium {two} with everything but olives and blue cheese thank you"
        ));
    }
    all
}
