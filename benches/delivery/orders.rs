//! Orders of the size that restaurants get: five lines with two choices each.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maitred::order::{
    LineDetails, Order, OrderChoice, OrderDetails, OrderLine, OrderState, Part, PlacedOrder,
    order_json,
};
use maitred::record::{CallRecord, Engines};
use maitred::restaurant::{Amount, Currency, Digest, Money, OrderChannel, Recipient, RestaurantId};
use maitred::store::Placement;

use crate::receiver::Receiver;

/// One restaurant's order, to be delivered to a path of its own.
pub fn placement(number: usize, restaurant: usize, receiver: &Receiver) -> Placement {
    let id = RestaurantId::parse(&format!("restaurant-{restaurant}")).expect("an id");
    let now = Timestamp::now();
    let sid = format!("CA{number:032x}");
    let price = Money::from_minor(450);
    let choice = |option: &str, choice: &str| OrderChoice {
        option: option.to_owned(),
        choice: choice.to_owned(),
        amount: Amount::Regular,
        count: 1,
        part: Part::Whole,
        price: Money::ZERO,
        item: None,
        choices: Vec::new(),
    };
    let line = |name: &str| OrderLine {
        item: name.to_lowercase().replace(' ', "_"),
        name: name.to_owned(),
        quantity: 2,
        price,
        choices: vec![choice("Size", "Large"), choice("Side", "House salad")],
        details: LineDetails::default(),
    };
    let lines = [
        "Grilled salmon",
        "Chicken sandwich",
        "Veggie wrap",
        "Pork taco",
        "Iced tea",
    ];
    Placement {
        call_sid: sid.clone(),
        state: OrderState::Placed,
        generation: 1,
        digest: Digest::of(b"file"),
        order: Order {
            restaurant: id.clone(),
            currency: Currency::USD,
            lines: lines.map(line).into(),
            subtotal: price.times(10),
            tax: Money::ZERO,
            total: price.times(10),
            name: Some("Ada".to_owned()),
            fulfilment: None,
            sequence: 1,
            details: OrderDetails::default(),
        },
        at: now,
        timezone: TimeZone::UTC,
        channels: vec![OrderChannel {
            to: Recipient::Webhook {
                url: receiver.url_of(restaurant),
                secret_env: "RESTAURANT_SECRET".to_owned(),
            },
            ack_seconds: None,
        }],
        record: CallRecord {
            account_sid: "AC1".to_owned(),
            sid,
            restaurant: Some(id),
            from: "+15550001111".to_owned(),
            to: "+15551234567".to_owned(),
            started_at: now,
            ended_at: None,
            ending: None,
            generation: 1,
            digest: None,
            engines: Engines {
                stt: "local".to_owned(),
                tts: "local".to_owned(),
                brain: "menu".to_owned(),
            },
            take_over: None,
            test: false,
            message: None,
            transcript: Vec::new(),
            turns: Vec::new(),
        },
    }
}

/// What the receiver gets.
pub fn body(order: &PlacedOrder) -> String {
    let at = format!("{:.3}", order.placed_at);
    serde_json::json!({"type": "order.placed", "timestamp": at, "data": order_json(order)})
        .to_string()
}
