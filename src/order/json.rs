//! The JSON forms of orders (`GET /api/orders`, `maitred orders --json`, `maitred call --json`): one writer for all of them.

use serde_json::{Value, json};

use super::{
    LineDetails, Measure, Order, OrderChoice, OrderFee, OrderLine, OrderTax, Part, Picked,
    PlacedOrder,
};
use crate::restaurant::{Currency, Item, Money};

/// A stored order. Amounts are decimal strings, `placed_at` is RFC 3339 in UTC to the millisecond.
///
/// `account` (Twilio's AccountSid) appears only where it is known, `name` and `fulfilment` only where the restaurant's file
/// asks for them, `sequence` only on an addition (2 and up), a choice's `part` only on half an item. `"schema": 2` says that the order uses what the second schema added:
/// `notes`, `fees`, `taxes` by class, `age`, `address`, and on lines `notes`, `unit` with a decimal `quantity`, `saving`, `deposit`,
/// `market_price`, `age`, and choices inside choices. Each of them appears only where there is something to say.
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
    if !placed.account_sid.is_empty() {
        value["account"] = json!(placed.account_sid);
    }
    if let Some(name) = &order.name {
        value["name"] = json!(name);
    }
    if let Some(fulfilment) = order.fulfilment {
        value["fulfilment"] = json!(fulfilment);
    }
    if order.sequence > 1 {
        value["sequence"] = json!(order.sequence);
    }
    add_details(&mut value, order);
    value
}

fn add_details(value: &mut Value, order: &Order) {
    let currency = order.currency;
    let details = &order.details;
    if !details.notes.is_empty() {
        value["notes"] = json!(details.notes);
    }
    if !details.fees.is_empty() {
        let fee =
            |fee: &OrderFee| json!({"name": fee.name, "amount": fee.amount.decimal(currency)});
        value["fees"] = details.fees.iter().map(fee).collect();
    }
    // One nameless class is the order's tax once more.
    if details.taxes.iter().any(|tax| !tax.class.is_empty()) {
        let tax = |tax: &OrderTax| {
            json!({
                "class": tax.class,
                "rate": percent(tax.rate_thousandths),
                "base": tax.base.decimal(currency),
                "amount": tax.amount.decimal(currency),
            })
        };
        value["taxes"] = details.taxes.iter().map(tax).collect();
    }
    if let Some(age) = details.age {
        value["age"] = json!(age);
    }
    if let Some(to) = &details.address {
        let parts = [
            ("line", &to.to_string()),
            ("number", &to.number),
            ("street", &to.street),
            ("unit", &to.unit),
            ("town", &to.town),
            ("postal_code", &to.postal_code),
        ];
        let said = parts.into_iter().filter(|(_, part)| !part.is_empty());
        value["address"] = said
            .map(|(key, part)| (key.to_owned(), json!(part)))
            .collect();
    }
    let new = ["notes", "fees", "taxes", "age", "address"]
        .iter()
        .any(|key| value.get(key).is_some());
    if new || order.lines.iter().any(uses_schema_2) {
        value["schema"] = json!(2);
    }
}

fn uses_schema_2(line: &OrderLine) -> bool {
    let nested = |choice: &OrderChoice| choice.item.is_some() || !choice.choices.is_empty();
    line.details != LineDetails::default() || line.choices.iter().any(nested)
}

/// Thousandths of a percent as a plain decimal: `8.875`.
pub(super) fn percent(thousandths: u32) -> String {
    let part = format!("{:03}", thousandths % 1000);
    match part.trim_end_matches('0') {
        "" => (thousandths / 1000).to_string(),
        part => format!("{}.{part}", thousandths / 1000),
    }
}

/// One line: item id and name, quantity, unit price with choices, and the choices.
pub fn order_line_json(line: &OrderLine, currency: Currency) -> Value {
    let details = &line.details;
    let measure = details.measure.as_ref();
    let mut value = json!({
        "item": line.item,
        "name": line.name,
        "quantity": quantity_json(line.quantity, measure.map(|(measure, _)| *measure)),
        "price": line.price.decimal(currency),
        "choices": line.choices.iter().map(order_choice_json).collect::<Vec<_>>(),
    });
    if let Some((_, unit)) = measure {
        value["unit"] = json!(unit);
    }
    if !details.notes.is_empty() {
        value["notes"] = json!(details.notes);
    }
    for (key, amount) in [("saving", details.saving), ("deposit", details.deposit)] {
        if amount != Money::ZERO {
            value[key] = json!(amount.decimal(currency));
        }
    }
    if details.market_price {
        value["market_price"] = json!(true);
    }
    if let Some(age) = details.age {
        value["age"] = json!(age);
    }
    value
}

/// A whole number of pieces, or a measure as a decimal string, so that nobody reads it through floating point.
pub fn quantity_json(quantity: u32, measure: Option<Measure>) -> Value {
    match measure {
        None => json!(quantity),
        Some(measure) => json!(measure.to_string()),
    }
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
    if let Some(item) = &choice.item {
        value["item"] = json!(item);
    }
    if !choice.choices.is_empty() {
        value["choices"] = choice.choices.iter().map(order_choice_json).collect();
    }
    value
}

