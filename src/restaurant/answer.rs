//! Who answers first, and what becomes of a caller whom nobody answers.

use serde::{Deserialize, Serialize};

/// Who answers a call first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The waiter.
    #[default]
    First,
    /// The staff's telephone rings for so many seconds; the waiter takes the call when nobody takes it there.
    StaffFirst { seconds: u32 },
    /// While the restaurant is open the staff's telephone alone; the waiter when it is closed.
    OffHours,
}

impl Answer {
    /// How long the staff's telephone rings before anybody else answers; `None`: it does not.
    pub fn staff_seconds(self) -> Option<u32> {
        match self {
            Self::First => None,
            Self::StaffFirst { seconds } => Some(seconds),
            Self::OffHours => Some(Self::RING_SECONDS),
        }
    }

    /// Five or six rings, below most mailboxes.
    pub const RING_SECONDS: u32 = 25;
}
