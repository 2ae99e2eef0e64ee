//! The secret that seals media tokens when the operator gave none: made once, kept in the data folder.
#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes the secret's file"
)]

use std::io::Write as _;
use std::path::Path;

use super::Secret;

/// Its name inside the data folder.
const FILE: &str = "media-secret";

/// Reads the secret of the data folder, or makes one (256 bits, hex, readable by its owner only).
///
/// # Errors
/// The folder cannot be made, read or written, or others may read the secret.
pub fn load_or_make(data: &Path) -> std::io::Result<Secret> {
    let path = data.join(FILE);
    refuse_shared(&path)?;
    match std::fs::read_to_string(&path) {
        Ok(text) if text.trim().len() >= 32 => return Ok(Secret::new(text.trim())),
        Ok(_) => std::fs::remove_file(&path)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    std::fs::create_dir_all(data)?;
    let bytes: [u8; 32] = rand::random();
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    Ok(Secret::new(text))
}

/// Who read the secret may open calls with it, so one that others could read is not trusted on.
fn refuse_shared(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = match std::fs::metadata(path) {
        Ok(facts) => facts.mode() & 0o777,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(std::io::Error::new(
        std::io::ErrorKind::PermissionDenied,
        format!(
            "others may read {path} (mode {mode:04o}); remove it, and a new secret is made, or `chmod 600` it if nobody has"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let first = load_or_make(&data).unwrap();
        assert_eq!(first.expose().len(), 64);
        assert!(load_or_make(&data).unwrap() == first);
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(data.join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_cut_off_secret_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "abc", 0o600);
        assert_eq!(load_or_make(folder.path()).unwrap().expose().len(), 64);
    }
    #[test]
    fn a_secret_that_others_may_read_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &"0".repeat(64), 0o640);
        let refused = load_or_make(folder.path()).unwrap_err().to_string();
        assert!(
            refused.contains("0640") && refused.contains("chmod 600"),
            "{refused}"
        );
    }

    fn write(folder: &Path, text: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.join(FILE);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
}
