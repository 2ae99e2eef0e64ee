//! Answers to what callers ask, by topic: from the file and the order, never guessed.
//!
//! `allergens` also takes what a caller says of an allergy, which orders nothing.

mod allergens;
pub(super) mod calories;
