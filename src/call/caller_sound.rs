//! The caller's sound as it comes in: mu-law bytes to samples, cut into 20 ms frames and scored, with the last minute
//! kept so that a stretch of it can be recognised.

use std::sync::Arc;

use crate::audio::{Framer, SAMPLES_PER_MS, VoiceDetector, mulaw};

/// Milliseconds of sound kept.
const MAX_KEPT_MS: u64 = 60_000;
/// The longest stretch recognised at once, milliseconds; the recogniser's cost grows with length.
const MAX_STRETCH_MS: u64 = 25_000;

/// One frame, scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredFrame {
    /// End of the frame in the caller's stream, milliseconds.
    pub end_ms: u64,
    /// Probability that a voice sounds in it.
    pub voice: f32,
}

/// A caller's stream.
#[derive(Debug)]
pub struct CallerSound {
    detector: VoiceDetector,
    framer: Framer,
    /// Samples kept; the first is sample `dropped` of the stream.
    samples: Vec<i16>,
    dropped: u64,
    /// End of the last scored frame, milliseconds.
    scored_ms: u64,
}

impl CallerSound {
    /// An empty stream, listened to by `detector`.
    pub fn new(detector: VoiceDetector) -> Self {
        Self {
            detector,
            framer: Framer::new(),
            samples: Vec::new(),
            dropped: 0,
            scored_ms: 0,
        }
    }

    /// Takes mu-law bytes of any length and returns the frames they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<ScoredFrame> {
        let from = self.samples.len();
        mulaw::decode_into(bytes, &mut self.samples);
        let mut frames = Vec::new();
        let Self {
            detector,
            framer,
            samples,
            scored_ms,
            ..
        } = self;
        framer.push(&samples[from..], |frame| {
            *scored_ms += crate::audio::FRAME_MS;
            frames.push(ScoredFrame {
                end_ms: *scored_ms,
                voice: detector.push(frame),
            });
        });
        let kept = (MAX_KEPT_MS * SAMPLES_PER_MS as u64) as usize;
        // Drops half at a time, so that the copy is paid once in half a minute.
        if self.samples.len() > kept {
            self.samples.drain(..kept / 2);
            self.dropped += kept as u64 / 2;
        }
        frames
    }

    /// The samples from `from_ms` to `until_ms` of the stream; what is no longer kept, or too far back to be recognised
    /// in one piece, is left out.
    pub fn stretch(&self, from_ms: u64, until_ms: u64) -> Arc<[i16]> {
        let from_ms = from_ms.max(until_ms.saturating_sub(MAX_STRETCH_MS));
        let index = |ms: u64| {
            let sample = (ms * SAMPLES_PER_MS as u64).saturating_sub(self.dropped);
            usize::try_from(sample)
                .unwrap_or(usize::MAX)
                .min(self.samples.len())
        };
        let (from, until) = (index(from_ms), index(until_ms));
        self.samples[from.min(until)..until].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_any_length_become_frames_in_stream_time() {
        let mut sound = CallerSound::new(VoiceDetector::earshot());
        assert_eq!(sound.push(&[0xff; 100]), vec![]);
        let frames = sound.push(&[0xff; 300]);
        assert_eq!(
            frames.iter().map(|frame| frame.end_ms).collect::<Vec<_>>(),
            vec![20, 40]
        );
        assert_eq!(sound.stretch(10, 40).len(), 240);
        assert_eq!(
            sound.stretch(10, 1_000).len(),
            320,
            "no further than what came"
        );
    }

    #[test]
    fn an_endless_stream_keeps_a_minute_at_most() {
        let mut sound = CallerSound::new(VoiceDetector::earshot());
        for _ in 0..150 {
            sound.push(&[0x80; 4000]);
        }
        assert!(sound.samples.len() <= 480_000, "{}", sound.samples.len());
        assert_eq!(sound.stretch(74_000, 75_000).len(), 8000);
        assert_eq!(sound.stretch(0, 75_000).len(), 25 * 8000);
    }
}
