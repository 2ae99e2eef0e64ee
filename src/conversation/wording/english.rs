//! The sentences in English.

mod again;
mod answers;
mod delivery;
mod hours;
mod kitchen;

pub use again::*;
pub use answers::*;
pub use delivery::*;
pub use hours::*;
pub use kitchen::*;

use super::shared::{capital, decimal, listed, sentence};

fn or(names: &[String]) -> String {
    listed(names, "or")
}
pub fn and(names: &[String]) -> String {
    listed(names, "and")
}

pub fn greeting(name: &str) -> String {
    format!("Welcome to {name}. What would you like to order?")
}
pub fn what_would_you_like() -> String {
    "What would you like?".into()
}
pub fn anything_else() -> String {
    "Anything else?".into()
}
pub fn okay() -> String {
    "Okay.".into()
}
pub fn added(what: &str) -> String {
    sentence(what)
}
pub fn changed(what: &str) -> String {
    format!("Okay, {what}.")
}
pub fn removed(what: &str) -> String {
    format!("Okay, no {what}.")
}
pub fn not_in_order() -> String {
    "I don't see that in your order.".into()
}
pub fn which_option(option: &str, item: &str, choices: &[String]) -> String {
    if choices.len() > 5 {
        let few = or(&choices[..4]);
        return format!(
            "Which {} for the {item}? For example {few}.",
            option.to_lowercase()
        );
    }
    format!(
        "Which {} for the {item}: {}?",
        option.to_lowercase(),
        or(choices)
    )
}
pub fn which_one(text: &str, candidates: &[String]) -> String {
    format!(
        "Which {text}: {}?",
        or(&candidates[..candidates.len().min(5)])
    )
}
pub fn what_is_that_for(what: &str) -> String {
    format!("What would you like with {what}?")
}
pub fn did_you_say(what: &str) -> String {
    format!("Did you say {what}?")
}
pub fn sold_out(what: &str) -> String {
    format!("Sorry, we're out of {what} today.")
}
pub fn not_on_menu(what: &str) -> String {
    format!("Sorry, we don't have {what}.")
}
pub fn cannot_leave_out(what: &str, person: bool) -> String {
    let person = if person {
        " Press zero to tell a person."
    } else {
        ""
    };
    format!("Sorry, I can't note \"no {what}\" here.{person}")
}
pub fn near_offers(offers: &[String]) -> String {
    format!("We have {}.", and(offers))
}
pub fn too_many_choices(option: &str, max: u32) -> String {
    format!("Sorry, at most {max} for {}.", option.to_lowercase())
}
pub fn too_often(choice: &str, max: u32) -> String {
    match max {
        1 => format!("Sorry, only one {choice}."),
        max => format!("Sorry, {choice} at most {max} times."),
    }
}
pub fn not_that_way(choice: &str) -> String {
    format!("Sorry, {choice} can't be changed that way.")
}
pub fn too_many_items(limit: u32) -> String {
    format!("Sorry, I can take at most {limit} items in one order.")
}
pub fn too_many_of(dish: &str, max: u32) -> String {
    format!("Sorry, I can take at most {max} of {dish} in one order.")
}
pub fn measure(thousandths: u32, unit: &str) -> String {
    let whole = thousandths / 1000;
    let units = crate::words::Language::English.plural(unit);
    let number = crate::words::cardinal(whole);
    match (whole, thousandths % 1000) {
        (0, 250) => format!("a quarter {unit}"),
        (0, 500) => format!("half a {unit}"),
        (0, 750) => format!("three quarters of a {unit}"),
        (1, 0) => format!("one {unit}"),
        (_, 0) => format!("{number} {units}"),
        (_, 250) => format!("{number} and a quarter {units}"),
        (_, 500) => format!("{number} and a half {units}"),
        (_, 750) => format!("{number} and three quarter {units}"),
        _ => format!("{} {units}", decimal(thousandths)),
    }
}
pub fn of_measure(measure: &str, dish: &str) -> String {
    format!("{measure} of {dish}")
}
pub fn sold_in(dish: &str, step: &str, min: &str) -> String {
    if step == min {
        format!("Sorry, we sell {dish} in steps of {step}.")
    } else {
        format!("Sorry, we sell {dish} in steps of {step}, from {min} on.")
    }
}
pub fn by_the_piece(dish: &str) -> String {
    format!("Sorry, we sell {dish} by the piece.")
}
pub fn only_with(choice: &str, needs: &[String]) -> String {
    format!("Sorry, {choice} only comes with {}.", or(needs))
}
pub fn no_requests() -> String {
    "Sorry, I can't pass that on to the kitchen.".into()
}
pub fn person_can_say() -> String {
    "Say \"a person\" and I'll put you through.".into()
}
pub fn nothing_yet() -> String {
    "I don't have anything down yet.".into()
}
pub fn so_far() -> String {
    "So far I have:".into()
}
pub fn that_is() -> String {
    "So that's:".into()
}
pub fn line(what: &str) -> String {
    sentence(what)
}
pub fn total(total: &str) -> String {
    format!("The total is {total}.")
}
pub fn total_with_tax(total: &str) -> String {
    format!("With tax, the total is {total}.")
}
pub fn call_back(number: &str) -> String {
    format!("Call {number}")
}
pub fn noted(note: &str) -> String {
    format!("Note for the kitchen: {note}.")
}
pub fn total_with_fees(fees: &[String], taxed: bool, total: &str) -> String {
    let mut all: Vec<String> = fees.iter().map(|fee| fee.to_lowercase()).collect();
    if taxed {
        all.push("tax".into());
    }
    format!("With {}, the total is {total}.", and(&all))
}
pub fn plus_market_price(names: &[String]) -> String {
    format!("Plus the market price of {}, at the counter.", and(names))
}
pub fn at_least_of(dish: &str, least: &str) -> String {
    format!("The least I can take of {dish} is {least}.")
}
pub fn minimum_order(minimum: &str, so_far: &str) -> String {
    format!("Our minimum order is {minimum}, and so far it's {so_far}.")
}
pub fn ask_age(age: u32) -> String {
    format!("You'll need to show ID at pickup. Are you {age} or older?")
}
pub fn left_out_for_age(names: &[String]) -> String {
    format!("Then I have to leave out {}.", and(names))
}
pub fn comes_in(dish: &str, sizes: &[String]) -> String {
    format!("Sorry, {dish} comes in {}.", and(sizes))
}
pub fn pieces_or_orders(number: &str, dish: &str) -> String {
    format!("Is that {number} pieces, or {number} orders of {dish}?")
}
pub fn allergy(to: Option<&str>) -> String {
    match to {
        Some(what) => format!("allergy: {what}"),
        None => "allergy".into(),
    }
}
pub fn back_at(dish: &str, when: &str) -> String {
    format!("Sorry, {dish} isn't available now. It's back {when}.")
}
pub fn today_at(time: &str) -> String {
    format!("today at {time}")
}
pub fn market_price(dish: &str) -> String {
    format!(
        "{} is at market price; they'll tell you at the counter.",
        capital(dish)
    )
}
pub fn is_that_right() -> String {
    "Is that right?".into()
}
pub fn what_about(what: &str) -> String {
    format!("What should be different about the {what}?")
}
pub fn what_should_i_change() -> String {
    "What should I change?".into()
}
pub fn order_is_in(number: u32) -> Vec<String> {
    vec!["Your order is in.".into(), format!("It's number {number}.")]
}
pub fn ready_in(minutes: u32) -> String {
    format!("It will be ready in about {minutes} minutes.")
}
pub fn goodbye() -> String {
    "Goodbye.".into()
}
pub fn commit_failed() -> String {
    "One moment, please.".into()
}
pub fn commit_failed_twice() -> String {
    "Sorry, I could not save your order. Let me get someone to help you.".into()
}
pub fn commit_failed_alone() -> String {
    "Sorry, I could not save your order. Please call again in a few minutes.".into()
}
pub fn cancel_sure() -> String {
    "Should I cancel the whole order?".into()
}
pub fn cancelled() -> String {
    "Okay, nothing was ordered. Goodbye.".into()
}
pub fn keeping() -> String {
    "Okay, I'll keep it.".into()
}
pub fn handing_off() -> String {
    "One moment, I'll get someone for you.".into()
}
pub fn nobody_to_hand_to() -> String {
    "Sorry, there is nobody I can put you through to. I can take your order.".into()
}
pub fn did_not_get() -> String {
    "Sorry, I didn't get that.".into()
}
pub fn say_that_one_again() -> String {
    "Sorry. Could you say that one again?".into()
}
pub fn say_one_thing(person: bool) -> String {
    let person = if person {
        " Or press zero for a person."
    } else {
        ""
    };
    format!("Sorry, I'm having trouble hearing you. Please say one thing at a time.{person}")
}
pub fn are_you_there(nth: u8) -> String {
    if nth <= 1 {
        "Are you still there?".into()
    } else {
        "Sorry, I can't hear you.".into()
    }
}
pub fn silent_goodbye() -> String {
    "I can't hear anything, so I'll hang up now. Goodbye.".into()
}
pub fn time_nearly_up() -> String {
    "We have about a minute left.".into()
}
pub fn time_up() -> String {
    "Sorry, our time is up, and nothing was ordered. Please call again. Goodbye.".into()
}
pub fn time_up_after_order() -> String {
    "Our time is up. Your order is in. Goodbye.".into()
}
pub fn ask_name() -> String {
    "What name is it for?".into()
}
pub fn ask_fulfilment() -> String {
    "Is that for pickup or delivery?".into()
}
pub fn would_you_like_it() -> String {
    "Would you like that?".into()
}

pub fn no_time_promised(minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => format!("I can't set a time; it takes about {minutes} minutes."),
        None => "I can't set a time for it.".into(),
    }
}
pub fn another_way(person: bool) -> String {
    let person = if person {
        ", or press zero for a person"
    } else {
        ""
    };
    format!(
        "Let's try another way: say one thing, for example \"cancel that\" or \"that's all\"{person}."
    )
}
/// Half of an item.
pub fn on_half(what: &str, first: bool) -> String {
    format!("{what} on {} half", if first { "one" } else { "the other" })
}
pub fn with(item: &str, what: &[String]) -> String {
    if what.is_empty() {
        item.to_owned()
    } else {
        format!("{item} with {}", and(what))
    }
}
pub fn vessel_of(vessel: &str, item: &str) -> String {
    format!("{vessel} of {item}")
}
pub fn without(choice: &str) -> String {
    format!("no {choice}")
}
pub fn light(choice: &str) -> String {
    format!("light {choice}")
}
pub fn extra(choice: &str) -> String {
    let already = choice.to_lowercase().starts_with("extra ");
    if already {
        choice.to_owned()
    } else {
        format!("extra {choice}")
    }
}
