//! Changing the sample rate: 8 to 16 kHz for recognisers, any rate to any other for recordings and voices.

use rubato::audioadapter_buffers::owned::InterleavedOwned;
use rubato::{Fft, FixedSync, Resampler};
use thiserror::Error;

/// Distance in samples of the outermost tap from the middle one, at 16 kHz: 49 taps in all.
const REACH: usize = 24;
/// Taps that are not zero on one side of the middle of a half-band filter.
const SIDE: usize = REACH / 2;
/// Samples (8 kHz) by which [`Upsampler`]'s output trails its input.
const DELAY: usize = SIDE;

/// A rate change that cannot be done.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("change the sample rate from {from} Hz to {to} Hz: {reason}")]
pub struct ResampleError {
    from: u32,
    to: u32,
    reason: String,
}

/// Turns a stream of 8 kHz samples into 16 kHz, two for one, 1.5 ms late. Values are scaled to -1..=1.
///
/// A half-band filter: every other tap is zero, so each input sample passes unchanged and one new sample is computed
/// between two old ones.
#[derive(Clone, Debug)]
pub struct Upsampler {
    between: [f32; 2 * SIDE],
    /// The last `2 * SIDE` samples, oldest first.
    past: [f32; 2 * SIDE],
}

impl Default for Upsampler {
    fn default() -> Self {
        Self {
            between: half_band(),
            past: [0.0; 2 * SIDE],
        }
    }
}

impl Upsampler {
    /// Appends two values per sample to `into`.
    pub fn push(&mut self, samples: &[i16], into: &mut Vec<f32>) {
        into.reserve(2 * samples.len());
        for &sample in samples {
            self.past.copy_within(1.., 0);
            self.past[2 * SIDE - 1] = f32::from(sample) / 32_768.0;
            let new: f32 = self
                .past
                .iter()
                .zip(&self.between)
                .map(|(x, h)| x * h)
                .sum();
            // `past[SIDE - 1]` lies just before the new value, `past[SIDE]` just after it.
            into.push(self.past[SIDE - 1]);
            into.push(new.clamp(-1.0, 1.0));
        }
    }
}

/// The taps between old samples: a sinc of half the band under a Blackman window, scaled to pass 0 Hz unchanged.
fn half_band() -> [f32; 2 * SIDE] {
    use std::f64::consts::PI;
    let mut taps = [0.0f64; 2 * SIDE];
    for (index, tap) in taps.iter_mut().enumerate() {
        // Odd distances from the middle tap: -23, -21, .. 21, 23.
        let distance = 2.0 * index as f64 - (REACH as f64 - 1.0);
        let position = (distance + REACH as f64) / (2.0 * REACH as f64);
        let window = 0.42 - 0.5 * (2.0 * PI * position).cos() + 0.08 * (4.0 * PI * position).cos();
        *tap = (PI * distance / 2.0).sin() / (PI * distance / 2.0) * window;
    }
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
}

/// A whole 8 kHz buffer at 16 kHz: twice as many values, -1..=1, aligned with the input.
#[must_use]
pub fn double(samples: &[i16]) -> Vec<f32> {
    let mut out = Vec::with_capacity(2 * (samples.len() + DELAY));
    let mut upsampler = Upsampler::default();
    upsampler.push(samples, &mut out);
    upsampler.push(&[0; DELAY], &mut out);
    out.drain(..2 * DELAY);
    out
}

/// A whole buffer from one rate to another; the length changes by the ratio, rounded up.
///
/// # Errors
/// When a rate is zero or the ratio is beyond what the filter can do.
pub fn convert(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>, ResampleError> {
    let failed = |reason: String| ResampleError { from, to, reason };
    if from == to || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let mut resampler = Fft::<f32>::new(from as usize, to as usize, 1024, 1, FixedSync::Input)
        .map_err(|e| failed(e.to_string()))?;
    let input = InterleavedOwned::new_from(samples.to_vec(), 1, samples.len())
        .map_err(|e| failed(e.to_string()))?;
    let output = resampler
        .process_all(&input, samples.len(), None)
        .map_err(|e| failed(e.to_string()))?;
    Ok(output.take_data())
}

/// Values of -1..=1 as 16-bit samples; louder ones are cut.
#[must_use]
pub fn to_i16(values: &[f32]) -> Vec<i16> {
    values
        .iter()
        .map(|&value| (value * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tone(hz: f64, rate: f64, seconds: f64) -> Vec<f32> {
        (0..(rate * seconds) as usize)
            .map(|n| (0.5 * (2.0 * std::f64::consts::PI * hz * n as f64 / rate).sin()) as f32)
            .collect()
    }

    fn rms(values: &[f32]) -> f32 {
        (values.iter().map(|v| v * v).sum::<f32>() / values.len() as f32).sqrt()
    }

    #[test]
    fn a_doubled_tone_lies_on_the_tone_drawn_at_sixteen_kilohertz() {
        for hz in [200.0, 1000.0, 3000.0] {
            let got = double(&to_i16(&tone(hz, 8000.0, 0.25)));
            let want = tone(hz, 16_000.0, 0.25);
            let error: Vec<f32> = got.iter().zip(&want).map(|(a, b)| a - b).collect();
            assert!(rms(&error[100..3900]) < 0.01, "{hz} Hz");
        }
    }

    #[test]
    fn a_tone_keeps_its_level_through_a_general_conversion() {
        let got =
            convert(&tone(1000.0, 22_050.0, 0.5), 22_050, 8000).expect("both rates are usual");
        let want = tone(1000.0, 8000.0, 0.5);
        assert!((rms(&got[400..3600]) - rms(&want[400..3600])).abs() < 0.005);
    }

    #[test]
    fn what_the_lower_rate_cannot_carry_is_filtered_out() {
        let got =
            convert(&tone(6000.0, 24_000.0, 0.5), 24_000, 8000).expect("both rates are usual");
        assert!(rms(&got[400..3600]) < 0.005);
    }

    #[test]
    fn a_rate_of_zero_is_refused() {
        assert!(convert(&[0.0; 10], 0, 8000).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn doubling_gives_two_for_one(samples in proptest::collection::vec(any::<i16>(), 0..600)) {
            let doubled = double(&samples);
            prop_assert_eq!(doubled.len(), 2 * samples.len());
            prop_assert!(doubled.iter().all(|v| (-1.0..=1.0).contains(v)));
        }

        #[test]
        fn a_stream_in_pieces_is_the_stream_at_once(
            samples in proptest::collection::vec(any::<i16>(), 0..600), cut in 0usize..600,
        ) {
            let (mut whole, mut pieces) = (Vec::new(), Vec::new());
            Upsampler::default().push(&samples, &mut whole);
            let (head, tail) = samples.split_at(cut.min(samples.len()));
            let mut upsampler = Upsampler::default();
            upsampler.push(head, &mut pieces);
            upsampler.push(tail, &mut pieces);
            prop_assert_eq!(whole, pieces);
        }

        #[test]
        fn lengths_follow_the_ratio(
            length in 0usize..5000,
            from in proptest::sample::select(vec![8000u32, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000]),
        ) {
            let got = convert(&vec![0.1; length], from, 8000).expect("usual rates");
            prop_assert_eq!(got.len(), (length * 8000).div_ceil(from as usize));
        }
    }
}
