//! The table: which function answers what, in the order in which they are asked. A function that has no answer leaves the question to
//! the rows below it.

use super::super::lexicon::{Tag, Tagged, Topic};
use super::answer::Answer;
use super::asked::Asked;
use super::scene::Scene;
use super::{allergens, contents, days, diet, hours, house, kinds, price, sizes};

type Function = fn(&Scene, &Asked) -> Option<Answer>;

/// What must be tagged in a question for a row.
#[derive(Clone, Copy, Debug)]
enum When {
    Asks(Topic),
    Has(Tag),
    /// Its function looks itself.
    Always,
}
use When::{Always, Asks, Has};

/// Answered before the open question takes the words, so that a question never changes the order.
const FIRST: &[(When, Function)] = &[
    (Asks(Topic::Robot), house::robot),
    (Asks(Topic::Wait), house::wait),
    (Has(Tag::Opening), days::of_the_day),
    (Asks(Topic::Calories), contents::calories),
    (Asks(Topic::Delivery), house::delivery),
    (Asks(Topic::Paying), house::paying),
    (Asks(Topic::Minimum), house::minimum),
    (Asks(Topic::Phone), house::phone),
    (Asks(Topic::Age), house::age),
    (Asks(Topic::Difference), contents::difference),
    (Asks(Topic::Extra), price::of_choice),
    (Asks(Topic::Cheapest), price::least_or_most),
    (Asks(Topic::Dearest), price::least_or_most),
    (Asks(Topic::Price), price::of_family),
    (Asks(Topic::Sizes), sizes::sizes),
    (Asks(Topic::Portion), sizes::portion),
    (Asks(Topic::ComesWith), contents::what_comes),
    (Always, contents::comes_with),
    (Always, diet::wish),
    (Asks(Topic::Favourite), diet::favourites),
    (Asks(Topic::Specials), diet::specials),
    (Always, kinds::kinds),
    (Asks(Topic::Price), price::of_it),
    (Asks(Topic::Contents), contents::of_it),
    (Asks(Topic::Price), price::of_named_dish),
    (Asks(Topic::House), house::not_in_the_file),
];

/// Answered once the words answer no open question.
const LAST: &[(When, Function)] = &[
    (Always, allergens::asked),
    (Asks(Topic::Total), price::of_dish),
    (Asks(Topic::Price), price::of_dish),
    (Asks(Topic::Wait), house::wait),
    (Asks(Topic::Hours), hours::now),
    (Asks(Topic::Address), house::address),
    (Asks(Topic::Phone), house::phone),
    (Asks(Topic::Delivery), house::delivery),
    (Asks(Topic::Pickup), house::pickup),
    (Asks(Topic::Paying), house::paying),
    (Asks(Topic::Menu), kinds::menu),
    (Asks(Topic::Have), kinds::have),
    (Asks(Topic::Contents), contents::of_dish),
];

/// Topics that need no dish: answered also beside an order.
const BESIDE: &[(Topic, Function)] = &[
    (Topic::Delivery, house::delivery),
    (Topic::Paying, house::paying),
    (Topic::Address, house::address),
    (Topic::Wait, house::wait),
    (Topic::Hours, hours::now),
    (Topic::Minimum, house::minimum),
];

fn look_up(rows: &[(When, Function)], scene: &Scene, asked: &Asked) -> Option<Answer> {
    rows.iter().find_map(|(when, function)| {
        let applies = match when {
            Asks(topic) => asked.about(*topic),
            Has(tag) => asked.has(*tag),
            Always => true,
        };
        if applies {
            function(scene, asked)
        } else {
            None
        }
    })
}

/// The answer to a question that asks for nothing to be brought.
pub(in super::super) fn answer_first(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if asked.brings() || !asked.is_question() {
        return None;
    }
    look_up(FIRST, scene, asked)
}

/// The answer to any other; to one that nothing answers, that it is not known.
pub(in super::super) fn answer_last(scene: &Scene, asked: &Asked) -> Option<Answer> {
    look_up(LAST, scene, asked).or_else(|| {
        let about = scene.asked_about(&asked.whole()).map(|line| line.item);
        asked
            .only_asks()
            .then(|| house::unknown(scene).about(about))
    })
}

/// A question about the house beside an order ("two burgers please, and do you take cards"): its answer, and the words without it.
pub(in super::super) fn beside(scene: &Scene, asked: &Asked) -> Option<(Answer, String)> {
    let (topic, function) = BESIDE.iter().find(|(topic, _)| asked.about(*topic))?;
    let (question, rest) = asked.apart(*topic)?;
    let wants = Tagged::of(&rest).has(Tag::Brings);
    let ordered = scene.menu.understand(&rest, &[]).lines;
    let orders = ordered
        .iter()
        .any(|line| !line.implied && line.doubt == 0.0 && (wants || line.counted));
    if !orders {
        return None;
    }
    Some((function(scene, &question)?, rest))
}
