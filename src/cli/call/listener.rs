//! What did the agent say? Read off the sound where the words are in it, else recognised if the operator asks for it.
#![expect(
    clippy::disallowed_methods,
    reason = "recognising runs beside the call"
)]

use crate::audio::mulaw;
use crate::speech::{EngineChoice, Speech, SpeechError, SpeechSettings, models, scripted};

use super::args::CallArgs;
use super::report::{CallReport, Event, Happening};

/// Understands the agent.
pub(super) struct Listener {
    /// Only with `--listen`.
    speech: Option<Speech>,
}

impl Listener {
    pub async fn open(args: &CallArgs) -> Result<Self, SpeechError> {
        let speech = if args.listen {
            let speech = Speech::load(SpeechSettings {
                stt: vec![EngineChoice::Local],
                tts: vec![EngineChoice::Scripted],
                models_dir: args.models.clone().unwrap_or_else(models::default_dir),
                cache_dir: None,
                cache_bytes: 0,
                threads: 1,
            })?;
            speech.warm_up().await?;
            Some(speech)
        } else {
            None
        };
        Ok(Listener { speech })
    }

    /// Calls `then` with what the agent said, now or when it is understood; with nothing for any other event.
    pub fn words(
        &self,
        event: &Event,
        report: &CallReport,
        then: impl FnOnce(Option<String>) + Send + 'static,
    ) {
        let last = report.agent.last();
        let (Happening::AgentFinished { .. }, Some(utterance)) = (&event.what, last) else {
            return then(None);
        };
        let sound = mulaw::decode(report.agent_sound(*utterance));
        match (scripted::decode(&sound), self.speech.clone()) {
            (None, Some(speech)) => {
                tokio::spawn(async move {
                    // What cannot be recognised is shown without words, as without --listen.
                    let text = speech.transcribe(sound.into(), None).await.ok();
                    then(text.filter(|text| !text.is_empty()));
                });
            }
            (words, _) => then(words),
        }
    }
}
