//! `GET /metrics`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::AppState;

/// Prometheus text, for whoever has the admin token.
pub(super) async fn metrics(state: Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(state.events.measures().render(state.gauges()))
}
