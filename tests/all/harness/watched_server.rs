//! A server whose folder is watched, with every report of the watch.

use std::ops::{Deref, DerefMut, Range};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use maitred::events::DomainEvent;
use maitred::reload::{FileOutcome, ReloadReport};
use maitred::restaurant::PhoneNumber;
use maitred::routing::FileStatus;
use tokio::sync::mpsc;

use super::restaurants::{phone, write_aside};
use super::{NEVER, ServerSetup, TestServer};

/// Runs a line of shell in `folder`; `$P` is a price. git knows an author and no configuration of this machine.
pub fn shell(folder: &Path, price: &str, line: &str) {
    let done = Command::new("sh")
        .args(["-ec", line])
        .current_dir(folder)
        .env("P", price)
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_COMMITTER_NAME", "a")])
        .envs([
            ("GIT_AUTHOR_EMAIL", "a@b.c"),
            ("GIT_COMMITTER_EMAIL", "a@b.c"),
        ])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{line}: {told}");
}

/// A running `serve --dev` that looks at its folder by itself.
pub struct WatchedServer {
    server: TestServer,
    /// Of the newest table that was waited for.
    pub known_generation: u64,
    reports: mpsc::UnboundedReceiver<Arc<ReloadReport>>,
    seen: Vec<Arc<ReloadReport>>,
}

impl WatchedServer {
    /// Serves these files.
    pub async fn open<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Self {
        Self::start(ServerSetup::new().files(files)).await
    }

    /// Serves `restaurants.d` in `root` as it is.
    pub async fn open_at(root: tempfile::TempDir) -> Self {
        Self::start(ServerSetup::in_folder(root)).await
    }

