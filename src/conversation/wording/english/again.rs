//! What is said to a caller who was not understood again, in English.

use super::super::shared::listed;

/// "1 for Small, 2 for Large".
fn keys(choices: &[String]) -> String {
    let each = choices.iter().enumerate();
    let keys: Vec<String> = each
        .map(|(at, choice)| format!("{} for {choice}", at + 1))
        .collect();
    keys.join(", ")
}
fn zero(person: bool) -> &'static str {
    if person { ", or 0 for a person" } else { "" }
}
pub fn say_one_of(choices: &[String]) -> String {
    format!("Please say just one of these: {}.", listed(choices, "or"))
}
pub fn for_example(what: &str) -> String {
    format!("Please say it in a few words, for example \"{what}\".")
}
pub fn yes_or_no_please() -> String {
    "Please say just yes or no.".into()
}
pub fn pickup_or_delivery_please() -> String {
    "Please say just pickup or delivery.".into()
}
pub fn first_name_please() -> String {
    "Just a first name, please.".into()
}
pub fn press_for(choices: &[String], person: bool) -> String {
    format!("You can press {}{}.", keys(choices), zero(person))
}
pub fn press_yes_or_no(person: bool) -> String {
    format!("You can press 1 for yes, 2 for no{}.", zero(person))
}
