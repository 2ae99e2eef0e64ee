//! An order as a row, and its lines as the JSON inside it: a form of their own, so that renaming a field in `order`
//! does not make old orders unreadable.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::instant::{from_sql, instant_from};
use crate::order::{
    Fulfilment, LineDetails, Measure, Order, OrderChoice, OrderDetails, OrderLine, OrderState,
    Part, PlacedOrder,
};
use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};
use crate::store::StoreError;

#[derive(FromRow)]
pub(super) struct OrderRow {
    pub id: String,
    account_sid: String,
    twilio_sid: String,
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
    /// Absent in a database of before it was there, which a command may read without changing it.
    #[sqlx(default)]
    details: Option<String>,
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
            account_sid: row.account_sid,
            call_sid: row.twilio_sid,
            state: OrderState::parse(&row.state).ok_or_else(|| corrupt("state", &row.state))?,
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
                details: match row.details.as_deref() {
                    None => OrderDetails::default(),
                    Some(text) => {
                        serde_json::from_str(text).map_err(|_| corrupt("details", text))?
                    }
                },
            },
        })
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
    #[serde(default, skip_serializing_if = "StoredDetails::is_empty")]
    details: StoredDetails,
}

/// What only some lines have; lines of before it was there have none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct StoredDetails {
    notes: Vec<String>,
    measure_thousandths: Option<u32>,
    unit: Option<String>,
    saving_minor: i64,
    deposit_minor: i64,
    market_price: bool,
    age: Option<u32>,
}

impl StoredDetails {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Serialize, Deserialize)]
struct StoredChoice {
    option: String,
    choice: String,
    amount: Amount,
    count: u32,
    part: Part,
    price_minor: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<StoredChoice>,
}

/// `orders.details`: null where there is nothing to keep.
pub(super) fn details_text(details: &OrderDetails) -> Option<String> {
    (*details != OrderDetails::default()).then(|| serde_json::json!(details).to_string())
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
        let measure = line.details.measure.as_ref();
        Self {
            item: line.item.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
            price_minor: line.price.minor(),
            choices: line.choices.iter().map(StoredChoice::from).collect(),
            details: StoredDetails {
                notes: line.details.notes.clone(),
                measure_thousandths: measure.map(|(measure, _)| measure.thousandths()),
                unit: measure.map(|(_, unit)| unit.clone()),
                saving_minor: line.details.saving.minor(),
                deposit_minor: line.details.deposit.minor(),
                market_price: line.details.market_price,
                age: line.details.age,
            },
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
            item: choice.item.clone(),
            choices: choice.choices.iter().map(Self::from).collect(),
        }
    }
}

impl From<StoredLine> for OrderLine {
    fn from(stored: StoredLine) -> Self {
        let thousandths = stored.details.measure_thousandths;
        let measure = thousandths.and_then(Measure::from_thousandths);
        Self {
            item: stored.item,
            name: stored.name,
            quantity: stored.quantity,
            price: Money::from_minor(stored.price_minor),
            choices: stored.choices.into_iter().map(OrderChoice::from).collect(),
            details: LineDetails {
                notes: stored.details.notes,
                measure: measure.zip(stored.details.unit),
                saving: Money::from_minor(stored.details.saving_minor),
                deposit: Money::from_minor(stored.details.deposit_minor),
                market_price: stored.details.market_price,
                age: stored.details.age,
            },
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
            item: stored.item,
            choices: stored.choices.into_iter().map(Self::from).collect(),
        }
    }
}
