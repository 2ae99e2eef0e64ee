//! TwiML as an HTTP answer.

use actix_web::HttpResponse;

/// 200 with an XML document.
pub(super) fn answer(document: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/xml; charset=utf-8")
        .body(document)
}
