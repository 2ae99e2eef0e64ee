//! The caller's own questions, answered from the file and never guessed.

use jiff::ZonedDateTime;

use super::asks::{is_question, only_asks};
use super::intent::{find, holds};
use super::lexicon::{Tag, Tagged};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{HeardLine, Reply, inquiry_hours};
use crate::order::Cart;
use crate::restaurant::Item;
use crate::words::singular;

const PRICE: &[&str] = &[
    "how much",
    "whats the price",
    "what is the price",
    "price of",
    "price for",
    "what does",
    "what do you charge",
    "cost",
    "how expensive",
];
const TOTAL: &[&str] = &[
    "my total",
    "the total",
    "total so far",
    "do i owe",
    "that come to",
    "is that altogether",
    "is that in total",
    "whats my total",
    "is it all together",
    "tax included",
    "with tax",
    "including tax",
    "plus tax",
    "include tax",
];
const MENU: &[&str] = &[
    "what do you have",
    "what do you got",
    "what have you got",
    "whats on the menu",
    "what is on the menu",
    "what do you sell",
    "what do you serve",
    "what are my options",
    "what can i get",
    "what can i order",
    "what kind of",
    "what kinds of",
    "what sort of",
    "what types of",
    "what type of",
    "what are your",
    "what other",
    "which",
    "tell me the menu",
    "whats on your menu",
    "read me the menu",
    "the menu",
    "your menu",
    "what else do you have",
    "what sides",
    "what drinks",
    "what desserts",
    "what flavors",
    "what sizes",
    "what toppings",
    "what sauces",
    "what choices",
    "what options",
    "what comes with",
    "whats good",
    "what do you recommend",
    "any specials",
    "the specials",
];
const HAVE: &[&str] = &[
    "do you have",
    "have you got",
    "do you sell",
    "do you serve",
    "do you guys have",
    "you guys have",
    "do you do",
    "is there any",
    "do you carry",
    "got any",
    "do you offer",
];
const CONTENTS: &[&str] = &[
    "whats in",
    "what is in",
    "whats on the",
    "what is on the",
    "what comes on",
    "what comes in",
    "what does it come with",
    "whats inside",
    "tell me about",
    "what is the",
    "what is a",
    "whats a",
    "whats the",
    "describe",
    "ingredients",
];
const ALLERGY: &[&str] = &[
    "allergy",
    "allergies",
    "allergic",
    "allergen",
    "allergens",
    "gluten free",
    "contain",
    "contains",
    "have nuts",
    "have dairy",
    "any nuts",
    "celiac",
    "dairy free",
    "nut free",
    "peanuts",
    "lactose",
];
/// What a diet asks of a dish: answered from stated allergens only.
const DIET: &[&str] = &[
    "vegan",
    "vegetarian",
    "dairy",
    "nuts",
    "halal",
    "kosher",
    "egg",
    "eggs",
    "gluten",
    "wheat",
    "soy",
    "shellfish",
    "pork",
    "alcohol",
];
const HOURS: &[&str] = &[
    "what time",
    "when do you",
    "your hours",
    "are you open",
    "how late",
    "opening hours",
    "open until",
    "open till",
    "still open",
    "you close",
    "you open",
];
const ADDRESS: &[&str] = &[
    "your address",
    "the address",
    "where are you",
    "located",
    "your location",
    "where is the restaurant",
    "how do i get there",
    "where do i pick",
];
const READY: &[&str] = &[
    "how long",
    "when will it be ready",
    "how soon",
    "be ready",
    "wait time",
    "the wait",
];
/// Names read out for one question.
pub(super) const READ_OUT: usize = 12;

