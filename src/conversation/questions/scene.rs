//! What an answer may be taken from.

use jiff::ZonedDateTime;

use super::super::question::Question;
use super::super::wording::Wording;
use super::super::{CompiledMenu, HeardLine, Said};
use crate::order::{Cart, CartLine, Picked};
use crate::restaurant::{Item, ItemOption, Restaurant};

/// The file, the order and the talk so far, at one moment.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Scene<'a> {
    pub restaurant: &'a Restaurant,
    pub menu: &'a CompiledMenu,
    pub cart: &'a Cart,
    pub words: Wording,
    /// What the caller said, to be echoed.
    pub said: &'a Said,
    /// What the caller was asked.
    pub question: &'a Question,
    /// The line of the order talked about last.
    pub focus: Option<&'a CartLine>,
    /// The dish asked about last, or on offer.
    pub asked_last: Option<usize>,
    /// The dishes read out last.
    pub listed: &'a [usize],
    pub now: &'a ZonedDateTime,
}

impl<'a> Scene<'a> {
    /// A dish with its names as they are written.
    pub fn item(&self, at: usize) -> &'a Item {
        &self.restaurant.menu.items[at]
    }

    /// The dishes with their names as the rules read them.
    pub fn read_items(&self) -> &'a [Item] {
        &self.menu.restaurant.menu.items
    }

    /// Dishes that can be had.
    pub fn available(&self) -> impl Iterator<Item = usize> + use<'a> {
        let items = &self.restaurant.menu.items;
        (0..items.len()).filter(|&at| items[at].available)
    }

    /// The line talked about last, else the newest.
    pub fn line_in_focus(&self) -> Option<&'a CartLine> {
        self.focus.or(self.cart.lines().last())
    }

    /// The dish and the option of the open question about one.
    pub fn open_option(&self) -> Option<(usize, &'a ItemOption)> {
        let Question::Option(missing) = self.question else {
            return None;
        };
        let line = self.cart.line(missing.line)?;
        Some((
            line.item(),
            self.item(line.item()).options.get(missing.option)?,
        ))
    }

    /// The one dish that words are about.
    pub fn asked_about(&self, plain: &str) -> Option<HeardLine> {
        let lines = self.menu.understand(plain, &[]).lines;
        lines.into_iter().find(|line| !line.implied)
    }

    /// The choices a stretch of words takes on a dish, if it takes any.
    pub fn picks_on(&self, words: &str, item: usize) -> Option<Vec<Picked>> {
        let heard = self.menu.understand(words, &[item]);
        let on_it = heard.lines.iter().find(|line| line.known == Some(0))?;
        (!on_it.picked.is_empty()).then(|| on_it.picked.clone())
    }
}

/// The names of an option's choices that can be had.
pub(super) fn available_choices(option: &ItemOption) -> Vec<String> {
    let available = option.choices.iter().filter(|choice| choice.available);
    available.map(|choice| choice.name.clone()).collect()
}
