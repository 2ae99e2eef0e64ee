//! Reads what `check` was asked to look at.
#![expect(
    clippy::disallowed_methods,
    reason = "reads the files that are checked"
)]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Capabilities, Code, MAX_BYTES, Problem, read};
use crate::reload::{list, not_text};
use crate::routing::{Candidate, RoutingTable, Served, decide, explain};

/// One file that was looked at.
#[derive(Debug)]
pub(in crate::cli) struct CheckedFile {
    pub path: PathBuf,
    /// The restaurant's id as written, where it could be read.
    pub id: Option<String>,
    /// What it says, after its byte order mark; empty when it is not text.
    pub text: String,
    pub problems: Vec<Problem>,
    /// Its orders go nowhere: it is valid and has no `orders:`.
    pub orders_stay: bool,
}

impl CheckedFile {
    /// Would the server refuse it?
    pub(in crate::cli) fn is_rejected(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The column behind a problem, in characters from 1; at least one character wide.
    pub(super) fn end_column(&self, problem: &Problem) -> u32 {
        let width = self
            .text
            .get(problem.span.clone())
            .map_or(0, |text| text.chars().count());
        problem.column + u32::try_from(width).unwrap_or(u32::MAX).max(1)
    }
}

/// Everything that was named.
#[derive(Debug, Default)]
pub(in crate::cli) struct Gathered {
    /// In the order of the command line, folders by name.
    pub files: Vec<CheckedFile>,
    /// The valid ones, as ownership is decided on.
    pub candidates: Vec<Candidate>,
}

/// A path that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {why}")]
pub(in crate::cli) struct Unreadable {
    pub path: String,
    pub why: std::io::Error,
}

/// Files and folders in the order they were named; folders by name. Everything named together is checked together, so
/// that two files claiming one number are found.
pub(super) fn gather(paths: &[PathBuf]) -> Result<Vec<CheckedFile>, Unreadable> {
    let Gathered {
        mut files,
        candidates,
    } = look(paths)?;
    for conflict in decide(&RoutingTable::empty(), &candidates).conflicts {
        let refused = Path::new(&conflict.refused.file);
        if let Some(file) = files.iter_mut().find(|file| file.path == refused) {
            file.problems.push(explain(&conflict));
        }
    }
    Ok(files)
}

/// Each file by itself: who owns what two of them claim is not decided here.
pub(in crate::cli) fn look(paths: &[PathBuf]) -> Result<Gathered, Unreadable> {
    let mut gathered = Gathered::default();
    for path in paths {
        let broken = |why| Unreadable {
            path: path.display().to_string(),
            why,
        };
        if std::fs::metadata(path).map_err(broken)?.is_dir() {
            gathered.folder(path)?;
        } else {
            gathered.file(path.clone())?;
        }
    }
    Ok(gathered)
}

impl Gathered {
    /// Files under their names in their folder, as a server knows them.
    pub(in crate::cli) fn by_file_name(mut self) -> Self {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        for file in &mut self.files {
            file.path = name(&file.path).into();
        }
        for candidate in &mut self.candidates {
            let served = &candidate.served;
            candidate.served = Arc::new(Served {
                restaurant: Arc::clone(&served.restaurant),
                digest: served.digest.clone(),
                file: name(Path::new(&served.file)),
            });
        }
        self
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Unreadable> {
        let listing = list(folder).map_err(|why| Unreadable {
            path: folder.display().to_string(),
            why,
        })?;
        for name in listing.files.keys() {
            self.add(folder.join(name), listing.read(name));
            if let (Some(file), Some(clash)) = (self.files.last_mut(), listing.clashes.get(name)) {
                file.problems.push(clash.clone());
            }
        }
        let mut unread = listing.skipped;
        unread.extend(listing.refused);
        for (name, problem) in unread {
            self.problem(folder.join(name), problem);
        }
        Ok(())
    }

    /// A file that was named, which may be anywhere, and a pipe too.
    fn file(&mut self, path: PathBuf) -> Result<(), Unreadable> {
        if let Some((shown, problem)) = path.file_name().and_then(not_text) {
            self.problem(path.with_file_name(shown), problem);
            return Ok(());
        }
        let broken = |why| Unreadable {
            path: path.display().to_string(),
            why,
        };
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&path).map_err(broken)?;
        // One byte over the limit is enough to be refused for it.
        let read = file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
        read.map_err(broken)?;
        self.add(path, Ok(bytes));
        Ok(())
    }

