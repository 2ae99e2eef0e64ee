//! How long is waited between the tries of a delivery.

use std::time::Duration;

/// Tries in all; the waits between them add up to a day.
pub const MAX_TRIES: u32 = 10;

/// Waits after the first, second, ... failure: 5 s, 15 s, 1 min, 5 min, 20 min, 1 h, 3 h, 7 h, 12.5 h. Short ones first: a till
/// that restarts is back within a minute.
const WAITS_SECONDS: [u32; MAX_TRIES as usize - 1] =
    [5, 15, 60, 300, 1_200, 3_600, 10_800, 25_200, 45_000];

/// By how much a wait differs from its plan at most, so that what failed together is not tried again together.
const JITTER: f64 = 0.2;

/// Longest wait that a receiver may ask for.
const MAX_ASKED: Duration = Duration::from_secs(3_600);

/// The plan of the waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// After the first failure; all later waits grow with it.
    pub first: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(u64::from(WAITS_SECONDS[0])),
        }
    }
}

impl Backoff {
    /// The wait after the `failed`th failure, counted from 1; `None`: it was the last try. `chance` in 0..1 moves it by up to
    /// a fifth; `asked` is what the receiver wants to be waited at least.
    pub fn wait_after(
        &self,
        failed: u32,
        chance: f64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        let planned = usize::try_from(failed).ok()?.checked_sub(1);
        let planned = *WAITS_SECONDS.get(planned.unwrap_or(0))?;
        let swing = 1.0 - JITTER + 2.0 * JITTER * chance.clamp(0.0, 1.0);
        let wait = self
            .first
            .mul_f64(f64::from(planned) / f64::from(WAITS_SECONDS[0]) * swing);
        Some(wait.max(asked.unwrap_or_default().min(MAX_ASKED)))
    }

    /// No wait is longer: a time further ahead was written before the clock was set back.
    pub fn longest(&self) -> Duration {
        let last = WAITS_SECONDS[WAITS_SECONDS.len() - 1];
        let longest = self
            .first
            .mul_f64(f64::from(last) / f64::from(WAITS_SECONDS[0]) * (1.0 + JITTER));
        longest.max(MAX_ASKED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_tries_take_a_day() {
        let backoff = Backoff::default();
        let waits: Vec<u64> = (1..)
            .map_while(|failed| backoff.wait_after(failed, 0.5, None))
            .map(|wait| wait.as_secs())
            .collect();
        assert_eq!(waits, WAITS_SECONDS.map(u64::from));
        let day = waits.iter().sum::<u64>();
        assert!((23 * 3_600..=24 * 3_600).contains(&day), "{day}");
    }

    proptest! {
        #[test]
        fn no_wait_is_negative_longer_than_the_longest_or_without_end(
            failed: u32, chance: f64, asked in proptest::option::of(0..u64::from(u32::MAX)), first in 1..60_000_u64,
        ) {
            let backoff = Backoff { first: Duration::from_millis(first) };
            let asked = asked.map(Duration::from_secs);
            match backoff.wait_after(failed, chance, asked) {
                Some(wait) => {
                    prop_assert!(failed < MAX_TRIES);
                    // Floating point rounds.
                    let hair = Duration::from_micros(10);
                    prop_assert!(wait <= backoff.longest() + hair);
                    prop_assert!(wait >= asked.unwrap_or_default().min(MAX_ASKED));
                    prop_assert!(wait + hair >= backoff.first.mul_f64(1.0 - JITTER));
                }
                None => prop_assert!(failed >= MAX_TRIES),
            }
        }
    }
}
