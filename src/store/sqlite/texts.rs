//! Texts: who wants none, and which orders somebody was texted.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::SqliteStore;
use super::delivery_rows::uuid_from;
use super::instant::{from_sql, instant_text};
use crate::store::StoreError;

/// How long after it was sent a text may be answered.
const ANSWERED_WITHIN: Duration = Duration::from_secs(24 * 3_600);

impl SqliteStore {
    pub async fn texts_stopped(&self, ours: &str, theirs: &str) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM text_stops WHERE ours = ? AND theirs = ?")
                .bind(ours)
                .bind(theirs)
                .fetch_optional(&self.readers.pool())
                .await?;
        Ok(found.is_some())
    }

    pub async fn stop_texts(
        &self,
        ours: &str,
        theirs: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query(
            "INSERT INTO text_stops (ours, theirs, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(ours)
        .bind(theirs)
        .bind(instant_text(at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }

    pub async fn start_texts(&self, ours: &str, theirs: &str) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM text_stops WHERE ours = ? AND theirs = ?")
            .bind(ours)
            .bind(theirs)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }

    pub async fn orders_texted(
        &self,
        ours: &str,
        theirs: &str,
        now: Timestamp,
    ) -> Result<Vec<(Uuid, u32)>, StoreError> {
        let since = now.checked_sub(ANSWERED_WITHIN);
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT DISTINCT o.id, o.number FROM deliveries d JOIN orders o ON o.id = d.order_id \
             WHERE d.state IN ('awaited', 'sent') AND d.sent_at >= ?3 AND o.state IN ('placed', 'sent') \
               AND json_extract(d.channel, '$.to.sms.to') = ?2 \
               AND json_extract(d.channel, '$.to.sms.from') = ?1 \
               AND json_extract(d.channel, '$.ack_seconds') IS NOT NULL \
             ORDER BY o.placed_at, o.id LIMIT 100",
        )
        .bind(ours)
        .bind(theirs)
        .bind(instant_text(since.unwrap_or(Timestamp::MIN)))
        .fetch_all(&self.readers.pool())
        .await?;
        rows.into_iter()
            .map(|(id, number)| {
                let id = uuid_from("orders", "id", &id)?;
                Ok((id, from_sql("orders", "number", number)?))
            })
            .collect()
    }
}
