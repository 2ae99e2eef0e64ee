//! Messages that callers left, on their ways to the restaurant: planned once the call is over, claimed by leases and finished
//! like orders. What may follow a try is `order`'s to say ([`Dispatch`]).

use jiff::Timestamp;
use sqlx::{FromRow, SqliteConnection, SqliteExecutor};
use uuid::Uuid;

use super::SqliteStore;
use super::delivery_rows::DeliveryRow;
use super::instant::{instant_from, instant_text};
use crate::order::{Backoff, Delivery, DeliveryState, Dispatch, Lease, OrderState};
use crate::restaurant::{OrderChannel, RestaurantId};
use crate::store::{LeasedMessage, LeftMessage, StoreError};

/// Tries of one restaurant's messages at once.
const AT_ONCE: i64 = 2;
/// What is looked for in `calls`.
const COLUMNS: &str =
    "SELECT sid, twilio_sid, restaurant, from_number, ended_at, message FROM calls";

#[derive(FromRow)]
struct MessageRow {
    sid: String,
    twilio_sid: String,
    restaurant: String,
    from_number: String,
    ended_at: String,
    message: String,
}

impl TryFrom<MessageRow> for LeftMessage {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        Ok(Self {
            at: instant_from("calls", "ended_at", &row.ended_at)?,
            restaurant: RestaurantId::parse(&row.restaurant)
                .ok_or_else(|| StoreError::corrupt("calls", "restaurant", row.restaurant))?,
            call_key: row.sid,
            call_sid: row.twilio_sid,
            from: row.from_number,
            text: row.message,
        })
    }
}

impl SqliteStore {
    pub async fn new_messages(&self, since: Timestamp) -> Result<Vec<LeftMessage>, StoreError> {
        let rows: Vec<MessageRow> = sqlx::query_as(&format!(
            "{COLUMNS} WHERE message IS NOT NULL AND message_planned = 0 AND ended_at >= ? \
             AND restaurant IS NOT NULL AND test = 0 ORDER BY ended_at LIMIT 100"
        ))
        .bind(instant_text(since))
        .fetch_all(&self.readers.pool())
        .await?;
        rows.into_iter().map(LeftMessage::try_from).collect()
    }

    pub async fn plan_message(
        &self,
        message: &LeftMessage,
        channels: &[OrderChannel],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let mine = sqlx::query(
            "UPDATE calls SET message_planned = 1 WHERE sid = ? AND message_planned = 0",
        )
        .bind(&message.call_key)
        .execute(&mut *transaction)
        .await?;
        // Another process may have been faster.
        if mine.rows_affected() == 1 {
            for delivery in Dispatch::plan(channels, now, Uuid::now_v7).deliveries {
                insert(&mut transaction, message, &delivery).await?;
            }
        }
        transaction.commit().await
    }

    pub async fn lease_messages(
        &self,
        holder: Uuid,
        now: Timestamp,
        backoff: &Backoff,
        limit: u32,
    ) -> Result<Vec<LeasedMessage>, StoreError> {
        // Looked at without writing first, as in `outbox`.
        let pool = self.readers.pool();
        if candidates(&pool, now, backoff, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        let lease = Lease::begin(holder, now);
        let mut transaction = self.writer.begin().await?;
        let mut leased = Vec::new();
        for row in candidates(&mut *transaction, now, backoff, limit).await? {
            let call: Option<MessageRow> = sqlx::query_as(&format!("{COLUMNS} WHERE sid = ?"))
                .bind(&row.order_id)
                .fetch_optional(&mut *transaction)
                .await?;
            let (Some(call), mut delivery) = (call, Delivery::try_from(row)?) else {
                continue;
            };
            delivery.lease = Some(lease);
            update(&mut transaction, &delivery).await?;
            leased.push(LeasedMessage {
                message: call.try_into()?,
                delivery,
            });
        }
        transaction.commit().await?;
        Ok(leased)
    }

    pub async fn finish_message(
        &self,
        id: Uuid,
        work: impl FnOnce(&mut Dispatch) + Send,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let row: Option<DeliveryRow> = sqlx::query_as(
            "SELECT m.*, m.call_sid AS order_id FROM message_deliveries m WHERE m.id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *transaction)
        .await?;
        // Forgotten meanwhile.
        let Some(row) = row else {
            return transaction.commit().await;
        };
        let mut dispatch = Dispatch {
            state: OrderState::Placed,
            deliveries: vec![row.try_into()?],
            news: Vec::new(),
        };
        work(&mut dispatch);
        for delivery in &dispatch.deliveries {
            update(&mut transaction, delivery).await?;
        }
        transaction.commit().await
    }
}

/// What may be taken now. A lease or a time further ahead than any can be was written before the clock was set back.
async fn candidates<'e>(
    connection: impl SqliteExecutor<'e>,
    now: Timestamp,
    backoff: &Backoff,
    limit: u32,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let ahead = |by| now.checked_add(by).unwrap_or(Timestamp::MAX);
    let rows = sqlx::query_as(
        "WITH candidates AS ( \
             SELECT m.*, m.call_sid AS order_id, \
                    ROW_NUMBER() OVER (PARTITION BY m.restaurant ORDER BY m.next_at, m.position) AS place \
             FROM message_deliveries m \
             WHERE m.state = 'due' AND (m.next_at <= ?1 OR m.next_at > ?2) \
               AND (m.lease_until IS NULL OR m.lease_until <= ?1 OR m.lease_until > ?3)) \
         SELECT * FROM candidates c \
         WHERE c.place + ( \
             SELECT COUNT(*) FROM message_deliveries l \
             WHERE l.state = 'due' AND l.restaurant = c.restaurant \
               AND l.lease_until > ?1 AND l.lease_until <= ?3) <= ?4 \
         ORDER BY c.next_at, c.position LIMIT ?5",
    )
    .bind(instant_text(now))
    .bind(instant_text(ahead(backoff.longest())))
    .bind(instant_text(ahead(Lease::LASTS)))
    .bind(AT_ONCE)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

async fn insert(
    connection: &mut SqliteConnection,
    message: &LeftMessage,
    delivery: &Delivery,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO message_deliveries (id, call_sid, restaurant, channel, state, tries, next_at) \
         VALUES (?, ?, ?, ?, ?, 0, ?)",
    )
    .bind(delivery.id.to_string())
    .bind(&message.call_key)
    .bind(message.restaurant.as_str())
    .bind(serde_json::json!(delivery.channel).to_string())
    .bind(DeliveryState::Due.as_str())
    .bind(instant_text(delivery.next_at))
    .execute(connection)
    .await?;
    Ok(())
}

async fn update(connection: &mut SqliteConnection, delivery: &Delivery) -> Result<(), StoreError> {
    let lease = delivery.lease;
    sqlx::query(
        "UPDATE message_deliveries SET state = ?, tries = ?, next_at = ?, error = ?, sent_at = ?, \
                                       lease_holder = ?, lease_until = ? WHERE id = ?",
    )
    .bind(delivery.state.as_str())
    .bind(delivery.tries)
    .bind(instant_text(delivery.next_at))
    .bind(&delivery.error)
    .bind(delivery.sent_at.map(instant_text))
    .bind(lease.map(|lease| lease.holder.to_string()))
    .bind(lease.map(|lease| instant_text(lease.until)))
    .bind(delivery.id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}
