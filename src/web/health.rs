//! `GET /healthz`, `GET /readyz`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::AppState;
use crate::words::printable;

/// Longest reason told, characters.
const MAX_REASON: usize = 200;

/// The process answers.
pub(super) async fn healthz() -> HttpResponse {
    text(HttpResponse::Ok(), "ok\n")
}

/// Table loaded, speech warm, not draining, and an order could be stored; else 503 and what is missing. A folder that cannot
/// be read is said and no reason to take no calls: what it held last is served.
pub(super) async fn readyz(state: Data<AppState>) -> HttpResponse {
    let unavailable = |missing: String| text(HttpResponse::ServiceUnavailable(), missing);
    if let Some(missing) = state.readiness.missing() {
        return unavailable(missing.to_owned());
    }
    match state.store.check_writable().await {
        Ok(()) => {
            let lost = state.reloader.source_lost();
            let lost = lost.map(|why| {
                let why = printable(&why, MAX_REASON).into_owned();
                format!("the folder of restaurants is lost ({why}); what it held last is served\n")
            });
            text(
                HttpResponse::Ok(),
                format!("ready\n{}", lost.unwrap_or_default()),
            )
        }
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
