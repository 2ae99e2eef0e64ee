//! Is somebody speaking? One detector per call, fed frame by frame.

use earshot::Detector;

use super::FRAME_SAMPLES;
use super::loudness::dbfs;
use super::resample::Upsampler;

/// Samples (16 kHz, 16 ms) the neural detector looks at in one step.
const STEP: usize = 256;
/// Level from which [`VoiceDetector::Loudness`] takes a frame for voice: scripted speech is at 0 dBFS, a quiet line
/// and breathing far below.
const VOICE_DBFS: f32 = -30.0;

/// Tells voice from everything else on the line.
pub enum VoiceDetector {
    /// A small neural network (crate `earshot`, about 20 us a frame).
    Earshot(Box<Earshot>),
    /// Loud is voice: for scripted engines, whose speech is a full-scale square wave.
    Loudness,
}

/// The network, and what joins 20 ms frames at 8 kHz to its 16 ms steps at 16 kHz.
pub struct Earshot {
    detector: Box<Detector>,
    upsampler: Upsampler,
    waiting: Vec<f32>,
}

impl VoiceDetector {
    /// The neural detector, at rest.
    #[must_use]
    pub fn earshot() -> Self {
        Self::Earshot(Box::new(Earshot {
            detector: Detector::default_boxed(),
            upsampler: Upsampler::default(),
            waiting: Vec::with_capacity(2 * FRAME_SAMPLES + STEP),
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
    /// A frame completes one or two steps; the likelier one speaks for the frame, so that a short word is not missed.
    fn push(&mut self, frame: &[i16; FRAME_SAMPLES]) -> f32 {
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

    #[test]
    fn scripted_speech_is_loud_enough_to_be_voice() {
        assert_eq!(VoiceDetector::Loudness.push(&[-32_124; FRAME_SAMPLES]), 1.0);
        assert_eq!(VoiceDetector::Loudness.push(&[300; FRAME_SAMPLES]), 0.0);
    }
}
