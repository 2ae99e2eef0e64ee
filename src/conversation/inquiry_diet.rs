//! "Anything vegetarian?", "something spicy?", "anything with mushrooms?": what the file says in so many words. Never is
//! a dish said to be free of something that the file does not say.

use super::inquiry_family::{holds_words, naming_words, words_of};
use super::inquiry_more::available_choices;
use super::intent::{find, holds};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;

/// A thing asked of a dish: how callers say it, how a menu says it, and whether it may be an allergy.
struct Wish {
    asked: &'static [&'static str],
    written: &'static [&'static str],
    allergy: bool,
}

const WISHES: &[Wish] = &[
    Wish {
        asked: &["vegan", "vegans", "plant based"],
        written: &["vegan", "plant based"],
        allergy: false,
    },
    Wish {
        asked: &[
            "vegetarian",
            "vegetarians",
            "veggie",
            "meatless",
            "without meat",
            "no meat",
        ],
        written: &["vegetarian", "veggie", "meatless"],
        allergy: false,
    },
    Wish {
        asked: &["gluten free", "without gluten", "no gluten", "celiac"],
        written: &["gluten free", "without gluten"],
        allergy: true,
    },
    Wish {
        asked: &[
            "dairy free",
            "without dairy",
            "no dairy",
            "non dairy",
            "lactose free",
            "without lactose",
            "without milk",
        ],
        written: &[
            "dairy free",
            "no dairy",
            "non dairy",
            "lactose free",
            "without dairy",
            "without lactose",
            "without milk",
        ],
        allergy: true,
    },
    Wish {
        asked: &["nut free", "without nuts", "no nuts", "peanut free"],
        written: &["nut free", "no nut", "peanut free"],
        allergy: true,
    },
    Wish {
        asked: &["halal"],
        written: &["halal"],
        allergy: false,
    },
    Wish {
        asked: &["kosher"],
        written: &["kosher"],
        allergy: false,
    },
    Wish {
        asked: &["organic"],
        written: &["organic"],
        allergy: false,
    },
    Wish {
        asked: &["sugar free", "without sugar"],
        written: &["sugar free", "no sugar", "unsweetened"],
        allergy: false,
    },
    Wish {
        asked: &["spicy", "spicier", "how hot"],
        written: &["spicy"],
        allergy: false,
    },
    Wish {
        asked: &[
            "for kids",
            "for the kids",
            "for my kids",
            "for children",
            "for a child",
            "for a kid",
            "for my son",
            "for my daughter",
            "kids menu",
            "kids meals",
            "kid friendly",
            "childrens menu",
        ],
        written: &["kid", "child", "children", "childrens"],
        allergy: false,
    },
];

/// Options whose choices say how hot a dish is.
const HEAT: &[&str] = &["heat", "spice", "spiciness", "spicy"];
const GENERAL: &[&str] = &[
    "do you have",
    "do you guys have",
    "do you serve",
    "do you sell",
    "do you offer",
    "have you got",
    "got any",
    "are there",
    "is there",
    "what",
    "which",
    "any",
];
const ANY: &[&str] = &["anything", "something", "any dishes", "any items"];

/// "The tamales are gluten free", "the soup is halal": a question, even where the voice that rises is not heard.
pub(super) fn asks_of_a_dish(rest: &str) -> bool {
    let dish = ["the ", "that ", "this ", "those ", "these ", "your "];
    let is = ["is", "are"]
        .iter()
        .filter_map(|is| Some(find(rest, is)? + is.len()));
    let mut behind = is.map(|at| rest[at..].trim());
    let wish = |text: &str| {
        let mut all = WISHES.iter().flat_map(|wish| wish.asked);
        all.any(|asked| text == *asked)
    };
    dish.iter().any(|word| rest.starts_with(word)) && behind.any(wish)
}

impl Waiter {
    pub(super) fn answer_diet(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let asked = WISHES.iter().find_map(|wish| {
            let phrase = wish.asked.iter().find(|phrase| holds(rest, phrase))?;
            Some((wish, *phrase))
        });
        let Some((wish, phrase)) = asked else {
            return self.answer_anything(speech, rest);
        };
        let without = rest.replacen(phrase, "", 1);
        let general = GENERAL.iter().any(|begin| find(rest, begin) == Some(0))
            || ANY.iter().any(|any| holds(rest, any));
        // "Do you have a veggie burger" names a dish by it.
        let dish = self
            .named_in(rest)
            .filter(|_| self.named_in(&without).is_none());
        if let Some(dish) = dish {
            return general.then(|| self.say_we_have_it(speech, dish));
        }
        let item = if general {
            self.named_in(&without)
        } else {
            self.meant(&without)
        };
        if let Some(item) = item {
            return self.answer_wish_of(speech, item, wish, phrase);
        }
        let what = self.said.as_said(phrase);
        let names = self.carrying(wish.written, &naming_words(&without));
        speech.say(if names.is_empty() {
            self.words.nothing_listed(&what)
        } else if phrase.starts_with("for ") || phrase.contains("kid") {
            self.words.we_have(&names)
        } else {
            self.words.menu_calls(&what, &names)
        });
        if wish.allergy && self.restaurant.handoff.is_some() {
            speech.fixed(self.words.ask_a_person());
        }
        Some(())
    }

