//! "What kind of tacos do you have?", "which burgers have you got?": the family, else an option's choices. And what there is at all.

use super::super::lexicon::{Tag, Tagged, Topic, is_word};
use super::super::question::Question;
use super::answer::Answer;
use super::asked::{Asked, first};
use super::lookup::{holds_words, naming_words, words_of};
use super::scene::{Scene, available_choices};
use crate::order::CartError;
use crate::restaurant::{Item, ItemOption};
use crate::words::singular;

/// What a question asks the kinds of, what stands behind it ("for the wings"), and whether it says "kinds of".
fn asked_kind(rest: &str) -> Option<(Vec<String>, String, bool)> {
    let said = Tagged::of(rest);
    let end = said.words().len();
    let of = first(&said, Tag::KindOf);
    let start = match of {
        Some(of) => of.to,
        None => said.at(0, Tag::KindBegin)?.to,
    };
    let stop = said.all(Tag::KindEnd).find(|span| span.from >= start);
    let stop = match stop {
        Some(span) => span.from,
        None => of.map(|_| end)?,
    };
    let owner = said
        .all(Tag::KindOwner)
        .find(|span| span.from >= start && span.from < stop);
    let thing_end = owner.map_or(stop, |span| span.from);
    let words = naming_words(&said.text(start, thing_end));
    let kindless = words.iter().all(|word| is_word(word, Tag::KindWord));
    let behind = said.text(thing_end, end);
    (!words.is_empty() && !kindless).then_some((words, behind, of.is_some()))
}

/// Reads out the kinds of what is asked for.
pub(super) fn kinds(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let (words, owner, surely) = asked_kind(&asked.rest())?;
    if let Some(of_owner) = scene.named_in(&owner)
        && let Some(list) = choices_by_name(scene, Some(of_owner), &words)
    {
        return Some(Answer::saying(list).about(Some(of_owner)));
    }
    let family = scene.family(&words);
    match family.as_slice() {
        [one] => {
            let exact = words_of(&scene.read_items()[*one].name) == words;
            let kinds = kinds_of(scene, *one).filter(|_| exact);
            let list = kinds.or_else(|| choices_by_name(scene, None, &words));
            let list = list.unwrap_or_else(|| scene.words.we_have(&scene.names_of(&family)));
            Some(Answer::saying(list).listing(&family))
        }
        [] => {
            let list = choices_by_name(scene, None, &words);
            match list.or_else(|| choices_alike(scene, &words)) {
                Some(list) => Some(Answer::saying(list)),
                None => surely.then(|| not_there(scene, &words)),
            }
        }
        _ => {
            let list = scene.words.we_have(&scene.names_of(&family));
            Some(Answer::saying(list).listing(&family))
        }
    }
}

fn not_there(scene: &Scene, words: &[String]) -> Answer {
    let what = words.join(" ");
    let heard = scene.menu.understand(&what, &[]);
    let mut answer = Answer::default();
    if !heard.unmatched.is_empty() && heard.lines.is_empty() && heard.loose.is_empty() {
        let said = scene.said.as_said(&what);
        answer.speech.say(scene.words.not_on_menu(&said));
    }
    answer
        .speech
        .say(scene.words.we_have(&scene.list_asked(&what)));
    answer
}

/// The choices of the dish's own "Kind" or "Flavor", else of what it must be asked.
fn kinds_of(scene: &Scene, item: usize) -> Option<String> {
    let options = &scene.item(item).options;
    let read = &scene.read_items()[item].options;
    let called = |at: usize, tag: Tag| {
        words_of(&read[at].name)
            .iter()
            .any(|word| is_word(word, tag))
    };
    let all = 0..options.len();
    let kind = all.clone().find(|&at| called(at, Tag::KindWord));
    let asked = || {
        let mut all = all.clone();
        all.find(|&at| options[at].must_be_asked() && !called(at, Tag::SizeBefore))
    };
    Some(say_choices(scene, &options[kind.or_else(asked)?]))
}

fn say_choices(scene: &Scene, option: &ItemOption) -> String {
    scene
        .words
        .you_can_choose(&option.name, &available_choices(option))
}

/// The option of that name: on the given dish, else on the one talked about, else on any.
fn choices_by_name(scene: &Scene, only: Option<usize>, words: &[String]) -> Option<String> {
    let items = scene.read_items();
    let option_of = |item: usize| {
        let named = |name: &str| holds_words(name, words);
        let at = items[item].options.iter().position(|o| named(&o.name))?;
        Some(say_choices(scene, &scene.item(item).options[at]))
    };
    if let Some(only) = only {
        return option_of(only);
    }
    let focus = scene.line_in_focus().map(|line| line.item());
    let last = scene.asked_last.into_iter().chain(focus);
    last.chain(0..items.len()).find_map(option_of)
}

