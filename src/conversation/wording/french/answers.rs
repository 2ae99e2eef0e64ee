//! Answers to what callers ask, in French.

use super::{and, price};
use crate::conversation::wording::shared::{lower, sentence};

pub fn price_is(what: &str, amount: &str) -> String {
    sentence(&format!("{what}: {}", price(amount)))
}
pub fn price_from(what: &str, amount: &str) -> String {
    sentence(&format!("{what}: à partir de {}", price(amount)))
}
pub fn we_have(what: &[String]) -> String {
    format!("Nous avons {}.", and(what))
}
pub fn you_can_choose(option: &str, choices: &[String]) -> String {
    let choices: Vec<String> = choices.iter().map(|choice| priced(choice)).collect();
    format!("Pour {}: {}.", lower(option), and(&choices))
}
/// "Grand $4.50" as a list of prices has it.
fn priced(choice: &str) -> String {
    match choice.rsplit_once(' ') {
        Some((name, amount)) if amount.starts_with(['$', '€', '£']) => {
            format!("{name} {}", price(amount))
        }
        _ => choice.to_owned(),
    }
}
pub fn yes_we_have(what: &str, amount: &str) -> String {
    format!("Oui, {what} à {}.", price(amount))
}
pub fn contents(item: &str, description: &str) -> String {
    sentence(&format!("{item}: {}", description.trim_end_matches('.')))
}
pub fn contents_unknown(item: &str) -> String {
    format!("Je n'ai rien d'écrit sur ce que contient ceci: {item}.")
}
pub fn allergens(item: &str, allergens: &[String]) -> String {
    if allergens.is_empty() {
        format!("Le menu n'indique aucun allergène pour {item}.")
    } else {
        format!("Selon le menu, {item} contient: {}.", and(allergens))
    }
}
pub fn allergens_unknown(item: &str) -> String {
    format!("Le menu n'indique pas les allergènes pour {item}, je ne peux donc rien promettre.")
}
pub fn ask_a_person() -> String {
    "Pour les allergies, demandez à une personne: appuyez sur le zéro.".into()
}
pub fn allergy_heard(what: &str) -> String {
    if what.is_empty() {
        "J'ai noté une allergie.".into()
    } else {
        format!("J'ai noté une allergie : {what}.")
    }
}
pub fn allergy_stated(what: &str, names: &[String], more: usize) -> String {
    let what = if what.is_empty() { "cela" } else { what };
    match more {
        0 => format!("Le menu indique {what} pour : {}.", and(names)),
        _ => format!(
            "Le menu indique {what} pour : {}, et {more} autres.",
            names.join(", ")
        ),
    }
}
pub fn allergy_not_stated() -> String {
    "Le menu ne l'indique pour aucun plat, donc je ne peux rien promettre.".into()
}
pub fn allergy_ask_the_staff() -> String {
    "Je ne peux rien promettre au sujet des allergies. Demandez au personnel avant de manger."
        .into()
}
pub fn address(address: &str) -> String {
    format!("Nous sommes au {}.", address.trim_end_matches('.'))
}
pub fn address_unknown() -> String {
    "Désolé, je n'ai pas l'adresse ici.".into()
}
pub fn about_delivery(asked: bool) -> String {
    if asked {
        "Oui, à emporter ou en livraison.".into()
    } else {
        "Je ne peux pas organiser de livraison, seulement les commandes à emporter.".into()
    }
}
pub fn link_to_pay() -> String {
    "Je ne prends ici ni paiement ni pourboire. Une fois la commande passée, vous recevez un texto avec un lien pour payer.".into()
}
pub fn about_paying() -> String {
    "Je ne prends ici ni paiement ni pourboire. Vous payez au restaurant ; je ne sais pas quelles cartes il accepte.".into()
}
pub fn menu_calls(what: &str, names: &[String]) -> String {
    format!("Le menu indique {what} pour {}.", and(names))
}
pub fn nothing_listed(what: &str) -> String {
    format!("Le menu n'indique rien pour: {what}.")
}
pub fn not_said_of(item: &str, what: &str) -> String {
    format!("Le menu n'indique pas {what} pour {item}.")
}
pub fn comes_with(item: &str, what: &str) -> String {
    format!("Oui, {item} vient avec {what}.")
}
pub fn can_have(what: &str) -> String {
    format!("Vous pouvez avoir {what} avec ça, sans supplément.")
}
pub fn can_have_for(what: &str, amount: &str) -> String {
    sentence(&format!("{what}: {} de plus", price(amount)))
}
pub fn one_size(item: &str) -> String {
    sentence(&format!("{item}: un seul format"))
}
pub fn how_big_unknown() -> String {
    "Le menu n'indique pas la grosseur.".into()
}
pub fn no_favourites() -> String {
    "Le menu n'indique pas de favori.".into()
}
pub fn do_not_know(person: bool) -> String {
    let person = if person {
        " Dites « une personne » et je vous passe quelqu'un qui le sait peut-être."
    } else {
        ""
    };
    format!("Désolé, je ne sais pas.{person}")
}
pub fn calories(item: &str, calories: u32) -> String {
    format!("{item} : {calories} calories, selon le menu.")
}
pub fn calories_unknown(item: &str) -> String {
    format!("Le menu n'indique pas les calories pour {item}.")
}
pub fn no_specials() -> String {
    "Le menu n'indique aucune promotion.".into()
}
pub fn phone(number: &str) -> String {
    format!("Notre numéro est le {number}.")
}
pub fn about_pickup() -> String {
    "Oui, vous pouvez passer la chercher au restaurant.".into()
}
pub fn minimum_is(minimum: &str) -> String {
    format!("La commande minimale est de {}.", price(minimum))
}
pub fn no_minimum() -> String {
    "Il n'y a pas de commande minimale.".into()
}
pub fn age_needed(names: &[String], age: u32) -> String {
    format!(
        "Il faut avoir {age} ans ou plus, avec une pièce d'identité, pour ceci: {}.",
        and(names)
    )
}
pub fn no_age() -> String {
    "Le menu n'exige pas de pièce d'identité pour cela.".into()
}
pub fn i_am_automated() -> String {
    "Je suis un assistant automatisé, et je peux prendre votre commande.".into()
}
