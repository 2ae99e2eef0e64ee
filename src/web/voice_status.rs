//! `POST /voice/status`: Twilio tells how a call ended. Our own record tells more, so it is only logged.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::AppState;
use super::signed_form::signed_form;

/// Takes note.
pub(super) async fn voice_status(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    match signed_form(&request, payload, &state).await {
        Ok(form) => {
            tracing::debug!(call = %form.call_sid, status = form.call_status.as_ref().map_or("-", |s| s.as_word()), seconds = form.call_duration, "status");
            HttpResponse::NoContent().finish()
        }
        Err(refusal) => refusal,
    }
}
