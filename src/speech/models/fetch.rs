//! Wheels from the package index this machine's pip is set up with, by the lock's hashes.

#![expect(clippy::disallowed_methods, reason = "runs pip and writes its lock")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use thiserror::Error;

use super::{LOCK, Wheel};

/// Wheel tags our packages carry, for a pip too old to know this machine takes them.
const PLATFORMS: [&str; 4] = [
    "manylinux_2_34_",
    "manylinux_2_17_",
    "manylinux2014_",
    "any",
];

/// Why a package did not come.
#[derive(Debug, Error)]
pub enum FetchError {
    /// There is no Python, or it has no pip.
    #[error("run `python3 -m pip`: {0} (on Debian: apt-get install python3-pip)")]
    NoPip(String),
    /// pip said no.
    #[error("download {package}: pip says: {reason}")]
    Refused {
        package: &'static str,
        reason: String,
    },
    /// The temporary lock file cannot be written.
    #[error("write {path}: {source}")]
    Write { path: String, source: io::Error },
}

/// Downloads one wheel into `dir`. pip checks the hash; no code of the package is run.
///
/// # Errors
/// Without pip, without the package, or when no hash of the lock fits. Messages never hold an address.
pub fn fetch(wheel: Wheel, dir: &Path) -> Result<(), FetchError> {
    // pip works in there: a relative path would be another one.
    let dir = &dir.canonicalize().map_err(|source| FetchError::Write {
        path: dir.display().to_string(),
        source,
    })?;
    let lock = dir.join(format!("{}.lock", wheel.package()));
    fs::write(&lock, lock_lines(wheel)).map_err(|source| FetchError::Write {
        path: lock.display().to_string(),
        source,
    })?;
    let first = download(&lock, dir, &[])?;
    if first.status.success() {
        return Ok(());
    }
    let arch = std::env::consts::ARCH;
    let platforms: Vec<String> = PLATFORMS
        .iter()
        .map(|tag| {
            if *tag == "any" {
                (*tag).into()
            } else {
                format!("{tag}{arch}")
            }
        })
        .flat_map(|tag| ["--platform".to_owned(), tag])
        .collect();
    if download(&lock, dir, &platforms)?.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    if said.contains("No module named pip") {
        return Err(FetchError::NoPip("this Python has no pip".into()));
    }
    Err(FetchError::Refused {
        package: wheel.package(),
        reason: without_addresses(&said),
    })
}

/// Python and pip by themselves: nothing of the current folder, of `PYTHON...` variables or of the user's own packages is
/// imported. How this machine's pip reaches its index (its configuration and `PIP_...`, proxies, certificates) stays.
fn download(lock: &Path, dir: &Path, platforms: &[String]) -> Result<Output, FetchError> {
    let kept = std::env::vars_os().filter(|(name, _)| is_kept(&name.to_string_lossy()));
    Command::new("python3")
        .args([
            "-I",
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
        ])
        .args([
            "--require-hashes",
            "--no-deps",
            "--only-binary=:all:",
            "--progress-bar=off",
        ])
        .args(platforms)
        .arg("-d")
        .arg(dir)
        .arg("-r")
        .arg(lock)
        .current_dir(dir)
        .env_clear()
        .envs(kept)
        .output()
        .map_err(|e| FetchError::NoPip(e.to_string()))
}

/// May pip see this variable?
fn is_kept(name: &str) -> bool {
    const KEPT: [&str; 11] = [
        "PATH",
        "HOME",
        "TMPDIR",
        "LANG",
        "NO_PROXY",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "REQUESTS_CA_BUNDLE",
    ];
    let upper = name.to_ascii_uppercase();
    KEPT.contains(&upper.as_str())
        || ["PIP_", "XDG_CONFIG_", "XDG_CACHE_", "LC_"]
            .iter()
            .any(|family| upper.starts_with(family))
}

fn lock_lines(wheel: Wheel) -> String {
    LOCK.lines()
        .filter(|line| line.starts_with(wheel.package()))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// pip's complaint without the addresses of the index it asked: they belong to this machine's set-up, may hold
/// credentials, and end up in bug reports.
fn without_addresses(said: &str) -> String {
    let lines: Vec<String> = said
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("ERROR") || line.contains("error"))
        .map(|line| {
            line.split_whitespace()
                .map(|word| {
                    if word.contains("://") || word.contains("host=") {
                        "(package index)"
                    } else {
                        word
                    }
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let kept = lines.len().saturating_sub(3);
    match lines[kept..].join("; ") {
        empty if empty.is_empty() => "nothing; is this machine online?".into(),
        reason => reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pips_complaint_is_shown_without_the_index() {
        let said = "WARNING: Retrying after HTTPConnectionPool(host='index.example', port=80)\n\
                    Looking in indexes: https://user:pass@index.example/simple\n\
                    ERROR: Could not find a version that satisfies the requirement x (from versions: none)\n\
                    ERROR: HTTP error 404 while getting https://index.example/x.whl\n";
        let shown = without_addresses(said);
        assert_eq!(
            shown,
            "ERROR: Could not find a version that satisfies the requirement x (from versions: none); \
             ERROR: HTTP error 404 while getting (package index)"
        );
    }

    #[test]
    fn pip_sees_how_to_reach_its_index_and_nothing_that_changes_python() {
        for kept in [
            "PATH",
            "PIP_INDEX_URL",
            "https_proxy",
            "XDG_CONFIG_HOME",
            "LC_ALL",
        ] {
            assert!(is_kept(kept), "{kept}");
        }
        for gone in [
            "PYTHONPATH",
            "PYTHONSTARTUP",
            "LD_PRELOAD",
            "TWILIO_AUTH_TOKEN",
            "MAITRED_SECRET",
        ] {
            assert!(!is_kept(gone), "{gone}");
        }
    }

    #[test]
    fn each_wheel_is_asked_for_with_its_hashes_alone() {
        for wheel in Wheel::ALL {
            let lines = lock_lines(wheel);
            assert_eq!(lines.lines().count(), 1, "{}", wheel.package());
            assert!(lines.contains("--hash=sha256:"));
        }
    }
}
