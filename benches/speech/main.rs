//! What speech costs and how well it is understood: `cargo bench --bench speech`. Needs the models.
//!
//! Prints the tables of `docs/speech.md`: milliseconds per utterance (median of nine), cost of the codecs and the voice
//! detector, memory, and word error rates over a telephone line with and without menu words to expect.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "measures on this machine, and stops when it cannot"
)]

mod accuracy;
mod sentences;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use maitred::audio::{FRAME_SAMPLES, VoiceDetector, mulaw, resample};
use maitred::speech::{EngineChoice, Speech, SpeechSettings, models};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let before = resident_mb();
    let began = Instant::now();
    let speech = Speech::load(SpeechSettings {
        stt: vec![EngineChoice::Local],
        tts: vec![EngineChoice::Local],
        models_dir: std::env::var_os("MAITRED_MODELS").map_or_else(models::default_dir, Into::into),
        cache_dir: None,
        cache_bytes: 0,
        threads: 0,
    })
    .expect("the models are needed: maitred models fetch");
    speech.warm_up().await.expect("the engines run");
    println!("load and warm-up: {:.1} s", began.elapsed().as_secs_f32());
    println!("memory: {before} MB before, {} MB warm", resident_mb());
    synthesis(&speech).await;
    recognition(&speech).await;
    println!("memory: {} MB after use", resident_mb());
    line_costs();
    accuracy::print(&speech).await;
}

async fn synthesis(speech: &Speech) {
    println!("\nsay, ms (median of 9) and share of real time");
    for text in [
        "Anything else?",
        "Welcome to Bella's Pizza. What would you like to order?",
        "That's one medium margherita, and two garlic breads. Your total is twenty-three dollars and eighty cents.",
    ] {
        let mut bytes = 0;
        let mut times = Vec::new();
        for _ in 0..9 {
            let began = Instant::now();
            bytes = speech
                .prompts
                .say(&speech.voices(&[], None)[0], text, false)
                .await
                .expect("spoken")
                .len();
            times.push(began.elapsed().as_secs_f64());
        }
        let (ms, seconds) = (1000.0 * median(&mut times), bytes as f64 / 8000.0);
        println!(
            "  {seconds:>4.1} s of speech: {ms:>6.1} ms, {:.3}",
            ms / 1000.0 / seconds
        );
    }
}

async fn recognition(speech: &Speech) {
    println!("\nrecognise, ms (median of 9)");
    let text = "I'd like two large pepperoni pizzas, one garlic bread with cheese, a garden salad and three cokes please.";
    let sound = speech
        .prompts
        .say(&speech.voices(&[], None)[0], text, false)
        .await
        .expect("spoken");
    let samples = mulaw::decode(&sound);
    for seconds in [1, 3, 6] {
        let piece: Arc<[i16]> = samples
            .iter()
            .copied()
            .cycle()
            .take(8000 * seconds)
            .collect();
        let mut times = Vec::new();
        for _ in 0..9 {
            let began = Instant::now();
            let _ = black_box(
                speech
                    .transcribe(Arc::clone(&piece), None)
                    .await
                    .expect("heard"),
            );
            times.push(began.elapsed().as_secs_f64());
        }
        println!(
            "  {seconds} s of speech: {:>6.1} ms",
            1000.0 * median(&mut times)
        );
    }
}

/// What every frame of every call costs.
fn line_costs() {
    let bytes: Vec<u8> = (0..FRAME_SAMPLES * 500)
        .map(|n| (n * 37 % 251) as u8)
        .collect();
    let samples = mulaw::decode(&bytes);
    println!("\nmicroseconds per 20 ms frame");
    per_frame("mu-law decode", || {
        drop(black_box(mulaw::decode(black_box(&bytes))))
    });
    per_frame("mu-law encode", || {
        drop(black_box(mulaw::encode(black_box(&samples))))
    });
    per_frame("8 to 16 kHz", || {
        drop(black_box(resample::double(black_box(&samples))))
    });
    let mut detector = VoiceDetector::earshot();
    let (frames, _) = samples.as_chunks::<FRAME_SAMPLES>();
    per_frame("voice detector", || {
        black_box(frames.iter().map(|frame| detector.push(frame)).sum::<f32>());
    });
}

/// `work` handles 500 frames.
fn per_frame(what: &str, mut work: impl FnMut()) {
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64() / 500.0
        })
        .collect();
    println!("  {what:<16} {:>7.2}", 1e6 * median(&mut times));
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Resident memory, MB; 0 where /proc does not tell.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1000
}
