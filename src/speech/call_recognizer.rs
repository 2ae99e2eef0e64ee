//! A call's recogniser: a session of the first engine the restaurant has, and of the next when that one fails.

use std::collections::{BTreeMap, VecDeque};
use std::future::pending;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::SpeechError;
use super::recognizer::{
    Hints, Hypothesis, Recognition, Recognizer, RecognizerSession, Stretch, StretchId,
};
use crate::audio::VoiceDetector;

/// The engines of one call, in the order in which they are tried, one of them listening.
pub struct CallRecognizer {
    engines: Vec<Arc<dyn Recognizer>>,
    hints: Hints,
    /// Which of the engines listens.
    at: usize,
    /// `None`: nobody is left who could.
    session: Option<Box<dyn RecognizerSession>>,
    results: mpsc::UnboundedReceiver<Recognition>,
    /// Stretches that were asked for and not answered, to be asked again elsewhere.
    open: BTreeMap<StretchId, Stretch>,
    ready: VecDeque<Heard>,
}

/// What comes of listening.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Words of the sound up to `until_ms`, which may still change.
    Interim { until_ms: u64, best: Hypothesis },
    /// The words of a stretch, the likeliest first.
    Words {
        id: StretchId,
        hypotheses: Vec<Hypothesis>,
    },
    /// An engine failed. `next` listens from now on and was asked for everything that is open; without one nobody can.
    EngineFailed {
        engine: String,
        error: SpeechError,
        next: Option<String>,
    },
    /// No engine can tell the words of this stretch.
    Unrecognised { id: StretchId },
}

impl CallRecognizer {
    /// Opens a session of the first engine. Without any, every stretch is unrecognised.
    pub fn open(engines: Vec<Arc<dyn Recognizer>>, hints: Hints) -> Self {
        let (results, received) = mpsc::unbounded_channel();
        let first = engines.first();
        let session = first.map(|engine| engine.open(&hints, results));
        Self {
            engines,
            hints,
            at: 0,
            session,
            results: received,
            open: BTreeMap::new(),
            ready: VecDeque::new(),
        }
    }

    /// The name of the engine that listens.
    pub fn engine(&self) -> &str {
        let engine = self.engines.get(self.at);
        engine.map_or("none", |engine| engine.name())
    }

    /// A detector that fits the engine that listens.
    pub fn detector(&self) -> VoiceDetector {
        let engine = self.engines.get(self.at);
        engine.map_or_else(VoiceDetector::earshot, |engine| engine.detector())
    }

    /// As [`RecognizerSession::feed`].
    pub fn feed(&mut self, end_ms: u64, samples: &[i16]) {
        if let Some(session) = &mut self.session {
            session.feed(end_ms, samples);
        }
    }

    /// As [`RecognizerSession::recognise`]; the answer comes out of [`CallRecognizer::next`].
    pub fn recognise(&mut self, stretch: Stretch) {
        match &mut self.session {
            Some(session) => {
                self.open.insert(stretch.id, stretch.clone());
                session.recognise(stretch);
            }
            None => self.ready.push_back(Heard::Unrecognised { id: stretch.id }),
        }
    }

    /// As [`RecognizerSession::forget`].
    pub fn forget(&mut self, id: StretchId) {
        if let (Some(_), Some(session)) = (self.open.remove(&id), &mut self.session) {
            session.forget(id);
        }
    }

