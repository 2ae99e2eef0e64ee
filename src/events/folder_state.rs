//! The folder as it stands after a scan, counted: what the gauges show.

use std::collections::BTreeMap;

use crate::config::{Code, Severity};
use crate::routing::{FileStatus, FolderStatus};

/// How many files and findings there are, of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    /// Files by status.
    pub files: BTreeMap<FileStatus, usize>,
    /// What is found in the bytes on disk now.
    pub findings: BTreeMap<(Severity, Code), usize>,
    /// Why the folder cannot be read.
    pub source_lost: Option<String>,
    /// Is every file served as it is on disk, and nothing else?
    pub clean: bool,
}

impl FolderState {
    /// Counts `status`; `lost` is why the folder cannot be read, if it cannot.
    pub fn of(status: &FolderStatus, lost: Option<&str>) -> Self {
        let mut state = Self {
            source_lost: lost.map(str::to_owned),
            ..Self::default()
        };
        let served = status
            .restaurants
            .iter()
            .map(|row| (row.status, &row.problems));
        let refused = status
            .rejected
            .iter()
            .map(|row| (row.status, &row.problems));
        for (status, problems) in served.chain(refused) {
            *state.files.entry(status).or_default() += 1;
            for problem in problems {
                let kind = (problem.severity, problem.code);
                *state.findings.entry(kind).or_default() += 1;
            }
        }
        let as_on_disk =
            |status: &FileStatus| matches!(status, FileStatus::Active | FileStatus::Disabled);
        state.clean = lost.is_none() && state.files.keys().all(as_on_disk);
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Problem;
    use crate::restaurant::Digest;
    use crate::routing::RejectedRow;

    #[test]
    fn a_folder_is_clean_only_when_every_file_is_served_as_it_is_on_disk() {
        let mut status = FolderStatus {
            generation: 1,
            digest: Digest::of(b""),
            restaurants: Vec::new(),
            rejected: Vec::new(),
        };
        assert!(FolderState::of(&status, None).clean);
        assert!(!FolderState::of(&status, Some("gone")).clean);
        status.rejected.push(std::sync::Arc::new(RejectedRow {
            id: None,
            file: "a.yaml".to_owned(),
            status: FileStatus::Rejected,
            problems: vec![Problem::new(Code::Yaml, "", "x"); 2],
        }));
        let state = FolderState::of(&status, None);
        assert!(!state.clean);
        assert_eq!(state.files[&FileStatus::Rejected], 1);
        assert_eq!(state.findings[&(Severity::Error, Code::Yaml)], 2);
    }
}
