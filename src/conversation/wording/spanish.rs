//! The sentences in Spanish as spoken in the United States.

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

use super::shared::{decimal, listed, lower, sentence, with_or_without};

fn or(names: &[String]) -> String {
    listed(names, "o")
}
pub fn and(names: &[String]) -> String {
    listed(names, "y")
}

pub fn greeting(name: &str) -> String {
    format!("Bienvenido a {name}. ¿Qué desea ordenar?")
}
pub fn what_would_you_like() -> String {
    "¿Qué desea?".into()
}
pub fn anything_else() -> String {
    "¿Algo más?".into()
}
pub fn okay() -> String {
    "De acuerdo.".into()
}
pub fn added(what: &str) -> String {
    sentence(what)
}
pub fn changed(what: &str) -> String {
    format!("De acuerdo, {what}.")
}
pub fn removed(what: &str) -> String {
    format!("De acuerdo, quito: {what}.")
}
pub fn not_in_order() -> String {
    "No veo eso en su orden.".into()
}
pub fn which_option(option: &str, item: &str, choices: &[String]) -> String {
    let option = lower(option);
    if choices.len() > 5 {
        let few = or(&choices[..4]);
        return format!("¿Qué {option} para {item}? Por ejemplo {few}.");
    }
    format!("¿Qué {option} para {item}: {}?", or(choices))
}
pub fn which_one(text: &str, candidates: &[String]) -> String {
    format!(
        "Para {text}: ¿{}?",
        or(&candidates[..candidates.len().min(5)])
    )
}
pub fn what_is_that_for(what: &str) -> String {
    format!("¿Con qué desea {what}?")
}
pub fn did_you_say(what: &str) -> String {
    format!("¿Dijo {what}?")
}
pub fn sold_out(what: &str) -> String {
    format!("Lo siento, hoy ya no hay {what}.")
}
pub fn not_on_menu(what: &str) -> String {
    format!("Lo siento, no tenemos {what}.")
}
pub fn cannot_leave_out(what: &str, person: bool) -> String {
    let person = if person {
        " Marque cero para decírselo a una persona."
    } else {
        ""
    };
    format!("Lo siento, no puedo anotar \"sin {what}\".{person}")
}
pub fn near_offers(offers: &[String]) -> String {
    format!("Tenemos {}.", and(offers))
}
pub fn too_many_choices(option: &str, max: u32) -> String {
    format!("Lo siento, como máximo {max} para {}.", lower(option))
}
pub fn too_often(choice: &str, max: u32) -> String {
    match max {
        1 => format!("Lo siento, {choice} solo una vez."),
        max => format!("Lo siento, {choice} como máximo {max} veces."),
    }
}
pub fn not_that_way(choice: &str) -> String {
    format!("Lo siento, {choice} no se puede cambiar así.")
}
pub fn too_many_items(limit: u32) -> String {
    format!("Lo siento, puedo tomar como máximo {limit} artículos por orden.")
}
pub fn too_many_of(dish: &str, max: u32) -> String {
    format!("Lo siento, puedo tomar como máximo {max} de {dish} por orden.")
}
pub fn measure(thousandths: u32, unit: &str) -> String {
    let whole = thousandths / 1000;
    let units = crate::words::Language::Spanish.plural(unit);
    match (whole, thousandths % 1000) {
        (0, 250) => format!("un cuarto de {unit}"),
        (0, 500) => format!("media {unit}"),
        (0, 750) => format!("tres cuartos de {unit}"),
        (1, 0) => format!("1 {unit}"),
        (_, 0) => format!("{whole} {units}"),
        (1, 500) => format!("1 {unit} y media"),
        (_, 500) => format!("{whole} {units} y media"),
        _ => format!("{} {units}", decimal(thousandths)),
    }
}
pub fn of_measure(measure: &str, dish: &str) -> String {
    format!("{measure} de {dish}")
}
pub fn sold_in(dish: &str, step: &str, min: &str) -> String {
    if step == min {
        format!("Lo siento, {dish} se vende por {step}.")
    } else {
        format!("Lo siento, {dish} se vende por {step}, desde {min}.")
    }
}
pub fn by_the_piece(dish: &str) -> String {
    format!("Lo siento, {dish} se vende por pieza.")
}
pub fn only_with(choice: &str, needs: &[String]) -> String {
    format!("Lo siento, {choice} solo viene con {}.", or(needs))
}
pub fn no_requests() -> String {
    "Lo siento, no puedo pasar eso a la cocina.".into()
}
pub fn person_can_say() -> String {
    "Diga \"una persona\" y le comunico.".into()
}
pub fn nothing_yet() -> String {
    "Todavía no tengo nada apuntado.".into()
}
pub fn so_far() -> String {
    "Hasta ahora tengo:".into()
}
pub fn that_is() -> String {
    "Entonces es:".into()
}
pub fn line(what: &str) -> String {
    sentence(what)
}
pub fn total(total: &str) -> String {
    format!("El total es {total}.")
}
pub fn total_with_tax(total: &str) -> String {
    format!("Con impuestos, el total es {total}.")
}
pub fn call_back(number: &str) -> String {
    format!("Llamar al {number}")
}
pub fn noted(note: &str) -> String {
    format!("Nota para la cocina: {note}.")
}
pub fn total_with_fees(fees: &[String], taxed: bool, total: &str) -> String {
    let mut all: Vec<String> = fees.iter().map(|fee| fee.to_lowercase()).collect();
    if taxed {
        all.push("impuestos".into());
    }
    format!("Con {}, el total es {total}.", and(&all))
}
pub fn plus_market_price(names: &[String]) -> String {
    format!("Más el precio del día de {}, en el mostrador.", and(names))
}
pub fn at_least_of(dish: &str, least: &str) -> String {
    format!("De {dish} lo mínimo es {least}.")
}
pub fn minimum_order(minimum: &str, so_far: &str) -> String {
    format!("La orden mínima es de {minimum}, y hasta ahora son {so_far}.")
}
pub fn ask_age(age: u32) -> String {
    format!("Se pedirá identificación. ¿Tiene {age} años o más?")
}
pub fn left_out_for_age(names: &[String]) -> String {
    format!("Entonces tengo que dejar fuera {}.", and(names))
}
pub fn comes_in(dish: &str, sizes: &[String]) -> String {
    format!("Lo siento, {dish} viene en {}.", and(sizes))
}
pub fn pieces_or_orders(number: &str, dish: &str) -> String {
    format!("¿Son {number} piezas o {number} órdenes de {dish}?")
}
pub fn allergy(to: Option<&str>) -> String {
    match to {
        Some(what) => format!("alergia: {what}"),
        None => "alergia".into(),
    }
}
pub fn back_at(dish: &str, when: &str) -> String {
    format!("Lo siento, {dish} no se sirve ahora. Vuelve {when}.")
}
pub fn today_at(time: &str) -> String {
    format!("hoy a las {time}")
}
pub fn market_price(dish: &str) -> String {
    format!("{dish} va al precio del día; se lo dicen en el mostrador.")
}
pub fn is_that_right() -> String {
    "¿Es correcto?".into()
}
pub fn what_about(what: &str) -> String {
    format!("¿Qué debo cambiar en {what}?")
}
pub fn what_should_i_change() -> String {
    "¿Qué debo cambiar?".into()
}
pub fn order_is_in(number: u32) -> Vec<String> {
    vec![
        "Su orden quedó registrada.".into(),
        format!("Es la número {number}."),
    ]
}
pub fn ready_in(minutes: u32) -> String {
    format!("Estará lista en unos {minutes} minutos.")
}
pub fn goodbye() -> String {
    "Hasta luego.".into()
}
pub fn commit_failed() -> String {
    "Un momento, por favor.".into()
}
pub fn commit_failed_twice() -> String {
    "Lo siento, no pude guardar su orden. Le paso con alguien.".into()
}
pub fn commit_failed_alone() -> String {
    "Lo siento, no pude guardar su orden. Llame de nuevo en unos minutos, por favor.".into()
}
pub fn cancel_sure() -> String {
    "¿Cancelo toda la orden?".into()
}
pub fn cancelled() -> String {
    "De acuerdo, no se ordenó nada. Hasta luego.".into()
}
pub fn keeping() -> String {
    "De acuerdo, la dejo como está.".into()
}
pub fn handing_off() -> String {
    "Un momento, le paso con alguien.".into()
}
pub fn nobody_to_hand_to() -> String {
    "Lo siento, no hay nadie con quien comunicarle. Yo puedo tomar su orden.".into()
}
pub fn did_not_get() -> String {
    "Lo siento, no entendí.".into()
}
pub fn say_that_one_again() -> String {
    "Perdón. ¿Me lo puede repetir?".into()
}
pub fn say_one_thing(person: bool) -> String {
    let person = if person {
        " O marque cero para hablar con una persona."
    } else {
        ""
    };
    format!("Lo siento, no le escucho bien. Diga una cosa a la vez, por favor.{person}")
}
pub fn are_you_there(nth: u8) -> String {
    if nth <= 1 {
        "¿Sigue ahí?".into()
    } else {
        "Lo siento, no le escucho.".into()
    }
}
pub fn silent_goodbye() -> String {
    "No escucho nada, así que voy a colgar. Hasta luego.".into()
}
pub fn time_nearly_up() -> String {
    "Nos queda más o menos un minuto.".into()
}
pub fn time_up() -> String {
    "Lo siento, se acabó el tiempo y no se ordenó nada. Llame de nuevo, por favor. Hasta luego."
        .into()
}
pub fn time_up_after_order() -> String {
    "Se acabó el tiempo. Su orden ya está hecha. Hasta luego.".into()
}
pub fn ask_name() -> String {
    "¿A nombre de quién?".into()
}
pub fn ask_fulfilment() -> String {
    "¿Es para recoger o a domicilio?".into()
}
pub fn would_you_like_it() -> String {
    "¿Le gustaría?".into()
}

pub fn no_time_promised(minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => format!("No puedo fijar una hora; tarda unos {minutes} minutos."),
        None => "No puedo fijar una hora.".into(),
    }
}
pub fn another_way(person: bool) -> String {
    let person = if person {
        ", o marque cero para una persona"
    } else {
        ""
    };
    format!(
        "Probemos de otra manera: diga una sola cosa, por ejemplo \"cancele eso\" o \"es todo\"{person}."
    )
}
pub fn on_half(what: &str, first: bool) -> String {
    format!("{what} en {} mitad", if first { "una" } else { "la otra" })
}
pub fn with(item: &str, what: &[String]) -> String {
    with_or_without(item, what, "con", "sin ", "y")
}
pub fn vessel_of(vessel: &str, item: &str) -> String {
    format!("{vessel} de {item}")
}
pub fn without(choice: &str) -> String {
    format!("sin {choice}")
}
pub fn light(choice: &str) -> String {
    format!("poco {choice}")
}
pub fn extra(choice: &str) -> String {
    if choice.to_lowercase().starts_with("extra ") {
        choice.to_owned()
    } else {
        format!("extra {choice}")
    }
}
