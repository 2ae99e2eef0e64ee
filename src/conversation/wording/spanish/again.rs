//! What is said to a caller who was not understood again, in Spanish.

use super::super::shared::listed;

/// "1 para Chico, 2 para Grande".
fn keys(choices: &[String]) -> String {
    let each = choices.iter().enumerate();
    let keys: Vec<String> = each
        .map(|(at, choice)| format!("{} para {choice}", at + 1))
        .collect();
    keys.join(", ")
}
fn zero(person: bool) -> &'static str {
    if person { ", o 0 para una persona" } else { "" }
}
pub fn say_one_of(choices: &[String]) -> String {
    format!(
        "Por favor diga solo uno de estos: {}.",
        listed(choices, "o")
    )
}
pub fn for_example(what: &str) -> String {
    format!("Por favor dígalo en pocas palabras, por ejemplo \"{what}\".")
}
pub fn yes_or_no_please() -> String {
    "Por favor diga solo sí o no.".into()
}
pub fn pickup_or_delivery_please() -> String {
    "Por favor diga solo para recoger o a domicilio.".into()
}
pub fn first_name_please() -> String {
    "Solo un nombre, por favor.".into()
}
pub fn press_for(choices: &[String], person: bool) -> String {
    format!("Puede marcar {}{}.", keys(choices), zero(person))
}
pub fn press_yes_or_no(person: bool) -> String {
    format!("Puede marcar 1 para sí, 2 para no{}.", zero(person))
}
