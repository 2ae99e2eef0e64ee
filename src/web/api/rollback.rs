//! `POST /api/config/rollback`: an earlier version of a file, until its bytes change.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use super::config::{changed, not_done, on_the_side, small};
use crate::reload::RollbackError;
use crate::restaurant::Digest;

/// As asked.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    file: String,
    digest: String,
}

/// Pins the version and answers the scan that published it. 404: no such file or version; 409: not now, or not any more.
pub(in crate::web) async fn rollback(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let body = match small(&request, payload).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Ok(asked) = serde_json::from_slice::<Asked>(&body) else {
        return bad_request("expected {\"file\": \"bella.yaml\", \"digest\": \"...\"}");
    };
    let Some(digest) = Digest::parse(&asked.digest) else {
        return bad_request("digest must be the 64 hex digits of a version's SHA-256");
    };
    let done = on_the_side(&state, move |reloader| {
        reloader.rollback(&asked.file, &digest)
    });
    let error = match done.await {
        Ok(Ok(report)) => return changed(&report),
        Ok(Err(RollbackError::Store(error))) => return store_failed(&state.events, &error),
        Ok(Err(error)) => error,
        Err(error) => return not_done(error),
    };
    let mut refused = match error {
        RollbackError::UnknownFile(_) | RollbackError::UnknownVersion { .. } => {
            HttpResponse::NotFound()
        }
        _ => HttpResponse::Conflict(),
    };
    refused.json(json!({"error": error.to_string()}))
}
