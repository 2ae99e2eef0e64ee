//! The folder's gauges as Prometheus text. They are written by hand: a recorder would keep every digest and code there ever was.

use std::fmt::Write as _;

use super::FolderState;
use crate::config::Severity;
use crate::restaurant::Digest;
use crate::routing::FileStatus;

/// How the system's watch on the folder does, counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchGauges {
    /// Events arrive, or none are wanted.
    pub healthy: bool,
    /// How often the system's queue ran over.
    pub overflows: u64,
}

/// The folder after its last scan.
#[derive(Clone, Debug)]
pub(super) struct FolderMeasures {
    pub generation: u64,
    pub digest: Digest,
    pub held: usize,
    pub state: FolderState,
    /// Did the store take the last change?
    pub kept: bool,
    /// Unix seconds of the last scan after which every file was served as it is on disk.
    pub clean_at: Option<f64>,
}

/// Appends the families to `text`.
pub(super) fn write(text: &mut String, folder: Option<&FolderMeasures>, watch: WatchGauges) {
    let mut family = |name: &str, kind: &str, help: &str, samples: &[(String, String)]| {
        let name = format!("maitred_config_{name}");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in samples {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
        text.push('\n');
    };
    let one = |value: String| [(String::new(), value)];
    family(
        "watch_healthy",
        "gauge",
        "1 while the system tells of changes, or nobody asked it to",
        &one(u8::from(watch.healthy).to_string()),
    );
    family(
        "watch_overflows_total",
        "counter",
        "Times the system's queue of changes ran over",
        &one(watch.overflows.to_string()),
    );
    let Some(folder) = folder else { return };
    family(
        "generation",
        "gauge",
        "Generation of the table in force",
        &one(folder.generation.to_string()),
    );
    family(
        "info",
        "gauge",
        "Digest of the table in force",
        &[(format!("{{digest=\"{}\"}}", folder.digest), "1".to_owned())],
    );
    let successful = folder.state.clean && folder.kept;
    family(
        "last_reload_successful",
        "gauge",
        "1 only if every file is served as it is on disk",
        &one(u8::from(successful).to_string()),
    );
    if let Some(at) = folder.clean_at {
        family(
            "last_reload_success_timestamp_seconds",
            "gauge",
            "When that was last so after a scan",
            &one(format!("{at:.3}")),
        );
    }
    let states: Vec<_> = FileStatus::ALL
        .iter()
        .map(|status| {
            let count = folder.state.files.get(status).copied().unwrap_or(0);
            (
                format!("{{state=\"{}\"}}", status.as_str()),
                count.to_string(),
            )
        })
        .collect();
    family("files", "gauge", "Files by state", &states);
    let findings: Vec<_> = folder
        .state
        .findings
        .iter()
        .map(|((severity, code), count)| {
            let severity = match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let labels = format!("{{severity=\"{severity}\",code=\"{code}\"}}");
            (labels, count.to_string())
        })
        .collect();
    family(
        "findings",
        "gauge",
        "What is wrong in the files on disk, by code",
        &findings,
    );
    family(
        "source_lost",
        "gauge",
        "1 while the folder cannot be read",
        &one(u8::from(folder.state.source_lost.is_some()).to_string()),
    );
    family(
        "deletions_held",
        "gauge",
        "Files that are gone and whose removal waits to be confirmed",
        &one(folder.held.to_string()),
    );
}
