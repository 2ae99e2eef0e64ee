//! Who speaks for the caller. Everything is rendered before the call, so nothing is waited for while it runs.

use std::path::Path;

use crate::audio::{TelephoneBand, mulaw};
use crate::speech::{CallerVoice, SpeechError, models, scripted};

use super::plan::Clip;
use super::sound_file::{SoundFileError, read_wav};

/// The voices of `maitred call`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum VoiceName {
    /// A neural voice that is not the product's (local models).
    Joe,
    /// The product's own voice (local models).
    Heart,
    /// flite's built-in voice (the flite program).
    Flite,
    /// espeak-ng's English voice (the espeak-ng program).
    Espeak,
    /// Words written into the sound, for a server run with --stt scripted.
    Scripted,
}

/// A voice, ready to speak.
pub enum Voice {
    /// The text itself, coded in loud samples: not sent through the line's filter, which would destroy it.
    Scripted,
    /// Anything that sounds like a voice.
    Speaking(Box<CallerVoice>),
}

impl Voice {
    /// Opens a voice; blocks for about a second if it needs the local models. `models_dir` is where they lie, if not in
    /// their usual place.
    ///
    /// # Errors
    /// What the voice needs is not there.
    pub fn open(name: VoiceName, models_dir: Option<&Path>) -> Result<Self, SpeechError> {
        let name = match name {
            VoiceName::Scripted => return Ok(Voice::Scripted),
            VoiceName::Joe => "joe",
            VoiceName::Heart => "heart",
            VoiceName::Flite => "flite",
            VoiceName::Espeak => "espeak",
        };
        let dir = models_dir.map_or_else(models::default_dir, Path::to_owned);
        Ok(Voice::Speaking(Box::new(CallerVoice::named(name, &dir)?)))
    }

    /// A sentence as the line carries it; blocks while it is rendered.
    ///
    /// # Errors
    /// The voice failed.
    pub fn say(&mut self, text: &str) -> Result<Clip, SpeechError> {
        let sound = match self {
            Voice::Scripted => scripted::encode(text),
            Voice::Speaking(voice) => through_the_line(voice.say(text)?),
        };
        Ok(Clip {
            text: text.to_owned(),
            sound: sound.into(),
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripted_words_survive_the_line() {
        let clip = Voice::Scripted.say("two pizzas").unwrap();
        let heard = mulaw::decode(&clip.sound);
        assert_eq!(scripted::decode(&heard).as_deref(), Some("two pizzas"));
    }

    #[test]
    fn the_line_takes_away_what_a_telephone_does_not_carry() {
        // 60 Hz hum.
        let hum: Vec<i16> = (0..8000)
            .map(|n| ((n as f32 * 60.0 / 8000.0 * std::f32::consts::TAU).sin() * 8000.0) as i16)
            .collect();
        let before = crate::audio::loudness::dbfs(&hum);
        let after = crate::audio::loudness::dbfs(&mulaw::decode(&through_the_line(hum)));
        assert!(after < before - 30.0, "{before} -> {after}");
    }
}
