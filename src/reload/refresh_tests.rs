//! A listing that is brought up to date by events says what a new one says.

use super::*;
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "a.yaml",
    "A.yml",
    "b.yaml",
    "b.yml",
    "c.yaml",
    "c.YAML",
    "d.yaml.txt",
    "notes.txt",
    ".hidden.yaml",
    "e.yaml~",
    "..data",
    "f",
    "g.yaml",
    "h.json",
];

/// Something that people and programs do to a folder, by index into [`NAMES`].
#[derive(Clone, Debug)]
enum Deed {
    Write(usize, u8),
    Remove(usize),
    Rename(usize, usize),
    Folder(usize),
    HardLink(usize, usize),
    Link(usize, usize),
    Pipe(usize),
    NoText,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let name = || 0..NAMES.len();
    prop_oneof![
        12 => (name(), any::<u8>()).prop_map(|(name, size)| Deed::Write(name, size)),
        6 => name().prop_map(Deed::Remove),
        6 => (name(), name()).prop_map(|(from, to)| Deed::Rename(from, to)),
        2 => name().prop_map(Deed::Folder),
        2 => (name(), name()).prop_map(|(from, to)| Deed::HardLink(from, to)),
        1 => (name(), name()).prop_map(|(from, to)| Deed::Link(from, to)),
        1 => name().prop_map(Deed::Pipe),
        1 => Just(Deed::NoText),
    ]
}

/// Does it, as far as it can be done; answers what the system's events would name.
fn act(root: &Path, deed: &Deed) -> Vec<PathBuf> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let path = |name: &usize| root.join(NAMES[*name]);
    let no_text = root.join(OsStr::from_bytes(b"no\xfftext.yaml"));
    // What cannot be done (a folder in the way) is not done, and its event is one too many.
    match deed {
        Deed::Write(name, size) => {
            // Writing into a pipe would wait for whoever reads it.
            if !std::fs::metadata(path(name)).is_ok_and(|there| !there.is_file()) {
                let _ = std::fs::write(path(name), "a".repeat(usize::from(*size)));
            }
            // Through a link of any name another file is written.
            let written = path(name).canonicalize().ok();
            written.into_iter().chain([path(name)]).collect()
        }
        Deed::Remove(name) => {
            let _ = std::fs::remove_file(path(name));
            let _ = std::fs::remove_dir(path(name));
            vec![path(name)]
        }
        Deed::Rename(from, to) => {
            let _ = std::fs::rename(path(from), path(to));
            vec![path(from), path(to)]
        }
        Deed::Folder(name) => {
            let _ = std::fs::create_dir(path(name));
            vec![path(name)]
        }
        Deed::HardLink(from, to) => {
            let _ = std::fs::hard_link(path(from), path(to));
            // The file has another name now, and so another stamp under its first one, of which its events tell too.
            vec![path(from), path(to)]
        }
        Deed::Link(from, to) => {
            let _ = std::os::unix::fs::symlink(NAMES[*from], path(to));
            vec![path(to)]
        }
        Deed::Pipe(name) => {
            use rustix::fs::{CWD, FileType, Mode, mknodat};
            let _ = mknodat(CWD, path(name), FileType::Fifo, Mode::RUSR, 0);
            vec![path(name)]
        }
        Deed::NoText => {
            let _ = std::fs::write(&no_text, "");
            vec![no_text]
        }
    }
}

/// What the listings disagree about.
fn differences(a: &Listing, b: &Listing) -> Vec<String> {
    let parts = |listing: &Listing| {
        [
            format!("{:?}", listing.files),
            format!("{:?}", listing.clashes),
            format!("{:?}", listing.refused),
            format!("{:?}", listing.skipped),
            format!("{:?}", listing.links),
            format!("{:?}", listing.root),
        ]
    };
    let pairs = parts(a).into_iter().zip(parts(b));
    pairs
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("{a}\nbut new: {b}"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn r05_looking_at_what_was_touched_is_listing_the_folder(
        bursts in prop::collection::vec(prop::collection::vec(deeds(), 1..4), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let mut kept = list(&root).unwrap();
        for burst in bursts {
            // A hard link's other names change with the file, also when the burst leaves one name of it; they are told of
            // by no event of their own.
            let linked_before = kept.files.keys().any(|name| has_other_names(&root.join(name)));
            let touched = burst.iter().flat_map(|deed| act(&root, deed)).collect();
            let anew = list(&root).unwrap();
            let linked = burst.iter().any(|deed| matches!(deed, Deed::Write(..) | Deed::Remove(_) | Deed::Rename(..)))
                && (linked_before || anew.files.keys().any(|name| has_other_names(&root.join(name))));
            let refreshed = kept.refreshed(&root, &touched).filter(|_| !linked);
            let Some(refreshed) = refreshed else {
                kept = anew;
                continue;
            };
            kept = refreshed;
            prop_assert_eq!(differences(&kept, &anew), Vec::<String>::new());
        }
    }
}

fn has_other_names(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.nlink() > 1)
}

#[test]
fn r05_a_touched_file_is_looked_at_and_what_only_a_whole_look_tells_is_not_guessed() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().canonicalize().unwrap().join("r");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("a.yaml", "1");
    write("b.yaml", "1");
    let names = |listing: &Listing| listing.files.keys().cloned().collect::<Vec<_>>().join(" ");
    let touched = |names: &[&str]| names.iter().map(|name| folder.join(name)).collect();
    let mut kept = list(&folder).unwrap();
    let before = kept.files.clone();
    write("a.yaml", "22");
    write("c.yaml", "1");
    kept = kept
        .refreshed(&folder, &touched(&["a.yaml", "c.yaml"]))
        .unwrap();
    assert_eq!(names(&kept), "a.yaml b.yaml c.yaml");
    assert_ne!(kept.files["a.yaml"], before["a.yaml"]);
    assert_eq!(kept.files["b.yaml"], before["b.yaml"]);
    write("C.yml", "1");
    kept = kept.refreshed(&folder, &touched(&["C.yml"])).unwrap();
    assert_eq!(kept.clashes.len(), 2, "{:?}", kept.clashes);
    std::fs::remove_file(folder.join("C.yml")).unwrap();
    kept = kept.refreshed(&folder, &touched(&["C.yml"])).unwrap();
    assert_eq!(kept.clashes.len(), 0);
    // The folder itself, one beside it, a version swapped whole.
    for path in [
        folder.clone(),
        base.path().join("a.yaml"),
        folder.join("..data"),
    ] {
        let listing = list(&folder).unwrap();
        assert!(listing.refreshed(&folder, &[path].into()).is_none());
    }
    // Another folder in its place.
    std::fs::rename(&folder, base.path().join("old")).unwrap();
    std::fs::create_dir(&folder).unwrap();
    assert!(kept.refreshed(&folder, &touched(&["a.yaml"])).is_none());
    // What a link leads to may become something else without an event here.
    let kept = list(&folder).unwrap();
    std::os::unix::fs::symlink("../old/a.yaml", folder.join("d.yaml")).unwrap();
    assert!(kept.refreshed(&folder, &touched(&["d.yaml"])).is_none());
    let linked = list(&folder).unwrap();
    assert!(linked.refreshed(&folder, &touched(&[])).is_none());
}
