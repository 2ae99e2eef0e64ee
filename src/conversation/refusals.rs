//! Why the cart refused something, as the caller hears it.

use super::speech::Speech;
use super::waiter::Waiter;
use crate::order::CartError;

impl Waiter {
    /// Says why the cart refused something.
    pub(super) fn note(&self, speech: &mut Speech, error: Option<CartError>) {
        let items = &self.restaurant.menu.items;
        let choice = |item: usize, option: usize, choice: usize| {
            items[item].options[option].choices[choice].name.as_str()
        };
        match error {
            Some(CartError::ItemSoldOut { item }) => {
                speech.say(self.words.sold_out(&items[item].name));
                let offers = self.like(item);
                if !offers.is_empty() {
                    speech.say(self.words.near_offers(&offers));
                }
            }
            Some(CartError::ChoiceSoldOut {
                item,
                option,
                choice: at,
            }) => {
                speech.say(self.words.sold_out(choice(item, option, at)));
            }
            Some(CartError::TooManyItems { limit }) => speech.say(self.words.too_many_items(limit)),
            Some(CartError::TooManyChoices { item, option, max }) => {
                speech.say(
                    self.words
                        .too_many_choices(&items[item].options[option].name, max),
                );
            }
            Some(CartError::CountTooHigh {
                item,
                option,
                choice: at,
                max,
            }) => {
                speech.say(self.words.too_often(choice(item, option, at), max));
            }
            Some(
                CartError::AmountNotAllowed {
                    item,
                    option,
                    choice: at,
                    ..
                }
                | CartError::NoHalves {
                    item,
                    option,
                    choice: at,
                },
            ) => {
                speech.say(self.words.not_that_way(choice(item, option, at)));
            }
            Some(CartError::Unknown | CartError::NoSuchLine(_) | CartError::NoQuantity) | None => {}
        }
    }

    /// Up to three available items of the same category.
    fn like(&self, item: usize) -> Vec<String> {
        let items = &self.restaurant.menu.items;
        let category = &items[item].category;
        items
            .iter()
            .enumerate()
            .filter(|(at, other)| {
                *at != item && other.available && category.is_some() && &other.category == category
            })
            .map(|(_, other)| other.name.clone())
            .take(3)
            .collect()
    }
}
