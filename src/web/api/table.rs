//! `GET /api/table`: the folder as it stands, every served restaurant and every file that serves nothing.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::super::Doors;
use super::refusal;

/// The rows of the last scan.
pub(in crate::web) async fn table(request: HttpRequest, doors: Data<Doors>) -> HttpResponse {
    if let Some(refusal) = refusal(&request, &doors) {
        return refusal;
    }
    HttpResponse::Ok().json(&*doors.reloader.status())
}
