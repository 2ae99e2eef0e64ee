//! Options and their choices as they were written: in a dish, in a group, or opened by a choice.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor, value};

use super::form::{self, Text};
use super::written::{AvailableFile, Names, SignedWritten, Written};
use crate::restaurant::Amount;

/// One entry of an item's `options`: `use` (with `when` at most), or everything but `use`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    #[serde(
        rename = "use",
        default,
        deserialize_with = "form::some_text::<120, _>"
    )]
    pub group: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "form::some_whole::<0, 100, _>")]
    pub min: Option<u32>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 100, _>")]
    pub max: Option<u32>,
    #[serde(default, deserialize_with = "form::some")]
    pub default: Option<Names>,
    #[serde(default, deserialize_with = "form::some_words")]
    pub amounts: Option<Vec<Amount>>,
    #[serde(default, deserialize_with = "form::some")]
    pub half_price: Option<bool>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 100, _>")]
    pub free: Option<u32>,
    #[serde(default, deserialize_with = "form::some_map::<_, 10, _>")]
    pub when: Option<BTreeMap<String, Names>>,
    #[serde(default, deserialize_with = "form::some_list::<_, 1, 200, _>")]
    pub choices: Option<Vec<ChoiceFile>>,
}

/// One entry of `option_groups`; its key is the option's name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionGroupFile {
    #[serde(default, deserialize_with = "form::some_whole::<0, 100, _>")]
    pub min: Option<u32>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 100, _>")]
    pub max: Option<u32>,
    #[serde(default, deserialize_with = "form::some")]
    pub default: Option<Names>,
    #[serde(default, deserialize_with = "form::some_words")]
    pub amounts: Option<Vec<Amount>>,
    #[serde(default, deserialize_with = "form::some")]
    pub half_price: Option<bool>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 100, _>")]
    pub free: Option<u32>,
    #[serde(default, deserialize_with = "form::some_map::<_, 10, _>")]
    pub when: Option<BTreeMap<String, Names>>,
    #[serde(deserialize_with = "form::list::<_, 1, 200, _>")]
    pub choices: Vec<ChoiceFile>,
}

/// A choice written with more than its name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceFields {
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "form::some_item_id")]
    pub item: Option<String>,
    #[serde(default, deserialize_with = "form::some_text::<200, _>")]
    pub printed: Option<String>,
    #[serde(default, deserialize_with = "form::some")]
    pub price: Option<SignedWritten>,
    #[serde(default, deserialize_with = "form::some_maps")]
    pub price_by: Option<BTreeMap<String, BTreeMap<String, SignedWritten>>>,
    #[serde(default, deserialize_with = "form::some")]
    pub extra_price: Option<SignedWritten>,
    #[serde(default, deserialize_with = "form::some_text::<120, _>")]
    pub tax: Option<String>,
    #[serde(default, deserialize_with = "form::some")]
    pub deposit: Option<Written>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 99, _>")]
    pub age: Option<u32>,
    #[serde(default, deserialize_with = "form::list_of_keys::<_, 0, 40, _>")]
    pub options: Vec<OptionFile>,
    #[serde(default, deserialize_with = "form::some_whole::<1, 100, _>")]
    pub max_count: Option<u32>,
    #[serde(default, deserialize_with = "form::texts::<120, 100, _>")]
    pub aliases: Vec<String>,
    #[serde(default, deserialize_with = "form::some_texts::<120, 100, _>")]
    pub allergens: Option<Vec<String>>,
    #[serde(default, deserialize_with = "form::some")]
    pub available: Option<AvailableFile>,
    #[serde(default, deserialize_with = "form::some_text::<200, _>")]
    pub say_as: Option<String>,
}

/// A choice: its name alone, or a name with details.
#[derive(Clone, Debug, PartialEq)]
pub enum ChoiceFile {
    Name(String),
    Details(Box<ChoiceFields>),
}

impl ChoiceFile {
    /// The choice's name in either form; empty where it is called as the dish it is.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Details(details) => details.name.as_deref().unwrap_or_default(),
        }
    }

    /// What is written besides the name.
    pub fn details(&self) -> Option<&ChoiceFields> {
        match self {
            Self::Name(_) => None,
            Self::Details(details) => Some(details),
        }
    }

    /// Other names callers use.
    pub fn aliases(&self) -> &[String] {
        match self {
            Self::Name(_) => &[],
            Self::Details(details) => &details.aliases,
        }
    }
}

impl<'de> Deserialize<'de> for ChoiceFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = ChoiceFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or {name: ..., price: ...}")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<ChoiceFile, E> {
                if Text::<120>::fits(text) {
                    Ok(ChoiceFile::Name(text.to_owned()))
                } else {
                    Err(E::invalid_value(Unexpected::Str(text), &self))
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ChoiceFile, A::Error> {
                ChoiceFields::deserialize(value::MapAccessDeserializer::new(map))
                    .map(|details| ChoiceFile::Details(Box::new(details)))
            }
        }
        deserializer.deserialize_any(Form)
    }
}
