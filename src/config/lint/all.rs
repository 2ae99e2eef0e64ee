//! Every lint, on one file.

use super::super::{MAX_PROBLEMS, Problem, RestaurantFile};
use super::sounds::Words;
use super::written_option::written_options;
use super::{category, choice_price, cut_text, price, sayable, shapes, sounds};
use crate::restaurant::Restaurant;

/// What will go wrong on a telephone although the file is valid. `text` is what `file` was read from.
pub(in crate::config) fn lint(
    text: &str,
    file: &RestaurantFile,
    restaurant: &Restaurant,
) -> Vec<Problem> {
    let options = written_options(file);
    let mut words = Words::default();
    let mut found = sounds::items(file, &mut words);
    for option in &options {
        if found.len() > MAX_PROBLEMS {
            break;
        }
        found.extend(sounds::choices(option, &mut words));
        found.extend(choice_price::missing(option));
    }
    found.extend(sayable::names(file, &options));
    found.extend(category::items(file));
    found.extend(cut_text::comments(text));
    found.extend(price::lost_zero(text, restaurant.currency));
    found.extend(price::misfits(restaurant));
    found.extend(shapes::shared_choices(file, restaurant));
    found.extend(shapes::unreachable(file, restaurant));
    found
}
