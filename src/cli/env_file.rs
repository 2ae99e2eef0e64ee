//! `.env` of the current folder: settings of `serve`, and of no other command. Whoever runs `maitred check` in a folder of
//! somebody else's does not take their settings, and no file decides what else this process sees (`PATH`, `LD_PRELOAD`).
#![expect(clippy::disallowed_methods, reason = "reads the settings file")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use clap::{Args as _, Command};

use crate::settings::ServeFlags;

/// Largest settings file, bytes.
const MAX_BYTES: u64 = 256 * 1024;

/// Variables of `serve` that are no flags: secrets and the model's.
const WITHOUT_A_FLAG: &[&str] = &[
    "DATABASE_URL",
    "MAITRED_ADMIN_TOKEN",
    "MAITRED_NOTIFY_SECRET",
    "MAITRED_SECRET",
    "MAITRED_SMTP_URL",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_MODEL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_API_URL",
    "TWILIO_AUTH_TOKEN",
];

/// Begins every secret that signs orders.
const SIGNING_SECRET: &str = "whsec_";

/// Why a settings file is not used. Its text is not shown: it holds secrets.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnvFileError {
    #[error("{0}")]
    Read(#[from] io::Error),
    #[error("it has more than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("expected lines such as NAME=value; quote a value with spaces or a #")]
    Syntax,
}

/// Sets what the file sets and the environment does not. No file is fine. Returns the names it left out because `serve` has
/// no such setting.
pub(super) fn load(path: &Path) -> Result<Vec<String>, EnvFileError> {
    let mut text = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(MAX_BYTES + 1).read_to_end(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    if text.len() as u64 > MAX_BYTES {
        return Err(EnvFileError::TooLarge);
    }
    let (lines, others) = settings(&text)?;
    dotenvy::from_read(lines.as_bytes()).map_err(|_| EnvFileError::Syntax)?;
    Ok(others)
}

/// The file's settings, written so that they are read back as they are, and the names of everything else in it.
fn settings(text: &[u8]) -> Result<(String, Vec<String>), EnvFileError> {
    let known = known();
    let (mut lines, mut others) = (String::new(), Vec::new());
    for entry in dotenvy::from_read_iter(text) {
        let (name, value) = entry.map_err(|_| EnvFileError::Syntax)?;
        // Restaurants' files name the variables of their signing secrets; what has such a value is nothing else.
        if known.contains(&name) || value.starts_with(SIGNING_SECRET) {
            lines.push_str(&format!("{name}=\"{}\"\n", escaped(&value)));
        } else {
            others.push(name);
        }
    }
    Ok((lines, others))
}

/// A value between double quotes, so that it is read back as it is.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '\n' => text.push_str("\\n"),
            '\\' | '"' | '$' => text.extend(['\\', letter]),
            other => text.push(other),
        }
    }
    text
}

/// Every variable that `serve` reads.
fn known() -> BTreeSet<String> {
    let flags = ServeFlags::augment_args(Command::new("serve"));
    let of_flags = flags.get_arguments().filter_map(|flag| flag.get_env());
    let of_flags = of_flags.map(|name| name.to_string_lossy().into_owned());
    let others = WITHOUT_A_FLAG.iter().map(|name| (*name).to_owned());
    of_flags.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_settings_of_serve_are_taken_and_as_they_are_written() {
        let text = "# ours\nMAITRED_SECRET='it''s $HOME \"x\"'\nexport MAITRED_LISTEN=127.0.0.1:1 # here\n\
                    TWILIO_AUTH_TOKEN=\"a'b\\\\c\\nd\"\nPATH=/tmp/evil\nLD_PRELOAD=evil.so\nORT_DYLIB_PATH=x\n";
        let (lines, others) = settings(text.as_bytes()).unwrap();
        assert_eq!(others, ["PATH", "LD_PRELOAD", "ORT_DYLIB_PATH"]);
        let again: Vec<(String, String)> = dotenvy::from_read_iter(lines.as_bytes())
            .collect::<Result<_, _>>()
            .unwrap();
        let value = |name: &str| {
            let found = again.iter().find(|(other, _)| other == name);
            found.unwrap().1.clone()
        };
        assert_eq!(value("MAITRED_SECRET"), "its $HOME \"x\"");
        assert_eq!(value("MAITRED_LISTEN"), "127.0.0.1:1");
        assert_eq!(value("TWILIO_AUTH_TOKEN"), "a'b\\c\nd");
        assert_eq!(again.len(), 3);
        let broken = settings(b"MAITRED_SECRET='never closed\n").unwrap_err();
        assert!(!broken.to_string().contains("never"), "{broken}");
    }

    #[test]
    fn every_variable_the_settings_read_is_known() {
        let known = known();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut read = BTreeSet::new();
        for entry in std::fs::read_dir(root.join("src/settings")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let names = text.split("env(\"").skip(1);
            read.extend(names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
        assert!(read.len() > 5, "{read:?}");
        let example = std::fs::read_to_string(root.join(".env.example")).unwrap();
        let lines = example.lines().map(|line| line.trim_start_matches('#'));
        let names = lines
            .filter_map(|line| line.split_once('='))
            .map(|(name, _)| name);
        let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        read.extend(names.filter(is_name).map(str::to_owned));
        let unknown: Vec<_> = read.difference(&known).collect();
        assert_eq!(unknown, Vec::<&String>::new());
    }
}
