//! What a telephone line leaves of a voice: 300 to 3400 Hz.

use std::f64::consts::PI;

use super::SAMPLE_RATE;

/// Quality factors of the two halves of a fourth-order Butterworth filter: 1 / (2 cos(pi/8)) and 1 / (2 cos(3 pi/8)).
const BUTTERWORTH_4: [f64; 2] = [0.541_196_1, 1.306_563];

/// A fourth-order Butterworth band-pass at 8 kHz, as a stream filter: feed it pieces of any length.
#[derive(Clone, Debug)]
pub struct TelephoneBand {
    sections: [Section; 4],
}

impl Default for TelephoneBand {
    fn default() -> Self {
        let [a, b] = BUTTERWORTH_4;
        Self {
            sections: [
                Section::high_pass(300.0, a),
                Section::high_pass(300.0, b),
                Section::low_pass(3400.0, a),
                Section::low_pass(3400.0, b),
            ],
        }
    }
}

impl TelephoneBand {
    /// A line at rest.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Filters the next samples of the stream in place.
    pub fn apply(&mut self, samples: &mut [i16]) {
        for sample in samples {
            let value = self
                .sections
                .iter_mut()
                .fold(f64::from(*sample), |x, section| section.step(x));
            *sample = value.round().clamp(-32_768.0, 32_767.0) as i16;
        }
    }
}

/// One second-order section, transposed direct form II. Coefficients after R. Bristow-Johnson's audio EQ cookbook.
#[derive(Clone, Debug)]
struct Section {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Section {
    fn low_pass(hz: f64, q: f64) -> Self {
        let (cos, alpha) = Self::corner(hz, q);
        Self::normalised(
            [(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0],
            cos,
            alpha,
        )
    }

    fn high_pass(hz: f64, q: f64) -> Self {
        let (cos, alpha) = Self::corner(hz, q);
        Self::normalised(
            [(1.0 + cos) / 2.0, -1.0 - cos, (1.0 + cos) / 2.0],
            cos,
            alpha,
        )
    }

    fn corner(hz: f64, q: f64) -> (f64, f64) {
        let omega = 2.0 * PI * hz / f64::from(SAMPLE_RATE);
        (omega.cos(), omega.sin() / (2.0 * q))
    }

    fn normalised(b: [f64; 3], cos: f64, alpha: f64) -> Self {
        let a0 = 1.0 + alpha;
        Self {
            b: b.map(|x| x / a0),
            a: [-2.0 * cos / a0, (1.0 - alpha) / a0],
            state: [0.0; 2],
        }
    }

    fn step(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::loudness::dbfs;

    /// The filter's gain at `hz`, dB, once it has settled.
    fn gain(hz: f64) -> f32 {
        let tone: Vec<i16> = (0..8000)
            .map(|n| (10_000.0 * (2.0 * PI * hz * f64::from(n) / 8000.0).sin()) as i16)
            .collect();
        let mut filtered = tone.clone();
        TelephoneBand::new().apply(&mut filtered);
        dbfs(&filtered[4000..]) - dbfs(&tone[4000..])
    }

    #[test]
    fn the_middle_of_the_band_passes_and_its_edges_lose_three_decibels() {
        assert!(gain(1000.0).abs() < 0.2);
        assert!((gain(300.0) + 3.0).abs() < 0.3);
        assert!((gain(3400.0) + 3.0).abs() < 0.3);
    }

    #[test]
    fn rumble_and_hiss_are_cut() {
        assert!(gain(100.0) < -30.0);
        assert!(gain(3900.0) < -25.0);
    }

    #[test]
    fn pieces_sound_like_the_whole() {
        let noise: Vec<i16> = (0..1000i32)
            .map(|n| ((n * 7919) % 20_001 - 10_000) as i16)
            .collect();
        let mut whole = noise.clone();
        TelephoneBand::new().apply(&mut whole);
        let mut pieces = noise;
        let mut line = TelephoneBand::new();
        pieces.chunks_mut(77).for_each(|piece| line.apply(piece));
        assert_eq!(pieces, whole);
    }
}
