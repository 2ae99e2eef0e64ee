//! Is the waiter understood? What the phone heard of it is transcribed and compared with what it meant to say.

use std::fmt;
use std::sync::Arc;

use maitred::audio::mulaw;
use maitred::record::Speaker;
use maitred::restaurant::Item;
use maitred::speech::{EngineChoice, Speech, SpeechSettings, models};
use maitred::words::{Language, speakable};

use super::by_sound::{self, Sounds};
use super::call::Call;

/// The transcription of many calls beside their text.
pub struct Heard {
    words: usize,
    errors: usize,
    read_backs: usize,
    found: usize,
    missed: Vec<String>,
    /// Items of the menu that were not read back, and how many of them the measure finds all the same.
    others: usize,
    mistaken: usize,
}

impl Heard {
    /// Transcribes every utterance of the waiter.
    pub async fn of(calls: &[Call]) -> Self {
        let settings = SpeechSettings {
            stt: vec![EngineChoice::Local],
            tts: vec![EngineChoice::Scripted],
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
            others: 0,
            mistaken: 0,
        };
        let sounds = Sounds::open();
        for call in calls {
            for &utterance in &call.report.agent {
                let samples: Arc<[i16]> = mulaw::decode(call.report.agent_sound(utterance)).into();
                let transcribed = speech.transcribe(samples, None).await.unwrap();
                heard.compare(
                    call,
                    utterance.from / 8,
                    utterance.to / 8,
                    &transcribed,
                    &sounds,
                );
            }
        }
        heard
    }

    fn compare(
        &mut self,
        call: &Call,
        from_ms: u64,
        to_ms: u64,
        transcribed: &str,
        sounds: &Sounds,
    ) {
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
            let heard = sounds.heard(transcribed);
            let (items, others) = read_back(call, &text);
            let is_found = |item: &&Item| {
                let said = item.say_as.as_ref().unwrap_or(&item.name);
                heard.has(&sounds.of(&item.name)) || heard.has(&sounds.of(said))
            };
            self.others += others.len();
            self.mistaken += others.into_iter().filter(is_found).count();
            let items = items.into_iter().filter(|item| !is_found(item));
            let mut missing: Vec<String> = items.map(|item| item.name.clone()).collect();
            missing.extend(missing_total(&text, transcribed, &heard, sounds));
            if missing.is_empty() {
                self.found += 1;
            } else {
                self.missed
                    .push(format!("{missing:?} in {transcribed:?} of {text:?}"));
            }
        }
    }

    /// Share of read-backs in which every item and the total were found by sound.
    pub fn read_backs_found(&self) -> f64 {
        self.found as f64 / self.read_backs.max(1) as f64
    }

    /// Share of the items not read back that the measure finds: what its "found" is worth.
    pub fn mistaken(&self) -> f64 {
        self.mistaken as f64 / self.others.max(1) as f64
    }

    pub fn word_error_rate(&self) -> f64 {
        self.errors as f64 / self.words.max(1) as f64
    }
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "SPOKEN waiter transcribed: WER {:.1} % of {} words; every item and the total found by sound in {} of {} \
             read-backs ({} of {} items that were not in them are found, too)",
            100.0 * self.word_error_rate(),
            self.words,
            self.found,
            self.read_backs,
            self.mistaken,
            self.others
        )?;
        self.missed
            .iter()
            .try_for_each(|missed| writeln!(f, "  missed {missed}"))
    }
}

/// The items of a read-back, and those of the menu that are not in it.
fn read_back<'a>(call: &'a Call, text: &str) -> (Vec<&'a Item>, Vec<&'a Item>) {
    let folded = words(text).join(" ");
    let named = |item: &&Item| folded.contains(&words(&item.name).join(" "));
    let (mut items, others): (Vec<&Item>, Vec<&Item>) =
        call.wanted.restaurant.menu.items.iter().partition(named);
    // "Croissant" is not in the order because "Almond croissant" is.
    let names: Vec<String> = items.iter().map(|item| item.name.to_lowercase()).collect();
    items.retain(|item| {
        let name = item.name.to_lowercase();
        !names
            .iter()
            .any(|other| *other != name && other.contains(&name))
    });
    (items, others)
}

/// The total, if it cannot be found.
fn missing_total(
    text: &str,
    transcribed: &str,
    heard: &by_sound::Heard,
    sounds: &Sounds,
) -> Option<String> {
    let total = text.split("total is ").nth(1)?.split(' ').next()?;
    let digits: String = total.chars().filter(char::is_ascii_digit).collect();
    // The recogniser writes "twenty-one twenty-two" as 2122, $21.22 or in words.
    let written: String = transcribed
        .chars()
        .filter(|c| !matches!(c, '$' | '.' | ','))
        .collect();
    let spoken = speakable(total.trim_end_matches('.'), Language::default());
    let there =
        written.split_whitespace().any(|word| word == digits) || heard.has(&sounds.of(&spoken));
    (!there).then(|| total.to_owned())
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
