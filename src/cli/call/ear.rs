//! The caller's ear: when does the agent speak? Judged on the sound at the playing end, -40 dBFS over 10 ms.

use crate::audio::{SAMPLES_PER_MS, mulaw};

/// A window this loud counts as sound (the threshold of the latency promise).
pub const SOUND_DBFS: f32 = -40.0;
/// Samples judged at a time: 10 ms.
pub const WINDOW: usize = 10 * SAMPLES_PER_MS;
/// Quiet this long, in samples, ends what the agent was saying (400 ms: longer than a breath between sentences).
pub const UTTERANCE_GAP: u64 = 400 * SAMPLES_PER_MS as u64;

/// Mean square of a window at [`SOUND_DBFS`].
const SOUND_POWER: f32 = 32_768.0 * 32_768.0 * 1e-4;

/// Whether a window of mu-law bytes is sound.
pub fn is_sound(window: &[u8]) -> bool {
    let power: f32 = window
        .iter()
        .map(|byte| {
            let sample = f32::from(mulaw::decode_sample(*byte));
            sample * sample
        })
        .sum();
    power >= SOUND_POWER * window.len() as f32 && !window.is_empty()
}

/// One stretch of agent sound, in samples since `start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utterance {
    pub from: u64,
    pub to: u64,
}

/// Follows the heard track as it grows.
#[derive(Debug, Default)]
pub struct Ear {
    /// Bytes of the track already judged; a multiple of [`WINDOW`].
    judged: usize,
    current: Option<Utterance>,
    /// Where the agent was last heard, even if the utterance is over.
    last: Option<Utterance>,
}

/// What the ear noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// The agent begins to speak.
    Began(Utterance),
    /// The agent has been quiet for [`UTTERANCE_GAP`].
    Finished(Utterance),
}

impl Ear {
    /// Judges what was added to `track` since the last time.
    pub fn listen(&mut self, track: &[u8], mut notice: impl FnMut(Noticed)) {
        while self.judged + WINDOW <= track.len() {
            let from = self.judged as u64;
            let to = from + WINDOW as u64;
            if is_sound(&track[self.judged..self.judged + WINDOW]) {
                match &mut self.current {
                    Some(utterance) => utterance.to = to,
                    None => {
                        let began = Utterance { from, to };
                        self.current = Some(began);
                        notice(Noticed::Began(began));
                    }
                }
                self.last = self.current;
            } else if let Some(utterance) = self.current
                && to - utterance.to >= UTTERANCE_GAP
            {
                self.current = None;
                notice(Noticed::Finished(utterance));
            }
            self.judged += WINDOW;
        }
    }

    /// The stream is over, and with it an utterance that was still going on.
    pub fn hush(&mut self) -> Option<Utterance> {
        self.current.take()
    }

    /// The latest utterance of the agent, still going on or over.
    pub fn last(&self) -> Option<Utterance> {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(ms: usize) -> Vec<u8> {
        [mulaw::encode_sample(4000), mulaw::encode_sample(-4000)].repeat(ms * SAMPLES_PER_MS / 2)
    }

    fn quiet(ms: usize) -> Vec<u8> {
        vec![mulaw::SILENCE; ms * SAMPLES_PER_MS]
    }

    #[test]
    fn two_sentences_with_a_breath_between_are_one_utterance() {
        let track = [quiet(100), tone(500), quiet(300), tone(300), quiet(500)].concat();
        let mut ear = Ear::default();
        let mut noticed = Vec::new();
        // Fed as it grows, in pieces that do not fit the windows.
        for end in (0..=track.len()).step_by(77).chain([track.len()]) {
            ear.listen(&track[..end], |n| noticed.push(n));
        }
        let whole = Utterance {
            from: 800,
            to: 1200 * 8,
        };
        assert_eq!(noticed.len(), 2);
        assert!(matches!(noticed[0], Noticed::Began(u) if u.from == 800));
        assert_eq!(noticed[1], Noticed::Finished(whole));
        assert_eq!(ear.last(), Some(whole));
    }

    #[test]
    fn a_whisper_below_the_threshold_is_not_sound() {
        let faint = [mulaw::encode_sample(200), mulaw::encode_sample(-200)].repeat(40);
        assert!(!is_sound(&faint));
        assert!(is_sound(&tone(10)));
        assert!(!is_sound(&[]));
    }
}
