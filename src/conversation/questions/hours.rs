//! "Are you open?", "how late?".

use jiff::ZonedDateTime;

use super::super::speech::Speech;
use super::super::wording::Wording;
use super::answer::Answer;
use super::asked::Asked;
use super::days::{clock, joined, open_until, span_text};
use super::scene::Scene;
use crate::restaurant::{Opening, Schedule};

/// Until when it is open, or when it opens next.
pub(super) fn now(scene: &Scene, asked: &Asked) -> Option<Answer> {
    if !asked.is_question() {
        return None;
    }
    let mut answer = Answer::default();
    let schedule = &scene.restaurant.schedule;
    said_now(&mut answer.speech, scene.words, schedule, scene.now);
    Some(answer)
}

fn said_now(speech: &mut Speech, words: Wording, schedule: &Schedule, now: &ZonedDateTime) {
    let local = now.timestamp().to_zoned_datetime(schedule.timezone.clone());
    let spans = joined(schedule.spans_on(local.date()));
    match schedule.opening(now.timestamp()) {
        Opening::AroundTheClock if schedule.hours.is_none() => speech.fixed(words.always_open()),
        Opening::AroundTheClock => speech.say(words.open_all_day(&words.today())),
        Opening::Open { .. } if spans.iter().any(|span| span.to - span.from >= 1440) => {
            speech.say(words.open_all_day(&words.today()));
        }
        Opening::Open { until } => speech.say(open_until(words, &until, &local)),
        Opening::Closed { next: Some(next) } if next.date() == local.date() => {
            let said: Vec<String> = spans.iter().map(|span| span_text(words, span)).collect();
            speech.say(words.today_hours(&said));
        }
        Opening::Closed { next: Some(next) } => {
            let day = usize::try_from(next.weekday().to_monday_zero_offset()).unwrap_or(0);
            speech.say(words.closed_now(&words.day_at(day, &clock(words, &next))));
        }
        Opening::Closed { next: None } => speech.fixed(words.closed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::lexicon::Tagged;
    use crate::conversation::questions::days;
    use crate::restaurant::{Span, WeeklyHours};
    use jiff::tz::TimeZone;

    /// Saturday 17:00-02:00, Sunday closed, Monday 11:00-14:00 and 17:00-22:00.
    fn schedule() -> Schedule {
        let span = |from: u16, to: u16| Span {
            from: from * 60,
            to: to * 60,
        };
        let mut week = WeeklyHours::default();
        week.days[5] = vec![span(17, 26)];
        week.days[0] = vec![span(11, 14), span(17, 22)];
        Schedule {
            timezone: TimeZone::get("America/Toronto").unwrap(),
            hours: Some(week),
            closed_dates: Vec::new(),
        }
    }

    fn asked(now: &str) -> String {
        let now: ZonedDateTime = format!("{now}[America/Toronto]").parse().unwrap();
        let mut speech = Speech::default();
        said_now(&mut speech, Wording::default(), &schedule(), &now);
        said(speech)
    }

    fn asked_of_today(plain: &str, now: &str) -> String {
        let now: ZonedDateTime = format!("{now}[America/Toronto]").parse().unwrap();
        let mut speech = Speech::default();
        let tags = Tagged::of(plain);
        days::said_of(&mut speech, Wording::default(), &schedule(), &tags, &now).unwrap();
        said(speech)
    }

    fn said(speech: Speech) -> String {
        let reply = speech.reply(crate::conversation::Action::Listen);
        let texts: Vec<String> = reply.sentences.into_iter().map(|s| s.text).collect();
        texts.join(" ")
    }

    #[test]
    fn after_midnight_it_is_open_as_long_as_the_evening_before_lasts() {
        for (now, said) in [
            ("2026-11-28T16:59", "Today we're open 5:00 PM to 2:00 AM."),
            ("2026-11-28T23:00", "We're open until 2:00 AM tonight."),
            ("2026-11-29T01:00", "We're open until 2:00 AM today."),
            (
                "2026-11-29T02:00",
                "We're closed now. We open Monday at 11:00 AM.",
            ),
            ("2026-11-30T12:00", "We're open until 2:00 PM today."),
            (
                "2026-11-30T15:00",
                "Today we're open 11:00 AM to 2:00 PM and 5:00 PM to 10:00 PM.",
            ),
            (
                "2026-11-30T22:30",
                "We're closed now. We open Saturday at 5:00 PM.",
            ),
        ] {
            assert_eq!(asked(now), said, "{now}");
        }
    }

    #[test]
    fn a_day_that_is_closed_is_open_while_the_night_before_lasts() {
        for plain in ["are you open today", "are you open on sunday"] {
            let night = asked_of_today(plain, "2026-11-29T01:00");
            assert_eq!(night, "We're open until 2:00 AM today.", "{plain}");
            let day = asked_of_today(plain, "2026-11-29T12:00");
            assert!(day.ends_with("we're closed."), "{plain}: {day}");
        }
    }
}
