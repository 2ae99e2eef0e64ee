//! Counters travel as decimal text (`"sequenceNumber":"3"`), sizes as numbers; reading takes either, and `null`.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serializer};

/// A counter read from text or from a number; `null` is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WireNumber(pub u64);

impl<'de> Deserialize<'de> for WireNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = WireNumber;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or one written as text")
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<WireNumber, E> {
                Ok(WireNumber(value))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<WireNumber, E> {
                text.parse()
                    .map(WireNumber)
                    .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }

            fn visit_unit<E: Error>(self) -> Result<WireNumber, E> {
                Ok(WireNumber(0))
            }
        }
        from.deserialize_any(Either)
    }
}

/// Text that a sender may have written as a number or truth value; `null` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WireText(pub String);

impl<'de> Deserialize<'de> for WireText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = WireText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or a number or truth value")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<WireText, E> {
                Ok(WireText(text.to_owned()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<WireText, E> {
                Ok(WireText(value.to_string()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<WireText, E> {
                Ok(WireText(value.to_string()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<WireText, E> {
                Ok(WireText(value.to_string()))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<WireText, E> {
                Ok(WireText(value.to_string()))
            }

            fn visit_unit<E: Error>(self) -> Result<WireText, E> {
                Ok(WireText::default())
            }
        }
        from.deserialize_any(Either)
    }
}

/// Writes a counter as Twilio does: as text.
pub(super) fn as_text<S: Serializer>(value: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

/// [`as_text`] for a counter that not every message has; `None` is skipped before it comes here.
pub(super) fn as_text_if_any<S: Serializer>(value: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&value.unwrap_or_default())
}
