//! The sentences in French as spoken in Canada. Prices arrive as "$23.80" and are written "23,80 $".

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

use super::shared::{capital, decimal, listed, lower, sentence, with_or_without};
use crate::words::Language;

fn price(text: &str) -> String {
    Language::French.price_display(text)
}
/// "de Fromage", "d'Oignons".
fn of(what: &str) -> String {
    let first = crate::words::tokens(what).into_iter().next();
    let vowel = first.is_some_and(|word| word.text.starts_with(['a', 'e', 'i', 'o', 'u', 'h']));
    format!("{}{what}", if vowel { "d'" } else { "de " })
}
fn or(names: &[String]) -> String {
    listed(names, "ou")
}
pub fn and(names: &[String]) -> String {
    listed(names, "et")
}

pub fn greeting(name: &str) -> String {
    format!("Bienvenue chez {name}. Que désirez-vous commander?")
}
pub fn what_would_you_like() -> String {
    "Que désirez-vous?".into()
}
pub fn anything_else() -> String {
    "Autre chose?".into()
}
pub fn okay() -> String {
    "D'accord.".into()
}
pub fn added(what: &str) -> String {
    sentence(what)
}
pub fn changed(what: &str) -> String {
    format!("D'accord, {what}.")
}
pub fn removed(what: &str) -> String {
    format!("D'accord, j'enlève: {what}.")
}
pub fn not_in_order() -> String {
    "Je ne vois pas ça dans votre commande.".into()
}
pub fn which_option(option: &str, item: &str, choices: &[String]) -> String {
    let option = lower(option);
    if choices.len() > 5 {
        let few = or(&choices[..4]);
        return format!("{item}: quel choix de {option}? Par exemple {few}.");
    }
    format!("{item}: quel choix de {option}, {}?", or(choices))
}
pub fn which_one(text: &str, candidates: &[String]) -> String {
    format!(
        "Pour {text}: {}?",
        or(&candidates[..candidates.len().min(5)])
    )
}
pub fn what_is_that_for(what: &str) -> String {
    format!("Avec quoi voulez-vous {what}?")
}
pub fn did_you_say(what: &str) -> String {
    format!("Avez-vous dit {what}?")
}
pub fn sold_out(what: &str) -> String {
    format!("Désolé, il ne reste plus {} aujourd'hui.", of(what))
}
pub fn not_on_menu(what: &str) -> String {
    format!("Désolé, nous n'avons pas ça: {what}.")
}
pub fn cannot_leave_out(what: &str, person: bool) -> String {
    let person = if person {
        " Faites le zéro pour le dire à quelqu'un."
    } else {
        ""
    };
    format!("Désolé, je ne peux pas noter « sans {what} ».{person}")
}
pub fn near_offers(offers: &[String]) -> String {
    format!("Nous avons {}.", and(offers))
}
pub fn too_many_choices(option: &str, max: u32) -> String {
    format!("Désolé, au plus {max} pour {}.", lower(option))
}
pub fn too_often(choice: &str, max: u32) -> String {
    match max {
        1 => format!("Désolé, {choice} une seule fois."),
        max => format!("Désolé, {choice} au plus {max} fois."),
    }
}
pub fn not_that_way(choice: &str) -> String {
    format!("Désolé, on ne peut pas changer {choice} de cette façon.")
}
pub fn too_many_items(limit: u32) -> String {
    format!("Désolé, je peux prendre au plus {limit} articles par commande.")
}
pub fn too_many_of(dish: &str, max: u32) -> String {
    format!("Désolée, je peux prendre au plus {max} {dish} par commande.")
}
pub fn measure(thousandths: u32, unit: &str) -> String {
    let whole = thousandths / 1000;
    let units = crate::words::Language::French.plural(unit);
    match (whole, thousandths % 1000) {
        (0, 250) => format!("un quart de {unit}"),
        (0, 500) => format!("une demi-{unit}"),
        (0, 750) => format!("trois quarts de {unit}"),
        (1, 0) => format!("1 {unit}"),
        (_, 0) => format!("{whole} {units}"),
        (1, 500) => format!("1 {unit} et demi"),
        (_, 500) => format!("{whole} {units} et demi"),
        _ => format!("{} {units}", decimal(thousandths).replace('.', ",")),
    }
}
pub fn of_measure(measure: &str, dish: &str) -> String {
    format!("{measure} de {dish}")
}
pub fn sold_in(dish: &str, step: &str, min: &str) -> String {
    if step == min {
        format!("Désolée, {dish} se vend par {step}.")
    } else {
        format!("Désolée, {dish} se vend par {step}, à partir de {min}.")
    }
}
pub fn by_the_piece(dish: &str) -> String {
    format!("Désolée, {dish} se vend à la pièce.")
}
pub fn only_with(choice: &str, needs: &[String]) -> String {
    format!("Désolée, {choice} ne vient qu'avec {}.", or(needs))
}
pub fn no_requests() -> String {
    "Désolée, je ne peux pas transmettre cela à la cuisine.".into()
}
pub fn person_can_say() -> String {
    "Dites « une personne » et je vous la passe.".into()
}
pub fn nothing_yet() -> String {
    "Je n'ai encore rien noté.".into()
}
pub fn so_far() -> String {
    "Jusqu'ici, j'ai:".into()
}
pub fn that_is() -> String {
    "Alors, ça fait:".into()
}
pub fn line(what: &str) -> String {
    sentence(what)
}
pub fn total(total: &str) -> String {
    format!("Le total est de {}.", price(total))
}
pub fn total_with_tax(total: &str) -> String {
    format!("Avec les taxes, le total est de {}.", price(total))
}
pub fn call_back(number: &str) -> String {
    format!("Appeler le {number}")
}
pub fn noted(note: &str) -> String {
    format!("Note pour la cuisine : {note}.")
}
pub fn total_with_fees(fees: &[String], taxed: bool, total: &str) -> String {
    let mut all: Vec<String> = fees.iter().map(|fee| fee.to_lowercase()).collect();
    if taxed {
        all.push("les taxes".into());
    }
    format!("Avec {}, le total est de {}.", and(&all), price(total))
}
pub fn plus_market_price(names: &[String]) -> String {
    format!("Plus le prix du marché pour {}, au comptoir.", and(names))
}
pub fn at_least_of(dish: &str, least: &str) -> String {
    format!("Pour {dish}, le minimum est {least}.")
}
pub fn minimum_order(minimum: &str, so_far: &str) -> String {
    format!(
        "La commande minimale est de {}, et nous en sommes à {}.",
        price(minimum),
        price(so_far)
    )
}
pub fn ask_age(age: u32) -> String {
    format!("Une pièce d'identité sera demandée. Avez-vous {age} ans ou plus?")
}
pub fn left_out_for_age(names: &[String]) -> String {
    format!("Alors je dois laisser de côté {}.", and(names))
}
pub fn comes_in(dish: &str, sizes: &[String]) -> String {
    format!("Désolée, {dish} vient en {}.", and(sizes))
}
pub fn pieces_or_orders(number: &str, dish: &str) -> String {
    format!("{number} morceaux, ou {number} portions de {dish}?")
}
pub fn allergy(to: Option<&str>) -> String {
    match to {
        Some(what) => format!("allergie : {what}"),
        None => "allergie".into(),
    }
}
pub fn back_at(dish: &str, when: &str) -> String {
    format!("Désolée, {dish} n'est pas offert en ce moment. De retour {when}.")
}
pub fn today_at(time: &str) -> String {
    format!("aujourd'hui à {time}")
}
pub fn market_price(dish: &str) -> String {
    format!(
        "{} est au prix du marché, à voir au comptoir.",
        capital(dish)
    )
}
pub fn is_that_right() -> String {
    "Est-ce exact?".into()
}
pub fn what_about(what: &str) -> String {
    format!("Que dois-je changer pour {what}?")
}
pub fn what_should_i_change() -> String {
    "Que dois-je changer?".into()
}
pub fn order_is_in(number: u32) -> Vec<String> {
    vec![
        "Votre commande est passée.".into(),
        format!("C'est le numéro {number}."),
    ]
}
pub fn ready_in(minutes: u32) -> String {
    format!("Elle sera prête dans environ {minutes} minutes.")
}
pub fn goodbye() -> String {
    "Au revoir.".into()
}
pub fn commit_failed() -> String {
    "Un instant, s'il vous plaît.".into()
}
pub fn commit_failed_twice() -> String {
    "Désolé, je n'ai pas pu enregistrer votre commande. Je vous passe quelqu'un.".into()
}
pub fn commit_failed_alone() -> String {
    "Désolé, je n'ai pas pu enregistrer votre commande. Veuillez rappeler dans quelques minutes."
        .into()
}
pub fn cancel_sure() -> String {
    "Dois-je annuler toute la commande?".into()
}
pub fn cancelled() -> String {
    "D'accord, rien n'a été commandé. Au revoir.".into()
}
pub fn keeping() -> String {
    "D'accord, je la garde.".into()
}
pub fn handing_off() -> String {
    "Un instant, je vous passe quelqu'un.".into()
}
pub fn nobody_to_hand_to() -> String {
    "Désolé, il n'y a personne à qui vous passer. Je peux prendre votre commande.".into()
}
pub fn did_not_get() -> String {
    "Désolé, je n'ai pas compris.".into()
}
pub fn say_that_one_again() -> String {
    "Pardon. Pouvez-vous me le redire ?".into()
}
pub fn say_one_thing(person: bool) -> String {
    let person = if person {
        " Ou appuyez sur le zéro pour parler à une personne."
    } else {
        ""
    };
    format!("Désolé, je vous entends mal. Dites une chose à la fois.{person}")
}
pub fn are_you_there(nth: u8) -> String {
    if nth <= 1 {
        "Êtes-vous toujours là?".into()
    } else {
        "Désolé, je ne vous entends pas.".into()
    }
}
pub fn silent_goodbye() -> String {
    "Je n'entends rien, alors je raccroche. Au revoir.".into()
}
pub fn time_nearly_up() -> String {
    "Il nous reste environ une minute.".into()
}
pub fn time_up() -> String {
    "Désolé, le temps est écoulé et rien n'a été commandé. Veuillez rappeler. Au revoir.".into()
}
pub fn time_up_after_order() -> String {
    "Le temps est écoulé. Votre commande est passée. Au revoir.".into()
}
pub fn ask_name() -> String {
    "C'est à quel nom?".into()
}
pub fn ask_fulfilment() -> String {
    "Pour emporter ou pour livraison?".into()
}
pub fn would_you_like_it() -> String {
    "En voulez-vous?".into()
}

pub fn no_time_promised(minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => {
            format!("Je ne peux pas fixer d'heure ; il faut environ {minutes} minutes.")
        }
        None => "Je ne peux pas fixer d'heure.".into(),
    }
}
pub fn another_way(person: bool) -> String {
    let person = if person {
        ", ou faites le zéro pour une personne"
    } else {
        ""
    };
    format!(
        "Essayons autrement : dites une seule chose, par exemple « annulez ça » ou « c'est tout »{person}."
    )
}
pub fn on_half(what: &str, first: bool) -> String {
    format!(
        "{what} sur {} moitié",
        if first { "une" } else { "l'autre" }
    )
}
pub fn with(item: &str, what: &[String]) -> String {
    with_or_without(item, what, "avec", "sans ", "et")
}
pub fn vessel_of(vessel: &str, item: &str) -> String {
    format!("{vessel} {}", of(item))
}
pub fn without(choice: &str) -> String {
    format!("sans {choice}")
}
pub fn light(choice: &str) -> String {
    format!("peu {}", of(choice))
}
pub fn extra(choice: &str) -> String {
    if choice.to_lowercase().starts_with("extra ") {
        choice.to_owned()
    } else {
        format!("extra {choice}")
    }
}
