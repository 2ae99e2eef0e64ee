//! The fuzzer of `make fuzz`: hostile bytes against the code that reads restaurant files, on stable Rust.
//!
//! `corpus` (fixtures, examples, tokens) -> `mutate` (seeded) -> a target (`yaml`, `diff`) -> its promises checked.
//! There is no coverage feedback on stable; instead an input that behaves in a new way (another set of findings) joins
//! the corpus. A panic, a broken promise or an input that takes more than thirty seconds is saved in `fuzz/artifacts/` and
//! ends the run with exit code 1.
//!
//! ```text
//! make fuzz                                             both targets, a minute each
//! FUZZ_SECONDS=600 FUZZ_SEED=7 make fuzz ARGS=yaml      one target, ten minutes, a given seed
//! make fuzz ARGS=fuzz/artifacts/yaml-1f2e3d4c           one saved input again
//! ```
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a program of its own: it reads its corpus, keeps time and may fail"
)]

mod corpus;
mod mutate;
mod run;
mod table_diff;
mod yaml_problems;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use run::{Outcome, Settings, Target};

/// What can be fuzzed.
const TARGETS: [Target; 2] = [yaml_problems::TARGET, table_diff::TARGET];

fn number(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => default,
    }
}

fn main() -> ExitCode {
    // Flags are for the test runner; this is none.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let settings = Settings {
        time: Duration::from_secs(number("FUZZ_SECONDS", 60)),
        seed: number("FUZZ_SEED", u64::from(std::process::id())),
        artifacts: Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/artifacts"),
    };
    let mut failed = false;
    let named = |target: &&Target| words.is_empty() || words.iter().any(|word| word == target.name);
    for target in TARGETS.iter().filter(named) {
        failed |= run::fuzz(target, &settings) == Outcome::Broken;
    }
    for file in words.iter().filter(|word| Path::new(word).is_file()) {
        let name = Path::new(file)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let target = TARGETS.iter().find(|target| name.starts_with(target.name));
        let target = target.expect("a saved input is called after its target");
        let input = std::fs::read(file).expect("the saved input");
        failed |= run::once(target, &input) == Outcome::Broken;
    }
    ExitCode::from(u8::from(failed))
}
