//! What may be taken from the outbox: the heads of its lines.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};

use super::delivery_rows::DeliveryRow;
use super::instant::instant_text;
use crate::order::{Backoff, Lease};
use crate::store::StoreError;

/// Deliveries that one destination is sent at once.
const AT_ONCE: i64 = 4;
/// Deliveries that one restaurant is sent at once, all destinations together: whatever hangs, it hangs for its own restaurant.
const OF_RESTAURANT: i64 = 8;
/// A delivery holds back the younger ones of its restaurant and destination for so many tries: a message that a receiver
/// cannot take must not keep it from every other.
const TRIES_IN_LINE: i64 = 3;

/// A line is a destination's deliveries of one restaurant. Lines are walked by their index, one step each, so that a long one
/// costs no more than a short one; of each only its head is looked at, with what was tried often enough to stand aside.
const CANDIDATES: &str = "\
WITH RECURSIVE lines (destination, restaurant) AS ( \
    SELECT * FROM ( \
        SELECT f.destination, f.restaurant FROM deliveries f INDEXED BY deliveries_due_in_line \
        WHERE f.state = 'due' ORDER BY f.destination, f.restaurant LIMIT 1) \
    UNION ALL \
    SELECT n.destination, n.restaurant FROM lines l JOIN deliveries n ON n.position = COALESCE(( \
        SELECT m.position FROM deliveries m INDEXED BY deliveries_due_in_line \
        WHERE m.state = 'due' AND m.destination = l.destination AND m.restaurant > l.restaurant \
        ORDER BY m.restaurant LIMIT 1), ( \
        SELECT m.position FROM deliveries m INDEXED BY deliveries_due_in_line \
        WHERE m.state = 'due' AND m.destination > l.destination \
        ORDER BY m.destination, m.restaurant LIMIT 1))), \
heads AS ( \
    SELECT d.* FROM lines l JOIN deliveries d INDEXED BY deliveries_due_in_line \
    ON d.state = 'due' AND d.destination = l.destination AND d.restaurant = l.restaurant \
       AND d.position <= COALESCE(( \
           SELECT e.position FROM deliveries e INDEXED BY deliveries_due_in_line \
           WHERE e.state = 'due' AND e.destination = l.destination AND e.restaurant = l.restaurant AND e.tries < ?4 \
           ORDER BY e.position LIMIT 1), 9223372036854775807)), \
open AS ( \
    SELECT h.*, ROW_NUMBER() OVER (PARTITION BY h.destination ORDER BY h.next_at, h.position) AS place FROM heads h \
    WHERE (h.next_at <= ?1 OR h.next_at > ?2) \
      AND (h.lease_until IS NULL OR h.lease_until <= ?1 OR h.lease_until > ?3)), \
fitting AS ( \
    SELECT o.*, ROW_NUMBER() OVER (PARTITION BY o.restaurant ORDER BY o.next_at, o.position) + ( \
        SELECT COUNT(*) FROM deliveries l INDEXED BY deliveries_claimed_of \
        WHERE l.restaurant = o.restaurant AND l.lease_until > ?1 AND l.lease_until <= ?3 AND l.state = 'due') AS seat \
    FROM open o \
    WHERE o.place + ( \
        SELECT COUNT(*) FROM deliveries l INDEXED BY deliveries_claimed \
        WHERE l.destination = o.destination AND l.lease_until > ?1 AND l.lease_until <= ?3 AND l.state = 'due') <= ?5) \
SELECT * FROM fitting f WHERE f.seat <= ?7 ORDER BY f.seat, f.next_at, f.position LIMIT ?6";

/// What may be taken now, oldest first. A lease or a time further ahead than any can be was written before the clock was set back.
pub(super) async fn candidates<'e>(
    connection: impl SqliteExecutor<'e>,
    now: Timestamp,
    backoff: &Backoff,
    limit: u32,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = sqlx::query_as(CANDIDATES)
        .bind(instant_text(now))
        .bind(instant_text(ahead(now, backoff.longest())))
        .bind(instant_text(ahead(now, Lease::LASTS)))
        .bind(TRIES_IN_LINE)
        .bind(AT_ONCE)
        .bind(limit)
        .bind(OF_RESTAURANT)
        .fetch_all(connection)
        .await?;
    Ok(rows)
}

/// Claims what nobody else claimed meanwhile, in the order it was found.
pub(super) async fn claim(
    connection: &mut SqliteConnection,
    found: &[DeliveryRow],
    lease: Lease,
    now: Timestamp,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let mut query = QueryBuilder::new("UPDATE deliveries SET lease_holder = ");
    query.push_bind(lease.holder.to_string());
    query.push(", lease_until = ");
    query.push_bind(instant_text(lease.until));
    query.push(" WHERE state = 'due' AND (lease_until IS NULL OR lease_until <= ");
    query.push_bind(instant_text(now));
    query.push(" OR lease_until > ");
    query.push_bind(instant_text(ahead(now, Lease::LASTS)));
    query.push(") AND id IN (");
    let ids: Vec<String> = found.iter().map(|row| row.id.clone()).collect();
    push_ids(&mut query, &ids);
    query.push(" RETURNING *");
    let claimed: Vec<DeliveryRow> = query.build_query_as().fetch_all(connection).await?;
    let mut claimed: HashMap<String, DeliveryRow> = claimed
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    Ok(ids.iter().filter_map(|id| claimed.remove(id)).collect())
}

/// The ids, and the end of their list.
pub(super) fn push_ids(query: &mut QueryBuilder<'static, Sqlite>, ids: &[String]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.clone());
    }
    query.push(")");
}

pub(super) fn ahead(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
