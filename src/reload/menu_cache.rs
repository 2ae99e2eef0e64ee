//! What the files of the last run came to, in one file beside the database: a start takes a file that has the same stamp as
//! then for the same bytes (they are hashed behind the first table), and validates only bytes that it has not seen. Losing
//! it costs a slow start and nothing else.
//!
//! It is believed only when it was written by this very program (its file's size and time are the key, so an upgrade
//! validates everything anew), and an entry only when its own hash fits.

use std::collections::HashMap;
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::file_states::{FileState, FileStates};
use super::folder::Stamp;
use crate::config::packed::{pack, unpack};
use crate::config::{Capabilities, Reading};
use crate::restaurant::Digest;

/// First bytes of the file.
const MAGIC: &[u8] = b"maitred menus 2\n";
/// Before each entry: the hash of its bytes, and their length.
const HEAD: usize = 32 + 4;

/// So many changed files are validated quickly enough.
const FEW: usize = 64;

/// What an entry is about; the packed reading follows.
#[derive(Serialize, Deserialize)]
struct About<'a> {
    /// In the folder.
    name: &'a str,
    digest: Digest,
    /// Of the file when its bytes were read; `None`: it changed too recently for that to tell anything.
    stamp: Option<Stamp>,
}

/// What a file came to.
#[derive(Debug)]
struct Entry {
    /// Where its bytes lie; empty when it is only known to be in the file.
    bytes: Range<usize>,
    /// Where in them the packed reading begins.
    reading: usize,
    digest: Digest,
    stamp: Option<Stamp>,
}

/// The cache of the last run, and where the next one's goes.
#[derive(Debug, Default)]
pub(super) struct MenuCache {
    /// `None`: nothing is kept.
    path: Option<PathBuf>,
    /// Who may believe what is written.
    key: Vec<u8>,
    bytes: Vec<u8>,
    /// By file name.
    entries: HashMap<String, Entry>,
    /// The file name of an entry, by its digest.
    names: HashMap<Digest, String>,
    /// Changes of files since it was looked whether it is worth writing.
    changes: usize,
}

impl MenuCache {
    /// Reads the cache at `path`; empty when there is none that this program wrote for these engines.
    pub(super) fn open(path: Option<&Path>, capabilities: &Capabilities) -> Self {
        let (Some(path), Some(key)) = (path, key(capabilities)) else {
            return Self::default();
        };
        let mut cache = Self {
            path: Some(path.to_owned()),
            key,
            ..Self::default()
        };
        if let Ok(bytes) = std::fs::read(path)
            && let Some(body) = cache.body(&bytes)
        {
            cache.index(&bytes, body);
            cache.bytes = bytes;
        }
        cache
    }

