//! ONNX Runtime: loaded from the models directory when it is first needed, once per process.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::builder::SessionBuilder;
use ort::session::{InMemorySession, Session};

use crate::speech::SpeechError;
use crate::speech::models::RUNTIME;

/// The library allows one environment per process; whoever loads first decides which file it comes from.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

fn environment(models: &Path) -> Result<Environment, SpeechError> {
    let mut slot = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = slot.as_ref() {
        return Ok(environment.clone());
    }
    let environment = ort::init_from(models.join(RUNTIME))
        .map_err(|e| SpeechError::load("ONNX Runtime", e))?
        .with_telemetry(false)
        .build()
        .map_err(|e| SpeechError::load("ONNX Runtime", e))?;
    Ok(slot.insert(environment).clone())
}

/// A session of the model in `file` that computes on the calling thread alone: calls run side by side, and two
/// threads on one short utterance were measured to cost more than they gain.
pub(in crate::speech) fn session(models: &Path, file: &str) -> Result<Session, SpeechError> {
    builder(models)?
        .commit_from_file(models.join(file))
        .map_err(|e| SpeechError::load(file, e))
}

/// As [`session`], from bytes that are read in place: sessions of one `.ort` model then share its weights.
pub(in crate::speech) fn shared_session(
    models: &Path,
    file: &str,
    bytes: &'static [u8],
) -> Result<InMemorySession<'static>, SpeechError> {
    builder(models)?
        .commit_from_memory_directly(bytes)
        .map_err(|e| SpeechError::load(file, e))
}

fn builder(models: &Path) -> Result<SessionBuilder, SpeechError> {
    let plain = |e: ort::Error<SessionBuilder>| SpeechError::load("ONNX Runtime", e);
    Session::builder(&environment(models)?)
        .map_err(|e| SpeechError::load("ONNX Runtime", e))?
        .with_intra_threads(1)
        .map_err(plain)?
        .with_inter_threads(1)
        .map_err(plain)
}
