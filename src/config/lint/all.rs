//! Every lint, on one file.

use super::super::problem::join;
use super::super::written::{ChoiceFile, Names};
use super::super::{MAX_PROBLEMS, Problem, RestaurantFile};
use super::sounds::Words;
use super::{category, choice_price, cut_text, price, sayable, sounds};
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
    found
}

/// An option where it was written: in a group, or in an item.
pub(super) struct WrittenOption<'a> {
    pub place: Place<'a>,
    /// `None` for a group, whose key is its name.
    pub name: Option<&'a str>,
    pub default: Option<&'a Names>,
    pub choices: &'a [ChoiceFile],
}

/// Where an option was written. Pointers are made when something is found: most files have nothing to find.
pub(super) enum Place<'a> {
    Group(&'a str),
    /// Which item, and which of its options.
    Item(usize, usize),
}

impl WrittenOption<'_> {
    /// The pointer of the option.
    pub(super) fn pointer(&self) -> String {
        match self.place {
            Place::Group(key) => join("/option_groups", key),
            Place::Item(item, option) => {
                let item = join("/menu", &item.to_string());
                join(&join(&item, "options"), &option.to_string())
            }
        }
    }

    /// The pointer of a choice's name.
    pub(super) fn choice_at(&self, index: usize) -> String {
        let choice = join(&join(&self.pointer(), "choices"), &index.to_string());
        match self.choices[index] {
            ChoiceFile::Name(_) => choice,
            ChoiceFile::Details(_) => join(&choice, "name"),
        }
    }
}

fn written_options(file: &RestaurantFile) -> Vec<WrittenOption<'_>> {
    let groups = file.option_groups.iter().map(|(key, group)| WrittenOption {
        place: Place::Group(key),
        name: None,
        default: group.default.as_ref(),
        choices: &group.choices,
    });
    let own = file.menu.iter().enumerate().flat_map(|(item, written)| {
        let options = written.options.iter().enumerate();
        options.filter_map(move |(index, option)| {
            Some(WrittenOption {
                place: Place::Item(item, index),
                name: option.name.as_deref(),
                default: option.default.as_ref(),
                choices: option.choices.as_deref()?,
            })
        })
    });
    groups.chain(own).collect()
}
