//! Going back to an earlier version of a file.

use super::file_states::{FileStates, LastGood};
use super::persisted_state::StateStore;
use crate::config::{self, Capabilities};
use crate::restaurant::Digest;
use crate::store::StoreError;

/// Why an earlier version cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum RollbackError {
    #[error("there is no file {0} in the folder")]
    UnknownFile(String),
    #[error("no version {digest} of {file} is kept (the last 20 good ones are)")]
    UnknownVersion { file: String, digest: Digest },
    #[error("{0} cannot be read now, so nobody could tell when it changes; mend that first")]
    Unreadable(String),
    #[error("version {digest} of {file} is no longer valid: {why}")]
    Invalid {
        file: String,
        digest: Digest,
        why: String,
    },
    #[error("the version could not be read from the store: {0}")]
    Store(#[from] StoreError),
}

/// Has the file serve its version with this digest from now on, until its bytes on disk change.
pub(super) fn pin(
    files: &mut FileStates,
    (file, digest): (&str, &Digest),
    state_store: Option<&StateStore>,
    capabilities: &Capabilities,
) -> Result<(), RollbackError> {
    let known = files.get_mut(file);
    let Some(known) = known.filter(|known| known.missing.is_none()) else {
        return Err(RollbackError::UnknownFile(file.to_owned()));
    };
    let good = version(state_store, file, digest, capabilities)?;
    let over = known.digest.clone().filter(|on_disk| on_disk != digest);
    if over.is_none() && known.digest.is_none() {
        return Err(RollbackError::Unreadable(file.to_owned()));
    }
    known.pinned_over = over;
    known.become_version(good);
    Ok(())
}

/// The version, read from the store and still valid.
fn version(
    state_store: Option<&StateStore>,
    file: &str,
    digest: &Digest,
    capabilities: &Capabilities,
) -> Result<LastGood, RollbackError> {
    let found = match state_store {
        Some(state_store) => state_store.version(file, digest)?,
        None => None,
    };
    let Some(found) = found else {
        return Err(RollbackError::UnknownVersion {
            file: file.to_owned(),
            digest: digest.clone(),
        });
    };
    let (reading, _) = config::read_unlinted(&found.bytes, capabilities);
    let first = reading.problems.iter().find(|problem| problem.is_error());
    let why = first.map(|problem| problem.one_line()).unwrap_or_default();
    // The bytes are "unkept" so that the version becomes the newest of its file and is not forgotten while it is served.
    let good = LastGood::of(file, found.accepted_at, found.bytes, reading);
    good.ok_or_else(|| RollbackError::Invalid {
        file: file.to_owned(),
        digest: digest.clone(),
        why,
    })
}
