//! Where the models lie.

#![expect(
    clippy::disallowed_methods,
    reason = "the default follows the XDG variables"
)]

use std::env;
use std::path::PathBuf;

/// `$XDG_DATA_HOME/maitred/models`, else `~/.local/share/maitred/models`, else `maitred-models` here.
#[must_use]
pub fn default_dir() -> PathBuf {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| set("HOME").map(|home| home.join(".local/share")))
        .map_or_else(
            || PathBuf::from("maitred-models"),
            |data| data.join("maitred/models"),
        )
}

/// For tests that need models: their directory, `None` (and a printed line) when they are not on this machine.
///
/// # Panics
/// When `MAITRED_REQUIRE_MODELS` is set, as `make test` does: there such a test must not pass unseen.
#[cfg(test)]
pub(in crate::speech) fn for_tests() -> Option<PathBuf> {
    use super::{Part, missing};
    let dir = env::var_os("MAITRED_MODELS").map_or_else(default_dir, PathBuf::from);
    let parts = [
        Part::Runtime,
        Part::Recognizer,
        Part::Synthesizer,
        Part::Caller,
    ];
    let lacking = missing(&dir, &parts);
    if lacking.is_empty() {
        return Some(dir);
    }
    assert!(
        env::var_os("MAITRED_REQUIRE_MODELS").is_none(),
        "{} speech model files are missing in {}: run `maitred models fetch`",
        lacking.len(),
        dir.display()
    );
    println!("SKIPPED: needs the speech models ({})", dir.display());
    None
}
