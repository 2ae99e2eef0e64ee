//! When it is open, and days by their names, in French.

use crate::conversation::wording::shared::{capital, listed};

fn and(names: &[String]) -> String {
    listed(names, "et")
}

const DAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

pub fn open_until(time: &str) -> String {
    format!("Nous sommes ouverts jusqu'à {time} aujourd'hui.")
}
pub fn open_late(time: &str) -> String {
    format!("Nous sommes ouverts jusqu'à {time} cette nuit.")
}
pub fn always_open() -> String {
    "Nous sommes toujours ouverts.".into()
}
pub fn closed_now(next: &str) -> String {
    format!("Nous sommes fermés. Nous ouvrons {next}.")
}
pub fn closed() -> String {
    "Nous sommes fermés.".into()
}
pub fn today_hours(spans: &[String]) -> String {
    format!("Aujourd'hui, nous sommes ouverts {}.", and(spans))
}
pub fn span(from: &str, to: &str) -> String {
    format!("de {from} à {to}")
}
pub fn day_at(day: usize, time: &str) -> String {
    format!("{} à {time}", DAYS[day % 7])
}
pub fn on_weekday(day: usize) -> String {
    capital(DAYS[day % 7])
}
pub fn on_date(month: i8, day: i8) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month = usize::try_from(month - 1).unwrap_or(0);
    format!("Le {day} {}", MONTHS[month % 12])
}
pub fn today() -> String {
    "Aujourd'hui".into()
}
pub fn tomorrow() -> String {
    "Demain".into()
}
pub fn open_then(when: &str, spans: &[String]) -> String {
    format!("{when}, nous sommes ouverts {}.", and(spans))
}
pub fn open_all_day(when: &str) -> String {
    format!("{when}, nous sommes ouverts jour et nuit.")
}
pub fn closed_then(when: &str) -> String {
    format!("{when}, nous sommes fermés.")
}
pub fn hours_unknown() -> String {
    "Désolé, je n'ai pas les heures de ce jour-là.".into()
}
