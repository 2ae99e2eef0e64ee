//! `orders` as it was written.

use serde::Deserialize;

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
