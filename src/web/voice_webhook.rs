//! `POST /voice`: a call rings. Answered from memory, within microseconds; there is no I/O on this path.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::public_address::{media_url, public_base};
use super::signed_form::signed_form;
use super::turned_away::record;
use super::twiml_answer::answer;
use super::{AppState, kitchen_keys, phrases};
use crate::call::{Admit, CallId, Cap, Invitation, Owner, Ring, closed_message};
use crate::events::DomainEvent;
use crate::record::Ending;
use crate::restaurant::RestaurantId;
use crate::twilio::twiml;
use crate::twilio::webhook_form::{CallStatus, VoiceForm};

/// The `<Parameter>` that carries the media token.
pub(super) const TOKEN: &str = "token";
/// Asked when a Connect or a Dial of ours has ended.
pub(super) const AFTER: &str = "/voice/after";
/// Asked when the staff's telephone, which rang first, has ended.
const STAFF: &str = "/voice/staff";

/// Answers a ring.
pub(super) async fn voice(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    if is_status_callback(&form) {
        // Somebody gave this address where `/voice/status` belongs. That call is over: no pin, no token.
        state.events.publish(DomainEvent::WebhookRefused {
            path: request.path().to_owned(),
            reason: "status_callback",
            detail: Some("a status callback; its address is /voice/status".to_owned()),
            names: Vec::new(),
        });
        return answer(twiml::empty());
    }
    if state.readiness.is_draining() {
        // Twilio then asks the fallback, or another replica.
        return HttpResponse::ServiceUnavailable().finish();
    }
    if let Some(greeting) = kitchen_keys::greet(&state, &form) {
        return greeting;
    }
    let Some(base) = public_base(&request, &state) else {
        return HttpResponse::Forbidden().finish();
    };
    answer(respond(&state, &form, &base, ring(&form)))
}

/// What the caller hears, and who is rung.
pub(super) fn respond(state: &AppState, form: &VoiceForm, base: &str, ring: Ring<'_>) -> String {
    let now = state.clock.now();
    match state.admission.admit(ring, now) {
        Admit::Admitted(invitation) => {
            publish_invitation(state, form, &invitation);
            let parameters = [(TOKEN.to_owned(), invitation.token)];
            twiml::connect_stream(&media_url(base), AFTER, &parameters)
        }
        Admit::RingStaff {
            owner,
            person,
            seconds,
        } => {
            let whisper = whisper_at(&owner.served.restaurant.id);
            twiml::dial(person.as_str(), STAFF, seconds, &whisper)
        }
        Admit::Unanswered { owner } => {
            turn_away(state, form, Some(&owner), "unanswered");
            twiml::say_hangup(phrases::NOBODY, &owner.served.restaurant.language)
        }
        Admit::Closed { owner, next_open } => {
            turn_away(state, form, Some(&owner), "closed");
            let served = &owner.served;
            let text = closed_message(&served.restaurant, next_open.as_ref(), now);
            twiml::say_hangup(&text, &served.restaurant.language)
        }
        Admit::Disabled { owner } => {
            turn_away(state, form, Some(&owner), "disabled");
            let served = &owner.served;
            let text = closed_message(&served.restaurant, None, now);
            twiml::say_hangup(&text, &served.restaurant.language)
        }
        Admit::OverCap { owner, cap } => {
            turn_away(state, form, Some(&owner), cap_reason(cap));
            let language = &owner.served.restaurant.language;
            twiml::say_hangup(phrases::BUSY, language)
        }
        Admit::Foreign => {
            turn_away(state, form, None, "foreign_account");
            twiml::say_hangup(phrases::UNKNOWN, phrases::LANGUAGE)
        }
        Admit::Unknown => {
            turn_away(state, form, None, "unknown");
            twiml::say_hangup(phrases::UNKNOWN, phrases::LANGUAGE)
        }
    }
}

/// Is this word of a call's end rather than of a call that rings?
fn is_status_callback(form: &VoiceForm) -> bool {
    let over = matches!(
        form.call_status,
        Some(
            CallStatus::Completed
                | CallStatus::Busy
                | CallStatus::Failed
                | CallStatus::NoAnswer
                | CallStatus::Canceled
        )
    );
    over || form.pairs.iter().any(|(name, _)| name == "CallbackSource")
}

/// The call a form is about.
pub(super) fn call_id(form: &VoiceForm) -> CallId {
    CallId::new(&form.account_sid, &form.call_sid)
}

/// What admission needs of a form.
pub(super) fn ring(form: &VoiceForm) -> Ring<'_> {
    Ring {
        call_sid: &form.call_sid,
        account_sid: &form.account_sid,
        from: &form.from,
        to: &form.to,
        test: form.test,
        staff_rang: false,
    }
}

/// Where the person who takes a call of this restaurant is told so.
pub(super) fn whisper_at(id: &RestaurantId) -> String {
    format!("/voice/whisper?restaurant={id}")
}

/// The stable name of a bound that was reached.
pub(super) fn cap_reason(cap: Cap) -> &'static str {
    match cap {
        Cap::Restaurant => "over_cap_restaurant",
        Cap::Caller => "over_cap_caller",
        Cap::Server => "over_cap_server",
    }
}

fn publish_invitation(state: &AppState, form: &VoiceForm, invitation: &Invitation) {
    if invitation.dropped_pins > 0 {
        state.events.publish(DomainEvent::PinsDropped {
            count: invitation.dropped_pins,
        });
    }
    state.events.publish(DomainEvent::CallInvited {
        call: call_id(form),
        restaurant: invitation.pin.served.restaurant.id.clone(),
        from: form.from.clone(),
    });
}

fn turn_away(state: &AppState, form: &VoiceForm, owner: Option<&Owner>, reason: &'static str) {
    let ending = match reason {
        "closed" | "disabled" => Ending::Closed,
        "unanswered" => Ending::Handoff,
        _ => Ending::Refused,
    };
    let now = state.clock.now();
    let record = record(form, owner, ending, now);
    state.services.records.leave(record, "turned_away");
    state.events.publish(DomainEvent::CallTurnedAway {
        call: call_id(form),
        restaurant: owner.map(|owner| owner.served.restaurant.id.clone()),
        from: form.from.clone(),
        to: form.to.clone(),
        reason,
    });
}
