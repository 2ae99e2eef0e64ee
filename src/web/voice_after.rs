//! `POST /voice/after`: our Connect or Dial has ended; what now?

use std::sync::Arc;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::next_step::{NextStep, Situation, next_step, was_answered};
use super::public_address::{media_url, public_base};
use super::signed_form::signed_form;
use super::twiml_answer::answer;
use super::voice_webhook::{AFTER, TOKEN, call_id, ring, whisper_at};
use super::{AppState, phrases};
use crate::call::Outcome;
use crate::events::DomainEvent;
use crate::restaurant::{Answer, PhoneNumber};
use crate::routing::Served;
use crate::twilio::twiml;
use crate::twilio::webhook_form::{CallStatus, VoiceForm};

const RING_SECONDS: u32 = Answer::RING_SECONDS;

/// Answers what comes next.
pub(super) async fn voice_after(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(base) = public_base(&request, &state) else {
        return HttpResponse::Forbidden().finish();
    };
    let outcome = state.admission.outcome(&call_id(&form), state.clock.now());
    let language = language(&state, &form, outcome.as_ref());
    let situation = Situation {
        call_status: form.call_status.clone(),
        dial_status: dial_status(&form),
        ending: outcome.as_ref().and_then(|outcome| outcome.ending),
        person: person(&state, &form, outcome.as_ref()),
        takes_messages: !state.readiness.is_draining(),
        // A draining server sends nobody back to itself.
        may_reconnect: !state.readiness.is_draining()
            && outcome
                .as_ref()
                .is_none_or(|outcome| outcome.reconnects == 0),
    };
    let without = Situation {
        may_reconnect: false,
        ..situation.clone()
    };
    let unanswered = Situation {
        takes_messages: false,
        ..situation.clone()
    };
    let step = match next_step(situation) {
        NextStep::TakeMessage => {
            let invited = state.admission.take_message(ring(&form), state.clock.now());
            match invited {
                Some(invitation) => {
                    let token = [(TOKEN.to_owned(), invitation.token)];
                    return answer(twiml::connect_stream(&media_url(&base), AFTER, &token));
                }
                // None is taken, or the caller has had the chance.
                None => next_step(unanswered),
            }
        }
        NextStep::Reconnect => match reconnect(&state, &form, &base, &language) {
            Some(document) => return answer(document),
            // Nobody owns that number any more.
            None => next_step(without),
        },
        step => step,
    };
    answer(document(
        step,
        &language,
        &whisper(&state, &form, outcome.as_ref()),
    ))
}

/// How our Dial ended; one whose leg was never joined to the caller was not answered.
fn dial_status(form: &VoiceForm) -> Option<CallStatus> {
    let status = form.dial_call_status.clone();
    match status {
        Some(CallStatus::Completed) if !was_answered(status.as_ref(), form) => {
            Some(CallStatus::NoAnswer)
        }
        status => status,
    }
}

/// What the person hears who takes a call of this restaurant.
fn whisper(state: &AppState, form: &VoiceForm, outcome: Option<&Outcome>) -> String {
    let pinned = outcome.map(|outcome| outcome.pin.served.clone());
    let served = pinned.or_else(|| owner(state, form));
    served.map_or_else(String::new, |served| whisper_at(&served.restaurant.id))
}

/// The last resort: an apology, then a person if the restaurant names one.
pub(super) fn given_up(state: &AppState, form: &VoiceForm) -> String {
    let outcome = state.admission.outcome(&call_id(form), state.clock.now());
    let step = next_step(Situation {
        call_status: form.call_status.clone(),
        dial_status: None,
        ending: None,
        person: person(state, form, outcome.as_ref()),
        takes_messages: false,
        may_reconnect: false,
    });
    let whisper = whisper(state, form, outcome.as_ref());
    document(step, &language(state, form, outcome.as_ref()), &whisper)
}

fn document(step: NextStep, language: &str, whisper: &str) -> String {
    match step {
        NextStep::Nothing => twiml::empty(),
        NextStep::Hangup => twiml::hangup(),
        NextStep::Dial(person) => twiml::dial(person.as_str(), AFTER, RING_SECONDS, whisper),
        NextStep::ApologiseAndDial(person) => twiml::say_then_dial(
            phrases::FAILED_PERSON,
            language,
            person.as_str(),
            AFTER,
            RING_SECONDS,
            whisper,
        ),
        NextStep::Apologise | NextStep::Reconnect => twiml::say_hangup(phrases::FAILED, language),
        NextStep::NobodyAnswers | NextStep::TakeMessage => {
            twiml::say_hangup(phrases::NOBODY, language)
        }
        NextStep::Busy => twiml::say_hangup(phrases::BUSY, language),
    }
}

fn reconnect(state: &AppState, form: &VoiceForm, base: &str, language: &str) -> Option<String> {
    let invitation = state.admission.reconnect(ring(form), state.clock.now())?;
    state.events.publish(DomainEvent::CallReconnected {
        call: call_id(form),
    });
    Some(twiml::say_then_connect_stream(
        phrases::LOST,
        language,
        &media_url(base),
        AFTER,
        &[(TOKEN.to_owned(), invitation.token)],
    ))
}

/// Whom to ring: the session's word, else the file's. Never a number that would ring here again.
fn person(state: &AppState, form: &VoiceForm, outcome: Option<&Outcome>) -> Option<PhoneNumber> {
    let said = outcome.and_then(|outcome| outcome.handoff.clone());
    let file = || match outcome {
        Some(outcome) => outcome.pin.served.restaurant.handoff.clone(),
        None => owner(state, form)?.restaurant.handoff.clone(),
    };
    said.or_else(file).filter(|person| {
        person.as_str() != form.to && state.admission.owner(person.as_str()).is_none()
    })
}

fn language(state: &AppState, form: &VoiceForm, outcome: Option<&Outcome>) -> String {
    let pinned = outcome.map(|outcome| outcome.pin.served.clone());
    pinned.or_else(|| owner(state, form)).map_or_else(
        || phrases::LANGUAGE.to_owned(),
        |served| served.restaurant.language.clone(),
    )
}

/// Whose number was called; nobody's for an account that it does not belong to.
fn owner(state: &AppState, form: &VoiceForm) -> Option<Arc<Served>> {
    let owner = state.admission.owner_for(&form.account_sid, &form.to)?;
    Some(owner.served)
}
