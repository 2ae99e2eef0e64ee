//! Carts of calls that dropped.

use jiff::Timestamp;

use super::SqliteStore;
use super::instant::instant_text;
use crate::order::KeptCart;
use crate::restaurant::RestaurantId;
use crate::store::StoreError;

impl SqliteStore {
    pub async fn keep_cart(
        &self,
        restaurant: &RestaurantId,
        caller: &str,
        cart: &KeptCart,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM kept_carts WHERE until <= ?")
            .bind(instant_text(now))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT OR REPLACE INTO kept_carts (restaurant, caller, until, cart) VALUES (?, ?, ?, ?)",
        )
        .bind(restaurant.as_str())
        .bind(caller)
        .bind(instant_text(until))
        .bind(serde_json::json!(cart).to_string())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }

    pub async fn take_cart(
        &self,
        restaurant: &RestaurantId,
        caller: &str,
        now: Timestamp,
    ) -> Result<Option<KeptCart>, StoreError> {
        // Looked at without writing first, as in `outbox`: most callers have none.
        const FIND: &str =
            "SELECT cart FROM kept_carts WHERE restaurant = ? AND caller = ? AND until > ?";
        let found: Option<String> = sqlx::query_scalar(FIND)
            .bind(restaurant.as_str())
            .bind(caller)
            .bind(instant_text(now))
            .fetch_optional(&self.readers.pool())
            .await?;
        if found.is_none() {
            return Ok(None);
        }
        let mut transaction = self.writer.begin().await?;
        let taken: Option<String> = sqlx::query_scalar(
            "DELETE FROM kept_carts WHERE restaurant = ? AND caller = ? AND until > ? RETURNING cart",
        )
        .bind(restaurant.as_str())
        .bind(caller)
        .bind(instant_text(now))
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let read = |text: String| {
            serde_json::from_str(&text)
                .map_err(|_| StoreError::corrupt("kept_carts", "cart", "..."))
        };
        taken.map(read).transpose()
    }

    pub async fn delete_old_carts(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM kept_carts WHERE until <= ?")
            .bind(instant_text(now))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }
}
