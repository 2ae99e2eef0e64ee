//! The lengths a call lives by, all in milliseconds.

use crate::audio::TurnSettings;

/// How audio is handed to Twilio.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayoutSettings {
    /// Largest piece of audio in one message, and the distance between marks.
    pub piece_ms: u64,
    /// Smallest piece: a shorter rest joins the piece before it.
    pub least_ms: u64,
    /// Most audio sent and not yet played.
    pub most_unplayed_ms: u64,
    /// A mark this late counts as returned.
    pub mark_grace_ms: u64,
}

impl Default for PlayoutSettings {
    fn default() -> Self {
        Self {
            piece_ms: 500,
            least_ms: 50,
            most_unplayed_ms: 60_000,
            mark_grace_ms: 3_000,
        }
    }
}

/// Everything a call's machine can be told.
#[derive(Clone, Debug, PartialEq)]
pub struct CallSettings {
    pub turn: TurnSettings,
    pub playout: PlayoutSettings,
    /// Silence before a nudge; twice this before the second, three times before the goodbye.
    pub nudge_ms: u64,
    /// Wall clock without any recognised word after which the call ends.
    pub no_words_ms: u64,
    /// Longest call.
    pub longest_ms: u64,
    /// How long before that the caller is told.
    pub longest_warning_ms: u64,
    /// An utterance longer than this is recognised in pieces.
    pub segment_ms: u64,
    /// A caller who goes on before this much of our answer sounded continues the same turn.
    pub join_ms: u64,
    /// Frames missing for this long while somebody speaks count as silence.
    pub stall_ms: u64,
}

impl Default for CallSettings {
    fn default() -> Self {
        Self {
            turn: TurnSettings::default(),
            playout: PlayoutSettings::default(),
            nudge_ms: 8_000,
            no_words_ms: 120_000,
            longest_ms: 600_000,
            longest_warning_ms: 60_000,
            segment_ms: 12_000,
            join_ms: 700,
            stall_ms: 1_500,
        }
    }
}
