//! A loud room behind the caller: noise a fixed number of decibels below the voice (`SPOKEN_NOISE_DB=20`).

use maitred::audio::loudness::dbfs;
use maitred::audio::{SAMPLE_RATE, TelephoneBand, mulaw};
use maitred::cli::call::{Act, Clip, Voice};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Length of the loop, seconds.
const SECONDS: usize = 4;

/// Decibels between voice and noise, if a room is asked for.
pub fn asked_for() -> Option<f32> {
    let text = std::env::var("SPOKEN_NOISE_DB").ok()?;
    Some(text.parse().expect("SPOKEN_NOISE_DB is a number"))
}

/// White noise as the line carries it, `below` decibels under the loudness of this voice.
pub fn behind(voice: &mut Voice, below: f32) -> Act {
    let sample = voice
        .say("I'd like two large pizzas and a coke, please.")
        .unwrap();
    let wanted = dbfs(&mulaw::decode(&sample.sound)) - below;
    let mut rng = ChaCha8Rng::seed_from_u64(20);
    let mut noise: Vec<i16> = (0..SECONDS * SAMPLE_RATE as usize)
        .map(|_| rng.random_range(-8000..=8000))
        .collect();
    TelephoneBand::new().apply(&mut noise);
    let gain = 10f32.powf((wanted - dbfs(&noise)) / 20.0);
    for sample in &mut noise {
        *sample = (f32::from(*sample) * gain) as i16;
    }
    Act::Background {
        clip: Clip {
            text: format!("noise at -{below} dB"),
            sound: mulaw::encode(&noise).into(),
        },
    }
}

#[test]
fn the_noise_is_as_far_below_the_voice_as_asked() {
    let mut voice = Voice::Scripted;
    let speech = voice
        .say("I'd like two large pizzas and a coke, please.")
        .unwrap();
    let Act::Background { clip } = behind(&mut voice, 20.0) else {
        panic!("a room is a background");
    };
    let level = |sound: &[u8]| dbfs(&mulaw::decode(sound));
    let apart = level(&speech.sound) - level(&clip.sound);
    assert!((apart - 20.0).abs() < 0.5, "{apart} dB");
}
