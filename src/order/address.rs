//! Where an order is brought.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An address as the caller said it; what was not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// House number: `12`, `221B`.
    pub number: String,
    pub street: String,
    /// Apartment, suite or floor, with its word: `apartment 4B`.
    pub unit: String,
    pub town: String,
    /// In capitals, parted as the country does: `M5V 2T6`.
    pub postal_code: String,
}

impl Address {
    /// Nothing said?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Number and street.
    pub fn street_line(&self) -> String {
        format!("{} {}", self.number, self.street).trim().to_owned()
    }

    /// Its lines: number and street, unit, town and postal code.
    pub fn lines(&self) -> Vec<String> {
        let place = format!("{} {}", self.town, self.postal_code);
        let lines = [
            self.street_line(),
            self.unit.clone(),
            place.trim().to_owned(),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.street_line(),
            self.unit.clone(),
            self.town.clone(),
            self.postal_code.clone(),
        ];
        let said = parts.iter().filter(|part| !part.is_empty());
        f.write_str(&said.cloned().collect::<Vec<_>>().join(", "))
    }
}
