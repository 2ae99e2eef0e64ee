//! Options as the lints see them, wherever they were written.

use super::super::RestaurantFile;
use super::super::option_file::ChoiceFile;
use super::super::problem::join;
use super::super::written::Names;

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

/// Every option of a file.
pub(super) fn written_options(file: &RestaurantFile) -> Vec<WrittenOption<'_>> {
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
