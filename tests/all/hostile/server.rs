//! The server itself, as an operator starts it: a process of its own, reached over TCP only.

use std::net::SocketAddr;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::http;

/// Signs what Twilio sends.
pub const TOKEN: &str = "fedcba9876543210fedcba9876543210";
/// Opens `/api` and `/metrics`.
pub const ADMIN: &str = "let-me-look-at-everything";
/// Seals the media tokens.
pub const SECRET: &str = "a secret that nobody may read in a log";
/// What Twilio believes our address to be.
pub const PUBLIC: &str = "https://voice.test";
/// An open restaurant with a person to ring.
pub const BELLA: &str = "+15550100001";
/// `enabled: false`, and nobody to ring.
pub const RETIRED: &str = "+15550100003";
/// Bella's person.
pub const PERSON: &str = "+15550199999";

/// More calls at once than the test ever makes, so that no case meets a full line.
pub const BELLA_FILE: &str = "\
id: bella
name: The bella
phone_number: \"+15550100001\"
handoff: \"+15550199999\"
limits: {calls: 100}
menu:
  - {id: tea, name: Tea, price: 2.50}
";
const RETIRED_FILE: &str = "\
id: retired
name: The retired
phone_number: \"+15550100003\"
enabled: false
menu:
  - {id: tea, name: Tea, price: 2.50}
";

/// How long anything here may take before the test gives up; nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How often a gauge is asked again.
pub const AGAIN: Duration = Duration::from_millis(50);

/// A running `maitred serve`.
pub struct Server {
    pub address: SocketAddr,
    process: Child,
    log: Arc<Mutex<String>>,
    reading: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts it in an empty environment and waits until it takes calls.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let restaurants = folder.path().join("restaurants.d");
        std::fs::create_dir(&restaurants).unwrap();
        std::fs::write(restaurants.join("bella.yaml"), BELLA_FILE).unwrap();
        std::fs::write(restaurants.join("retired.yaml"), RETIRED_FILE).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_maitred"))
            .args(["serve", "--listen=127.0.0.1:0", "--watch=off"])
            .args(["--stt=scripted", "--tts=scripted", "--pin-expiry=1s"])
            .args(["--public-url", PUBLIC, "--log=debug"])
            .current_dir(folder.path())
            .env_clear()
            .env("TWILIO_AUTH_TOKEN", TOKEN)
            .env("MAITRED_ADMIN_TOKEN", ADMIN)
            .env("MAITRED_SECRET", SECRET)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (ready, listening) = oneshot::channel();
        let reading = tokio::spawn(async move {
            let mut ready = Some(ready);
            while let Some(line) = lines.next_line().await.unwrap() {
                if let Some(address) = ready_line(&line)
                    && let Some(ready) = ready.take()
                {
                    let _ = ready.send(address);
                }
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let address = tokio::time::timeout(PATIENCE, listening).await;
        let address = address.ok().and_then(Result::ok);
        Self {
            address: address.unwrap_or_else(|| panic!("not ready:\n{}", log.lock().unwrap())),
            process,
            log,
            reading,
            _folder: folder,
        }
    }

    /// The answer at `path` to the holder of the admin token.
    pub async fn look(&self, path: &str) -> (u16, String) {
        let request = http::Request::get(path).with("Authorization", &format!("Bearer {ADMIN}"));
        http::ask(self.address, &request.bytes()).await.unwrap()
    }

    /// The series of `/metrics` whose name begins so, with their values.
    pub async fn metrics(&self, name: &str) -> Vec<(String, f64)> {
        let (status, text) = self.look("/metrics").await;
        assert_eq!(status, 200, "{text}");
        let series = text.lines().filter(|line| line.starts_with(name));
        series
            .map(|line| {
                let (name, value) = line.rsplit_once(' ').unwrap();
                (name.to_owned(), value.parse().unwrap())
            })
            .collect()
    }

    /// Waits until nobody is expected, connected or on the line.
    pub async fn empty(&self) {
        let gauges = ["maitred_pins", "maitred_sessions", "maitred_calls_live"];
        let mut again = tokio::time::interval(AGAIN);
        let mut last = Vec::new();
        let empty = async {
            loop {
                again.tick().await;
                let all = self.metrics("maitred_").await;
                last = gauges
                    .map(|gauge| all.iter().find(|(name, _)| name == gauge).unwrap().1)
                    .to_vec();
                if last == [0.0; 3] {
                    return;
                }
            }
        };
        let waited = tokio::time::timeout(PATIENCE, empty).await;
        assert!(waited.is_ok(), "{gauges:?} stay at {last:?}");
    }

    /// Memory in use, KiB: `VmRSS` of `/proc/PID/status`.
    pub fn memory_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.process.id().expect("it runs"));
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let value = line.unwrap().split_whitespace().nth(1).unwrap();
        value.parse().unwrap()
    }

    /// Stops it as systemd does; how it ended, and everything it logged.
    pub async fn stop(mut self) -> (ExitStatus, String) {
        let pid = self.process.id().expect("it runs").to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(told.unwrap().success());
        let ended = tokio::time::timeout(PATIENCE, self.process.wait()).await;
        let ended = ended.expect("it did not stop").unwrap();
        self.reading.await.unwrap();
        let log = self.log.lock().unwrap().clone();
        (ended, log)
    }
}

/// The address in the line that says the server takes calls.
fn ready_line(line: &str) -> Option<SocketAddr> {
    let (_, after) = line.split_once("code=\"READY\"")?;
    let word = after.split_whitespace().next()?;
    word.strip_prefix("address=")?.parse().ok()
}
