//! The last touch on every synthetic voice: one loudness for all sentences, no silence around them.

use crate::audio::resample::to_i16;
use crate::audio::{SAMPLES_PER_MS, loudness};

/// Level speech is brought to, dBFS over its loud parts: as a nearby talker on a digital line.
const SPEECH_DBFS: f32 = -20.0;
/// Windows this far below the loudest one do not count as speech.
const SPEECH_RANGE_DB: f32 = 25.0;
/// What counts as sound where a sentence begins: quiet that is kept here is waited for on every turn.
const BEGINS_DBFS: f32 = -46.0;
/// What counts as sound where it ends: the s of a plural is about this faint, and costs nobody any time.
const ENDS_DBFS: f32 = -60.0;
/// Quiet kept before and after the sound, so that no consonant is cut, ms.
const MARGIN_MS: usize = 20;
/// Most that is ever amplified, as a factor: silence stays silence.
const MAX_GAIN: f32 = 100.0;

/// Model output (8 kHz, any scale) as line samples: level, peaks bent instead of cut, edges trimmed. Empty when there
/// is no sound in it.
pub(in crate::speech) fn finish(sound: &[f32]) -> Vec<i16> {
    let gain = gain(sound);
    let levelled: Vec<f32> = sound.iter().map(|value| bend(value * gain)).collect();
    trim(&to_i16(&levelled)).to_vec()
}

fn gain(sound: &[f32]) -> f32 {
    let powers: Vec<f32> = sound
        .chunks(20 * SAMPLES_PER_MS)
        .map(|window| window.iter().map(|v| v * v).sum::<f32>() / window.len() as f32)
        .collect();
    let loudest = powers.iter().copied().fold(0.0, f32::max);
    let floor = loudest * 10f32.powf(-SPEECH_RANGE_DB / 10.0);
    let (sum, count) = powers
        .iter()
        .filter(|power| **power >= floor)
        .fold((0.0, 0), |(sum, count), power| (sum + power, count + 1));
    if loudest <= 0.0 {
        return 0.0;
    }
    let level = (sum / count as f32).sqrt();
    (10f32.powf(SPEECH_DBFS / 20.0) / level).min(MAX_GAIN)
}

/// Linear up to 0.7, then ever flatter towards 1.
fn bend(value: f32) -> f32 {
    const KNEE: f32 = 0.7;
    let over = value.abs() - KNEE;
    if over <= 0.0 {
        return value;
    }
    (KNEE + (1.0 - KNEE) * (over / (1.0 - KNEE)).tanh()).copysign(value)
}

fn trim(samples: &[i16]) -> &[i16] {
    let (margin, window) = (MARGIN_MS * SAMPLES_PER_MS, 5 * SAMPLES_PER_MS);
    let begins = loudness::sounding(samples, window, BEGINS_DBFS);
    let ends = loudness::sounding(samples, window, ENDS_DBFS);
    match begins.zip(ends) {
        Some((begins, ends)) => {
            &samples[begins.start.saturating_sub(margin)..(ends.end + margin).min(samples.len())]
        }
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32, samples: usize) -> Vec<f32> {
        (0..samples)
            .map(|n| amplitude * (n as f32 * 0.7).sin())
            .collect()
    }

    #[test]
    fn quiet_and_loud_voices_come_out_alike_and_without_silence() {
        for amplitude in [0.02, 0.5, 3.0] {
            let mut sound = vec![0.0; 4000];
            sound.extend(tone(amplitude, 8000));
            sound.extend(vec![0.0; 4000]);
            let finished = finish(&sound);
            assert!((loudness::dbfs(&finished[800..6400]) - SPEECH_DBFS).abs() < 1.0);
            assert!(
                (8000..=8400).contains(&finished.len()),
                "{}",
                finished.len()
            );
        }
    }

    #[test]
    fn silence_has_nothing_to_say() {
        assert!(finish(&[]).is_empty());
        assert!(finish(&[0.0; 8000]).is_empty());
    }

    #[test]
    fn peaks_are_bent_not_wrapped() {
        assert!(bend(50.0) <= 1.0 && bend(-50.0) >= -1.0);
        assert_eq!(bend(0.3), 0.3);
    }
}
