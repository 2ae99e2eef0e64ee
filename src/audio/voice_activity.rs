//! Is somebody speaking? One detector per call, fed frame by frame.

use earshot::Detector;

use super::loudness::{SILENT_DBFS, dbfs};
use super::resample::Upsampler;
use super::voicing::{VOICED, WINDOW, periodicity};
use super::{FRAME_MS, FRAME_SAMPLES};

/// Samples (16 kHz, 16 ms) the neural detector looks at in one step.
const STEP: usize = 256;
/// Level from which [`VoiceDetector::Loudness`] takes a frame for voice: scripted speech is at 0 dBFS, a quiet line
/// and breathing far below.
const VOICE_DBFS: f32 = -30.0;
/// What the network calls probable.
const PROBABLE: f32 = 0.5;
/// A frame this far below the caller's loudest is what the network still remembers, not what sounds: it holds on for
/// 180 ms after the last sound at -40 dBFS (median over 28 sentences), this brings it to 20 ms.
const FADED_DB: f32 = 24.0;
/// How fast the loudest frame is forgotten, dB a frame (10 dB a second).
const FORGET_DB: f32 = 0.2;
/// Voice without pitch for longer than this is breath or wind; the longest hiss inside a word is shorter.
const PITCHLESS_MS: u64 = 260;
/// A word may begin with this much of it ("two" with its t), less than it takes to cut in; a new word begins after
/// [`APART_MS`] in which the network heard nothing.
const ONSET_MS: u64 = 180;
const APART_MS: u64 = 200;

/// Tells voice from everything else on the line.
pub enum VoiceDetector {
    /// A small neural network (crate `earshot`, about 20 us a frame), and a second opinion on what it lets pass: is it
    /// loud enough beside this caller's voice, and has it had a pitch lately? Breath passes the network.
    Earshot(Box<Earshot>),
    /// Loud is voice: for scripted engines, whose speech is a full-scale square wave.
    Loudness,
}

/// The network, and what joins 20 ms frames at 8 kHz to its 16 ms steps at 16 kHz.
pub struct Earshot {
    detector: Box<Detector>,
    upsampler: Upsampler,
    waiting: Vec<f32>,
    recent: [i16; WINDOW],
    pitchless_ms: u64,
    /// Since the network last heard a voice.
    unlikely_ms: u64,
    /// The loudest voiced frame, slowly forgotten.
    loudest_dbfs: f32,
}

impl VoiceDetector {
    /// The neural detector, at rest.
    #[must_use]
    pub fn earshot() -> Self {
        Self::Earshot(Box::new(Earshot {
            detector: Detector::default_boxed(),
            upsampler: Upsampler::default(),
            waiting: Vec::with_capacity(2 * FRAME_SAMPLES + STEP),
            recent: [0; WINDOW],
            pitchless_ms: PITCHLESS_MS,
            unlikely_ms: APART_MS,
            loudest_dbfs: SILENT_DBFS,
        }))
    }

    /// How likely this frame holds a voice, 0..=1; from 0.5 on it probably does.
    pub fn push(&mut self, frame: &[i16; FRAME_SAMPLES]) -> f32 {
        match self {
            Self::Earshot(earshot) => earshot.push(frame),
            Self::Loudness if dbfs(frame) >= VOICE_DBFS => 1.0,
            Self::Loudness => 0.0,
        }
    }
}

