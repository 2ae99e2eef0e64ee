//! "Are you open?", "how late?".

use jiff::ZonedDateTime;

use super::inquiry_days::{joined, span_text};
use super::speech::Speech;
use super::wording::Wording;
use crate::restaurant::Schedule;

/// Today's hours, or when it opens next.
pub(super) fn answer(
    speech: &mut Speech,
    words: Wording,
    schedule: &Schedule,
    now: &ZonedDateTime,
) {
    if schedule.hours.is_none() {
        speech.fixed(words.always_open());
        return;
    }
    let now = now.timestamp();
    let local = now.to_zoned_datetime(schedule.timezone.clone());
    let spans = joined(schedule.spans_on(local.date()));
    if spans.iter().any(|span| span.to - span.from >= 1440) {
        speech.say(words.open_all_day(&words.today()));
        return;
    }
    if schedule.is_open(now) {
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        if let Some(span) = spans
            .iter()
            .find(|span| (span.from..span.to).contains(&minute))
        {
            speech.say(words.open_until(&words.language().clock_display(span.to)));
            return;
        }
    }
    if !spans.is_empty() {
        let said: Vec<String> = spans.iter().map(|span| span_text(words, span)).collect();
        speech.say(words.today_hours(&said));
        return;
    }
    match schedule.next_open(now) {
        Some(next) => {
            let day = next.weekday().to_monday_zero_offset();
            let minute = next.hour() as u16 * 60 + next.minute() as u16;
            let at = words.language().clock_display(minute);
            speech.say(words.closed_now(&words.day_at(usize::try_from(day).unwrap_or(0), &at)));
        }
        None => speech.fixed(words.closed()),
    }
}
