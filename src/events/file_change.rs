//! What became of one restaurant file, as it is logged and sent to listeners.

use jiff::Timestamp;

use crate::config::{Problem, Severity};
use crate::restaurant::Digest;
use crate::routing::FileStatus;

/// The word for it: the name of the SSE event, and of the message to `--notify-url`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileNews {
    /// Its bytes are served.
    Accepted,
    /// Its bytes are refused, and nothing else of it is served.
    Rejected,
    /// Its bytes are refused; its last good version is served.
    Stale,
    /// Everything it claims belongs to others.
    Conflict,
    /// Its restaurant was served from another file, which is gone.
    Moved,
    /// An earlier version is served, as somebody asked.
    Pinned,
    /// It is missing; gone when it still is at the next settled scan.
    Missing,
    /// It is served no more.
    Removed,
    /// It is gone with too many others: served until somebody confirms.
    Held,
    /// Another status, the same bytes: a number came free or was lost, or a held file is back.
    Restated,
    /// Served as before; looked at again, there is something to warn of.
    Warned,
}

impl FileNews {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Stale => "stale",
            Self::Conflict => "conflict",
            Self::Moved => "moved",
            Self::Pinned => "pinned",
            Self::Missing => "missing",
            Self::Removed => "removed",
            Self::Held => "held",
            Self::Restated => "restated",
            Self::Warned => "warned",
        }
    }
}

/// One file of a scan.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FileChange {
    pub news: FileNews,
    pub file: String,
    /// `None` once it is removed.
    pub status: Option<FileStatus>,
    /// Of the table in force after the scan.
    pub generation: u64,
    /// What made us look.
    pub trigger: &'static str,
    /// Of the bytes on disk; `None` when they could not be read.
    pub digest: Option<Digest>,
    /// Of the version served after the scan.
    pub served: Option<Digest>,
    /// When that version was written.
    pub served_of: Option<Timestamp>,
    /// Of the version served before the scan.
    pub before: Option<Digest>,
    /// The file that had the restaurant before a move.
    pub moved_from: Option<String>,
    /// What is different on the menu, a line each.
    pub changes: Vec<String>,
    pub problems: Vec<Problem>,
}

impl FileChange {
    /// The stable code of its log line: the first error's, else one for the news.
    pub fn code(&self) -> &'static str {
        match self.news {
            FileNews::Rejected | FileNews::Stale | FileNews::Conflict => {
                self.first_error().map_or("E_READ", |p| p.code.as_str())
            }
            FileNews::Held => "E_HELD",
            FileNews::Accepted => "CONFIG_ACCEPTED",
            FileNews::Moved => "CONFIG_MOVED",
            FileNews::Pinned => "CONFIG_PINNED",
            FileNews::Missing => "CONFIG_MISSING",
            FileNews::Removed => "CONFIG_REMOVED",
            FileNews::Restated => "CONFIG_RESTATED",
            FileNews::Warned => "CONFIG_WARNED",
        }
    }

    /// Is it something an operator has to mend?
    pub fn is_trouble(&self) -> bool {
        matches!(
            self.news,
            FileNews::Rejected | FileNews::Stale | FileNews::Conflict | FileNews::Held
        )
    }

    /// The line of the log behind its code, such as
    /// `bella.yaml:14:12 menu[3].price: expected an amount; still serving version 5c1e… of 2026-11-20 18:02`.
    pub fn line(&self) -> String {
        let file = &self.file;
        match self.news {
            FileNews::Rejected | FileNews::Stale | FileNews::Conflict => {
                format!("{}; {}", self.faults(), self.instead())
            }
            FileNews::Held => format!(
                "{file}: gone with too many others at once; {} until it returns or POST /api/config/confirm",
                self.instead()
            ),
            FileNews::Accepted => match &self.before {
                None => format!("{file}: {} is served{}", self.version(), self.menu()),
                Some(before) => format!(
                    "{file}: {} is served in place of {}…{}",
                    self.version(),
                    before.short(),
                    self.menu()
                ),
            },
            FileNews::Moved => format!(
                "{file}: was {}{}",
                self.moved_from.as_deref().unwrap_or("elsewhere"),
                self.menu()
            ),
            FileNews::Pinned => format!(
                "{file}: rolled back to {} until the file changes{}",
                self.version(),
                self.menu()
            ),
            FileNews::Missing => {
                format!("{file}: not there; gone if the next look misses it too")
            }
            FileNews::Removed => format!("{file}: gone, its lines are not answered any more"),
            FileNews::Restated => {
                let status = self.status.map_or("unknown", FileStatus::as_str);
                format!("{file}: is {status} now")
            }
            FileNews::Warned => format!("{file}: {} is served, with warnings", self.version()),
        }
    }

    /// Warnings of a file that is served, on one line; `None` when there are none.
    pub fn warning(&self) -> Option<(&'static str, String)> {
        if self.is_trouble() {
            return None;
        }
        let mut warnings = self.problems.iter().filter(|p| !p.is_error());
        let first = warnings.next()?;
        let more = more(warnings.count());
        Some((
            first.code.as_str(),
            format!("{}:{}{more}", self.file, first.one_line()),
        ))
    }

    fn first_error(&self) -> Option<&Problem> {
        self.problems.iter().find(|p| p.severity == Severity::Error)
    }

    fn faults(&self) -> String {
        let errors = self.problems.iter().filter(|p| p.is_error()).count();
        match self.first_error() {
            Some(first) => format!(
                "{}:{}{}",
                self.file,
                first.one_line(),
                more(errors.saturating_sub(1))
            ),
            None => format!("{}: refused", self.file),
        }
    }

    /// What callers get.
    fn instead(&self) -> String {
        match &self.served {
            Some(_) => format!("still serving {}", self.version()),
            None => "not served".to_owned(),
        }
    }

    fn version(&self) -> String {
        let Some(served) = &self.served else {
            return "no version".to_owned();
        };
        let of = self
            .served_of
            .map(|time| format!(" of {}", time.strftime("%Y-%m-%d %H:%M")));
        format!("version {}…{}", served.short(), of.unwrap_or_default())
    }

    fn menu(&self) -> String {
        match self.changes.as_slice() {
            [] => String::new(),
            changes => format!(": {}", changes.join("; ")),
        }
    }
}

