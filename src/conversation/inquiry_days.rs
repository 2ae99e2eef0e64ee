//! "Are you open on Sunday?", "what time do you close tomorrow?": the hours of one day.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};

use super::intent::{find, holds};
use super::speech::Speech;
use super::wording::Wording;
use crate::restaurant::{Opening, Schedule, Span};
use crate::words::single_number;

/// Does a question ask about opening and closing?
const OPENING: &[&str] = &[
    "open",
    "opened",
    "opening",
    "close",
    "closed",
    "closing",
    "hours",
    "how late",
    "what time",
];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Days of the year that have a name, the longest names first.
const NAMED: &[(&str, i8, i8)] = &[
    ("christmas eve", 12, 24),
    ("christmas", 12, 25),
    ("xmas", 12, 25),
    ("boxing day", 12, 26),
    ("new years eve", 12, 31),
    ("new year", 1, 1),
    ("new years", 1, 1),
    ("valentines", 2, 14),
    ("canada day", 7, 1),
    ("fourth of july", 7, 4),
    ("independence day", 7, 4),
    ("halloween", 10, 31),
];
/// Days whose date differs from year to year and from country to country.
const MOVING: &[&str] = &[
    "thanksgiving",
    "easter",
    "good friday",
    "labor day",
    "labour day",
    "memorial day",
    "victoria day",
    "holiday",
    "holidays",
];

/// A day as the caller named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Today,
    Tomorrow,
    Weekday(Date),
    Date(Date),
}

/// Says the hours of the days a question names; `None` when it names none.
pub(super) fn answer(
    speech: &mut Speech,
    words: Wording,
    schedule: &Schedule,
    plain: &str,
    now: &ZonedDateTime,
) -> Option<()> {
    if !OPENING.iter().any(|phrase| holds(plain, phrase)) {
        return None;
    }
    if MOVING.iter().any(|name| holds(plain, name)) {
        speech.fixed(words.hours_unknown());
        return Some(());
    }
    let now = now.timestamp().to_zoned_datetime(schedule.timezone.clone());
    let today = now.date();
    let days = named_days(plain, today);
    for day in &days {
        let (when, date) = match *day {
            Day::Today => (words.today(), today),
            Day::Tomorrow => (words.tomorrow(), today.tomorrow().ok()?),
            Day::Weekday(date) => (words.on_weekday(monday_based(date)), date),
            Day::Date(date) => (words.on_date(date.month(), date.day()), date),
        };
        let spans = joined(schedule.spans_on(date));
        if date == today && still_open(speech, words, schedule, &spans, &now) && spans.is_empty() {
            continue;
        }
        speech.say(if spans.is_empty() {
            words.closed_then(&when)
        } else if spans.iter().any(|span| span.to - span.from >= 1440) {
            words.open_all_day(&when)
        } else {
            let said: Vec<String> = spans.iter().map(|span| span_text(words, span)).collect();
            words.open_then(&when, &said)
        });
    }
    (!days.is_empty()).then_some(())
}

/// "We're open until 10:00 PM today.", "We're open until 2:00 AM tonight."
pub(super) fn open_until(words: Wording, until: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let time = clock(words, until);
    if until.date() == now.date() {
        words.open_until(&time)
    } else {
        words.open_late(&time)
    }
}

/// A time of day as it is shown.
pub(super) fn clock(words: Wording, at: &ZonedDateTime) -> String {
    let minute = at.hour() as u16 * 60 + at.minute() as u16;
    words.language().clock_display(minute)
}

/// Says how long it stays open, where that comes from the evening before: none of today's spans has begun.
fn still_open(
    speech: &mut Speech,
    words: Wording,
    schedule: &Schedule,
    spans: &[Span],
    now: &ZonedDateTime,
) -> bool {
    let minute = now.hour() as u16 * 60 + now.minute() as u16;
    match schedule.opening(now.timestamp()) {
        Opening::Open { until } if spans.iter().all(|span| span.from > minute) => {
            speech.say(open_until(words, &until, now));
            true
        }
        _ => false,
    }
}

/// Spans that meet are one ("06:00-14:00" and "14:00-22:00").
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.from);
    spans.into_iter().fold(Vec::new(), |mut all, span| {
        match all.last_mut() {
            Some(Span { to, .. }) if span.from <= *to => *to = (*to).max(span.to),
            _ => all.push(span),
        }
        all
    })
}

