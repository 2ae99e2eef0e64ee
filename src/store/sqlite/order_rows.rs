//! An order as a row, and its lines as the JSON inside it: a form of their own, so that renaming a field in `order`
//! does not make old orders unreadable.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::instant::{from_sql, instant_from};
use crate::order::{Fulfilment, Order, OrderChoice, OrderLine, OrderState, Part, PlacedOrder};
use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};
use crate::store::StoreError;

#[derive(FromRow)]
pub(super) struct OrderRow {
    id: String,
    call_sid: String,
    sequence: i64,
    restaurant: String,
    number: i64,
    state: String,
    placed_at: String,
    currency: String,
    subtotal_minor: i64,
    tax_minor: i64,
    total_minor: i64,
    lines: String,
    customer_name: Option<String>,
    fulfilment: Option<String>,
    generation: i64,
    digest: String,
}

impl TryFrom<OrderRow> for PlacedOrder {
    type Error = StoreError;

    fn try_from(row: OrderRow) -> Result<Self, StoreError> {
        let corrupt = |column, value: &str| StoreError::corrupt("orders", column, value);
        Ok(Self {
            id: Uuid::parse_str(&row.id).map_err(|_| corrupt("id", &row.id))?,
            number: from_sql("orders", "number", row.number)?,
            call_sid: row.call_sid,
            state: match row.state.as_str() {
                "placed" => OrderState::Placed,
                "test" => OrderState::Test,
                other => return Err(corrupt("state", other)),
            },
            placed_at: instant_from("orders", "placed_at", &row.placed_at)?,
            generation: from_sql("orders", "generation", row.generation)?,
            digest: Digest::parse(&row.digest).ok_or_else(|| corrupt("digest", &row.digest))?,
            order: Order {
                restaurant: RestaurantId::parse(&row.restaurant)
                    .ok_or_else(|| corrupt("restaurant", &row.restaurant))?,
                currency: Currency::from_code(&row.currency)
                    .ok_or_else(|| corrupt("currency", &row.currency))?,
                lines: lines_from(&row.lines).ok_or_else(|| corrupt("lines", &row.lines))?,
                subtotal: Money::from_minor(row.subtotal_minor),
                tax: Money::from_minor(row.tax_minor),
                total: Money::from_minor(row.total_minor),
                name: row.customer_name,
                fulfilment: match row.fulfilment.as_deref() {
                    None => None,
                    Some("pickup") => Some(Fulfilment::Pickup),
                    Some("delivery") => Some(Fulfilment::Delivery),
                    Some(other) => return Err(corrupt("fulfilment", other)),
                },
                sequence: from_sql("orders", "sequence", row.sequence)?,
            },
        })
    }
}

pub(super) fn state_text(state: OrderState) -> &'static str {
    match state {
        OrderState::Placed => "placed",
        OrderState::Test => "test",
    }
}

pub(super) fn fulfilment_text(fulfilment: Fulfilment) -> &'static str {
    match fulfilment {
        Fulfilment::Pickup => "pickup",
        Fulfilment::Delivery => "delivery",
    }
}

/// `orders.lines`: an array of these.
#[derive(Serialize, Deserialize)]
struct StoredLine {
    item: String,
    name: String,
    quantity: u32,
    price_minor: i64,
    choices: Vec<StoredChoice>,
}

#[derive(Serialize, Deserialize)]
struct StoredChoice {
    option: String,
    choice: String,
    amount: Amount,
    count: u32,
    part: Part,
    price_minor: i64,
}

pub(super) fn lines_text(lines: &[OrderLine]) -> String {
    let stored: Vec<StoredLine> = lines.iter().map(StoredLine::from).collect();
    serde_json::json!(stored).to_string()
}

fn lines_from(text: &str) -> Option<Vec<OrderLine>> {
    let stored: Vec<StoredLine> = serde_json::from_str(text).ok()?;
    Some(stored.into_iter().map(OrderLine::from).collect())
}

impl From<&OrderLine> for StoredLine {
    fn from(line: &OrderLine) -> Self {
        Self {
            item: line.item.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
            price_minor: line.price.minor(),
            choices: line.choices.iter().map(StoredChoice::from).collect(),
        }
    }
}

impl From<&OrderChoice> for StoredChoice {
    fn from(choice: &OrderChoice) -> Self {
        Self {
            option: choice.option.clone(),
            choice: choice.choice.clone(),
            amount: choice.amount,
            count: choice.count,
            part: choice.part,
            price_minor: choice.price.minor(),
        }
    }
}

impl From<StoredLine> for OrderLine {
    fn from(stored: StoredLine) -> Self {
        Self {
            item: stored.item,
            name: stored.name,
            quantity: stored.quantity,
            price: Money::from_minor(stored.price_minor),
            choices: stored.choices.into_iter().map(OrderChoice::from).collect(),
        }
    }
}

impl From<StoredChoice> for OrderChoice {
    fn from(stored: StoredChoice) -> Self {
        Self {
            option: stored.option,
            choice: stored.choice,
            amount: stored.amount,
            count: stored.count,
            part: stored.part,
            price: Money::from_minor(stored.price_minor),
        }
    }
}
