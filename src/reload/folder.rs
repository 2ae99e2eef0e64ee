//! The folder's listing and its bytes. The listing is filtered, never the events: a Kubernetes ConfigMap update names
//! only `..data`.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use crate::config::{Code, MAX_BYTES, Problem};

/// What changes when a file's content may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified_ns: i128,
    changed_ns: i128,
}

impl Stamp {
    /// When the bytes were last written.
    pub(super) fn modified(&self) -> Option<Timestamp> {
        Timestamp::from_nanosecond(self.modified_ns).ok()
    }

    fn of(metadata: &Metadata) -> Self {
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

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Restaurant files by name.
    pub files: BTreeMap<String, Stamp>,
    /// Names that are the same but for case or ending, with what is wrong.
    pub clashes: BTreeMap<String, Problem>,
    /// Folders and links that are not read, with a warning.
    pub skipped: BTreeMap<String, Problem>,
}

/// Lists the restaurant files of `folder`.
///
/// # Errors
/// When the folder cannot be read: nothing may be concluded from that about its files.
pub fn list(folder: &Path) -> io::Result<Listing> {
    let root = folder.canonicalize()?;
    let mut listing = Listing::default();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let warning = Problem::new(Code::WarnSubfolder, "", "folders inside are not read");
            listing.skipped.insert(name, warning);
            continue;
        }
        if !is_yaml(&name) {
            continue;
        }
        let path = entry.path();
        if kind.is_symlink() && !stays_below(&path, &root) {
            let problem = Problem::new(
                Code::Read,
                "",
                "the link leads nowhere, or out of the folder",
            );
            listing.skipped.insert(name, problem);
            continue;
        }
        // Follows links: the target's stamp is what changes. A dangling link is a file that is not there.
        if let Ok(metadata) = std::fs::metadata(&path)
            && metadata.is_file()
        {
            listing.files.insert(name, Stamp::of(&metadata));
        }
    }
    find_clashes(&mut listing);
    Ok(listing)
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// The real target is below the real root (`..data` of a ConfigMap is).
fn stays_below(link: &Path, root: &Path) -> bool {
    link.canonicalize()
        .is_ok_and(|target| target.starts_with(root))
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

/// A file's bytes.
pub(super) struct Bytes {
    /// `None` when the file changed so recently that another write could bear the same stamp (the kernel's clock for
    /// files ticks every few milliseconds): the next scan reads it again.
    pub stamp: Option<Stamp>,
    /// When they were written.
    pub modified: Option<Timestamp>,
    pub bytes: Vec<u8>,
}

/// A change younger than this, in nanoseconds, may hide another behind the same stamp (the slowest kernel tick is 10 ms).
const TOO_FRESH_NS: i128 = 50_000_000;

/// A file's bytes; `None` when it moved while it was read (the next scan reads it again).
///
/// # Errors
/// When the file cannot be opened or read.
pub(super) fn read(path: &Path) -> io::Result<Option<Bytes>> {
    use std::io::Read;
    let mut file = std::fs::File::open(path)?;
    let before = Stamp::of(&file.metadata()?);
    let mut bytes = Vec::new();
    // One byte over the limit is enough to be refused for it.
    let limit = MAX_BYTES as u64 + 1;
    file.by_ref().take(limit).read_to_end(&mut bytes)?;
    let after = Stamp::of(&file.metadata()?);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as i128);
    let settled = now - after.changed_ns.max(after.modified_ns) > TOO_FRESH_NS;
    Ok((before == after).then(|| Bytes {
        stamp: settled.then_some(after),
        modified: after.modified(),
        bytes,
    }))
}

/// Device and inode of the folder: another one under the same name needs another watch.
pub(super) fn identity(folder: &Path) -> Option<(u64, u64)> {
    let metadata = std::fs::metadata(folder).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_restaurant_files_are_listed() {
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
        assert_eq!(skipped, ["e.yaml", "f.yaml", "more.yaml"]);
        assert!(list(&folder.path().join("missing")).is_err());
    }
}
