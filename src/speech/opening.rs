//! Opening the engines a server was set up with.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::local::moonshine::MoonshineFiles;
use super::local::pronunciation::Pronunciation;
use super::local::{Engines, Workers};
use super::models::{HEART, Part, members, missing};
use super::recognizer::LocalRecognizer;
use super::synthesizer::LocalSynthesizer;
use super::{PromptCache, Recognizer, SpeechError, Synthesizer};
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
    pub stt: EngineChoice,
    pub tts: EngineChoice,
    /// Where `maitred models` put the files.
    pub models_dir: PathBuf,
    /// Where rendered prompts are kept; `None`: in memory only.
    pub cache_dir: Option<PathBuf>,
    /// Size the prompts on disk may reach, bytes.
    pub cache_bytes: u64,
    /// Worker threads; 0: one per core.
    pub threads: usize,
}

/// Recognizers and synthesizers of a server.
#[derive(Clone)]
pub struct Speech {
    pub recognizer: Arc<Recognizer>,
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
            settings.stt == EngineChoice::Local,
            settings.tts == EngineChoice::Local,
        );
        let workers = if hears || speaks {
            Some(Arc::new(open_workers(&settings, hears, speaks)?))
        } else {
            None
        };
        let recognizer = match &workers {
            Some(workers) if hears => Recognizer::Local(LocalRecognizer(Arc::clone(workers))),
            _ => Recognizer::Scripted,
        };
        let synthesizer = match &workers {
            Some(workers) if speaks => Synthesizer::Local(LocalSynthesizer {
                workers: Arc::clone(workers),
                digest: voice_digest(),
            }),
            _ => Synthesizer::Scripted,
        };
        let prompts = PromptCache::open(
            Arc::new(synthesizer),
            settings.cache_dir.as_deref(),
            settings.cache_bytes,
        );
        Ok(Self {
            recognizer: Arc::new(recognizer),
            prompts: Arc::new(prompts),
            workers,
        })
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
    let engines = Engines {
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
