//! The forms a value may be written in: visitors whose messages name what is allowed.

use std::fmt;

use serde::de::{
    Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor, value,
};

use super::form::{Text, is_amount};
use super::restaurant_file::ChoiceDetails;

/// An amount as it was written: `10.99` or `"10.99"`, kept as text so that it stays exact. (A YAML number passes through
/// the shortest text of its f64, which is what was written for up to 15 digits; `scan` refuses longer ones.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl Visitor<'_> for Form {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount such as 1.10 or \"1.10\"")
            }
            fn visit_u64<E>(self, number: u64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
                // A negative one is no amount, and `-0` is nothing.
                Err(E::invalid_value(Unexpected::Signed(number), &self))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
                if number >= 0.0 {
                    Ok(Written(number.to_string()))
                } else {
                    Err(E::invalid_value(Unexpected::Float(number), &self))
                }
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                if is_amount(text) {
                    Ok(Written(text.to_owned()))
                } else {
                    Err(E::invalid_value(Unexpected::Str(text), &self))
                }
            }
        }
        deserializer.deserialize_any(Form)
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

/// A choice: its name alone, or a name with details.
#[derive(Clone, Debug, PartialEq)]
pub enum ChoiceFile {
    Name(String),
    Details(Box<ChoiceDetails>),
}

impl ChoiceFile {
    /// The choice's name in either form.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Details(details) => &details.name,
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
                ChoiceDetails::deserialize(value::MapAccessDeserializer::new(map))
                    .map(|details| ChoiceFile::Details(Box::new(details)))
            }
        }
        deserializer.deserialize_any(Form)
    }
}