impl Waiter {
    /// Answers a question of the caller's; `None` when the words are none.
    pub(super) fn inquiry(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        let asks = |phrases: &[&str]| phrases.iter().any(|phrase| holds(plain, phrase));
        let mut speech = Speech::default();
        let said = Tagged::of(plain);
        let diet = asks(DIET) && only_asks(plain);
        if asks(ALLERGY) && is_question(plain) || diet {
            let asks = |word: &str| DIET.contains(&word) || ALLERGY.contains(&word);
            self.answer_allergy(&mut speech, plain, &asks);
            self.remember_asked(plain);
        } else if asks(TOTAL) || (asks(PRICE) && is_question(plain)) {
            self.answer_price(&mut speech, plain);
        } else if asks(HOURS) && is_question(plain) {
            inquiry_hours::answer(&mut speech, self.words, &self.restaurant.schedule, now);
        } else if asks(ADDRESS) {
            match &self.restaurant.address {
                Some(address) => speech.fixed(self.words.address(address)),
                None => speech.fixed(self.words.address_unknown()),
            }
        } else if asks(READY) && is_question(plain) {
            speech.fixed(self.words.ready_in(self.restaurant.pickup_minutes?));
        } else if said.has(Tag::AskDelivery) {
            speech.fixed(self.words.about_delivery(self.restaurant.ask.fulfilment));
        } else if said.has(Tag::AskPaying) && self.asked_about(plain).is_none() {
            speech.fixed(self.words.about_paying());
        } else if let Some(reply) = self.answer_menu(plain) {
            return Some(reply);
        } else if self.answer_contents(&mut speech, plain).is_some() {
            self.remember_asked(plain);
        } else if only_asks(plain) {
            speech.fixed(self.words.i_only_take_orders());
            self.remember_asked(plain);
        } else {
            return None;
        }
        self.ask_again(&mut speech);
        Some(self.finish(speech, super::Action::Listen))
    }

    /// The one item a question is about: named in it, or talked about last.
    pub(super) fn asked_about(&self, plain: &str) -> Option<HeardLine> {
        self.menu
            .understand(plain, &[])
            .lines
            .into_iter()
            .find(|line| !line.implied)
    }

    /// "how much is the large", with a latte just ordered: a large latte.
    fn asked_of_focus(&self, plain: &str) -> Option<HeardLine> {
        let line = self.line_in_focus()?;
        let picked = self.picks_on(plain, line.item())?;
        Some(HeardLine {
            picked,
            ..HeardLine::of(line.item())
        })
    }

    /// "I'll take it" may follow.
    fn remember_asked(&mut self, plain: &str) {
        self.spoken_of = self.asked_about(plain).map(|line| line.item);
    }

    pub(super) fn answer_price(&mut self, speech: &mut Speech, plain: &str) {
        self.remember_asked(plain);
        let currency = self.restaurant.currency;
        let Some(line) = self
            .asked_about(plain)
            .or_else(|| self.asked_of_focus(plain))
        else {
            if self.cart.is_empty() {
                speech.fixed(self.words.nothing_yet());
            } else {
                self.say_total(speech);
            }
            return;
        };
        let mut scratch = Cart::new(self.restaurant.clone());
        let item = &self.restaurant.menu.items[line.item];
        let Ok(id) = scratch
            .add(line.item, 1, &line.picked)
            .or_else(|_| scratch.add(line.item, 1, &[]))
        else {
            speech.say(self.words.sold_out(&item.name));
            return;
        };
        let Some(priced) = scratch.line(id) else {
            return;
        };
        let what = super::describe::goods(self.words, item, 1, priced.picked());
        let price = scratch.unit_price(priced).display(currency);
        if item.has_market_price() {
            speech.say(self.words.market_price(&what));
            return;
        }
        let open = scratch.missing().map(|m| &item.options[m.option]);
        let dearer = open.is_some_and(|option| option.choices.iter().any(|c| c.price.minor() > 0));
        speech.say(if dearer {
            self.words.price_from(&what, &price)
        } else {
            self.words.price_is(&what, &price)
        });
        if let Some(option) = open.filter(|_| dearer) {
            let names: Vec<String> = option
                .choices
                .iter()
                .map(|c| {
                    let price = (item.price + c.price).display(currency);
                    format!("{} {price}", c.name)
                })
                .collect();
            speech.say(self.words.you_can_choose(&option.name, &names));
        }
    }

    fn answer_menu(&mut self, plain: &str) -> Option<Reply> {
        let have = HAVE
            .iter()
            .find_map(|phrase| Some(find(plain, phrase)? + phrase.len()));
        let lists = MENU.iter().any(|phrase| holds(plain, phrase))
            && (is_question(plain) || holds(plain, "the menu"));
        let mut speech = Speech::default();
        if !lists {
            let what = plain[have?..].trim();
            if what.is_empty() {
                // "What pastries do you have?", "what dressings do you have?": what is asked for stands in front.
                let names = self.list_asked(plain);
                let some = names != self.restaurant.menu.categories;
                let choices = self.option_asked(plain).filter(|_| !some);
                speech.say(choices.unwrap_or_else(|| self.words.we_have(&names)));
                self.ask_again(&mut speech);
                return Some(self.finish(speech, super::Action::Listen));
            }
            return self.answer_have(what);
        }
        if let Some(list) = self.option_asked(plain) {
            speech.say(list);
        } else {
            let names = self.list_asked(plain);
            speech.say(self.words.we_have(&names));
        }
        self.ask_again(&mut speech);
        Some(self.finish(speech, super::Action::Listen))
    }

