//! Orders: placed with their call, their spoken number and their deliveries in one transaction, then only read; their state
//! is `outbox`'s.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::SqliteStore;
use super::call_key::call_key;
use super::calls::upsert_whole;
use super::instant::{from_sql, instant_text, to_sql};
use super::order_rows::{OrderRow, details_text, fulfilment_text, lines_text};
use super::outbox;
use crate::order::{OrderState, PlacedOrder};
use crate::restaurant::RestaurantId;
use crate::store::{OrderFilter, Placement, StoreError};

impl SqliteStore {
    /// Stores an order and its call; when this returns `Ok` the order is on disk.
    ///
    /// The same (call, sequence) again returns the order already stored and changes nothing, so a caller that does not
    /// know whether its first try arrived may simply try again.
    pub async fn place(&self, placement: &Placement) -> Result<PlacedOrder, StoreError> {
        let mut transaction = self.writer.begin().await?;
        if let Some(stored) = stored_already(&mut transaction, placement).await? {
            transaction.commit().await?;
            return Ok(stored);
        }
        upsert_whole(&mut transaction, &placement.record).await?;
        let day = placement
            .at
            .to_zoned_datetime(placement.timezone.clone())
            .date()
            .to_string();
        let number = next_number(&mut transaction, &placement.order.restaurant, &day).await?;
        let placed = PlacedOrder {
            id: Uuid::now_v7(),
            number,
            account_sid: placement.record.account_sid.clone(),
            call_sid: placement.call_sid.clone(),
            state: placement.state,
            placed_at: placement.at,
            generation: placement.generation,
            digest: placement.digest.clone(),
            order: placement.order.clone(),
        };
        insert(&mut transaction, &placed, &day).await?;
        if placement.state == OrderState::Placed {
            outbox::plan(&mut transaction, &placed, &placement.channels).await?;
        }
        transaction.commit().await?;
        Ok(placed)
    }

    /// The orders that pass the filter, newest first; equal instants keep one order (by id).
    pub async fn orders(&self, filter: &OrderFilter) -> Result<Vec<PlacedOrder>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM orders WHERE 1 = 1");
        if let Some(sid) = &filter.call_sid {
            query.push(" AND twilio_sid = ").push_bind(sid);
        }
        if let Some(account) = &filter.account_sid {
            query.push(" AND account_sid = ").push_bind(account);
        }
        if let Some(restaurant) = &filter.restaurant {
            query
                .push(" AND restaurant = ")
                .push_bind(restaurant.as_str());
        }
        if let Some(since) = filter.since {
            query
                .push(" AND placed_at >= ")
                .push_bind(instant_text(since));
        }
        query
            .push(" ORDER BY placed_at DESC, id DESC LIMIT ")
            .push_bind(filter.limit);
        let rows: Vec<OrderRow> = query
            .build_query_as()
            .fetch_all(&self.readers.pool())
            .await?;
        rows.into_iter().map(PlacedOrder::try_from).collect()
    }

    /// The order with this id.
    pub async fn order(&self, id: Uuid) -> Result<Option<PlacedOrder>, StoreError> {
        let row: Option<OrderRow> = sqlx::query_as("SELECT * FROM orders WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(&self.readers.pool())
            .await?;
        row.map(PlacedOrder::try_from).transpose()
    }

    /// The latest order that was given this spoken number, of one restaurant or of any: numbers begin again each day.
    pub async fn order_numbered(
        &self,
        number: u32,
        restaurant: Option<&RestaurantId>,
    ) -> Result<Option<PlacedOrder>, StoreError> {
        let row: Option<OrderRow> = sqlx::query_as(
            "SELECT * FROM orders WHERE number = ?1 AND (?2 IS NULL OR restaurant = ?2) \
             ORDER BY placed_at DESC, id DESC LIMIT 1",
        )
        .bind(number)
        .bind(restaurant.map(RestaurantId::as_str))
        .fetch_optional(&self.readers.pool())
        .await?;
        row.map(PlacedOrder::try_from).transpose()
    }
}

async fn stored_already(
    connection: &mut SqliteConnection,
    placement: &Placement,
) -> Result<Option<PlacedOrder>, StoreError> {
    let row: Option<OrderRow> =
        sqlx::query_as("SELECT * FROM orders WHERE call_sid = ? AND sequence = ?")
            .bind(call_key(&placement.record.account_sid, &placement.call_sid))
            .bind(placement.order.sequence)
            .fetch_optional(connection)
            .await?;
    row.map(PlacedOrder::try_from).transpose()
}

async fn next_number(
    connection: &mut SqliteConnection,
    restaurant: &RestaurantId,
    day: &str,
) -> Result<u32, StoreError> {
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO daily_numbers (restaurant, day, last) VALUES (?, ?, 1) \
         ON CONFLICT (restaurant, day) DO UPDATE SET last = daily_numbers.last + 1 RETURNING last",
    )
    .bind(restaurant.as_str())
    .bind(day)
    .fetch_one(connection)
    .await?;
    from_sql("daily_numbers", "last", number)
}

async fn insert(
    connection: &mut SqliteConnection,
    placed: &PlacedOrder,
    day: &str,
) -> Result<(), StoreError> {
    let order = &placed.order;
    sqlx::query(
        "INSERT INTO orders (id, call_sid, sequence, restaurant, day, number, state, placed_at, currency, \
                             subtotal_minor, tax_minor, total_minor, lines, customer_name, fulfilment, details, generation, digest) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(placed.id.to_string())
    .bind(call_key(&placed.account_sid, &placed.call_sid))
    .bind(order.sequence)
    .bind(order.restaurant.as_str())
    .bind(day)
    .bind(placed.number)
    .bind(placed.state.as_str())
    .bind(instant_text(placed.placed_at))
    .bind(order.currency.code())
    .bind(order.subtotal.minor())
    .bind(order.tax.minor())
    .bind(order.total.minor())
    .bind(lines_text(&order.lines))
    .bind(&order.name)
    .bind(order.fulfilment.map(fulfilment_text))
    .bind(details_text(&order.details))
    .bind(to_sql(placed.generation))
    .bind(placed.digest.as_str())
    .execute(connection)
    .await?;
    Ok(())
}
