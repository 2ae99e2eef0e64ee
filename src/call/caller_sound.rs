//! The caller's sound as it comes in: mu-law bytes to samples, cut into 20 ms frames, with the last minute kept so that
//! a stretch of it can be recognised.

use std::sync::Arc;

use crate::audio::{VoiceDetector, mulaw};

/// 8 kHz telephone sound: eight samples a millisecond, 160 a frame.
const SAMPLES_PER_MS: u64 = 8;
const FRAME: usize = 160;
/// Milliseconds a frame lasts.
pub const FRAME_MS: u64 = 20;
/// How much is kept, samples: a minute.
const KEPT: usize = 60_000 * SAMPLES_PER_MS as usize;
/// The longest stretch that is recognised at once, milliseconds; the recogniser's cost grows with length.
const LONGEST_MS: u64 = 25_000;

/// One frame, scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredFrame {
    /// End of the frame in the caller's stream, milliseconds.
    pub end_ms: u64,
    /// Probability that a voice sounds in it.
    pub voice: f32,
}

/// A caller's stream.
pub struct CallerSound {
    detector: VoiceDetector,
    /// Samples kept; the first is number `dropped` of the stream.
    samples: Vec<i16>,
    dropped: u64,
    /// Samples already scored, counted from the stream's start.
    scored: u64,
}

impl std::fmt::Debug for CallerSound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CallerSound({} ms)", self.scored / SAMPLES_PER_MS)
    }
}

impl CallerSound {
    /// An empty stream, listened to by `detector`.
    pub fn new(detector: VoiceDetector) -> Self {
        Self { detector, samples: Vec::new(), dropped: 0, scored: 0 }
    }

    /// Takes mu-law bytes of any length and gives the frames they complete to `each`.
    pub fn push(&mut self, bytes: &[u8], mut each: impl FnMut(ScoredFrame)) {
        self.samples.extend(bytes.iter().map(|byte| mulaw::decode(*byte)));
        loop {
            let from = (self.scored - self.dropped) as usize;
            let Some(frame) = self.samples.get(from..from + FRAME) else { break };
            let voice = self.detector.push(frame);
            self.scored += FRAME as u64;
            each(ScoredFrame { end_ms: self.scored / SAMPLES_PER_MS, voice });
        }
        // Drops half at a time, so that the copy is paid once in half a minute.
        if self.samples.len() > KEPT {
            let drop = KEPT / 2;
            self.samples.drain(..drop);
            self.dropped += drop as u64;
        }
    }

    /// The samples from `from_ms` to `until_ms` of the stream; what is no longer kept, or too long ago to be
    /// recognised in one piece, is left out.
    pub fn stretch(&self, from_ms: u64, until_ms: u64) -> Arc<[i16]> {
        let from_ms = from_ms.max(until_ms.saturating_sub(LONGEST_MS));
        let index = |ms: u64| {
            let sample = (ms * SAMPLES_PER_MS).saturating_sub(self.dropped);
            usize::try_from(sample).unwrap_or(usize::MAX).min(self.samples.len())
        };
        let (from, until) = (index(from_ms), index(until_ms));
        self.samples[from.min(until)..until].into()
    }
}
