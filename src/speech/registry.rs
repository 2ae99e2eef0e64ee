//! The engines of a server: opened once, from what its settings name, and chosen for each restaurant.
//!
//! Settings name engines in the order in which they are tried. [`Speech::load`] opens each, [`Speech::capabilities`] says
//! what restaurant files may ask for, [`Speech::recognizers`] and [`Speech::voices`] give a restaurant's, first choice
//! first: the others stand in when it fails.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::local::moonshine::MoonshineFiles;
use super::local::pronunciation::Pronunciation;
use super::local::{LocalModels, LocalRecognizer, Workers};
use super::models::{HEART, Part, members, missing};
use super::recognizer::Recognizer;
use super::scripted_recognizer::ScriptedRecognizer;
use super::synthesizer::LocalSynthesizer;
use super::{CallRecognizer, Heard, Hints, PromptCache, SpeechError, Stretch, Synthesizer, Voice};
use crate::config::Capabilities;
use crate::restaurant::Digest;

/// Goes into the engine's digest; raise it when our own code changes how a text sounds.
const VOICE_CODE: u32 = 1;

/// Which kind of engine hears or speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// Embedded models.
    Local,
    /// Words written into the sound, for tests.
    Scripted,
}

/// How to set up speech.
#[derive(Clone, Debug)]
pub struct SpeechSettings {
    /// Recognisers, the first choice first; not empty.
    pub stt: Vec<EngineChoice>,
    /// Synthesisers, the first choice first; not empty.
    pub tts: Vec<EngineChoice>,
    /// Where `maitred models` put the files.
    pub models_dir: PathBuf,
    /// Where rendered prompts are kept; `None`: in memory only.
    pub cache_dir: Option<PathBuf>,
    /// Size the prompts on disk may reach, bytes.
    pub cache_bytes: u64,
    /// Worker threads; 0: one per core.
    pub threads: usize,
}

/// Recognisers, synthesisers and the prompt cache of a server.
#[derive(Clone)]
pub struct Speech {
    recognizers: Vec<Arc<dyn Recognizer>>,
    synthesizers: Vec<Arc<Synthesizer>>,
    pub prompts: Arc<PromptCache>,
    workers: Option<Arc<Workers>>,
}

impl Speech {
    /// Opens the engines; blocks for about a second (models are read, dictionaries parsed). Warm-up starts behind.
    ///
    /// # Errors
    /// When model files are missing or do not load. An unusable prompt cache only costs speed and is logged.
    pub fn load(settings: SpeechSettings) -> Result<Self, SpeechError> {
        let (hears, speaks) = (
            settings.stt.contains(&EngineChoice::Local),
            settings.tts.contains(&EngineChoice::Local),
        );
        let workers = if hears || speaks {
            Some(Arc::new(open_workers(&settings, hears, speaks)?))
        } else {
            None
        };
        let recognizer = |choice: &EngineChoice| -> Option<Arc<dyn Recognizer>> {
            Some(match choice {
                EngineChoice::Local => Arc::new(LocalRecognizer(Arc::clone(workers.as_ref()?))),
                EngineChoice::Scripted => Arc::new(ScriptedRecognizer),
            })
        };
        let synthesizer = |choice: &EngineChoice| {
            Some(Arc::new(match choice {
                EngineChoice::Local => Synthesizer::Local(LocalSynthesizer {
                    workers: Arc::clone(workers.as_ref()?),
                    digest: voice_digest(),
                }),
                EngineChoice::Scripted => Synthesizer::Scripted,
            }))
        };
        Ok(Self {
            recognizers: settings.stt.iter().filter_map(recognizer).collect(),
            synthesizers: settings.tts.iter().filter_map(synthesizer).collect(),
            prompts: Arc::new(PromptCache::open(
                settings.cache_dir.as_deref(),
                settings.cache_bytes,
            )),
            workers,
        })
    }

    /// Puts recognisers before those that are open.
    #[must_use]
    pub fn with_recognizers(mut self, first: Vec<Arc<dyn Recognizer>>) -> Self {
        self.recognizers.splice(0..0, first);
        self
    }

    /// Returns when the first call will be as fast as any other.
    ///
    /// # Errors
    /// When an engine failed its first run.
    pub async fn warm_up(&self) -> Result<(), SpeechError> {
        match &self.workers {
            Some(workers) => workers.warmed_up().await,
            None => Ok(()),
        }
    }

