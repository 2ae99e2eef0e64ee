//! Events as listeners are sent them: a name and JSON. What is of no use outside has no form here.

use serde_json::{Value, json};

use super::DomainEvent;
use super::kitchen_news::kitchen_json;
use crate::order::{order_change_json, order_json};
use crate::record::call_summary_json;

/// Of `GET /api/events`: calls, orders, kitchens and the folder.
pub(super) fn everything(event: &DomainEvent) -> Option<(&'static str, Value)> {
    match event {
        DomainEvent::CallChanged { call } => Some(("call", call.summary_json(None))),
        DomainEvent::CallEnded { record } => Some(("call", call_summary_json(record, None))),
        DomainEvent::OrderPlaced { order } => Some(("order", order_json(order))),
        DomainEvent::OrderChanged { order, change } => {
            Some(("order", order_change_json(order, change)))
        }
        DomainEvent::KitchenSaid { restaurant, news } => Some(kitchen_json(restaurant, news)),
        event => folder(event),
    }
}

/// Of `GET /api/config/events`: the folder alone.
pub fn folder(event: &DomainEvent) -> Option<(&'static str, Value)> {
    Some(match event {
        DomainEvent::ConfigFile(change) => {
            (change.news.as_str(), serde_json::to_value(change).ok()?)
        }
        DomainEvent::ConfigLoaded {
            published: true,
            generation,
            digest,
            trigger,
            served,
            held,
            ..
        } => (
            "generation",
            json!({
                "generation": generation,
                "digest": digest,
                "trigger": trigger,
                "served": served,
                "held": held,
            }),
        ),
        DomainEvent::ConfigSource { lost } => ("source", json!({"lost": lost})),
        DomainEvent::ConfigNotKept { error } => ("not_kept", json!({"error": error})),
        _ => return None,
    })
}
