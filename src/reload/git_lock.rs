//! Is git changing the work tree that the folder is in? While it does it holds `index.lock`.

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::git_dir::GitDir;

/// Is the lock of `folder`'s work tree there, and no older than `patience` (a git that was killed leaves it behind)?
pub(super) fn is_held(folder: &Path, patience: Duration, wall: SystemTime) -> bool {
    let real = folder.canonicalize();
    let Some(git) = real.ok().and_then(|real| GitDir::of(&real)) else {
        return false;
    };
    let lock = git.repository.join("index.lock");
    let Ok(modified) = std::fs::symlink_metadata(lock).and_then(|lock| lock.modified()) else {
        return false;
    };
    // A lock from the future is a new one: clocks differ.
    wall.duration_since(modified)
        .map_or(true, |age| age < patience)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAP: Duration = Duration::from_secs(30);

    #[test]
    fn r06_the_lock_of_the_work_tree_is_found_from_a_folder_inside_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("deploy/restaurants.d");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::create_dir(root.path().join(".git")).unwrap();
        let now = SystemTime::now();
        assert!(!is_held(&folder, CAP, now));
        std::fs::write(root.path().join(".git/index.lock"), "").unwrap();
        assert!(is_held(&folder, CAP, now));
        assert!(
            !is_held(&folder, CAP, now + CAP * 2),
            "left behind by a git that was killed"
        );
    }

    #[test]
    fn r06_a_second_work_tree_has_its_lock_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        let (tree, real) = (root.path().join("tree"), root.path().join("main/.git/w"));
        std::fs::create_dir_all(&tree).unwrap();
        std::fs::create_dir_all(&real).unwrap();
        std::fs::write(tree.join(".git"), "gitdir: ../main/.git/w\n").unwrap();
        assert!(!is_held(&tree, CAP, SystemTime::now()));
        std::fs::write(real.join("index.lock"), "").unwrap();
        assert!(is_held(&tree, CAP, SystemTime::now()));
    }
}
