//! "Anything vegetarian?", "something spicy?", "anything with mushrooms?": what the file says in so many words. Never is
//! a dish said to be free of something that the file does not say.

use super::super::lexicon::{Tag, Tagged, Topic, Wish, is_word};
use super::allergens;
use super::answer::Answer;
use super::asked::{Asked, first};
use super::contents::{can_have, say_contents};
use super::kinds::we_have_it;
use super::lookup::{READ_OUT, naming_words, words_of};
use super::scene::{Scene, available_choices};

/// A wish: of one dish, or which dishes fulfil it.
pub(super) fn wish(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let Some((wish, phrase, without)) = asked.wish() else {
        return anything(scene, &asked.rest());
    };
    let rest = asked.rest();
    let general = asked.begins(Tag::AnyOf) || asked.has(Tag::AnyThing);
    // "Do you have a veggie burger" names a dish by it.
    let dish = scene
        .named_in(&rest)
        .filter(|_| scene.named_in(&without).is_none());
    if let Some(dish) = dish {
        let is_spoken_of = |mut answer: Answer| {
            if answer.refused.take().is_some() {
                answer
                    .speech
                    .say(scene.words.sold_out(&scene.item(dish).name));
            }
            answer.about(Some(dish))
        };
        return general.then(|| is_spoken_of(we_have_it(scene, dish, false)));
    }
    let item = if general {
        scene.named_in(&without)
    } else {
        scene.meant(&without)
    };
    if let Some(item) = item {
        return Some(of_dish(scene, item, wish, &phrase));
    }
    let (names, dishes) = called(scene, wish, &naming_words(&without));
    let what = scene.said.as_said(&phrase);
    let mut answer = Answer::saying(if names.is_empty() {
        scene.words.nothing_listed(&what)
    } else if wish == Wish::ForChildren {
        scene.words.we_have(&names)
    } else {
        scene.words.menu_calls(&what, &names)
    });
    if wish.is_allergy() && scene.restaurant.handoff.is_some() {
        answer.speech.fixed(scene.words.ask_a_person());
    }
    Some(answer.listing(&dishes))
}

/// One dish: what its own words say. Allergies are the stated allergens' business.
fn of_dish(scene: &Scene, item: usize, wish: Wish, phrase: &str) -> Answer {
    let it = scene.item(item);
    if wish.is_allergy() {
        return allergens::of(scene, Some(item)).about(Some(item));
    }
    let what = scene.said.as_said(phrase);
    let heat = |option: &&crate::restaurant::ItemOption| {
        let words = words_of(&option.name);
        wish == Wish::Spicy && words.iter().any(|word| is_word(word, Tag::HeatOption))
    };
    let answer = if scene.is_called(item, wish) {
        Answer::saying(
            scene
                .words
                .menu_calls(&what, std::slice::from_ref(&it.name)),
        )
    } else if let Some(option) = it.options.iter().find(heat) {
        let names = available_choices(option);
        Answer::saying(scene.words.you_can_choose(&option.name, &names))
    } else {
        let mut answer = Answer::saying(scene.words.not_said_of(&it.name, &what));
        if it.description.is_some() {
            answer.speech.say(say_contents(scene, item));
        }
        answer
    };
    answer.about(Some(item))
}

/// "Anything with mushrooms?", "something sweet?"
fn anything(scene: &Scene, rest: &str) -> Option<Answer> {
    let said = Tagged::of(rest);
    let end = said.words().len();
    let any = first(&said, Tag::AnyThing)?;
    let asked = said.text(any.to, end);
    let without = said.at(any.to, Tag::Negation).is_some();
    let from = said.at(any.to, Tag::ThatIs).map_or(any.to, |span| span.to);
    let words = naming_words(&said.text(from, end));
    if words.is_empty() || said.at(from, Tag::AnyElse).is_some() {
        return None;
    }
    let what = scene.said.as_said(&asked);
    let mentioning = scene
        .available()
        .filter(|&at| !without && scene.mentions(at, &words));
    let items: Vec<usize> = mentioning.collect();
    if !items.is_empty() {
        return Some(Answer::saying(scene.words.we_have(&scene.names_of(&items))).listing(&items));
    }
    let options = scene
        .restaurant
        .menu
        .items
        .iter()
        .flat_map(|item| &item.options);
    let mut choices = options.flat_map(|option| &option.choices);
    let choice = choices.find(|choice| !without && words_of(&choice.name) == words);
    Some(Answer::saying(match choice {
        Some(choice) => can_have(scene, choice),
        None => scene.words.nothing_listed(&what),
    }))
}

/// Dishes, and choices of dishes, that are called so; of the family named beside them, if one is.
fn called(scene: &Scene, wish: Wish, beside: &[String]) -> (Vec<String>, Vec<usize>) {
    let family = match beside.last() {
        Some(head) => scene.family(std::slice::from_ref(head)),
        None => Vec::new(),
    };
    let items = scene.available().filter(|&at| scene.is_called(at, wish));
    let items: Vec<usize> = items
        .filter(|at| family.is_empty() || family.contains(at))
        .collect();
    let mut names = scene.names_of(&items);
    let options = scene
        .restaurant
        .menu
        .items
        .iter()
        .flat_map(|item| &item.options);
    for choice in options.flat_map(|option| &option.choices) {
        let says = std::iter::once(&choice.name)
            .chain(&choice.aliases)
            .any(|text| scene.choice_is_called(text, wish));
        if says && choice.available && !names.contains(&choice.name) {
            names.push(choice.name.clone());
        }
    }
    names.truncate(READ_OUT);
    (names, items)
}

/// Favourites are the file's to name.
pub(super) fn favourites(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.rest();
    let mut answer = of_the_house(scene, &rest, Wish::Favourite, Topic::Favourite)?;
    if answer.listed.is_none() {
        answer.speech.fixed(scene.words.no_favourites());
        answer
            .speech
            .say(scene.words.we_have(&scene.list_asked(&rest)));
    }
    Some(answer)
}

/// Specials and deals are the file's to name.
pub(super) fn specials(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let mut answer = of_the_house(scene, &asked.rest(), Wish::Special, Topic::Specials)?;
    if answer.listed.is_none() {
        answer.speech.fixed(scene.words.no_specials());
    }
    Some(answer)
}

/// The dishes that are called so; `None` where the question names one itself.
fn of_the_house(scene: &Scene, rest: &str, wish: Wish, topic: Topic) -> Option<Answer> {
    let without = Tagged::of(rest).without(Tag::Ask(topic)).0;
    let dish = scene.named_in(rest);
    let beside = scene.asked_about(rest).filter(|line| {
        topic == Topic::Specials && scene.is_called(line.item, wish) && !without.is_empty()
    });
    if dish.is_some() || beside.is_some() {
        return None;
    }
    let items: Vec<usize> = scene
        .available()
        .filter(|&at| scene.is_called(at, wish))
        .collect();
    if items.is_empty() {
        return Some(Answer::default());
    }
    Some(Answer::saying(scene.words.we_have(&scene.names_of(&items))).listing(&items))
}
