//! What a dish, a choice or the order costs, and which of several costs least.

use super::super::HeardLine;
use super::super::describe;
use super::super::lexicon::{Tag, Topic, is_word};
use super::answer::Answer;
use super::asked::Asked;
use super::contents::can_have;
use super::lookup::{holds_words, naming_words, singular_line, with_name, words_of};
use super::scene::Scene;
use super::sizes::priced_choices;
use crate::order::Cart;

/// "How much is a pizza?": of several, each.
pub(super) fn of_family(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.without(&[Topic::Price]);
    if scene.named_in(&asked.rest()).is_some() {
        return None;
    }
    let words = naming_words(&rest);
    let words: Vec<String> = words
        .into_iter()
        .filter(|word| !is_word(word, Tag::PriceFiller))
        .collect();
    let family = scene.family(&words);
    if family.len() < 2 {
        return None;
    }
    Some(Answer::saying(scene.words.we_have(&scene.priced(&family))).listing(&family))
}

/// "How much is it?" right after a question about something.
pub(super) fn of_it(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.rest();
    let item = scene.asked_last?;
    if scene.named_in(&rest).is_some() {
        return None;
    }
    let name = scene.read_items()[item].name.to_lowercase();
    let answer = of_words(scene, &with_name(&rest, &name)?);
    Some(answer.about(Some(item)))
}

/// What a dish costs as it is named, else what the order comes to.
pub(super) fn of_dish(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let asks = asked.is_question() || asked.about(Topic::Total);
    asks.then(|| of_words(scene, &asked.whole()))
}

/// Only with a dish that is named, or a choice of the open question's ("how much is a large").
pub(super) fn of_named_dish(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let whole = asked.whole();
    let named = scene.named_in(&asked.rest()).is_some() && scene.asked_about(&whole).is_some();
    let chosen = scene.open_option().is_some() && of_focus(scene, &whole).is_some();
    (named || chosen).then(|| of_words(scene, &whole))
}

fn of_words(scene: &Scene, plain: &str) -> Answer {
    let named = scene.asked_about(plain);
    let subject = named.as_ref().map(|line| line.item);
    let Some(line) = named.or_else(|| of_focus(scene, plain)) else {
        return of_the_order(scene);
    };
    of_line(scene, &line).about(subject)
}

/// "How much is the large", with a latte just ordered: a large latte.
fn of_focus(scene: &Scene, plain: &str) -> Option<HeardLine> {
    let line = scene.line_in_focus()?;
    let picked = scene.picks_on(plain, line.item())?;
    Some(HeardLine {
        picked,
        ..HeardLine::of(line.item())
    })
}

fn of_the_order(scene: &Scene) -> Answer {
    if scene.cart.is_empty() {
        return Answer::fixed(scene.words.nothing_yet()).about(None);
    }
    let answer = Answer {
        total: true,
        ..Answer::default()
    };
    answer.about(None)
}

fn of_line(scene: &Scene, line: &HeardLine) -> Answer {
    let currency = scene.restaurant.currency;
    let item = scene.item(line.item);
    let mut scratch = Cart::new(scene.cart.restaurant().clone());
    let added = scratch.add(line.item, 1, &line.picked);
    let Ok(id) = added.or_else(|_| scratch.add(line.item, 1, &[])) else {
        return Answer::saying(scene.words.sold_out(&item.name));
    };
    let Some(priced) = scratch.line(id) else {
        return Answer::default();
    };
    let what = describe::goods(scene.words, item, 1, priced.picked());
    let price = scratch.unit_price(priced).display(currency);
    if item.has_market_price() {
        return Answer::saying(scene.words.market_price(&what));
    }
    let open = scratch.missing().map(|m| &item.options[m.option]);
    let dearer = |option: &&crate::restaurant::ItemOption| {
        option.choices.iter().any(|choice| choice.price.minor() > 0)
    };
    match open.filter(dearer) {
        Some(option) => {
            let mut answer = Answer::saying(scene.words.price_from(&what, &price));
            let names = option.choices.iter().map(|choice| {
                let price = (item.price + choice.price).display(currency);
                format!("{} {price}", choice.name)
            });
            let names: Vec<String> = names.collect();
            answer
                .speech
                .say(scene.words.you_can_choose(&option.name, &names));
            answer
        }
        None => Answer::saying(scene.words.price_is(&what, &price)),
    }
}

