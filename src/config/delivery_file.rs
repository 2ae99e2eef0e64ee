//! `delivery` as it was written.

use serde::Deserialize;

use super::form;
use super::written::Written;

/// `delivery`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeliveryFile {
    #[serde(deserialize_with = "form::some")]
    pub fee: Option<Written>,
    #[serde(deserialize_with = "form::some")]
    pub minimum: Option<Written>,
    #[serde(deserialize_with = "form::texts::<20, 500, _>")]
    pub areas: Vec<String>,
    #[serde(deserialize_with = "form::some_whole::<0, 1440, _>")]
    pub ready_in_minutes: Option<u32>,
}
