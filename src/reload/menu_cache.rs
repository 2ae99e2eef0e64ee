//! What the files of the last run came to, in one file beside the database: a start reads and hashes every file again, but
//! validates only those whose bytes it has not seen. Losing it costs a slow start and nothing else.
//!
//! It is believed only when it was written by this very program (its file's size and time are the key, so an upgrade
//! validates everything anew), and an entry only when its own hash fits.

use std::collections::HashMap;
use std::io::Write as _;
use std::ops::Range;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::file_states::{FileState, FileStates};
use crate::config::packed::{pack, unpack};
use crate::config::{Capabilities, Reading};
use crate::restaurant::Digest;

/// First bytes of the file.
const MAGIC: &[u8] = b"maitred menus 1\n";
/// A digest in hex, the hash of the packed bytes, their length.
const HEAD: usize = 64 + 32 + 4;

/// The cache of the last run, and where the next one's goes.
#[derive(Debug, Default)]
pub(super) struct MenuCache {
    /// `None`: nothing is kept.
    path: Option<PathBuf>,
    /// Who may believe what is written.
    key: Vec<u8>,
    bytes: Vec<u8>,
    entries: HashMap<Digest, Range<usize>>,
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
            cache.entries = entries(&bytes, body);
            cache.bytes = bytes;
        }
        cache
    }

    /// Where the entries begin, if the file is ours.
    fn body(&self, bytes: &[u8]) -> Option<usize> {
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&self.key[..])?;
        Some(bytes.len() - rest.len())
    }

    /// What a file with this digest came to.
    pub(super) fn reading(&self, digest: &Digest) -> Option<Reading> {
        let range = self.entries.get(digest)?;
        let packed = self.bytes.get(range.clone())?;
        // An entry that is only known to be there has no place.
        let hash = range.start.checked_sub(36)?..range.start.checked_sub(4)?;
        let hash = self.bytes.get(hash)?;
        (*Sha256::digest(packed) == *hash).then(|| unpack(digest, packed))?
    }

    /// Gives the memory back; which digests the file holds stays known.
    pub(super) fn forget_bytes(&mut self) {
        self.bytes = Vec::new();
    }

    /// Writes the cache anew once it lacks many of `files`.
    pub(super) fn keep_up(&mut self, files: &FileStates) {
        if self.path.is_none() || !self.is_worth_writing(files.values().filter_map(as_served)) {
            return;
        }
        let readings = files.values().filter_map(|file| {
            let (digest, last) = (as_served(file)?, file.last_good.as_ref()?);
            Some(Reading {
                digest: digest.clone(),
                restaurant: Some(Arc::clone(&last.served.restaurant)),
                id: file.id.clone(),
                problems: file.problems.clone(),
                number_places: last.number_places.clone(),
            })
        });
        self.write(readings.collect());
    }

    /// Would the next start be slow? `true` when more than a tenth of `served` files (and more than 64) are not in it.
    fn is_worth_writing<'a>(&self, served: impl Iterator<Item = &'a Digest>) -> bool {
        let (mut all, mut new) = (0, 0);
        for digest in served {
            all += 1;
            new += usize::from(!self.entries.contains_key(digest));
        }
        new > 64.max(all / 10)
    }

    /// Writes `readings` in place of what was there, on a thread of its own; nobody waits for it.
    fn write(&mut self, readings: Vec<Reading>) {
        let Some(path) = self.path.clone() else {
            return;
        };
        // Not tried again before as many files changed again: a folder that cannot be written stays so.
        let known = readings
            .iter()
            .map(|reading| (reading.digest.clone(), 0..0));
        self.entries = known.collect();
        let head = [MAGIC, &self.key].concat();
        std::thread::spawn(move || {
            if let Err(error) = save(&path, head, &readings) {
                tracing::warn!(code = "MENU_CACHE", %error, "the next start will validate every file again");
            }
        });
    }
}

/// The digest of a file whose bytes on disk are served.
fn as_served(file: &FileState) -> Option<&Digest> {
    let served = &file.last_good.as_ref()?.served.digest;
    (!file.rejected && file.digest.as_ref() == Some(served)).then_some(served)
}