/// "Is the guac extra?", "how much is it to add bacon?": what the choice costs.
pub(super) fn of_choice(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let rest = asked.rest();
    let said = singular_line(&rest);
    let items = scene.read_items();
    let first = scene.named_in(&rest).or(scene.asked_last);
    // "Carnitas" in "the carnitas taco" is the dish.
    let named = scene.named_in(&rest).map(|at| &items[at]);
    let names = named
        .into_iter()
        .flat_map(|item| std::iter::once(&item.name).chain(&item.aliases));
    let of_dish: Vec<String> = names.flat_map(|name| words_of(name)).collect();
    let focus = scene.line_in_focus().map(|line| line.item());
    let mut order = first.into_iter().chain(focus).chain(0..items.len());
    let (item, option, choice) = order.find_map(|at| {
        let options = items[at].options.iter().enumerate();
        let all = options.flat_map(|(o, option)| (0..option.choices.len()).map(move |c| (o, c)));
        let length = |&(o, c): &(usize, usize)| {
            let choice = &items[at].options[o].choices[c];
            let names = std::iter::once(&choice.name).chain(&choice.aliases);
            names
                .map(|name| words_of(name))
                .filter(|name| holds_words(&said, name))
                .filter(|name| !name.iter().all(|word| of_dish.contains(word)))
                .map(|name| name.len())
                .max()
        };
        let (_, (o, c)) = all.filter_map(|at| Some((length(&at)?, at))).max()?;
        Some((at, o, c))
    })?;
    let choice = &scene.item(item).options[option].choices[choice];
    Some(Answer::saying(can_have(scene, choice)))
}

/// "Which one is cheaper?", "what's your cheapest pizza?"
pub(super) fn least_or_most(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let cheap = asked.around(Topic::Cheapest);
    let is_cheap = cheap.is_some();
    let (_, behind) = cheap.or_else(|| asked.around(Topic::Dearest))?;
    let named = scene.family(&naming_words(
        behind.split(" or ").next().unwrap_or(&behind),
    ));
    let either = either(scene, &behind);
    if let Some((item, option)) = scene.open_option()
        && either.is_empty()
        && named.is_empty()
    {
        let choices = priced_choices(scene, item, option);
        return Some(Answer::saying(
            scene.words.you_can_choose(&option.name, &choices),
        ));
    }
    let among = match scene.question {
        _ if !either.is_empty() => either,
        _ if !named.is_empty() => named,
        super::super::question::Question::WhichItem { items, .. } => items.clone(),
        _ if !scene.listed.is_empty() => scene.listed.to_vec(),
        _ => scene.available().collect(),
    };
    let prices = among.iter().map(|&at| scene.item(at).price);
    let price = if is_cheap { prices.min() } else { prices.max() }?;
    let best = among
        .into_iter()
        .filter(|&at| scene.item(at).price == price);
    let best: Vec<usize> = best.collect();
    let answer = match best.as_slice() {
        [only] => {
            let shown = price.display(scene.restaurant.currency);
            Answer::saying(scene.words.price_is(&scene.item(*only).name, &shown))
        }
        several => Answer::saying(scene.words.we_have(&scene.priced(several))),
    };
    // What was read out before may be asked about again.
    let mut answer = answer.listing(&best);
    answer.listed = None;
    Some(answer)
}

/// "the soup or the salad"
fn either(scene: &Scene, text: &str) -> Vec<usize> {
    let Some((one, other)) = text.split_once(" or ") else {
        return Vec::new();
    };
    let both = [scene.named_in(one), scene.named_in(other)];
    both.into_iter().flatten().collect()
}
