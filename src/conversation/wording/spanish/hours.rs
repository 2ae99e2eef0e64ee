//! When it is open, and days by their names, in Spanish.

use crate::conversation::wording::shared::listed;

fn and(names: &[String]) -> String {
    listed(names, "y")
}

const DAYS: [&str; 7] = [
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

pub fn open_until(time: &str) -> String {
    format!("Hoy abrimos hasta {time}.")
}
pub fn open_late(time: &str) -> String {
    format!("Esta noche abrimos hasta {time}.")
}
pub fn always_open() -> String {
    "Siempre estamos abiertos.".into()
}
pub fn closed_now(next: &str) -> String {
    format!("Ahora estamos cerrados. Abrimos {next}.")
}
pub fn closed() -> String {
    "Estamos cerrados.".into()
}
pub fn today_hours(spans: &[String]) -> String {
    format!("Hoy abrimos {}.", and(spans))
}
pub fn span(from: &str, to: &str) -> String {
    format!("de {from} a {to}")
}
pub fn day_at(day: usize, time: &str) -> String {
    format!("el {} a {time}", DAYS[day % 7])
}
pub fn on_weekday(day: usize) -> String {
    format!("El {}", DAYS[day % 7])
}
pub fn on_date(month: i8, day: i8) -> String {
    const MONTHS: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    let month = usize::try_from(month - 1).unwrap_or(0);
    format!("El {day} de {}", MONTHS[month % 12])
}
pub fn today() -> String {
    "Hoy".into()
}
pub fn tomorrow() -> String {
    "Mañana".into()
}
pub fn open_then(when: &str, spans: &[String]) -> String {
    format!("{when} abrimos {}.", and(spans))
}
pub fn open_all_day(when: &str) -> String {
    format!("{when} estamos abiertos día y noche.")
}
pub fn closed_then(when: &str) -> String {
    format!("{when} estamos cerrados.")
}
pub fn hours_unknown() -> String {
    "Lo siento, no tengo el horario de ese día.".into()
}
