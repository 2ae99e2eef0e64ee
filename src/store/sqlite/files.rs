//! The files of an open database: are they still the ones that were opened?
//!
//! A file that was removed or replaced goes on taking writes under no name, and nobody ever finds what is in it. The
//! main file and the write-ahead log beside it are only asked for their attributes: to open and close them here would
//! release SQLite's locks on them (POSIX locks belong to the process).
#![expect(
    clippy::disallowed_methods,
    reason = "asks for the attributes of the database's files, aside"
)]

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// Where the database lies.
#[derive(Clone, Debug)]
pub(super) struct Files {
    database: PathBuf,
    log: PathBuf,
}

/// A file, whatever its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// What lay there when it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    database: Identity,
    bytes: u64,
    /// `None`: no connection has needed it yet.
    log: Option<Identity>,
    log_bytes: u64,
}

impl Files {
    pub(super) fn new(database: &Path) -> Self {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        Self {
            database: database.to_path_buf(),
            log: log.into(),
        }
    }

    /// What lies there now.
    pub(super) async fn look(&self) -> Result<Found, StoreError> {
        let files = self.clone();
        let found = tokio::task::spawn_blocking(move || files.look_now()).await;
        found.unwrap_or_else(|stopped| Err(self.unreadable(io::Error::other(stopped))))
    }

    /// Is what was opened still there, whole? Returns it as it is now.
    pub(super) async fn check(&self, opened: &Found) -> Result<Found, StoreError> {
        let now = self.look().await?;
        let same_log = opened.log.is_none() || opened.log == now.log;
        if !now.follows(opened) || !same_log {
            return Err(StoreError::Replaced(self.database.clone()));
        }
        Ok(now)
    }

    /// Does the log of `before` lie beside another database? Opening that one would write the log's pages into it.
    pub(super) fn has_foreign_log(&self, before: &Found, now: &Found) -> bool {
        !now.is_of(before) && now.log_bytes > 0 && now.log.is_some() && now.log == before.log
    }

    fn look_now(&self) -> Result<Found, StoreError> {
        let database = std::fs::metadata(&self.database).map_err(|error| self.unreadable(error))?;
        let log = match std::fs::metadata(&self.log) {
            Ok(log) => Some(log),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.unreadable(error)),
        };
        let identity = |file: &std::fs::Metadata| Identity {
            device: file.dev(),
            inode: file.ino(),
        };
        Ok(Found {
            database: identity(&database),
            bytes: database.len(),
            log: log.as_ref().map(identity),
            log_bytes: log.map_or(0, |log| log.len()),
        })
    }

    fn unreadable(&self, source: io::Error) -> StoreError {
        let file = self.database.clone();
        match source.kind() {
            io::ErrorKind::NotFound => StoreError::Gone(file),
            _ => StoreError::Unreadable { file, source },
        }
    }
}

impl Found {
    /// The same file, and no shorter?
    pub(super) fn follows(&self, opened: &Self) -> bool {
        self.is_of(opened) && self.bytes >= opened.bytes
    }

    /// The same file?
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.database == other.database
    }
}
