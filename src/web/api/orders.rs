//! `GET /api/orders?call_sid=&restaurant=&since=&limit=`.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;
use uuid::Uuid;

use super::super::AppState;
use super::answer::{bad_request, store_failed};
use crate::order::order_way_json;
use crate::restaurant::RestaurantId;
use crate::store::{OrderFilter, StoreError};

/// Most orders in one answer.
const MAX_ORDERS: u32 = 1000;

/// As asked; everything is optional.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct Asked {
    call_sid: Option<String>,
    restaurant: Option<String>,
    since: Option<String>,
    limit: Option<u32>,
}

/// Stored orders, the newest first.
pub(in crate::web) async fn orders(request: HttpRequest, state: Data<AppState>) -> HttpResponse {
    // Not an extractor: what is wrong with the query is said in our words.
    let Ok(asked) = Query::<Asked>::from_query(request.query_string()) else {
        return bad_request("the query cannot be read");
    };
    let filter = match filter(asked.into_inner()) {
        Ok(filter) => filter,
        Err(message) => return bad_request(message),
    };
    match listed(&state, &filter).await {
        Ok(orders) => HttpResponse::Ok().json(orders),
        Err(error) => store_failed(&state.events, &error),
    }
}

/// Orders with their way to the restaurant.
async fn listed(state: &AppState, filter: &OrderFilter) -> Result<Vec<Value>, StoreError> {
    let orders = state.store.orders(filter).await?;
    let ids: Vec<Uuid> = orders.iter().map(|order| order.id).collect();
    let ways = state.store.order_ways(&ids).await?;
    let told = orders.iter().zip(&ways);
    let told = told.map(|(order, way)| order_way_json(order, &way.deliveries, &way.changes));
    Ok(told.collect())
}

fn filter(asked: Asked) -> Result<OrderFilter, &'static str> {
    let restaurant = match asked.restaurant {
        Some(id) => Some(RestaurantId::parse(&id).ok_or("restaurant is not an id")?),
        None => None,
    };
    let since = match asked.since {
        Some(text) => Some(text.parse().map_err(|_| "since is not a time")?),
        None => None,
    };
    Ok(OrderFilter {
        call_sid: asked.call_sid,
        account_sid: None,
        restaurant,
        since,
        limit: asked.limit.unwrap_or(100).min(MAX_ORDERS),
    })
}
