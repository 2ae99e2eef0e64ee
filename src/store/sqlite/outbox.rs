//! Deliveries: planned with their order, claimed by leases, changed one order at a time. What may follow what is `order`'s to
//! say ([`Dispatch`]); here is how it is kept.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::SqliteStore;
use super::delivery_rows::{ChangeRow, DeliveryRow, uuid_from};
use super::instant::{from_sql, instant_text};
use super::order_rows::OrderRow;
use super::outbox_lines::{ahead, candidates, claim, push_ids};
use crate::order::{Backoff, Delivery, DeliveryState, Dispatch, Lease, OrderChange, PlacedOrder};
use crate::restaurant::OrderChannel;
use crate::store::{Dispatched, Leased, OrderWay, StoreError};

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
        let found = candidates(&self.readers.pool(), now, backoff, limit).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let lease = Lease::begin(holder, now);
        let mut transaction = self.writer.begin().await?;
        let rows = claim(&mut transaction, &found, lease, now).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.order_id.clone()).collect();
        let orders = orders_of(&mut transaction, &ids).await?;
        let mut leased = Vec::new();
        for row in rows {
            let (id, order) = (row.id.clone(), orders.get(&row.order_id));
            match (Delivery::try_from(row), order) {
                (Ok(delivery), Some(Ok(order))) => leased.push(Leased {
                    order: order.clone(),
                    delivery,
                }),
                // A row that cannot be read must not stand in the way of all others.
                _ => spoil(&mut transaction, &id).await?,
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

    pub async fn dispatch_all<T>(
        &self,
        orders: Vec<Uuid>,
        mut work: impl FnMut(Uuid, &mut Dispatch) -> T + Send,
    ) -> Result<Vec<Result<Dispatched<T>, StoreError>>, StoreError> {
        let ids: Vec<String> = orders.iter().map(Uuid::to_string).collect();
        // Looked for without writing, as above.
        let mut known = QueryBuilder::new("SELECT COUNT(*) FROM orders WHERE id IN (");
        push_ids(&mut known, &ids);
        let known: i64 = known
            .build_query_scalar()
            .fetch_one(&self.readers.pool())
            .await?;
        if known == 0 {
            return Ok(Vec::new());
        }
        let mut transaction = self.writer.begin().await?;
        let mut placed = orders_of(&mut transaction, &ids).await?;
        let rows: Vec<DeliveryRow> = of_orders("deliveries", &ids)
            .build_query_as()
            .fetch_all(&mut *transaction)
            .await?;
        let mut before: HashMap<String, Vec<DeliveryRow>> = HashMap::new();
        for row in rows {
            before.entry(row.order_id.clone()).or_default().push(row);
        }
        let mut done = Vec::new();
        for (order, id) in orders.into_iter().zip(ids) {
            let Some(placed) = placed.remove(&id) else {
                continue;
            };
            let rows = before.remove(&id).unwrap_or_default();
            let before: Result<Vec<Delivery>, StoreError> =
                rows.into_iter().map(Delivery::try_from).collect();
            let (mut placed, before) = match (placed, before) {
                (Ok(placed), Ok(before)) => (placed, before),
                (Err(error), _) | (_, Err(error)) => {
                    done.push(Err(error));
                    continue;
                }
            };
            let mut dispatch = Dispatch {
                state: placed.state,
                deliveries: before.clone(),
                news: Vec::new(),
            };
            let result = work(order, &mut dispatch);
            for (delivery, before) in dispatch.deliveries.iter().zip(&before) {
                if delivery != before {
                    update(&mut transaction, delivery).await?;
                }
            }
            if dispatch.state != placed.state {
                sqlx::query("UPDATE orders SET state = ? WHERE id = ?")
                    .bind(dispatch.state.as_str())
                    .bind(&id)
                    .execute(&mut *transaction)
                    .await?;
            }
            for change in &dispatch.news {
                append(&mut transaction, order, change).await?;
            }
            placed.state = dispatch.state;
            done.push(Ok(Dispatched {
                result,
                order: placed,
                news: dispatch.news,
            }));
        }
        transaction.commit().await?;
        Ok(done)
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

/// Every row of a table that belongs to one of these orders.
fn of_orders(table: &'static str, ids: &[String]) -> QueryBuilder<'static, Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT * FROM {table} WHERE order_id IN ("));
    push_ids(&mut query, ids);
    query.push(" ORDER BY position");
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

/// These orders by their ids, those that cannot be read as well.
async fn orders_of(
    connection: &mut SqliteConnection,
    ids: &[String],
) -> Result<HashMap<String, Result<PlacedOrder, StoreError>>, StoreError> {
    let mut query = QueryBuilder::new("SELECT * FROM orders WHERE id IN (");
    push_ids(&mut query, ids);
    let rows: Vec<OrderRow> = query.build_query_as().fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.clone(), PlacedOrder::try_from(row)))
        .collect())
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
