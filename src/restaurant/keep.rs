//! How long what names people is kept.

use serde::{Deserialize, Serialize};

/// Days after which it is deleted; `None`: another rule decides, and without one it is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Calls with what was said in them.
    pub calls: Option<u32>,
    /// Orders with their history.
    pub orders: Option<u32>,
}

impl Keep {
    /// These rules, and `others` where there is none.
    pub fn or(self, others: Self) -> Self {
        Self {
            calls: self.calls.or(others.calls),
            orders: self.orders.or(others.orders),
        }
    }
}

/// Most days that may be written: a century.
const MAX_DAYS: u32 = 36_500;

impl Keep {
    /// Reads `90d`, `12w` or `2y` (of 365 days) as days, from one to a century.
    pub fn days(text: &str) -> Option<u32> {
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let days = match unit {
            "d" => 1,
            "w" => 7,
            "y" => 365,
            _ => return None,
        };
        let days = number.parse::<u32>().ok()?.checked_mul(days)?;
        (1..=MAX_DAYS).contains(&days).then_some(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_weeks_and_years_are_read_and_nothing_else() {
        for (text, days) in [
            ("1d", 1),
            ("90d", 90),
            ("12w", 84),
            ("2y", 730),
            ("100y", 36_500),
        ] {
            assert_eq!(Keep::days(text), Some(days), "{text}");
        }
        for text in [
            "",
            "90",
            "d",
            "0d",
            "1.5d",
            "-1d",
            "90 d",
            "3m",
            "101y",
            "99999999999d",
        ] {
            assert_eq!(Keep::days(text), None, "{text}");
        }
        let own = Keep {
            calls: Some(7),
            orders: None,
        };
        let servers = Keep {
            calls: Some(90),
            orders: Some(730),
        };
        assert_eq!(
            own.or(servers),
            Keep {
                calls: Some(7),
                orders: Some(730)
            }
        );
    }
}
