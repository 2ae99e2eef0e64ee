//! Spectrum to sound, for the hibari voice: a pulse train from the pitch, shaped by the harmonic part of the spectrum,
//! plus shaped noise, plus a part with free phase, through one inverse Fourier transform per frame.
//!
//! A port of hibari's `dsp.py` (Apache-2.0, see `docs/licences.md`), changed to compute at 8 kHz from the start: of the
//! 601 frequency bins (20 Hz each, up to 12 kHz) only the telephone's lowest 200 are transformed, so nothing has to be
//! filtered and decimated afterwards, and the work is a third.

use std::f32::consts::PI;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// Samples in a frame's window at 8 kHz (50 ms; the model's 1200 at 24 kHz).
const WINDOW: usize = 400;
/// Samples from frame to frame (12.5 ms; the model's 300).
const HOP: usize = 100;
/// Bins of 20 Hz below 4 kHz, and 4 kHz itself.
const BINS: usize = WINDOW / 2 + 1;
/// The spectrum fades out from here (3.6 kHz) to 4 kHz, so that nothing folds back.
const FADE_FROM: usize = 180;
const RATE: f32 = 8000.0;
/// Below this pitch (Hz) a frame is unvoiced.
const VOICED_FROM: f32 = 40.0;
/// Highest harmonic of the pulse train, Hz.
const HIGHEST: f32 = 3900.0;
/// Magnitudes are logarithms; the model means none above this one.
const LOUDEST: f32 = 7.0;
/// Bell-curve values drawn once; frames read them from random places.
const NOISE: usize = 1 << 15;

/// What the model says of one piece of speech. Spectra are `[601, frames]`, row after row; only the first
/// [`BINS`] rows are read.
pub(super) struct Spectrum<'a> {
    pub(super) frames: usize,
    /// Log magnitude and phase (as a share of pi, before tanh) of the harmonic part.
    pub(super) harmonic: &'a [f32],
    pub(super) harmonic_phase: &'a [f32],
    /// Log magnitude of the noise.
    pub(super) noise: &'a [f32],
    /// Log magnitude and phase of the free part.
    pub(super) free: &'a [f32],
    pub(super) free_phase: &'a [f32],
    /// Pitch per frame, Hz.
    pub(super) pitch: &'a [f32],
}

/// The transforms and tables, reusable.
pub(super) struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: [f32; WINDOW],
    fade: [f32; BINS],
    noise: Vec<f32>,
}

impl Vocoder {
    pub(super) fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let mut window = [0.0; WINDOW];
        for (n, value) in window.iter_mut().enumerate() {
            *value = 0.5 - 0.5 * (2.0 * PI * n as f32 / WINDOW as f32).cos();
        }
        let mut fade = [1.0; BINS];
        for (bin, value) in fade.iter_mut().enumerate().skip(FADE_FROM) {
            let share = (bin - FADE_FROM) as f32 / (BINS - 1 - FADE_FROM) as f32;
            *value = 0.5 + 0.5 * (PI * share).cos();
        }
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        Self {
            forward: planner.plan_fft_forward(WINDOW),
            inverse: planner.plan_fft_inverse(WINDOW),
            window,
            fade,
            noise: (0..NOISE).map(|_| random.bell()).collect(),
        }
    }

    /// 100 samples at 8 kHz per frame, on the model's own scale. Equal input gives equal output.
    pub(super) fn sound(&self, spectrum: &Spectrum<'_>) -> Vec<f32> {
        let frames = spectrum.frames;
        let source = reflect_padded(&pulses(spectrum.pitch));
        let mut random = Random(frames as u64 ^ 0xD1B5_4A32_D192_ED03);
        let mut sound = vec![0.0f32; (frames + WINDOW / HOP - 1) * HOP];
        let mut weight = vec![0.0f32; sound.len()];
        let mut segment = vec![0.0f32; WINDOW];
        let mut bins = vec![Complex32::default(); BINS];
        for frame in 0..frames {
            let at = frame * HOP;
            for (n, value) in segment.iter_mut().enumerate() {
                *value = source[at + n] * self.window[n] / (WINDOW as f32 / 4.0);
            }
            // Lengths are the plan's own, which is all these two calls can complain about.
            let _ = self.forward.process(&mut segment, &mut bins);
            self.shape(spectrum, frame, &mut bins, random.next() as usize);
            let _ = self.inverse.process(&mut bins, &mut segment);
            for (n, value) in segment.iter().enumerate() {
                sound[at + n] += value * self.window[n] / (WINDOW as f32 * 3.0);
                weight[at + n] += self.window[n] * self.window[n];
            }
        }
        let half = WINDOW / 2;
        sound
            .iter()
            .zip(&weight)
            .map(|(value, weight)| value / weight.max(1e-8))
            .skip(half)
            .take(frames * HOP)
            .collect()
    }

    /// Turns the pulse train's spectrum of one frame into speech's.
    fn shape(&self, spectrum: &Spectrum<'_>, frame: usize, bins: &mut [Complex32], seed: usize) {
        let magnitude = |log: f32| log.min(LOUDEST).exp();
        for (bin, value) in bins.iter_mut().enumerate() {
            let at = bin * spectrum.frames + frame;
            let turn = PI * spectrum.harmonic_phase[at].tanh();
            let noise = Complex32::new(
                self.noise[(seed + 2 * bin) % NOISE],
                self.noise[(seed + 2 * bin + 1) % NOISE],
            );
            let harmonic = *value * Complex32::from_polar(magnitude(spectrum.harmonic[at]), turn);
            let free = Complex32::from_polar(magnitude(spectrum.free[at]), spectrum.free_phase[at]);
            *value = (harmonic + noise * magnitude(spectrum.noise[at]) + free) * self.fade[bin];
        }
        // A real signal has no imaginary part at its two ends.
        bins[0].im = 0.0;
        bins[BINS - 1].im = 0.0;
    }
}