    /// Watches in addition to what was set up.
    pub async fn start(setup: ServerSetup) -> Self {
        let server = setup.flags(&["--dev"]).watched().start().await;
        let (sender, reports) = mpsc::unbounded_channel();
        let mut published = server.reloader.subscribe();
        tokio::spawn(async move {
            // A report that was dropped unread would be a rejected state unseen: then the test must not pass.
            while let Ok(report) = published.recv().await {
                if sender.send(report).is_err() {
                    return;
                }
            }
        });
        Self {
            known_generation: server.table.load().generation(),
            server,
            reports,
            seen: Vec::new(),
        }
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder().join(name), text).unwrap();
    }

    /// Written aside, then renamed.
    pub fn replace(&self, name: &str, text: &str) {
        write_aside(&self.folder(), name, text);
    }

    pub fn delete(&self, name: &str) {
        std::fs::remove_file(self.folder().join(name)).unwrap();
    }

    /// Runs a line of shell in the folder.
    pub fn shell(&self, price: &str, line: &str) {
        shell(&self.folder(), price, line);
    }

    pub fn generation(&self) -> u64 {
        self.table.load().generation()
    }

    /// The restaurant that answers a number, and what its soup costs, in cents.
    pub fn answers(&self, number: u32) -> Option<(String, i64)> {
        let number = PhoneNumber::parse(&phone(number)).unwrap();
        let served = self.table.load().owner(&number)?.clone();
        let price = served.restaurant.menu.items[0].price.minor();
        Some((served.restaurant.id.to_string(), price))
    }

    pub fn price(&self, number: u32) -> Option<i64> {
        self.answers(number).map(|(_, price)| price)
    }

    /// How a file stands; `None`: the server knows none of this name.
    pub fn status(&self, file: &str) -> Option<FileStatus> {
        let status = self.reloader.status();
        let served = status.restaurants.iter().map(|row| (&row.file, row.status));
        let rejected = status.rejected.iter().map(|row| (&row.file, row.status));
        let mut all = served.chain(rejected);
        all.find(|(name, _)| *name == file).map(|row| row.1)
    }

    /// Did the last report say that the folder is lost?
    pub fn is_lost(&self) -> bool {
        let last = self.seen.last();
        last.is_some_and(|report| report.source_lost.is_some())
    }

    /// Waits until the server is as wanted; looks again at every report.
    pub async fn until(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        while !wanted(self) {
            let report = tokio::time::timeout(NEVER, self.reports.recv()).await;
            match report {
                Ok(report) => self.seen.push(report.expect("the watcher ended")),
                Err(_) => panic!("{what}: never came; {:#?}", self.reloader.status()),
            }
        }
    }

    /// Waits until the soup of these numbers costs so many cents.
    pub async fn until_price(&mut self, numbers: Range<u32>, cents: i64, what: &str) {
        let all = |server: &Self| numbers.clone().all(|n| server.price(n) == Some(cents));
        self.until(what, all).await;
    }

    /// Waits until a file stands so.
    pub async fn until_status(&mut self, file: &str, status: FileStatus) {
        let what = format!("{file} {}", status.as_str());
        self.until(&what, |server| server.status(file) == Some(status))
            .await;
    }

    /// Waits until the watch has published a new table.
    pub async fn published(&mut self) {
        let published = |event: &DomainEvent| match event {
            DomainEvent::ConfigLoaded {
                published: true,
                generation,
                trigger,
                ..
            } => Some((*generation, *trigger)),
            _ => None,
        };
        let (generation, trigger) = self.event(published).await;
        assert!(generation > self.known_generation);
        assert!(["event", "poll"].contains(&trigger), "{trigger}");
        self.known_generation = generation;
    }

    /// Waits until a newer table is in force, however many other events there are meanwhile.
    pub async fn newer(&mut self) {
        let newer = async {
            let mut events = self.events.resubscribe();
            while self.generation() <= self.known_generation {
                // Missed ones may have been the publication: the table tells.
                let _ = events.recv().await;
            }
        };
        let came = tokio::time::timeout(NEVER, newer).await;
        came.expect("no newer table");
        self.known_generation = self.generation();
    }

    /// Waits until the watch has found fault with a file; returns the code.
    pub async fn fault(&mut self) -> String {
        self.event(|event| match event {
            DomainEvent::ConfigFile(change) => {
                let mut errors = change.problems.iter().filter(|problem| problem.is_error());
                errors.next().map(|problem| problem.code.to_string())
            }
            _ => None,
        })
        .await
    }

    /// What `/api/table` tells of the restaurant in this file.
    pub async fn row(&self, file: &str) -> serde_json::Value {
        let table = self.json("/api/table").await;
        let rows = table["restaurants"].as_array().unwrap();
        let row = rows.iter().find(|row| row["file"] == file);
        row.cloned().unwrap_or_default()
    }

    /// Every report so far.
    pub fn reports(&mut self) -> &[Arc<ReloadReport>] {
        while let Ok(report) = self.reports.try_recv() {
            self.seen.push(report);
        }
        &self.seen
    }

    /// What ever went wrong, in all reports so far: a file rejected, stale or in conflict, a number nobody answered.
    pub fn harm(&mut self) -> Vec<String> {
        let mut harm = Vec::new();
        for report in self.reports() {
            for event in &report.files {
                let bad = matches!(
                    event.status,
                    Some(FileStatus::Rejected | FileStatus::Stale | FileStatus::Conflict)
                );
                if bad || event.outcome == FileOutcome::Rejected {
                    harm.push(format!("{event:?}"));
                }
            }
            let numbers = report.diff.numbers.iter();
            let dropped = numbers.filter(|moved| moved.to.is_none());
            harm.extend(dropped.map(|moved| format!("{moved:?}")));
        }
        harm
    }

    /// Does a call to this number reach a waiter?
    pub async fn picks_up(&self, call: u32, number: u32) -> bool {
        let form = [
            ("CallSid", format!("CA{call:032x}")),
            ("AccountSid", format!("AC{:032x}", 1)),
            ("From", "+14155550100".to_owned()),
            ("To", phone(number)),
            ("CallStatus", "ringing".to_owned()),
            ("Direction", "inbound".to_owned()),
            ("ApiVersion", "2010-04-01".to_owned()),
        ];
        let text = maitred::twilio::webhook_form::write_pairs(
            &form.map(|(name, value)| (name.to_owned(), value)),
        );
        let request = reqwest::Client::new()
            .post(&self.webhook)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(text);
        let answer = request.send().await.unwrap().text().await.unwrap();
        answer.contains("<Connect")
    }
}

impl Deref for WatchedServer {
    type Target = TestServer;

    fn deref(&self) -> &TestServer {
        &self.server
    }
}

impl DerefMut for WatchedServer {
    fn deref_mut(&mut self) -> &mut TestServer {
        &mut self.server
    }
}
