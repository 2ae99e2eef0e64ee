//! Tests of the local engines. They need the models: see `models::for_tests` for what happens without.

use std::path::PathBuf;
use std::sync::Arc;

use super::models::for_tests;
use super::{Bias, CallerVoice, EngineChoice, Pronunciation, Speech, SpeechSettings, Voice};
use crate::audio::{TelephoneBand, loudness, mulaw};

fn heart(speech: &Speech) -> Voice {
    speech.voices(&[], None).remove(0)
}

fn load(models_dir: PathBuf) -> Speech {
    Speech::load(SpeechSettings {
        stt: vec![EngineChoice::Local],
        tts: vec![EngineChoice::Local],
        models_dir,
        cache_dir: None,
        cache_bytes: 0,
        threads: 1,
    })
    .expect("the models are here")
}

/// What a recogniser is given: the sound between two stretches of a quiet line, through the telephone's band.
fn over_the_line(samples: &[i16]) -> Arc<[i16]> {
    let mut line = vec![0; 2400];
    line.extend_from_slice(samples);
    line.extend([0; 3200]);
    TelephoneBand::new().apply(&mut line);
    mulaw::decode(&mulaw::encode(&line)).into()
}

#[tokio::test]
async fn what_the_waiter_says_is_understood_over_the_line() {
    let Some(models) = for_tests() else { return };
    let speech = load(models);
    speech.warm_up().await.expect("warm");
    let sound = speech
        .prompts
        .say(
            &heart(&speech),
            "Welcome to Luna. What would you like to order?",
            false,
        )
        .await
        .expect("spoken");
    let samples = mulaw::decode(&sound);
    assert!(
        (16_000..40_000).contains(&samples.len()),
        "{}",
        samples.len()
    );
    let heard = speech
        .transcribe(over_the_line(&samples), None)
        .await
        .expect("heard");
    assert!(
        heard
            .to_lowercase()
            .contains("what would you like to order"),
        "{heard}"
    );
}

#[tokio::test]
async fn a_prompt_begins_with_sound_and_is_as_loud_as_the_next() {
    let Some(models) = for_tests() else { return };
    let speech = load(models);
    for text in [
        "Anything else?",
        "That's two large pizzas, for thirty dollars and twenty cents.",
    ] {
        let sound = speech
            .prompts
            .say(&heart(&speech), text, false)
            .await
            .expect("spoken");
        let samples = mulaw::decode(&sound);
        let audible = loudness::sounding(&samples, 80, -40.0).expect("it is audible");
        assert!(
            audible.start <= 400,
            "{text}: {} ms of quiet first",
            audible.start / 8
        );
        assert!(
            (loudness::dbfs(&samples) + 20.5).abs() < 3.0,
            "{text}: {}",
            loudness::dbfs(&samples)
        );
    }
}

#[tokio::test]
async fn the_callers_voice_is_understood_and_menu_words_help() {
    let Some(models) = for_tests() else { return };
    let mut joe = CallerVoice::named("joe", &models).expect("the models are here");
    let speech = load(models);
    let bias = Some(Arc::new(Bias::new([
        "Burrito bowl",
        "Black beans",
        "Carnitas",
    ])));
    let samples = joe
        .say("I want one burrito bowl with black beans.")
        .expect("spoken");
    let heard = speech
        .transcribe(over_the_line(&samples), bias)
        .await
        .expect("heard");
    assert!(
        heard
            .to_lowercase()
            .contains("burrito bowl with black beans"),
        "{heard}"
    );
}

#[tokio::test]
async fn silence_noise_and_a_scrap_of_sound_are_no_words() {
    let Some(models) = for_tests() else { return };
    let speech = load(models);
    for samples in [vec![0i16; 16_000], vec![], vec![900; 100]] {
        let heard = speech
            .transcribe(samples.into(), None)
            .await
            .expect("heard");
        assert_eq!(heard, "");
    }
}

#[tokio::test]
async fn a_text_without_words_is_no_sound() {
    let Some(models) = for_tests() else { return };
    let speech = load(models);
    for text in ["", "...", "\u{1F355}"] {
        let sound = speech
            .prompts
            .say(&heart(&speech), text, false)
            .await
            .expect("spoken");
        assert!(sound.is_empty(), "{text:?}");
    }
}

#[tokio::test]
async fn figures_and_signs_cost_no_sentence() {
    let Some(dir) = for_tests() else { return };
    let sounds = Pronunciation::open(&dir).unwrap();
    let of = |text: &str| sounds.phonemes(text).unwrap().concat();
    // As letters are, they are read where no dictionary has the word.
    assert!(of("21-22").contains("tˈu"), "{}", of("21-22"));
    for text in [
        "One 21-22.",
        "One № 5.",
        "One 🍕 slice.",
        "One 10\" pie.",
        "One ½ + ½.",
    ] {
        let said = of(text);
        assert!(said.contains("wˈʌn"), "{text}: {said}");
    }
}
