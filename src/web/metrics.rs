//! `GET /metrics`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::AppState;
use super::api::refusal;

/// Prometheus text, for whoever has the admin token.
pub(super) async fn metrics(request: HttpRequest, state: Data<AppState>) -> HttpResponse {
    if let Some(refusal) = refusal(&request, &state) {
        return refusal;
    }
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(state.events.measures().render(state.gauges()))
}
