//! The commit that a work tree stands at, and what its files are in git's eyes. Reads files that strangers may have written:
//! each has a limit, none is waited for, and what is not as git writes it ends the look.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::config::MAX_BYTES;
use crate::reload::{GitDir, read_small};

/// A ref's file, `HEAD` and `commondir`.
const MAX_LINE: u64 = 4 * 1024;
/// All refs of a repository in one file: some hundred thousand.
const MAX_REFS: u64 = 32 * 1024 * 1024;
/// Where the history of a shallow clone ends.
const MAX_SHALLOW: u64 = 1024 * 1024;
/// Refs that name each other.
const MAX_HOPS: usize = 5;

/// What is to be asked about, as far as our own reading tells.
#[derive(Debug)]
pub(super) struct Head {
    /// The commit, in hex.
    pub commit: String,
    /// Where the repository keeps its objects.
    pub objects: PathBuf,
    /// Commits whose parents were not fetched, a line each.
    pub shallow: String,
    /// The folder from the root of the work tree, with a slash at its end; empty for the root itself.
    pub prefix: String,
    /// The id each file would have as a blob, by name.
    pub blobs: BTreeMap<String, String>,
}

impl Head {
    /// Looks at the work tree that `folder` is in. Blocks for as long as its disk does.
    pub(super) fn of(folder: &Path, files: &[String]) -> Option<Self> {
        let folder = folder.canonicalize().ok()?;
        let GitDir {
            work_tree,
            repository,
        } = GitDir::of(&folder)?;
        let shared = match line(&repository.join("commondir")) {
            Some(way) => repository.join(way),
            None => repository.clone(),
        };
        let commit = resolve(&repository, &shared)?;
        let way = folder.strip_prefix(&work_tree).ok()?.to_str()?;
        let prefix = match way {
            "" => String::new(),
            way => format!("{way}/"),
        };
        let blobs = files
            .iter()
            .filter_map(|file| {
                let bytes = read_small(&folder.join(file), MAX_BYTES as u64).ok()?;
                Some((file.clone(), blob_id(&bytes, commit.len())))
            })
            .collect();
        Some(Self {
            commit,
            objects: shared.join("objects"),
            shallow: shallow(&shared.join("shallow")),
            prefix,
            blobs,
        })
    }
}

/// The commit that `HEAD` names, by way of the refs of this work tree, of all of them, or the packed ones.
fn resolve(repository: &Path, shared: &Path) -> Option<String> {
    let mut text = line(&repository.join("HEAD"))?;
    for _ in 0..MAX_HOPS {
        let Some(name) = text.strip_prefix("ref:") else {
            return is_id(&text).then_some(text);
        };
        let name = name.trim().to_owned();
        if !is_ref(&name) {
            return None;
        }
        let loose = line(&repository.join(&name)).or_else(|| line(&shared.join(&name)));
        text = match loose {
            Some(text) => text,
            None => packed(&shared.join("packed-refs"), &name)?,
        };
    }
    None
}

/// `<id> <name>` a line; a line that begins with `^` belongs to the tag above it.
fn packed(path: &Path, name: &str) -> Option<String> {
    let text = String::from_utf8(read_small(path, MAX_REFS).ok()?).ok()?;
    let entry = |line: &str| {
        let (id, ref_name) = line.split_once(' ')?;
        (ref_name == name && is_id(id)).then(|| id.to_owned())
    };
    text.lines().find_map(entry)
}

fn line(path: &Path) -> Option<String> {
    let text = String::from_utf8(read_small(path, MAX_LINE).ok()?).ok()?;
    Some(text.trim().to_owned())
}

fn shallow(path: &Path) -> String {
    let bytes = read_small(path, MAX_SHALLOW).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let ids = text.lines().filter(|line| is_id(line));
    ids.map(|id| format!("{id}\n")).collect()
}

/// The full id of an object: SHA-1, or SHA-256 in repositories that use it.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// `refs/...` that leads nowhere else.
fn is_ref(name: &str) -> bool {
    let within = |part| matches!(part, Component::Normal(_));
    name.starts_with("refs/") && Path::new(name).components().all(within)
}

/// What git calls these bytes where a commit's id has so many digits.
fn blob_id(bytes: &[u8], digits: usize) -> String {
    let head = format!("blob {}\0", bytes.len());
    let hex = |sum: &[u8]| sum.iter().map(|byte| format!("{byte:02x}")).collect();
    if digits == 40 {
        hex(&Sha1::new()
            .chain_update(head)
            .chain_update(bytes)
            .finalize())
    } else {
        hex(&Sha256::new()
            .chain_update(head)
            .chain_update(bytes)
            .finalize())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "makes repositories")]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_called_as_git_calls_it() {
        // `printf a | git hash-object --stdin`, in a repository of either kind.
        assert_eq!(
            blob_id(b"a", 40),
            "2e65efe2a145dda7ee51d1741299f848e5bf752e"
        );
        assert_eq!(
            blob_id(b"a", 64),
            "eb337bcee2061c5313c9a1392116b6c76039e9e30d71467ae359b36277e17dc7"
        );
    }

    #[test]
    fn the_head_is_found_in_loose_and_packed_refs_and_never_outside() {
        let root = tempfile::tempdir().unwrap();
        let git = root.path();
        let write = |name: &str, text: &str| {
            let path = git.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        write("HEAD", &format!("{one}\n"));
        assert_eq!(resolve(git, git), Some(one.clone()), "detached");
        write("HEAD", "ref: refs/heads/main\n");
        assert_eq!(resolve(git, git), None, "nothing committed yet");
        let packed = format!("# pack-refs with: peeled\n{two} refs/heads/main\n^{one}\n");
        write("packed-refs", &packed);
        assert_eq!(resolve(git, git), Some(two.clone()));
        write("refs/heads/main", &format!("{one}\n"));
        assert_eq!(
            resolve(git, git),
            Some(one.clone()),
            "the loose one is newer"
        );
        write("refs/heads/main", "ref: refs/heads/main\n");
        assert_eq!(resolve(git, git), None, "a circle");
        write("secret", &one);
        for name in ["refs/../secret", "secret", "/etc/hostname", "refs/./../x"] {
            write("HEAD", &format!("ref: {name}\n"));
            assert_eq!(resolve(git, git), None, "{name}");
        }
        write("HEAD", "not what git writes\n");
        assert_eq!(resolve(git, git), None);
    }
}
