//! The program itself as a child process: what is seen of it from outside, and its end as a power cut would make it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

use super::NEVER;

const PROGRAM: &str = env!("CARGO_BIN_EXE_maitred");
/// Engines that need no models.
pub const SCRIPTED: [&str; 2] = ["--stt=scripted", "--tts=scripted"];
/// How often another process is asked again: there is nothing to wait on but its answers.
const AGAIN: Duration = Duration::from_millis(20);

/// A running `maitred serve`, in an environment that holds what it is given and nothing else.
pub struct ServerProcess {
    pub address: SocketAddr,
    child: Mutex<Child>,
    log: Arc<Mutex<String>>,
    /// Its log has ended, and so has it.
    ended: Option<oneshot::Receiver<()>>,
    admin: Option<String>,
    /// Removed with it.
    folder: Option<tempfile::TempDir>,
}

impl ServerProcess {
    /// Starts `--dev` with scripted engines on `restaurants.d` and `data` in `folder`; returns when calls are taken. Changes are not watched.
    pub fn start(folder: &Path) -> Self {
        Self::start_within(Command::new(PROGRAM), folder, &["--watch=off"])
    }

    /// The same, with the product's own watch on the folder.
    pub fn start_watching(folder: &Path) -> Self {
        Self::start_within(Command::new(PROGRAM), folder, &["--watch=auto"])
    }

    /// `--dev`, started by another program, which is given ours and its arguments as its last ones.
    pub fn start_by(mut starter: Command, folder: &Path, flags: &[&str]) -> Self {
        starter.arg(PROGRAM);
        Self::start_within(starter, folder, flags)
    }

    fn start_within(command: Command, folder: &Path, flags: &[&str]) -> Self {
        let flags = [&["--dev", "--log-format=json"], &SCRIPTED[..], flags].concat();
        Self::spawn(command, folder, &flags, &[])
    }

    /// As an operator starts it: with exactly these flags and variables, in a folder that is removed with it.
    pub fn start_in(
        folder: tempfile::TempDir,
        flags: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let command = Command::new(PROGRAM);
        let mut process = Self::spawn(command, folder.path(), flags, environment);
        process.folder = Some(folder);
        process
    }

    /// With exactly these flags and variables, on `restaurants.d` and `data` in a folder that stays.
    pub fn start_with(folder: &Path, flags: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::spawn(Command::new(PROGRAM), folder, flags, environment)
    }

    fn spawn(
        mut command: Command,
        folder: &Path,
        flags: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut child = command
            .args(["serve", "--listen=127.0.0.1:0"])
            .args(["--restaurants=restaurants.d", "--data=data"])
            .args(flags)
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        let (ready, address) = mpsc::channel();
        let (over, ended) = oneshot::channel();
        std::thread::spawn(move || {
            keep_log(stderr, &kept, &ready);
            let _ = over.send(());
        });
        let address = address.recv_timeout(NEVER);
        let admin = environment
            .iter()
            .find(|(name, _)| *name == "MAITRED_ADMIN_TOKEN");
        Self {
            address: address.unwrap_or_else(|_| panic!("not ready:\n{}", log.lock().unwrap())),
            child: Mutex::new(child),
            log,
            ended: Some(ended),
            admin: admin.map(|(_, token)| (*token).to_owned()),
            folder: None,
        }
    }

    pub fn webhook(&self) -> String {
        format!("http://{}/voice", self.address)
    }

    pub fn id(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    /// Everything it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    fn signal(&self, name: &str) {
        let pid = self.id().to_string();
        let told = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(told.unwrap().success());
    }

    /// SIGHUP: look at the folder now.
    pub fn hang_up(&self) {
        self.signal("HUP");
    }

    /// SIGKILL: no handler runs, nothing is flushed. Returns when it is dead; a second time does nothing.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// SIGTERM, as systemd stops it; how it ended, and everything it logged.
    pub async fn stop(mut self) -> (ExitStatus, String) {
        self.signal("TERM");
        let ended = self.ended.take().unwrap();
        let ended = tokio::time::timeout(NEVER, ended).await;
        ended.expect("it did not stop").unwrap();
        let status = self.child.lock().unwrap().wait().unwrap();
        (status, self.log())
    }

    /// The status and text at `path`, with the admin token if there is one.
    pub async fn look(&self, path: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.address);
        let mut request = reqwest::Client::new().get(url);
        if let Some(token) = &self.admin {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// What the API answers.
    pub async fn json(&self, path: &str) -> serde_json::Value {
        let (status, text) = self.look(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// What the API answers to a post that asks for nothing in particular.
    pub async fn post(&self, path: &str) -> serde_json::Value {
        let url = format!("http://{}{path}", self.address);
        let request = reqwest::Client::new()
            .post(url)
            .json(&serde_json::json!({}));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// Asks for the table until it is as wanted.
    pub async fn table_until(
        &self,
        wanted: impl Fn(&serde_json::Value) -> bool,
    ) -> serde_json::Value {
        let mut last = serde_json::Value::Null;
        let mut again = tokio::time::interval(AGAIN);
        let found = tokio::time::timeout(NEVER, async {
            loop {
                again.tick().await;
                last = self.json("/api/table").await;
                if wanted(&last) {
                    return;
                }
            }
        });
        let found = found.await;
        assert!(found.is_ok(), "never came: {last}");
        last
    }

    /// Asks until what `path` answers is as wanted.
    pub async fn look_until(&self, path: &str, wanted: impl Fn(u16, &str) -> bool) {
        let mut last = (0, String::new());
        let mut again = tokio::time::interval(AGAIN);
        let found = tokio::time::timeout(NEVER, async {
            loop {
                again.tick().await;
                last = self.look(path).await;
                if wanted(last.0, &last.1) {
                    return;
                }
            }
        });
        let found = found.await;
        assert!(found.is_ok(), "never came: {path} {last:?}");
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
    pub async fn until_idle(&self) {
        let gauges = ["maitred_pins", "maitred_sessions", "maitred_calls_live"];
        let mut again = tokio::time::interval(AGAIN);
        let mut last = Vec::new();
        let idle = async {
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
        let waited = tokio::time::timeout(NEVER, idle).await;
        assert!(waited.is_ok(), "{gauges:?} stay at {last:?}");
    }

    /// Memory in use, KiB: `VmRSS` of `/proc/PID/status`.
    pub fn memory_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let value = line.unwrap().split_whitespace().nth(1).unwrap();
        value.parse().unwrap()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads to the end: a server whose log nobody takes would stop.
fn keep_log(stderr: ChildStderr, log: &Mutex<String>, ready: &mpsc::Sender<SocketAddr>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if let Some(address) = ready_line(&line) {
            let _ = ready.send(address);
        }
        if line.contains(r#""level":"ERROR""#) || line.contains("panicked at") {
            eprintln!("server: {line}");
        }
        let mut log = log.lock().unwrap();
        log.push_str(&line);
        log.push('\n');
    }
}

/// The address in the line that says the server takes calls, in either form of the log.
fn ready_line(line: &str) -> Option<SocketAddr> {
    if let Ok(told) = serde_json::from_str::<serde_json::Value>(line) {
        let address = told["address"].as_str()?;
        return (told["code"] == "READY")
            .then(|| address.parse().ok())
            .flatten();
    }
    let (_, after) = line.split_once("code=\"READY\"")?;
    let word = after.split_whitespace().next()?;
    word.strip_prefix("address=")?.parse().ok()
}
