//! What is in a dish and what comes with it: "does it come with fries?", "what's on the pizza?", "what's the difference?"

use super::super::lexicon::{Tag, Tagged, Topic};
use super::answer::Answer;
use super::asked::{Asked, first};
use super::lookup::{holds_words, naming_words, says, with_name, words_of};
use super::scene::{Scene, available_choices};
use crate::restaurant::{Choice, ItemOption};

/// Choices of an option that are read out with what comes with a dish.
const FEW_CHOICES: usize = 6;

/// Dishes of which something is said in one answer.
const DISHES: usize = 4;

/// What a dish has of a thing asked about.
enum Has<'a> {
    Written,
    Default(&'a Choice),
    Choice(&'a Choice),
    Option(&'a ItemOption),
}

/// What is in a dish, as the file has it.
pub(super) fn say_contents(scene: &Scene, item: usize) -> String {
    let item = scene.item(item);
    match &item.description {
        Some(description) => scene.words.contents(&item.name, description),
        None => scene.words.contents_unknown(&item.name),
    }
}

pub(super) fn can_have(scene: &Scene, choice: &Choice) -> String {
    let price = choice.price.display(scene.restaurant.currency);
    if choice.price.minor() > 0 {
        scene.words.can_have_for(&choice.name, &price)
    } else {
        scene.words.can_have(&choice.name)
    }
}

/// "What's in that?" right after a question about something.
pub(super) fn of_it(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let item = scene.asked_last?;
    let rest = asked.rest();
    if scene.named_in(&rest).is_some() || !asked.begins(Tag::Ask(Topic::Contents)) {
        return None;
    }
    with_name(&rest, "")?;
    Some(Answer::saying(say_contents(scene, item)).about(Some(item)))
}

/// "What's in the soup?"
pub(super) fn of_dish(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let item = scene.asked_about(&asked.whole())?.item;
    let answer = Answer::saying(say_contents(scene, item));
    Some(answer.about(Some(item)))
}

/// "What comes with the burger?"
pub(super) fn what_comes(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.begins(Tag::Ask(Topic::ComesWith)) {
        return None;
    }
    let rest = asked.rest();
    let item = scene.meant(&rest).or(scene.asked_last);
    let item = item.or_else(|| scene.asked_about(&rest).map(|line| line.item))?;
    let mut answer = Answer::saying(say_contents(scene, item));
    for option in scene.item(item).options.iter().take(3) {
        let names = available_choices(option);
        if names.len() <= FEW_CHOICES {
            answer
                .speech
                .say(scene.words.you_can_choose(&option.name, &names));
        }
    }
    Some(answer.about(Some(item)))
}

/// "Does the burger come with fries?"
pub(super) fn comes_with(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let (of, thing) = subject_and_thing(&asked.rest())?;
    if Tagged::of(&thing).has(Tag::AllergenWord) {
        return None;
    }
    let words = naming_words(&thing);
    let pointed = Tagged::of(&of);
    let pointed = pointed.words().len() == 1 && pointed.begins(Tag::Pronoun);
    let subject: Vec<usize> = match scene.named_in(&of) {
        Some(item) => vec![item],
        None if pointed => match scene.meant(&of) {
            Some(item) => vec![item],
            None => scene.listed.to_vec(),
        },
        None => scene.family(&naming_words(&of)),
    };
    if words.is_empty() || subject.is_empty() {
        return None;
    }
    let what = scene.said.as_said(thing.trim());
    let is_written = |&&item: &&usize| matches!(has(scene, item, &words), Some(Has::Written));
    let written: Vec<usize> = subject.iter().filter(is_written).copied().collect();
    if subject.len() > 1 && !written.is_empty() {
        let text = scene.words.menu_calls(&what, &scene.names_of(&written));
        return Some(Answer::saying(text).listing(&written));
    }
    let found = subject
        .iter()
        .find_map(|&item| Some((item, has(scene, item, &words)?)));
    let at = found.as_ref().map_or(subject[0], |(at, _)| *at);
    let name = &scene.item(at).name;
    let only = subject.len() == 1;
    let text = match &found {
        Some((at, Has::Written)) => say_contents(scene, *at),
        Some((_, Has::Default(choice))) => scene.words.comes_with(name, &choice.name),
        Some((_, Has::Option(option))) => {
            let names = available_choices(option);
            scene.words.you_can_choose(&option.name, &names)
        }
        Some((_, Has::Choice(choice))) => can_have(scene, choice),
        None => {
            let of = scene.said.as_said(&of);
            scene
                .words
                .not_said_of(if only { name } else { &of }, &what)
        }
    };
    Some(Answer::saying(text).about(only.then_some(subject[0])))
}

fn has<'a>(scene: &Scene<'a>, at: usize, words: &[String]) -> Option<Has<'a>> {
    let item = scene.item(at);
    let read = &scene.read_items()[at];
    let named = |text: &String| holds_words(text, words);
    if read.description.as_ref().is_some_and(named) || says(&read.name, words) {
        return Some(Has::Written);
    }
    for (option, names) in item.options.iter().zip(&read.options) {
        let choice = names.choices.iter().position(|choice| {
            let whole = |text: &String| words_of(text) == words;
            whole(&choice.name) || choice.aliases.iter().any(whole)
        });
        if let Some(at) = choice {
            let choice = &option.choices[at];
            return Some(if option.default.contains(&at) {
                Has::Default(choice)
            } else {
                Has::Choice(choice)
            });
        }
    }
    let mut options = item.options.iter().zip(&read.options);
    if let Some((option, _)) = options.clone().find(|(_, read)| named(&read.name)) {
        return Some(Has::Option(option));
    }
    options.find_map(|(option, read)| {
        let at = read.choices.iter().position(|choice| named(&choice.name))?;
        Some(Has::Choice(&option.choices[at]))
    })
}

