//! What did the agent say? Read off the sound where the words are in it, else recognised if the operator asks for it.
#![expect(
    clippy::disallowed_methods,
    reason = "recognising runs beside the call"
)]

use std::sync::Arc;

use crate::audio::mulaw;
use crate::speech::{Ears, EngineChoice, SpeechError, scripted};

use super::args::CallArgs;
use super::report::{CallReport, Event, Happening};
use super::voice::local;

/// Understands the agent.
pub(super) struct Listener {
    /// Only with `--listen`.
    ears: Option<Arc<Ears>>,
}

impl Listener {
    pub async fn open(args: &CallArgs) -> Result<Self, SpeechError> {
        let models = args.models.as_deref();
        let ears = if args.listen {
            let speech = local(EngineChoice::Local, EngineChoice::Scripted, models)?;
            speech.warm_up().await?;
            Some(speech.ears)
        } else {
            None
        };
        Ok(Listener { ears })
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
        match (scripted::decode(&sound), self.ears.clone()) {
            (None, Some(ears)) => {
                tokio::spawn(async move {
                    // What cannot be recognised is shown without words, as without --listen.
                    let text = ears.recognise(sound.into(), None).await.ok();
                    then(text.filter(|text| !text.is_empty()));
                });
            }
            (words, _) => then(words),
        }
    }
}
