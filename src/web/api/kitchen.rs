//! `POST /api/orders/{id}/accept|refuse|ready|redeliver`: a till or a person at a desk speaks for the restaurant.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use super::config::small;
use crate::order::{Answer, Dispatch, NotTaken, order_way_json};
use crate::words::printable;

/// Who is on record.
const BY: &str = "api";
/// Longest reason, characters.
const MAX_REASON: usize = 200;

/// The body of `accept`; an empty one is fine.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    ready_at: Option<String>,
}

/// The body of `refuse`; an empty one is fine.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    reason: Option<String>,
}

/// The restaurant makes it.
pub(in crate::web) async fn accept(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    const FORM: &str = "expected {} or {\"ready_at\": \"2026-11-30T18:45:00Z\"}";
    let said: Accepted = match read(&request, payload, FORM).await {
        Ok(said) => said,
        Err(refusal) => return refusal,
    };
    let ready_at: Option<Timestamp> = match said.ready_at.map(|text| text.parse()).transpose() {
        Ok(ready_at) => ready_at,
        Err(_) => return bad_request(FORM),
    };
    answer(&id, &state, Answer::Accept { ready_at }).await
}

/// The restaurant does not make it, or not after all.
pub(in crate::web) async fn refuse(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    const FORM: &str = "expected {} or {\"reason\": \"out of salmon\"}";
    let said: Refused = match read(&request, payload, FORM).await {
        Ok(said) => said,
        Err(refusal) => return refusal,
    };
    let reason = said
        .reason
        .map(|reason| printable(reason.trim(), MAX_REASON).into_owned());
    answer(&id, &state, Answer::Refuse { reason }).await
}

/// It can be fetched.
pub(in crate::web) async fn ready(id: Path<String>, state: Data<AppState>) -> HttpResponse {
    answer(&id, &state, Answer::Ready).await
}

/// It is sent again.
pub(in crate::web) async fn redeliver(id: Path<String>, state: Data<AppState>) -> HttpResponse {
    let now = state.clock.now();
    change(&id, &state, |dispatch| {
        dispatch.redeliver(BY, now).map(drop)
    })
    .await
}

async fn answer(id: &str, state: &AppState, answer: Answer) -> HttpResponse {
    let now = state.clock.now();
    change(id, state, |dispatch| dispatch.answer(answer, BY, now)).await
}

/// The order as it is afterwards; 404 for none, 409 for one that does not take it.
async fn change(
    id: &str,
    state: &AppState,
    work: impl FnOnce(&mut Dispatch) -> Result<(), NotTaken> + Send,
) -> HttpResponse {
    let Ok(id) = Uuid::parse_str(id) else {
        return bad_request("an order is named by its id");
    };
    let done = match state.store.dispatch(id, work).await {
        Ok(Some(done)) => done,
        Ok(None) => return HttpResponse::NotFound().json(json!({"error": "no such order"})),
        Err(error) => return store_failed(&state.events, &error),
    };
    state.events.publish_changes(&done.order, done.news);
    state.deliveries.notify_one();
    if let Err(error) = done.result {
        return HttpResponse::Conflict().json(json!({"error": error.to_string()}));
    }
    match state.store.order_ways(&[id]).await {
        Ok(ways) => {
            let way = ways.into_iter().next().unwrap_or_default();
            let told = order_way_json(&done.order, &way.deliveries, &way.changes);
            HttpResponse::Ok().json(told)
        }
        Err(error) => store_failed(&state.events, &error),
    }
}

/// A body of JSON as `form` says; nothing at all is the default.
async fn read<T: Default + serde::de::DeserializeOwned>(
    request: &HttpRequest,
    payload: Payload,
    form: &str,
) -> Result<T, HttpResponse> {
    let body = small(request, payload).await?;
    match body.iter().all(u8::is_ascii_whitespace) {
        true => Ok(T::default()),
        false => serde_json::from_slice(&body).map_err(|_| bad_request(form)),
    }
}