impl Earshot {
    fn push(&mut self, frame: &[i16; FRAME_SAMPLES]) -> f32 {
        let likely = self.predict(frame);
        let level = dbfs(frame);
        self.recent.rotate_left(FRAME_SAMPLES);
        self.recent[WINDOW - FRAME_SAMPLES..].copy_from_slice(frame);
        self.loudest_dbfs -= FORGET_DB;
        self.pitchless_ms += FRAME_MS;
        if likely < PROBABLE {
            self.unlikely_ms += FRAME_MS;
            return likely;
        }
        if self.unlikely_ms >= APART_MS {
            self.pitchless_ms = PITCHLESS_MS - ONSET_MS;
        }
        self.unlikely_ms = 0;
        if periodicity(&self.recent) >= VOICED {
            self.pitchless_ms = 0;
            self.loudest_dbfs = self.loudest_dbfs.max(level);
        }
        let faded = level < self.loudest_dbfs - FADED_DB;
        if faded || self.pitchless_ms >= PITCHLESS_MS {
            return 0.0;
        }
        likely
    }

    /// A frame completes one or two steps; the likelier one speaks for the frame, so that a short word is not missed.
    fn predict(&mut self, frame: &[i16; FRAME_SAMPLES]) -> f32 {
        self.upsampler.push(frame, &mut self.waiting);
        let (steps, _) = self.waiting.as_chunks::<STEP>();
        let taken = steps.len() * STEP;
        let likeliest = steps
            .iter()
            .map(|step| self.detector.predict_f32(step))
            .fold(0.0, f32::max);
        self.waiting.drain(..taken);
        likeliest
    }
}

impl std::fmt::Debug for VoiceDetector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Earshot(_) => "VoiceDetector::Earshot",
            Self::Loudness => "VoiceDetector::Loudness",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::TelephoneBand;
    use rand::{RngExt as _, SeedableRng as _};

    #[test]
    fn a_silent_line_holds_no_voice() {
        let mut detector = VoiceDetector::earshot();
        assert!((0..50).all(|_| detector.push(&[0; FRAME_SAMPLES]) < 0.5));
        assert_eq!(VoiceDetector::Loudness.push(&[0; FRAME_SAMPLES]), 0.0);
    }

    #[test]
    fn the_quietest_and_the_loudest_samples_stay_in_range() {
        let mut detector = VoiceDetector::earshot();
        for level in [i16::MIN, i16::MAX, 1, -1] {
            let likely = detector.push(&[level; FRAME_SAMPLES]);
            assert!((0.0..=1.0).contains(&likely));
        }
    }

    /// Somebody breathing into the receiver: 2 s of swelling hiss at up to -36 dBFS in every 4 s.
    fn breath(seconds: usize) -> Vec<i16> {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let swell = |n: usize| (n as f32 / 16_000.0 * std::f32::consts::PI).sin().max(0.0);
        let mut samples: Vec<i16> = (0..seconds * 8000)
            .map(|n| (random.random_range(-1500.0f32..1500.0) * swell(n % 32_000)) as i16)
            .collect();
        TelephoneBand::new().apply(&mut samples);
        samples
    }

    #[test]
    fn breath_is_not_a_voice() {
        let breath = breath(20);
        let (frames, _) = breath.as_chunks::<FRAME_SAMPLES>();
        let VoiceDetector::Earshot(mut network) = VoiceDetector::earshot() else {
            panic!("earshot")
        };
        let alone = |frame| network.predict(frame);
        let passed = frames.iter().map(alone).filter(|p| *p >= PROBABLE).count();
        assert!(passed > 100, "the network alone is taken in: {passed}");
        let mut detector = VoiceDetector::earshot();
        let (mut run_ms, mut longest_ms) = (0, 0);
        for frame in frames {
            let voice = detector.push(frame) >= PROBABLE;
            run_ms = if voice { run_ms + FRAME_MS } else { 0 };
            longest_ms = longest_ms.max(run_ms);
        }
        assert!(
            longest_ms <= ONSET_MS,
            "breath never cuts in: {longest_ms} ms"
        );
    }

    #[test]
    fn scripted_speech_is_loud_enough_to_be_voice() {
        assert_eq!(VoiceDetector::Loudness.push(&[-32_124; FRAME_SAMPLES]), 1.0);
        assert_eq!(VoiceDetector::Loudness.push(&[300; FRAME_SAMPLES]), 0.0);
    }
}
