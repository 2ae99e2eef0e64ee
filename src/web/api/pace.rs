//! `GET/PUT /api/restaurants/{id}/pace`: how fast the kitchen is for now, or that it takes no orders.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use super::config::small;
use super::sold_out::{BY, end, no_restaurant, restaurant};
use crate::events::pace_json;
use crate::restaurant::Pace;

/// Most minutes.
const LONGEST: u32 = 1440;

/// The body of a PUT; `{}`: as the file says again.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    ready_in_minutes: Option<u32>,
    #[serde(default)]
    paused: bool,
    until: Option<String>,
}

/// As it is now.
pub(in crate::web) async fn look(id: Path<String>, state: Data<AppState>) -> HttpResponse {
    let Some(restaurant) = restaurant(&state, &id) else {
        return no_restaurant();
    };
    let status = state
        .services
        .kitchen
        .status(&restaurant.id, state.clock.now());
    HttpResponse::Ok().json(pace_json(status.pace.as_ref()))
}

/// From now on, until closing time or as the body says.
pub(in crate::web) async fn put(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let Some(restaurant) = restaurant(&state, &id) else {
        return no_restaurant();
    };
    let body = match small(&request, payload).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    const FORM: &str = "expected {\"ready_in_minutes\": 45}, {\"paused\": true} or {}; \"until\" may say for how long";
    let asked: Option<Asked> = serde_json::from_slice(&body).ok();
    let Some(asked) = asked.filter(|asked| asked.ready_in_minutes.is_none_or(|m| m <= LONGEST))
    else {
        return bad_request(FORM);
    };
    let now = state.clock.now();
    let Some(until) = end(asked.until.as_deref(), &restaurant, now) else {
        return bad_request(FORM);
    };
    let says = asked.paused || asked.ready_in_minutes.is_some();
    let pace = says.then(|| Pace {
        ready_in_minutes: asked.ready_in_minutes,
        paused: asked.paused,
        since: now,
        until,
        by: BY.to_owned(),
    });
    let board = &state.services.kitchen;
    match board.set_pace(&restaurant.id, pace.clone(), now).await {
        Ok(()) => HttpResponse::Ok().json(pace_json(pace.as_ref())),
        Err(error) => store_failed(&state.events, &error),
    }
}
