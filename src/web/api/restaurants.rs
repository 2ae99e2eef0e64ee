//! `GET /api/restaurants/{id}`: the text of the file that is served, byte for byte.

use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::super::AppState;
use super::answer::store_failed;
use super::etag::tagged;
use crate::restaurant::RestaurantId;
use crate::store::{FileVersion, StoreError};

/// How often a restaurant is looked up again when it moves between the table and the store.
const TRIES: usize = 3;

/// The bytes of the version in force, which need not be those on disk; the tag is their SHA-256.
pub(in crate::web) async fn restaurant(
    request: HttpRequest,
    id: Path<String>,
    state: Data<AppState>,
) -> HttpResponse {
    let served = match RestaurantId::parse(&id) {
        Some(id) => served(&state, &id).await,
        None => Ok(None),
    };
    match served {
        Ok(Some(version)) => tagged(
            &request,
            &version.digest,
            "text/plain; charset=utf-8",
            Arc::unwrap_or_clone(version.bytes),
        ),
        Ok(None) => HttpResponse::NotFound().json(json!({"error": "no such restaurant is served"})),
        Err(error) => store_failed(&state.events, &error),
    }
}

/// Every version is in the store before it is in the table, under the file's name of then: one that was renamed since the
/// table was loaded is found at the next try.
async fn served(state: &AppState, id: &RestaurantId) -> Result<Option<FileVersion>, StoreError> {
    for _ in 0..TRIES {
        let table = state.table.load();
        let Some(served) = table.restaurant(id) else {
            return Ok(None);
        };
        let version = state
            .store
            .file_version(&served.file, &served.digest)
            .await?;
        if version.is_some() {
            return Ok(version);
        }
    }
    Ok(None)
}