fn save(path: &Path, mut bytes: Vec<u8>, readings: &[Reading]) -> std::io::Result<()> {
    let mut packed = Vec::new();
    for reading in readings {
        packed.clear();
        if !pack(reading, &mut packed) {
            continue;
        }
        let Ok(length) = u32::try_from(packed.len()) else {
            continue;
        };
        bytes.extend_from_slice(reading.digest.as_str().as_bytes());
        bytes.extend_from_slice(&Sha256::digest(&packed));
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&packed);
    }
    let aside = path.with_extension("new");
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(&bytes)?;
    file.sync_data()?;
    std::fs::rename(aside, path)
}

/// Where each entry's bytes lie; a file that was cut off ends early.
fn entries(bytes: &[u8], mut at: usize) -> HashMap<Digest, Range<usize>> {
    let mut entries = HashMap::new();
    while let Some(head) = bytes.get(at..at + HEAD) {
        let digest = std::str::from_utf8(&head[..64])
            .ok()
            .and_then(Digest::parse);
        let length = head[96..].try_into().map_or(0, u32::from_le_bytes) as usize;
        let Some(digest) = digest else { break };
        let begin = at + HEAD;
        at = begin + length;
        if at > bytes.len() {
            break;
        }
        entries.insert(digest, begin..at);
    }
    entries
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
mod tests {
    use super::*;
    use crate::config::read;

    fn readings(count: usize) -> Vec<Reading> {
        let text = |n: usize| {
            format!(
                "id: r{n}\nname: R\nphone_number: \"+1212555{n:04}\"\nmenu: [{{id: tea, name: Tea, price: 2}}]\n"
            )
        };
        (0..count)
            .map(|n| read(text(n).as_bytes(), &Capabilities::embedded()))
            .collect()
    }

    fn saved(folder: &Path, readings: &[Reading]) -> PathBuf {
        let path = folder.join("menus.cache");
        let key = key(&Capabilities::embedded()).unwrap();
        save(&path, [MAGIC, &key].concat(), readings).unwrap();
        path
    }

    #[test]
    fn what_was_written_is_found_by_its_digest() {
        let folder = tempfile::tempdir().unwrap();
        let readings = readings(3);
        let path = saved(folder.path(), &readings);
        let cache = MenuCache::open(Some(&path), &Capabilities::embedded());
        for reading in &readings {
            let found = cache.reading(&reading.digest).unwrap();
            assert_eq!(found.restaurant, reading.restaurant);
        }
        assert!(cache.reading(&Digest::of(b"other")).is_none());
    }

    #[test]
    fn a_cache_of_another_program_or_a_damaged_one_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let readings = readings(2);
        let path = saved(folder.path(), &readings);
        let good = std::fs::read(&path).unwrap();
        let found = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let cache = MenuCache::open(Some(&path), &Capabilities::embedded());
            let found = |reading: &&Reading| cache.reading(&reading.digest).is_some();
            readings.iter().filter(found).count()
        };
        assert_eq!(found(&good), 2);
        let mut other = good.clone();
        other[MAGIC.len()] ^= 1;
        assert_eq!(found(&other), 0, "another program");
        assert_eq!(found(&good[..good.len() - 1]), 1, "cut off");
        let mut damaged = good.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(found(&damaged), 1, "damaged");
        assert_eq!(found(b""), 0);
    }

    #[test]
    fn an_entry_that_was_only_just_written_is_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let readings = readings(1);
        let mut cache = MenuCache::open(
            Some(&folder.path().join("menus.cache")),
            &Capabilities::embedded(),
        );
        let digest = readings[0].digest.clone();
        cache.write(readings);
        assert!(cache.entries.contains_key(&digest));
        assert!(cache.reading(&digest).is_none());
    }

    #[test]
    fn it_is_written_again_when_many_files_are_new() {
        let folder = tempfile::tempdir().unwrap();
        let all = readings(800);
        let path = saved(folder.path(), &all[..700]);
        let cache = MenuCache::open(Some(&path), &Capabilities::embedded());
        let worth = |readings: &[Reading]| {
            cache.is_worth_writing(readings.iter().map(|reading| &reading.digest))
        };
        assert!(!worth(&all[..760]), "60 new of 760");
        assert!(worth(&all), "100 new of 800");
    }
}
