//! Money as integer minor units (cents for USD, yen for JPY, fils for KWD) beside an ISO 4217 currency.

use std::fmt;

/// An ISO 4217 currency: its three-letter code and how many decimals its minor unit has (0, 2 or 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "[u8; 3]", into = "[u8; 3]")]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// Currencies whose minor unit is not a hundredth (ISO 4217, table A.1).
const EXPONENT_0: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
const EXPONENT_3: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
/// Currencies in circulation with a hundredth as minor unit (ISO 4217, table A.1).
const EXPONENT_2: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD",
    "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR",
    "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY",
    "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD", "YER", "ZAR",
    "ZMW",
];

impl Currency {
    /// US dollars: the default when a file names no currency.
    pub const USD: Currency = Currency {
        code: *b"USD",
        exponent: 2,
    };

    /// Looks a code up; `None` when ISO 4217 does not list it (codes are upper case).
    pub fn from_code(code: &str) -> Option<Self> {
        let exponent = if EXPONENT_2.contains(&code) {
            2
        } else if EXPONENT_0.contains(&code) {
            0
        } else if EXPONENT_3.contains(&code) {
            3
        } else {
            return None;
        };
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        Some(Self { code, exponent })
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("USD")
    }

    /// Decimals of the minor unit: 0, 2 or 3.
    pub fn exponent(&self) -> u32 {
        u32::from(self.exponent)
    }

    /// Minor units in one major unit: 1, 100 or 1000.
    pub fn scale(&self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// The sign written before an amount, where the dollar-like currencies share `$`.
    pub fn sign(&self) -> &'static str {
        match self.code() {
            "USD" | "CAD" | "AUD" | "NZD" | "MXN" | "SGD" | "HKD" | "TWD" | "ARS" | "CLP"
            | "COP" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" | "CNY" => "¥",
            "INR" => "₹",
            "KRW" => "₩",
            _ => "",
        }
    }
}

impl From<Currency> for [u8; 3] {
    fn from(currency: Currency) -> Self {
        currency.code
    }
}

impl TryFrom<[u8; 3]> for Currency {
    type Error = &'static str;

    fn try_from(code: [u8; 3]) -> Result<Self, &'static str> {
        let code = std::str::from_utf8(&code).ok();
        code.and_then(Self::from_code)
            .ok_or("no currency of ISO 4217")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in minor units of a currency that stands beside it (a restaurant or an order has exactly one).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Money {
    minor: i64,
}

/// Why a written amount is not money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("expected an amount such as 1.10, got \"{0}\"")]
    NotANumber(String),
    #[error("{currency} has {allowed} decimals, got \"{text}\"")]
    TooManyDecimals {
        text: String,
        currency: String,
        allowed: u32,
    },
    #[error("an amount must not be negative, got \"{0}\"")]
    Negative(String),
    #[error("the amount \"{0}\" is too large")]
    TooLarge(String),
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money { minor: 0 };
    /// The largest amount a file may name: a hundred million minor units keeps every sum far from overflow.
    pub const MAX_MINOR: i64 = 100_000_000;