    /// The next thing that was heard. Cancelling it loses nothing.
    pub async fn next(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.ready.pop_front() {
                return heard;
            }
            if self.session.is_none() {
                return pending().await;
            }
            let result = self.results.recv().await;
            self.take(result.unwrap_or(Recognition::Failed {
                id: None,
                error: SpeechError::Stopped,
            }));
        }
    }

    fn take(&mut self, result: Recognition) {
        match result {
            Recognition::Interim { until_ms, best } => {
                self.ready.push_back(Heard::Interim { until_ms, best });
            }
            // A stretch that was forgotten meanwhile is nobody's.
            Recognition::Final { id, hypotheses } => {
                if self.open.remove(&id).is_some() {
                    self.ready.push_back(Heard::Words { id, hypotheses });
                }
            }
            Recognition::Failed { id: Some(id), .. } if !self.open.contains_key(&id) => {}
            Recognition::Failed { id, error } => self.fail(id, error),
        }
    }

    fn fail(&mut self, id: Option<StretchId>, error: SpeechError) {
        let engine = self.engine().to_owned();
        let next = self.at + 1;
        let Some(engine_behind) = self.engines.get(next) else {
            self.ready.push_back(Heard::EngineFailed {
                engine,
                error,
                next: None,
            });
            self.give_up(id);
            return;
        };
        let (results, received) = mpsc::unbounded_channel();
        let mut session = engine_behind.open(&self.hints, results);
        for stretch in self.open.values() {
            session.recognise(stretch.clone());
        }
        self.session = Some(session);
        (self.results, self.at) = (received, next);
        self.ready.push_back(Heard::EngineFailed {
            engine,
            error,
            next: Some(self.engine().to_owned()),
        });
    }

    /// There is nobody else: one stretch is given up, or with the session all of them.
    fn give_up(&mut self, id: Option<StretchId>) {
        let given_up: Vec<StretchId> = match id {
            Some(id) => self.open.remove(&id).map(|_| id).into_iter().collect(),
            None => {
                self.session = None;
                std::mem::take(&mut self.open).into_keys().collect()
            }
        };
        let unrecognised = given_up.into_iter().map(|id| Heard::Unrecognised { id });
        self.ready.extend(unrecognised);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    /// An engine that hears its own name, until it breaks in the way the test asks for.
    #[derive(Debug)]
    struct Named(&'static str, Breaks);

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Breaks {
        Never,
        AtAStretch,
        AsAWhole,
        BySilence,
    }

    struct NamedSession(
        &'static str,
        Breaks,
        Option<mpsc::UnboundedSender<Recognition>>,
    );

    impl Recognizer for Named {
        fn name(&self) -> &str {
            self.0
        }
        fn languages(&self) -> Vec<String> {
            vec!["en".to_owned()]
        }
        fn open(&self, _: &Hints, results: super::super::Results) -> Box<dyn RecognizerSession> {
            Box::new(NamedSession(self.0, self.1, Some(results)))
        }
    }

    impl RecognizerSession for NamedSession {
        fn recognise(&mut self, stretch: Stretch) {
            let id = stretch.id;
            let failed = |id| Recognition::Failed {
                id,
                error: SpeechError::Stopped,
            };
            let result = match self.1 {
                Breaks::Never => Recognition::one(id, format!("{} {id}", self.0)),
                Breaks::AtAStretch => failed(Some(id)),
                Breaks::AsAWhole => failed(None),
                Breaks::BySilence => return self.2 = None,
            };
            let _ = self.2.as_ref().map(|results| results.send(result));
        }
        fn forget(&mut self, _: StretchId) {}
    }

    fn stretch(id: StretchId) -> Stretch {
        Stretch {
            id,
            from_ms: 0,
            until_ms: 100,
            samples: Arc::from([0; 800]),
            paused: true,
        }
    }

    fn call(engines: &[(&'static str, Breaks)]) -> CallRecognizer {
        let engines = engines.iter();
        let engines = engines.map(|&(name, breaks)| Arc::new(Named(name, breaks)) as Arc<_>);
        CallRecognizer::open(engines.collect(), Hints::default())
    }

    /// Everything heard by now, in words.
    fn heard(call: &mut CallRecognizer) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(heard) = call.next().now_or_never() {
            all.push(match heard {
                Heard::Words { hypotheses, .. } => hypotheses[0].words.clone(),
                Heard::EngineFailed { engine, next, .. } => format!("{engine} -> {next:?}"),
                Heard::Unrecognised { id } => format!("unrecognised {id}"),
                Heard::Interim { best, .. } => format!("so far {}", best.words),
            });
        }
        all
    }

    #[test]
    fn an_engine_that_fails_is_followed_by_the_next_which_hears_the_same_sound() {
        for breaks in [Breaks::AtAStretch, Breaks::AsAWhole, Breaks::BySilence] {
            let mut call = call(&[("cloud", breaks), ("local", Breaks::Never)]);
            call.recognise(stretch(1));
            call.recognise(stretch(2));
            let said = heard(&mut call);
            assert_eq!(
                said,
                ["cloud -> Some(\"local\")", "local 1", "local 2"],
                "{breaks:?}"
            );
            assert_eq!(call.engine(), "local");
        }
    }

    #[test]
    fn without_another_engine_a_stretch_is_given_up_and_the_session_kept() {
        let mut call = call(&[("local", Breaks::AtAStretch)]);
        for id in [1, 2] {
            call.recognise(stretch(id));
            let given_up = format!("unrecognised {id}");
            assert_eq!(heard(&mut call), ["local -> None", given_up.as_str()]);
        }
    }

    #[test]
    fn with_every_session_lost_each_stretch_is_unrecognised_at_once() {
        let mut call = call(&[("a", Breaks::AsAWhole), ("b", Breaks::BySilence)]);
        call.recognise(stretch(1));
        assert_eq!(
            heard(&mut call),
            ["a -> Some(\"b\")", "b -> None", "unrecognised 1"]
        );
        call.recognise(stretch(2));
        assert_eq!(heard(&mut call), ["unrecognised 2"]);
    }

    #[test]
    fn a_forgotten_stretch_is_not_heard_of_again() {
        let mut call = call(&[("cloud", Breaks::Never), ("local", Breaks::Never)]);
        call.recognise(stretch(1));
        call.forget(1);
        assert!(heard(&mut call).is_empty());
    }
}