/// "does the burger come with fries", "is there cheese on it": the dish, and what it may come with.
fn subject_and_thing(rest: &str) -> Option<(String, String)> {
    let said = Tagged::of(rest);
    let end = said.words().len();
    let begin = said.at(0, Tag::AskBegin)?;
    if begin.to != 1 {
        return None;
    }
    let plainly = |from: usize, to: usize| naming_line(&said.text(from, to));
    if said.words().get(1).is_some_and(|word| word == "there") {
        let place = said
            .all(Tag::ComesPlace)
            .filter(|span| span.from > 2)
            .last()?;
        return Some((plainly(place.to, end), plainly(2, place.from)));
    }
    let verb = first(&said, Tag::ComesVerb)?;
    let of = plainly(1, verb.from);
    let restaurant = Tagged::of(&of).is_only(&[Tag::Restaurant]);
    let whose = of == "they" && verb.to - verb.from == 1;
    if restaurant || whose || of.is_empty() {
        return None;
    }
    // "... with ham on it"
    let place = said
        .all(Tag::OnIt)
        .find(|span| span.to == end && span.from > verb.to);
    let to = place.map_or(end, |span| span.from);
    Some((of, plainly(verb.to, to)))
}

/// A phrase without articles.
fn naming_line(text: &str) -> String {
    let (plain, _) = Tagged::of(text).without(Tag::Article);
    plain
}

/// "What's the difference between the two?": what the file says of each.
pub(super) fn difference(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let mut dishes: Vec<usize> = Vec::new();
    for line in scene.menu.understand(&asked.rest(), &[]).lines {
        if !line.implied && !dishes.contains(&line.item) {
            dishes.push(line.item);
        }
    }
    if dishes.len() < 2 && !scene.listed.is_empty() {
        dishes = scene.listed.to_vec();
    }
    if dishes.len() < 2 {
        return None;
    }
    let mut answer = Answer::default();
    for &dish in dishes.iter().take(3) {
        answer.speech.say(say_contents(scene, dish));
    }
    Some(answer.listing(&dishes))
}

/// Kilocalories, where the file states them: of the dish named, else of the one talked about, else of the order.
pub(super) fn calories(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.without(&[Topic::Calories]);
    let heard = scene.menu.understand(&rest, &[]);
    let named = heard.lines.iter().find(|line| !line.implied);
    let named = named.map(|line| line.item).or_else(|| scene.meant(&rest));
    // "A low calorie shake" is on the menu.
    let whole = scene
        .asked_about(&asked.whole())
        .map(|line| scene.item(line.item));
    let is_name = whole.is_some_and(|item| {
        Tagged::said(scene.words.language(), &item.name).has(Tag::Ask(Topic::Calories))
    });
    if is_name && !asked.begins(Tag::AskBegin) {
        return None;
    }
    let mut answer = Answer::default();
    let of_order = rest.split(' ').any(|word| word == "order");
    let dishes: Vec<usize> = match named.or(scene.asked_last.filter(|_| !of_order)) {
        Some(dish) => vec![dish],
        None if !heard.wanted.is_empty() => {
            let wanted = scene.said.as_said(&heard.wanted[0].text);
            answer.speech.say(scene.words.not_on_menu(&wanted));
            Vec::new()
        }
        None => scene.cart.lines().iter().map(|line| line.item()).collect(),
    };
    for &at in dishes.iter().take(DISHES) {
        let item = scene.item(at);
        let stated = item.details.as_ref().and_then(|details| details.calories);
        answer.speech.say(match stated {
            Some(calories) => scene.words.calories(&item.name, calories),
            None => scene.words.calories_unknown(&item.name),
        });
    }
    if answer.speech.is_empty() {
        answer.speech.fixed(scene.words.do_not_know(false));
    }
    if let [dish] = dishes[..] {
        answer = answer.about(Some(dish));
    }
    Some(answer)
}
