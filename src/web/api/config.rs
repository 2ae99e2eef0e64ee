//! `POST /api/config/reload`, `/confirm`, `/validate`: the folder on request.

use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::super::AppState;
use super::super::body::{BodyError, whole};
use super::answer::bad_request;
use crate::reload::{AsideError, NotHeld, ReloadReport, Reloader, Trigger};

/// A restaurant's file and a byte, so that one that is too large is told so in words.
const MAX_FILE: usize = crate::config::MAX_BYTES + 1;
/// Of every other request; the ids of ten thousand restaurants fit.
const MAX_JSON: usize = 1024 * 1024;

/// What `/confirm` is told: `{}` for all, or `{"ids": [...]}`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    ids: Option<Vec<String>>,
}

/// Scans now and answers the result of that very scan.
pub(in crate::web) async fn reload(state: Data<AppState>) -> HttpResponse {
    match on_the_side(&state, |reloader| reloader.scan_now(Trigger::Api)).await {
        Ok(report) => HttpResponse::Ok().json(told(&report)),
        Err(error) => not_done(error),
    }
}

/// Lets held removals go. 409 when one of the ids has none; then none goes.
pub(in crate::web) async fn confirm(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let body = match small(&request, payload).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Ok(confirmation) = serde_json::from_slice::<Confirmation>(&body) else {
        return bad_request("expected {} for all held removals, or {\"ids\": [\"...\"]}");
    };
    let confirmed = on_the_side(&state, move |reloader| {
        reloader.confirm(confirmation.ids.as_deref())
    });
    match confirmed.await {
        Ok(Ok(report)) => changed(&report),
        Ok(Err(error @ NotHeld(_))) => {
            HttpResponse::Conflict().json(json!({"error": error.to_string()}))
        }
        Err(error) => not_done(error),
    }
}

/// What the server would say to a file with this text; nothing is kept.
pub(in crate::web) async fn validate(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let body = match whole(&request, payload, MAX_FILE).await {
        Ok(body) => body,
        Err(refusal) => return refused(refusal),
    };
    let reading = match on_the_side(&state, move |reloader| reloader.validate(&body)).await {
        Ok(reading) => reading,
        Err(error) => return not_done(error),
    };
    let status = if reading.restaurant.is_some() {
        "ok"
    } else {
        "rejected"
    };
    HttpResponse::Ok()
        .json(json!({"id": reading.id, "status": status, "problems": reading.problems}))
}

/// The body of a request that is a few words of JSON, or the refusal to send.
pub(super) async fn small(request: &HttpRequest, payload: Payload) -> Result<Bytes, HttpResponse> {
    whole(request, payload, MAX_JSON).await.map_err(refused)
}

fn refused(error: BodyError) -> HttpResponse {
    HttpResponse::build(error.status()).json(json!({"error": error.to_string()}))
}

/// Reading and parsing take milliseconds to seconds, and a network folder may not answer at all: not on a thread that serves
/// calls.
pub(super) async fn on_the_side<T: Send + 'static>(
    state: &AppState,
    work: impl FnOnce(&Reloader) -> T + Send + 'static,
) -> Result<T, AsideError> {
    state.reloader.aside(work).await
}

/// 503 when the folder does not answer, 500 when the scan broke.
pub(super) fn not_done(error: AsideError) -> HttpResponse {
    let mut answer = match error {
        AsideError::TookTooLong | AsideError::Busy => HttpResponse::ServiceUnavailable(),
        AsideError::Failed => HttpResponse::InternalServerError(),
    };
    answer.json(json!({"error": error.to_string()}))
}

/// What a scan found; 503 when something was to be changed and the store refused it.
pub(super) fn changed(report: &ReloadReport) -> HttpResponse {
    match report.store_refused {
        None => HttpResponse::Ok().json(told(report)),
        Some(_) => HttpResponse::ServiceUnavailable().json(told(report)),
    }
}

fn told(report: &ReloadReport) -> Value {
    json!({
        "scan": report.scan,
        "generation": report.generation,
        "published": report.published,
        "listed": report.listed,
        "held": report.held,
        "files": report.files,
        "source_lost": report.source_lost,
        "store_refused": report.store_refused,
    })
}
