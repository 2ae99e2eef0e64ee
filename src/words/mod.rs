//! Language without menu knowledge: heard text -> [`tokens`] -> numbers, stems and phonetic keys; display text ->
//! spoken text.
//!
//! Everything takes a [`Language`], so that French and Spanish are new arms here and not new code elsewhere.

mod inflect;
mod language;
mod numbers;
mod phonetic;
mod spoken;
mod spoken_clock;
mod spoken_numbers;
mod tokens;

pub use inflect::{is_plural, plural, singular};
pub use language::Language;
pub use numbers::{Number, number_at, single_number};
pub use phonetic::{SoundKey, letters_alike, likeness};
pub use spoken::speakable;
pub use spoken_clock::{clock_display, spoken_time};
pub use spoken_numbers::{cardinal, digits, ordinal, spoken_money};
pub use tokens::{Token, fold, tokens};
