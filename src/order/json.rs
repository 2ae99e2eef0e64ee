//! The JSON forms of orders (`GET /api/orders`, `maitred orders --json`, `maitred call --json`): one writer for all of them.

use serde_json::{Value, json};

use super::{OrderChoice, OrderLine, Part, PlacedOrder};
use crate::restaurant::Currency;

/// A stored order. Amounts are decimal strings, `placed_at` is RFC 3339 in UTC to the millisecond.
///
/// `name` and `fulfilment` appear only where the restaurant's file asks for them, `sequence` only on an addition
/// (2 and up), a choice's `part` only on half an item.
pub fn order_json(placed: &PlacedOrder) -> Value {
    let order = &placed.order;
    let mut value = json!({
        "id": placed.id.to_string(),
        "number": placed.number,
        "call_sid": placed.call_sid,
        "restaurant": order.restaurant.as_str(),
        "state": placed.state,
        "placed_at": format!("{:.3}", placed.placed_at),
        "currency": order.currency.code(),
        "subtotal": order.subtotal.decimal(order.currency),
        "tax": order.tax.decimal(order.currency),
        "total": order.total.decimal(order.currency),
        "lines": order.lines.iter().map(|line| order_line_json(line, order.currency)).collect::<Vec<_>>(),
        "generation": placed.generation,
        "digest": placed.digest.as_str(),
    });
    if let Some(name) = &order.name {
        value["name"] = json!(name);
    }
    if let Some(fulfilment) = order.fulfilment {
        value["fulfilment"] = json!(fulfilment);
    }
    if order.sequence > 1 {
        value["sequence"] = json!(order.sequence);
    }
    value
}

/// One line: item id and name, quantity, unit price with choices, and the choices.
pub fn order_line_json(line: &OrderLine, currency: Currency) -> Value {
    json!({
        "item": line.item,
        "name": line.name,
        "quantity": line.quantity,
        "price": line.price.decimal(currency),
        "choices": line.choices.iter().map(order_choice_json).collect::<Vec<_>>(),
    })
}

fn order_choice_json(choice: &OrderChoice) -> Value {
    let mut value = json!({
        "option": choice.option,
        "choice": choice.choice,
        "amount": choice.amount,
        "count": choice.count,
    });
    if choice.part != Part::Whole {
        value["part"] = json!(choice.part);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Fulfilment, Order, OrderState};
    use crate::restaurant::{Amount, Digest, Money, RestaurantId};

    fn placed() -> PlacedOrder {
        let choice = |name: &str, amount, part| OrderChoice {
            option: "Toppings".into(),
            choice: name.into(),
            amount,
            count: 1,
            part,
            price: Money::from_minor(150),
        };
        PlacedOrder {
            id: uuid::Uuid::nil(),
            number: 12,
            call_sid: "CA1".into(),
            state: OrderState::Placed,
            placed_at: "2026-11-23T18:30:00.123456789Z".parse().unwrap(),
            generation: 3,
            digest: Digest::of(b"file"),
            order: Order {
                restaurant: RestaurantId::parse("bellas").unwrap(),
                currency: Currency::USD,
                lines: vec![OrderLine {
                    item: "m1".into(),
                    name: "Pepperoni Pizza".into(),
                    quantity: 2,
                    price: Money::from_minor(1399),
                    choices: vec![
                        choice("Cheese", Amount::Extra, Part::Whole),
                        choice("Olives", Amount::Regular, Part::Left),
                    ],
                }],
                subtotal: Money::from_minor(2798),
                tax: Money::from_minor(364),
                total: Money::from_minor(3162),
                name: None,
                fulfilment: None,
                sequence: 1,
            },
        }
    }

    #[test]
    fn an_order_is_written_as_the_contract_says() {
        let expected = json!({
            "id": "00000000-0000-0000-0000-000000000000",
            "number": 12,
            "call_sid": "CA1",
            "restaurant": "bellas",
            "state": "placed",
            "placed_at": "2026-11-23T18:30:00.123Z",
            "currency": "USD",
            "subtotal": "27.98",
            "tax": "3.64",
            "total": "31.62",
            "lines": [{
                "item": "m1", "name": "Pepperoni Pizza", "quantity": 2, "price": "13.99",
                "choices": [
                    {"option": "Toppings", "choice": "Cheese", "amount": "extra", "count": 1},
                    {"option": "Toppings", "choice": "Olives", "amount": "regular", "count": 1, "part": "left"},
                ],
            }],
            "generation": 3,
            "digest": Digest::of(b"file").as_str(),
        });
        assert_eq!(order_json(&placed()), expected);
    }

    #[test]
    fn what_was_asked_besides_the_food_is_added_when_there_is_any() {
        let mut order = placed();
        order.order.name = Some("Ada".into());
        order.order.fulfilment = Some(Fulfilment::Pickup);
        order.order.sequence = 2;
        let value = order_json(&order);
        assert_eq!(value["name"], "Ada");
        assert_eq!(value["fulfilment"], "pickup");
        assert_eq!(value["sequence"], 2);
    }
}
