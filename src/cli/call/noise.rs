//! What sounds behind a caller: breath into the receiver, or a room. Always the same, so that calls can be repeated.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::audio::{SAMPLE_RATE, TelephoneBand, mulaw};

use super::plan::Clip;
use super::script::Noise;

/// Length of a loop, seconds.
const SECONDS: usize = 4;
/// Peak of a breath: about -36 dBFS, loud enough to wake a detector that only looks at level.
const BREATH_PEAK: f32 = 1500.0;
/// A quiet room: about -56 dBFS.
const HISS_PEAK: f32 = 100.0;

/// One loop of a background; empty for [`Noise::Off`].
pub fn background(noise: Noise) -> Clip {
    let length = SECONDS * SAMPLE_RATE as usize;
    let (text, swell): (&str, fn(f32) -> f32) = match noise {
        Noise::Off => {
            return Clip {
                text: "quiet".to_owned(),
                sound: [].into(),
            };
        }
        // In for 1.2 s, out for 1.6 s, then a rest.
        Noise::Breath => ("breath", |second| match second {
            s if s < 1.2 => BREATH_PEAK * 0.6 * (s / 1.2 * std::f32::consts::PI).sin(),
            s if s < 2.8 => BREATH_PEAK * ((s - 1.2) / 1.6 * std::f32::consts::PI).sin(),
            _ => 0.0,
        }),
        Noise::Hiss => ("hiss", |_| HISS_PEAK),
    };
    let mut random = ChaCha8Rng::seed_from_u64(20);
    let mut samples: Vec<i16> = (0..length)
        .map(|n| {
            let level = swell(n as f32 / SAMPLE_RATE as f32);
            (random.random_range(-1.0f32..1.0) * level) as i16
        })
        .collect();
    TelephoneBand::new().apply(&mut samples);
    Clip {
        text: text.to_owned(),
        sound: mulaw::encode(&samples).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::loudness;

    #[test]
    fn breath_swells_and_rests_and_hiss_is_steady() {
        let breath = mulaw::decode(&background(Noise::Breath).sound);
        assert!(loudness::dbfs(&breath[15_000..17_000]) > -42.0);
        assert!(loudness::dbfs(&breath[24_000..]) < -60.0);
        let hiss = mulaw::decode(&background(Noise::Hiss).sound);
        assert!(loudness::dbfs(&hiss) < -50.0);
        assert!(loudness::dbfs(&hiss) > -65.0);
        assert!(background(Noise::Off).sound.is_empty());
    }
}
