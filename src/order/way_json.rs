//! The JSON forms of an order's way to its restaurant.

use serde_json::{Value, json};

use super::{Delivery, OrderChange, PlacedOrder, order_json};

/// A stored order with its `history` and `deliveries`, as `GET /api/orders` has it.
pub fn order_way_json(
    placed: &PlacedOrder,
    deliveries: &[Delivery],
    changes: &[OrderChange],
) -> Value {
    let mut value = order_json(placed);
    value["history"] = changes.iter().map(change_json).collect();
    let used = deliveries.iter().filter(|d| !d.is_unused_text());
    value["deliveries"] = used.map(delivery_json).collect();
    value
}

/// A stored order and what just happened to it, as `GET /api/events` tells it.
pub fn order_change_json(placed: &PlacedOrder, change: &OrderChange) -> Value {
    let mut value = order_json(placed);
    value["change"] = change_json(change);
    value
}

/// `what`, `at`, `by`, and where there are any `reason` and `ready_at`.
fn change_json(change: &OrderChange) -> Value {
    let mut value = json!({
        "what": change.what,
        "at": format!("{:.3}", change.at),
        "by": change.by,
    });
    if let Some(reason) = &change.reason {
        value["reason"] = json!(reason);
    }
    if let Some(ready_at) = change.ready_at {
        value["ready_at"] = json!(format!("{ready_at:.0}"));
    }
    value
}

/// Of an address only its host: the path may hold a token, a number is personal.
fn delivery_json(delivery: &Delivery) -> Value {
    let mut value = json!({
        "id": delivery.id.to_string(),
        "channel": delivery.channel.kind(),
        "destination": delivery.channel.destination(),
        "state": delivery.state,
        "tries": delivery.tries,
    });
    if delivery.state == super::DeliveryState::Due {
        value["next_at"] = json!(format!("{:.3}", delivery.next_at));
    }
    if let Some(until) = delivery.holds_until {
        value["answer_until"] = json!(format!("{until:.3}"));
    }
    if let Some(sent_at) = delivery.sent_at {
        value["sent_at"] = json!(format!("{sent_at:.3}"));
    }
    if let Some(error) = &delivery.error {
        value["error"] = json!(error);
    }
    value
}
