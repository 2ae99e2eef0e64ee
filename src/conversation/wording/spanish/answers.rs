//! Answers to what callers ask, in Spanish.

use super::and;
use crate::conversation::wording::shared::{lower, sentence};

pub fn price_is(what: &str, price: &str) -> String {
    sentence(&format!("{what} cuesta {price}"))
}
pub fn price_from(what: &str, price: &str) -> String {
    sentence(&format!("{what} cuesta desde {price}"))
}
pub fn we_have(what: &[String]) -> String {
    format!("Tenemos {}.", and(what))
}
pub fn you_can_choose(option: &str, choices: &[String]) -> String {
    format!("Para {}: {}.", lower(option), and(choices))
}
pub fn yes_we_have(what: &str, price: &str) -> String {
    format!("Sí, {what} por {price}.")
}
pub fn contents(item: &str, description: &str) -> String {
    sentence(&format!("{item}: {}", description.trim_end_matches('.')))
}
pub fn contents_unknown(item: &str) -> String {
    format!("No tengo nada escrito sobre lo que lleva {item}.")
}
pub fn allergens(item: &str, allergens: &[String]) -> String {
    if allergens.is_empty() {
        format!("El menú no indica alérgenos para {item}.")
    } else {
        format!("El menú dice que {item} tiene {}.", and(allergens))
    }
}
pub fn allergens_unknown(item: &str) -> String {
    format!("El menú no dice qué alérgenos tiene {item}, así que no puedo prometer nada.")
}
pub fn ask_a_person() -> String {
    "Para alergias, pregunte a una persona: marque cero.".into()
}
pub fn allergy_heard(what: &str) -> String {
    if what.is_empty() {
        "Entendí que hay una alergia.".into()
    } else {
        format!("Entendí que hay una alergia: {what}.")
    }
}
pub fn allergy_stated(what: &str, names: &[String], more: usize) -> String {
    let what = if what.is_empty() { "eso" } else { what };
    match more {
        0 => format!("El menú indica {what} en: {}.", and(names)),
        _ => format!(
            "El menú indica {what} en: {}, y {more} más.",
            names.join(", ")
        ),
    }
}
pub fn allergy_not_stated() -> String {
    "El menú no lo indica en ningún plato, así que no puedo prometer nada.".into()
}
pub fn allergy_ask_the_staff() -> String {
    "No puedo prometer nada sobre alergias. Pregunte al personal antes de comer.".into()
}
pub fn address(address: &str) -> String {
    format!("Estamos en {}.", address.trim_end_matches('.'))
}
pub fn address_unknown() -> String {
    "Lo siento, no tengo la dirección aquí.".into()
}
pub fn about_delivery(asked: bool) -> String {
    if asked {
        "Sí, para recoger o a domicilio.".into()
    } else {
        "No puedo organizar entregas, solo tomo pedidos para recoger.".into()
    }
}
pub fn link_to_pay() -> String {
    "Aquí no cobro nada, ni propinas. Cuando el pedido esté hecho, recibirá un mensaje con un enlace para pagar.".into()
}
pub fn about_paying() -> String {
    "Aquí no cobro nada, ni propinas. Se paga en el restaurante, y no sé qué tarjetas acepta."
        .into()
}
pub fn menu_calls(what: &str, names: &[String]) -> String {
    format!("El menú dice {what} en {}.", and(names))
}
pub fn nothing_listed(what: &str) -> String {
    format!("El menú no indica nada {what}.")
}
pub fn not_said_of(item: &str, what: &str) -> String {
    format!("El menú no dice {what} en {item}.")
}
pub fn comes_with(item: &str, what: &str) -> String {
    format!("Sí, {item} viene con {what}.")
}
pub fn can_have(what: &str) -> String {
    format!("Puede llevar {what}, sin costo adicional.")
}
pub fn can_have_for(what: &str, price: &str) -> String {
    sentence(&format!("{what} cuesta {price} más"))
}
pub fn one_size(item: &str) -> String {
    sentence(&format!("{item} viene en un solo tamaño"))
}
pub fn how_big_unknown() -> String {
    "El menú no dice de qué tamaño es.".into()
}
pub fn no_favourites() -> String {
    "El menú no indica un favorito.".into()
}
pub fn do_not_know(person: bool) -> String {
    let person = if person {
        " Diga \"una persona\" y le paso con alguien que quizás lo sepa."
    } else {
        ""
    };
    format!("Lo siento, no lo sé.{person}")
}
pub fn calories(item: &str, calories: u32) -> String {
    format!("{item} tiene {calories} calorías, según el menú.")
}
pub fn calories_unknown(item: &str) -> String {
    format!("El menú no indica las calorías de {item}.")
}
pub fn no_specials() -> String {
    "El menú no indica ninguna promoción.".into()
}
pub fn phone(number: &str) -> String {
    format!("Nuestro número es el {number}.")
}
pub fn about_pickup() -> String {
    "Sí, puede pasar a recogerlo al restaurante.".into()
}
pub fn minimum_is(minimum: &str) -> String {
    format!("El pedido mínimo es de {minimum}.")
}
pub fn no_minimum() -> String {
    "No hay pedido mínimo.".into()
}
pub fn age_needed(names: &[String], age: u32) -> String {
    format!(
        "Hay que tener {age} años o más, con identificación, para {}.",
        and(names)
    )
}
pub fn no_age() -> String {
    "El menú no pide identificación para eso.".into()
}
pub fn i_am_automated() -> String {
    "Soy un asistente automático y puedo tomar su pedido.".into()
}
