//! What kitchens say beside their files.

use super::SqliteStore;
use crate::restaurant::{KitchenStatus, RestaurantId};
use crate::store::StoreError;

impl SqliteStore {
    pub async fn kitchen_statuses(&self) -> Result<Vec<(RestaurantId, KitchenStatus)>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT restaurant, status FROM kitchen_statuses ORDER BY restaurant")
                .fetch_all(&self.readers.pool())
                .await?;
        rows.into_iter()
            .map(|(restaurant, status)| {
                let bad =
                    |column, value: &str| StoreError::corrupt("kitchen_statuses", column, value);
                let id = RestaurantId::parse(&restaurant)
                    .ok_or_else(|| bad("restaurant", &restaurant))?;
                let status = serde_json::from_str(&status).map_err(|_| bad("status", &status))?;
                Ok((id, status))
            })
            .collect()
    }

    pub async fn keep_kitchen_status(
        &self,
        restaurant: &RestaurantId,
        status: &KitchenStatus,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        if status.is_plain() {
            sqlx::query("DELETE FROM kitchen_statuses WHERE restaurant = ?")
                .bind(restaurant.as_str())
                .execute(&mut *transaction)
                .await?;
        } else {
            sqlx::query(
                "INSERT OR REPLACE INTO kitchen_statuses (restaurant, status) VALUES (?, ?)",
            )
            .bind(restaurant.as_str())
            .bind(serde_json::json!(status).to_string())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }
}
