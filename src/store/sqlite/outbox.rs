//! Deliveries: planned with their order, claimed by leases, changed one order at a time. What may follow what is `order`'s to
//! say ([`Dispatch`]); here is how it is kept.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};
use uuid::Uuid;

use super::SqliteStore;
use super::delivery_rows::{ChangeRow, DeliveryRow, uuid_from};
use super::instant::{from_sql, instant_text};
use super::order_rows::OrderRow;
use crate::order::{Backoff, Delivery, DeliveryState, Dispatch, Lease, OrderChange, PlacedOrder};
use crate::restaurant::OrderChannel;
use crate::store::{Dispatched, Leased, OrderWay, StoreError};

/// Deliveries that one destination is sent at once.
const AT_ONCE: i64 = 4;
/// Deliveries that one restaurant is sent at once, all destinations together: whatever hangs, it hangs for its own restaurant.
const OF_RESTAURANT: i64 = 8;
/// A delivery holds back the younger ones of its restaurant and destination for so many tries: a message that a receiver
/// cannot take must not keep it from every other.
const TRIES_IN_LINE: i64 = 3;
/// Longer than any file lets an answer take.
const LONGEST_ACK: Duration = Duration::from_secs(24 * 3_600);
/// Orders asked about at once, below what SQLite takes as variables.
const CHUNK: usize = 500;