    /// What restaurant files may ask for here: a language needs an engine that hears and one that speaks it.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        let mut voices: Vec<String> = Vec::new();
        for voice in self.synthesizers.iter().flat_map(|engine| engine.voices()) {
            if !voices.iter().any(|known| known == voice) {
                voices.push((*voice).to_owned());
            }
        }
        let mut languages: Vec<String> = Vec::new();
        for language in self.recognizers.iter().flat_map(|r| r.languages()) {
            let spoken = self
                .synthesizers
                .iter()
                .any(|engine| serves(engine.languages(), &language));
            if spoken && !languages.contains(&language) {
                languages.push(language);
            }
        }
        Capabilities {
            languages,
            stt: self
                .recognizers
                .iter()
                .map(|r| r.name().to_owned())
                .collect(),
            tts: self
                .synthesizers
                .iter()
                .map(|s| s.name().to_owned())
                .collect(),
            voices: Some(voices),
            llm: false,
        }
    }

    /// The recognisers of a restaurant, in the order in which they are tried: those it names, or else all, as far as they
    /// understand its language. Never none while one is open: a call is better misheard than unheard.
    #[must_use]
    pub fn recognizers(&self, named: &[String], language: &str) -> Vec<Arc<dyn Recognizer>> {
        let all = &self.recognizers;
        let mut chosen = chosen(all, named, |recognizer| recognizer.name());
        chosen.retain(|recognizer| serves(recognizer.languages(), language));
        if chosen.is_empty() {
            chosen.clone_from(all);
        }
        chosen
    }

    /// The voices of a restaurant, in the order in which they are tried. An engine that lacks the wanted voice speaks with
    /// its own.
    #[must_use]
    pub fn voices(&self, named: &[String], voice: Option<&str>) -> Vec<Voice> {
        let mut engines = chosen(&self.synthesizers, named, |engine| engine.name());
        if engines.is_empty() {
            engines.clone_from(&self.synthesizers);
        }
        let speaking = |engine: Arc<Synthesizer>| {
            let own = engine.voices().first().copied().unwrap_or_default();
            let name = voice.filter(|voice| engine.voices().contains(voice));
            Voice::new(engine, name.unwrap_or(own))
        };
        engines.into_iter().map(speaking).collect()
    }

    /// The words of one piece of sound (8 kHz) outside a call, with the engines in their order.
    ///
    /// # Errors
    /// When no engine could recognise it.
    pub async fn transcribe(
        &self,
        samples: Arc<[i16]>,
        expected: Option<Arc<super::Bias>>,
    ) -> Result<String, SpeechError> {
        let hints = Hints {
            language: String::new(),
            expected,
        };
        let mut call = CallRecognizer::open(self.recognizers.clone(), hints);
        call.recognise(Stretch {
            id: 1,
            from_ms: 0,
            until_ms: samples.len() as u64 / crate::audio::SAMPLES_PER_MS as u64,
            samples,
            paused: true,
        });
        let mut failed = SpeechError::Stopped;
        loop {
            match call.next().await {
                Heard::Interim { .. } => {}
                Heard::Words { hypotheses, .. } => {
                    let best = hypotheses.into_iter().next();
                    return Ok(best.map(|best| best.words).unwrap_or_default());
                }
                Heard::EngineFailed { error, .. } => failed = error,
                Heard::Unrecognised { .. } => return Err(failed),
            }
        }
    }
}

/// Does a list of languages and regions serve this one? An empty wish is served by anybody.
fn serves(offered: Vec<String>, language: &str) -> bool {
    let offered = Capabilities {
        languages: offered,
        ..Capabilities::embedded()
    };
    language.is_empty() || offered.speaks(language)
}

/// The engines of these names, in the order of the names; without names all of them.
fn chosen<E: ?Sized>(all: &[Arc<E>], named: &[String], name: impl Fn(&E) -> &str) -> Vec<Arc<E>> {
    if named.is_empty() {
        return all.to_vec();
    }
    let with_name = |wanted: &String| all.iter().find(|engine| name(engine) == wanted).cloned();
    named.iter().filter_map(with_name).collect()
}