/// "11:00 AM to 10:00 PM"
pub(super) fn span_text(words: Wording, span: &Span) -> String {
    let shown = |minute| words.language().clock_display(minute);
    words.span(&shown(span.from), &shown(span.to))
}

fn monday_based(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn named_days(plain: &str, today: Date) -> Vec<Day> {
    if let Some(&(_, month, day)) = NAMED.iter().find(|(name, ..)| holds(plain, name)) {
        return next_of(month, day, today)
            .map(Day::Date)
            .into_iter()
            .collect();
    }
    if let Some(date) = spoken_date(plain, today) {
        return vec![Day::Date(date)];
    }
    if holds(plain, "weekend") || holds(plain, "weekends") {
        let both = [Weekday::Saturday, Weekday::Sunday];
        return both
            .iter()
            .filter_map(|&day| next_weekday(day, today))
            .map(Day::Weekday)
            .collect();
    }
    let mut days: Vec<(usize, Day)> = Vec::new();
    for word in ["today", "tonight"] {
        days.extend(find(plain, word).map(|at| (at, Day::Today)));
    }
    days.extend(find(plain, "tomorrow").map(|at| (at, Day::Tomorrow)));
    for (name, weekday) in WEEKDAYS {
        let at = find(plain, name).or_else(|| find(plain, &format!("{name}s")));
        let date = at.and_then(|_| next_weekday(weekday, today));
        days.extend(at.zip(date.map(Day::Weekday)));
    }
    days.sort_by_key(|&(at, _)| at);
    days.dedup_by_key(|&mut (_, day)| day);
    days.into_iter().map(|(_, day)| day).collect()
}

/// The next such weekday; today is one.
fn next_weekday(weekday: Weekday, today: Date) -> Option<Date> {
    let mut date = today;
    for _ in 0..7 {
        if date.weekday() == weekday {
            return Some(date);
        }
        date = date.tomorrow().ok()?;
    }
    None
}

/// The next day of that date; today is one.
fn next_of(month: i8, day: i8, today: Date) -> Option<Date> {
    let this_year = Date::new(today.year(), month, day).ok()?;
    if this_year >= today {
        return Some(this_year);
    }
    Date::new(today.year() + 1, month, day).ok()
}

/// "december 24th", "the 24th of december".
fn spoken_date(plain: &str, today: Date) -> Option<Date> {
    let words: Vec<&str> = plain.split(' ').collect();
    let at = words.iter().position(|word| MONTHS.contains(word))?;
    let month = MONTHS.iter().position(|month| *month == words[at])?;
    let day_of = |word: &&str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<i8>().ok();
        number.or_else(|| i8::try_from(single_number(word)?).ok())
    };
    let after = words.get(at + 1).and_then(day_of);
    let before = || {
        let back = if words.get(at.checked_sub(1)?) == Some(&"of") {
            2
        } else {
            1
        };
        words.get(at.checked_sub(back)?).and_then(day_of)
    };
    next_of(i8::try_from(month + 1).ok()?, after.or_else(before)?, today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(plain: &str) -> Vec<Day> {
        named_days(plain, "2026-11-24".parse().unwrap())
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_found_by_weekday_date_and_name() {
        assert_eq!(
            days("are you open on sunday"),
            [Day::Weekday(date("2026-11-29"))]
        );
        assert_eq!(
            days("are you open tuesdays"),
            [Day::Weekday(date("2026-11-24"))]
        );
        assert_eq!(
            days("are you open on new years day"),
            [Day::Date(date("2027-01-01"))]
        );
        assert_eq!(
            days("are you open on the 24th of december"),
            [Day::Date(date("2026-12-24"))]
        );
        assert_eq!(
            days("are you open december 3"),
            [Day::Date(date("2026-12-03"))]
        );
        assert_eq!(days("today and tomorrow"), [Day::Today, Day::Tomorrow]);
        assert_eq!(days("are you open"), []);
    }

    #[test]
    fn spans_that_meet_are_one() {
        let span = |from, to| Span { from, to };
        assert_eq!(
            joined(vec![span(840, 1800), span(360, 840)]),
            [span(360, 1800)]
        );
        assert_eq!(joined(vec![span(0, 10), span(20, 30)]).len(), 2);
    }
}
