//! People's data, deleted when it is too old or when somebody asks for it. An order outlives its call: the row of the call
//! stays with it, without the number and the words.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::SqliteStore;
use super::instant::instant_text;
use super::order_rows::{OrderRow, details_text, lines_text};
use crate::order::PlacedOrder;
use crate::store::{Deleted, Forgotten, StoreError, TooOld};

/// A delivery that is not over: its order is still somebody's to receive or to answer.
const ON_ITS_WAY: &str =
    "EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = o.id AND d.state IN ('due', 'awaited'))";

impl SqliteStore {
    pub async fn restaurants_with_records(
        &self,
        before: Timestamp,
    ) -> Result<Vec<Option<String>>, StoreError> {
        let rows = sqlx::query_scalar(
            "SELECT DISTINCT restaurant FROM calls WHERE started_at < ?1 \
             UNION SELECT DISTINCT restaurant FROM orders WHERE placed_at < ?1",
        )
        .bind(instant_text(before))
        .fetch_all(&self.readers.pool())
        .await?;
        Ok(rows)
    }

    pub async fn delete_old(
        &self,
        restaurant: Option<&str>,
        too_old: TooOld,
        limit: u32,
    ) -> Result<Deleted, StoreError> {
        // Looked at without writing first, as in `outbox`.
        let pool = self.readers.pool();
        let mut connection = pool.acquire().await?;
        let found = old(&mut connection, restaurant, too_old, 1).await?;
        drop(connection);
        if found.is_empty() {
            return Ok(Deleted::default());
        }
        let mut transaction = self.writer.begin().await?;
        let Old { orders, calls } = old(&mut transaction, restaurant, too_old, limit).await?;
        for id in &orders {
            sqlx::query("DELETE FROM orders WHERE id = ?")
                .bind(id)
                .execute(&mut *transaction)
                .await?;
        }
        for sid in &calls {
            forget_call(&mut transaction, sid).await?;
        }
        transaction.commit().await?;
        Ok(Deleted {
            calls: calls.len() as u64,
            orders: orders.len() as u64,
        })
    }

    pub async fn forget(&self, number: &str, look_only: bool) -> Result<Forgotten, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let calls: Vec<(String, bool)> = sqlx::query_as(&format!(
            "SELECT c.sid, c.ended_at IS NULL OR EXISTS ( \
                 SELECT 1 FROM orders o WHERE o.call_sid = c.sid AND {ON_ITS_WAY}) OR EXISTS ( \
                 SELECT 1 FROM message_deliveries m WHERE m.call_sid = c.sid AND m.state = 'due') \
             FROM calls c WHERE c.from_number = ?"
        ))
        .bind(number)
        .fetch_all(&mut *transaction)
        .await?;
        let mut forgotten = Forgotten::default();
        for (sid, busy) in calls {
            if busy {
                forgotten.busy += 1;
                continue;
            }
            forgotten.calls += 1;
            let orders: Vec<OrderRow> = sqlx::query_as("SELECT * FROM orders WHERE call_sid = ?")
                .bind(&sid)
                .fetch_all(&mut *transaction)
                .await?;
            forgotten.orders += orders.len() as u64;
            if look_only {
                continue;
            }
            for row in orders {
                forget_order(&mut transaction, row.try_into()?).await?;
            }
            forget_call(&mut transaction, &sid).await?;
        }
        if !look_only {
            sqlx::query("DELETE FROM kept_carts WHERE caller = ?")
                .bind(number)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(forgotten)
    }
}

/// Ids of orders and keys of calls.
struct Old {
    orders: Vec<String>,
    calls: Vec<String>,
}

impl Old {
    fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.calls.is_empty()
    }
}

async fn old(
    connection: &mut SqliteConnection,
    restaurant: Option<&str>,
    too_old: TooOld,
    limit: u32,
) -> Result<Old, StoreError> {
    let mut old = Old {
        orders: Vec::new(),
        calls: Vec::new(),
    };
    if let Some(before) = too_old.orders {
        old.orders = sqlx::query_scalar(&format!(
            "SELECT o.id FROM orders o WHERE o.restaurant IS ?1 AND o.placed_at < ?2 AND NOT {ON_ITS_WAY} \
             ORDER BY o.placed_at LIMIT ?3"
        ))
        .bind(restaurant)
        .bind(instant_text(before))
        .bind(limit)
        .fetch_all(&mut *connection)
        .await?;
    }
    if let Some(before) = too_old.calls {
        old.calls = sqlx::query_scalar(&format!(
            "SELECT c.sid FROM calls c WHERE c.restaurant IS ?1 AND c.started_at < ?2 AND c.ended_at IS NOT NULL \
               AND (c.from_number <> '' \
                    OR EXISTS (SELECT 1 FROM transcript_lines t WHERE t.call_sid = c.sid) \
                    OR NOT EXISTS (SELECT 1 FROM orders o WHERE o.call_sid = c.sid)) \
               AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.call_sid = c.sid AND {ON_ITS_WAY}) \
             ORDER BY c.started_at LIMIT ?3"
        ))
        .bind(restaurant)
        .bind(instant_text(before))
        .bind(limit)
        .fetch_all(connection)
        .await?;
    }
    Ok(old)
}

/// The call, or where an order needs it what names a person in it, and the texts to that person.
async fn forget_call(connection: &mut SqliteConnection, sid: &str) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM transcript_lines WHERE call_sid = ?",
        "UPDATE deliveries SET channel = json_set(channel, '$.to.caller.to', ''), \
                               state = CASE state WHEN 'held' THEN 'skipped' ELSE state END \
         WHERE json_extract(channel, '$.to.caller.to') IS NOT NULL \
           AND order_id IN (SELECT id FROM orders WHERE call_sid = ?)",
        "DELETE FROM message_deliveries WHERE call_sid = ?",
        "UPDATE calls SET from_number = '', message = NULL WHERE sid = ?",
        "DELETE FROM calls WHERE sid = ?1 AND NOT EXISTS (SELECT 1 FROM orders WHERE call_sid = ?1)",
    ] {
        sqlx::query(statement)
            .bind(sid)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The name, the address, and the notes in which a person may have said anything. What was sold and for how much stays.
async fn forget_order(
    connection: &mut SqliteConnection,
    placed: PlacedOrder,
) -> Result<(), StoreError> {
    let mut order = placed.order;
    order.details.notes.clear();
    order.details.address = None;
    for line in &mut order.lines {
        line.details.notes.clear();
    }
    sqlx::query("UPDATE orders SET customer_name = NULL, details = ?, lines = ? WHERE id = ?")
        .bind(details_text(&order.details))
        .bind(lines_text(&order.lines))
        .bind(placed.id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
