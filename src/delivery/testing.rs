//! An order for the tests of the channels.

use crate::order::{
    LineDetails, Order, OrderChoice, OrderDetails, OrderLine, OrderState, Part, PlacedOrder,
};
use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};

/// Two tacos without onions, 9.00.
pub(super) fn placed() -> PlacedOrder {
    PlacedOrder {
        id: uuid::Uuid::from_u128(12),
        number: 12,
        account_sid: String::new(),
        call_sid: "CA1".into(),
        state: OrderState::Placed,
        placed_at: "2026-11-30T18:30:00Z".parse().unwrap(),
        generation: 1,
        digest: Digest::of(b"file"),
        order: Order {
            restaurant: RestaurantId::parse("luna").unwrap(),
            currency: Currency::USD,
            lines: vec![OrderLine {
                item: "taco".into(),
                name: "Jalapeño taco".into(),
                quantity: 2,
                price: Money::from_minor(450),
                choices: vec![OrderChoice {
                    option: "Extras".into(),
                    choice: "Onions".into(),
                    amount: Amount::None,
                    count: 1,
                    part: Part::Whole,
                    price: Money::ZERO,
                    item: None,
                    choices: vec![],
                }],
                details: LineDetails {
                    notes: vec!["cut in four".into()],
                    ..LineDetails::default()
                },
            }],
            subtotal: Money::from_minor(900),
            tax: Money::ZERO,
            total: Money::from_minor(900),
            name: None,
            fulfilment: None,
            sequence: 1,
            details: OrderDetails::default(),
        },
    }
}
