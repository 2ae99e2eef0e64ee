//! `orders`, `answer` and `kitchen` as they were written.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor, value};

use super::form;
use crate::restaurant::CallerNews;

/// One entry of `orders`; `validate` sees to it that it names one way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChannelFile {
    #[serde(deserialize_with = "form::some_keys")]
    pub webhook: Option<WebhookFile>,
    #[serde(deserialize_with = "form::some_keys")]
    pub sms: Option<SmsFile>,
    #[serde(deserialize_with = "form::some_keys")]
    pub email: Option<EmailFile>,
    #[serde(deserialize_with = "form::some_keys")]
    pub printer: Option<PrinterFile>,
    #[serde(deserialize_with = "form::some_keys")]
    pub call: Option<CallFile>,
    #[serde(deserialize_with = "form::some_keys")]
    pub ack: Option<AckFile>,
}

/// `webhook`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookFile {
    #[serde(deserialize_with = "form::text::<2000, _>")]
    pub url: String,
    #[serde(deserialize_with = "form::variable")]
    pub secret_env: String,
}

/// `sms`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsFile {
    #[serde(deserialize_with = "form::phone")]
    pub to: String,
    #[serde(default, deserialize_with = "form::some_phone")]
    pub from: Option<String>,
}

/// `call`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallFile {
    #[serde(deserialize_with = "form::phone")]
    pub to: String,
    #[serde(default, deserialize_with = "form::some_phone")]
    pub from: Option<String>,
}

/// `email`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailFile {
    #[serde(deserialize_with = "form::text::<254, _>")]
    pub to: String,
}

/// `printer`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterFile {
    #[serde(deserialize_with = "form::text::<260, _>")]
    pub address: String,
    #[serde(default, deserialize_with = "form::some_whole::<58, 80, _>")]
    pub width: Option<u32>,
}

/// `ack`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AckFile {
    #[serde(deserialize_with = "form::some_text::<20, _>")]
    pub within: Option<String>,
}

/// `answer`: a word, or how long the staff's telephone rings first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFile {
    First,
    Overflow,
    OffHours,
    StaffFirst(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffFirstFile {
    #[serde(deserialize_with = "form::text::<20, _>")]
    staff_first: String,
}

impl<'de> Deserialize<'de> for AnswerFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = AnswerFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("first, overflow, off_hours or {staff_first: 20s}")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<AnswerFile, E> {
                match text {
                    "first" => Ok(AnswerFile::First),
                    "overflow" => Ok(AnswerFile::Overflow),
                    "off_hours" => Ok(AnswerFile::OffHours),
                    other => Err(E::invalid_value(Unexpected::Str(other), &self)),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnswerFile, A::Error> {
                StaffFirstFile::deserialize(value::MapAccessDeserializer::new(map))
                    .map(|file| AnswerFile::StaffFirst(file.staff_first))
            }
        }
        deserializer.deserialize_any(Form)
    }
}

/// `kitchen`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KitchenFile {
    #[serde(deserialize_with = "form::phones")]
    pub phones: Vec<String>,
    #[serde(deserialize_with = "form::some_whole::<1, 1000, _>")]
    pub orders_per_15_minutes: Option<u32>,
}

/// A word of `notify_caller`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallerNewsFile {
    Accepted,
    Refused,
    Ready,
}

impl From<CallerNewsFile> for CallerNews {
    fn from(word: CallerNewsFile) -> Self {
        match word {
            CallerNewsFile::Accepted => Self::Accepted,
            CallerNewsFile::Refused => Self::Refused,
            CallerNewsFile::Ready => Self::Ready,
        }
    }
}

/// `keep`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeepFile {
    #[serde(deserialize_with = "form::some_text::<20, _>")]
    pub calls: Option<String>,
    #[serde(deserialize_with = "form::some_text::<20, _>")]
    pub orders: Option<String>,
}
