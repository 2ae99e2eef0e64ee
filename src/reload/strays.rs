//! Files that look as if they were meant to be served and are not read, because of how they are called.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::config::{Code, Problem};

/// Is it called as restaurant files are?
pub(super) fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Endings that programs put behind a name they do not know, and those of copies; not those of files that are on their way
/// (`.tmp`, `.part`), which will be renamed.
const ADDED: &[&str] = &[
    ".txt",
    ".text",
    ".doc",
    ".docx",
    ".rtf",
    ".bak",
    ".backup",
    ".old",
    ".orig",
    ".save",
    ".copy",
    ".new",
    ".disabled",
    ".off",
];

/// Endings of files that hold what a restaurant file holds, in a form that is not read.
const OTHER_FORMS: &[&str] = &[".json", ".yaml.gz", ".yml.gz", ".yaml.zip", ".yml.zip"];

/// The warning for a file that is not called as restaurant files are, but looks meant.
pub(super) fn looks_meant(name: &str) -> Option<Problem> {
    let trimmed = name.trim().trim_end_matches('.');
    // Byte for byte as long as the name, so that places in one are places in the other.
    let plain = trimmed.to_ascii_lowercase();
    let why = if is_yaml(&plain) {
        if plain.len() == name.len() {
            "the ending has capitals"
        } else {
            "there is something behind the ending"
        }
    } else if let Some(added) = ADDED.iter().find(|added| plain.ends_with(**added))
        && is_yaml(plain.trim_end_matches(added))
    {
        "there is another ending behind it"
    } else if copied(&plain) {
        "there is something behind the ending"
    } else if OTHER_FORMS.iter().any(|form| plain.ends_with(form)) {
        "it is in another form"
    } else {
        return None;
    };
    let message = format!("not read: names end in .yaml or .yml, and {why}");
    Some(
        Problem::new(Code::WarnFileName, "", message).with_help(format!(
            "if it is meant, rename it to {}",
            suggested(trimmed, &plain)
        )),
    )
}

/// `bella.yaml (1)`, `bella.yaml copy`, `bella.yaml.1`, `bella.yaml_old`.
fn copied(plain: &str) -> bool {
    [".yaml", ".yml"].iter().any(|ending| {
        let rest = plain.rfind(ending).map(|at| &plain[at + ending.len()..]);
        rest.is_some_and(|rest| {
            let number = rest.strip_prefix('.').unwrap_or_default();
            let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            numbered || rest.starts_with([' ', '(', '_', '-'])
        })
    })
}

/// What it should be called: what stands before the ending that was meant, if any.
fn suggested(name: &str, plain: &str) -> String {
    let cut = [".yaml", ".yml", ".json"]
        .iter()
        .find_map(|ending| plain.rfind(ending));
    format!("{}.yaml", &name[..cut.unwrap_or(name.len())])
}

/// A name that is no UTF-8, as it can be shown, with what is wrong; `None` if it would not be a restaurant file's anyway.
pub(crate) fn not_text(name: &OsStr) -> Option<(String, Problem)> {
    if name.to_str().is_some() {
        return None;
    }
    let bytes = name.as_bytes();
    let lower = bytes.to_ascii_lowercase();
    let meant = [&b".yaml"[..], b".yml"]
        .iter()
        .any(|end| lower.ends_with(end));
    if bytes.starts_with(b".") || !meant {
        return None;
    }
    let shown = bytes.utf8_chunks().fold(String::new(), |mut shown, chunk| {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
        shown
    });
    let problem = Problem::new(Code::Read, "", "the name is not UTF-8 text")
        .with_help("rename it; letters such as é were saved in an old encoding");
    Some((shown, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_meant_is_warned_of_and_what_does_not_is_left_alone() {
        for (name, better) in [
            ("Luna.YAML", "Luna.yaml"),
            ("luna.Yml", "luna.yaml"),
            ("luna.yaml.txt", "luna.yaml"),
            ("luna.yaml ", "luna.yaml"),
            (" luna.yaml.", "luna.yaml"),
            ("luna.yaml.bak", "luna.yaml"),
            ("luna.yaml (1)", "luna.yaml"),
            ("luna.yaml copy", "luna.yaml"),
            ("luna.yaml.1", "luna.yaml"),
            ("luna.yml_old", "luna.yaml"),
            ("luna.json", "luna.yaml"),
            ("luna.yaml.gz", "luna.yaml"),
            (".yaml.txt", ".yaml"),
        ] {
            let warning = looks_meant(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(warning.code, Code::WarnFileName);
            let help = warning.help.unwrap();
            assert_eq!(
                help,
                format!("if it is meant, rename it to {better}"),
                "{name}"
            );
        }
        for name in [
            "README.md",
            "notes.txt",
            "logo.png",
            "menus.pdf",
            "Makefile",
            "yaml",
            "a.yam",
            "a.yaml.tmp",
            "a.yaml.x7Kq2p",
        ] {
            assert_eq!(looks_meant(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_in_an_old_encoding_is_shown_with_its_bytes() {
        let (shown, problem) = not_text(OsStr::from_bytes(b"caf\xe9.yaml")).unwrap();
        assert_eq!(
            (shown.as_str(), problem.code),
            ("caf\\xe9.yaml", Code::Read)
        );
        assert!(not_text(OsStr::new("café.yaml")).is_none());
        assert!(not_text(OsStr::from_bytes(b"caf\xe9.txt")).is_none());
        assert!(not_text(OsStr::from_bytes(b".caf\xe9.yaml")).is_none());
    }
}
