//! Prompts on disk: one checksummed file each, the longest unused removed when they grow too many.

#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes the prompt cache"
)]

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::restaurant::Digest;

/// Opens every file; the number is the layout's.
const MAGIC: &[u8; 8] = b"maitred1";
const SUM: usize = 32;
const SUFFIX: &str = "ulaw";

/// A directory of prompts, at most `limit` bytes of them.
pub(super) struct PromptDisk {
    dir: PathBuf,
    limit: u64,
    index: Mutex<Index>,
}

/// What lies on disk, by file name; `clock` counts uses.
#[derive(Default)]
struct Index {
    files: HashMap<String, Kept>,
    bytes: u64,
    clock: u64,
}

struct Kept {
    bytes: u64,
    used: u64,
}

impl PromptDisk {
    /// Takes over what an earlier run left in `dir`, oldest first, and removes what was left unfinished.
    pub(super) fn open(dir: &Path, limit: u64) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".part") {
                // Left by a run that was killed; another try next time is fine.
                let _ = fs::remove_file(entry.path());
            } else if name.ends_with(SUFFIX) {
                let facts = entry.metadata()?;
                found.push((
                    facts.modified().unwrap_or(SystemTime::UNIX_EPOCH),
                    name,
                    facts.len(),
                ));
            }
        }
        found.sort();
        let mut index = Index::default();
        for (_, name, bytes) in found {
            index.put(name, bytes);
        }
        let disk = Self {
            dir: dir.to_path_buf(),
            limit,
            index: Mutex::new(index),
        };
        disk.make_room();
        Ok(disk)
    }

    /// The sound, if it is there and whole; a damaged file is removed.
    pub(super) fn read(&self, key: &Digest) -> Option<Vec<u8>> {
        let name = name(key);
        if !self.index().touch(&name) {
            return None;
        }
        let sound = fs::read(self.dir.join(&name))
            .ok()
            .and_then(|file| unpack(&file));
        if sound.is_none() {
            self.remove(&name);
        }
        sound
    }

    /// Keeps the sound, whole or not at all. A full or failing disk costs a rendering later, so it is only logged.
    pub(super) fn write(&self, key: &Digest, sound: &[u8]) {
        let name = name(key);
        let unfinished = self.dir.join(format!("{name}.{}.part", std::process::id()));
        let file = pack(sound);
        let written = fs::write(&unfinished, &file)
            .and_then(|()| fs::rename(&unfinished, self.dir.join(&name)));
        match written {
            Ok(()) => {
                self.index().put(name, file.len() as u64);
                self.make_room();
            }
            Err(error) => {
                tracing::warn!(dir = %self.dir.display(), %error, "a prompt was not kept");
                let _ = fs::remove_file(&unfinished);
            }
        }
    }

    fn index(&self) -> std::sync::MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make_room(&self) {
        loop {
            let mut index = self.index();
            if index.bytes <= self.limit {
                return;
            }
            let Some(oldest) = index.longest_unused() else {
                return;
            };
            index.forget(&oldest);
            drop(index);
            let _ = fs::remove_file(self.dir.join(oldest));
        }
    }

    fn remove(&self, name: &str) {
        self.index().forget(name);
        let _ = fs::remove_file(self.dir.join(name));
    }
}

impl Index {
    fn put(&mut self, name: String, bytes: u64) {
        self.forget(&name);
        self.clock += 1;
        self.bytes += bytes;
        self.files.insert(
            name,
            Kept {
                bytes,
                used: self.clock,
            },
        );
    }

    /// `false` when there is no such file.
    fn touch(&mut self, name: &str) -> bool {
        self.clock += 1;
        let now = self.clock;
        self.files
            .get_mut(name)
            .map(|kept| kept.used = now)
            .is_some()
    }

    fn forget(&mut self, name: &str) {
        if let Some(kept) = self.files.remove(name) {
            self.bytes -= kept.bytes;
        }
    }

    fn longest_unused(&self) -> Option<String> {
        let oldest = self.files.iter().min_by_key(|(_, kept)| kept.used)?;
        Some(oldest.0.clone())
    }
}

fn name(key: &Digest) -> String {
    format!("{key}.{SUFFIX}")
}

fn pack(sound: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(MAGIC.len() + SUM + sound.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&Sha256::digest(sound));
    file.extend_from_slice(sound);
    file
}

fn unpack(file: &[u8]) -> Option<Vec<u8>> {
    let (sum, sound) = file.strip_prefix(MAGIC)?.split_at_checked(SUM)?;
    (Sha256::digest(sound)[..] == *sum).then(|| sound.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Digest {
        Digest::of(text.as_bytes())
    }

    #[test]
    fn a_damaged_file_is_ignored_and_removed() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let disk = PromptDisk::open(dir.path(), 10_000).expect("open");
        for damage in [&b""[..], b"maitred1 too short", &[0xAA; 300]] {
            disk.write(&key("a"), &[1; 200]);
            assert_eq!(disk.read(&key("a")), Some(vec![1; 200]));
            let path = dir.path().join(name(&key("a")));
            fs::write(&path, damage).expect("damage it");
            assert_eq!(disk.read(&key("a")), None);
            assert!(!path.exists());
        }
    }

    #[test]
    fn the_longest_unused_prompt_makes_room() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let disk = PromptDisk::open(dir.path(), 3 * 240).expect("open");
        for text in ["a", "b", "c"] {
            disk.write(&key(text), &[7; 200]);
        }
        assert!(disk.read(&key("a")).is_some());
        disk.write(&key("d"), &[7; 200]);
        assert!(disk.read(&key("b")).is_none());
        assert!(
            ["a", "c", "d"]
                .iter()
                .all(|text| disk.read(&key(text)).is_some())
        );
        assert_eq!(fs::read_dir(dir.path()).expect("list").count(), 3);
    }

    #[test]
    fn a_smaller_limit_shrinks_what_an_earlier_run_left() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let disk = PromptDisk::open(dir.path(), 10_000).expect("open");
        for number in 0..10 {
            disk.write(&key(&number.to_string()), &[7; 200]);
        }
        fs::write(dir.path().join("x.ulaw.7.part"), "unfinished").expect("write");
        drop(PromptDisk::open(dir.path(), 500).expect("open"));
        assert_eq!(fs::read_dir(dir.path()).expect("list").count(), 2);
    }
}
