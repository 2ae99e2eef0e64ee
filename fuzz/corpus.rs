//! What the inputs are made from: every YAML file of the repository that is about restaurants, and the words of the
//! file format.

use std::path::{Path, PathBuf};

use maitred::config::SCHEMA_TEXT;

/// Larger files only slow the mutations down; the limits have tests of their own.
const LARGEST: u64 = 64 * 1024;

/// The examples and fixtures, the invalid ones too.
pub fn files() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["restaurants.d", "tests/fixtures/restaurants"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry of the corpus").path();
            let small = std::fs::metadata(&path).is_ok_and(|found| found.len() <= LARGEST);
            if path.is_dir() {
                folders.push(path);
            } else if small && path.extension().is_some_and(|end| end == "yaml") {
                found.push(std::fs::read(path).expect("a file of the corpus"));
            }
        }
    }
    found.sort();
    assert!(found.len() > 30, "only {} files in the corpus", found.len());
    found
}

/// Keys of the format, and what YAML gives a meaning to.
pub fn tokens() -> Vec<Vec<u8>> {
    let mut tokens: Vec<Vec<u8>> = [
        "{",
        "}",
        "[",
        "]",
        ": ",
        ", ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "# ",
        " #x",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "? ",
        "~",
        "null",
        "true",
        "yes",
        "0x10",
        "1e3",
        ".nan",
        "-1",
        "0",
        "99999999999999999999",
        "10.999",
        "\t",
        "\r\n",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "é",
        "麻",
        "\u{0}",
        "+15551234567",
        "\"+12125550100\"",
        "11:00-14:00",
        "2026-02-30",
        "en-US",
        "x-own: ",
    ]
    .iter()
    .map(|token| token.as_bytes().to_vec())
    .collect();
    let schema = serde_json::from_str(SCHEMA_TEXT).expect("the schema");
    keys(&schema, &mut tokens);
    tokens
}

fn keys(node: &serde_json::Value, tokens: &mut Vec<Vec<u8>>) {
    let Some(object) = node.as_object() else {
        return;
    };
    if let Some(properties) = object.get("properties").and_then(|p| p.as_object()) {
        tokens.extend(properties.keys().map(|key| format!("{key}: ").into_bytes()));
    }
    for child in object.values() {
        keys(child, tokens);
    }
}
