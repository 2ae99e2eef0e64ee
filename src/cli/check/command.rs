//! The `check` command.
#![expect(
    clippy::disallowed_methods,
    reason = "reads NO_COLOR, as every terminal program does"
)]

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use annotate_snippets::Renderer;

use super::gather::{CheckedFile, Tally};
use super::{draw, gather, github, json, sarif};
use crate::words::printable;

/// Longest message of what cannot be read, characters.
const MAX_ERROR: usize = 2000;

/// Validate restaurant files or folders, exactly as the server reads them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all valid, 1 something is rejected (or warned of, with --deny-warnings), 2 a path \
    cannot be read.\n\n\
    Examples:\n  maitred check restaurants.d\n  maitred check bella.yaml luna.yaml\n  \
    maitred check --format github --deny-warnings restaurants.d\n  \
    maitred check --format sarif restaurants.d > maitred.sarif"
)]
pub struct CheckArgs {
    /// Files or folders. Everything named is checked together: two files claiming one number are found.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Who reads it: a person, a program, GitHub's annotations, or a code scanner (SARIF 2.1.0).
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Exit with 1 for warnings too.
    #[arg(long)]
    pub deny_warnings: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Each problem under its line.
    Human,
    /// One document: `{"files": [...], "summary": {...}}`.
    Json,
    /// GitHub workflow commands (`::error file=...`).
    Github,
    /// A SARIF 2.1.0 log.
    Sarif,
}

/// Checks and prints; colours only on a terminal, and not with `NO_COLOR`.
pub fn run(args: CheckArgs) -> ExitCode {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colour = std::io::stdout().is_terminal() && !plain;
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let (text, code) = check(&args, &renderer);
    let mut out: Box<dyn Write> = match code {
        Outcome::Unreadable => Box::new(std::io::stderr()),
        _ => Box::new(std::io::stdout()),
    };
    // A reader that closed early has all it wanted.
    let _ = out.write_all(text.as_bytes());
    ExitCode::from(code as u8)
}

/// The exit codes that scripts rely on; `--help` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine = 0,
    Findings = 1,
    Unreadable = 2,
}

fn check(args: &CheckArgs, renderer: &Renderer) -> (String, Outcome) {
    let files = match gather::gather(&args.paths) {
        Ok(files) => files,
        Err(error) => {
            let error = error.to_string();
            let error = printable(&error, MAX_ERROR);
            return (format!("maitred check: {error}\n"), Outcome::Unreadable);
        }
    };
    let tally = gather::tally(&files);
    let text = match args.format {
        Format::Human => human(&files, &tally, renderer),
        Format::Json => json::render(&files, &tally),
        Format::Github => github::render(&files, &tally),
        Format::Sarif => sarif::render(&files),
    };
    let outcome = if tally.rejected > 0 || args.deny_warnings && tally.warnings > 0 {
        Outcome::Findings
    } else {
        Outcome::Fine
    };
    (text, outcome)
}

fn human(files: &[CheckedFile], tally: &Tally, renderer: &Renderer) -> String {
    let mut text: String = files
        .iter()
        .map(|file| draw::file(file, renderer))
        .collect();
    if let Some(advice) = draw::advice(files) {
        text.push_str(&advice);
        text.push('\n');
    }
    text.push_str(&draw::summary(tally));
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(path: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
    }

    fn checked(paths: &[PathBuf], format: Format, deny_warnings: bool) -> (String, Outcome) {
        let args = CheckArgs {
            paths: paths.to_vec(),
            format,
            deny_warnings,
        };
        check(&args, &Renderer::plain())
    }

    #[test]
    fn the_examples_pass_and_are_counted() {
        let (text, outcome) = checked(&[repository("restaurants.d")], Format::Human, false);
        assert_eq!(outcome, Outcome::Fine);
        let last = text.lines().last().unwrap();
        assert!(last.starts_with("3 files ok, 0 rejected, "), "{last}");
        let advice = text.lines().rev().nth(1).unwrap();
        assert!(advice.starts_with("advice W_ORDERS_STAY: "), "{advice}");
        assert!(advice.contains("the orders of corner-slice, "), "{advice}");
    }

    #[test]
    fn a_rejected_file_is_exit_code_one_and_a_missing_path_two() {
        let bad = repository("tests/fixtures/restaurants/invalid/later-keys.yaml");
        let (text, outcome) = checked(&[bad], Format::Human, false);
        assert_eq!(outcome, Outcome::Findings);
        assert!(text.contains("E_NOT_YET"), "{text}");
        let (text, outcome) = checked(&[repository("no-such-folder")], Format::Json, false);
        assert_eq!(outcome, Outcome::Unreadable);
        assert!(text.contains("no-such-folder"), "{text}");
    }

    #[test]
    fn two_files_that_claim_one_number_are_both_named() {
        let folder = tempfile::tempdir().unwrap();
        for id in ["a", "b"] {
            let text = format!(
                "id: {id}\nname: {id}\nphone_number: \"+15555550100\"\nmenu: [{{id: x, name: Soup, price: 1}}]\n"
            );
            std::fs::write(folder.path().join(format!("{id}.yaml")), text).unwrap();
        }
        let (text, outcome) = checked(&[folder.path().to_owned()], Format::Human, false);
        assert_eq!(outcome, Outcome::Findings);
        assert_eq!(text.matches("E_NUMBER_CONFLICT").count(), 2, "{text}");
    }

    #[test]
    fn warnings_fail_only_when_they_are_denied() {
        let warned = repository("tests/fixtures/restaurants/bella.yaml");
        for (deny, outcome) in [(false, Outcome::Fine), (true, Outcome::Findings)] {
            for format in [Format::Human, Format::Json, Format::Github, Format::Sarif] {
                let (text, got) = checked(std::slice::from_ref(&warned), format, deny);
                assert_eq!(got, outcome, "{text}");
                assert!(text.contains("W_NUMBER"), "{text}");
            }
        }
        let clean = repository("restaurants.d");
        assert_eq!(checked(&[clean], Format::Sarif, true).1, Outcome::Fine);
    }
}
