//! "Are you open?", "how late?".

use jiff::ZonedDateTime;

use super::speech::Speech;
use super::wording::Wording;
use crate::restaurant::{Schedule, Span};
use crate::words::clock_display;

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
    let spans = schedule.spans_on(local.date());
    if schedule.is_open(now) {
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        if let Some(span) = spans
            .iter()
            .find(|span| (span.from..span.to).contains(&minute))
        {
            speech.say(words.open_until(&clock_display(span.to)));
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
            let day = next.strftime("%A").to_string();
            let at = clock_display(next.hour() as u16 * 60 + next.minute() as u16);
            speech.say(words.closed_now(&format!("{day} at {at}")));
        }
        None => speech.fixed(words.closed()),
    }
}

fn span_text(words: Wording, span: &Span) -> String {
    words.span(&clock_display(span.from), &clock_display(span.to))
}
