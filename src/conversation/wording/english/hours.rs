//! When it is open, and days by their names, in English.

use crate::conversation::wording::shared::listed;

fn and(names: &[String]) -> String {
    listed(names, "and")
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

pub fn open_until(time: &str) -> String {
    format!("We're open until {time} today.")
}
pub fn open_late(time: &str) -> String {
    format!("We're open until {time} tonight.")
}
pub fn always_open() -> String {
    "We're always open.".into()
}
pub fn closed_now(next: &str) -> String {
    format!("We're closed now. We open {next}.")
}
pub fn closed() -> String {
    "We're closed.".into()
}
pub fn today_hours(spans: &[String]) -> String {
    format!("Today we're open {}.", and(spans))
}
pub fn span(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}
pub fn day_at(day: usize, time: &str) -> String {
    format!("{} at {time}", DAYS[day % 7])
}
pub fn on_weekday(day: usize) -> String {
    format!("On {}", DAYS[day % 7])
}
pub fn on_date(month: i8, day: i8) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(month - 1).unwrap_or(0);
    format!("On {} {day}", MONTHS[month % 12])
}
pub fn today() -> String {
    "Today".into()
}
pub fn tomorrow() -> String {
    "Tomorrow".into()
}
pub fn open_then(when: &str, spans: &[String]) -> String {
    format!("{when} we're open {}.", and(spans))
}
pub fn open_all_day(when: &str) -> String {
    format!("{when} we're open around the clock.")
}
pub fn closed_then(when: &str) -> String {
    format!("{when} we're closed.")
}
pub fn hours_unknown() -> String {
    "Sorry, I don't have the hours for that day.".into()
}
