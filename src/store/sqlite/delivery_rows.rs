//! Deliveries and an order's history as rows.

use sqlx::FromRow;
use uuid::Uuid;

use super::instant::{from_sql, instant_from};
use crate::order::{ChangeKind, Delivery, DeliveryState, Lease, OrderChange};
use crate::store::StoreError;

#[derive(FromRow)]
pub(super) struct DeliveryRow {
    pub id: String,
    pub order_id: String,
    channel: String,
    state: String,
    tries: i64,
    next_at: String,
    holds_until: Option<String>,
    error: Option<String>,
    sent_at: Option<String>,
    lease_holder: Option<String>,
    lease_until: Option<String>,
}

#[derive(FromRow)]
pub(super) struct ChangeRow {
    pub order_id: String,
    at: String,
    what: String,
    by_: String,
    reason: Option<String>,
    ready_at: Option<String>,
}

pub(super) fn uuid_from(
    table: &'static str,
    column: &'static str,
    text: &str,
) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|_| StoreError::corrupt(table, column, text))
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        let corrupt = |column, value: &str| StoreError::corrupt("deliveries", column, value);
        let instant = |column, text: &str| instant_from("deliveries", column, text);
        let lease = match (&row.lease_holder, &row.lease_until) {
            (Some(holder), Some(until)) => Some(Lease {
                holder: uuid_from("deliveries", "lease_holder", holder)?,
                until: instant("lease_until", until)?,
            }),
            _ => None,
        };
        Ok(Self {
            id: uuid_from("deliveries", "id", &row.id)?,
            // Its address may hold a token of the receiver: not repeated.
            channel: serde_json::from_str(&row.channel).map_err(|_| corrupt("channel", "..."))?,
            state: DeliveryState::parse(&row.state).ok_or_else(|| corrupt("state", &row.state))?,
            tries: from_sql("deliveries", "tries", row.tries)?,
            next_at: instant("next_at", &row.next_at)?,
            holds_until: row
                .holds_until
                .as_deref()
                .map(|text| instant("holds_until", text))
                .transpose()?,
            error: row.error,
            sent_at: row
                .sent_at
                .as_deref()
                .map(|text| instant("sent_at", text))
                .transpose()?,
            lease,
        })
    }
}

impl TryFrom<ChangeRow> for OrderChange {
    type Error = StoreError;

    fn try_from(row: ChangeRow) -> Result<Self, StoreError> {
        let instant = |column, text: &str| instant_from("order_changes", column, text);
        Ok(Self {
            at: instant("at", &row.at)?,
            what: ChangeKind::parse(&row.what)
                .ok_or_else(|| StoreError::corrupt("order_changes", "what", row.what))?,
            by: row.by_,
            reason: row.reason,
            ready_at: row
                .ready_at
                .as_deref()
                .map(|text| instant("ready_at", text))
                .transpose()?,
        })
    }
}
