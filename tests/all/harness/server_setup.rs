//! What a server in the test's process is started with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::call::{Clock, ManualClock};
use maitred::delivery::{Retries, Secrets};
use maitred::settings::{ServeFlags, Settings};
use maitred::speech::Recognizer;

use super::TestServer;

/// The auth tokens in force: one being rotated out, one in.
pub const OLD_TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub const TOKEN: &str = "fedcba9876543210fedcba9876543210";
/// Opens `/api` and `/metrics`.
pub const ADMIN: &str = "let-me-look-at-everything-that-there-is";
/// What Twilio believes our address to be.
pub const PUBLIC: &str = "https://voice.test";

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A folder with `restaurants.d` and `data`, and how the server is to run on it. As it comes: no restaurants, no watch,
/// scripted speech, one worker, an empty environment, the wall clock.
pub struct ServerSetup {
    root: tempfile::TempDir,
    watched: bool,
    local_speech: bool,
    flags: Vec<String>,
    environment: Vec<(String, String)>,
    clock: Option<ManualClock>,
    recognizers: Vec<Arc<dyn Recognizer>>,
}

impl ServerSetup {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("restaurants.d")).unwrap();
        Self::in_folder(root)
    }

    /// On a folder that is made already; its `restaurants.d` may be a link, or nothing.
    pub fn in_folder(root: tempfile::TempDir) -> Self {
        Self {
            root,
            watched: false,
            local_speech: false,
            flags: Vec::new(),
            environment: Vec::new(),
            clock: None,
            recognizers: Vec::new(),
        }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("restaurants.d")
    }

    /// With these restaurants.
    pub fn files<N: AsRef<str>, T: AsRef<str>>(self, files: &[(N, T)]) -> Self {
        for (name, text) in files {
            std::fs::write(self.folder().join(name.as_ref()), text.as_ref()).unwrap();
        }
        self
    }

    /// With the restaurants of this repository.
    pub fn example_files(self) -> Self {
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/restaurants.d");
        for example in std::fs::read_dir(examples).unwrap() {
            let example = example.unwrap().path();
            std::fs::copy(&example, self.folder().join(example.file_name().unwrap())).unwrap();
        }
        self
    }

    /// Changes of the folder are noticed by the product's own watch.
    pub fn watched(mut self) -> Self {
        self.watched = true;
        self
    }

    /// Real recogniser and voice, and a worker for each core.
    pub fn local_speech(mut self) -> Self {
        self.local_speech = true;
        self
    }

    /// With further flags.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.flags
            .extend(flags.iter().map(|flag| (*flag).to_owned()));
        self
    }

    /// With these variables; of two values the later holds.
    pub fn environment(mut self, variables: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.environment.extend(variables.iter().map(owned));
        self
    }

    /// At this instant, until the test moves it.
    pub fn at(mut self, now: &str) -> Self {
        self.clock = Some(ManualClock::new(now.parse().unwrap()));
        self
    }

    /// With recognisers of the test's own before the scripted one.
    pub fn recognizers(mut self, recognizers: Vec<Arc<dyn Recognizer>>) -> Self {
        self.recognizers = recognizers;
        self
    }

    fn settings(&self) -> Settings {
        let path = |name: &str| self.root.path().join(name).display().to_string();
        let mut line = vec![
            "serve".to_owned(),
            "--listen=127.0.0.1:0".to_owned(),
            format!("--watch={}", if self.watched { "auto" } else { "off" }),
            format!("--restaurants={}", path("restaurants.d")),
            format!("--data={}", path("data")),
        ];
        if !self.local_speech {
            line.extend(["--stt=scripted", "--tts=scripted"].map(str::to_owned));
        }
        line.extend_from_slice(&self.flags);
        Settings::resolve(Arguments::parse_from(line).flags, |name| {
            let mut given = self.environment.iter().rev();
            let found = given.find(|(given, _)| given == name);
            found.map(|(_, value)| value.clone())
        })
        .unwrap()
    }

    /// Returns when the server takes calls.
    pub async fn start(self) -> TestServer {
        // Only the first server of a process can set it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = self.clock.clone();
        let options = Options {
            clock: clock.clone().map_or_else(Clock::default, Clock::Manual),
            workers: usize::from(!self.local_speech),
            notify_retries: Retries {
                first: Duration::from_millis(1),
                ..Retries::default()
            },
            recognizers: self.recognizers.clone(),
            secrets: {
                let environment = self.environment.clone();
                Secrets::new(move |name| {
                    let mut given = environment.iter().rev();
                    let found = given.find(|(given, _)| given == name);
                    found.map(|(_, value)| value.clone())
                })
            },
        };
        let app = App::build(self.settings(), options).await.unwrap();
        TestServer::run(app, clock, self.root)
    }
}
