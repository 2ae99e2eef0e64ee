//! Where a restaurant brings its food, and on what terms.

use serde::{Deserialize, Serialize};

use super::Money;

/// The terms of delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivers {
    /// Added to every order that is brought; not taxed.
    pub fee: Money,
    /// What the dishes of such an order must come to; zero: anything.
    pub minimum: Money,
    /// Postal codes or how they begin, as [`plain_code`] writes them; empty: everywhere.
    pub areas: Vec<String>,
    /// Minutes until it is there.
    pub ready_in_minutes: Option<u32>,
}

impl Delivers {
    /// Is it brought to this postal code? Where no areas are named, to every one and to none.
    pub fn covers(&self, postal_code: Option<&str>) -> bool {
        let code = plain_code(postal_code.unwrap_or_default());
        self.areas.is_empty() || self.areas.iter().any(|area| code.starts_with(area))
    }

    /// Does the postal code decide?
    pub fn needs_code(&self) -> bool {
        !self.areas.is_empty()
    }
}

/// A postal code without blanks and marks, in capitals: `m5v 2t6` -> `M5V2T6`.
pub fn plain_code(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_a_postal_code_or_how_one_begins() {
        let delivers = Delivers {
            areas: vec!["M5V".into(), "10001".into()],
            ..Delivers::default()
        };
        for inside in ["M5V 2T6", "m5v2t6", "M5V", "10001", "10001-1234"] {
            assert!(delivers.covers(Some(inside)), "{inside}");
        }
        for outside in ["M5J 1A1", "M5", "10002", ""] {
            assert!(!delivers.covers(Some(outside)), "{outside}");
        }
        assert!(!delivers.covers(None));
        assert!(Delivers::default().covers(None));
    }
}
