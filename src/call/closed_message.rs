//! What a caller hears outside opening hours. Pure.

use jiff::{Timestamp, ZonedDateTime};

use crate::restaurant::Restaurant;

/// The restaurant's closed message as display text, `{name}` and `{next_open}` filled in.
pub fn closed_message(
    restaurant: &Restaurant,
    next_open: Option<&ZonedDateTime>,
    now: Timestamp,
) -> String {
    let when = next_open.map(|next| spoken_time(next, now));
    let template =
        restaurant
            .closed_message
            .as_deref()
            .unwrap_or(match (restaurant.enabled, &when) {
                (true, Some(_)) => "{name} is closed right now. We open {next_open}.",
                (true, None) => "{name} is closed right now. Please call again later.",
                (false, _) => "{name} is not taking orders on this line right now.",
            });
    template
        .replace("{name}", &restaurant.name)
        .replace("{next_open}", when.as_deref().unwrap_or("again later"))
}

/// `today at 5 PM`, `tomorrow at 11:30 AM`, `Monday at 11 AM`, `on December 28 at 11 AM`; in the restaurant's time zone.
fn spoken_time(next: &ZonedDateTime, now: Timestamp) -> String {
    let today = now.to_zoned_datetime(next.time_zone().clone()).date();
    let days = today
        .until(next.date())
        .map_or(i32::MAX, |span| span.get_days());
    let day = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => next.strftime("%A").to_string(),
        _ => next.strftime("on %B %-d").to_string(),
    };
    let minutes = if next.minute() == 0 { "" } else { ":%M" };
    let time = next.strftime(&format!("%-I{minutes} %p")).to_string();
    format!("{day} at {time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_opening_is_said_as_people_say_it() {
        let now = zoned("2026-11-23T23:30[America/Toronto]").timestamp();
        for (next, said) in [
            ("2026-11-23T23:45[America/Toronto]", "today at 11:45 PM"),
            ("2026-11-24T11:00[America/Toronto]", "tomorrow at 11 AM"),
            ("2026-11-28T12:00[America/Toronto]", "Saturday at 12 PM"),
            (
                "2026-12-28T07:05[America/Toronto]",
                "on December 28 at 7:05 AM",
            ),
        ] {
            assert_eq!(spoken_time(&zoned(next), now), said);
        }
    }

    #[test]
    fn a_message_of_the_file_is_filled_in() {
        let now = zoned("2026-11-23T10:00[UTC]").timestamp();
        let next = zoned("2026-11-24T11:00[UTC]");
        let mut parts = crate::call::testing::parts("bella", "+15551234567");
        parts.closed_message = Some("{name}: we open {next_open}.".into());
        let restaurant = Restaurant::new(parts.clone()).unwrap();
        let said = closed_message(&restaurant, Some(&next), now);
        assert_eq!(said, "The bella: we open tomorrow at 11 AM.");
        let said = closed_message(&restaurant, None, now);
        assert_eq!(said, "The bella: we open again later.");
        parts.closed_message = None;
        let restaurant = Restaurant::new(parts).unwrap();
        let said = closed_message(&restaurant, Some(&next), now);
        assert_eq!(
            said,
            "The bella is closed right now. We open tomorrow at 11 AM."
        );
    }
}
