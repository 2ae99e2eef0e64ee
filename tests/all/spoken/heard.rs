//! Is the waiter understood? What the phone heard of it is transcribed and compared with what it meant to say.

use std::fmt;
use std::sync::Arc;

use maitred::audio::mulaw;
use maitred::record::Speaker;
use maitred::speech::{EngineChoice, Speech, SpeechSettings, models};
use maitred::words::{Language, SoundKey, likeness, speakable};

use super::line::Call;

/// The transcription of many calls beside their text.
pub struct Heard {
    words: usize,
    errors: usize,
    read_backs: usize,
    found: usize,
    missed: Vec<String>,
}

impl Heard {
    /// Transcribes every utterance of the waiter.
    pub async fn of(calls: &[Call]) -> Self {
        let settings = SpeechSettings {
            stt: EngineChoice::Local,
            tts: EngineChoice::Scripted,
            models_dir: models::default_dir(),
            cache_dir: None,
            cache_bytes: 0,
            threads: 2,
        };
        let speech = Speech::load(settings).unwrap();
        let mut heard = Self {
            words: 0,
            errors: 0,
            read_backs: 0,
            found: 0,
            missed: Vec::new(),
        };
        for call in calls {
            for &utterance in &call.report.agent {
                let samples: Arc<[i16]> = mulaw::decode(call.report.agent_sound(utterance)).into();
                let transcribed = speech.ears.recognise(samples, None).await.unwrap();
                heard.compare(call, utterance.from / 8, utterance.to / 8, &transcribed);
            }
        }
        heard
    }

    fn compare(&mut self, call: &Call, from_ms: u64, to_ms: u64, transcribed: &str) {
        let lines: Vec<&str> = call
            .record
            .transcript
            .iter()
            // The record's clock starts with `start` at the server, the phone's with its own first frame.
            .filter(|line| {
                line.who == Speaker::Agent && (from_ms..to_ms).contains(&(line.at_ms + 150))
            })
            .map(|line| line.heard.as_str())
            .collect();
        let text = lines.join(" ");
        let (meant, got) = (words(&text), words(transcribed));
        self.words += meant.len();
        self.errors += distance(&meant, &got);
        if text.contains("total is") {
            self.read_backs += 1;
            let missing = missing(call, &text, transcribed, &got);
            if missing.is_empty() {
                self.found += 1;
            } else {
                self.missed
                    .push(format!("{missing:?} in {transcribed:?} of {text:?}"));
            }
        }
    }

    pub fn word_error_rate(&self) -> f64 {
        self.errors as f64 / self.words.max(1) as f64
    }
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "SPOKEN waiter transcribed: WER {:.1} % of {} words; every item and the total found in {} of {} read-backs",
            100.0 * self.word_error_rate(),
            self.words,
            self.found,
            self.read_backs
        )?;
        self.missed
            .iter()
            .try_for_each(|missed| writeln!(f, "  missed {missed}"))
    }
}

/// Items and total of a read-back that cannot be found by sound.
fn missing(call: &Call, text: &str, transcribed: &str, got: &[String]) -> Vec<String> {
    let menu = &call.wanted.restaurant.menu;
    let folded = words(text).join(" ");
    let mut items: Vec<_> = menu
        .items
        .iter()
        .filter(|item| folded.contains(&words(&item.name).join(" ")))
        .collect();
    // "Croissant" is not in the order because "Almond croissant" is.
    let names: Vec<String> = items.iter().map(|item| item.name.to_lowercase()).collect();
    items.retain(|item| {
        let name = item.name.to_lowercase();
        !names
            .iter()
            .any(|other| *other != name && other.contains(&name))
    });
    let mut missing: Vec<String> = items
        .iter()
        .filter(|item| {
            let said = item.say_as.as_ref().unwrap_or(&item.name);
            !sounds_in(&words(&item.name), got) && !sounds_in(&words(said), got)
        })
        .map(|item| item.name.clone())
        .collect();
    let total = text
        .split("total is ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or_default();
    let digits: String = total.chars().filter(char::is_ascii_digit).collect();
    // The recogniser writes "twenty-one twenty-two" as 2122, $21.22 or in words.
    let written: String = transcribed
        .chars()
        .filter(|c| !matches!(c, '$' | '.' | ','))
        .collect();
    if !written.split_whitespace().any(|word| word == digits)
        && !sounds_in(&words(total.trim_end_matches('.')), got)
    {
        missing.push(total.to_owned());
    }
    missing
}

/// Does a stretch of `got` sound like `thing`?
fn sounds_in(thing: &[String], got: &[String]) -> bool {
    let key = SoundKey::of(&thing.concat());
    let sizes = thing.len().saturating_sub(1).max(1)..=thing.len() + 1;
    sizes.into_iter().any(|size| {
        got.windows(size.min(got.len().max(1)))
            .any(|window| likeness(&key, &SoundKey::of(&window.concat())) >= 0.7)
    })
}

/// Words as they are spoken, numbers written out.
fn words(text: &str) -> Vec<String> {
    let spoken = speakable(text, Language::default()).to_lowercase();
    let clean: String = spoken
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '\'' {
                c
            } else {
                ' '
            }
        })
        .collect();
    clean.split_whitespace().map(str::to_owned).collect()
}

/// Substitutions, insertions and deletions between two word sequences.
fn distance(meant: &[String], got: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=got.len()).collect();
    for (i, a) in meant.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in got.iter().enumerate() {
            let substitute = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[got.len()]
}
