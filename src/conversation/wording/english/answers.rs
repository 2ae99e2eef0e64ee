//! Answers to what callers ask, in English.

use super::and;
use crate::conversation::wording::shared::capital;

pub fn price_is(what: &str, price: &str) -> String {
    format!("{} is {price}.", capital(what))
}
pub fn price_from(what: &str, price: &str) -> String {
    format!("{} starts at {price}.", capital(what))
}
pub fn we_have(what: &[String]) -> String {
    format!("We have {}.", and(what))
}
pub fn you_can_choose(option: &str, choices: &[String]) -> String {
    format!("For {}: {}.", option.to_lowercase(), and(choices))
}
pub fn yes_we_have(what: &str, price: &str) -> String {
    format!("Yes, {what} for {price}.")
}
pub fn contents(item: &str, description: &str) -> String {
    format!("{}: {}.", capital(item), description.trim_end_matches('.'))
}
pub fn contents_unknown(item: &str) -> String {
    format!("I have nothing written down about what is in the {item}.")
}
pub fn allergens(item: &str, allergens: &[String]) -> String {
    if allergens.is_empty() {
        format!("The menu lists no allergens for the {item}.")
    } else {
        format!("The menu says the {item} has {}.", and(allergens))
    }
}
pub fn allergens_unknown(item: &str) -> String {
    format!("The menu does not state allergens for the {item}, so I can't promise anything.")
}
pub fn ask_a_person() -> String {
    "For allergies, please ask a person: press zero.".into()
}
pub fn allergy_heard(what: &str) -> String {
    if what.is_empty() {
        "I heard there is an allergy.".into()
    } else {
        format!("I heard there is an allergy: {what}.")
    }
}
pub fn allergy_stated(what: &str, names: &[String], more: usize) -> String {
    let what = if what.is_empty() { "it" } else { what };
    match more {
        0 => format!("The menu states {what} for {}.", and(names)),
        _ => format!(
            "The menu states {what} for {}, and {more} more.",
            names.join(", ")
        ),
    }
}
pub fn allergy_not_stated() -> String {
    "The menu does not state it for any dish, so I can't promise anything.".into()
}
pub fn allergy_ask_the_staff() -> String {
    "I can't promise anything about allergies. Please ask the staff before you eat.".into()
}
pub fn address(address: &str) -> String {
    format!("We're at {}.", address.trim_end_matches('.'))
}
pub fn address_unknown() -> String {
    "Sorry, I don't have the address here.".into()
}
pub fn about_delivery(asked: bool) -> String {
    if asked {
        "Yes, we do pickup and delivery.".into()
    } else {
        "I can't arrange delivery, I only take orders to pick up.".into()
    }
}
pub fn link_to_pay() -> String {
    "I take no payment here, nor a tip. Once your order is in, you get a text with a link to pay."
        .into()
}
pub fn about_paying() -> String {
    "I take no payment here, nor a tip. You pay the restaurant directly, and I don't know which cards it takes.".into()
}
pub fn menu_calls(what: &str, names: &[String]) -> String {
    format!("The menu says {what} for {}.", and(names))
}
pub fn nothing_listed(what: &str) -> String {
    format!("The menu doesn't list anything {what}.")
}
pub fn not_said_of(item: &str, what: &str) -> String {
    format!("The menu doesn't say {what} for the {item}.")
}
pub fn comes_with(item: &str, what: &str) -> String {
    format!("Yes, the {item} comes with {what}.")
}
pub fn can_have(what: &str) -> String {
    format!("You can have {what} with it, at no extra charge.")
}
pub fn can_have_for(what: &str, price: &str) -> String {
    format!("{} is {price} extra.", capital(what))
}
pub fn one_size(item: &str) -> String {
    format!("The {item} comes in one size.")
}
pub fn how_big_unknown() -> String {
    "The menu doesn't say how big that is.".into()
}
pub fn no_favourites() -> String {
    "The menu doesn't name a favorite.".into()
}
pub fn do_not_know(person: bool) -> String {
    let person = if person {
        " Say \"a person\" and I'll put you through to someone who may."
    } else {
        ""
    };
    format!("Sorry, I don't know that.{person}")
}
pub fn calories(item: &str, calories: u32) -> String {
    format!("{item} has {calories} calories, the menu says.")
}
pub fn calories_unknown(item: &str) -> String {
    format!("The menu doesn't say how many calories {item} has.")
}
pub fn no_specials() -> String {
    "The menu doesn't list any specials or deals.".into()
}
pub fn phone(number: &str) -> String {
    format!("Our number is {number}.")
}
pub fn about_pickup() -> String {
    "Yes, you can pick it up at the restaurant.".into()
}
pub fn minimum_is(minimum: &str) -> String {
    format!("Our minimum order is {minimum}.")
}
pub fn no_minimum() -> String {
    "There is no minimum order.".into()
}
pub fn age_needed(names: &[String], age: u32) -> String {
    format!("You must be {age} or older, with ID, for {}.", and(names))
}
pub fn no_age() -> String {
    "The menu asks for no ID for that.".into()
}
pub fn i_am_automated() -> String {
    "I'm an automated assistant, and I can take your order.".into()
}
