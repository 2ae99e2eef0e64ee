//! Opening hours, closed dates and the time zone they are in.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::problem::join;
use super::super::suggestion::nearest;
use super::super::{Code, Problem, RestaurantFile};
use super::findings::Findings;
use crate::restaurant::{Schedule, Span, WeeklyHours};

const DAY: u16 = 24 * 60;

/// The schedule; parts that cannot be read are noted and left out.
pub(super) fn schedule(file: &RestaurantFile, found: &mut Findings) -> Schedule {
    Schedule {
        timezone: timezone(file.timezone.as_deref(), found),
        hours: week(file, found),
        closed_dates: closed_dates(&file.closed_dates, found),
    }
}

fn timezone(name: Option<&str>, found: &mut Findings) -> TimeZone {
    let Some(name) = name else {
        return TimeZone::UTC;
    };
    if let Some((_, zone, why)) = abbreviation(name) {
        let message = format!("\"{name}\" {why}");
        let warning = Problem::new(Code::WarnTimezone, "/timezone", message);
        found.push(warning.with_help(format!("write {zone}")));
    }
    TimeZone::get(name).unwrap_or_else(|_| {
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.as_str().to_owned())
            .collect();
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "an IANA name such as America/Toronto".to_owned(),
        };
        let message = format!("no time zone is called \"{name}\"");
        found.push(Problem::new(Code::Timezone, "/timezone", message).with_help(help));
        TimeZone::UTC
    })
}

const NO_SUMMER: &str = "stays the same all year and knows no summer time";
const NO_PLACE: &str = "is an old abbreviation that names no place";

/// Abbreviations that the time zone database still has, the zone that is meant, and what is wrong with them. `GMT`, `UTC`
/// and names such as `Etc/GMT+5` are what they say.
const ABBREVIATIONS: &[(&str, &str, &str)] = &[
    (
        "EST",
        "America/New_York (in Panama: America/Panama)",
        NO_SUMMER,
    ),
    (
        "MST",
        "America/Denver (in Arizona: America/Phoenix)",
        NO_SUMMER,
    ),
    ("HST", "Pacific/Honolulu", NO_SUMMER),
    ("EST5EDT", "America/New_York", NO_PLACE),
    ("CST6CDT", "America/Chicago", NO_PLACE),
    ("MST7MDT", "America/Denver", NO_PLACE),
    ("PST8PDT", "America/Los_Angeles", NO_PLACE),
    ("WET", "Europe/Lisbon", NO_PLACE),
    ("CET", "Europe/Paris, or the city of the place", NO_PLACE),
    ("MET", "Europe/Paris, or the city of the place", NO_PLACE),
    ("EET", "Europe/Athens, or the city of the place", NO_PLACE),
];

fn abbreviation(name: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let known = |(short, ..): &&(&str, &str, &str)| short.eq_ignore_ascii_case(name);
    ABBREVIATIONS.iter().find(known)
}

fn week(file: &RestaurantFile, found: &mut Findings) -> Option<WeeklyHours> {
    let hours = file.hours.as_ref()?;
    let mut week = WeeklyHours::default();
    for (index, (day, spans)) in hours.days().into_iter().enumerate() {
        week.days[index] = day_spans(&join("/hours", day), spans, found);
    }
    if hours.days().iter().all(|(_, spans)| spans.is_empty()) {
        found.push(
            Problem::new(Code::WarnNeverOpen, "/hours", "no day has opening hours")
                .with_help("remove hours to be always open, or write enabled: false"),
        );
    }
    Some(week)
}

/// The spans of a day; those that cannot be read or overlap are noted and left out.
pub(super) fn day_spans(pointer: &str, written: &[String], found: &mut Findings) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (index, text) in written.iter().enumerate() {
        let at = join(pointer, &index.to_string());
        let Some(span) = span(text) else {
            found.push(
                Problem::new(
                    Code::Hours,
                    at,
                    format!("\"{text}\" is not a span of hours"),
                )
                .with_help("write it as \"11:00-14:00\"; a whole day is \"00:00-24:00\""),
            );
            continue;
        };
        if let Some(other) = spans.iter().find(|o| o.from < span.to && span.from < o.to) {
            let message = format!(
                "\"{text}\" overlaps {}-{}",
                clock(other.from),
                clock(other.to)
            );
            found.add(Code::Hours, &at, message);
            continue;
        }
        spans.push(span);
    }
    spans
}

/// `17:00-01:00` runs past midnight; `11:00-11:00` is neither nothing nor a whole day, so it is not read.
fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    match (from, to) {
        (from, _) if from >= DAY => None,
        (from, to) if to > from => Some(Span { from, to }),
        (from, to) if to < from => Some(Span { from, to: to + DAY }),
        _ => None,
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two = |part: &str| {
        let fits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn closed_dates(written: &[String], found: &mut Findings) -> Vec<Date> {
    let mut dates = Vec::new();
    for (index, text) in written.iter().enumerate() {
        match text.parse::<Date>() {
            Ok(date) => dates.push(date),
            Err(_) => found.add(
                Code::Date,
                &join("/closed_dates", &index.to_string()),
                format!("\"{text}\" is not a date such as 2026-12-25"),
            ),
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_hours_are_read_as_minutes() {
        let read = |text| span(text).map(|s| (s.from, s.to));
        assert_eq!(read("11:00-14:30"), Some((660, 870)));
        assert_eq!(read("17:00-01:00"), Some((1020, 1500)));
        assert_eq!(read("00:00-24:00"), Some((0, 1440)));
        for bad in [
            "11:00-11:00",
            "24:00-01:00",
            "1:00-2:00",
            "11:60-12:00",
            "11-12",
            "25:00-26:00",
            "",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_abbreviation_of_a_zone_is_warned_of_with_the_zone_that_is_meant() {
        for (name, ..) in ABBREVIATIONS {
            for name in [(*name).to_owned(), name.to_lowercase()] {
                let mut found = Findings::default();
                timezone(Some(&name), &mut found);
                let problems = found.into_problems();
                assert_eq!(problems.len(), 1, "{name}: {problems:?}");
                assert_eq!(problems[0].code, Code::WarnTimezone);
                let help = problems[0].help.clone().unwrap();
                let zone = help.trim_start_matches("write ");
                let zone = zone.split([' ', ',']).next().unwrap();
                assert!(TimeZone::get(zone).is_ok(), "{zone}");
            }
        }
        let mut found = Findings::default();
        timezone(Some("America/New_York"), &mut found);
        assert!(found.into_problems().is_empty());
    }

    #[test]
    fn spans_of_one_day_must_not_overlap_but_may_touch() {
        let mut found = Findings::default();
        let touching = ["06:00-14:00".to_owned(), "14:00-06:00".to_owned()];
        assert_eq!(day_spans("/hours/mon", &touching, &mut found).len(), 2);
        let overlapping = ["06:00-14:00".to_owned(), "13:00-15:00".to_owned()];
        assert_eq!(day_spans("/hours/tue", &overlapping, &mut found).len(), 1);
        let problems = found.into_problems();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].pointer, "/hours/tue/1");
    }
}
