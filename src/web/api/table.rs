//! `GET /api/table`: the folder as it stands, every served restaurant and every file that serves nothing.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::super::AppState;
use super::etag::tagged;
use crate::restaurant::Digest;

/// The rows of the last scan. The tag is of the whole answer: a file that only changed its status changes it too.
pub(in crate::web) async fn table(request: HttpRequest, state: Data<AppState>) -> HttpResponse {
    match serde_json::to_vec(&*state.reloader.status()) {
        Ok(body) => tagged(&request, &Digest::of(&body), "application/json", body),
        Err(error) => HttpResponse::InternalServerError().json(json!({"error": error.to_string()})),
    }
}
