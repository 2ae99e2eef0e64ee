//! A restaurant as it was written: the shapes and bounds of the schema, nothing more; `validate` gives it meaning.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::delivery_file::DeliveryFile;
use super::form;
use super::option_file::{OptionFile, OptionGroupFile};
use super::orders_file::{AnswerFile, CallerNewsFile, ChannelFile, KeepFile, KitchenFile};
use super::written::{AvailableFile, CategoryFile, PriceWritten, Written};
use crate::restaurant::{Brain, Requests};

/// The whole file; `schema/restaurant.schema.json` describes every key.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestaurantFile {
    #[serde(deserialize_with = "form::id")]
    pub id: String,
    #[serde(deserialize_with = "form::text::<120, _>")]
    pub name: String,
    #[serde(default, deserialize_with = "form::some_phone")]
    pub phone_number: Option<String>,
    #[serde(default, deserialize_with = "form::some_phones")]
    pub phone_numbers: Option<Vec<String>>,
    #[serde(default, deserialize_with = "form::some")]
    pub enabled: Option<bool>,
    #[serde(default, deserialize_with = "form::some_text::<35, _>")]
    pub language: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<64, _>")]
    pub timezone: Option<String>,
    #[serde(default, deserialize_with = "form::some_currency")]
    pub currency: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<300, _>")]
    pub address: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<500, _>")]
    pub greeting: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<500, _>")]
    pub closed_message: Option<String>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub hours: Option<HoursFile>,
    #[serde(default, deserialize_with = "form::dates")]
    pub closed_dates: Vec<String>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub tax: Option<TaxFile>,
    #[serde(default, deserialize_with = "form::keys")]
    pub ask: AskFile,
    #[serde(default, deserialize_with = "form::keys")]
    pub pickup: PickupFile,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub delivery: Option<DeliveryFile>,
    #[serde(default, deserialize_with = "form::some_text::<500, _>")]
    pub payment_link: Option<String>,
    #[serde(default, deserialize_with = "form::some_account")]
    pub account: Option<String>,
    #[serde(default, deserialize_with = "form::some_phone")]
    pub handoff: Option<String>,
    #[serde(default, deserialize_with = "form::some")]
    pub answer: Option<AnswerFile>,
    #[serde(default, deserialize_with = "form::some")]
    pub messages: Option<bool>,
    #[serde(default, deserialize_with = "form::some_text::<500, _>")]
    pub announce: Option<String>,
    #[serde(default, deserialize_with = "form::keys")]
    pub limits: LimitsFile,
    #[serde(default, deserialize_with = "form::keys")]
    pub speech: SpeechFile,
    #[serde(default, deserialize_with = "form::some_word")]
    pub brain: Option<Brain>,
    #[serde(default, deserialize_with = "form::some_text::<300, _>")]
    pub upsell: Option<String>,
    #[serde(default, deserialize_with = "form::list_of_keys::<_, 1, 10, _>")]
    pub orders: Vec<ChannelFile>,
    #[serde(default, deserialize_with = "form::keys")]
    pub kitchen: KitchenFile,
    #[serde(default, deserialize_with = "form::words")]
    pub notify_caller: Vec<CallerNewsFile>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub keep: Option<KeepFile>,
    #[serde(default, deserialize_with = "form::some_word")]
    pub requests: Option<Requests>,
    #[serde(default, deserialize_with = "form::some")]
    pub minimum_order: Option<Written>,
    #[serde(default, deserialize_with = "form::list_of_keys::<_, 0, 20, _>")]
    pub fees: Vec<FeeFile>,
    #[serde(default, deserialize_with = "form::categories")]
    pub categories: Vec<CategoryFile>,
    #[serde(default, deserialize_with = "form::groups")]
    pub option_groups: BTreeMap<String, OptionGroupFile>,
    #[serde(deserialize_with = "form::list_of_keys::<_, 1, 2000, _>")]
    pub menu: Vec<ItemFile>,
}

/// `hours`: spans by day; a missing day is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoursFile {
    #[serde(deserialize_with = "form::spans")]
    pub mon: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
    pub tue: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
    pub wed: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
    pub thu: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
    pub fri: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
    pub sat: Vec<String>,
    #[serde(deserialize_with = "form::spans")]
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
    #[serde(default, deserialize_with = "form::some")]
    pub rate: Option<Written>,
    #[serde(default, deserialize_with = "form::some_map::<_, 20, _>")]
    pub classes: Option<BTreeMap<String, Written>>,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub default: Option<String>,
    #[serde(default)]
    pub included: bool,
}

