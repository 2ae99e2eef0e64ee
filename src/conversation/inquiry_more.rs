//! The caller's questions about a day, a kind of thing, a diet, what comes with what, sizes, extras and favourites.
//!
//! They are answered before the open question takes the words, so that a question never changes the order; then the open
//! question is asked again.

use jiff::ZonedDateTime;

use super::asked_item::with_name;
use super::asks::{asks_to_bring, is_question, without_courtesies};
use super::inquiry_diet::asks_of_a_dish;
use super::intent::{self, find, holds};
use super::question::Question;
use super::questions::calories;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, inquiry_days};
use crate::restaurant::Item;

/// "What are my options?", with a question open.
const CHOICES: &[&str] = &[
    "what are my options",
    "what are the options",
    "what are my choices",
    "what are the choices",
    "what options",
    "what choices",
    "what can i choose from",
    "what can i choose",
    "what can i pick from",
    "what are they",
    "which ones do you have",
    "what do you have",
    "what do you got",
    "like what",
    "such as",
    "what kind do you have",
    "what kinds do you have",
    "which ones",
    "what kind",
    "what kinds",
];

/// Dishes whose calories are said in one answer.
const DISHES: usize = 4;

impl Waiter {
    /// Answers such a question; `None` when the words are none.
    pub(super) fn further_inquiry(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        if let Some(reply) = self.answer_calories(plain) {
            return Some(reply);
        }
        let rest = without_courtesies(plain);
        if CHOICES.contains(&rest)
            && let Some(reply) = self.repeat_choices()
        {
            return Some(reply);
        }
        let begins = |word: &str| find(rest, word) == Some(0);
        let asks = is_question(plain) || ["got any", "anything"].iter().any(|word| begins(word));
        let asks = asks || asks_of_a_dish(rest);
        if !asks || asks_to_bring(plain) {
            return None;
        }
        let mut speech = Speech::default();
        let schedule = &self.restaurant.schedule;
        inquiry_days::answer(&mut speech, self.words, schedule, rest, now)
            .or_else(|| self.answer_extra(&mut speech, rest))
            .or_else(|| self.answer_dearness(&mut speech, rest))
            .or_else(|| self.answer_prices(&mut speech, rest))
            .or_else(|| self.answer_size(&mut speech, rest))
            .or_else(|| self.answer_comes_with(&mut speech, rest))
            .or_else(|| self.answer_diet(&mut speech, rest))
            .or_else(|| self.answer_favourite(&mut speech, rest))
            .or_else(|| self.answer_kinds(&mut speech, rest))
            .or_else(|| self.answer_about_it(&mut speech, rest))?;
        self.ask_again(&mut speech);
        Some(self.finish(speech, Action::Listen))
    }

    /// "How many calories are in the soup?", also without a question's form: of the dish named, else of the one that was talked about,
    /// else of the order.
    fn answer_calories(&mut self, plain: &str) -> Option<Reply> {
        let rest = calories::asked(plain)?;
        let heard = self.menu.understand(&rest, &[]);
        // "A low calorie shake" is on the menu.
        let menu = &self.menu.restaurant.menu;
        let on_menu =
            |line: &super::HeardLine| calories::asked(&intent::plain(&menu.items[line.item].name));
        let named = self
            .asked_about(plain)
            .filter(|line| on_menu(line).is_some());
        if named.is_some() && !is_question(plain) {
            return None;
        }
        let mut speech = Speech::default();
        let items: Vec<usize> = match heard.lines.iter().find(|line| !line.implied) {
            Some(line) => vec![line.item],
            None if !heard.wanted.is_empty() => {
                let wanted = self.said.as_said(&heard.wanted[0].text);
                speech.say(self.words.not_on_menu(&wanted));
                Vec::new()
            }
            None => match self.spoken_of.filter(|_| !holds(&rest, "order")) {
                Some(item) => vec![item],
                None => self.cart.lines().iter().map(|line| line.item()).collect(),
            },
        };
        for &item in items.iter().take(DISHES) {
            speech.say(calories::of_dish(self.words, self.item_at(item)));
        }
        if speech.is_empty() {
            speech.fixed(self.words.i_only_take_orders());
        }
        if let [item] = items[..] {
            self.spoken_of = Some(item);
        }
        self.ask_again(&mut speech);
        Some(self.finish(speech, Action::Listen))
    }

    /// The choices of the open question, all of them.
    fn repeat_choices(&mut self) -> Option<Reply> {
        let mut speech = Speech::default();
        match self.question {
            Question::Option(missing) => {
                let line = self.cart.line(missing.line)?;
                let option = &self.cart.item(line).options[missing.option];
                let names = available_choices(option);
                speech.say(self.words.you_can_choose(&option.name, &names));
            }
            Question::WhichItem { .. } | Question::WhichChoice { .. } => {
                self.ask_again(&mut speech);
            }
            _ => return None,
        }
        Some(self.finish(speech, Action::Listen))
    }

    /// "How much is it?", "what's in that?" right after a question about something.
    fn answer_about_it(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let item = self.asked_last()?;
        let price = holds(rest, "how much") || holds(rest, "cost") || holds(rest, "the price");
        let contents = [
            "whats in",
            "whats on",
            "what is in",
            "what is on",
            "tell me about",
        ];
        let contents = contents.iter().any(|phrase| find(rest, phrase) == Some(0));
        if !(price || contents) || self.named_in(rest).is_some() {
            return None;
        }
        let name = self.menu.restaurant.menu.items[item].name.to_lowercase();
        let named = with_name(rest, &name)?;
        if price {
            self.answer_price(speech, &named);
        } else {
            self.say_contents(speech, item);
        }
        self.spoken_of = Some(item);
        Some(())
    }

    /// What is in an item, as the file has it.
    pub(super) fn say_contents(&self, speech: &mut Speech, item: usize) {
        let item = &self.restaurant.menu.items[item];
        speech.say(match &item.description {
            Some(description) => self.words.contents(&item.name, description),
            None => self.words.contents_unknown(&item.name),
        });
    }

    /// The item a question is about: named in it, or pointed at with "it".
    pub(super) fn meant(&self, rest: &str) -> Option<usize> {
        const PRONOUNS: &[&str] = &[
            "it", "that", "they", "those", "them", "these", "this", "one",
        ];
        let points = PRONOUNS.iter().any(|word| holds(rest, word));
        let focus = || Some(self.line_in_focus()?.item());
        self.named_in(rest)
            .or_else(|| self.asked_last().filter(|_| points))
            .or_else(|| focus().filter(|_| points))
    }

    pub(super) fn item_at(&self, at: usize) -> &Item {
        &self.restaurant.menu.items[at]
    }
}

/// The names of an option's choices that can be had.
pub(super) fn available_choices(option: &crate::restaurant::ItemOption) -> Vec<String> {
    let available = option.choices.iter().filter(|choice| choice.available);
    available.map(|choice| choice.name.clone()).collect()
}