/// Picks on an item as an order's choices, unpriced: what is chosen inside a choice stands inside it, if that choice is among
/// them.
pub fn picked_json(item: &Item, picked: &[Picked]) -> Vec<Value> {
    let held = |opener: (usize, usize)| {
        let mut picked = picked.iter();
        picked.any(|pick| (pick.option, pick.choice) == opener)
    };
    let outer = |pick: &&Picked| {
        let opener = item.options[pick.option].parent();
        opener.is_none_or(|opener| !held(opener))
    };
    let outer = picked.iter().filter(outer);
    outer.map(|pick| pick_json(item, picked, pick)).collect()
}

fn pick_json(item: &Item, picked: &[Picked], pick: &Picked) -> Value {
    let option = &item.options[pick.option];
    let choice = &option.choices[pick.choice];
    let mut value = json!({
        "option": option.name,
        "choice": choice.printed(),
        "amount": pick.amount,
        "count": pick.count,
    });
    if pick.part != Part::Whole {
        value["part"] = json!(pick.part);
    }
    if let Some(dish) = choice.dish() {
        value["item"] = json!(dish);
    }
    let opener = Some((pick.option, pick.choice));
    let inside = picked
        .iter()
        .filter(|p| item.options[p.option].parent() == opener);
    let inside: Vec<Value> = inside.map(|p| pick_json(item, picked, p)).collect();
    if !inside.is_empty() {
        value["choices"] = json!(inside);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Address, Fulfilment, OrderDetails, OrderState};
    use crate::restaurant::{Amount, Digest, RestaurantId};

    fn placed() -> PlacedOrder {
        let choice = |name: &str, amount, part| OrderChoice {
            option: "Toppings".into(),
            choice: name.into(),
            amount,
            count: 1,
            part,
            price: Money::from_minor(150),
            item: None,
            choices: Vec::new(),
        };
        PlacedOrder {
            id: uuid::Uuid::nil(),
            number: 12,
            account_sid: String::new(),
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
                    details: LineDetails::default(),
                }],
                subtotal: Money::from_minor(2798),
                tax: Money::from_minor(364),
                total: Money::from_minor(3162),
                name: None,
                fulfilment: None,
                sequence: 1,
                details: OrderDetails::default(),
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

    #[test]
    fn what_the_second_schema_added_is_written_where_there_is_any() {
        let mut order = placed();
        let line = &mut order.order.lines[0];
        line.quantity = 1;
        line.details = LineDetails {
            notes: vec!["well done".into()],
            measure: Measure::parse("0.75").map(|measure| (measure, "pound".into())),
            saving: Money::from_minor(100),
            deposit: Money::from_minor(10),
            market_price: true,
            age: Some(21),
        };
        line.choices[0].item = Some("cheese".into());
        line.choices[0].choices = vec![line.choices[1].clone()];
        order.order.details = OrderDetails {
            notes: vec!["no nuts".into()],
            taxes: vec![OrderTax {
                class: "food".into(),
                rate_thousandths: 8_875,
                base: Money::from_minor(100),
                amount: Money::from_minor(9),
            }],
            fees: vec![OrderFee {
                name: "Bag".into(),
                amount: Money::from_minor(10),
            }],
            tax_included: false,
            age: Some(21),
            address: Some(Address {
                number: "12".into(),
                street: "Maple Street".into(),
                postal_code: "M5V 2T6".into(),
                ..Address::default()
            }),
        };
        let value = order_json(&order);
        assert_eq!(value["schema"], 2);
        assert_eq!(value["notes"], json!(["no nuts"]));
        assert_eq!(value["age"], 21);
        let address = json!({
            "line": "12 Maple Street, M5V 2T6",
            "number": "12",
            "street": "Maple Street",
            "postal_code": "M5V 2T6",
        });
        assert_eq!(value["address"], address);
        assert_eq!(value["fees"], json!([{"name": "Bag", "amount": "0.10"}]));
        let taxes = json!([{"class": "food", "rate": "8.875", "base": "1.00", "amount": "0.09"}]);
        assert_eq!(value["taxes"], taxes);
        let line = &value["lines"][0];
        assert_eq!(
            (&line["quantity"], &line["unit"]),
            (&json!("0.75"), &json!("pound"))
        );
        assert_eq!(line["notes"], json!(["well done"]));
        assert_eq!(
            (&line["saving"], &line["deposit"]),
            (&json!("1.00"), &json!("0.10"))
        );
        assert_eq!(
            (&line["market_price"], &line["age"]),
            (&json!(true), &json!(21))
        );
        let cheese = &line["choices"][0];
        assert_eq!(cheese["item"], "cheese");
        assert_eq!(cheese["choices"][0]["choice"], "Olives");
    }
}
