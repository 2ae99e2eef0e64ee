//! `GET /api/calls`, `GET /api/calls/{sid}`: live calls from memory, past ones from the store.

use std::collections::HashMap;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use crate::call::CallId;
use crate::order::PlacedOrder;
use crate::record::{CallRecord, call_json, call_summary_json};
use crate::store::{OrderFilter, StoreError};

/// Most calls in one answer.
const MAX_CALLS: u32 = 1000;

/// As asked.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct Asked {
    limit: Option<u32>,
}

/// The latest calls without their words, live ones first.
pub(in crate::web) async fn calls(request: HttpRequest, state: Data<AppState>) -> HttpResponse {
    // Not an extractor: what is wrong with the query is said in our words.
    let Ok(asked) = Query::<Asked>::from_query(request.query_string()) else {
        return bad_request("the query cannot be read");
    };
    let limit = asked.limit.unwrap_or(100).min(MAX_CALLS);
    match list(&state, limit).await {
        Ok(list) => HttpResponse::Ok().json(list),
        Err(error) => store_failed(&state.events, &error),
    }
}

/// One call with what was said and where its time went.
pub(in crate::web) async fn call(sid: Path<String>, state: Data<AppState>) -> HttpResponse {
    match one(&state, &sid).await {
        Ok(Some(call)) => HttpResponse::Ok().json(call),
        Ok(None) => HttpResponse::NotFound().json(json!({"error": "no such call"})),
        Err(error) => store_failed(&state.events, &error),
    }
}

async fn list(state: &AppState, limit: u32) -> Result<Vec<serde_json::Value>, StoreError> {
    let limit = limit as usize;
    let mut live = state.admission.live().progress();
    live.sort_by_key(|call| std::cmp::Reverse(call.record.started_at));
    live.truncate(limit);
    let stored = state.store.calls(limit as u32).await?;
    let is_live = |id: &CallId| live.iter().any(|call| id_of(&call.record) == *id);
    let past: Vec<_> = stored
        .iter()
        .filter(|call| !is_live(&id_of(call)))
        .take(limit - live.len())
        .collect();
    let started = live.iter().map(|call| call.record.started_at);
    let oldest = started.chain(past.iter().map(|call| call.started_at)).min();
    let orders = first_orders(state, oldest).await?;
    let live = live
        .iter()
        .map(|call| call.summary_json(orders.get(&id_of(&call.record))));
    let past = past
        .iter()
        .map(|call| call_summary_json(call, orders.get(&id_of(call))));
    Ok(live.chain(past).collect())
}

/// The first order of every call since `oldest`, asked for in one go.
async fn first_orders(
    state: &AppState,
    oldest: Option<jiff::Timestamp>,
) -> Result<HashMap<CallId, PlacedOrder>, StoreError> {
    if oldest.is_none() {
        return Ok(HashMap::new());
    }
    let filter = OrderFilter {
        since: oldest,
        limit: 4 * MAX_CALLS,
        ..OrderFilter::default()
    };
    // Newest first, so an earlier order of the same call replaces a later one.
    let orders = state.store.orders(&filter).await?;
    Ok(orders
        .into_iter()
        .map(|order| (CallId::new(&order.account_sid, &order.call_sid), order))
        .collect())
}

/// The call of this CallSid: a live one, else the newest.
async fn one(state: &AppState, sid: &str) -> Result<Option<serde_json::Value>, StoreError> {
    if let Some(live) = state.admission.live().progress_of(sid) {
        let order = first_order(state, &live.record).await?;
        return Ok(Some(live.json(order.as_ref())));
    }
    let Some(call) = state.store.call(sid).await? else {
        return Ok(None);
    };
    let order = first_order(state, &call).await?;
    Ok(Some(call_json(&call, order.as_ref())))
}

async fn first_order(
    state: &AppState,
    call: &CallRecord,
) -> Result<Option<PlacedOrder>, StoreError> {
    let filter = OrderFilter {
        call_sid: Some(call.sid.clone()),
        account_sid: Some(call.account_sid.clone()),
        ..OrderFilter::default()
    };
    let orders = state.store.orders(&filter).await?;
    Ok(orders.into_iter().min_by_key(|order| order.order.sequence))
}

fn id_of(call: &CallRecord) -> CallId {
    CallId::new(&call.account_sid, &call.sid)
}
