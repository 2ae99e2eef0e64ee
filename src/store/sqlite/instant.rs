//! Instants and unsigned numbers in the form tables hold them.

use jiff::Timestamp;

use crate::store::StoreError;

/// Fixed width and in UTC, so that text order is time order and nothing is lost: `2026-11-23T18:30:00.123456789Z`.
pub(super) fn instant_text(at: Timestamp) -> String {
    format!("{at:.9}")
}

/// Reads [`instant_text`] back.
pub(super) fn instant_from(
    table: &'static str,
    column: &'static str,
    text: &str,
) -> Result<Timestamp, StoreError> {
    text.parse()
        .map_err(|_| StoreError::corrupt(table, column, text))
}

/// SQL integers are signed; our counts stay far below the border, and one beyond it is kept at the border.
pub(super) fn to_sql(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Reads [`to_sql`] back into any unsigned width.
pub(super) fn from_sql<T: TryFrom<i64>>(
    table: &'static str,
    column: &'static str,
    value: i64,
) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::corrupt(table, column, value.to_string()))
}
