//! The words of a language that are no menu: what each phrase does, in ONE table a language (`en`, `fr`, `es`).
//!
//! words -> `table` -> [`Tagged`]: every phrase of the table that stands in the words, as spans with a [`Tag`]. The tags are the
//! same in every language; rules look at tags, never at words. To teach a phrase, add it to one line of one table.

mod en;
mod es;
mod fr;
mod patterns;
pub(super) mod places;
mod table;
mod tag;
mod topic;
mod words;

pub(super) use patterns::spelt_out;
pub(super) use table::{Span, Tagged, is_food, is_word};
pub(super) use tag::{Allergen, Tag};
pub(super) use topic::{DayName, Topic, Wish};
pub(super) use words::{RawWord, raw_words};
