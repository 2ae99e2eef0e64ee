//! Where a piece of the caller's sound belongs in the stream, by the sender's timestamps. Pure.

use crate::audio::{FRAME_SAMPLES, SAMPLES_PER_MS};

/// How far a stream may be ahead of the call, milliseconds: it began before the session did, and sound waits on the way.
const MAX_LEAD_MS: u64 = 5_000;
/// Pieces in a row that lie in the past before the sender is taken to count from somewhere else: a second of them.
const MAX_LATE_IN_A_ROW: u32 = 50;

/// Times that a stream is counted anew before its timestamps are left alone: they mean nothing.
const MAX_ANEW: u32 = 2;

/// Where a piece belongs; all in samples of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind everything that came before it and `gap` that did not come.
    Next { gap: u64 },
    /// In what is past already: it comes twice, or too late.
    Late { from: u64 },
}

/// Follows the timestamps of one stream.
#[derive(Clone, Debug, Default)]
pub(super) struct StreamClock {
    /// Added to the sender's count (in samples) to have ours. 0 as long as the sender counts from the stream's beginning.
    offset: i128,
    late_in_a_row: u32,
    /// Times that it was counted anew.
    anew: u32,
}

impl StreamClock {
    /// Places `length` samples that began at `timestamp_ms`, where `end` samples are there and the call has lasted
    /// `elapsed_ms`. A piece off by less than a frame is jitter and follows what is there.
    ///
    /// Timestamps are believed as far as they can be true. One that is ahead of the call, or a row of them that stays in
    /// the past, is a sender who counts otherwise: the stream goes on without a gap, and is counted from there.
    pub(super) fn place(
        &mut self,
        timestamp_ms: Option<u64>,
        length: u64,
        end: u64,
        elapsed_ms: u64,
    ) -> Place {
        let Some(timestamp_ms) = timestamp_ms.filter(|_| self.anew < MAX_ANEW) else {
            return Place::Next { gap: 0 };
        };
        let per_ms = SAMPLES_PER_MS as i128;
        let from = i128::from(timestamp_ms) * per_ms + self.offset;
        let ahead = from - i128::from(end);
        if length > 0 && ahead + i128::from(length) <= 0 {
            self.late_in_a_row += 1;
            if self.late_in_a_row <= MAX_LATE_IN_A_ROW {
                let from = u64::try_from(from).unwrap_or(0);
                return Place::Late { from };
            }
        }
        let lead = i128::from(elapsed_ms.saturating_add(MAX_LEAD_MS)) * per_ms;
        let believed = self.late_in_a_row <= MAX_LATE_IN_A_ROW && from <= lead;
        self.late_in_a_row = 0;
        if !believed {
            self.offset -= ahead;
            self.anew += 1;
            return Place::Next { gap: 0 };
        }
        let gap = if ahead < FRAME_SAMPLES as i128 {
            0
        } else {
            u64::try_from(ahead).unwrap_or(0)
        };
        Place::Next { gap }
    }
}
