//! Language without menu knowledge: heard text -> [`tokens`] -> numbers, stems and phonetic keys; display text ->
//! spoken text.
//!
//! A [`Language`] knows what its numbers, money, times and plurals sound like; `english`, `french` and `spanish` hold the
//! rules of each. What callers say is matched in plain English words (`conversation::interpreter` says how French and
//! Spanish get there), so [`number_at`], [`singular`] and the phonetic keys are English.

mod english;
mod french;
mod inflect;
mod language;
mod number_table;
mod numbers;
mod phonetic;
mod printable;
mod spanish;
mod spoken;
mod spoken_clock;
mod spoken_numbers;
mod sum;
mod tokens;

pub use inflect::{is_plural, plural, singular};
pub use language::Language;
pub use numbers::{Number, number_at, single_number};
pub use phonetic::{SoundKey, letters_alike, likeness};
pub use printable::{is_hidden, printable, printable_json, printable_lines, turns_text};
pub use spoken::speakable;
pub use spoken_clock::{clock_display, spoken_time};
pub use spoken_numbers::{cardinal, ordinal, spoken_money};
pub use sum::Sum;
pub use tokens::{Token, fold, tokens};
