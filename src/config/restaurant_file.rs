//! A restaurant as it was written. Nothing here is checked beyond its shape; `validate` gives it meaning.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::written::{ChoiceFile, Names, Written};
use crate::restaurant::{Amount, Brain};

/// The whole file; `schema/restaurant.schema.json` describes every key.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestaurantFile {
    pub id: String,
    pub name: String,
    pub phone_number: Option<String>,
    pub phone_numbers: Option<Vec<String>>,
    pub enabled: Option<bool>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    pub currency: Option<String>,
    pub address: Option<String>,
    pub greeting: Option<String>,
    pub closed_message: Option<String>,
    pub hours: Option<HoursFile>,
    #[serde(default)]
    pub closed_dates: Vec<String>,
    pub tax: Option<TaxFile>,
    #[serde(default)]
    pub ask: AskFile,
    #[serde(default)]
    pub pickup: PickupFile,
    pub handoff: Option<String>,
    pub announce: Option<String>,
    #[serde(default)]
    pub limits: LimitsFile,
    #[serde(default)]
    pub speech: SpeechFile,
    pub brain: Option<Brain>,
    pub upsell: Option<String>,
    #[serde(default)]
    pub categories: Vec<String>,
    #[serde(default)]
    pub option_groups: BTreeMap<String, OptionGroupFile>,
    pub menu: Vec<ItemFile>,
}

/// `hours`: spans by day; a missing day is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoursFile {
    pub mon: Vec<String>,
    pub tue: Vec<String>,
    pub wed: Vec<String>,
    pub thu: Vec<String>,
    pub fri: Vec<String>,
    pub sat: Vec<String>,
    pub sun: Vec<String>,
}

impl HoursFile {
    /// Key and spans of each day, Monday first.
    pub fn days(&self) -> [(&'static str, &[String]); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

/// `tax`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxFile {
    pub rate: Written,
    #[serde(default)]
    pub included: bool,
}

/// `ask`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AskFile {
    pub name: bool,
    pub fulfilment: bool,
}

/// `pickup`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PickupFile {
    pub ready_in_minutes: Option<u32>,
}

/// `limits`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsFile {
    pub calls: Option<u32>,
    pub call_minutes: Option<u32>,
    pub items: Option<u32>,
}

/// `speech`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeechFile {
    pub stt: Option<String>,
    pub tts: Option<String>,
    pub voice: Option<String>,
}

/// One entry of `menu`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFile {
    pub id: String,
    pub name: String,
    pub category: Option<String>,
    pub price: Written,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub description: Option<String>,
    pub allergens: Option<Vec<String>>,
    pub available: Option<bool>,
    pub say_as: Option<String>,
    #[serde(default)]
    pub options: Vec<OptionFile>,
}

/// One entry of an item's `options`: `use` alone, or everything but `use`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    #[serde(rename = "use")]
    pub group: Option<String>,
    pub name: Option<String>,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub default: Option<Names>,
    pub amounts: Option<Vec<Amount>>,
    pub half_price: Option<bool>,
    pub choices: Option<Vec<ChoiceFile>>,
}

/// One entry of `option_groups`; its key is the option's name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionGroupFile {
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub default: Option<Names>,
    pub amounts: Option<Vec<Amount>>,
    pub half_price: Option<bool>,
    pub choices: Vec<ChoiceFile>,
}

/// A choice written with more than its name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceDetails {
    pub name: String,
    pub price: Option<Written>,
    pub extra_price: Option<Written>,
    pub max_count: Option<u32>,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub allergens: Option<Vec<String>>,
    pub available: Option<bool>,
    pub say_as: Option<String>,
}