    /// "Yes", its price, and, with nothing else open, an offer.
    fn say_we_have_it(&mut self, speech: &mut Speech, at: usize) {
        let item = self.item_at(at);
        if !item.available {
            speech.say(self.words.sold_out(&item.name));
            return;
        }
        let price = item.price.display(self.restaurant.currency);
        speech.say(self.words.yes_we_have(&item.name, &price));
        self.spoken_of = Some(at);
        if self.question == Question::Free {
            self.question = Question::Offer { item: at };
        }
    }

    /// One dish: what its own words say. Allergies are the stated allergens' business.
    fn answer_wish_of(
        &mut self,
        speech: &mut Speech,
        item: usize,
        wish: &Wish,
        phrase: &str,
    ) -> Option<()> {
        let it = self.item_at(item);
        if wish.allergy {
            let name = self.menu.restaurant.menu.items[item].name.to_lowercase();
            self.answer_allergy(speech, &name, &|_| false);
        } else if self.item_carries(item, wish.written) {
            let names = [it.name.clone()];
            speech.say(self.words.menu_calls(&self.said.as_said(phrase), &names));
        } else if let Some(option) = it.options.iter().find(|option| {
            let hot = wish.written == ["spicy"];
            hot && words_of(&option.name)
                .iter()
                .any(|w| HEAT.contains(&w.as_str()))
        }) {
            let names = available_choices(option);
            speech.say(self.words.you_can_choose(&option.name, &names));
        } else {
            speech.say(self.words.not_said_of(&it.name, &self.said.as_said(phrase)));
            if it.description.is_some() {
                self.say_contents(speech, item);
            }
        }
        self.spoken_of = Some(item);
        Some(())
    }

    /// "Anything with mushrooms?", "something sweet?"
    fn answer_anything(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let at = ANY
            .iter()
            .find_map(|any| Some(find(rest, any)? + any.len()))?;
        let asked = rest[at..].trim();
        let without = find(asked, "without") == Some(0) || find(asked, "free") == Some(0);
        let thing = [
            "with",
            "made with",
            "thats",
            "that is",
            "that has",
            "from",
            "in",
        ]
        .iter()
        .find_map(|word| asked.strip_prefix(&format!("{word} ")))
        .unwrap_or(asked);
        let words = naming_words(thing);
        let nothing = ["else", "to", "for", "on", "special", "good", "like", "you"];
        if words.is_empty() || nothing.iter().any(|word| words[0] == *word) {
            return None;
        }
        let what = self.said.as_said(asked);
        let items: Vec<usize> = (0..self.restaurant.menu.items.len())
            .filter(|&at| self.item_at(at).available && !without)
            .filter(|&at| self.item_carries(at, &[words.join(" ").as_str()]))
            .collect();
        let menu = &self.restaurant.menu;
        let mut choices = menu
            .items
            .iter()
            .flat_map(|item| &item.options)
            .flat_map(|o| &o.choices);
        if items.is_empty()
            && let Some(choice) = choices.find(|choice| words_of(&choice.name) == words && !without)
        {
            self.say_can_have(speech, choice);
        } else if items.is_empty() {
            speech.say(self.words.nothing_listed(&what));
        } else {
            speech.say(self.words.we_have(&self.names_of(&items)));
            self.remember_listed(&items);
        }
        Some(())
    }

    /// Items, and choices of items, that say one of the words; of the family named beside them, if one is.
    fn carrying(&mut self, written: &[&str], beside: &[String]) -> Vec<String> {
        let family = match beside.last() {
            Some(head) => self.family(std::slice::from_ref(head)),
            None => Vec::new(),
        };
        let menu = &self.restaurant.menu;
        let items: Vec<usize> = (0..menu.items.len())
            .filter(|&at| menu.items[at].available && self.item_carries(at, written))
            .filter(|at| family.is_empty() || family.contains(at))
            .collect();
        let mut names = self.names_of(&items);
        let choices = menu.items.iter().flat_map(|item| &item.options);
        for choice in choices.flat_map(|option| &option.choices) {
            let says = std::iter::once(&choice.name)
                .chain(&choice.aliases)
                .any(|text| says_one_of(text, written));
            if says && choice.available && !names.contains(&choice.name) {
                names.push(choice.name.clone());
            }
        }
        self.remember_listed(&items);
        names.truncate(super::inquiries::READ_OUT);
        names
    }

    /// Does its name, an alias, its category or its description say one of the words?
    pub(super) fn item_carries(&self, at: usize, written: &[&str]) -> bool {
        let item = &self.menu.restaurant.menu.items[at];
        std::iter::once(&item.name)
            .chain(&item.aliases)
            .chain(&item.description)
            .chain(&item.category)
            .chain(item.tags())
            .any(|text| says_one_of(text, written))
    }
}

/// Does a text say one of the phrases, and not that it is left out?
pub(super) fn says_one_of(text: &str, phrases: &[&str]) -> bool {
    let words = words_of(text);
    phrases.iter().any(|phrase| {
        let phrase = words_of(phrase);
        holds_words(text, &phrase)
            && words.windows(phrase.len()).enumerate().any(|(at, run)| {
                let before = at.checked_sub(1).map(|at| words[at].as_str());
                run == phrase && !matches!(before, Some("no" | "without" | "not"))
            })
    })
}
