//! `POST /voice/fallback`: Twilio could not use an answer of ours. The caller is not left with an error message: a
//! person is rung if the file names one, else an apology is said.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::AppState;
use super::signed_form::signed_form;
use super::twiml_answer::answer;
use super::voice_after;
use super::voice_webhook::call_id;
use crate::events::DomainEvent;

/// Answers as after a failed call that cannot be connected again.
pub(super) async fn voice_fallback(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    state.events.publish(DomainEvent::FallbackAsked {
        call: call_id(&form),
        code: form.error_code.clone(),
    });
    answer(voice_after::given_up(&state, &form))
}
