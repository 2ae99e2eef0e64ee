//! A folder of evaluation data: `NAME.yaml` beside `NAME.jsonl` (utterances), also one folder deeper, and
//! `multi_turn*.jsonl` with its `talk_menus/` (conversations).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use maitred::config::{Capabilities, read};
use maitred::restaurant::Restaurant;

use super::{rows, talks};

/// Prints a table for everything found.
///
/// # Panics
/// There is nothing to judge.
pub fn judge(folder: &Path) {
    let mut judged = utterances(folder);
    for deeper in folders(folder) {
        judged += utterances(&deeper);
    }
    for (name, path) in talks::files(folder) {
        println!("\nEVAL {name}");
        talks::judge(&path, &folder.join("talk_menus"));
        judged += 1;
    }
    assert!(
        judged > 0,
        "{}: no rows beside menus and no conversations",
        folder.display()
    );
}

/// The restaurant of a file.
pub fn restaurant(path: &Path) -> Arc<Restaurant> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = read(&bytes, &Capabilities::in_text());
    reading
        .restaurant
        .unwrap_or_else(|| panic!("{}: {:?}", path.display(), reading.problems))
}

/// Judges the sets of one folder; how many there were.
fn utterances(folder: &Path) -> usize {
    let sets = sets(folder);
    if sets.is_empty() {
        return 0;
    }
    println!("\nEVAL {}", folder.display());
    rows::Score::head();
    let mut shares: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, gold, menu) in &sets {
        for (split, score) in rows::judge(&restaurant(menu), gold) {
            score.print(name, &split);
            shares.entry(split).or_default().push(score.exact_match());
        }
    }
    for (split, shares) in shares {
        let macro_average = shares.iter().sum::<f64>() / shares.len() as f64;
        println!(
            "MACRO {split} exact {macro_average:.4} ({} sets)",
            shares.len()
        );
    }
    sets.len()
}

/// Rows and their menu, by the rows' name; `pizza_test.jsonl` is judged with `pizza.yaml`.
fn sets(folder: &Path) -> Vec<(String, PathBuf, PathBuf)> {
    let mut found: Vec<_> = entries(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .filter_map(|gold| {
            let name = gold.file_stem()?.to_str()?.to_owned();
            let menu = folder.join(format!("{}.yaml", name.trim_end_matches("_test")));
            menu.exists().then_some((name, gold, menu))
        })
        .collect();
    found.sort();
    found
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(folder)
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_find_their_menus_and_conversations_are_no_rows() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "deli.yaml",
            "deli.jsonl",
            "deli_test.jsonl",
            "multi_turn.jsonl",
            "x.jsonl",
        ] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let found: Vec<String> = sets(folder.path()).into_iter().map(|set| set.0).collect();
        assert_eq!(found, ["deli", "deli_test"]);
        let talks: Vec<String> = talks::files(folder.path()).into_keys().collect();
        assert_eq!(talks, ["multi_turn.jsonl"]);
    }
}
