//! Reads what `check` was asked to look at.
#![expect(
    clippy::disallowed_methods,
    reason = "reads the files that are checked"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Capabilities, Code, Problem, read};
use crate::reload::list;
use crate::routing::{Candidate, RoutingTable, Served, decide, explain};

/// One file that was looked at.
#[derive(Debug)]
pub(super) struct CheckedFile {
    pub path: PathBuf,
    /// What it says, after its byte order mark; empty when it is not text.
    pub text: String,
    pub problems: Vec<Problem>,
}

impl CheckedFile {
    /// Would the server refuse it?
    pub(super) fn is_rejected(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }
}

/// A path that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {why}")]
pub(super) struct Unreadable {
    pub path: String,
    pub why: std::io::Error,
}

/// Files and folders in the order they were named; folders by name. Everything named together is checked together, so
/// that two files claiming one number are found.
pub(super) fn gather(paths: &[PathBuf]) -> Result<Vec<CheckedFile>, Unreadable> {
    let mut files = Vec::new();
    let mut candidates = Vec::new();
    for path in paths {
        let broken = |why| Unreadable {
            path: path.display().to_string(),
            why,
        };
        if std::fs::metadata(path).map_err(broken)?.is_dir() {
            gather_folder(path, &mut files, &mut candidates)?;
        } else {
            gather_file(path.clone(), &mut files, &mut candidates)?;
        }
    }
    for conflict in decide(&RoutingTable::empty(), &candidates).conflicts {
        let refused = Path::new(&conflict.refused.file);
        if let Some(file) = files.iter_mut().find(|file| file.path == refused) {
            file.problems.push(explain(&conflict));
        }
    }
    Ok(files)
}

fn gather_folder(
    folder: &Path,
    files: &mut Vec<CheckedFile>,
    candidates: &mut Vec<Candidate>,
) -> Result<(), Unreadable> {
    let listing = list(folder).map_err(|why| Unreadable {
        path: folder.display().to_string(),
        why,
    })?;
    for name in listing.files.keys() {
        gather_file(folder.join(name), files, candidates)?;
        if let (Some(file), Some(clash)) = (files.last_mut(), listing.clashes.get(name)) {
            file.problems.push(clash.clone());
        }
    }
    files.extend(
        listing
            .skipped
            .into_iter()
            .map(|(name, problem)| CheckedFile {
                path: folder.join(name),
                text: String::new(),
                problems: vec![problem],
            }),
    );
    Ok(())
}

fn gather_file(
    path: PathBuf,
    files: &mut Vec<CheckedFile>,
    candidates: &mut Vec<Candidate>,
) -> Result<(), Unreadable> {
    let name = path.display().to_string();
    if files.iter().any(|file| file.path == path) {
        return Ok(());
    }
    let bytes = std::fs::read(&path).map_err(|why| Unreadable {
        path: name.clone(),
        why,
    })?;
    // The server's capabilities are not known here: what the embedded engines can do is what `serve` starts with.
    let reading = read(&bytes, &Capabilities::embedded());
    if let Some(restaurant) = reading.restaurant {
        candidates.push(Candidate {
            served: Arc::new(Served {
                restaurant,
                digest: reading.digest,
                file: name,
            }),
            number_places: reading.number_places,
        });
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    files.push(CheckedFile {
        path,
        text: text.trim_start_matches('\u{feff}').to_owned(),
        problems: reading.problems,
    });
    Ok(())
}

/// Files looked at and what was found, for the last line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub ok: usize,
    pub rejected: usize,
    pub warnings: usize,
}

/// Counts; a skipped folder is a warning and no file.
pub(super) fn tally(files: &[CheckedFile]) -> Tally {
    let mut tally = Tally::default();
    for file in files {
        let skipped = file.problems.iter().any(|p| p.code == Code::WarnSubfolder);
        if file.is_rejected() {
            tally.rejected += 1;
        } else if !skipped {
            tally.ok += 1;
        }
        tally.warnings += file.problems.iter().filter(|p| !p.is_error()).count();
    }
    tally
}