fn more(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " (and 1 more)".to_owned(),
        many => format!(" (and {many} more)"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::Code;

    pub(crate) fn change(news: FileNews) -> FileChange {
        FileChange {
            news,
            file: "bella.yaml".to_owned(),
            status: Some(FileStatus::Active),
            generation: 7,
            trigger: "event",
            digest: Some(Digest::of(b"new")),
            served: Some(Digest::of(b"old")),
            served_of: Some("2026-11-20T18:02:33Z".parse().unwrap()),
            before: Some(Digest::of(b"old")),
            moved_from: None,
            changes: Vec::new(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn a_refused_file_says_where_what_and_what_callers_get_meanwhile() {
        let problem = Problem::new(
            Code::Schema,
            "/menu/3/price",
            "expected an amount such as 1.10, got \"cheap\"",
        )
        .placed(14, 12, 0..0);
        let warning = Problem::new(Code::WarnNumber, "", "a warning");
        let mut stale = change(FileNews::Stale);
        stale.problems = vec![warning, problem.clone()];
        let old = Digest::of(b"old");
        assert_eq!(stale.code(), "E_SCHEMA");
        assert_eq!(
            stale.line(),
            format!(
                "bella.yaml:14:12 menu[3].price: expected an amount such as 1.10, got \"cheap\"; \
                 still serving version {}… of 2026-11-20 18:02",
                old.short()
            )
        );
        assert_eq!(stale.warning(), None, "its errors come first");
        let mut rejected = change(FileNews::Rejected);
        rejected.problems = vec![problem.clone(), problem.clone(), problem];
        rejected.served = None;
        assert!(
            rejected
                .line()
                .ends_with("\"cheap\" (and 2 more); not served"),
            "{}",
            rejected.line()
        );
    }

    #[test]
    fn an_accepted_file_says_what_changed_on_its_menu() {
        let mut accepted = change(FileNews::Accepted);
        accepted.served = accepted.digest.clone();
        accepted.changes = vec!["Tea: 2.50 -> 3.00".to_owned(), "new: Cake".to_owned()];
        let (new, old) = (Digest::of(b"new"), Digest::of(b"old"));
        assert_eq!(
            accepted.line(),
            format!(
                "bella.yaml: version {}… of 2026-11-20 18:02 is served in place of {}…: Tea: 2.50 -> 3.00; new: Cake",
                new.short(),
                old.short()
            )
        );
        accepted.problems = vec![Problem::new(Code::WarnNumber, "/phone_number", "looks odd")];
        let (code, line) = accepted.warning().unwrap();
        assert_eq!(
            (code, line.as_str()),
            ("W_NUMBER", "bella.yaml:1:1 phone_number: looks odd")
        );
    }

    #[test]
    fn every_news_has_a_code_and_a_line_about_its_file() {
        use FileNews::*;
        let mut codes = Vec::new();
        for news in [
            Accepted, Rejected, Stale, Conflict, Moved, Pinned, Missing, Removed, Held, Restated,
            Warned,
        ] {
            let change = change(news);
            assert!(change.line().starts_with("bella.yaml"), "{news:?}");
            let json = serde_json::to_value(news).unwrap();
            assert_eq!(json, news.as_str());
            codes.push(change.code());
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 9, "only refusals share theirs: {codes:?}");
    }
}
