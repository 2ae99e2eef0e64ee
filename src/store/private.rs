//! Orders, callers' numbers and secrets are for the server's own user alone, whatever its umask: folders 0700, files 0600.
#![expect(
    clippy::disallowed_methods,
    reason = "makes files and sets who may read them"
)]

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Names in a data folder that maitred has worked in.
const OURS: [&str; 3] = ["maitred.db", "media-secret", "maitred.lock"];

/// Makes the data folder, or closes one of ours to others. A folder that holds none of our files may be anybody's (`/tmp`,
/// a home): it stays as it is, and what is made in it is closed by itself.
///
/// # Errors
/// The system's.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    let facts = fs::metadata(folder)?;
    let open_to_others = facts.mode() & 0o077 != 0;
    let is_empty = || Ok::<_, io::Error>(fs::read_dir(folder)?.next().is_none());
    let ours = OURS.iter().any(|name| folder.join(name).exists()) || is_empty()?;
    if open_to_others && ours {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Makes the file of a database (SQLite gives the files beside it the same permissions), or closes what is there.
pub(super) fn make_database(file: &Path) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        make_private_folder(folder)?;
    }
    // One that is there is not opened: closing it again would release SQLite's locks on it.
    let made = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => return other.map(drop),
    }
    for end in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        match fs::metadata(&name) {
            Ok(facts) if facts.mode() & 0o077 != 0 => {
                fs::set_permissions(&name, Permissions::from_mode(0o600))?;
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, default_url};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[tokio::test]
    async fn a_database_and_the_files_beside_it_are_for_their_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        make_private_folder(&data).unwrap();
        assert_eq!(mode(&data), 0o700);
        let store = Store::open(&default_url(&data)).await.unwrap();
        for name in ["maitred.db", "maitred.db-wal", "maitred.db-shm"] {
            assert_eq!(mode(&data.join(name)), 0o600, "{name}");
        }
        store.close().await;
        // As an earlier version left it.
        fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(data.join("maitred.db"), Permissions::from_mode(0o644)).unwrap();
        make_private_folder(&data).unwrap();
        let store = Store::open(&default_url(&data)).await.unwrap();
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join("maitred.db")), 0o600);
        store.close().await;
    }

    #[test]
    fn a_folder_of_somebody_else_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("theirs"), "").unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        make_private_folder(folder.path()).unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }
}
