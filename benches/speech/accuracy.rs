//! Word error rates: each sentence spoken by a voice, through a telephone line, recognised, compared.

use std::sync::Arc;

use maitred::audio::{TelephoneBand, mulaw};
use maitred::speech::{Bias, CallerVoice, Speech, models};

use crate::sentences::{MENU, ORDERS};

/// Deviation of the line's noise, 16-bit steps: none, a quiet line, a noisy room (30 and 20 dB below the voice).
const NOISES: [(&str, f32); 3] = [("clean", 0.0), ("30 dB", 100.0), ("20 dB", 327.0)];
const STRENGTHS: [f32; 4] = [0.0, 0.4, 0.7, 1.0];

/// Prints the table.
pub async fn print(speech: &Speech) {
    println!(
        "\nword error rate, %, of {} sentences, by strength of the menu bias",
        ORDERS.len()
    );
    print!("{:<16}", "voice, line");
    STRENGTHS
        .iter()
        .for_each(|strength| print!("{strength:>7.1}"));
    println!();
    let models = std::env::var_os("MAITRED_MODELS").map_or_else(models::default_dir, Into::into);
    for name in ["joe", "heart"] {
        let mut voice = match CallerVoice::named(name, &models) {
            Ok(voice) => voice,
            Err(error) => {
                println!("{name}: {error}");
                continue;
            }
        };
        let spoken: Vec<Vec<i16>> = ORDERS
            .iter()
            .map(|text| voice.say(text).expect("spoken"))
            .collect();
        for (line, noise) in NOISES {
            print!("{:<16}", format!("{name}, {line}"));
            for strength in STRENGTHS {
                print!(
                    "{:>7.1}",
                    error_rate(speech, &spoken, noise, strength).await
                );
            }
            println!();
        }
    }
}

async fn error_rate(speech: &Speech, spoken: &[Vec<i16>], noise: f32, strength: f32) -> f32 {
    let bias = Arc::new(Bias::with_strength(MENU.iter().copied(), strength));
    let (mut errors, mut words) = (0, 0);
    for (text, samples) in ORDERS.iter().zip(spoken) {
        let bias = (strength > 0.0).then(|| Arc::clone(&bias));
        let heard = speech.transcribe(over_the_line(samples, noise), bias).await;
        let (said, heard) = (normal(text), normal(&heard.expect("heard")));
        errors += distance(&said, &heard);
        words += said.len();
    }
    100.0 * errors as f32 / words as f32
}

/// A segment as the recogniser gets it: 300 ms of pre-roll, 400 ms of silence at the end, noise, band, mu-law.
fn over_the_line(samples: &[i16], noise: f32) -> Arc<[i16]> {
    let mut line = vec![0i16; 2400];
    line.extend_from_slice(samples);
    line.extend([0; 3200]);
    let mut seed = 1u32;
    let mut even = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / 16_777_216.0 - 0.5
    };
    for sample in &mut line {
        // The sum of twelve even draws has deviation one.
        let hiss: f32 = (0..12).map(|_| even()).sum::<f32>() * noise;
        *sample = (f32::from(*sample) + hiss) as i16;
    }
    TelephoneBand::new().apply(&mut line);
    mulaw::decode(&mulaw::encode(&line)).into()
}

/// Lower-case words; digits up to twelve as words, spellings that mean the same joined.
fn normal(text: &str) -> Vec<String> {
    let digits = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    text.to_lowercase()
        .replace("'ll", " will")
        .replace("to-night", "tonight")
        .replace("to night", "tonight")
        .replace("margarita", "margherita")
        .replace("bbq", "barbecue")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.parse::<usize>()
                .ok()
                .and_then(|n| digits.get(n).copied())
                .unwrap_or(word)
                .to_owned()
        })
        .collect()
}

/// Words to change, add or drop.
fn distance(a: &[String], b: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, word) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(word != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
