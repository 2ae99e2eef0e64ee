//! What was written, given meaning: [`RestaurantFile`](super::RestaurantFile) -> `Restaurant`, or every problem at once.
//!
//! `restaurant` goes through the file; `line` (numbers, engines), `hours`, `available`, `amount`, `taxes` and `menu` each read
//! their part and add what they find to [`Findings`]. In the menu `said_name` says what names are on the telephone, `option`
//! reads each option by itself, `unfold` makes one list of an item's options with those that combos and choices bring, and
//! `item` adds the rest.

mod amount;
mod available;
mod delivery;
mod findings;
mod hours;
mod item;
mod keep;
mod line;
mod menu;
mod option;
mod orders;
mod restaurant;
mod said_name;
mod taxes;
mod unfold;

pub(super) use restaurant::validate;
