//! Every sentence of the waiter, in one place. Display text: "$23.80" here, "twenty-three eighty" only in the voice.
//! Callers wait while we speak, so sentences are short and the question comes last.

use crate::words::Language;

/// The house's sentences in one language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wording {
    language: Language,
}

impl Wording {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    pub fn language(self) -> Language {
        self.language
    }

    pub fn what_would_you_like(self) -> String {
        "What would you like?".into()
    }
    pub fn anything_else(self) -> String {
        "Anything else?".into()
    }
    pub fn okay(self) -> String {
        "Okay.".into()
    }
    pub fn added(self, what: &str) -> String {
        sentence(what)
    }
    pub fn changed(self, what: &str) -> String {
        format!("Okay, {what}.")
    }
    pub fn removed(self, what: &str) -> String {
        format!("Okay, no {what}.")
    }
    pub fn not_in_order(self) -> String {
        "I don't see that in your order.".into()
    }
    pub fn which_option(self, option: &str, item: &str, choices: &[String]) -> String {
        if choices.len() > 5 {
            let few = self.list(&choices[..4], "or");
            return format!(
                "Which {} for the {item}? For example {few}.",
                option.to_lowercase()
            );
        }
        format!(
            "Which {} for the {item}: {}?",
            option.to_lowercase(),
            self.list(choices, "or")
        )
    }
    pub fn which_one(self, text: &str, candidates: &[String]) -> String {
        format!(
            "Which {text}: {}?",
            self.list(&candidates[..candidates.len().min(5)], "or")
        )
    }
    pub fn what_is_that_for(self, what: &str) -> String {
        format!("What would you like with {what}?")
    }
    pub fn did_you_say(self, what: &str) -> String {
        format!("Did you say {what}?")
    }
    pub fn sold_out(self, what: &str) -> String {
        format!("Sorry, we're out of {what} today.")
    }
    pub fn not_on_menu(self, what: &str) -> String {
        format!("Sorry, we don't have {what}.")
    }
    pub fn near_offers(self, offers: &[String]) -> String {
        format!("We have {}.", self.list(offers, "and"))
    }
    pub fn too_many_choices(self, option: &str, max: u32) -> String {
        format!("Sorry, at most {max} for {}.", option.to_lowercase())
    }
    pub fn too_often(self, choice: &str, max: u32) -> String {
        format!("Sorry, {choice} at most {max} times.")
    }
    pub fn not_that_way(self, choice: &str) -> String {
        format!("Sorry, {choice} can't be changed that way.")
    }
    pub fn too_many_items(self, limit: u32) -> String {
        format!("Sorry, I can take at most {limit} items in one order.")
    }
    pub fn nothing_yet(self) -> String {
        "I don't have anything down yet.".into()
    }
    pub fn so_far(self) -> String {
        "So far I have:".into()
    }
    pub fn that_is(self) -> String {
        "So that's:".into()
    }
    pub fn line(self, what: &str) -> String {
        sentence(what)
    }
    pub fn total(self, total: &str) -> String {
        format!("The total is {total}.")
    }
    pub fn total_with_tax(self, total: &str) -> String {
        format!("With tax, the total is {total}.")
    }
    pub fn is_that_right(self) -> String {
        "Is that right?".into()
    }
    pub fn what_should_i_change(self) -> String {
        "What should I change?".into()
    }
    pub fn order_is_in(self, number: u32) -> Vec<String> {
        vec!["Your order is in.".into(), format!("It's number {number}.")]
    }
    pub fn ready_in(self, minutes: u32) -> String {
        format!("It will be ready in about {minutes} minutes.")
    }
    pub fn goodbye(self) -> String {
        "Goodbye.".into()
    }
    pub fn commit_failed(self) -> String {
        "One moment, please.".into()
    }
    pub fn commit_failed_twice(self) -> String {
        "Sorry, I could not save your order. Let me get someone to help you.".into()
    }
    pub fn commit_failed_alone(self) -> String {
        "Sorry, I could not save your order. Please call again in a few minutes.".into()
    }
    pub fn cancel_sure(self) -> String {
        "Should I cancel the whole order?".into()
    }
    pub fn cancelled(self) -> String {
        "Okay, nothing was ordered. Goodbye.".into()
    }
    pub fn keeping(self) -> String {
        "Okay, I'll keep it.".into()
    }
    pub fn handing_off(self) -> String {
        "One moment, I'll get someone for you.".into()
    }
    pub fn nobody_to_hand_to(self) -> String {
        "Sorry, there is nobody I can put you through to. I can take your order.".into()
    }
    pub fn did_not_get(self) -> String {
        "Sorry, I didn't get that.".into()
    }
    pub fn say_one_thing(self, person: bool) -> String {
        let person = if person {
            " Or press zero for a person."
        } else {
            ""
        };
        format!("Sorry, I'm having trouble hearing you. Please say one thing at a time.{person}")
    }
    pub fn are_you_there(self, nth: u8) -> String {
        if nth <= 1 {
            "Are you still there?".into()
        } else {
            "Sorry, I can't hear you.".into()
        }
    }
    pub fn silent_goodbye(self) -> String {
        "I can't hear anything, so I'll hang up now. Goodbye.".into()
    }
    pub fn time_nearly_up(self) -> String {
        "We have about a minute left.".into()
    }
    pub fn time_up(self) -> String {
        "Sorry, our time is up, and nothing was ordered. Please call again. Goodbye.".into()
    }
    pub fn time_up_after_order(self) -> String {
        "Our time is up. Your order is in. Goodbye.".into()
    }
    pub fn ask_name(self) -> String {
        "What name is it for?".into()
    }
    pub fn ask_fulfilment(self) -> String {
        "Is that for pickup or delivery?".into()
    }
    pub fn price_is(self, what: &str, price: &str) -> String {
        format!("{} is {price}.", capital(what))
    }
    pub fn price_from(self, what: &str, price: &str) -> String {
        format!("{} starts at {price}.", capital(what))
    }
    pub fn we_have(self, what: &[String]) -> String {
        format!("We have {}.", self.list(what, "and"))
    }
    pub fn you_can_choose(self, option: &str, choices: &[String]) -> String {
        format!(
            "For {}: {}.",
            option.to_lowercase(),
            self.list(choices, "and")
        )
    }
    pub fn yes_we_have(self, what: &str, price: &str) -> String {
        format!("Yes, {what} for {price}.")
    }
    pub fn would_you_like_it(self) -> String {
        "Would you like that?".into()
    }
    pub fn contents(self, item: &str, description: &str) -> String {
        format!("{}: {}.", capital(item), description.trim_end_matches('.'))
    }
    pub fn contents_unknown(self, item: &str) -> String {
        format!("I have nothing written down about what is in the {item}.")
    }
    pub fn allergens(self, item: &str, allergens: &[String]) -> String {
        if allergens.is_empty() {
            format!("The menu lists no allergens for the {item}.")
        } else {
            format!(
                "The menu says the {item} has {}.",
                self.list(allergens, "and")
            )
        }
    }
    pub fn allergens_unknown(self, item: &str) -> String {
        format!("The menu does not state allergens for the {item}, so I can't promise anything.")
    }
    pub fn ask_a_person(self) -> String {
        "For allergies, please ask a person: press zero.".into()
    }
    pub fn open_until(self, time: &str) -> String {
        format!("We're open until {time} today.")
    }
    pub fn always_open(self) -> String {
        "We're always open.".into()
    }
    pub fn closed_now(self, next: &str) -> String {
        format!("We're closed now. We open {next}.")
    }
    pub fn closed(self) -> String {
        "We're closed.".into()
    }
    pub fn today_hours(self, spans: &[String]) -> String {
        format!("Today we're open {}.", self.list(spans, "and"))
    }
    pub fn span(self, from: &str, to: &str) -> String {
        format!("{from} to {to}")
    }
    pub fn address(self, address: &str) -> String {
        format!("We're at {}.", address.trim_end_matches('.'))
    }
    pub fn address_unknown(self) -> String {
        "Sorry, I don't have the address here.".into()
    }
    pub fn i_only_take_orders(self) -> String {
        "Sorry, I can't help with that.".into()
    }

    /// "Small, Medium or Large".
    pub fn list(self, names: &[String], last: &str) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
        }
    }
    /// Half of an item.
    pub fn on_half(self, what: &str, first: bool) -> String {
        format!("{what} on {} half", if first { "one" } else { "the other" })
    }
    pub fn with(self, item: &str, what: &[String]) -> String {
        if what.is_empty() {
            item.to_owned()
        } else {
            format!("{item} with {}", self.list(what, "and"))
        }
    }
    pub fn vessel_of(self, vessel: &str, item: &str) -> String {
        format!("{vessel} of {item}")
    }
    pub fn without(self, choice: &str) -> String {
        format!("no {choice}")
    }
    pub fn light(self, choice: &str) -> String {
        format!("light {choice}")
    }
    pub fn extra(self, choice: &str) -> String {
        let already = choice.to_lowercase().starts_with("extra ");
        if already {
            choice.to_owned()
        } else {
            format!("extra {choice}")
        }
    }
}

fn sentence(what: &str) -> String {
    format!("{}.", capital(what))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