/// One entry of `fees`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeFile {
    #[serde(deserialize_with = "form::text::<120, _>")]
    pub name: String,
    #[serde(default, deserialize_with = "form::some")]
    pub amount: Option<Written>,
    #[serde(default, deserialize_with = "form::some")]
    pub percent: Option<Written>,
    #[serde(default, deserialize_with = "form::some_word")]
    pub per: Option<FeePer>,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub tax: Option<String>,
}

/// `per` of a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeePer {
    Order,
    Item,
}

/// `unit` of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    #[serde(deserialize_with = "form::text::<40, _>")]
    pub name: String,
    #[serde(default, deserialize_with = "form::some")]
    pub step: Option<Written>,
    #[serde(default, deserialize_with = "form::some")]
    pub min: Option<Written>,
}

/// `bundle` of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleFile {
    #[serde(deserialize_with = "form::whole::<2, 100, _>")]
    pub quantity: u32,
    pub price: Written,
}

/// `limits` of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DishLimitsFile {
    #[serde(deserialize_with = "form::some_whole::<1, 1000, _>")]
    pub min: Option<u32>,
    #[serde(deserialize_with = "form::some_whole::<1, 1000, _>")]
    pub max: Option<u32>,
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
    #[serde(deserialize_with = "form::some_whole::<0, 1440, _>")]
    pub ready_in_minutes: Option<u32>,
}

/// `limits`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsFile {
    #[serde(deserialize_with = "form::some_whole::<1, 1000, _>")]
    pub calls: Option<u32>,
    #[serde(deserialize_with = "form::some_whole::<1, 60, _>")]
    pub call_minutes: Option<u32>,
    #[serde(deserialize_with = "form::some_whole::<1, 1000, _>")]
    pub items: Option<u32>,
}

/// `speech`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeechFile {
    #[serde(deserialize_with = "form::some_text::<40, _>")]
    pub stt: Option<String>,
    #[serde(deserialize_with = "form::some_text::<40, _>")]
    pub tts: Option<String>,
    #[serde(deserialize_with = "form::some_text::<80, _>")]
    pub voice: Option<String>,
}

/// One entry of `menu`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFile {
    #[serde(deserialize_with = "form::item_id")]
    pub id: String,
    #[serde(deserialize_with = "form::text::<120, _>")]
    pub name: String,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub category: Option<String>,
    #[serde(default, deserialize_with = "form::some")]
    pub price: Option<PriceWritten>,
    #[serde(default, deserialize_with = "form::some_map::<_, 200, _>")]
    pub prices: Option<BTreeMap<String, Written>>,
    #[serde(default, deserialize_with = "form::some_text::<200, _>")]
    pub printed: Option<String>,
    #[serde(default, deserialize_with = "form::some_number")]
    pub number: Option<String>,
    #[serde(default, deserialize_with = "form::some_text_map::<120, 20, _>")]
    pub names: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "form::texts::<120, 100, _>")]
    pub tags: Vec<String>,
    #[serde(default, deserialize_with = "form::some_whole::<0, 20000, _>")]
    pub calories: Option<u32>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub unit: Option<UnitFile>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub bundle: Option<BundleFile>,
    #[serde(default, deserialize_with = "form::some_keys")]
    pub limits: Option<DishLimitsFile>,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub tax: Option<String>,
    #[serde(default, deserialize_with = "form::some")]
    pub deposit: Option<Written>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 99, _>")]
    pub age: Option<u32>,
    #[serde(default, deserialize_with = "form::some_item_id")]
    pub meal: Option<String>,
    #[serde(default, deserialize_with = "form::some_word")]
    pub requests: Option<Requests>,
    #[serde(default, deserialize_with = "form::texts::<120, 100, _>")]
    pub aliases: Vec<String>,
    #[serde(default, deserialize_with = "form::some_text::<500, _>")]
    pub description: Option<String>,
    #[serde(default, deserialize_with = "form::some_texts::<120, 100, _>")]
    pub allergens: Option<Vec<String>>,
    #[serde(default, deserialize_with = "form::some")]
    pub available: Option<AvailableFile>,
    #[serde(default, deserialize_with = "form::some_text::<200, _>")]
    pub say_as: Option<String>,
    #[serde(default, deserialize_with = "form::list_of_keys::<_, 0, 40, _>")]
    pub options: Vec<OptionFile>,
}
