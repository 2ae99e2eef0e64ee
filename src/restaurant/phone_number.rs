//! Telephone numbers in E.164 form: `+` and 7 to 15 digits, the first not zero (ITU-T E.164).

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A number in E.164 form, such as `+15551234567`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>")]
pub struct PhoneNumber(Arc<str>);

/// The text is not an E.164 number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a number such as \"+15551234567\" (E.164: + and 7 to 15 digits), got \"{0}\"")]
pub struct PhoneNumberError(pub String);

impl PhoneNumber {
    /// Accepts exactly `^\+[1-9]\d{6,14}$`.
    pub fn parse(text: &str) -> Result<Self, PhoneNumberError> {
        let ok = text.strip_prefix('+').is_some_and(|digits| {
            (7..=15).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.starts_with('0')
        });
        if ok {
            Ok(Self(text.into()))
        } else {
            Err(PhoneNumberError(text.to_owned()))
        }
    }

    /// The number as written, `+` first.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For logs: the last four digits, the rest hidden.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

impl TryFrom<Cow<'_, str>> for PhoneNumber {
    type Error = PhoneNumberError;

    fn try_from(text: Cow<'_, str>) -> Result<Self, PhoneNumberError> {
        Self::parse(&text)
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hides all but the last four characters of a caller's identity, whatever its form (`client:NAME`, `anonymous`). Nothing is
/// nothing to hide.
pub(crate) fn mask(text: &str) -> String {
    let count = text.chars().count();
    match count {
        0 => String::new(),
        1..=4 => "****".to_owned(),
        _ => format!("****{}", text.chars().skip(count - 4).collect::<String>()),
    }
}

/// A text of somebody else's, such as Twilio's word on a number it cannot reach, with every number in it masked.
pub(crate) fn mask_numbers_in(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('+') {
        let behind = &rest[at + 1..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let number = &rest[at..=at + digits];
        masked.push_str(&rest[..at]);
        match digits {
            7.. => masked.push_str(&mask(number)),
            _ => masked.push_str(number),
        }
        rest = &behind[digits..];
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_e164_is_a_number() {
        for good in ["+15551234567", "+4930123456", "+1234567"] {
            assert!(PhoneNumber::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "15551234567",
            "+05551234567",
            "+123456",
            "+1234567890123456",
            "+1555 1234567",
            "",
            "+",
        ] {
            assert!(PhoneNumber::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_masked_number_shows_four_digits() {
        assert_eq!(
            PhoneNumber::parse("+15551234567").unwrap().masked(),
            "****4567"
        );
        assert_eq!(mask("me"), "****");
        assert_eq!(mask(""), "");
    }

    #[test]
    fn numbers_in_a_text_are_masked_and_nothing_else_is() {
        for (text, masked) in [
            (
                "'To' +15005550001 is no number (21211)",
                "'To' ****0001 is no number (21211)",
            ),
            ("+12125550123,+442079460000", "****0123,****0000"),
            ("1 + 1, +123456 and é+", "1 + 1, +123456 and é+"),
            ("+++1234567", "++****4567"),
            ("", ""),
        ] {
            assert_eq!(mask_numbers_in(text), masked);
        }
    }
}
