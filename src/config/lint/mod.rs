//! Lint for the ear: what is valid and will still go wrong on a telephone. Warnings only; the file is served.
//!
//! `all` runs every lint on a valid file: `sounds` (names that sound alike), `sayable` (names no voice can say),
//! `category` (an item called like its section), `choice_price` (a choice that costs nothing by mistake), `cut_text`
//! (what YAML takes for a comment), `price` (a lost digit), `shapes` (options that cannot be told apart, or are never asked). Closed all week and a hand-off to the own number are found
//! by `validate`, which knows hours and numbers. Each lint would rather miss a case than cry wolf, and none compares
//! every name with every other.

mod all;
mod category;
mod choice_price;
mod cut_text;
mod price;
mod sayable;
mod shapes;
mod sounds;
mod written_option;

pub(super) use all::lint;
