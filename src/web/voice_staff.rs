//! The staff's telephone. `POST /voice/staff`: it rang first, and this is how that ended. `POST /voice/whisper`: what the person
//! who takes a call hears before the caller is put through.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::next_step::was_answered;
use super::public_address::public_base;
use super::signed_form::signed_form;
use super::turned_away::record;
use super::twiml_answer::answer;
use super::voice_webhook::{respond, ring};
use super::{AppState, phrases};
use crate::call::Ring;
use crate::record::Ending;
use crate::restaurant::RestaurantId;
use crate::twilio::twiml;
use crate::twilio::webhook_form::CallStatus;

/// The staff took the call, or the waiter takes it now.
pub(super) async fn staff(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let gone = form.call_status == Some(CallStatus::Completed);
    let taken = was_answered(form.dial_call_status.as_ref(), &form);
    if gone || taken {
        let owner = state.admission.owner_for(&form.account_sid, &form.to);
        let ending = if taken {
            Ending::Handoff
        } else {
            Ending::HungUp
        };
        let record = record(&form, owner.as_ref(), ending, state.clock.now());
        state.services.records.leave(record, "rang the staff");
        return answer(if gone {
            twiml::empty()
        } else {
            twiml::hangup()
        });
    }
    if state.readiness.is_draining() {
        return HttpResponse::ServiceUnavailable().finish();
    }
    let Some(base) = public_base(&request, &state) else {
        return HttpResponse::Forbidden().finish();
    };
    let ring = Ring {
        staff_rang: true,
        ..ring(&form)
    };
    answer(respond(&state, &form, &base, ring))
}

/// "A call for The Pier.": nobody picks up a telephone of their own without knowing for whom.
pub(super) async fn whisper(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    if let Err(refusal) = signed_form(&request, payload, &state).await {
        return refusal;
    }
    let query = request.query_string();
    let id = query
        .strip_prefix("restaurant=")
        .and_then(RestaurantId::parse);
    let table = state.table.load();
    let served = id.and_then(|id| table.restaurant(&id).cloned());
    answer(match served {
        Some(served) => {
            let text = phrases::WHISPER.replace("{name}", &served.restaurant.name);
            twiml::say(&text, phrases::LANGUAGE)
        }
        None => twiml::empty(),
    })
}
