//! The caller's sound as it comes in: mu-law bytes to samples at their place in the stream, cut into 20 ms frames and
//! scored, with the last minute kept so that a stretch of it can be recognised.
//!
//! The stream's clock is Twilio's: a message says when its sound began. What was lost on the way (Twilio dropped it, or our
//! queue was full) is silence of the same length, so that no pause and no transcript line moves.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::stream_clock::{Place, StreamClock};
use crate::audio::{FRAME_MS, FRAME_SAMPLES, Framer, SAMPLES_PER_MS, VoiceDetector, mulaw};

/// Milliseconds of sound kept.
const MAX_KEPT_MS: u64 = 60_000;
/// The longest stretch recognised at once, milliseconds; the recogniser's cost grows with length.
const MAX_STRETCH_MS: u64 = 25_000;
/// Gaps remembered for sound that may still come late.
const MAX_GAPS: usize = 32;

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
    clock: StreamClock,
    /// Samples kept; the first is sample `dropped` of the stream.
    samples: Vec<i16>,
    dropped: u64,
    /// Stretches of the stream that are silence only because their sound has not come, in samples.
    gaps: VecDeque<Range<u64>>,
    /// End of the last scored frame, milliseconds.
    scored_ms: u64,
}

impl CallerSound {
    /// An empty stream, listened to by `detector`.
    pub fn new(detector: VoiceDetector) -> Self {
        Self {
            detector,
            framer: Framer::new(),
            clock: StreamClock::default(),
            samples: Vec::new(),
            dropped: 0,
            gaps: VecDeque::new(),
            scored_ms: 0,
        }
    }

    /// Takes mu-law bytes of any length and returns the frames they complete, those of a gap before them first.
    ///
    /// `timestamp_ms`: when they began, as the sender counts; without one they follow what came before. `elapsed_ms`: how
    /// long the call has lasted, which no stream can be far ahead of.
    pub fn push(
        &mut self,
        bytes: &[u8],
        timestamp_ms: Option<u64>,
        elapsed_ms: u64,
    ) -> Vec<ScoredFrame> {
        let mut frames = Vec::new();
        match self
            .clock
            .place(timestamp_ms, bytes.len() as u64, self.end(), elapsed_ms)
        {
            Place::Late { from } => self.fill_in(from, bytes),
            Place::Next { gap } => {
                self.be_silent(gap, &mut frames);
                let from = self.samples.len();
                mulaw::decode_into(bytes, &mut self.samples);
                self.score(from, &mut frames);
                self.drop_oldest();
            }
        }
        frames
    }

    /// The samples from `from_ms` to `until_ms` of the stream; what is no longer kept, or too far back to be recognised
    /// in one piece, is left out.
    pub fn stretch(&self, from_ms: u64, until_ms: u64) -> Arc<[i16]> {
        let from_ms = from_ms.max(until_ms.saturating_sub(MAX_STRETCH_MS));
        let (from, until) = (
            self.index(from_ms * SAMPLES_PER_MS as u64),
            self.index(until_ms * SAMPLES_PER_MS as u64),
        );
        self.samples[from.min(until)..until].into()
    }

    /// The samples of the frame that ends at `end_ms`; none when it is no longer kept.
    pub fn frame(&self, end_ms: u64) -> &[i16] {
        let sample = |ms: u64| self.index(ms * SAMPLES_PER_MS as u64);
        &self.samples[sample(end_ms.saturating_sub(FRAME_MS))..sample(end_ms)]
    }

    /// The sample of the stream that comes next.
    fn end(&self) -> u64 {
        self.dropped + self.samples.len() as u64
    }

    /// Where a sample of the stream is kept; the nearest that is, for one that is not.
    fn index(&self, sample: u64) -> usize {
        usize::try_from(sample.saturating_sub(self.dropped))
            .unwrap_or(usize::MAX)
            .min(self.samples.len())
    }

    /// Scores the frames that the samples from index `from` on complete.
    fn score(&mut self, from: usize, frames: &mut Vec<ScoredFrame>) {
        let Self {
            detector,
            framer,
            samples,
            scored_ms,
            ..
        } = self;
        framer.push(&samples[from..], |frame| {
            *scored_ms += FRAME_MS;
            frames.push(ScoredFrame {
                end_ms: *scored_ms,
                voice: detector.push(frame),
            });
        });
    }

    /// So many samples did not come. The frames wholly among them hold no voice, without asking the detector.
    fn be_silent(&mut self, gap: u64, frames: &mut Vec<ScoredFrame>) {
        if gap == 0 {
            return;
        }
        let from = self.end();
        let mut left = gap;
        while left > 0 {
            let waiting = self.framer.waiting().len();
            let whole = left >= FRAME_SAMPLES as u64 && waiting == 0;
            let piece = (FRAME_SAMPLES - waiting).min(usize::try_from(left).unwrap_or(usize::MAX));
            let at = self.samples.len();
            self.samples.resize(at + piece, 0);
            if whole {
                self.scored_ms += FRAME_MS;
                frames.push(ScoredFrame {
                    end_ms: self.scored_ms,
                    voice: 0.0,
                });
            } else {
                self.score(at, frames);
            }
            self.drop_oldest();
            left -= piece as u64;
        }
        self.gaps.push_back(from..from + gap);
        if self.gaps.len() > MAX_GAPS {
            self.gaps.pop_front();
        }
    }

    /// Sound that comes late is put where it belongs, if silence stands there in its stead; its frames were scored already.
    /// Sound that was there before is not wanted twice.
    fn fill_in(&mut self, from: u64, bytes: &[u8]) {
        let until = from + bytes.len() as u64;
        let Some(at) = self
            .gaps
            .iter()
            .position(|gap| gap.start < until && from < gap.end)
        else {
            return;
        };
        let Some(gap) = self.gaps.remove(at) else {
            return;
        };
        let filled = gap.start.max(from)..gap.end.min(until);
        for rest in [filled.end..gap.end, gap.start..filled.start] {
            if !rest.is_empty() {
                self.gaps.insert(at, rest);
            }
        }
        let kept = filled.start.max(self.dropped)..filled.end;
        if kept.is_empty() {
            return;
        }
        // Both lie within the bytes, because the filled part does.
        let (first, last) = ((kept.start - from) as usize, (kept.end - from) as usize);
        let (to, sound) = (self.index(kept.start), mulaw::decode(&bytes[first..last]));
        self.samples[to..to + sound.len()].copy_from_slice(&sound);
    }

    /// Drops half at a time, so that the copy is paid once in half a minute.
    fn drop_oldest(&mut self) {
        let kept = (MAX_KEPT_MS * SAMPLES_PER_MS as u64) as usize;
        if self.samples.len() > kept {
            self.samples.drain(..kept / 2);
            self.dropped += kept as u64 / 2;
            while self.gaps.front().is_some_and(|gap| gap.end <= self.dropped) {
                self.gaps.pop_front();
            }
        }
    }
}

#[cfg(test)]
#[path = "caller_sound_tests.rs"]
mod tests;
