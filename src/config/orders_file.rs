//! `orders` and `kitchen` as they were written.

use serde::Deserialize;

use super::form;

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

/// `kitchen`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KitchenFile {
    #[serde(deserialize_with = "form::phones")]
    pub phones: Vec<String>,
}
