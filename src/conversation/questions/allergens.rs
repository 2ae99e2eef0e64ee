//! Allergens: what the file states, and nothing else. Silence in the file is never "none".

use super::super::lexicon::{Allergen, Tag, Tagged, Topic, is_word, raw_words};
use super::answer::Answer;
use super::asked::Asked;
use super::lookup::words_of;
use super::scene::Scene;
use crate::restaurant::Item;
use crate::words::{Language, singular};

/// "Does the burger have nuts?"
pub(super) fn asked(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let of_diet =
        asked.has(Tag::DietWord) && (asked.only_asks() || asked.is_question() && !asked.brings());
    let allergy = asked.about(Topic::Allergens) && asked.is_question();
    if !of_diet && !allergy || only_in_names(scene, asked) {
        return None;
    }
    // "Vegetarian" asks, and names no veggie burger.
    let whole = asked.whole();
    let asks = |word: &str| is_word(word, Tag::DietWord) || is_word(word, Tag::AllergenWord);
    let about: Vec<&str> = whole.split(' ').filter(|word| !asks(word)).collect();
    let named = scene.asked_about(&about.join(" ")).map(|line| line.item);
    let item = named.or(scene.focus.map(|line| line.item()));
    let spoken_of = scene.asked_about(&whole).map(|line| line.item);
    Some(of(scene, item).about(spoken_of))
}

/// "How much is the peanut punch", "is it possible to get ramen with gluten free noodles": what is named asks nothing by its name.
fn only_in_names(scene: &Scene, asked: &Asked) -> bool {
    let whole = asked.whole();
    let heard = scene.menu.understand(&whole, &[]);
    let items = scene.read_items();
    let mut names: Vec<&str> = Vec::new();
    for line in &heard.lines {
        let item = &items[line.item];
        names.push(&item.name);
        let choices = line.picked.iter();
        names.extend(choices.map(|p| item.options[p.option].choices[p.choice].name.as_str()));
    }
    let mut named: Vec<String> = names.into_iter().flat_map(words_of).collect();
    let rest: Vec<&str> = whole
        .split(' ')
        .filter(|word| {
            let at = named.iter().position(|name| *name == singular(word));
            at.map(|at| named.swap_remove(at)).is_none()
        })
        .collect();
    let rest = Tagged::of(&rest.join(" "));
    !heard.lines.is_empty() && !rest.has(Tag::DietWord) && !rest.has(Tag::Ask(Topic::Allergens))
}

/// What is stated of a dish, and who knows more.
pub(super) fn of(scene: &Scene, item: Option<usize>) -> Answer {
    let mut answer = Answer::default();
    if let Some(item) = item {
        answer.speech.say(stated(scene, item));
    }
    if scene.restaurant.handoff.is_some() {
        answer.speech.fixed(scene.words.ask_a_person());
    } else if item.is_none() {
        answer.speech.fixed(scene.words.do_not_know(false));
    }
    answer
}

/// The allergens that the file states of a dish.
pub(in super::super) fn stated(scene: &Scene, item: usize) -> String {
    let item = scene.item(item);
    match &item.allergens {
        Some(allergens) => scene.words.allergens(&item.name, allergens),
        None => scene.words.allergens_unknown(&item.name),
    }
}

fn folded(language: Language, text: &str) -> Vec<String> {
    raw_words(language, text)
        .into_iter()
        .map(|word| word.folded)
        .collect()
}

/// The dishes that state one of the foods. Kinds that are often stated for one another count for both.
pub(in super::super) fn stating(
    items: &[Item],
    language: Language,
    foods: &[String],
    allergens: &[Allergen],
) -> Vec<usize> {
    let said: Vec<String> = foods
        .iter()
        .map(|food| {
            folded(language, food)
                .iter()
                .map(|word| singular(word))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let states = |stated: &String| {
        let words = folded(language, stated);
        let plain = words
            .iter()
            .map(|word| singular(word))
            .collect::<Vec<_>>()
            .join(" ");
        let tags = Tagged::new(language, words);
        let same = tags
            .foods(0, usize::MAX)
            .any(|food| allergens.iter().any(|&other| akin(food, other)));
        same || said.contains(&plain)
    };
    let by_item = |item: &Item| item.allergens.iter().flatten().any(states);
    (0..items.len())
        .filter(|&at| items[at].available && by_item(&items[at]))
        .collect()
}

fn akin(one: Allergen, other: Allergen) -> bool {
    use Allergen::{Fish, Meat, Nuts, Peanuts, Pork, Shellfish};
    one == other
        || matches!(
            (one, other),
            (Nuts, Peanuts)
                | (Peanuts, Nuts)
                | (Meat, Pork)
                | (Pork, Meat)
                | (Fish, Shellfish)
                | (Shellfish, Fish)
        )
}
