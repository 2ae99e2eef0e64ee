//! When something is sold, from `available`.

use jiff::civil::Date;

use super::super::problem::join;
use super::super::written::{AvailableFile, TimesFile, days};
use super::super::{Code, Problem};
use super::findings::Findings;
use super::hours::day_spans;
use crate::restaurant::{Availability, WeeklyHours};

/// Is it there at all, and in which window (`None`: at any time)?
pub(super) fn available(
    written: Option<&AvailableFile>,
    pointer: &str,
    found: &mut Findings,
) -> (bool, Option<Availability>) {
    match written {
        None => (true, None),
        Some(AvailableFile::Always(flag)) => (*flag, None),
        Some(AvailableFile::Times(times)) => (true, Some(window(times, pointer, found))),
    }
}

fn window(times: &TimesFile, pointer: &str, found: &mut Findings) -> Availability {
    let before = found.len();
    let mut week = WeeklyHours::default();
    for (key, spans) in &times.days {
        let spans = day_spans(&join(pointer, key), spans, found);
        for day in days(key).unwrap_or_default() {
            // Keys that name the same day add up.
            week.days[day].extend(&spans);
        }
    }
    let mut date = |written: &Option<String>, key: &str| {
        let text = written.as_deref()?;
        let date = text.parse::<Date>().ok();
        if date.is_none() {
            let message = format!("\"{text}\" is not a date such as 2026-12-25");
            found.add(Code::Date, &join(pointer, key), message);
        }
        date
    };
    let window = Availability {
        from: date(&times.from, "from"),
        until: date(&times.until, "until"),
        week: (!times.days.is_empty()).then_some(week),
    };
    if found.len() == before && !window.ever_holds() {
        let message = "there is no time at which this is sold";
        found.push(Problem::new(Code::WarnNeverSold, pointer, message));
    }
    window
}
