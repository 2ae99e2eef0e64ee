//! Bounds of the telephone side; every number is a flag.

use std::time::Duration;

/// How many calls, how long an unanswered promise is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Calls at once on this server, all restaurants together.
    pub calls: usize,
    /// Calls at once from one caller's number.
    pub calls_per_caller: usize,
    /// How long a pin waits for its media socket.
    pub pin_expiry: Duration,
    /// How long a media token is accepted.
    pub token_expiry: Duration,
    /// How long an open media socket may take to send `start`.
    pub start_timeout: Duration,
    /// Pins waiting at once; the oldest is dropped for a newer one.
    pub max_pins: usize,
    /// How long a socket may refuse one of our messages before the call ends.
    pub write_timeout: Duration,
}

impl Default for CallLimits {
    /// The defaults of docs/architecture.md; the flags repeat them.
    fn default() -> Self {
        Self {
            calls: 200,
            calls_per_caller: 3,
            pin_expiry: Duration::from_secs(90),
            token_expiry: Duration::from_secs(60),
            start_timeout: Duration::from_secs(10),
            max_pins: 50_000,
            write_timeout: Duration::from_secs(5),
        }
    }
}
