//! A running server whose folder is watched, with every report of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::reload::{FileOutcome, ReloadReport, Reloader};
use maitred::restaurant::PhoneNumber;
use maitred::routing::{FileStatus, LiveTable};
use maitred::settings::{ServeFlags, Settings};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

/// However slow the machine: what did not happen by then never will.
pub const NEVER: Duration = Duration::from_secs(120);

/// A restaurant with one dish; a telephone number of its own for every `number` below 10,000.
pub fn menu(id: &str, number: u32, price: &str) -> String {
    format!(
        "id: {id}\nname: {id}\nphone_number: \"{}\"\nmenu:\n  - {{id: soup, name: Soup, price: {price}}}\n",
        phone(number)
    )
}

pub fn phone(number: u32) -> String {
    format!("+1212555{number:04}")
}

/// `r0.yaml` and so on, all at 1.00.
pub fn many(count: u32) -> Vec<(String, String)> {
    let file = |n| (format!("r{n}.yaml"), menu(&format!("r{n}"), n, "1.00"));
    (0..count).map(file).collect()
}

/// Runs a line of shell in `folder`; `$P` is a price, `$EDIT` prints a.yaml with it.
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

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A running server.
pub struct House {
    base: String,
    live: Arc<LiveTable>,
    reloader: Arc<Reloader>,
    reports: mpsc::UnboundedReceiver<Arc<ReloadReport>>,
    seen: Vec<Arc<ReloadReport>>,
    restaurants: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    _root: tempfile::TempDir,
}

impl House {
    /// Serves these files.
    pub async fn open(files: &[(String, String)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let restaurants = root.path().join("restaurants.d");
        std::fs::create_dir(&restaurants).unwrap();
        for (name, text) in files {
            std::fs::write(restaurants.join(name), text).unwrap();
        }
        Self::open_at(root).await
    }

    /// Serves `restaurants.d` in `root` as it is.
    pub async fn open_at(root: tempfile::TempDir) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let restaurants = root.path().join("restaurants.d");
        let line = Arguments::parse_from([
            "serve",
            "--dev",
            "--listen=127.0.0.1:0",
            "--watch=auto",
            "--stt=scripted",
            "--tts=scripted",
            "--restaurants",
            &restaurants.display().to_string(),
            "--data",
            &root.path().join("data").display().to_string(),
        ]);
        let settings = Settings::resolve(line.flags, |_| None).unwrap();
        let options = Options {
            workers: 1,
            ..Options::default()
        };
        let app = App::build(settings, options).await.unwrap();
        let (sender, reports) = mpsc::unbounded_channel();
        let mut told = app.reloader().subscribe();
        tokio::spawn(async move {
            // A report that was dropped unread would be a rejected state unseen: then the test must not pass.
            while let Ok(report) = told.recv().await {
                if sender.send(report).is_err() {
                    return;
                }
            }
        });
        let (stop, stopped) = oneshot::channel();
        let house = Self {
            base: format!("http://{}", app.address()),
            live: Arc::clone(app.table()),
            reloader: Arc::clone(app.reloader()),
            reports,
            seen: Vec::new(),
            restaurants,
            stop: Some(stop),
            _root: root,
        };
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::spawn(app.run(stopped, std::future::ready(())));
        house
    }

    /// The folder, by the name the server was given.
    pub fn folder(&self) -> &Path {
        &self.restaurants
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.restaurants.join(name), text).unwrap();
    }

    /// Runs a line of shell in the folder.
    pub fn shell(&self, price: &str, line: &str) {
        shell(&self.restaurants, price, line);
    }

    pub fn generation(&self) -> u64 {
        self.live.load().generation()
    }

    /// The restaurant that answers a number, and what its soup costs, in cents.
    pub fn answers(&self, number: u32) -> Option<(String, i64)> {
        let number = PhoneNumber::parse(&phone(number)).unwrap();
        let served = self.live.load().owner(&number)?.clone();
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
    pub async fn until_price(&mut self, numbers: std::ops::Range<u32>, cents: i64, what: &str) {
        let all = |house: &Self| numbers.clone().all(|n| house.price(n) == Some(cents));
        self.until(what, all).await;
    }

    /// Waits until a file stands so.
    pub async fn until_status(&mut self, file: &str, status: FileStatus) {
        let what = format!("{file} {}", status.as_str());
        self.until(&what, |house| house.status(file) == Some(status))
            .await;
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
            let dropped = report
                .diff
                .numbers
                .iter()
                .filter(|moved| moved.to.is_none());
            harm.extend(dropped.map(|moved| format!("{moved:?}")));
        }
        harm
    }

    /// Posts to the API and returns the answer.
    pub async fn post(&self, path: &str, body: &str) -> Value {
        let request = reqwest::Client::new()
            .post(format!("{}{path}", self.base))
            .body(body.to_owned());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
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
            .post(format!("{}/voice", self.base))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(text);
        let answer = request.send().await.unwrap().text().await.unwrap();
        answer.contains("<Connect")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
