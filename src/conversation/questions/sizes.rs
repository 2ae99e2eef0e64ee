//! "What sizes do you have?", "how big is a large?", "how many does it feed?"

use super::super::describe::is_size;
use super::super::lexicon::{Tag, Topic, is_word};
use super::answer::Answer;
use super::asked::Asked;
use super::contents::say_contents;
use super::lookup::{holds_words, naming_words, singular_line, words_of};
use super::scene::{Scene, available_choices};
use crate::order::Picked;
use crate::restaurant::ItemOption;

/// The sizes of a dish, with their prices where they differ.
pub(super) fn sizes(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.rest();
    let named = scene.meant(&rest).or_else(|| of_family(scene, &rest));
    let open = scene.open_option().map(|(item, _)| item);
    if let Some(item) = named.or(open).or(scene.asked_last) {
        let text = match size_of(scene, item) {
            Some(option) => {
                let sizes = priced_choices(scene, item, option);
                scene.words.you_can_choose(&option.name, &sizes)
            }
            None => scene.words.one_size(&scene.item(item).name),
        };
        return Some(Answer::saying(text).about(Some(item)));
    }
    let mut answer = Answer::default();
    let mut seen: Vec<Vec<String>> = Vec::new();
    for at in 0..scene.restaurant.menu.items.len() {
        let Some(option) = size_of(scene, at) else {
            continue;
        };
        let names = available_choices(option);
        if seen.len() < 3 && !seen.contains(&names) {
            let item = scene.item(at);
            let of = item.category.as_ref().unwrap_or(&item.name);
            answer.speech.say(scene.words.you_can_choose(of, &names));
            seen.push(names);
        }
    }
    (!seen.is_empty()).then_some(answer)
}

fn of_family(scene: &Scene, rest: &str) -> Option<usize> {
    let family = rest.split(' ').find_map(|word| {
        let family = scene.family(&naming_words(word));
        (!family.is_empty()).then_some(family)
    })?;
    let sized = family.iter().find(|&&at| size_of(scene, at).is_some());
    sized.or(family.first()).copied()
}

/// The option of sizes of a dish.
fn size_of<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a ItemOption> {
    let read = &scene.read_items()[at];
    let sized = (0..read.options.len()).find(|&o| {
        let whole = Picked::plain(o, 0);
        let words = words_of(&read.options[o].name);
        is_size(read, &whole) || words.iter().any(|word| is_word(word, Tag::SizeBefore))
    })?;
    scene.item(at).options.get(sized)
}

pub(super) fn priced_choices(scene: &Scene, at: usize, option: &ItemOption) -> Vec<String> {
    let item = scene.item(at);
    let dearer = option.choices.iter().any(|choice| choice.price.minor() > 0);
    let available = option.choices.iter().filter(|choice| choice.available);
    available
        .map(|choice| {
            let price = (item.price + choice.price).display(scene.restaurant.currency);
            match dearer {
                true => format!("{} {price}", choice.name),
                false => choice.name.clone(),
            }
        })
        .collect()
}

/// What the file says of a size: "sixteen inch", or the dish's description.
pub(super) fn portion(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.rest();
    let meant = scene
        .meant(&rest)
        .or_else(|| of_family(scene, &asked.without(&[Topic::Portion])))
        .or_else(|| scene.asked_about(&rest).map(|line| line.item));
    let last = scene.line_in_focus().map(|line| line.item());
    let said = singular_line(&rest);
    let all = 0..scene.restaurant.menu.items.len();
    let order = meant
        .into_iter()
        .chain(scene.asked_last)
        .chain(last)
        .chain(all);
    let mut measured = order.filter_map(|at| {
        let option = size_of(scene, at)?;
        option.choices.iter().find_map(|choice| {
            let measures =
                |alias: &&String| alias.split(' ').any(|word| is_word(word, Tag::Measure));
            let measure = choice.aliases.iter().find(measures)?;
            let whole = holds_words(&said, &words_of(&choice.name));
            whole.then(|| scene.words.contents(&choice.name, measure))
        })
    });
    let answer = match (measured.next(), meant) {
        (Some(text), _) => Answer::saying(text),
        (None, Some(item)) if scene.item(item).description.is_some() => {
            Answer::saying(say_contents(scene, item))
        }
        _ => Answer::fixed(scene.words.how_big_unknown()),
    };
    Some(match meant {
        Some(item) => answer.about(Some(item)),
        None => answer,
    })
}