    /// Where the entries begin, if the file is ours.
    fn body(&self, bytes: &[u8]) -> Option<usize> {
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&self.key[..])?;
        Some(bytes.len() - rest.len())
    }

    /// Notes where each entry lies; a file that was cut off ends early.
    fn index(&mut self, bytes: &[u8], mut at: usize) {
        while let Some(head) = bytes.get(at..at + HEAD) {
            let length = head[32..].try_into().map_or(0, u32::from_le_bytes) as usize;
            let begin = at + HEAD;
            at = begin + length;
            let Some(entry) = bytes.get(begin..at) else {
                break;
            };
            // Whether these bytes are those that were written is seen when the entry is asked for.
            let Ok((about, reading)) = postcard::take_from_bytes::<About<'_>>(entry) else {
                continue;
            };
            self.names
                .insert(about.digest.clone(), about.name.to_owned());
            let entry = Entry {
                bytes: begin..at,
                reading: entry.len() - reading.len(),
                digest: about.digest,
                stamp: about.stamp,
            };
            self.entries.insert(about.name.to_owned(), entry);
        }
    }

    /// What a file with this digest came to.
    pub(super) fn reading(&self, digest: &Digest) -> Option<Reading> {
        let entry = self.entries.get(self.names.get(digest)?)?;
        self.unpacked(entry).filter(|found| found.digest == *digest)
    }

    /// What the file of this name came to, if nothing tells that it is another one since: its stamp is that of the bytes
    /// with this digest.
    pub(super) fn unchanged(&self, name: &str, stamp: &Stamp, digest: &Digest) -> Option<Reading> {
        let entry = self.entries.get(name)?;
        let same = entry.digest == *digest && entry.stamp.is_some_and(|then| then.is_as(stamp));
        same.then(|| self.unpacked(entry))?
    }

    fn unpacked(&self, entry: &Entry) -> Option<Reading> {
        let bytes = self.bytes.get(entry.bytes.clone())?;
        let begin = entry.bytes.start.checked_sub(HEAD)?;
        let hash = self.bytes.get(begin..begin + 32)?;
        let intact = Sha256::digest(bytes)[..] == *hash;
        intact.then(|| unpack(&entry.digest, &bytes[entry.reading..]))?
    }

    /// Gives the memory back; what the file holds stays known.
    pub(super) fn forget_bytes(&mut self) {
        self.bytes = Vec::new();
    }

    /// Writes the cache anew once it lacks many of `files`, of which so many changed since it was asked to keep up last.
    pub(super) fn keep_up(&mut self, files: &FileStates, changed: usize) {
        self.changes += changed;
        if self.path.is_none() || self.changes <= FEW {
            return;
        }
        self.changes = 0;
        if !self.is_worth_writing(files) {
            return;
        }
        let rows = files.iter().filter_map(|(name, file)| {
            let (digest, last) = (as_served(file)?, file.last_good.as_ref()?);
            let reading = Reading {
                digest: digest.clone(),
                restaurant: Some(Arc::clone(&last.served.restaurant)),
                id: file.id.clone(),
                problems: file.problems.clone(),
                number_places: last.number_places.clone(),
            };
            Some((name.clone(), file.stamp, reading))
        });
        self.write(rows.collect());
    }

    /// Would the next start be slow? `true` when more than a tenth of the served files (and more than 64) are not in it as
    /// they are.
    fn is_worth_writing(&self, files: &FileStates) -> bool {
        let (mut all, mut new) = (0, 0);
        for (name, file) in files {
            let Some(digest) = as_served(file) else {
                continue;
            };
            let known = self.entries.get(name).is_some_and(|entry| {
                let moved = |stamp: Stamp| !entry.stamp.is_some_and(|then| then.is_as(&stamp));
                entry.digest == *digest && !file.stamp.is_some_and(moved)
            });
            all += 1;
            new += usize::from(!known);
        }
        new > FEW.max(all / 10)
    }

    /// Writes this in place of what was there, on a thread of its own; nobody waits for it.
    fn write(&mut self, rows: Vec<Row>) {
        let Some(path) = self.path.clone() else {
            return;
        };
        // Not tried again before as many files changed again: a folder that cannot be written stays so.
        self.names.clear();
        let known = rows.iter().map(|(name, stamp, reading)| {
            let entry = Entry {
                bytes: 0..0,
                reading: 0,
                digest: reading.digest.clone(),
                stamp: *stamp,
            };
            (name.clone(), entry)
        });
        self.entries = known.collect();
        let head = [MAGIC, &self.key].concat();
        std::thread::spawn(move || {
            if let Err(error) = save(&path, &head, &rows) {
                tracing::warn!(code = "MENU_CACHE", %error, "the next start will validate every file again");
            }
        });
    }
}

/// A file's name, its stamp, and what it came to.
type Row = (String, Option<Stamp>, Reading);

/// The digest of a file whose bytes on disk are served.
fn as_served(file: &FileState) -> Option<&Digest> {
    let served = &file.last_good.as_ref()?.served.digest;
    (!file.rejected && file.digest.as_ref() == Some(served)).then_some(served)
}

fn save(path: &Path, head: &[u8], rows: &[Row]) -> std::io::Result<()> {
    let aside = path.with_extension("new");
    let mut file = BufWriter::new(std::fs::File::create(&aside)?);
    file.write_all(head)?;
    for (name, stamp, reading) in rows {
        let about = About {
            name,
            digest: reading.digest.clone(),
            stamp: *stamp,
        };
        let (Ok(mut entry), Some(packed)) = (postcard::to_stdvec(&about), pack(reading)) else {
            continue;
        };
        entry.extend(packed);
        let Ok(length) = u32::try_from(entry.len()) else {
            continue;
        };
        file.write_all(&Sha256::digest(&entry))?;
        file.write_all(&length.to_le_bytes())?;
        file.write_all(&entry)?;
    }
    file.into_inner()?.sync_data()?;
    std::fs::rename(aside, path)
}

/// This program and the engines it validates for; `None` when it cannot tell itself from another.
fn key(capabilities: &Capabilities) -> Option<Vec<u8>> {
    let program = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let text = format!(
        "{} {} {}.{} {capabilities:?}",
        env!("CARGO_PKG_VERSION"),
        program.size(),
        program.mtime(),
        program.mtime_nsec(),
    );
    Some([&Sha256::digest(text)[..], b"\n"].concat())
}

#[cfg(test)]
#[path = "menu_cache_tests.rs"]
mod tests;
