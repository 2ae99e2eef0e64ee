//! The forms a value may be written in: visitors whose messages name what is allowed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor, value};

use super::form::{self, Text, is_amount};

/// An amount as it was written: `10.99` or `"10.99"`, kept as text so that it stays exact. (A YAML number passes through
/// the shortest text of its f64, which is what was written for up to 15 digits; `scan` refuses longer ones.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountForm::<false, false>)
    }
}

/// An amount that may be taken off: `-0.50`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedWritten(pub Written);

impl<'de> Deserialize<'de> for SignedWritten {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = deserializer.deserialize_any(AmountForm::<true, false>)?;
        Ok(Self(written))
    }
}

/// An item's price: an amount, or the word `market`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceWritten(pub Written);

impl PriceWritten {
    /// Only the counter knows it.
    pub fn is_market(&self) -> bool {
        self.0.0 == MARKET
    }
}

impl<'de> Deserialize<'de> for PriceWritten {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = deserializer.deserialize_any(AmountForm::<false, true>)?;
        Ok(Self(written))
    }
}

const MARKET: &str = "market";

/// An amount, negative where `SIGNED`, or the word `market` where `MARKET_TOO`.
struct AmountForm<const SIGNED: bool, const MARKET_TOO: bool>;

impl<const SIGNED: bool, const MARKET_TOO: bool> Visitor<'_> for AmountForm<SIGNED, MARKET_TOO> {
    type Value = Written;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (SIGNED, MARKET_TOO) {
            (true, _) => "an amount such as 1.10 or -0.50",
            (_, true) => "an amount such as 1.10, or market",
            _ => "an amount such as 1.10 or \"1.10\"",
        })
    }
    fn visit_u64<E>(self, number: u64) -> Result<Written, E> {
        Ok(Written(number.to_string()))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
        // `-0` is nothing.
        match SIGNED {
            true => Ok(Written(number.to_string())),
            false => Err(E::invalid_value(Unexpected::Signed(number), &self)),
        }
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
        if SIGNED || number >= 0.0 {
            Ok(Written(number.to_string()))
        } else {
            Err(E::invalid_value(Unexpected::Float(number), &self))
        }
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
        let amount = text.strip_prefix('-').filter(|_| SIGNED).unwrap_or(text);
        if is_amount(amount) || MARKET_TOO && text == MARKET {
            Ok(Written(text.to_owned()))
        } else {
            Err(E::invalid_value(Unexpected::Str(text), &self))
        }
    }
}

/// One name, or a list of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    One(String),
    Many(Vec<String>),
}

impl Names {
    /// The names, in order.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a list of names")
            }
            fn visit_str<E>(self, text: &str) -> Result<Names, E> {
                Ok(Names::One(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Names, A::Error> {
                let names: Vec<String> = Vec::deserialize(value::SeqAccessDeserializer::new(seq))?;
                if names.iter().any(String::is_empty) {
                    return Err(A::Error::invalid_value(Unexpected::Str(""), &self));
                }
                Ok(Names::Many(names))
            }
        }
        deserializer.deserialize_any(Form)
    }
}

/// A section of the menu written with more than its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryFields {
    #[serde(deserialize_with = "form::text::<120, _>")]
    pub name: String,
    #[serde(default, deserialize_with = "form::some")]
    pub available: Option<AvailableFile>,
}

/// A section of the menu: its name alone, or a name with when it is sold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CategoryFile {
    Name(String),
    Details(CategoryFields),
}

impl CategoryFile {
    /// The section's name in either form.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Details(fields) => &fields.name,
        }
    }

    /// When it is sold, where that is written.
    pub fn available(&self) -> Option<&AvailableFile> {
        match self {
            Self::Name(_) => None,
            Self::Details(fields) => fields.available.as_ref(),
        }
    }
}

impl<'de> Deserialize<'de> for CategoryFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = CategoryFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or {name: ..., available: ...}")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<CategoryFile, E> {
                if Text::<120>::fits(text) {
                    Ok(CategoryFile::Name(text.to_owned()))
                } else {
                    Err(E::invalid_value(Unexpected::Str(text), &self))
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CategoryFile, A::Error> {
                CategoryFields::deserialize(value::MapAccessDeserializer::new(map))
                    .map(CategoryFile::Details)
            }
        }
        deserializer.deserialize_any(Form)
    }
}

/// `available`: true, false, or the times at which something is sold, by the keys of the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AvailableFile {
    Always(bool),
    Times(TimesFile),
}

/// `available` as times: spans by day or days, first and last date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimesFile {
    pub from: Option<String>,
    pub until: Option<String>,
    /// `daily`, `mon`, `mon-fri` -> spans.
    pub days: BTreeMap<String, Vec<String>>,
}

impl<'de> Deserialize<'de> for AvailableFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = AvailableFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, or times such as {mon-fri: [\"11:00-15:00\"]}")
            }
            fn visit_bool<E>(self, flag: bool) -> Result<AvailableFile, E> {
                Ok(AvailableFile::Always(flag))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AvailableFile, A::Error> {
                let mut times = TimesFile::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "from" => times.from = Some(map.next_value::<super::form::Date>()?.0),
                        "until" => times.until = Some(map.next_value::<super::form::Date>()?.0),
                        _ if days(&key).is_some() => {
                            let spans = map.next_value::<super::form::Spans>()?.0;
                            times.days.insert(key, spans);
                        }
                        _ => {
                            return Err(A::Error::unknown_field(
                                &key,
                                &["daily", "mon-fri", "from", "until"],
                            ));
                        }
                    }
                }
                Ok(AvailableFile::Times(times))
            }
        }
        deserializer.deserialize_any(Form)
    }
}

/// The days a key of `available` names, from Monday, 0: `daily`, `tue`, `mon-fri`, `sat-mon`.
pub(super) fn days(key: &str) -> Option<Vec<usize>> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = |name: &str| DAYS.iter().position(|&day| day == name);
    if key == "daily" {
        return Some((0..7).collect());
    }
    match key.split_once('-') {
        None => Some(vec![day(key)?]),
        Some((first, last)) => {
            let (first, last) = (day(first)?, day(last)?);
            let many = (last + 7 - first) % 7;
            Some((0..=many).map(|step| (first + step) % 7).collect())
        }
    }
}
