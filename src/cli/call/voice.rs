//! Who speaks for the caller. Everything is rendered before the call, so nothing is waited for while it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "flite and espeak-ng are run as commands"
)]

use std::path::Path;
use std::process::Command;

use thiserror::Error;

use crate::audio::{TelephoneBand, mulaw};
use crate::speech::{EngineChoice, Speech, SpeechError, SpeechSettings, models, scripted};

use super::plan::Clip;
use super::sound_file::{SoundFileError, read_wav};

/// The voices of `maitred call`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum VoiceName {
    /// The product's own voice.
    Heart,
    /// flite's built-in voice (the flite command).
    Flite,
    /// espeak-ng's English voice (the espeak-ng command).
    Espeak,
    /// Words written into the sound, for a server run with --stt scripted.
    Scripted,
}

/// A voice that cannot speak.
#[derive(Debug, Error)]
pub enum VoiceError {
    #[error("the voice needs the {command} command: {source} (Debian: apt install {package})")]
    NoCommand {
        command: &'static str,
        package: &'static str,
        #[source]
        source: std::io::Error,
    },
    #[error("{command} failed: {message}")]
    Command {
        command: &'static str,
        message: String,
    },
    #[error(transparent)]
    Speech(#[from] SpeechError),
    #[error(transparent)]
    Sound(#[from] SoundFileError),
    #[error("no temporary file: {0}")]
    Temporary(#[from] std::io::Error),
}

/// A voice, ready to speak.
pub enum Voice {
    /// The text itself, coded in loud samples: not sent through the line's filter, which would destroy it.
    Scripted,
    /// The product's voice, on the local models.
    Heart(Speech),
    /// A command that writes a WAV.
    Command {
        program: &'static str,
        package: &'static str,
    },
}

impl Voice {
    /// Opens a voice; `models_dir` is where the local models lie, if not in their usual place.
    ///
    /// # Errors
    /// What it needs is not there.
    pub async fn open(name: VoiceName, models_dir: Option<&Path>) -> Result<Self, VoiceError> {
        Ok(match name {
            VoiceName::Scripted => Voice::Scripted,
            VoiceName::Heart => {
                let speech = local(EngineChoice::Scripted, EngineChoice::Local, models_dir)?;
                speech.warm_up().await?;
                Voice::Heart(speech)
            }
            VoiceName::Flite => Voice::Command {
                program: "flite",
                package: "flite",
            },
            VoiceName::Espeak => Voice::Command {
                program: "espeak-ng",
                package: "espeak-ng",
            },
        })
    }

    /// A sentence as the line carries it.
    ///
    /// # Errors
    /// The voice failed.
    pub async fn say(&mut self, text: &str) -> Result<Clip, VoiceError> {
        let sound = match self {
            Voice::Scripted => scripted::encode(text),
            Voice::Heart(speech) => {
                let sound = speech.prompts.say("heart", text, false).await?;
                through_the_line(mulaw::decode(&sound))
            }
            Voice::Command { program, package } => {
                through_the_line(speak_with(program, package, text)?)
            }
        };
        Ok(Clip {
            text: text.to_owned(),
            sound: sound.into(),
        })
    }
}

/// The local engines, nothing kept on disk.
///
/// # Errors
/// The models are not there or do not load.
pub(super) fn local(
    stt: EngineChoice,
    tts: EngineChoice,
    models_dir: Option<&Path>,
) -> Result<Speech, SpeechError> {
    Speech::load(SpeechSettings {
        stt,
        tts,
        models_dir: models_dir.map_or_else(models::default_dir, Path::to_owned),
        cache_dir: None,
        cache_bytes: 0,
        threads: 1,
    })
}

/// A sound file as the line carries it.
///
/// # Errors
/// The file is not usable sound.
pub fn play(path: &Path) -> Result<Clip, SoundFileError> {
    Ok(Clip {
        text: format!("({})", path.display()),
        sound: through_the_line(read_wav(path)?).into(),
    })
}

/// What a telephone line does to a voice: 300 to 3400 Hz, mu-law.
fn through_the_line(mut samples: Vec<i16>) -> Vec<u8> {
    TelephoneBand::new().apply(&mut samples);
    mulaw::encode(&samples)
}

fn speak_with(
    program: &'static str,
    package: &'static str,
    text: &str,
) -> Result<Vec<i16>, VoiceError> {
    let folder = TemporaryFolder::new()?;
    let wav = folder.path().join("said.wav");
    let mut command = Command::new(program);
    match program {
        "flite" => command.arg("-t").arg(text).arg("-o").arg(&wav),
        _ => command
            .arg("-v")
            .arg("en-us")
            .arg("-w")
            .arg(&wav)
            .arg("--")
            .arg(text),
    };
    let output = command.output().map_err(|source| VoiceError::NoCommand {
        command: program,
        package,
        source,
    })?;
    if !output.status.success() {
        return Err(VoiceError::Command {
            command: program,
            message: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        });
    }
    Ok(read_wav(&wav)?)
}

/// A folder of our own under the system's temporary one; removed when dropped.
struct TemporaryFolder(std::path::PathBuf);

impl TemporaryFolder {
    fn new() -> std::io::Result<Self> {
        let path =
            std::env::temp_dir().join(format!("maitred-call-{:032x}", rand::random::<u128>()));
        std::fs::create_dir(&path)?;
        Ok(TemporaryFolder(path))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // A file left behind in the temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