    /// An amount of `minor` units (cents for USD).
    pub const fn from_minor(minor: i64) -> Self {
        Self { minor }
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Reads a written amount, exactly: `10.99`, `4`, `.5`. Never goes through floating point.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let trimmed = text.trim();
        if trimmed.starts_with('-') {
            return Err(MoneyError::Negative(text.to_owned()));
        }
        let (whole, part) = trimmed.split_once('.').unwrap_or((trimmed, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
            return Err(MoneyError::NotANumber(text.to_owned()));
        }
        let exponent = currency.exponent() as usize;
        let significant = part.trim_end_matches('0');
        if significant.len() > exponent {
            return Err(MoneyError::TooManyDecimals {
                text: text.to_owned(),
                currency: currency.code().to_owned(),
                allowed: currency.exponent(),
            });
        }
        let too_large = || MoneyError::TooLarge(text.to_owned());
        let mut minor: i64 = 0;
        for byte in whole
            .bytes()
            .chain(format!("{significant:0<exponent$}").bytes())
        {
            minor = minor
                .checked_mul(10)
                .and_then(|m| m.checked_add(i64::from(byte - b'0')))
                .ok_or_else(too_large)?;
        }
        if minor > Self::MAX_MINOR {
            Err(too_large())
        } else {
            Ok(Self { minor })
        }
    }

    /// Reads an amount that may be taken off: `-0.50`.
    ///
    /// # Errors
    /// As [`Money::parse`], but for the sign.
    pub fn parse_signed(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        match text.trim().strip_prefix('-') {
            Some(amount) => Self::parse(amount, currency).map(|money| Self {
                minor: -money.minor,
            }),
            None => Self::parse(text, currency),
        }
    }

    /// A plain decimal for JSON: `23.80`, `4` (JPY), `1.250` (KWD).
    pub fn decimal(self, currency: Currency) -> String {
        let scale = currency.scale();
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let scale = scale.unsigned_abs();
        if scale == 1 {
            format!("{sign}{minor}")
        } else {
            let width = currency.exponent() as usize;
            format!("{sign}{}.{:0width$}", minor / scale, minor % scale)
        }
    }

    /// What a person reads: `$23.80`, `€4.50`, or `12.00 CHF` where no sign is known.
    pub fn display(self, currency: Currency) -> String {
        let sign = currency.sign();
        if sign.is_empty() {
            format!("{} {}", self.decimal(currency), currency.code())
        } else if self.minor < 0 {
            let amount = Self { minor: -self.minor };
            format!("-{sign}{}", amount.decimal(currency))
        } else {
            format!("{sign}{}", self.decimal(currency))
        }
    }

    /// `self * times`, saturating (menu limits keep real orders far below).
    pub fn times(self, times: u32) -> Self {
        Self {
            minor: self.minor.saturating_mul(i64::from(times)),
        }
    }
}

impl std::ops::Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money {
            minor: self.minor.saturating_add(other.minor),
        }
    }
}

impl std::ops::Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money {
            minor: self.minor.saturating_sub(other.minor),
        }
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Money {
        iter.fold(Money::ZERO, |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_exactly() {
        let usd = Currency::USD;
        assert_eq!(Money::parse("10.99", usd), Ok(Money::from_minor(1099)));
        assert_eq!(Money::parse("4", usd), Ok(Money::from_minor(400)));
        assert_eq!(Money::parse("4.5", usd), Ok(Money::from_minor(450)));
        assert_eq!(Money::parse("4.500", usd), Ok(Money::from_minor(450)));
        assert!(matches!(
            Money::parse("4.505", usd),
            Err(MoneyError::TooManyDecimals { .. })
        ));
        assert!(matches!(
            Money::parse("-1", usd),
            Err(MoneyError::Negative(_))
        ));
        assert!(matches!(
            Money::parse("cheap", usd),
            Err(MoneyError::NotANumber(_))
        ));
        assert!(matches!(
            Money::parse("99999999999999999999", usd),
            Err(MoneyError::TooLarge(_))
        ));
    }

    #[test]
    fn every_exponent_writes_its_own_decimals() {
        let written = |code: &str, minor| {
            Money::from_minor(minor).decimal(Currency::from_code(code).unwrap())
        };
        assert_eq!(written("JPY", 500), "500");
        assert_eq!(written("USD", 5), "0.05");
        assert_eq!(written("KWD", 1250), "1.250");
        assert_eq!(Currency::from_code("XXX"), None);
    }

    proptest! {
        #[test]
        fn a_written_amount_reads_back(minor in 0..Money::MAX_MINOR, code in prop::sample::select(vec!["USD", "JPY", "KWD"])) {
            let currency = Currency::from_code(code).unwrap();
            let money = Money::from_minor(minor);
            prop_assert_eq!(Money::parse(&money.decimal(currency), currency), Ok(money));
        }
    }
}
