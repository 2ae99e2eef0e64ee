//! Which files are in trouble, and which of it is news: each state of a file is told once. Pure: rows and time come in.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::config::Problem;
use crate::restaurant::Digest;
use crate::routing::{FileStatus, FolderStatus};

/// How long an old version may be served before a human hears of it again.
const OVERDUE: SignedDuration = SignedDuration::from_hours(1);

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Topic {
    /// The bytes on disk are not served (the status tells whether an earlier version is).
    Rejected,
    /// The file is gone with too many others, and is served until somebody confirms.
    Held,
    /// Its last good version has been served for an hour in place of what is on disk.
    Stale,
}

impl Topic {
    /// The word in JSON, logs and metrics.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Held => "held",
            Self::Stale => "stale",
        }
    }
}

/// Files that came into the same trouble at the same time.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub topic: Topic,
    pub files: Vec<InTrouble>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct InTrouble {
    pub file: String,
    pub restaurant: Option<String>,
    pub status: FileStatus,
    pub since: Timestamp,
    /// Of the version that callers get meanwhile.
    pub served: Option<Digest>,
    /// The first error.
    pub problem: Option<Problem>,
}

#[derive(Debug)]
struct Known {
    status: FileStatus,
    since: Timestamp,
    overdue_told: bool,
}

/// The files in trouble that were told of.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    known: BTreeMap<String, Known>,
}

impl Troubles {
    /// What is news in `status` at `now`. A file that is broken again in another way is still broken: no news.
    pub(super) fn look(&mut self, status: &FolderStatus, now: Timestamp) -> Vec<Notice> {
        let mut notices: Vec<Notice> = [Topic::Rejected, Topic::Held, Topic::Stale]
            .map(|topic| Notice {
                topic,
                files: Vec::new(),
            })
            .into();
        let mut earlier = std::mem::take(&mut self.known);
        for mut file in in_trouble(status, now) {
            let known = earlier.remove(&file.file);
            let known = match known.filter(|known| known.status == file.status) {
                Some(known) => known,
                None => {
                    let topic = usize::from(file.status == FileStatus::Held);
                    notices[topic].files.push(file.clone());
                    Known {
                        status: file.status,
                        since: now,
                        overdue_told: false,
                    }
                }
            };
            let overdue = file.status == FileStatus::Stale
                && !known.overdue_told
                && now.duration_since(known.since) >= OVERDUE;
            let known = Known {
                overdue_told: known.overdue_told || overdue,
                ..known
            };
            let name = file.file.clone();
            if overdue {
                file.since = known.since;
                notices[2].files.push(file);
            }
            self.known.insert(name, known);
        }
        notices.retain(|notice| !notice.files.is_empty());
        notices
    }
}

fn in_trouble(status: &FolderStatus, now: Timestamp) -> Vec<InTrouble> {
    let first = |problems: &[Problem]| problems.iter().find(|p| p.is_error()).cloned();
    let served = status
        .restaurants
        .iter()
        .filter(|row| matches!(row.status, FileStatus::Stale | FileStatus::Held))
        .map(|row| InTrouble {
            file: row.file.clone(),
            restaurant: Some(row.id.to_string()),
            status: row.status,
            since: now,
            served: Some(row.digest.clone()),
            problem: first(&row.problems),
        });
    let refused = status.rejected.iter().map(|row| InTrouble {
        file: row.file.clone(),
        restaurant: row.id.clone(),
        status: row.status,
        since: now,
        served: None,
        problem: first(&row.problems),
    });
    served.chain(refused).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Code;
    use crate::routing::RejectedRow;

    fn folder(rows: &[(&str, FileStatus)]) -> FolderStatus {
        FolderStatus {
            generation: 1,
            digest: Digest::of(b""),
            restaurants: Vec::new(),
            rejected: rows
                .iter()
                .map(|(file, status)| RejectedRow {
                    id: None,
                    file: (*file).to_owned(),
                    status: *status,
                    problems: vec![Problem::new(Code::Yaml, "", "broken")],
                })
                .map(std::sync::Arc::new)
                .collect(),
        }
    }

    fn told(notices: &[Notice]) -> Vec<(Topic, Vec<&str>)> {
        notices
            .iter()
            .map(|notice| {
                let files = notice.files.iter().map(|file| file.file.as_str()).collect();
                (notice.topic, files)
            })
            .collect()
    }

    const STALE: FileStatus = FileStatus::Stale;
    const HELD: FileStatus = FileStatus::Held;

    #[test]
    fn a_state_is_told_once_and_again_only_after_it_was_over() {
        let mut troubles = Troubles::default();
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let bad = folder(&[("a.yaml", STALE), ("b.yaml", FileStatus::Rejected)]);
        assert_eq!(
            told(&troubles.look(&bad, now)),
            [(Topic::Rejected, vec!["a.yaml", "b.yaml"])]
        );
        assert!(troubles.look(&bad, now).is_empty());
        let gone = folder(&[("a.yaml", HELD)]);
        assert_eq!(
            told(&troubles.look(&gone, now)),
            [(Topic::Held, vec!["a.yaml"])]
        );
        assert!(troubles.look(&gone, now).is_empty());
        assert!(troubles.look(&folder(&[]), now).is_empty());
        assert_eq!(
            told(&troubles.look(&gone, now)),
            [(Topic::Held, vec!["a.yaml"])]
        );
    }

    #[test]
    fn stale_for_an_hour_is_told_once_and_counted_from_its_beginning() {
        let mut troubles = Troubles::default();
        let start: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let at = |minutes: i64| start + SignedDuration::from_mins(minutes);
        let stale = folder(&[("a.yaml", STALE)]);
        assert_eq!(told(&troubles.look(&stale, at(0))).len(), 1);
        assert!(troubles.look(&stale, at(59)).is_empty());
        let late = troubles.look(&stale, at(60));
        assert_eq!(told(&late), [(Topic::Stale, vec!["a.yaml"])]);
        assert_eq!(late[0].files[0].since, at(0));
        assert!(troubles.look(&stale, at(200)).is_empty());
        // Mended in between: the hour begins anew.
        troubles.look(&folder(&[]), at(201));
        troubles.look(&stale, at(202));
        assert!(troubles.look(&stale, at(261)).is_empty());
        assert_eq!(troubles.look(&stale, at(262)).len(), 1);
    }
}
