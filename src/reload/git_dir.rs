//! Where the repository lies whose work tree a folder is in. Whoever may write the folder may also have written its `.git`:
//! only its place is taken from there.

use std::path::{Path, PathBuf};

use super::plain_file::read_small;

/// A `.git` file says where its repository is in one line.
const MAX_POINTER: u64 = 16 * 1024;

/// A work tree and its repository.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct GitDir {
    /// The folder that holds `.git`.
    pub work_tree: PathBuf,
    /// `.git` itself, or where the `.git` file of a second work tree or a submodule leads.
    pub repository: PathBuf,
}

impl GitDir {
    /// The repository of the nearest folder that has one, from the real path `folder` upwards. A `.git` that is neither a
    /// folder nor a small file is none, and ends the search: nothing above it is meant.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        for home in folder.ancestors() {
            let git = home.join(".git");
            let Ok(metadata) = std::fs::symlink_metadata(&git) else {
                continue;
            };
            let repository = if metadata.is_dir() {
                git
            } else {
                let text = String::from_utf8(read_small(&git, MAX_POINTER).ok()?).ok()?;
                home.join(text.strip_prefix("gitdir:")?.trim())
            };
            return Some(Self {
                work_tree: home.to_owned(),
                repository,
            });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_git_counts_and_one_that_is_a_pipe_or_huge_is_none() {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().canonicalize().unwrap();
        let folder = base.join("tree/restaurants.d");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::create_dir(base.join(".git")).unwrap();
        let found = GitDir::of(&folder).unwrap();
        assert_eq!(
            (found.work_tree, found.repository),
            (base.clone(), base.join(".git"))
        );
        let git = base.join("tree/.git");
        std::fs::write(&git, "gitdir: ../.git/worktrees/tree\n").unwrap();
        let found = GitDir::of(&folder).unwrap();
        assert_eq!(found.work_tree, base.join("tree"));
        assert_eq!(
            found.repository,
            base.join("tree").join("../.git/worktrees/tree")
        );
        std::fs::write(&git, format!("gitdir: {}", "x".repeat(20_000))).unwrap();
        assert_eq!(GitDir::of(&folder), None, "huge");
        std::fs::remove_file(&git).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&git).status();
        assert!(made.unwrap().success());
        assert_eq!(GitDir::of(&folder), None, "a pipe");
        std::fs::remove_file(&git).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &git).unwrap();
        assert_eq!(GitDir::of(&folder), None, "a device");
    }
}
