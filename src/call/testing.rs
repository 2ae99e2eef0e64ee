//! Small made-up restaurants and pins for the tests of this room.

use std::sync::Arc;

use crate::call::pins::Pin;
use crate::call::purpose::Purpose;
use crate::restaurant::{
    Ask, Currency, Digest, Item, Limits, Menu, Money, PhoneNumber, Requests, Restaurant,
    RestaurantId, RestaurantParts, Schedule, SpeechChoice,
};
use crate::routing::Served;

/// Parts of a restaurant with one item, always open.
pub(crate) fn parts(id: &str, number: &str) -> RestaurantParts {
    let tea = Item::plain("tea", "Tea", Money::from_minor(250));
    RestaurantParts {
        id: RestaurantId::parse(id).unwrap(),
        name: format!("The {id}"),
        phone_numbers: vec![PhoneNumber::parse(number).unwrap()],
        enabled: true,
        language: "en-US".into(),
        currency: Currency::USD,
        address: None,
        greeting: None,
        closed_message: None,
        schedule: Schedule::default(),
        tax: None,
        fees: Vec::new(),
        minimum_order: Money::ZERO,
        requests: Requests::default(),
        ask: Ask::default(),
        pickup_minutes: None,
        delivery: None,
        payment_link: None,
        account: None,
        handoff: None,
        announce: None,
        limits: Limits::default(),
        speech: SpeechChoice::default(),
        brain: None,
        upsell: None,
        orders: Vec::new(),
        kitchen: Default::default(),
        answer: Default::default(),
        messages: false,
        pace: None,
        notify_caller: vec![],
        keep: crate::restaurant::Keep::default(),
        menu: Menu::new(Vec::new(), vec![tea]).unwrap(),
    }
}

/// `parts`, sealed and served from `ID.yaml`.
pub(crate) fn serve(parts: RestaurantParts) -> Arc<Served> {
    let id = parts.id.to_string();
    Arc::new(Served {
        restaurant: Arc::new(Restaurant::new(parts).unwrap()),
        digest: Digest::of(id.as_bytes()),
        file: format!("{id}.yaml"),
    })
}

/// A pin of a call from `from` to the restaurant `id`.
pub(crate) fn pin(id: &str, from: &str) -> Arc<Pin> {
    Arc::new(Pin {
        served: serve(parts(id, "+15551234567")),
        generation: 1,
        account_sid: "AC1".into(),
        from: from.into(),
        to: "+15551234567".into(),
        test: false,
        purpose: Purpose::Order,
    })
}
