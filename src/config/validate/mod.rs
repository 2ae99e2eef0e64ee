//! What was written, given meaning: [`RestaurantFile`](super::RestaurantFile) -> `Restaurant`, or every problem at once.
//!
//! `restaurant` goes through the file; `line` (numbers, engines), `hours`, `amount` and `menu` with its `option`s
//! each read their part and add what they find to [`Findings`].

mod amount;
mod findings;
mod hours;
mod line;
mod menu;
mod option;
mod restaurant;

pub(super) use restaurant::validate;
