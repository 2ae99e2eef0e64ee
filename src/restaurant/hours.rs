//! When a restaurant is open: weekly hours in its own time zone, and dates on which it is closed.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// Days looked at for the next opening: a year, and yesterday for what it left open.
const MAX_DAYS: usize = 371;
/// Open for longer than this without a break is open around the clock, as far as a caller is concerned.
const DAYS_OF_A_WEEK: usize = 7;
const MINUTES_OF_A_DAY: u16 = 1440;

/// How a restaurant stands at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Open, and not closing within a week.
    AroundTheClock,
    /// Open; `until` is the first instant at which it is not.
    Open { until: ZonedDateTime },
    /// Closed; when it opens next, looked for over the coming year. `None`: it does not.
    Closed { next: Option<ZonedDateTime> },
}

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
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Schedule {
    /// Defaults to UTC.
    #[serde(with = "by_name")]
    pub timezone: TimeZone,
    /// `None`: always open (but for `closed_dates`).
    pub hours: Option<WeeklyHours>,
    /// Local dates on which nothing opens; a span that began the day before still runs out.
    pub closed_dates: Vec<Date>,
}

/// A time zone as the name it is found by.
mod by_name {
    use std::borrow::Cow;

    use jiff::tz::TimeZone;
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(zone: &TimeZone, to: S) -> Result<S::Ok, S::Error> {
        let name = zone.iana_name();
        let name = name.ok_or_else(|| S::Error::custom("a time zone without a name"))?;
        name.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
        let name: Cow<'de, str> = Cow::deserialize(from)?;
        match &*name {
            "UTC" => Ok(TimeZone::UTC),
            name => TimeZone::get(name).map_err(D::Error::custom),
        }
    }
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

    /// How it stands at this instant: the one answer that admission, the waiter and every message are made from.
    ///
    /// Spans are wall-clock times, so they become instants first: on the night the clocks go back, a place that closes at
    /// half past one closes the first time it is half past one and does not open again an hour later.
    pub fn opening(&self, now: Timestamp) -> Opening {
        if self.hours.is_none() && self.closed_dates.is_empty() {
            return Opening::AroundTheClock;
        }
        let today = now.to_zoned_datetime(self.timezone.clone()).date();
        let mut open_until: Option<ZonedDateTime> = None;
        let mut date = today.yesterday().unwrap_or(today);
        for looked_at in 0..MAX_DAYS {
            for (from, to) in self.periods_on(date) {
                match &mut open_until {
                    // Spans that meet are one.
                    Some(until) if from.timestamp() <= until.timestamp() => {
                        if to.timestamp() > until.timestamp() {
                            *until = to;
                        }
                    }
                    Some(_) => break,
                    None if to.timestamp() <= now => {}
                    None if from.timestamp() > now => {
                        return Opening::Closed { next: Some(from) };
                    }
                    None => open_until = Some(to),
                }
            }
            let Ok(tomorrow) = date.tomorrow() else { break };
            match &open_until {
                // The next day's first span may begin where this one ends.
                Some(until) if until.date() <= date => break,
                Some(_) if looked_at > DAYS_OF_A_WEEK => return Opening::AroundTheClock,
                _ => date = tomorrow,
            }
        }
        match open_until {
            Some(until) => Opening::Open { until },
            None => Opening::Closed { next: None },
        }
    }

