//! The folder's listing and its bytes. The listing is filtered, never the events: a Kubernetes ConfigMap update names
//! only `..data`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{File, FileType, Metadata};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::plain_file::OpenFolder;
use super::strays;
use crate::config::{Code, MAX_BYTES, Problem};

/// What changes when a file's content may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified_ns: i128,
    changed_ns: i128,
}

impl Stamp {
    /// When the file last changed in any way, in ns since 1970.
    pub(super) fn newest_ns(&self) -> i128 {
        self.changed_ns.max(self.modified_ns)
    }

    /// When the bytes were last written.
    pub(super) fn modified(&self) -> Option<Timestamp> {
        Timestamp::from_nanosecond(self.modified_ns).ok()
    }

    /// Is it that of the same file, unchanged? Asked across restarts, after which a disk may have another number.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        let same_disk = Self {
            device: other.device,
            ..*self
        };
        same_disk == *other
    }

    pub(super) fn of(metadata: &Metadata) -> Self {
        let ns = |seconds: i64, part: i64| i128::from(seconds) * 1_000_000_000 + i128::from(part);
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified_ns: ns(metadata.mtime(), metadata.mtime_nsec()),
            changed_ns: ns(metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// How a file of a listing is opened.
pub(super) type OpenFile = Box<dyn Fn(&Listing, &str) -> io::Result<File> + Send + Sync>;

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Restaurant files by name.
    pub files: BTreeMap<String, Stamp>,
    /// Names that are the same but for case or ending, with what is wrong.
    pub clashes: BTreeMap<String, Problem>,
    /// Files that are there and cannot be taken, unlike one that is gone: links out of the folder, broken storage.
    pub refused: BTreeMap<String, Problem>,
    /// Folders, links to nothing, and files that look as if they were meant and are not read.
    pub skipped: BTreeMap<String, Problem>,
    /// The folder's real path.
    pub root: PathBuf,
    /// The folder itself, which files are opened in; `None`: nothing was listed.
    pub(super) open: Option<Arc<OpenFolder>>,
    /// The real path of every file that is a link.
    pub links: BTreeMap<String, PathBuf>,
    /// Was there something that cannot be followed by its own events: a link, or a name that is no text?
    odd: bool,
}

impl Listing {
    /// Is a file of this name there, readable or not?
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.refused.contains_key(name)
    }

    /// The real path of a file.
    pub(super) fn real_path(&self, name: &str) -> PathBuf {
        let link = self.links.get(name).cloned();
        link.unwrap_or_else(|| self.root.join(name))
    }

    /// Opens a file where the listing found it. Nothing outside the folder is ever opened, nor anything but a regular file,
    /// whatever became of the name meanwhile.
    ///
    /// # Errors
    /// The system's. [`is_moving`](super::plain_file::is_moving) tells those of a name that became something else.
    pub(super) fn open(&self, name: &str) -> io::Result<File> {
        let path = self.real_path(name);
        let way = path.strip_prefix(&self.root).ok();
        match (&self.open, way) {
            (Some(open), Some(way)) => open.file(way),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// A file's bytes, at most one more than may be read.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        self.open(name)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The folders in which the files are that links lead to.
    pub(super) fn link_homes(&self) -> BTreeSet<PathBuf> {
        let homes = self.links.values().filter_map(|path| path.parent());
        homes
            .filter(|home| *home != self.root)
            .map(Path::to_owned)
            .collect()
    }
}

/// Lists the restaurant files of `folder`.
///
/// # Errors
/// When the folder cannot be read: nothing may be concluded from that about its files.
pub fn list(folder: &Path) -> io::Result<Listing> {
    let root = folder.canonicalize()?;
    let mut listing = Listing {
        open: Some(Arc::new(OpenFolder::open(&root)?)),
        root,
        ..Listing::default()
    };
    for entry in std::fs::read_dir(&listing.root)? {
        let entry = entry?;
        match entry.file_name().into_string() {
            Ok(name) if is_passed_over(&name) => {}
            Ok(name) => listing.take(name, &entry.path(), entry.file_type()?),
            Err(name) => {
                listing.odd = true;
                if let Some((shown, problem)) = strays::not_text(&name) {
                    listing.refused.insert(shown, problem);
                }
            }
        }
    }
    find_clashes(&mut listing);
    Ok(listing)
}

/// Temporary and hidden files, backups of editors.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

impl Listing {
    /// The listing as it is now, when nothing happened in the folder since but at these paths. `None`: that cannot be told
    /// by looking at them alone, so the folder must be listed anew.
    pub(super) fn refreshed(mut self, folder: &Path, touched: &BTreeSet<PathBuf>) -> Option<Self> {
        let listed = self.open.as_ref()?.identity();
        let same = folder.canonicalize().is_ok_and(|root| root == self.root)
            && listed.is_some()
            && identity(folder) == listed;
        if !same || self.odd {
            return None;
        }
        let mut names_changed = false;
        for path in touched {
            // The folder itself, one that it is in, or a name that Kubernetes swaps whole versions behind.
            let name = path.file_name()?.to_str()?;
            if path.parent() != Some(&self.root) || name.starts_with("..") {
                return None;
            }
            if is_passed_over(name) {
                continue;
            }
            let before = self.files.remove(name);
            self.refused.remove(name);
            self.skipped.remove(name);
            match std::fs::symlink_metadata(path) {
                Ok(metadata) => self.take(name.to_owned(), path, metadata.file_type()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) => return None,
            }
            names_changed |= before.is_some() != self.files.contains_key(name);
        }
        if names_changed {
            self.clashes.clear();
            find_clashes(&mut self);
        }
        (!self.odd).then_some(self)
    }

    /// Takes in one name.
    fn take(&mut self, name: String, path: &Path, kind: FileType) {
        // What it leads to may become something else without an event here.
        self.odd |= kind.is_symlink();
        if kind.is_dir() {
            let warning = Problem::new(Code::WarnSubfolder, "", "folders inside are not read");
            self.skipped.insert(name, warning);
        } else if strays::is_yaml(&name) {
            self.add(name, path, kind.is_symlink());
        } else if let Some(warning) = strays::looks_meant(&name) {
            self.skipped.insert(name, warning);
        }
    }

    /// Takes in the name of a restaurant file. What is gone is left out; what is there and cannot be looked at is refused, never gone.
    fn add(&mut self, name: String, path: &Path, is_link: bool) {
        if is_link {
            match path.canonicalize() {
                // The real target is below the real root (`..data` of a ConfigMap is).
                Ok(target) if target.starts_with(&self.root) => {
                    self.links.insert(name.clone(), target);
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let problem = Problem::new(Code::Read, "", "the link leads nowhere");
                    self.skipped.insert(name, problem);
                    return;
                }
                Ok(_) => {
                    let problem = Problem::new(Code::Read, "", "the link leads out of the folder")
                        .with_help("copy the file into the folder instead");
                    self.refused.insert(name, problem);
                    return;
                }
                Err(error) => return self.refuse(name, &error),
            }
        }
        // Follows links: the target's stamp is what changes.
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => {
                self.files.insert(name, Stamp::of(&metadata));
            }
            // A link to a folder is one.
            Ok(metadata) if metadata.is_dir() => {
                let warning = Problem::new(Code::WarnSubfolder, "", "folders inside are not read");
                self.links.remove(&name);
                self.skipped.insert(name, warning);
            }
            Ok(_) => {
                let message = "it is a pipe, a socket or a device, not a file";
                let problem = Problem::new(Code::Read, "", message)
                    .with_help("put the file itself into the folder");
                self.refused.insert(name, problem);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.refuse(name, &error),
        }
    }

    fn refuse(&mut self, name: String, error: &io::Error) {
        let message = format!("the file cannot be looked at: {error}");
        let problem = Problem::new(Code::Read, "", message);
        self.refused.insert(name, problem);
    }
}

fn find_clashes(listing: &mut Listing) {
    let mut stems: HashMap<String, Vec<&String>> = HashMap::new();
    for name in listing.files.keys() {
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        stems.entry(stem.to_lowercase()).or_default().push(name);
    }
    for names in stems.into_values().filter(|names| names.len() > 1) {
        for name in &names {
            let others: Vec<&str> = names
                .iter()
                .filter(|other| other != &name)
                .map(|other| other.as_str())
                .collect();
            let message = format!("the name is too close to {}", others.join(", "));
            let problem = Problem::new(Code::NameClash, "", message)
                .with_help("rename or remove one of them");
            listing.clashes.insert((*name).clone(), problem);
        }
    }
}

/// Device and inode of the folder: another one under the same name needs another watch.
pub(super) fn identity(folder: &Path) -> Option<(u64, u64)> {
    let metadata = std::fs::metadata(folder).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(test)]
#[path = "refresh_tests.rs"]
mod refresh;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r04_only_restaurant_files_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        let put = |name: &str| std::fs::write(folder.path().join(name), "id: a\n").unwrap();
        for name in [
            "a.yaml",
            "b.yml",
            ".hidden.yaml",
            "c.yaml~",
            "notes.txt",
            "Clash.yaml",
            "clash.yml",
        ] {
            put(name);
        }
        std::fs::create_dir_all(folder.path().join("more.yaml")).unwrap();
        std::fs::create_dir_all(folder.path().join("..data")).unwrap();
        put("..data/d.yaml");
        std::os::unix::fs::symlink("..data/d.yaml", folder.path().join("d.yaml")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("e.yaml")).unwrap();
        std::os::unix::fs::symlink("nowhere.yaml", folder.path().join("f.yaml")).unwrap();
        let listing = list(folder.path()).unwrap();
        let names: Vec<_> = listing.files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["Clash.yaml", "a.yaml", "b.yml", "clash.yml", "d.yaml"]
        );
        let clashes: Vec<_> = listing.clashes.keys().map(String::as_str).collect();
        assert_eq!(clashes, ["Clash.yaml", "clash.yml"]);
        let skipped: Vec<_> = listing.skipped.keys().map(String::as_str).collect();
        assert_eq!(skipped, ["f.yaml", "more.yaml"]);
        let refused: Vec<_> = listing.refused.keys().map(String::as_str).collect();
        assert_eq!(refused, ["e.yaml"], "there, but outside");
        let homes = listing.link_homes();
        assert_eq!(homes, [listing.root.join("..data")].into());
        assert_eq!(listing.real_path("a.yaml"), listing.root.join("a.yaml"));
        assert!(list(&folder.path().join("missing")).is_err());
    }
}
