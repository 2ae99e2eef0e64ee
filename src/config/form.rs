//! The bounds of the schema, once more, on the types: what `schema/restaurant.schema.json` refuses, `RestaurantFile`
//! refuses too, so that no other way into the types is wider than the file's. `alike_tests` proves the two equal.
//!
//! Functions for `deserialize_with`; `some_` ones are for keys that may be absent (but not empty: `greeting:` with
//! nothing behind it is a slip).

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, Visitor, value};

/// A key that is there has a value.
pub(super) fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Text of at most `MAX` characters, not only blanks.
pub(super) fn text<'de, const MAX: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    Text::<MAX>::deserialize(deserializer).map(|text| text.0)
}

pub(super) fn some_text<'de, const MAX: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    text::<MAX, D>(deserializer).map(Some)
}

/// At most `MOST` texts of at most `MAX` characters.
pub(super) fn texts<'de, const MAX: usize, const MOST: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let texts = list::<Text<MAX>, 0, MOST, D>(deserializer)?;
    Ok(texts.into_iter().map(|text| text.0).collect())
}

pub(super) fn some_texts<'de, const MAX: usize, const MOST: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    texts::<MAX, MOST, D>(deserializer).map(Some)
}

/// `MIN` to `MAX` values.
pub(super) fn list<'de, T, const MIN: usize, const MAX: usize, D>(
    deserializer: D,
) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let list = Vec::<T>::deserialize(deserializer)?;
    if (MIN..=MAX).contains(&list.len()) {
        Ok(list)
    } else {
        Err(D::Error::custom(format_args!(
            "expected {MIN} to {MAX} in the list, got {}",
            list.len()
        )))
    }
}

pub(super) fn some_list<'de, T, const MIN: usize, const MAX: usize, D>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    list::<T, MIN, MAX, D>(deserializer).map(Some)
}

/// One word of a closed set; serde would take `{word: null}` too.
pub(super) fn some_word<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Word::deserialize(deserializer).map(|word| Some(word.0))
}

/// At least one word, each once.
pub(super) fn some_words<'de, T, D>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de> + Clone + Eq + std::hash::Hash,
    D: Deserializer<'de>,
{
    let words = list::<Word<T>, 1, { usize::MAX }, D>(deserializer)?;
    unique(words.into_iter().map(|word| word.0).collect()).map(Some)
}

/// Words, each once; none are fine.
pub(super) fn words<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de> + Clone + Eq + std::hash::Hash,
    D: Deserializer<'de>,
{
    let words = list::<Word<T>, 0, 10, D>(deserializer)?;
    unique(words.into_iter().map(|word| word.0).collect())
}

fn unique<T: Clone + Eq + Hash, E: Error>(list: Vec<T>) -> Result<Vec<T>, E> {
    let mut seen = HashSet::new();
    if list.iter().all(|value| seen.insert(value.clone())) {
        Ok(list)
    } else {
        Err(E::custom("the same entry stands twice in the list"))
    }
}

/// A whole number from `MIN` to `MAX`.
pub(super) fn some_whole<'de, const MIN: u32, const MAX: u32, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let number = u32::deserialize(deserializer)?;
    if (MIN..=MAX).contains(&number) {
        Ok(Some(number))
    } else {
        Err(D::Error::custom(format_args!(
            "expected {MIN} to {MAX}, got {number}"
        )))
    }
}

pub(super) fn whole<'de, const MIN: u32, const MAX: u32, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<u32, D::Error> {
    some_whole::<MIN, MAX, D>(deserializer).map(Option::unwrap_or_default)
}

/// Keys and values; serde would take a list in their order too.
pub(super) fn keys<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Keys::deserialize(deserializer).map(|keys| keys.0)
}

pub(super) fn some_keys<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    keys(deserializer).map(Some)
}

/// `MIN` to `MAX` mappings.
pub(super) fn list_of_keys<'de, T, const MIN: usize, const MAX: usize, D>(
    deserializer: D,
) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let list = list::<Keys<T>, MIN, MAX, D>(deserializer)?;
    Ok(list.into_iter().map(|keys| keys.0).collect())
}

