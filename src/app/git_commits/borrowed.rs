//! An empty repository of our own that borrows another one's objects, and git run in it. Configuration, hooks, filters,
//! attributes, remotes and the index of the other repository are never looked at, so nothing in them can be run; and git
//! does not ask who owns it.
#![expect(clippy::disallowed_methods, reason = "makes a folder, runs git")]

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Stdio;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, prlimit};
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};

use super::head::Head;

/// Memory of one git, bytes. It maps packs piece by piece (`core.packedGitWindowSize`).
const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// Processor time of one git, seconds.
const MAX_SECONDS: u64 = 10;
/// What it says, bytes: a listing of some ten thousand files.
const MAX_OUTPUT: u64 = 16 * 1024 * 1024;

/// A folder that looks like a repository to git; removed when dropped.
#[derive(Debug)]
pub(super) struct Borrowed {
    home: TempDir,
    objects: OsString,
}

impl Borrowed {
    pub(super) fn new(head: &Head) -> io::Result<Self> {
        let home = tempfile::Builder::new().prefix("maitred-git-").tempdir()?;
        let at = |name: &str| home.path().join(name);
        std::fs::create_dir(at("refs"))?;
        std::fs::create_dir(at("objects"))?;
        std::fs::write(at("HEAD"), format!("{}\n", head.commit))?;
        std::fs::write(at("config"), config(head.commit.len()))?;
        if !head.shallow.is_empty() {
            std::fs::write(at("shallow"), &head.shallow)?;
        }
        Ok(Self {
            objects: head.objects.clone().into(),
            home,
        })
    }

    /// What git prints; `None` when it fails or says too much. It dies with the future.
    pub(super) async fn git(&self, arguments: &[&str]) -> Option<String> {
        let mut child = self.command(arguments).spawn().ok()?;
        let _group = Group::of(&child)?;
        let mut output = Vec::new();
        let said = child.stdout.take()?;
        let mut said = said.take(MAX_OUTPUT + 1);
        said.read_to_end(&mut output).await.ok()?;
        if output.len() as u64 > MAX_OUTPUT {
            return None;
        }
        let status = child.wait().await.ok()?;
        status
            .success()
            .then(|| String::from_utf8_lossy(&output).into_owned())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(["--no-pager", "--literal-pathspecs"])
            .args(["-c", "core.packedGitWindowSize=32m"])
            .args(["-c", "core.packedGitLimit=256m"])
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("PATH", search_path(std::env::var_os("PATH")))
            .env("HOME", self.home.path())
            .env("GIT_DIR", self.home.path())
            .env("GIT_OBJECT_DIRECTORY", &self.objects)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_ATTR_NOSYSTEM", "1")
            // An object that is not there is not fetched, by whatever means.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            // The largest thing it may hold in memory at once.
            .env("GIT_ALLOC_LIMIT", "256m")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

/// Where git is looked for: no folder that is relative to another, and no empty entry, which is one.
fn search_path(path: Option<OsString>) -> OsString {
    let path = path.unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let entries = std::env::split_paths(&path).filter(|entry| Path::new(entry).is_absolute());
    // An entry that came out of a split joins again.
    std::env::join_paths(entries).unwrap_or_default()
}

/// The only configuration git reads here.
fn config(digits: usize) -> &'static str {
    if digits == 40 {
        "[core]\n\tbare = true\n\trepositoryformatversion = 0\n"
    } else {
        "[core]\n\tbare = true\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n"
    }
}

/// A running git and whatever it may have started: bounded, and killed when dropped.
struct Group(Pid);

impl Group {
    fn of(child: &Child) -> Option<Self> {
        let id = i32::try_from(child.id()?).ok().and_then(Pid::from_raw)?;
        let most = |amount| Rlimit {
            current: Some(amount),
            maximum: Some(amount),
        };
        // It may be over already; then there is nothing to bound.
        let _ = prlimit(Some(id), Resource::As, most(MAX_MEMORY));
        let _ = prlimit(Some(id), Resource::Cpu, most(MAX_SECONDS));
        Some(Self(id))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Gone already: so much the better.
        let _ = kill_process_group(self.0, Signal::KILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_is_never_looked_for_beside_the_folder() {
        let path = search_path(Some("/usr/bin::.:bin:/bin".into()));
        assert_eq!(path, "/usr/bin:/bin");
        assert!(!search_path(None).is_empty());
    }
}
