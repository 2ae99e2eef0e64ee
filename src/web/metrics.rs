//! `GET /metrics`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::Doors;
use super::api::refusal;

/// Prometheus text, for whoever has the admin token.
pub(super) async fn metrics(request: HttpRequest, doors: Data<Doors>) -> HttpResponse {
    if let Some(refusal) = refusal(&request, &doors) {
        return refusal;
    }
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(doors.events.measures().render(doors.gauges()))
}
