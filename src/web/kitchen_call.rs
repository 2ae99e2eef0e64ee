//! `/voice/kitchen/{token}`: the call to a restaurant about an order. Twilio asks what to say when somebody answers, again with the
//! key that was pressed, and tells (`/over`) how the call ended. Signed as every webhook of Twilio's, and opened by a token of
//! that order and delivery: the first answer counts, after it the token opens nothing more.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::AppState;
use super::signed_form::signed_form;
use super::twiml_answer::answer;
use crate::delivery::{open_call, read_to_kitchen};
use crate::events::DomainEvent;
use crate::order::{Answer, Dispatch, NotTaken, OrderState, PlacedOrder};
use crate::store::{Dispatched, StoreError};
use crate::twilio::twiml;
use crate::twilio::webhook_form::{CallStatus, VoiceForm};

/// Seconds that a key is waited for.
const KEY_TIMEOUT: u32 = 8;
/// What is said to a kitchen is English, as its tickets are.
const LANGUAGE: &str = "en-US";

const ASK: &str = "Press 1 to accept it, or 2 to refuse it.";
const NO_KEY: &str = "No key was pressed. The order is not answered. Goodbye.";
const ACCEPTED: &str = "Thank you. The order is accepted. Goodbye.";
const REFUSED: &str = "The order is refused. Goodbye.";
const ANSWERED: &str = "This order has been answered already. Goodbye.";
const UNKNOWN: &str = "Sorry, this call is about no order that we know. Goodbye.";
const NOT_KEPT: &str =
    "Sorry, your answer could not be kept. Please use the link or call. Goodbye.";

/// Reads the order, or takes the key.
pub(super) async fn kitchen(
    request: HttpRequest,
    token: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some((id, _)) = opened(&token, &state) else {
        return said(UNKNOWN);
    };
    let said_to_it = match form.digits.as_deref() {
        Some("1") => Some((Answer::Accept { ready_at: None }, ACCEPTED)),
        Some("2") => Some((Answer::Refuse { reason: None }, REFUSED)),
        _ => None,
    };
    let Some((taken, thanks)) = said_to_it else {
        return match state.store.order(id).await {
            Ok(Some(order)) => read(&order, &token, &state),
            Ok(None) => said(UNKNOWN),
            Err(error) => not_kept(&state, &error),
        };
    };
    let now = state.clock.now();
    let done = state
        .store
        .dispatch(id, |dispatch| dispatch.answer_first(taken, "call", now));
    match done.await {
        Ok(Some(done)) => {
            let result = done.result;
            publish(&state, done);
            match result {
                Ok(()) => said(thanks),
                Err(NotTaken::Test | NotTaken::NoChannel) => said(UNKNOWN),
                Err(_) => said(ANSWERED),
            }
        }
        Ok(None) => said(UNKNOWN),
        Err(error) => not_kept(&state, &error),
    }
}

/// The call is over; nobody answered unless a key was pressed before.
pub(super) async fn over(
    request: HttpRequest,
    token: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    if let (Some((order, delivery)), Some(why)) = (opened(&token, &state), why_silent(&form)) {
        let now = state.clock.now();
        let work = |dispatch: &mut Dispatch| dispatch.give_up_waiting(delivery, why, now);
        match state.store.dispatch(order, work).await {
            Ok(Some(done)) => publish(&state, done),
            Ok(None) => {}
            // The wait ends by itself.
            Err(error) => store_failed(&state, &error),
        }
    }
    HttpResponse::NoContent().finish()
}

/// Why a call that is over got no answer; `None` while it is not over.
fn why_silent(form: &VoiceForm) -> Option<&'static str> {
    Some(match form.call_status.as_ref()? {
        CallStatus::Completed => "somebody answered the telephone and pressed no key",
        CallStatus::Busy => "the line was busy",
        CallStatus::NoAnswer => "nobody answered the telephone",
        CallStatus::Failed => "the telephone could not be rung",
        CallStatus::Canceled => "the call was cancelled",
        _ => return None,
    })
}

fn opened(token: &str, state: &AppState) -> Option<(Uuid, Uuid)> {
    let opened = open_call(&state.secret, token, state.clock.now()).ok();
    if opened.is_none() {
        let reason = "bad_ack_token";
        state.events.publish(DomainEvent::RequestRefused { reason });
    }
    opened
}

fn read(order: &PlacedOrder, token: &str, state: &AppState) -> HttpResponse {
    if !matches!(
        order.state,
        OrderState::Placed | OrderState::Sent | OrderState::Failed
    ) {
        return said(ANSWERED);
    }
    let table = state.table.load();
    let served = table.restaurant(&order.order.restaurant);
    let name = served.map_or(order.order.restaurant.as_str(), |served| {
        served.restaurant.name.as_str()
    });
    let text = format!("{} {ASK}", read_to_kitchen(order, name));
    let action = format!("/voice/kitchen/{token}");
    answer(twiml::gather_key(
        &text,
        NO_KEY,
        LANGUAGE,
        &action,
        KEY_TIMEOUT,
    ))
}

fn said(sentence: &str) -> HttpResponse {
    answer(twiml::say_hangup(sentence, LANGUAGE))
}

fn publish<T>(state: &AppState, done: Dispatched<T>) {
    state.events.publish_changes(&done.order, done.news);
    state.deliveries.notify_one();
}

fn not_kept(state: &AppState, error: &StoreError) -> HttpResponse {
    store_failed(state, error);
    said(NOT_KEPT)
}

fn store_failed(state: &AppState, error: &StoreError) {
    state.events.publish(DomainEvent::StoreFailed {
        what: "answer an order",
        error: error.to_string(),
    });
}