/// Choices whose names end in the words ("what kinds of milk", of an option called Dairy).
fn choices_alike(scene: &Scene, words: &[String]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let items = scene.restaurant.menu.items.iter();
    let options = items.flat_map(|item| &item.options);
    for choice in options.flat_map(|option| &option.choices) {
        let alike = words_of(&choice.name).ends_with(words);
        if alike && choice.available && !names.contains(&choice.name) {
            names.push(choice.name.clone());
        }
    }
    (names.len() > 1).then(|| scene.words.we_have(&names))
}

/// "What are my options?", with one of them open.
pub(in super::super) fn open_choices(scene: &Scene) -> Option<String> {
    let (_, option) = scene.open_option()?;
    Some(say_choices(scene, option))
}

/// "What do you have?", "which sauces are there for the wings?"
pub(super) fn menu(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let plain = asked.whole();
    let asks = asked.is_question() || asked.begins(Tag::Ask(Topic::Menu));
    asks.then(|| {
        // "What have you got for curries?": a part of an option's name (Curry Spice) is no option, where a kind of dish is called so.
        let names = scene.list_asked(&plain);
        let some = names != scene.restaurant.menu.categories;
        let list = option_asked(scene, &plain, some);
        Answer::saying(list.unwrap_or_else(|| scene.words.we_have(&names)))
    })
}

/// "Do you have lemonade?": yes with a price and an offer, or no.
pub(super) fn have(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let (before, behind) = asked.around(Topic::Have)?;
    let what = if behind.is_empty() { &before } else { &behind };
    if naming_words(what).is_empty() || behind.is_empty() && asked.begins(Tag::Ask(Topic::Menu)) {
        // "What pastries do you have?", "what dressings do you have?": what is asked for stands in front.
        let plain = asked.whole();
        let names = scene.list_asked(&plain);
        let some = names != scene.restaurant.menu.categories;
        let choices = option_asked(scene, &plain, false).filter(|_| !some);
        return Some(Answer::saying(
            choices.unwrap_or_else(|| scene.words.we_have(&names)),
        ));
    }
    let heard = scene.menu.understand(what, &[]);
    if let Some(line) = heard.lines.iter().find(|line| !line.implied) {
        return Some(we_have_it(scene, line.item, true));
    }
    let unmatched = heard.ambiguous.is_empty() && heard.loose.is_empty();
    Some(Answer::saying(
        if unmatched && !heard.unmatched.is_empty() {
            let said = scene.said.as_said(&heard.unmatched.join(" "));
            scene.words.not_on_menu(&said)
        } else {
            scene.words.we_have(&scene.list_asked(what))
        },
    ))
}

/// "Yes", its price, and an offer: always, or with nothing else open.
pub(super) fn we_have_it(scene: &Scene, at: usize, always: bool) -> Answer {
    let item = scene.item(at);
    if !item.available {
        let refused = Some(CartError::ItemSoldOut { item: at });
        return Answer {
            refused,
            ..Answer::default()
        };
    }
    let mut answer = Answer::saying(if item.has_market_price() {
        scene.words.market_price(&item.name)
    } else {
        let price = item.price.display(scene.restaurant.currency);
        scene.words.yes_we_have(&item.name, &price)
    });
    answer.offer = (always || *scene.question == Question::Free).then_some(at);
    answer
}

/// An option named in the question, of the dish named in it if there is one: its choices. `by_noun`: the noun of its name must be said.
fn option_asked(scene: &Scene, plain: &str, by_noun: bool) -> Option<String> {
    let items = &scene.restaurant.menu.items;
    let named = scene.asked_about(plain).map(|line| &items[line.item]);
    let focus = scene.focus.map(|line| scene.cart.item(line));
    let words: Vec<String> = plain.split(' ').map(singular).collect();
    let option_of = |item: &Item| {
        item.options.iter().position(|option| {
            let name = singular(&scene.menu.read(&option.name).text().to_lowercase());
            let parts = name.split(' ').map(singular);
            let from = if by_noun {
                name.split(' ').count() - 1
            } else {
                0
            };
            words.contains(&name) || parts.skip(from).any(|part| words.contains(&part))
        })
    };
    let all = named.into_iter().chain(focus).chain(items);
    let (item, at) = all
        .into_iter()
        .find_map(|item| Some((item, option_of(item)?)))?;
    Some(say_choices(scene, &item.options[at]))
}
