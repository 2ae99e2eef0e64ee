//! Answers to what callers ask, from the file and the order, never guessed.
//!
//! words -> [`Asked`] (which topics its tags name) -> `table` (topic -> function) -> [`Answer`]. Every function is pure: it takes the
//! [`Scene`] (file, compiled menu, order, time, what was talked about) and the question. Nothing here orders or changes anything;
//! `inquiries` says the answer and asks the open question again. To teach a wording, add it to the topic's row of
//! `lexicon/{en,fr,es}/asking`; to teach a topic, add a row to `table` and a function.

mod allergens;
mod answer;
mod asked;
mod contents;
mod days;
mod diet;
mod hours;
mod house;
mod kinds;
mod lookup;
mod price;
mod scene;
mod sizes;
mod table;

pub(super) use allergens::{stated, stating};
pub(super) use answer::{Answer, Subject};
pub(super) use asked::Asked;
pub(super) use kinds::open_choices;
pub(super) use scene::Scene;
pub(super) use table::{answer_first, answer_last, beside};
