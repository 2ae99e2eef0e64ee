//! How often a message is tried, and how long is waited before the next try.

use std::time::Duration;

/// Waits that double from `first` up to `longest`.
#[derive(Clone, Copy, Debug)]
pub struct Retries {
    pub tries: u32,
    /// After the first failure; doubled after each.
    pub first: Duration,
    /// Never longer than this.
    pub longest: Duration,
}

impl Default for Retries {
    /// Eight tries within about two minutes.
    fn default() -> Self {
        Self {
            tries: 8,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(60),
        }
    }
}

impl Retries {
    /// The wait after the `failed`th failure, counted from 1; `None`: it was the last try.
    pub fn wait_after(&self, failed: u32) -> Option<Duration> {
        if failed >= self.tries {
            return None;
        }
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        Some(self.first.saturating_mul(doubled).min(self.longest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_end_with_the_last_try() {
        let retries = Retries::default();
        let waits: Vec<u64> = (1..8)
            .map(|failed| retries.wait_after(failed).unwrap().as_secs())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60]);
        assert_eq!(retries.wait_after(8), None);
        let stubborn = Retries {
            tries: u32::MAX,
            ..retries
        };
        assert_eq!(stubborn.wait_after(1_000_000), Some(retries.longest));
    }
}
