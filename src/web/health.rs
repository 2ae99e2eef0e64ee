//! `GET /healthz`, `GET /readyz`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::AppState;

/// The process answers.
pub(super) async fn healthz() -> HttpResponse {
    text(HttpResponse::Ok(), "ok\n")
}

/// Table loaded, speech warm, not draining; else 503 and what is missing.
pub(super) async fn readyz(state: Data<AppState>) -> HttpResponse {
    match state.readiness.missing() {
        None => text(HttpResponse::Ok(), "ready\n"),
        Some(missing) => text(HttpResponse::ServiceUnavailable(), missing),
    }
}

fn text(mut response: actix_web::HttpResponseBuilder, body: &'static str) -> HttpResponse {
    response
        .content_type("text/plain; charset=utf-8")
        .body(body)
}