    /// Is it open at this instant? A span past midnight belongs to the day it began.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !matches!(self.opening(now), Opening::Closed { .. })
    }

    /// When the business of this moment is over: the next closing time. Around the clock, and where it opens no more, at five
    /// the next morning.
    pub fn closing(&self, now: Timestamp) -> Timestamp {
        let open_until = |at: Timestamp| match self.opening(at) {
            Opening::Open { until } => Some(until.timestamp()),
            _ => None,
        };
        let found = match self.opening(now) {
            Opening::Open { until } => Some(until.timestamp()),
            Opening::Closed { next: Some(next) } => open_until(next.timestamp()),
            _ => None,
        };
        let local = now.to_zoned_datetime(self.timezone.clone());
        let morning = |date: Date| {
            let five = date.at(5, 0, 0, 0).to_zoned_datetime(self.timezone.clone());
            five.ok().map(|five| five.timestamp())
        };
        let days = [Some(local.date()), local.date().tomorrow().ok()];
        let mornings = days.into_iter().flatten().filter_map(morning);
        found
            .or_else(|| mornings.filter(|five| *five > now).min())
            .unwrap_or(now)
    }

    /// The spans that begin on `date` as instants, in order. A wall-clock time that a change of the clocks leaves out is
    /// taken an hour later, one that it gives twice is the first of the two.
    fn periods_on(&self, date: Date) -> Vec<(ZonedDateTime, ZonedDateTime)> {
        let at = |minute: u16| {
            let day = if minute < MINUTES_OF_A_DAY {
                date
            } else {
                date.tomorrow().ok()?
            };
            let minute = minute % MINUTES_OF_A_DAY;
            day.at((minute / 60) as i8, (minute % 60) as i8, 0, 0)
                .to_zoned_datetime(self.timezone.clone())
                .ok()
        };
        let mut spans = self.spans_on(date);
        spans.sort_by_key(|span| span.from);
        spans
            .into_iter()
            .filter_map(|span| Some((at(span.from)?, at(span.to)?)))
            .collect()
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

    fn hours(timezone: &str, day: usize, from: u16, to: u16) -> Schedule {
        let mut week = WeeklyHours::default();
        week.days[day] = vec![Span { from, to }];
        Schedule {
            timezone: TimeZone::get(timezone).unwrap(),
            hours: Some(week),
            closed_dates: Vec::new(),
        }
    }

    /// "until ..." or "from ...", in the zone asked about.
    fn stands(schedule: &Schedule, now: &str) -> String {
        match schedule.opening(at(now)) {
            Opening::AroundTheClock => "open".to_owned(),
            Opening::Open { until } => until.strftime("until %F %H:%M%:z").to_string(),
            Opening::Closed { next: Some(next) } => next.strftime("from %F %H:%M%:z").to_string(),
            Opening::Closed { next: None } => "closed".to_owned(),
        }
    }

    #[test]
    fn a_span_past_midnight_belongs_to_the_day_it_began() {
        let bar = late_bar();
        for (now, expected) in [
            ("2026-11-23T10:59", "from 2026-11-23 11:00-05:00"),
            ("2026-11-23T11:00", "until 2026-11-23 14:00-05:00"),
            ("2026-11-23T14:00", "from 2026-11-23 17:00-05:00"),
            ("2026-11-23T23:59", "until 2026-11-24 01:00-05:00"),
            ("2026-11-24T00:00", "until 2026-11-24 01:00-05:00"),
            ("2026-11-24T00:59", "until 2026-11-24 01:00-05:00"),
            ("2026-11-24T01:00", "from 2026-11-30 11:00-05:00"),
            ("2026-11-23T00:30", "from 2026-11-23 11:00-05:00"),
        ] {
            let now = format!("{now}[America/Toronto]");
            assert_eq!(stands(&bar, &now), expected, "{now}");
            let open = expected.starts_with("until");
            assert_eq!(bar.is_open(at(&now)), open, "{now}");
        }
    }

    #[test]
    fn business_is_over_at_the_next_closing_time_or_at_five_in_the_morning() {
        let (bar, always) = (late_bar(), Schedule::default());
        let closing = |schedule: &Schedule, now: &str| {
            let closing = schedule.closing(at(now));
            let local = closing.to_zoned_datetime(schedule.timezone.clone());
            local.strftime("%F %H:%M").to_string()
        };
        for (now, closes) in [
            ("2026-11-23T12:00[America/Toronto]", "2026-11-23 14:00"),
            ("2026-11-23T15:00[America/Toronto]", "2026-11-24 01:00"),
            ("2026-11-24T00:30[America/Toronto]", "2026-11-24 01:00"),
            ("2026-11-24T12:00[America/Toronto]", "2026-11-30 14:00"),
        ] {
            assert_eq!(closing(&bar, now), closes, "{now}");
        }
        assert_eq!(
            closing(&always, "2026-11-23T04:59[UTC]"),
            "2026-11-23 05:00"
        );
        assert_eq!(
            closing(&always, "2026-11-23T05:00[UTC]"),
            "2026-11-24 05:00"
        );
    }

    #[test]
    fn a_closed_date_lets_the_night_before_run_out_and_opens_nothing() {
        // Sunday into a Monday that is closed.
        let mut bar = hours("America/Toronto", 6, 17 * 60, 26 * 60);
        bar.hours.as_mut().unwrap().days[0] = vec![Span { from: 660, to: 840 }];
        bar.closed_dates = vec!["2026-12-21".parse().unwrap()];
        let at = |now: &str| stands(&bar, &format!("{now}[America/Toronto]"));
        assert_eq!(at("2026-12-20T23:00"), "until 2026-12-21 02:00-05:00");
        assert_eq!(at("2026-12-21T01:59"), "until 2026-12-21 02:00-05:00");
        assert_eq!(at("2026-12-21T02:00"), "from 2026-12-27 17:00-05:00");
        assert_eq!(at("2026-12-21T12:00"), "from 2026-12-27 17:00-05:00");
    }

    #[test]
    fn a_closing_time_that_the_clocks_leave_out_is_an_hour_later() {
        // Saturday 17:00-02:30; at 02:00 it is 03:00.
        let bar = hours("America/Toronto", 5, 17 * 60, 26 * 60 + 30);
        let at = |now: &str| stands(&bar, now);
        let closes = "until 2026-03-08 03:30-04:00";
        assert_eq!(at("2026-03-08T01:59-05:00[America/Toronto]"), closes);
        assert_eq!(at("2026-03-08T03:29-04:00[America/Toronto]"), closes);
        assert!(at("2026-03-08T03:30-04:00[America/Toronto]").starts_with("from 2026-03-14"));
    }

    #[test]
    fn the_night_the_clocks_go_back_closes_once_and_stays_closed() {
        // Saturday 17:00-01:30; at 02:00 it is 01:00 again.
        let bar = hours("America/Toronto", 5, 17 * 60, 25 * 60 + 30);
        let at = |now: &str| stands(&bar, now);
        let closes = "until 2026-11-01 01:30-04:00";
        assert_eq!(at("2026-11-01T01:29-04:00[America/Toronto]"), closes);
        for now in [
            "2026-11-01T01:30-04:00",
            "2026-11-01T01:10-05:00",
            "2026-11-01T01:31-05:00",
        ] {
            let stands = at(&format!("{now}[America/Toronto]"));
            assert!(stands.starts_with("from 2026-11-07"), "{now}: {stands}");
        }
        // Until two it is an hour longer: two comes once.
        let later = hours("America/Toronto", 5, 17 * 60, 26 * 60);
        assert_eq!(
            stands(&later, "2026-11-01T01:10-05:00[America/Toronto]"),
            "until 2026-11-01 02:00-05:00"
        );
    }

    #[test]
    fn spans_that_meet_have_one_end_and_a_week_without_one_is_around_the_clock() {
        let day = || vec![Span { from: 0, to: 1440 }];
        let mut week = WeeklyHours {
            days: [0; 7].map(|_| day()),
        };
        let open = |week: &WeeklyHours| {
            let schedule = Schedule {
                hours: Some(week.clone()),
                ..Schedule::default()
            };
            stands(&schedule, "2026-11-23T12:00[UTC]")
        };
        assert_eq!(open(&week), "open");
        week.days[3] = vec![Span { from: 0, to: 720 }, Span { from: 720, to: 900 }];
        assert_eq!(open(&week), "until 2026-11-26 15:00+00:00");
        week.days[1] = Vec::new();
        assert_eq!(open(&week), "until 2026-11-24 00:00+00:00");
    }

    #[test]
    fn the_next_opening_skips_closed_dates() {
        let next = stands(&late_bar(), "2026-12-20T12:00[America/Toronto]");
        assert_eq!(next, "from 2026-12-28 11:00-05:00");
        let never = Schedule {
            hours: Some(WeeklyHours::default()),
            ..Schedule::default()
        };
        assert_eq!(stands(&never, "2026-12-20T12:00[UTC]"), "closed");
    }

    #[test]
    fn without_hours_it_is_open_but_for_closed_dates() {
        let mut always = Schedule::default();
        assert_eq!(stands(&always, "2026-12-25T03:00[UTC]"), "open");
        always.closed_dates = vec!["2026-12-25".parse().unwrap()];
        let stands = |now: &str| stands(&always, now);
        assert_eq!(stands("2026-12-10T03:00[UTC]"), "open");
        let night = "until 2026-12-25 00:00+00:00";
        assert_eq!(stands("2026-12-24T23:59[UTC]"), night);
        let morning = "from 2026-12-26 00:00+00:00";
        assert_eq!(stands("2026-12-25T00:00[UTC]"), morning);
    }
}
