//! `GET /healthz`, `GET /readyz`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::AppState;

/// The process answers.
pub(super) async fn healthz() -> HttpResponse {
    text(HttpResponse::Ok(), "ok\n")
}

/// Table loaded, speech warm, not draining, and an order could be stored; else 503 and what is missing.
pub(super) async fn readyz(state: Data<AppState>) -> HttpResponse {
    let unavailable = |missing: String| text(HttpResponse::ServiceUnavailable(), missing);
    if let Some(missing) = state.readiness.missing() {
        return unavailable(missing.to_owned());
    }
    match state.store.check_writable().await {
        Ok(()) => text(HttpResponse::Ok(), "ready\n"),
        Err(reason) => unavailable(format!("orders are not safe: {reason}\n")),
    }
}

fn text(
    mut response: actix_web::HttpResponseBuilder,
    body: impl Into<std::borrow::Cow<'static, str>>,
) -> HttpResponse {
    response
        .content_type("text/plain; charset=utf-8")
        .body(body.into().into_owned())
}