    /// "which sauces are there for the wings": the option's choices.
    fn option_asked(&self, plain: &str) -> Option<String> {
        let focus = self
            .focus
            .and_then(|id| self.cart.line(id))
            .map(|line| self.cart.item(line));
        let named = self
            .asked_about(plain)
            .map(|line| &self.restaurant.menu.items[line.item]);
        let words: Vec<String> = plain.split(' ').map(singular).collect();
        let option_of = |item: &Item| {
            item.options.iter().position(|o| {
                let name = singular(&self.menu.read(&o.name).text().to_lowercase());
                words
                    .iter()
                    .any(|w| *w == name || name.split(' ').any(|part| singular(part) == *w))
            })
        };
        let all = named
            .into_iter()
            .chain(focus)
            .chain(&self.restaurant.menu.items);
        let (item, at) = all
            .into_iter()
            .find_map(|item| Some((item, option_of(item)?)))?;
        let option = &item.options[at];
        let names: Vec<String> = option
            .choices
            .iter()
            .filter(|c| c.available)
            .map(|c| c.name.clone())
            .collect();
        Some(self.words.you_can_choose(&option.name, &names))
    }

    /// The items of a category named in the question, or those that share a word with it, or the categories.
    pub(super) fn list_asked(&self, plain: &str) -> Vec<String> {
        let menu = &self.restaurant.menu;
        let words: Vec<String> = plain.split(' ').map(singular).collect();
        let named = |text: &str| {
            let read = self.menu.read(text);
            read.text()
                .split(' ')
                .any(|part| words.contains(&singular(&part.to_lowercase())))
        };
        let category = menu.categories.iter().find(|category| named(category));
        let available = || menu.items.iter().filter(|item| item.available);
        let of_category: Vec<String> = available()
            .filter(|item| category.is_some() && item.category.as_ref() == category)
            .map(|i| i.name.clone())
            .collect();
        if !of_category.is_empty() {
            return of_category.into_iter().take(READ_OUT).collect();
        }
        let alike: Vec<String> = available()
            .filter(|item| named(&item.name))
            .map(|i| i.name.clone())
            .collect();
        if !alike.is_empty() {
            return alike.into_iter().take(READ_OUT).collect();
        }
        if menu.categories.len() > 1 {
            return menu.categories.clone();
        }
        available().map(|i| i.name.clone()).take(READ_OUT).collect()
    }

    /// "do you have lemonade": yes with a price and an offer, or no.
    fn answer_have(&mut self, what: &str) -> Option<Reply> {
        let mut speech = Speech::default();
        let heard = self.menu.understand(what, &[]);
        if let Some(line) = heard.lines.iter().find(|line| !line.implied) {
            let item = &self.restaurant.menu.items[line.item];
            if !item.available {
                self.note(
                    &mut speech,
                    Some(crate::order::CartError::ItemSoldOut { item: line.item }),
                );
                return Some(self.go_on(speech));
            }
            speech.say(match item.has_market_price() {
                true => self.words.market_price(&item.name),
                false => {
                    let price = item.price.display(self.restaurant.currency);
                    self.words.yes_we_have(&item.name, &price)
                }
            });
            speech.fixed(self.words.would_you_like_it());
            self.question = Question::Offer { item: line.item };
            return Some(self.finish(speech, super::Action::Listen));
        }
        if heard.ambiguous.is_empty() && heard.loose.is_empty() && !heard.unmatched.is_empty() {
            let unmatched = heard.unmatched.join(" ");
            speech.say(self.words.not_on_menu(&self.said.as_said(&unmatched)));
        } else {
            let names = self.list_asked(what);
            speech.say(self.words.we_have(&names));
        }
        self.ask_again(&mut speech);
        Some(self.finish(speech, super::Action::Listen))
    }

    fn answer_contents(&self, speech: &mut Speech, plain: &str) -> Option<()> {
        if !CONTENTS.iter().any(|phrase| holds(plain, phrase)) || !is_question(plain) {
            return None;
        }
        let line = self.asked_about(plain)?;
        let item = &self.restaurant.menu.items[line.item];
        speech.say(match &item.description {
            Some(description) => self.words.contents(&item.name, description),
            None => self.words.contents_unknown(&item.name),
        });
        Some(())
    }
}

/// A question that only the file's stated facts may answer.
pub(super) fn asks_about_allergens(plain: &str) -> bool {
    ALLERGY.iter().any(|phrase| holds(plain, phrase)) && is_question(plain)
}
