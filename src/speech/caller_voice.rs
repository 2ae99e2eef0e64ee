//! The voices of the software phone: they call, the waiter answers.
//!
//! `joe` (Piper, neural) is the usual one: not the product's own voice. `heart` is the product's, for comparison.
//! `flite` and `espeak` run the programs of that name, if installed: robotic, small, no models.

#![expect(clippy::disallowed_methods, reason = "runs synthesiser programs")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::SpeechError;
use super::local::finish::finish;
use super::local::hibari::Hibari;
use super::local::pronunciation::Pronunciation;
use super::models::Part;
use super::piper::Piper;
use super::registry::check;
use crate::audio::{SAMPLE_RATE, SAMPLES_PER_MS, resample};

/// Pause between two sentences of one text, ms.
const SENTENCE_PAUSE_MS: usize = 180;
/// The part of a program's output read as its complaint.
const COMPLAINT: usize = 200;

/// A voice that speaks for a caller.
pub struct CallerVoice(Kind);

enum Kind {
    Joe(Box<Piper>),
    Heart(Box<Hibari>, Box<Pronunciation>),
    Program(Program),
}

/// A synthesiser that writes a WAV file to its standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Espeak,
    Flite,
}

impl CallerVoice {
    /// Names [`CallerVoice::named`] knows; the first is the usual one.
    pub const NAMES: [&str; 4] = ["joe", "heart", "flite", "espeak"];

    /// Opens a voice; `joe` and `heart` need the models and about a second.
    ///
    /// # Errors
    /// On an unknown name, missing models, or a program that is not installed.
    pub fn named(name: &str, models: &Path) -> Result<Self, SpeechError> {
        Ok(Self(match name {
            "joe" => {
                check(models, &[Part::Runtime, Part::Synthesizer, Part::Caller])?;
                Kind::Joe(Box::new(Piper::open(models)?))
            }
            "heart" => {
                check(models, &[Part::Runtime, Part::Synthesizer])?;
                Kind::Heart(
                    Box::new(Hibari::open(models)?),
                    Box::new(Pronunciation::open(models)?),
                )
            }
            "flite" => Kind::Program(Program::Flite.installed()?),
            "espeak" => Kind::Program(Program::Espeak.installed()?),
            other => return Err(SpeechError::UnknownVoice(other.to_owned())),
        }))
    }

    /// Speech text as 8 kHz samples, levelled, without silence around it.
    ///
    /// # Errors
    /// When the engine or the program fails.
    pub fn say(&mut self, text: &str) -> Result<Vec<i16>, SpeechError> {
        match &mut self.0 {
            Kind::Heart(voice, pronunciation) => voice.say(pronunciation, text),
            Kind::Program(program) => Ok(finish(&program.sound(text)?)),
            Kind::Joe(voice) => {
                let mut samples = Vec::new();
                for sentence in voice.sentences(text)? {
                    if !samples.is_empty() {
                        samples.resize(samples.len() + SENTENCE_PAUSE_MS * SAMPLES_PER_MS, 0);
                    }
                    samples.extend(finish(&sentence));
                }
                Ok(samples)
            }
        }
    }
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Espeak => "espeak-ng",
            Self::Flite => "flite",
        }
    }

    fn installed(self) -> Result<Self, SpeechError> {
        let version = Command::new(self.name())
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match version {
            Ok(_) => Ok(self),
            Err(e) => Err(SpeechError::load(
                self.name(),
                format!("{e} (on Debian: apt-get install {})", self.name()),
            )),
        }
    }

    /// The text as 8 kHz values.
    fn sound(self, text: &str) -> Result<Vec<f32>, SpeechError> {
        let failed = |reason: String| SpeechError::Run {
            what: self.name(),
            reason,
        };
        let mut command = Command::new(self.name());
        match self {
            Self::Espeak => command.args(["-v", "en-us", "-s", "155", "--stdin", "--stdout"]),
            Self::Flite => command.args(["-voice", "slt", "-t", text, "-o", "/dev/stdout"]),
        };
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        let stdin = child.stdin.take();
        let output = thread::scope(|scope| {
            scope.spawn(|| {
                use std::io::Write as _;
                // A program that does not read its input closes it, which is no failure.
                let _ = stdin.map(|mut stdin| stdin.write_all(text.as_bytes()));
            });
            child.wait_with_output()
        })
        .map_err(|e| failed(e.to_string()))?;
        let (rate, samples) = wav_samples(&output.stdout).ok_or_else(|| {
            let said = String::from_utf8_lossy(&output.stderr);
            failed(format!(
                "it wrote no sound: {}",
                said.chars().take(COMPLAINT).collect::<String>()
            ))
        })?;
        resample::convert(&samples, rate, SAMPLE_RATE).map_err(|e| failed(e.to_string()))
    }
}

/// Rate and samples (-1..=1) of a 16-bit mono WAV whose lengths may be wrong: programs that write to a pipe do not
/// know them yet.
fn wav_samples(file: &[u8]) -> Option<(u32, Vec<f32>)> {
    let number = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?));
    let mut rest = file.strip_prefix(b"RIFF")?.get(8..)?;
    let mut rate = None;
    loop {
        let (id, length) = (rest.get(..4)?, number(rest.get(4..)?)? as usize);
        let body = rest.get(8..)?;
        match id {
            b"fmt " => rate = Some(number(body.get(4..)?)?),
            b"data" => {
                let (pairs, _) = body[..length.min(body.len())].as_chunks::<2>();
                let value = |pair: &[u8; 2]| f32::from(i16::from_le_bytes(*pair)) / 32_768.0;
                return Some((rate?, pairs.iter().map(value).collect()));
            }
            _ => {}
        }
        rest = body.get(length + length % 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wav_of_unknown_length_is_read_to_its_end() {
        let mut file = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        file.extend(22_050u32.to_le_bytes());
        file.extend([0, 0, 0, 0, 2, 0, 16, 0]);
        file.extend(b"data\xff\xff\xff\x7f");
        file.extend([0, 0x40, 0, 0xC0]);
        assert_eq!(wav_samples(&file), Some((22_050, vec![0.5, -0.5])));
        assert_eq!(wav_samples(b"RIFFxxxxWAVE"), None);
        assert_eq!(wav_samples(b"not sound"), None);
    }

    #[test]
    fn an_unknown_voice_is_refused() {
        let refused = CallerVoice::named("nobody", Path::new("nowhere"));
        assert!(matches!(refused, Err(SpeechError::UnknownVoice(_))));
    }

    #[test]
    fn missing_models_are_named_with_the_command_that_fetches_them() {
        let Err(error) = CallerVoice::named("joe", Path::new("nowhere")) else {
            panic!("there are no models in nowhere");
        };
        let message = error.to_string();
        assert!(
            message.contains("hibari/hibari.onnx is missing")
                && message.contains("maitred models fetch")
        );
    }
}
