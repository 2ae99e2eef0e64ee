//! JSON answers, and the one error of this room.

use actix_web::HttpResponse;
use serde_json::json;

use crate::events::{DomainEvent, Events};
use crate::store::StoreError;

/// The store could not be read: 500, the cause in the log only.
pub(super) fn store_failed(events: &Events, error: &StoreError) -> HttpResponse {
    events.publish(DomainEvent::StoreFailed {
        what: "api",
        error: error.to_string(),
    });
    HttpResponse::InternalServerError().json(json!({"error": "the store could not be read"}))
}

/// 400 with what is wrong.
pub(super) fn bad_request(message: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({"error": message}))
}
