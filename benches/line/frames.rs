//! What each 20 ms frame costs besides listening, and what understanding costs for each utterance.

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use maitred::audio::{FRAME_SAMPLES, mulaw};
use maitred::config::{self, Capabilities};
use maitred::conversation::{CompiledMenu, Waiter};
use maitred::twilio::media_message::{Inbound, Media, Outbound, Track};

use crate::mix::CALLS;

const STREAM: &str = "MZ00000000000000000000000000000000";

/// Prints both tables.
pub fn print() {
    let bytes: Vec<u8> = (0..FRAME_SAMPLES).map(|n| (n * 37 % 251) as u8).collect();
    let text = Inbound::Media(Media {
        sequence: 1234,
        stream_sid: STREAM.into(),
        track: Track::Inbound,
        chunk: 1233,
        timestamp_ms: Some(24_660),
        payload: payload(&bytes),
    })
    .to_json();
    let samples = mulaw::decode(&bytes);
    println!("\nnanoseconds per 20 ms frame (160 bytes; median of nine rounds of 20000)");
    let (mut sound, mut decoded) = (Vec::new(), Vec::new());
    each("in: JSON, base64, mu-law", 20_000, || {
        sound.clear();
        decoded.clear();
        if let Ok(Inbound::Media(media)) = Inbound::parse(black_box(&text)) {
            media.decode_into(&mut sound).expect("it is base64");
        }
        mulaw::decode_into(&sound, &mut decoded);
        black_box(&decoded);
    });
    each("out: mu-law, base64, JSON", 20_000, || {
        let payload = Cow::Owned(mulaw::encode(black_box(&samples)));
        black_box(Outbound::Media { payload }.to_json(STREAM));
    });
    understanding();
}

/// The payload as Twilio writes it, taken from a message of ours.
fn payload(bytes: &[u8]) -> Cow<'static, str> {
    let written = Outbound::Media {
        payload: bytes.into(),
    }
    .to_json(STREAM);
    let message: serde_json::Value = serde_json::from_str(&written).expect("our own JSON");
    let payload = message["media"]["payload"].as_str().unwrap_or_default();
    payload.to_owned().into()
}

/// The café's menu, the sentences of the mix.
fn understanding() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/restaurants.d/north-pier-cafe.yaml"
    );
    let text = std::fs::read(file).expect("the example is there");
    let reading = config::read(&text, &Capabilities::embedded());
    let restaurant = reading.restaurant.expect("the example is valid");
    let items = restaurant.menu.items.len();
    let sentences: Vec<&str> = CALLS
        .iter()
        .flat_map(|(_, turns)| turns.iter().map(|(_, text)| *text))
        .collect();
    println!(
        "\nmicroseconds, menu of {items} items, {} sentences",
        sentences.len()
    );
    let began = Instant::now();
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    println!(
        "  {:<28} {:>9.0}",
        "compile the menu, once",
        began.elapsed().as_secs_f64() * 1e6
    );
    let now = jiff::Timestamp::now().to_zoned_datetime(restaurant.schedule.timezone.clone());
    let waiter = Waiter::new(Arc::clone(&restaurant), Arc::clone(&menu));
    let mut understand = Vec::new();
    let mut hear = Vec::new();
    for sentence in &sentences {
        understand.push(time(20, || {
            black_box(menu.understand(black_box(sentence), &[]));
        }));
        hear.push(time(20, || {
            black_box(waiter.clone().hear(black_box(sentence), &now));
        }));
    }
    for (name, mut times) in [
        ("understand one utterance", understand),
        ("the whole turn", hear),
    ] {
        times.sort_by(f64::total_cmp);
        let (middle, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "  {name:<28} {:>9.0}   slowest {:.0}",
            middle * 1e6,
            most * 1e6
        );
    }
}

fn each(name: &str, times: u32, mut work: impl FnMut()) {
    let mut rounds: Vec<f64> = (0..9).map(|_| time(times, &mut work)).collect();
    rounds.sort_by(f64::total_cmp);
    println!("  {name:<28} {:>7.0}", rounds[4] * 1e9);
}

/// Seconds of one of so many runs.
fn time(runs: u32, mut work: impl FnMut()) -> f64 {
    let began = Instant::now();
    for _ in 0..runs {
        work();
    }
    began.elapsed().as_secs_f64() / f64::from(runs)
}
