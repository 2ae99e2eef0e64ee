//! Why the cart refused something, as the caller hears it.

use super::speech::Speech;
use super::waiter::Waiter;
use crate::order::CartError;
use crate::restaurant::Item;

impl Waiter {
    /// Says why the cart refused something.
    pub(super) fn note(&self, speech: &mut Speech, error: Option<CartError>) {
        let items = &self.restaurant.menu.items;
        let choice = |item: usize, option: usize, choice: usize| {
            items[item].options[option].choices[choice].name.as_str()
        };
        match error {
            Some(CartError::ItemSoldOut { item }) => {
                speech.say(match self.back_at(&items[item]) {
                    Some(when) => self.words.back_at(&items[item].name, &when),
                    None => self.words.sold_out(&items[item].name),
                });
                let offers = self.nearest(item);
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
            Some(CartError::TooManyOfItem { item, max }) => {
                speech.say(self.words.too_many_of(&items[item].name, max));
            }
            Some(CartError::MeasureNotSold { item }) => self.note_measure(speech, item),
            Some(CartError::NoMeasure { item }) => {
                speech.say(self.words.by_the_piece(&items[item].name));
            }
            Some(CartError::NotWithThat {
                item,
                option,
                choice: at,
            }) => {
                let needs = needed_choices(&items[item], option);
                speech.say(self.words.only_with(choice(item, option, at), &needs));
            }
            Some(CartError::NoRequests { .. }) => {
                speech.fixed(self.words.no_requests());
                if self.restaurant.handoff.is_some() {
                    speech.fixed(self.words.person_can_say());
                }
            }
            Some(CartError::Unknown | CartError::NoSuchLine(_) | CartError::NoQuantity) | None => {}
        }
    }

    /// When a dish that is only out of its time is sold again, as it is said.
    fn back_at(&self, item: &Item) -> Option<String> {
        let now = self.now.as_ref().filter(|_| item.is_out_of_time())?;
        let windows = &item.details.as_ref()?.times;
        let mut next = now.clone();
        // Each window moves the time on until all hold; more rounds than windows and days mean never.
        for _ in 0..windows.len() * 8 {
            match windows.iter().find(|window| !window.holds(&next)) {
                Some(window) => next = window.next(&next)?,
                None => break,
            }
        }
        if !windows.iter().all(|window| window.holds(&next)) {
            return None;
        }
        let minute = next.hour() as u16 * 60 + next.minute() as u16;
        let time = self.words.language().clock_display(minute);
        let day = usize::try_from(next.weekday().to_monday_zero_offset()).unwrap_or(0);
        let ahead = now
            .date()
            .until(next.date())
            .map_or(0, |span| span.get_days());
        Some(match ahead {
            0 => self.words.today_at(&time),
            1..=6 => self.words.day_at(day, &time),
            _ => format!("{} {time}", self.words.on_date(next.month(), next.day())),
        })
    }

    /// In which measures a dish is sold.
    fn note_measure(&self, speech: &mut Speech, item: usize) {
        let item = &self.restaurant.menu.items[item];
        if let Some(unit) = item.unit() {
            let measure = |thousandths| self.words.measure(thousandths, &unit.name);
            let (step, min) = (measure(unit.step), measure(unit.min));
            speech.say(self.words.sold_in(&item.name, &step, &min));
        }
    }
}

/// The choices one of which an option wants, for its nearest condition.
fn needed_choices(item: &Item, option: usize) -> Vec<String> {
    let rules = item.options[option].rules.as_ref();
    let names = |option: usize, choices: &[usize]| {
        let names = choices.iter();
        names
            .map(|&choice| item.options[option].choices[choice].name.clone())
            .collect()
    };
    let when = rules.and_then(|rules| rules.when.first());
    let parent = rules.and_then(|rules| rules.parent);
    match (when, parent) {
        (Some(when), _) => names(when.option, &when.choices),
        (None, Some((option, choice))) => names(option, &[choice]),
        (None, None) => Vec::new(),
    }
}
