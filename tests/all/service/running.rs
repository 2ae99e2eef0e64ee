//! A server for one test.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use maitred::app::{App, Options, Retries};
use maitred::call::{Admission, Clock, ManualClock};
use maitred::events::DomainEvent;
use maitred::settings::{ServeFlags, Settings};
use maitred::store::Store;
use tokio::sync::{broadcast, oneshot};
use tokio::task::JoinHandle;

/// The auth tokens in force: one being rotated out, one in.
pub const OLD_TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub const TOKEN: &str = "fedcba9876543210fedcba9876543210";
pub const ADMIN: &str = "let-me-look";
/// What Twilio believes our address to be.
pub const PUBLIC: &str = "https://voice.test";
/// Monday, 13:00 in Toronto.
const NOW: &str = "2026-11-23T18:00:00Z";

/// Bella's line: open, hands over to a person.
pub const BELLA: &str = "+15550100001";
/// Open on Tuesdays only.
pub const SHUT: &str = "+15550100002";
/// `enabled: false`.
pub const RETIRED: &str = "+15550100003";
/// One call at once.
pub const SMALL: &str = "+15550100004";
/// Whose hand-off number is Bella's.
pub const LOOP: &str = "+15550100005";
/// Bella's person.
pub const PERSON: &str = "+15550199999";

/// A running server.
pub struct Running {
    pub address: SocketAddr,
    pub clock: ManualClock,
    pub store: Store,
    pub admission: Arc<Admission>,
    pub events: broadcast::Receiver<Arc<DomainEvent>>,
    stop: Option<oneshot::Sender<()>>,
    force: Option<oneshot::Sender<()>>,
    pub server: JoinHandle<std::io::Result<()>>,
    folder: tempfile::TempDir,
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    flags: ServeFlags,
}

fn restaurant(id: &str, number: &str, more: &str) -> (String, String) {
    let text = format!(
        "id: {id}\nname: The {id}\nphone_number: \"{number}\"\n{more}\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    (format!("{id}.yaml"), text)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        restaurant("bella", BELLA, &format!("handoff: \"{PERSON}\"")),
        restaurant(
            "shut",
            SHUT,
            "timezone: America/Toronto\nhours: {tue: [\"11:00-14:00\"]}\nclosed_message: \"We open {next_open} & not before.\"",
        ),
        restaurant("retired", RETIRED, "enabled: false"),
        restaurant("small", SMALL, "limits: {calls: 1}"),
        restaurant("loop", LOOP, &format!("handoff: \"{BELLA}\"")),
    ];
    std::fs::create_dir(folder.path().join("restaurants.d")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join("restaurants.d").join(name), text).unwrap();
    }
    folder
}

impl Running {
    /// A server as an operator runs it: signatures checked, admin token set.
    pub async fn start() -> Self {
        Self::start_with(&[], &[("MAITRED_ADMIN_TOKEN", ADMIN)]).await
    }

    /// With further flags and exactly these variables beside the auth tokens.
    pub async fn start_with(flags: &[&str], env: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = self::folder();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (restaurants, data) = (path("restaurants.d"), path("data"));
        let mut line = vec![
            "serve",
            "--listen=127.0.0.1:0",
            "--watch=off",
            "--stt=scripted",
            "--tts=scripted",
            "--restaurants",
            &restaurants,
            "--data",
            &data,
        ];
        if !flags.contains(&"--dev") {
            line.extend(["--public-url", PUBLIC]);
        }
        line.extend(flags);
        let tokens = format!("{OLD_TOKEN},{TOKEN}");
        let settings = Settings::resolve(Line::parse_from(line).flags, |name| {
            let given = env.iter().find(|(n, _)| *n == name);
            match given {
                Some((_, value)) => Some((*value).to_owned()),
                None => (name == "TWILIO_AUTH_TOKEN").then(|| tokens.clone()),
            }
        })
        .unwrap();
        let clock = ManualClock::new(NOW.parse().unwrap());
        let options = Options {
            clock: Clock::Manual(clock.clone()),
            workers: 1,
            notify_retries: Retries {
                first: Duration::from_millis(1),
                ..Retries::default()
            },
        };
        let app = App::build(settings, options).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let (force, forced) = oneshot::channel();
        Self {
            address: app.address(),
            clock,
            store: app.store().clone(),
            admission: Arc::clone(app.admission()),
            events: app.events().subscribe(),
            stop: Some(stop),
            force: Some(force),
            server: tokio::spawn(app.run(
                async {
                    let _ = stopped.await;
                },
                async {
                    let _ = forced.await;
                },
            )),
            folder,
        }
    }

    /// The folder of restaurant files.
    pub fn restaurants(&self) -> std::path::PathBuf {
        self.folder.path().join("restaurants.d")
    }

    /// As the first SIGTERM.
    pub fn drain(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// As the second.
    pub fn force(&mut self) {
        let _ = self.force.take().unwrap().send(());
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The text at `path`, with the admin token.
    pub async fn look(&self, path: &str) -> (u16, String) {
        let request = reqwest::Client::new()
            .get(self.url(path))
            .bearer_auth(ADMIN);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The status alone: a stream's body never ends.
    pub async fn look_at_head(&self, path: &str) -> u16 {
        let request = reqwest::Client::new()
            .get(self.url(path))
            .bearer_auth(ADMIN);
        request.send().await.unwrap().status().as_u16()
    }

    pub async fn json(&self, path: &str) -> serde_json::Value {
        let (status, text) = self.look(path).await;
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// One line of `/metrics`.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        let (_, text) = self.look("/metrics").await;
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .map(|value| value.parse().unwrap())
    }

    /// Waits for an event, however long the machine takes.
    pub async fn event<T>(&mut self, wanted: impl Fn(&DomainEvent) -> Option<T>) -> T {
        let found = async {
            loop {
                if let Some(found) = wanted(&self.events.recv().await.unwrap()) {
                    return found;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), found)
            .await
            .expect("the event never came")
    }
}
