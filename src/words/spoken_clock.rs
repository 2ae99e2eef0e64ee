//! Times of day, written and spoken.

use super::cardinal;

/// Minutes after midnight as a person reads them: 1050 -> "5:30 PM", 720 -> "12:00 PM".
pub fn clock_display(minute: u16) -> String {
    let (hour, minute) = ((minute / 60) % 24, minute % 60);
    let twelve = if hour.is_multiple_of(12) {
        12
    } else {
        hour % 12
    };
    let half = if hour < 12 { "AM" } else { "PM" };
    format!("{twelve}:{minute:02} {half}")
}

/// A time as it is spoken: (17, 30) -> "five thirty p m", (9, 5) -> "nine oh five a m", (17, 0) -> "five p m".
/// The letters stand apart so that a voice spells them.
pub fn spoken_time(hour: u32, minute: u32) -> String {
    let twelve = if hour.is_multiple_of(12) {
        12
    } else {
        hour % 12
    };
    let half = if hour % 24 < 12 { "a m" } else { "p m" };
    match (hour % 24, minute) {
        (12, 0) => "noon".to_owned(),
        (0, 0) => "midnight".to_owned(),
        (_, 0) => format!("{} {half}", cardinal(twelve)),
        (_, 1..10) => format!("{} oh {} {half}", cardinal(twelve), cardinal(minute)),
        _ => format!("{} {} {half}", cardinal(twelve), cardinal(minute)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_with_their_half_of_the_day() {
        assert_eq!(spoken_time(17, 30), "five thirty p m");
        assert_eq!(spoken_time(9, 5), "nine oh five a m");
        assert_eq!(spoken_time(12, 0), "noon");
        assert_eq!(spoken_time(25, 0), "one a m");
        assert_eq!(clock_display(17 * 60 + 30), "5:30 PM");
        assert_eq!(clock_display(24 * 60), "12:00 AM");
    }
}
