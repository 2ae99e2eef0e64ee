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
/// The folder cannot be made, read or written.
pub fn load_or_make(data: &Path) -> std::io::Result<Secret> {
    let path = data.join(FILE);
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
        std::fs::write(folder.path().join(FILE), "abc").unwrap();
        assert_eq!(load_or_make(folder.path()).unwrap().expose().len(), 64);
    }
}
