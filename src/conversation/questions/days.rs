//! "Are you open on Sunday?", "what time do you close tomorrow?": the hours of one day.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};

use super::super::lexicon::{DayName, Tag, Tagged};
use super::super::speech::Speech;
use super::super::wording::Wording;
use super::answer::Answer;
use super::asked::Asked;
use super::scene::Scene;
use crate::restaurant::{Opening, Schedule, Span};
use crate::words::single_number;

/// A day as the caller named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Today,
    Tomorrow,
    Weekday(Date),
    Date(Date),
}

/// The hours of the days a question names.
pub(super) fn of_the_day(scene: &Scene, asked: &Asked) -> Option<Answer> {
    let (words, schedule) = (scene.words, &scene.restaurant.schedule);
    let mut answer = Answer::default();
    said_of(
        &mut answer.speech,
        words,
        schedule,
        asked.day_tags(),
        scene.now,
    )?;
    Some(answer)
}

/// Says the hours of the days that are named.
pub(super) fn said_of(
    speech: &mut Speech,
    words: Wording,
    schedule: &Schedule,
    tags: &Tagged,
    now: &ZonedDateTime,
) -> Option<()> {
    if tags.has(Tag::Day(DayName::Moving)) {
        speech.fixed(words.hours_unknown());
        return Some(());
    }
    let now = now.timestamp().to_zoned_datetime(schedule.timezone.clone());
    let today = now.date();
    let days = named_days(tags, today);
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

fn named_days(tags: &Tagged, today: Date) -> Vec<Day> {
    let dated = tags.days().find_map(|(_, day)| match day {
        DayName::Date(month, day) => next_of(month, day, today),
        _ => None,
    });
    if let Some(date) = dated.or_else(|| spoken_date(tags, today)) {
        return vec![Day::Date(date)];
    }
    let weekday = |days: i8| {
        let weekday = Weekday::from_monday_zero_offset(days).ok()?;
        next_weekday(weekday, today).map(Day::Weekday)
    };
    let mut days: Vec<Day> = Vec::new();
    for (_, day) in tags.days() {
        match day {
            DayName::Today => days.push(Day::Today),
            DayName::Tomorrow => days.push(Day::Tomorrow),
            DayName::Weekend => days.extend([5, 6].into_iter().filter_map(weekday)),
            DayName::Weekday(offset) => days.extend(weekday(offset)),
            DayName::Date(..) | DayName::Moving => {}
        }
    }
    days.dedup();
    days
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
fn spoken_date(tags: &Tagged, today: Date) -> Option<Date> {
    let (span, month) = tags.months().next()?;
    let words = tags.words();
    let day_of = |word: &String| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<i8>().ok();
        number.or_else(|| i8::try_from(single_number(word)?).ok())
    };
    let after = words.get(span.to).and_then(day_of);
    let before = || {
        let one = words.get(span.from.checked_sub(1)?)?;
        day_of(one).or_else(|| day_of(words.get(span.from.checked_sub(2)?)?))
    };
    next_of(month, after.or_else(before)?, today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(plain: &str) -> Vec<Day> {
        named_days(&Tagged::of(plain), "2026-11-24".parse().unwrap())
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
