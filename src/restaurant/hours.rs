//! When a restaurant is open: weekly hours in its own time zone, and dates on which it is closed.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// An opening span in minutes after midnight; `to` may pass 1440 when the span runs past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Minute of the day it opens, 0..1440.
    pub from: u16,
    /// Minute it closes, `from` < `to` <= `from` + 1440.
    pub to: u16,
}

/// Opening spans for each weekday, Monday first. A day without spans is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WeeklyHours {
    /// Monday = 0 .. Sunday = 6.
    pub days: [Vec<Span>; 7],
}

/// Time zone, weekly hours and closed dates together.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Defaults to UTC.
    pub timezone: TimeZone,
    /// `None`: always open (but for `closed_dates`).
    pub hours: Option<WeeklyHours>,
    /// Local dates on which nothing opens; a span that began the day before still runs out.
    pub closed_dates: Vec<Date>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            timezone: TimeZone::UTC,
            hours: None,
            closed_dates: Vec::new(),
        }
    }
}

impl Schedule {
    /// The spans that begin on `date`.
    pub fn spans_on(&self, date: Date) -> Vec<Span> {
        if self.closed_dates.contains(&date) {
            return Vec::new();
        }
        match &self.hours {
            None => vec![Span { from: 0, to: 1440 }],
            Some(week) => week.days[weekday_index(date.weekday())].clone(),
        }
    }

    /// Is it open at this instant? A span past midnight belongs to the day it began.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let local = now.to_zoned_datetime(self.timezone.clone());
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        let today = self
            .spans_on(local.date())
            .iter()
            .any(|s| s.from <= minute && minute < s.to);
        let before = local
            .date()
            .yesterday()
            .map(|date| self.spans_on(date))
            .unwrap_or_default();
        today || before.iter().any(|s| minute + 1440 < s.to)
    }

    /// The next opening after `now`, looked for over the coming 370 days; `None` when it never opens.
    pub fn next_open(&self, now: Timestamp) -> Option<ZonedDateTime> {
        let local = now.to_zoned_datetime(self.timezone.clone());
        let mut date = local.date();
        for _ in 0..370 {
            let mut spans = self.spans_on(date);
            spans.sort_by_key(|span| span.from);
            for span in spans {
                let opens = date
                    .at((span.from / 60) as i8, (span.from % 60) as i8, 0, 0)
                    .to_zoned_datetime(self.timezone.clone())
                    .ok()?;
                if opens.timestamp() > now {
                    return Some(opens);
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }
}

fn weekday_index(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late_bar() -> Schedule {
        let mut week = WeeklyHours::default();
        week.days[0] = vec![
            Span {
                from: 11 * 60,
                to: 14 * 60,
            },
            Span {
                from: 17 * 60,
                to: 25 * 60,
            },
        ];
        Schedule {
            timezone: TimeZone::get("America/Toronto").unwrap(),
            hours: Some(week),
            closed_dates: vec!["2026-12-21".parse().unwrap()],
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse::<ZonedDateTime>().unwrap().timestamp()
    }

    #[test]
    fn a_span_past_midnight_belongs_to_the_day_it_began() {
        let bar = late_bar();
        assert!(bar.is_open(at("2026-11-23T11:00[America/Toronto]")));
        assert!(!bar.is_open(at("2026-11-23T14:00[America/Toronto]")));
        assert!(bar.is_open(at("2026-11-24T00:59[America/Toronto]")));
        assert!(!bar.is_open(at("2026-11-24T01:00[America/Toronto]")));
        assert!(!bar.is_open(at("2026-11-23T00:30[America/Toronto]")));
    }

    #[test]
    fn the_next_opening_skips_closed_dates() {
        let next = late_bar()
            .next_open(at("2026-12-20T12:00[America/Toronto]"))
            .unwrap();
        assert_eq!(
            next.to_string(),
            "2026-12-28T11:00:00-05:00[America/Toronto]"
        );
        let never = Schedule {
            hours: Some(WeeklyHours::default()),
            ..Schedule::default()
        };
        assert_eq!(never.next_open(at("2026-12-20T12:00[UTC]")), None);
    }

    #[test]
    fn without_hours_it_is_always_open() {
        assert!(Schedule::default().is_open(at("2026-12-25T03:00[UTC]")));
    }
}