/// At most a hundred option groups.
pub(super) fn groups<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let groups = BTreeMap::<String, Keys<T>>::deserialize(deserializer)?;
    if groups.len() > 100 {
        return Err(D::Error::custom("more than 100 option groups"));
    }
    Ok(groups
        .into_iter()
        .map(|(key, group)| (key, group.0))
        .collect())
}

/// At most `MOST` keys of at most 120 characters, each with a value.
pub(super) fn some_map<'de, T, const MOST: usize, D>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let map = BTreeMap::<String, T>::deserialize(deserializer)?;
    if map.is_empty() || map.len() > MOST {
        return Err(D::Error::custom(format_args!(
            "expected 1 to {MOST} keys, got {}",
            map.len()
        )));
    }
    Ok(Some(map))
}

/// Keys of keys.
type Maps<T> = BTreeMap<String, BTreeMap<String, T>>;

/// A mapping of mappings, bounded as [`some_map`] on both levels.
pub(super) fn some_maps<'de, T, D>(deserializer: D) -> Result<Option<Maps<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Inner<T>(BTreeMap<String, T>);
    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Inner<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let map = some_map::<T, 200, D>(deserializer)?;
            Ok(Self(map.unwrap_or_default()))
        }
    }
    let outer = some_map::<Inner<T>, 1, D>(deserializer)?.unwrap_or_default();
    Ok(Some(
        outer.into_iter().map(|(key, map)| (key, map.0)).collect(),
    ))
}

/// Texts by key, as [`some_map`].
pub(super) fn some_text_map<'de, const MAX: usize, const MOST: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    let map = some_map::<Text<MAX>, MOST, D>(deserializer)?.unwrap_or_default();
    Ok(Some(
        map.into_iter().map(|(key, text)| (key, text.0)).collect(),
    ))
}

/// A number on the menu: `82`, or text such as `B12`.
pub(super) fn some_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    struct Form;
    impl Visitor<'_> for Form {
        type Value = String;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number such as 82 or \"B12\"")
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
            if number <= 99_999 {
                Ok(number.to_string())
            } else {
                Err(E::custom("a number on a menu has at most five digits"))
            }
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            let fits = (1..=8).contains(&text.len());
            if fits && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
                Ok(text.to_owned())
            } else {
                Err(E::custom("expected a number such as 82 or \"B12\""))
            }
        }
    }
    deserializer.deserialize_any(Form).map(Some)
}

/// Sections of the menu, each once.
pub(super) fn categories<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de> + Clone + Eq + Hash,
    D: Deserializer<'de>,
{
    unique(list::<T, 0, 100, D>(deserializer)?)
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $one:ident, $fits:expr, $expected:literal;)*) => {
        $($(#[$doc])*
        pub(super) fn $one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
            let text = String::deserialize(deserializer)?;
            let fits: fn(&str) -> bool = $fits;
            if fits(&text) { Ok(text) } else { Err(D::Error::custom($expected)) }
        })*
    };
}

patterns! {
    /// `^[A-Za-z0-9_-]{1,64}$`
    id, |text| crate::restaurant::RestaurantId::parse(text).is_some(), "expected 1 to 64 letters, digits, - or _";
    /// `^[A-Za-z0-9_.-]{1,64}$`
    item_id, is_item_id, "expected 1 to 64 letters, digits, -, _ or .";
    /// `^\+[1-9][0-9]{6,14}$`
    phone, is_phone, "expected a number such as \"+15551234567\"";
    /// `^[A-Z]{3}$`
    currency, |text| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()), "expected a currency code";
    /// `^AC[0-9a-f]{32}$`
    account, is_account, "expected a Twilio account such as ACxxx (AC and 32 hex digits)";
    /// `^[A-Z][A-Z0-9_]{0,63}$`
    variable, is_variable, "expected the name of a variable such as LUNA_SECRET";
    date, is_date, "expected a date such as 2026-12-25";
    span, is_span, "expected a span such as \"11:00-14:00\"";
}

fn is_phone(text: &str) -> bool {
    crate::restaurant::PhoneNumber::parse(text).is_ok()
}

fn is_account(text: &str) -> bool {
    let lower = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
    text.strip_prefix("AC")
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(lower))
}