impl SqliteStore {
    pub async fn lease_deliveries(
        &self,
        holder: Uuid,
        now: Timestamp,
        backoff: &Backoff,
        limit: u32,
    ) -> Result<Vec<Leased>, StoreError> {
        // Looked at without writing first: a transaction that writes nothing would pass for a disk that can be written.
        let pool = self.readers.pool();
        if candidates(&pool, now, backoff, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        let lease = Lease::begin(holder, now);
        let mut transaction = self.writer.begin().await?;
        let rows = candidates(&mut *transaction, now, backoff, limit).await?;
        let mut leased = Vec::new();
        for row in rows {
            let id = row.id.clone();
            match readable(&mut transaction, row).await? {
                Some(mut found) => {
                    found.delivery.lease = Some(lease);
                    update(&mut transaction, &found.delivery).await?;
                    leased.push(found);
                }
                None => spoil(&mut transaction, &id).await?,
            }
        }
        transaction.commit().await?;
        Ok(leased)
    }

    pub async fn release_leases(&self) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        for table in ["deliveries", "message_deliveries"] {
            sqlx::query(&format!(
                "UPDATE {table} SET lease_holder = NULL, lease_until = NULL \
                 WHERE state = 'due' AND lease_holder IS NOT NULL"
            ))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    pub async fn dispatch<T>(
        &self,
        order: Uuid,
        work: impl FnOnce(&mut Dispatch) -> T + Send,
    ) -> Result<Option<Dispatched<T>>, StoreError> {
        // Looked for without writing, as above.
        let known: Option<i64> = sqlx::query_scalar("SELECT 1 FROM orders WHERE id = ?")
            .bind(order.to_string())
            .fetch_optional(&self.readers.pool())
            .await?;
        if known.is_none() {
            return Ok(None);
        }
        let mut transaction = self.writer.begin().await?;
        let Some(mut placed) = order_of(&mut transaction, &order.to_string()).await? else {
            transaction.commit().await?;
            return Ok(None);
        };
        let rows: Vec<DeliveryRow> =
            sqlx::query_as("SELECT * FROM deliveries WHERE order_id = ? ORDER BY position")
                .bind(order.to_string())
                .fetch_all(&mut *transaction)
                .await?;
        let before: Vec<Delivery> = rows
            .into_iter()
            .map(Delivery::try_from)
            .collect::<Result<_, _>>()?;
        let mut dispatch = Dispatch {
            state: placed.state,
            deliveries: before.clone(),
            news: Vec::new(),
        };
        let result = work(&mut dispatch);
        for (delivery, before) in dispatch.deliveries.iter().zip(&before) {
            if delivery != before {
                update(&mut transaction, delivery).await?;
            }
        }
        if dispatch.state != placed.state {
            sqlx::query("UPDATE orders SET state = ? WHERE id = ?")
                .bind(dispatch.state.as_str())
                .bind(order.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        for change in &dispatch.news {
            append(&mut transaction, order, change).await?;
        }
        transaction.commit().await?;
        placed.state = dispatch.state;
        Ok(Some(Dispatched {
            result,
            order: placed,
            news: dispatch.news,
        }))
    }

    pub async fn unanswered_orders(&self, now: Timestamp) -> Result<Vec<Uuid>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT order_id FROM deliveries \
             WHERE holds_until IS NOT NULL AND (holds_until <= ?1 OR holds_until > ?2) LIMIT 100",
        )
        .bind(instant_text(now))
        .bind(instant_text(ahead(now, LONGEST_ACK)))
        .fetch_all(&self.readers.pool())
        .await?;
        ids.iter()
            .map(|id| uuid_from("deliveries", "order_id", id))
            .collect()
    }

    pub async fn next_delivery(
        &self,
        now: Timestamp,
    ) -> Result<(Option<Timestamp>, u64), StoreError> {
        let (next, due): (Option<String>, i64) = sqlx::query_as(
            "SELECT (SELECT MIN(at) FROM ( \
                        SELECT MIN(next_at) AS at FROM deliveries WHERE state = 'due' AND next_at > ?1 \
                        UNION ALL \
                        SELECT MIN(holds_until) FROM deliveries WHERE holds_until > ?1) AS times), \
                    (SELECT COUNT(*) FROM deliveries WHERE state = 'due')",
        )
        .bind(instant_text(now))
        .fetch_one(&self.readers.pool())
        .await?;
        let next = next.map(|text| super::instant::instant_from("deliveries", "next_at", &text));
        Ok((next.transpose()?, from_sql("deliveries", "count", due)?))
    }

    pub async fn order_ways(&self, orders: &[Uuid]) -> Result<Vec<OrderWay>, StoreError> {
        let mut ways: Vec<OrderWay> = orders
            .iter()
            .map(|&order| OrderWay {
                order,
                ..OrderWay::default()
            })
            .collect();
        for chunk in ways.chunks_mut(CHUNK) {
            let ids: Vec<String> = chunk.iter().map(|way| way.order.to_string()).collect();
            let deliveries: Vec<DeliveryRow> = of_orders("deliveries", &ids)
                .build_query_as()
                .fetch_all(&self.readers.pool())
                .await?;
            let changes: Vec<ChangeRow> = of_orders("order_changes", &ids)
                .build_query_as()
                .fetch_all(&self.readers.pool())
                .await?;
            for row in deliveries {
                let at = ids.iter().position(|id| *id == row.order_id);
                if let Some(way) = at.and_then(|at| chunk.get_mut(at)) {
                    way.deliveries.push(Delivery::try_from(row)?);
                }
            }
            for row in changes {
                let at = ids.iter().position(|id| *id == row.order_id);
                if let Some(way) = at.and_then(|at| chunk.get_mut(at)) {
                    way.changes.push(OrderChange::try_from(row)?);
                }
            }
        }
        Ok(ways)
    }
}

/// What may be taken now. A lease or a time further ahead than any can be was written before the clock was set back.
async fn candidates<'e>(
    connection: impl SqliteExecutor<'e>,
    now: Timestamp,
    backoff: &Backoff,
    limit: u32,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = sqlx::query_as(
        "WITH candidates AS ( \
             SELECT d.*, ROW_NUMBER() OVER (PARTITION BY d.destination ORDER BY d.next_at, d.position) AS place \
             FROM deliveries d \
             WHERE d.state = 'due' AND (d.next_at <= ?1 OR d.next_at > ?2) \
               AND (d.lease_until IS NULL OR d.lease_until <= ?1 OR d.lease_until > ?3) \
               AND NOT EXISTS ( \
                   SELECT 1 FROM deliveries e \
                   WHERE e.restaurant = d.restaurant AND e.destination = d.destination AND e.state = 'due' \
                     AND e.position < d.position AND e.tries < ?4)) \
         , fitting AS ( \
             SELECT c.*, ROW_NUMBER() OVER (PARTITION BY c.restaurant ORDER BY c.next_at, c.position) + ( \
                 SELECT COUNT(*) FROM deliveries l \
                 WHERE l.state = 'due' AND l.restaurant = c.restaurant \
                   AND l.lease_until > ?1 AND l.lease_until <= ?3) AS seat \
             FROM candidates c \
             WHERE c.place + ( \
                 SELECT COUNT(*) FROM deliveries l \
                 WHERE l.state = 'due' AND l.destination = c.destination \
                   AND l.lease_until > ?1 AND l.lease_until <= ?3) <= ?5) \
         SELECT * FROM fitting f WHERE f.seat <= ?7 ORDER BY f.seat, f.next_at, f.position LIMIT ?6",
    )
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

/// Every row of a table that belongs to one of these orders.
fn of_orders(table: &'static str, ids: &[String]) -> QueryBuilder<'static, Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT * FROM {table} WHERE order_id IN ("));
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.clone());
    }
    query.push(") ORDER BY position");
    query
}

/// Writes the deliveries of a new order.
pub(super) async fn plan(
    connection: &mut SqliteConnection,
    placed: &PlacedOrder,
    channels: &[OrderChannel],
) -> Result<(), StoreError> {
    let dispatch = Dispatch::plan(channels, placed.placed_at, Uuid::now_v7);
    for delivery in &dispatch.deliveries {
        sqlx::query(
            "INSERT INTO deliveries (id, order_id, restaurant, destination, channel, state, tries, next_at, holds_until) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(delivery.id.to_string())
        .bind(placed.id.to_string())
        .bind(placed.order.restaurant.as_str())
        .bind(delivery.channel.destination())
        .bind(serde_json::json!(delivery.channel).to_string())
        .bind(delivery.state.as_str())
        .bind(delivery.tries)
        .bind(instant_text(delivery.next_at))
        .bind(delivery.holds_until.map(instant_text))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

fn ahead(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

async fn order_of(
    connection: &mut SqliteConnection,
    id: &str,
) -> Result<Option<PlacedOrder>, StoreError> {
    let row: Option<OrderRow> = sqlx::query_as("SELECT * FROM orders WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.map(PlacedOrder::try_from).transpose()
}

/// `None` for a row that cannot be read: it must not stand in the way of all others.
async fn readable(
    connection: &mut SqliteConnection,
    row: DeliveryRow,
) -> Result<Option<Leased>, StoreError> {
    let order = match order_of(connection, &row.order_id).await {
        Ok(Some(order)) => order,
        Ok(None) | Err(StoreError::Corrupt { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let delivery = Delivery::try_from(row).ok();
    Ok(delivery.map(|delivery| Leased { order, delivery }))
}

async fn spoil(connection: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE deliveries SET state = ?, error = ? WHERE id = ?")
        .bind(DeliveryState::Failed.as_str())
        .bind("what is stored of it cannot be read")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn update(connection: &mut SqliteConnection, delivery: &Delivery) -> Result<(), StoreError> {
    let lease = delivery.lease;
    sqlx::query(
        "UPDATE deliveries SET channel = ?, state = ?, tries = ?, next_at = ?, holds_until = ?, error = ?, sent_at = ?, \
                               lease_holder = ?, lease_until = ? WHERE id = ?",
    )
    // A text to the caller is given what the restaurant said.
    .bind(serde_json::json!(delivery.channel).to_string())
    .bind(delivery.state.as_str())
    .bind(delivery.tries)
    .bind(instant_text(delivery.next_at))
    .bind(delivery.holds_until.map(instant_text))
    .bind(&delivery.error)
    .bind(delivery.sent_at.map(instant_text))
    .bind(lease.map(|lease| lease.holder.to_string()))
    .bind(lease.map(|lease| instant_text(lease.until)))
    .bind(delivery.id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

async fn append(
    connection: &mut SqliteConnection,
    order: Uuid,
    change: &OrderChange,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO order_changes (order_id, at, what, by_, reason, ready_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(order.to_string())
    .bind(instant_text(change.at))
    .bind(change.what.as_str())
    .bind(&change.by)
    .bind(&change.reason)
    .bind(change.ready_at.map(instant_text))
    .execute(connection)
    .await?;
    Ok(())
}