/// Every harmonic of the pitch up to [`HIGHEST`], all at amplitude one: the closed form of a sum of cosines. Between
/// frames the pitch is interpolated linearly; unvoiced stretches are silent.
fn pulses(pitch: &[f32]) -> Vec<f32> {
    let mut train = Vec::with_capacity(pitch.len() * HOP);
    let last = pitch.len().saturating_sub(1);
    let mut cycles = 0.0f64;
    for sample in 0..pitch.len() * HOP {
        let place = (sample as f32 + 0.5) / HOP as f32 - 0.5;
        let (before, share) = (place.floor(), place - place.floor());
        let left = pitch[(before.max(0.0) as usize).min(last)];
        let right = pitch[((before + 1.0).max(0.0) as usize).min(last)];
        let hz = left * (1.0 - share) + right * share;
        let sounding = hz.max(VOICED_FROM);
        cycles = (cycles + f64::from(sounding / RATE)).fract();
        train.push(if hz > VOICED_FROM {
            harmonics(cycles as f32 * 2.0 * PI, (HIGHEST / sounding).floor() + 0.5)
        } else {
            0.0
        });
    }
    train
}

/// cos(x) + cos(2x) + .. up to `count` - 1/2 harmonics.
fn harmonics(angle: f32, count: f32) -> f32 {
    let divisor = 2.0 * (angle * 0.5).sin();
    let sum = if divisor.abs() <= 2e-3 {
        count
    } else {
        (count * angle).sin() / divisor
    };
    sum - 0.5
}

/// The signal with half a window of its own mirror image at both ends.
fn reflect_padded(signal: &[f32]) -> Vec<f32> {
    let half = WINDOW / 2;
    let last = signal.len().saturating_sub(1);
    let head = (1..=half).rev().map(|n| signal[n.min(last)]);
    let tail = (1..=half).map(|n| signal[last.saturating_sub(n)]);
    head.chain(signal.iter().copied()).chain(tail).collect()
}

/// A small generator (xorshift64*): noise has to be plain and quick, not unpredictable.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// Mean 0, deviation 1: the sum of twelve even draws from 0..1, less six.
    fn bell(&mut self) -> f32 {
        (0..12)
            .map(|_| (self.next() & 0xFF_FFFF) as f32 / 16_777_216.0)
            .sum::<f32>()
            - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: usize = 601;

    #[test]
    fn a_steady_pitch_makes_a_wave_of_that_period() {
        let train = pulses(&[100.0; 20]);
        assert_eq!(train.len(), 2000);
        let peaks: Vec<usize> = (1..1999)
            .filter(|&n| train[n] > 20.0 && train[n] >= train[n - 1] && train[n] > train[n + 1])
            .collect();
        assert!(peaks.len() >= 23);
        assert!(
            peaks.windows(2).all(|pair| pair[1] - pair[0] == 80),
            "{peaks:?}"
        );
        assert!(pulses(&[0.0; 5]).iter().all(|value| *value == 0.0));
    }

    #[test]
    fn silence_in_the_spectrum_is_silence_in_the_sound() {
        let (quiet, zero) = (vec![-30.0; ROWS * 8], vec![0.0; ROWS * 8]);
        let spectrum = Spectrum {
            frames: 8,
            harmonic: &quiet,
            harmonic_phase: &zero,
            noise: &quiet,
            free: &quiet,
            free_phase: &zero,
            pitch: &[120.0; 8],
        };
        let sound = Vocoder::new().sound(&spectrum);
        assert_eq!(sound.len(), 800);
        assert!(sound.iter().all(|value| value.abs() < 1e-6));
    }

    #[test]
    fn one_harmonic_comes_out_as_its_tone() {
        // Bin 10 is 200 Hz, the second harmonic of 100 Hz; bins 9 and 11 belong to its lobe.
        let (mut loud, quiet, zero) = (
            vec![-30.0; ROWS * 40],
            vec![-30.0; ROWS * 40],
            vec![0.0; ROWS * 40],
        );
        for bin in 9..=11 {
            loud[bin * 40..(bin + 1) * 40].fill(5.0);
        }
        let spectrum = Spectrum {
            frames: 40,
            harmonic: &loud,
            harmonic_phase: &zero,
            noise: &quiet,
            free: &quiet,
            free_phase: &zero,
            pitch: &[100.0; 40],
        };
        let sound = Vocoder::new().sound(&spectrum);
        let middle = &sound[1000..3000];
        let part = |hz: f32, shift: f32| -> f32 {
            middle
                .iter()
                .enumerate()
                .map(|(n, v)| v * (2.0 * PI * hz * n as f32 / RATE + shift).sin())
                .sum()
        };
        let power = |hz: f32| part(hz, 0.0).hypot(part(hz, PI / 2.0));
        assert!(power(200.0) > 50.0 * power(300.0) && power(200.0) > 50.0 * power(100.0));
    }
}
