//! Questions about the house: where, how long, how it is paid for and fetched, and what no file says.

use super::super::lexicon::Topic;
use super::super::question::Question;
use super::answer::Answer;
use super::asked::Asked;
use super::scene::Scene;
use crate::restaurant::Money;

pub(super) fn address(scene: &Scene, _: &Asked) -> Option<Answer> {
    Some(Answer::fixed(match &scene.restaurant.address {
        Some(address) => scene.words.address(address),
        None => scene.words.address_unknown(),
    }))
}

pub(super) fn phone(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let number = scene.restaurant.phone_numbers.first();
    Some(match number {
        Some(number) => Answer::fixed(scene.words.phone(number.as_str())),
        None => unknown(scene),
    })
}

/// How long it takes, where the file says so.
pub(super) fn wait(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    Some(match scene.restaurant.pickup_minutes {
        Some(minutes) => Answer::fixed(scene.words.ready_in(minutes)),
        None => unknown(scene),
    })
}

/// Not while the caller is asked just that.
pub(super) fn delivery(scene: &Scene, asked: &Asked) -> Option<Answer> {
    // "Two lattes, delivered": an order.
    let ordered = scene.asked_about(&asked.without(&[Topic::Delivery]));
    if scene.restaurant.delivery.is_some() && ordered.is_some() && !asked.is_question() {
        return None;
    }
    let asked = scene.restaurant.ask.fulfilment;
    if let Some(terms) = &scene.restaurant.delivery {
        let show = |amount: Money| {
            let some = amount != Money::ZERO;
            some.then(|| amount.display(scene.restaurant.currency))
        };
        let (fee, minimum) = (show(terms.fee), show(terms.minimum));
        let told = scene.words.we_deliver(fee.as_deref(), minimum.as_deref());
        return (*scene.question != Question::Fulfilment).then(|| Answer::fixed(told));
    }
    (*scene.question != Question::Fulfilment)
        .then(|| Answer::fixed(scene.words.about_delivery(asked)))
}

pub(super) fn pickup(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let asks = asked.is_question() && *scene.question != Question::Fulfilment;
    asks.then(|| Answer::fixed(scene.words.about_pickup()))
}

/// "Do you take cards?" asks nothing about a dish.
pub(super) fn paying(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let beside = scene.asked_about(&asked.without(&[Topic::Paying]));
    beside
        .is_none()
        .then(|| match scene.restaurant.payment_link {
            Some(_) => Answer::fixed(scene.words.link_to_pay()),
            None => Answer::fixed(scene.words.about_paying()),
        })
}

pub(super) fn minimum(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let minimum = scene.restaurant.minimum_order;
    Some(Answer::fixed(if minimum == Money::ZERO {
        scene.words.no_minimum()
    } else {
        let shown = minimum.display(scene.restaurant.currency);
        scene.words.minimum_is(&shown)
    }))
}

/// What is sold only to those who are old enough.
pub(super) fn age(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let age_of = |at: usize| {
        scene
            .item(at)
            .details
            .as_ref()
            .and_then(|details| details.age)
    };
    let bound: Vec<usize> = scene
        .available()
        .filter(|&at| age_of(at).is_some())
        .collect();
    let oldest = bound.iter().filter_map(|&at| age_of(at)).max();
    let named = scene.surely_meant(&asked.without(&[Topic::Age]));
    Some(match (oldest, named.filter(|&at| age_of(at).is_none())) {
        (_, Some(_)) | (None, None) => Answer::fixed(scene.words.no_age()),
        (Some(age), None) => {
            let names = scene.names_of(&bound);
            Answer::fixed(scene.words.age_needed(&names, age)).listing(&bound)
        }
    })
}

/// Always told: nobody is left in the belief that a person listens.
pub(super) fn robot(scene: &Scene, _: &Asked) -> Option<Answer> {
    let mut answer = Answer::fixed(scene.words.i_am_automated());
    if scene.restaurant.handoff.is_some() {
        answer.speech.fixed(scene.words.person_can_say());
    }
    Some(answer)
}

/// Parking, reservations, wifi: nothing a file says, unless a dish is called so.
pub(super) fn not_in_the_file(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let asks = asked.is_question() || asked.begins(super::super::lexicon::Tag::Ask(Topic::House));
    let sure = scene
        .asked_about(&asked.rest())
        .is_some_and(|line| line.doubt == 0.0);
    (asks && !sure).then(|| unknown(scene))
}

/// "I don't know that", and a person who may.
pub(super) fn unknown(scene: &Scene) -> Answer {
    let person = scene.restaurant.handoff.is_some();
    Answer::fixed(scene.words.do_not_know(person))
}