fn open_workers(
    settings: &SpeechSettings,
    hears: bool,
    speaks: bool,
) -> Result<Workers, SpeechError> {
    let models: &Path = &settings.models_dir;
    let mut parts = vec![Part::Runtime];
    parts.extend(hears.then_some(Part::Recognizer));
    parts.extend(speaks.then_some(Part::Synthesizer));
    check(models, &parts)?;
    let engines = LocalModels {
        models: models.to_path_buf(),
        recognizer: hears
            .then(|| MoonshineFiles::open(models))
            .transpose()?
            .map(Arc::new),
        synthesizer: speaks
            .then(|| Pronunciation::open(models))
            .transpose()?
            .map(Arc::new),
    };
    let threads = match settings.threads {
        0 => thread::available_parallelism().map_or(2, usize::from),
        some => some,
    };
    Workers::start(&engines, threads)
}

/// Fails when one of the parts is not in the models directory.
pub(super) fn check(models: &Path, parts: &[Part]) -> Result<(), SpeechError> {
    if !members().any(|member| member.part == Part::Runtime) {
        return Err(SpeechError::load(
            "ONNX Runtime",
            "there is no pinned build of it for this kind of machine (Linux on x86_64 or aarch64)",
        ));
    }
    match missing(models, parts) {
        none if none.is_empty() => Ok(()),
        findings => Err(SpeechError::ModelsMissing {
            dir: models.to_path_buf(),
            findings,
        }),
    }
}

/// The pinned voice model and our own rendering code, as one digest.
fn voice_digest() -> String {
    let model = members()
        .find(|member| member.file == HEART)
        .map_or("", |member| member.sha256);
    Digest::of(format!("{model} {VOICE_CODE}").as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::{RecognizerSession, Results};

    /// An engine that is only named.
    #[derive(Debug)]
    struct Far(&'static str, &'static str);

    impl Recognizer for Far {
        fn name(&self) -> &str {
            self.0
        }
        fn languages(&self) -> Vec<String> {
            vec![self.1.to_owned()]
        }
        fn open(&self, _: &Hints, _: Results) -> Box<dyn RecognizerSession> {
            unreachable!("nobody calls")
        }
    }

    fn engines() -> Speech {
        let settings = SpeechSettings {
            stt: vec![EngineChoice::Scripted],
            tts: vec![EngineChoice::Scripted],
            models_dir: PathBuf::new(),
            cache_dir: None,
            cache_bytes: 0,
            threads: 1,
        };
        Speech::load(settings)
            .expect("scripted engines need no models")
            .with_recognizers(vec![
                Arc::new(Far("north", "fr-CA")),
                Arc::new(Far("south", "en")),
            ])
    }

    fn chosen_for(named: &[&str], language: &str) -> Vec<String> {
        let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
        let chosen = engines().recognizers(&named, language);
        chosen.iter().map(|r| r.name().to_owned()).collect()
    }

    #[test]
    fn a_restaurant_has_the_engines_it_names_in_its_own_order_else_all_in_the_servers() {
        assert_eq!(chosen_for(&[], "en-US"), ["south", "scripted"]);
        let turned = ["scripted", "south"];
        assert_eq!(chosen_for(&turned, "en-US"), turned);
        assert_eq!(chosen_for(&["south"], "en-US"), ["south"]);
        assert_eq!(chosen_for(&[], "fr-CA"), ["north"]);
    }

    #[test]
    fn a_call_is_never_without_an_engine() {
        // A last good version that was validated for other engines, before a restart.
        let all = ["north", "south", "scripted"];
        assert_eq!(chosen_for(&["gone"], "en-US"), all);
        assert_eq!(chosen_for(&["north"], "de-DE"), all);
        let voices = engines().voices(&["gone".to_owned()], Some("nobody"));
        assert_eq!(voices.len(), 1);
        assert_eq!(voices[0].engine(), "scripted");
    }

    #[test]
    fn capabilities_are_what_is_open() {
        let here = engines().capabilities();
        assert_eq!(here.stt, ["north", "south", "scripted"]);
        assert_eq!(here.tts, ["scripted"]);
        assert_eq!(here.languages, ["en"], "nobody here speaks French");
        assert_eq!(here.voices.as_deref(), Some(&["heart".to_owned()][..]));
    }
}
