//! Amounts of what is sold by measure, exactly: thousandths of a unit.

use std::fmt;

use crate::restaurant::{Money, Unit};

/// So much of a unit: three quarters of a pound is 750.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure(u32);

/// Most of a unit in one line: far below what a price times it could overflow.
const MAX_THOUSANDTHS: u32 = 1_000_000;

impl Measure {
    /// `None` for nothing at all, or more than a thousand units.
    pub fn from_thousandths(thousandths: u32) -> Option<Self> {
        (1..=MAX_THOUSANDTHS)
            .contains(&thousandths)
            .then_some(Self(thousandths))
    }

    /// Whole units.
    pub fn units(units: u32) -> Option<Self> {
        Self::from_thousandths(units.checked_mul(1000)?)
    }

    /// A decimal with at most three digits behind the point: `0.75`.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 3 || whole.len() > 6 {
            return None;
        }
        Self::from_thousandths(format!("{whole}{part:0<3}").parse().ok()?)
    }

    /// Thousandths of the unit, 1 to 1,000,000.
    pub fn thousandths(self) -> u32 {
        self.0
    }

    /// Is it sold so?
    pub fn fits(self, unit: &Unit) -> bool {
        self.0 >= unit.min && self.0.is_multiple_of(unit.step.max(1))
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::from_thousandths(self.0.checked_add(other.0)?)
    }
}

impl fmt::Display for Measure {
    /// A plain decimal without needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = format!("{:03}", self.0 % 1000);
        let part = part.trim_end_matches('0');
        match part.is_empty() {
            true => write!(f, "{}", self.0 / 1000),
            false => write!(f, "{}.{part}", self.0 / 1000),
        }
    }
}

/// A unit price times pieces, or times an exact measure, rounded half away from zero once.
pub(super) fn extended(unit: Money, quantity: u32, measure: Option<Measure>) -> Money {
    match measure {
        None => unit.times(quantity),
        Some(measure) => {
            let all = i128::from(unit.minor()) * i128::from(measure.thousandths());
            from_wide(half_away_from_zero(all, 1000))
        }
    }
}

pub(super) fn from_wide(minor: i128) -> Money {
    Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX))
}

pub(super) fn half_away_from_zero(numerator: i128, denominator: i128) -> i128 {
    (numerator * 2 + denominator * numerator.signum()) / (denominator * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_an_exact_decimal() {
        for text in ["0.75", "1.5", "2", "0.125", "1000"] {
            assert_eq!(Measure::parse(text).unwrap().to_string(), text);
        }
        for bad in ["0", "0.0001", "-1", "1001", "x", "1.2.3", ""] {
            assert_eq!(Measure::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_whole_steps_from_the_least_on_are_sold() {
        let pound = Unit {
            name: "pound".into(),
            step: 250,
            min: 500,
        };
        let fits = |text| Measure::parse(text).unwrap().fits(&pound);
        assert!(fits("0.5") && fits("1.25"));
        assert!(!fits("0.25") && !fits("0.6"));
    }
}