    fn problem(&mut self, path: PathBuf, problem: Problem) {
        self.files.push(CheckedFile {
            path,
            id: None,
            text: String::new(),
            problems: vec![problem.or_remedy()],
            orders_stay: false,
        });
    }

    fn add(&mut self, path: PathBuf, bytes: std::io::Result<Vec<u8>>) {
        let name = path.display().to_string();
        if self.files.iter().any(|file| file.path == path) {
            return;
        }
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                self.problem(path, Problem::new(Code::Read, "", message));
                return;
            }
        };
        // The server's capabilities are not known here: the embedded engines' are taken, every language with words, and a
        // model is there where its variable is.
        let here = Capabilities {
            llm: std::env::var_os("OPENAI_MODEL").is_some_and(|model| !model.is_empty()),
            ..Capabilities::in_text()
        };
        let reading = read(&bytes, &here);
        let restaurant = reading.restaurant.as_ref();
        let orders_stay = restaurant.is_some_and(|restaurant| restaurant.orders.is_empty());
        if let Some(restaurant) = reading.restaurant {
            self.candidates.push(Candidate {
                served: Arc::new(Served {
                    restaurant,
                    digest: reading.digest,
                    file: name,
                }),
                number_places: reading.number_places,
            });
        }
        let text = String::from_utf8(bytes).unwrap_or_default();
        self.files.push(CheckedFile {
            path,
            id: reading.id,
            text: text.trim_start_matches('\u{feff}').to_owned(),
            problems: reading.problems,
            orders_stay,
        });
    }
}

/// Files looked at and what was found, for the last line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub ok: usize,
    pub rejected: usize,
    pub warnings: usize,
}

/// Counts; a skipped folder or a file that is not read is a warning and no file.
pub(super) fn tally(files: &[CheckedFile]) -> Tally {
    let mut tally = Tally::default();
    for file in files {
        let unread = |p: &Problem| matches!(p.code, Code::WarnSubfolder | Code::WarnFileName);
        let skipped = file.problems.iter().any(unread);
        if file.is_rejected() {
            tally.rejected += 1;
        } else if !skipped {
            tally.ok += 1;
        }
        tally.warnings += file.problems.iter().filter(|p| !p.is_error()).count();
    }
    tally
}

/// A file with errors, one with warnings only, one without text: what the formats are tested on.
#[cfg(test)]
pub(super) fn sample() -> Vec<CheckedFile> {
    let bad = "id: demo\nname: Zoë's\nphone_number: +15551234567\nmenu:\n  - {id: a, name: \"Größe, 50%\", price: cheap, prize: 1}\n";
    let warned = "id: luna\nname: Luna\nphone_number: \"+15551234567\"\ngreeting: \"Hi, {nmae}: what?\"\nmenu: [{id: a, name: Soup, price: 1}]\n";
    [
        ("./restaurants.d/demo, 1.yaml", bad.as_bytes()),
        ("restaurants.d/luna.yaml", warned.as_bytes()),
        ("restaurants.d/pic.yaml", &[0xff, 0xd8]),
    ]
    .into_iter()
    .map(|(path, bytes)| {
        let reading = read(bytes, &Capabilities::in_text());
        CheckedFile {
            path: path.into(),
            id: reading.id,
            text: String::from_utf8(bytes.to_vec()).unwrap_or_default(),
            problems: reading.problems,
            orders_stay: false,
        }
    })
    .collect()
}
