//! `GET/PUT/DELETE /api/restaurants/{id}/sold-out/{item}`: what is sold out for now, beside the file. `{item}` is a dish's id, or
//! the name of a choice. `GET .../sold-out` lists.

use std::sync::Arc;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use super::config::small;
use crate::call::{NotMarked, name_of};
use crate::events::{sellable_json, sold_out_json};
use crate::restaurant::{Restaurant, RestaurantId, Sellable, SoldOut};

/// Who is on record.
pub(super) const BY: &str = "api";
/// Furthest end that may be set.
const FURTHEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// The body of a PUT; an empty one is fine.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Until {
    until: Option<String>,
}

/// Everything that is sold out.
pub(in crate::web) async fn list(id: Path<String>, state: Data<AppState>) -> HttpResponse {
    let Some(restaurant) = restaurant(&state, &id) else {
        return no_restaurant();
    };
    let status = state
        .services
        .kitchen
        .status(&restaurant.id, state.clock.now());
    let marks: Vec<_> = status
        .sold_out
        .iter()
        .map(|mark| shown(&restaurant, mark))
        .collect();
    HttpResponse::Ok().json(marks)
}

/// How one thing stands.
pub(in crate::web) async fn look(
    path: Path<(String, String)>,
    state: Data<AppState>,
) -> HttpResponse {
    let (restaurant, what) = match found(&state, &path) {
        Ok(found) => found,
        Err(missing) => return missing.answer(),
    };
    let status = state
        .services
        .kitchen
        .status(&restaurant.id, state.clock.now());
    match status.mark(&what) {
        Some(mark) => HttpResponse::Ok().json(shown(&restaurant, mark)),
        None => available(&restaurant, &what),
    }
}

/// It is sold out: until closing time, or as the body says.
pub(in crate::web) async fn put(
    request: HttpRequest,
    path: Path<(String, String)>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let (restaurant, what) = match found(&state, &path) {
        Ok(found) => found,
        Err(missing) => return missing.answer(),
    };
    let body = match small(&request, payload).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    const FORM: &str =
        "expected {} or {\"until\": \"2026-11-30T22:00:00Z\"}, at most 31 days ahead";
    let now = state.clock.now();
    let asked: Option<Until> = match body.iter().all(u8::is_ascii_whitespace) {
        true => Some(Until::default()),
        false => serde_json::from_slice(&body).ok(),
    };
    let Some(until) = asked.and_then(|asked| end(asked.until.as_deref(), &restaurant, now)) else {
        return bad_request(FORM);
    };
    let mark = SoldOut {
        what,
        since: now,
        until,
        by: BY.to_owned(),
    };
    match state
        .services
        .kitchen
        .mark(&restaurant.id, mark.clone())
        .await
    {
        Ok(()) => HttpResponse::Ok().json(shown(&restaurant, &mark)),
        Err(NotMarked::Store(error)) => store_failed(&state.events, &error),
        Err(error) => HttpResponse::Conflict().json(json!({"error": error.to_string()})),
    }
}

/// It is sold again.
pub(in crate::web) async fn delete(
    path: Path<(String, String)>,
    state: Data<AppState>,
) -> HttpResponse {
    let (restaurant, what) = match found(&state, &path) {
        Ok(found) => found,
        Err(missing) => return missing.answer(),
    };
    let (board, now) = (&state.services.kitchen, state.clock.now());
    match board.take_back(&restaurant.id, &what, BY, now).await {
        Ok(_) => available(&restaurant, &what),
        Err(error) => store_failed(&state.events, &error),
    }
}

/// When something ends: closing time where nothing is said; `None` for what is no time ahead of now.
pub(super) fn end(
    written: Option<&str>,
    restaurant: &Restaurant,
    now: Timestamp,
) -> Option<Timestamp> {
    let Some(text) = written else {
        return Some(restaurant.schedule.closing(now));
    };
    let until: Timestamp = text.parse().ok()?;
    (until > now && until.duration_since(now) <= FURTHEST).then_some(until)
}

/// The restaurant that is served under this id.
pub(super) fn restaurant(state: &AppState, id: &str) -> Option<Arc<Restaurant>> {
    let id = RestaurantId::parse(id)?;
    let table = state.table.load();
    table
        .restaurant(&id)
        .map(|served| Arc::clone(&served.restaurant))
}

pub(super) fn no_restaurant() -> HttpResponse {
    Missing::Restaurant.answer()
}

/// What a path names and is not there.
enum Missing {
    Restaurant,
    Sellable,
}

impl Missing {
    fn answer(self) -> HttpResponse {
        HttpResponse::NotFound().json(json!({"error": match self {
            Self::Restaurant => "no such restaurant is served",
            Self::Sellable => "its menu has no dish with that id and no choice of that name",
        }}))
    }
}

fn found(
    state: &AppState,
    (id, item): &(String, String),
) -> Result<(Arc<Restaurant>, Sellable), Missing> {
    let restaurant = restaurant(state, id).ok_or(Missing::Restaurant)?;
    if restaurant.menu.item(item).is_some() {
        return Ok((restaurant, Sellable::Item(item.clone())));
    }
    let mut choices = restaurant
        .menu
        .items
        .iter()
        .flat_map(|item| item.options.iter())
        .flat_map(|option| option.choices.iter());
    let choice = choices.find(|choice| choice.name.to_lowercase() == item.to_lowercase());
    match choice.map(|choice| choice.name.clone()) {
        Some(name) => Ok((restaurant, Sellable::Choice(name))),
        None => Err(Missing::Sellable),
    }
}

fn shown(restaurant: &Restaurant, mark: &SoldOut) -> serde_json::Value {
    let mut told = sold_out_json(mark);
    told["name"] = json!(name_of(restaurant, &mark.what));
    told
}

fn available(restaurant: &Restaurant, what: &Sellable) -> HttpResponse {
    let mut told = sellable_json(what);
    told["name"] = json!(name_of(restaurant, what));
    told["sold_out"] = json!(false);
    HttpResponse::Ok().json(told)
}
