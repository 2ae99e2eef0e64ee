//! What can go wrong between sound and words.

use std::path::PathBuf;

use thiserror::Error;

use super::models::Finding;

/// Why speech could not be loaded, recognised or made. Cheap to clone: one failure may answer several waiting calls.
#[derive(Clone, Debug, Error)]
pub enum SpeechError {
    /// Files are not there, or damaged.
    #[error("find the speech models in {}: {} (get them with `maitred models fetch`)", .dir.display(), list(.findings))]
    ModelsMissing {
        dir: PathBuf,
        findings: Vec<Finding>,
    },
    /// A model or the runtime does not load.
    #[error("load {what}: {reason}")]
    Load { what: String, reason: String },
    /// An engine failed on this input.
    #[error("run {what}: {reason}")]
    Run { what: &'static str, reason: String },
    /// The engine has no such voice.
    #[error("speak with the voice {0:?}: the engine does not have it")]
    UnknownVoice(String),
    /// The worker threads are gone: the server is stopping.
    #[error("reach the speech workers: they have stopped")]
    Stopped,
}

impl SpeechError {
    pub(super) fn load(what: impl Into<String>, reason: impl ToString) -> Self {
        Self::Load {
            what: what.into(),
            reason: reason.to_string(),
        }
    }

    /// For `map_err`: a failure of `what` while it worked.
    pub(super) fn run<E: ToString>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |reason| Self::Run {
            what,
            reason: reason.to_string(),
        }
    }
}

fn list(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} is {}", finding.member.file, finding.fault))
        .collect();
    lines.join(", ")
}
