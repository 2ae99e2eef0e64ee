//! The prompt and the tools of the example restaurants, word for word: a change of either is a change of behaviour.

use std::sync::Arc;

use maitred::config::{Capabilities, read};
use maitred::conversation::Brief;
use maitred::llm::openai;
use maitred::restaurant::Restaurant;

const EXAMPLES: [&str; 3] = ["corner-slice", "la-paloma", "north-pier-cafe"];

fn example(file: &str) -> Arc<Restaurant> {
    let path = format!("{}/restaurants.d/{file}.yaml", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    read(&bytes, &Capabilities::embedded()).restaurant.unwrap()
}

#[test]
fn the_prompts_of_the_examples_are_these() {
    for file in EXAMPLES {
        let brief = Brief::new(&example(file));
        insta::assert_snapshot!(format!("prompt_{file}"), brief.system());
    }
}

#[test]
fn the_tools_are_these() {
    // A file that asks for a name has one tool more.
    let brief = Brief::new(&example("corner-slice"));
    let tools = serde_json::to_string_pretty(&openai::tools(&brief)).unwrap();
    insta::assert_snapshot!("tools", tools);
    let names = |file: &str| -> Vec<String> {
        let brief = Brief::new(&example(file));
        let tools = brief.tools().iter();
        tools.map(|tool| tool.name.to_owned()).collect()
    };
    let asked = EXAMPLES.map(|file| example(file).ask.name);
    assert_eq!(
        EXAMPLES.map(|file| names(file).contains(&"set_name".to_owned())),
        asked
    );
}

#[test]
fn a_prompt_holds_every_item_and_not_one_price() {
    for file in EXAMPLES {
        let restaurant = example(file);
        let brief = Brief::new(&restaurant);
        for item in &restaurant.menu.items {
            let line = format!("- {}: {}", item.id, item.name);
            assert!(brief.system().contains(&line), "{line}");
            let price = item.price.decimal(restaurant.currency);
            assert!(!brief.system().contains(&price), "{price} of {}", item.id);
        }
    }
}
