//! Opening files that strangers may have put there: never through a link, never waiting for the other end of a pipe, never
//! more than was asked for.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path};

use rustix::fs::{CWD, Mode, OFlags, fstat, open, openat};

/// A link as the last part is an error (`ELOOP`), and the open of a pipe does not wait for its writer.
const FOR_READING: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// A step on the way: a folder, and no link to one.
const A_STEP: OFlags = OFlags::PATH
    .union(OFlags::NOFOLLOW)
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

/// An open folder. What is opened in it lies in it, whatever is renamed or linked meanwhile.
#[derive(Debug)]
pub(super) struct OpenFolder(OwnedFd);

impl OpenFolder {
    /// Opens the folder at a real path.
    pub(super) fn open(real: &Path) -> io::Result<Self> {
        let way = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(open(real, way, Mode::empty())?))
    }

    /// Device and inode.
    pub(super) fn identity(&self) -> Option<(u64, u64)> {
        let stat = fstat(&self.0).ok()?;
        Some((stat.st_dev, stat.st_ino))
    }

    /// Opens a regular file in the folder, by its real path from there. Each folder on the way is opened without following
    /// a link, so a part that became one since its path was looked up is an error ([`is_moving`]), never a way out. (This
    /// is what `openat2` with `RESOLVE_BENEATH` and `RESOLVE_NO_SYMLINKS` does, and works where that is missing or
    /// forbidden.)
    pub(super) fn file(&self, real_way: &Path) -> io::Result<File> {
        let mut names = Vec::new();
        for part in real_way.components() {
            match part {
                Component::Normal(name) => names.push(name),
                _ => return Err(io::ErrorKind::InvalidInput.into()),
            }
        }
        let Some((file, folders)) = names.split_last() else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut step: Option<OwnedFd> = None;
        for folder in folders {
            let from = step.as_ref().unwrap_or(&self.0).as_fd();
            step = Some(openat(from, *folder, A_STEP, Mode::empty())?);
        }
        let from = step.as_ref().unwrap_or(&self.0).as_fd();
        regular(openat(from, *file, FOR_READING, Mode::empty())?.into())
    }
}

/// Is the error that of a path whose parts became something else while it was walked?
pub(super) fn is_moving(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let code = Errno::from_io_error(error);
    matches!(code, Some(Errno::NOENT | Errno::LOOP | Errno::NOTDIR))
}

fn regular(file: File) -> io::Result<File> {
    let kind = file.metadata()?.file_type();
    if kind.is_file() {
        return Ok(file);
    }
    let what = if kind.is_dir() {
        "it is a folder"
    } else {
        "it is a pipe, a socket or a device, not a file"
    };
    Err(io::Error::other(what))
}

/// The bytes of a regular file, which are no more than `most`.
///
/// # Errors
/// When it is a link, a pipe, a device, a folder, or larger; or cannot be read.
pub(crate) fn read_small(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = regular(openat(CWD, path, FOR_READING, Mode::empty())?.into())?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it has more than {most} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_a_pipe_a_folder_and_a_way_out_are_not_opened() {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().canonicalize().unwrap();
        let folder = base.join("restaurants.d");
        std::fs::create_dir_all(folder.join("..data/deep")).unwrap();
        std::fs::write(base.join("secret"), "secret").unwrap();
        std::fs::write(folder.join("..data/deep/a.yaml"), "inside").unwrap();
        symlink("../secret", folder.join("out.yaml")).unwrap();
        symlink("..data/deep", folder.join("way")).unwrap();
        let pipe = folder.join("pipe.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let open = OpenFolder::open(&folder).unwrap();
        let mut text = String::new();
        let mut file = open.file(Path::new("..data/deep/a.yaml")).unwrap();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "inside");
        for (way, moving) in [
            ("out.yaml", true),
            ("way/a.yaml", true),
            ("gone.yaml", true),
            ("pipe.yaml", false),
            ("..data", false),
            ("../secret", false),
            ("/etc/passwd", false),
            ("", false),
        ] {
            let error = open.file(Path::new(way)).unwrap_err();
            assert_eq!(is_moving(&error), moving, "{way}: {error}");
        }
        assert!(read_small(&pipe, 10).is_err());
        assert!(read_small(&folder.join("out.yaml"), 10).is_err());
        assert!(read_small(Path::new("/dev/zero"), 10).is_err());
        assert_eq!(read_small(&base.join("secret"), 6).unwrap(), b"secret");
        assert!(read_small(&base.join("secret"), 5).is_err());
    }
}
