//! What is said to a caller who was not understood again, in French.

use super::super::shared::listed;

/// "le 1 pour Petit, le 2 pour Grand".
fn keys(choices: &[String]) -> String {
    let each = choices.iter().enumerate();
    let keys: Vec<String> = each
        .map(|(at, choice)| format!("le {} pour {choice}", at + 1))
        .collect();
    keys.join(", ")
}
fn zero(person: bool) -> &'static str {
    if person {
        ", ou le 0 pour une personne"
    } else {
        ""
    }
}
pub fn say_one_of(choices: &[String]) -> String {
    format!(
        "Dites seulement l'un de ceux-ci : {}.",
        listed(choices, "ou")
    )
}
pub fn for_example(what: &str) -> String {
    format!("Dites-le en quelques mots, par exemple « {what} ».")
}
pub fn yes_or_no_please() -> String {
    "Dites seulement oui ou non, s'il vous plaît.".into()
}
pub fn pickup_or_delivery_please() -> String {
    "Dites seulement à emporter ou livraison, s'il vous plaît.".into()
}
pub fn first_name_please() -> String {
    "Juste un prénom, s'il vous plaît.".into()
}
pub fn press_for(choices: &[String], person: bool) -> String {
    format!("Vous pouvez appuyer sur {}{}.", keys(choices), zero(person))
}
pub fn press_yes_or_no(person: bool) -> String {
    format!(
        "Vous pouvez appuyer sur le 1 pour oui, le 2 pour non{}.",
        zero(person)
    )
}
