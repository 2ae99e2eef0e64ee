//! When a dish, a section or a choice is sold: times of the day, days of the week, dates.

use jiff::ZonedDateTime;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Span, WeeklyHours};

/// A window in which something is sold, in the restaurant's time zone. Parts that are absent do not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Spans by weekday; a span past midnight belongs to the day it began. `None`: all day, every day.
    pub week: Option<WeeklyHours>,
    /// First local date.
    pub from: Option<Date>,
    /// Last local date.
    pub until: Option<Date>,
}

/// The whole of a day, in minutes.
const DAY: u16 = 24 * 60;
/// Windows are looked for so many days ahead: a year and the days to the same weekday.
const DAYS_AHEAD: usize = 373;

impl Availability {
    /// Is it sold at this local time?
    pub fn holds(&self, at: &ZonedDateTime) -> bool {
        let minute = at.hour() as u16 * 60 + at.minute() as u16;
        let today = self.spans_on(at.date());
        let before = at.date().yesterday().map(|date| self.spans_on(date));
        today.iter().any(|s| s.from <= minute && minute < s.to)
            || before
                .unwrap_or_default()
                .iter()
                .any(|s| minute + DAY < s.to)
    }

    /// When it is sold next, after a time at which it is not; `None` when never again.
    pub fn next(&self, after: &ZonedDateTime) -> Option<ZonedDateTime> {
        let mut date = match self.from {
            Some(from) => from.max(after.date()),
            None => after.date(),
        };
        for _ in 0..DAYS_AHEAD {
            let mut spans = self.spans_on(date);
            spans.sort_by_key(|span| span.from);
            for span in spans {
                let opens = date
                    .at((span.from / 60) as i8, (span.from % 60) as i8, 0, 0)
                    .to_zoned_datetime(after.time_zone().clone())
                    .ok()?;
                if opens > *after {
                    return Some(opens);
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// Is there any time at which it is sold?
    pub fn ever_holds(&self) -> bool {
        let week = |day: usize| self.week.as_ref().is_none_or(|w| !w.days[day].is_empty());
        match (self.from, self.until) {
            (Some(from), Some(until)) if from > until => false,
            (Some(from), Some(until)) => from
                .series(jiff::Span::new().days(1))
                .take(7)
                .take_while(|date| *date <= until)
                .any(|date| week(date.weekday().to_monday_zero_offset() as usize)),
            _ => (0..7).any(week),
        }
    }

    fn spans_on(&self, date: Date) -> Vec<Span> {
        let dated = self.from.is_none_or(|from| from <= date)
            && self.until.is_none_or(|until| date <= until);
        match &self.week {
            _ if !dated => Vec::new(),
            None => vec![Span { from: 0, to: DAY }],
            Some(week) => week.days[date.weekday().to_monday_zero_offset() as usize].clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    fn lunch() -> Availability {
        let mut week = WeeklyHours::default();
        for day in 0..5 {
            week.days[day] = vec![Span {
                from: 11 * 60,
                to: 15 * 60,
            }];
        }
        Availability {
            week: Some(week),
            from: Some("2026-12-01".parse().unwrap()),
            until: Some("2026-12-24".parse().unwrap()),
        }
    }

    #[test]
    fn a_window_holds_in_its_times_on_its_days_between_its_dates() {
        let lunch = lunch();
        assert!(lunch.holds(&at("2026-12-01T11:00[America/Toronto]")));
        assert!(!lunch.holds(&at("2026-12-01T15:00[America/Toronto]")));
        assert!(!lunch.holds(&at("2026-12-05T12:00[America/Toronto]")));
        assert!(!lunch.holds(&at("2026-11-30T12:00[America/Toronto]")));
        assert!(!lunch.holds(&at("2026-12-25T12:00[America/Toronto]")));
    }

    #[test]
    fn the_next_time_is_the_beginning_of_the_next_span() {
        let lunch = lunch();
        let next = |now| lunch.next(&at(now)).map(|next| next.date().to_string());
        assert_eq!(
            next("2026-10-01T12:00[America/Toronto]").unwrap(),
            "2026-12-01"
        );
        assert_eq!(
            next("2026-12-04T16:00[America/Toronto]").unwrap(),
            "2026-12-07"
        );
        assert_eq!(next("2026-12-24T16:00[America/Toronto]"), None);
    }

    #[test]
    fn a_window_that_never_opens_is_known() {
        assert!(lunch().ever_holds());
        let turned = Availability {
            from: Some("2026-12-24".parse().unwrap()),
            until: Some("2026-12-01".parse().unwrap()),
            ..Availability::default()
        };
        let weekend = Availability {
            from: Some("2026-12-05".parse().unwrap()),
            until: Some("2026-12-06".parse().unwrap()),
            ..lunch()
        };
        let no_day = Availability {
            week: Some(WeeklyHours::default()),
            ..Availability::default()
        };
        assert!(!turned.ever_holds() && !weekend.ever_holds() && !no_day.ever_holds());
    }
}
