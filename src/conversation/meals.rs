//! "Make it a meal": a dish becomes the combo its file names, with the dish as one of the combo's choices.

use super::Reply;
use super::lexicon::{Tag, Tagged};
use super::speech::Speech;
use super::waiter::Waiter;

impl Waiter {
    /// The line talked about as a meal; `None` where it has none, or nothing of the kind was said.
    pub(super) fn made_a_meal(&mut self, plain: &str) -> Option<Reply> {
        let (others, said) = Tagged::of(plain).without(Tag::AsMeal);
        if !said {
            return None;
        }
        if !self.is_chatter(others.trim()) {
            return None;
        }
        let line = self.line_in_focus()?;
        let (id, dish) = (line.id(), self.cart.item(line));
        let meal = dish.details.as_ref()?.meal.as_deref()?;
        let items = &self.restaurant.menu.items;
        let at = items.iter().position(|item| item.id == meal)?;
        let of_dish = items[at]
            .options
            .iter()
            .enumerate()
            .find_map(|(option, o)| {
                let mut choices = o.choices.iter();
                let choice = choices.position(|choice| choice.dish() == Some(&dish.id))?;
                Some((option, choice))
            });
        let mut speech = Speech::default();
        let replaced = match of_dish {
            Some(of) => self.cart.replace_by_combo(id, at, of),
            None => self.cart.replace(id, at),
        };
        match replaced {
            Ok(id) => self.acknowledge(&mut speech, id),
            Err(error) => self.note(&mut speech, Some(error)),
        }
        Some(self.go_on(speech))
    }
}
