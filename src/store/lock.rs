//! One server for one data folder, and for one database: the second is told who the first is.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// A lock file, held for as long as this lives. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct ServerLock {
    _file: File,
}

/// Why it is not held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error(
        "another maitred ({holder}) works with it; stop that one, or give this one a folder and a database of its own"
    )]
    Held {
        /// `process 1234`, where it has said so.
        holder: String,
    },
    /// The system refused.
    #[error("cannot lock {}: {source}", file.display())]
    System { file: PathBuf, source: io::Error },
}

impl ServerLock {
    /// Takes the lock of `what` (a folder, or a file that need not exist): `maitred.lock` in the folder, or the file's
    /// name with `.lock` behind it.
    ///
    /// # Errors
    /// [`LockError`].
    pub fn take(what: &Path) -> Result<Self, LockError> {
        let path = if what.is_dir() {
            what.join("maitred.lock")
        } else {
            let mut name = what.as_os_str().to_owned();
            name.push(".lock");
            PathBuf::from(name)
        };
        let system = |source| LockError::System {
            file: path.clone(),
            source,
        };
        // Not emptied before it is ours: the holder's name is in it.
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(system)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                // A holder that has just begun may not have written it yet.
                let _ = file.read_to_string(&mut pid);
                let holder = match pid.trim() {
                    "" => "just starting".to_owned(),
                    pid => format!("process {pid}"),
                };
                return Err(LockError::Held { holder });
            }
            Err(TryLockError::Error(source)) => return Err(system(source)),
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(system)?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_hears_who_the_first_is_and_may_when_that_one_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("maitred.db");
        let first = ServerLock::take(folder.path()).unwrap();
        let _other = ServerLock::take(&database).unwrap();
        let refused = ServerLock::take(folder.path()).unwrap_err().to_string();
        let me = format!("process {}", std::process::id());
        assert!(refused.contains(&me), "{refused}");
        drop(first);
        ServerLock::take(folder.path()).unwrap();
    }
}
