//! Does sound hold a voice's pitch? Vowels repeat themselves with the vocal cords; breath, wind and hiss do not, however
//! loud they are.
//!
//! Measured as every pitch tracker since Rabiner (1977) does, by normalised autocorrelation. Over a telephone line the
//! shortest words of both callers' voices ("six", "yes") stay above [`VOICED`] for 64 ms and more; loud breath reaches
//! 0.32.

use super::SAMPLES_PER_MS;

/// Samples judged at once: 46 ms, two periods of the deepest voice.
pub const WINDOW: usize = STRETCH + MAX_PERIOD;
/// From here on the sound repeats itself as a voice does.
pub const VOICED: f32 = 0.5;

/// The stretch that is compared with itself, moved by one period (32 ms).
const STRETCH: usize = 32 * SAMPLES_PER_MS;
/// 2.5 ms, 400 Hz.
const MIN_PERIOD: usize = 5 * SAMPLES_PER_MS / 2;
/// 14 ms, 71 Hz.
const MAX_PERIOD: usize = 14 * SAMPLES_PER_MS;
/// Step between windows of a longer sound: 16 ms.
const STEP: usize = 16 * SAMPLES_PER_MS;

/// How well a window (8 kHz) repeats itself at its best period: 1 exactly, 0 not at all.
#[must_use]
pub fn periodicity(window: &[i16; WINDOW]) -> f32 {
    let samples = window.map(f32::from);
    let (still, all) = (&samples[..STRETCH], &samples[..]);
    let energy = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>();
    let here = energy(still);
    let mut best = 0.0f32;
    for period in MIN_PERIOD..=MAX_PERIOD {
        let moved = &all[period..period + STRETCH];
        let product: f32 = still.iter().zip(moved).map(|(a, b)| a * b).sum();
        // The louder of the two, so that the onset of a noise does not look like a repetition of its first samples.
        let scale = here.max(energy(moved));
        if scale > 0.0 {
            best = best.max(product / scale);
        }
    }
    best
}

/// Milliseconds of a sound (8 kHz) that have a pitch, in steps of 16.
#[must_use]
pub fn voiced_ms(samples: &[i16]) -> u64 {
    let mut steps = 0;
    let mut rest = samples;
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        steps += u64::from(periodicity(window) >= VOICED);
        rest = &rest[STEP..];
    }
    steps * (STEP / SAMPLES_PER_MS) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _};

    /// Half a second of a pitch with its overtones, as cords make them.
    fn hum(hertz: f32) -> Vec<i16> {
        let wave = |n: usize, overtone: f32| {
            (n as f32 * hertz * overtone * std::f32::consts::TAU / 8000.0).sin()
        };
        (0..4000)
            .map(|n| (3000.0 * (wave(n, 2.0) + wave(n, 3.0) + wave(n, 5.0))) as i16)
            .collect()
    }

    fn hiss(peak: i16) -> Vec<i16> {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        (0..4000)
            .map(|_| random.random_range(-peak..=peak))
            .collect()
    }

    #[test]
    fn low_and_high_voices_have_a_pitch() {
        for hertz in [80.0, 120.0, 220.0, 390.0] {
            assert!(voiced_ms(&hum(hertz)) > 400, "{hertz}");
        }
    }

    #[test]
    fn loud_hiss_and_silence_have_none() {
        assert_eq!(voiced_ms(&hiss(20_000)), 0);
        assert_eq!(voiced_ms(&[0; 4000]), 0);
        assert_eq!(voiced_ms(&[]), 0);
    }

    #[test]
    fn a_voice_in_noise_keeps_its_pitch() {
        let noisy: Vec<i16> = hum(150.0)
            .iter()
            .zip(hiss(2500))
            .map(|(a, b)| a + b)
            .collect();
        assert!(voiced_ms(&noisy) > 300);
    }
}