fn is_item_id(text: &str) -> bool {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(known)
}

fn is_variable(text: &str) -> bool {
    let known = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let begins = text.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    begins && text.len() <= 64 && text.bytes().all(known)
}

/// `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
fn is_date(text: &str) -> bool {
    follows(text, "0000-00-00")
}

/// `^HH:MM-HH:MM$`, hours to 23, the end to 24:00.
fn is_span(text: &str) -> bool {
    if !follows(text, "00:00-00:00") {
        return false;
    }
    let clock = |text: &str| &text[..2] < "24" && &text[3..] < "60";
    clock(&text[..5]) && (clock(&text[6..]) || &text[6..] == "24:00")
}

/// A figure where `like` has one, otherwise the same signs.
fn follows(text: &str, like: &str) -> bool {
    text.len() == like.len()
        && text
            .bytes()
            .zip(like.bytes())
            .all(|(is, wanted)| match wanted {
                b'0' => is.is_ascii_digit(),
                sign => is == sign,
            })
}

/// `^[0-9]*\.?[0-9]+$`: an amount or a rate as text.
pub(super) fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or(("", text));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    !fraction.is_empty() && digits(whole) && digits(fraction)
}

/// Optional and listed forms of the patterns.
macro_rules! wrapped {
    ($($wrapper:ident = $function:ident;)*) => {
        $(struct $wrapper(String);
        impl<'de> Deserialize<'de> for $wrapper {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $function(deserializer).map(Self)
            }
        })*
    };
}

/// A date inside a value with a form of its own.
pub(super) struct Date(pub(super) String);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        date(deserializer).map(Self)
    }
}

/// The spans of a day inside a value with a form of its own.
pub(super) struct Spans(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Spans {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        spans(deserializer).map(Self)
    }
}

wrapped! {
    Phone = phone;
    Span = span;
}

pub(super) fn some_item_id<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    item_id(d).map(Some)
}

pub(super) fn some_account<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    account(d).map(Some)
}

pub(super) fn some_phone<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    phone(d).map(Some)
}

pub(super) fn some_currency<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    currency(d).map(Some)
}

pub(super) fn some_phones<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    let phones = list::<Phone, 1, 50, D>(deserializer)?;
    Ok(Some(phones.into_iter().map(|phone| phone.0).collect()))
}

/// At most 50 telephone numbers, or none.
pub(super) fn phones<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let phones = list::<Phone, 0, 50, D>(deserializer)?;
    Ok(phones.into_iter().map(|phone| phone.0).collect())
}

pub(super) fn dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let dates = list::<Date, 0, 400, D>(deserializer)?;
    Ok(dates.into_iter().map(|date| date.0).collect())
}

pub(super) fn spans<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let spans = list::<Span, 0, 10, D>(deserializer)?;
    Ok(spans.into_iter().map(|span| span.0).collect())
}

/// Text of at most `MAX` characters, not only blanks.
pub(super) struct Text<const MAX: usize>(pub(super) String);

impl<const MAX: usize> Text<MAX> {
    /// Does the text keep the bounds?
    pub(super) fn fits(text: &str) -> bool {
        // ECMA-262's `\S`, which the schema says, counts the byte order mark as a blank and NEL as none.
        let blank = |c: char| c == '\u{feff}' || c != '\u{85}' && c.is_whitespace();
        !text.chars().all(blank) && text.chars().count() <= MAX
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if Self::fits(&text) {
            Ok(Self(text))
        } else {
            Err(D::Error::custom(format_args!(
                "expected text of at most {MAX} characters"
            )))
        }
    }
}

/// A text that names a variant.
struct Word<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word: value::StringDeserializer<D::Error> =
            String::deserialize(deserializer)?.into_deserializer();
        T::deserialize(word).map(Word)
    }
}

/// A mapping and nothing else.
struct Keys<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keys<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Form<T> {
            type Value = Keys<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and values")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Keys<T>, A::Error> {
                T::deserialize(value::MapAccessDeserializer::new(map)).map(Keys)
            }
        }
        deserializer.deserialize_map(Form(PhantomData))
    }
}
