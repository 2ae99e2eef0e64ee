//! The program itself as a child process, to be killed as a power cut would.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

/// However slow the machine: a server that is not ready by then never is.
const NEVER: Duration = Duration::from_secs(120);

const PROGRAM: &str = env!("CARGO_BIN_EXE_maitred");

/// A running `maitred serve --dev` with scripted engines.
pub struct ServerProcess {
    pub address: SocketAddr,
    child: Mutex<Child>,
}

impl ServerProcess {
    /// Starts on `restaurants.d` and `data` in `folder`; returns when calls are taken. Changes are not watched.
    pub fn start(folder: &Path) -> Self {
        Self::spawn(Command::new(PROGRAM), folder, &["--watch=off"])
    }

    /// The same, with the product's own watch on the folder.
    pub fn start_watching(folder: &Path) -> Self {
        Self::spawn(Command::new(PROGRAM), folder, &["--watch=auto"])
    }

    /// Started by another program, which is given ours and its arguments as its last ones.
    pub fn start_within(mut starter: Command, folder: &Path, flags: &[&str]) -> Self {
        starter.arg(PROGRAM);
        Self::spawn(starter, folder, flags)
    }

    fn spawn(mut command: Command, folder: &Path, flags: &[&str]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut child = command
            .args(["serve", "--dev", "--listen=127.0.0.1:0"])
            .args(["--stt=scripted", "--tts=scripted", "--log-format=json"])
            .args(["--restaurants=restaurants.d", "--data=data"])
            .args(flags)
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let (ready, address) = mpsc::channel();
        // Reads to the end: a server whose log nobody takes would stop.
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                let told: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                match (told["code"].as_str(), told["address"].as_str()) {
                    (Some("READY"), Some(address)) => drop(ready.send(address.to_owned())),
                    _ if told["level"] == "ERROR" || told.is_null() => eprintln!("server: {line}"),
                    _ => {}
                }
            }
        });
        let address = address
            .recv_timeout(NEVER)
            .expect("the server is not ready");
        Self {
            address: address.parse().unwrap(),
            child: Mutex::new(child),
        }
    }

    pub fn webhook(&self) -> String {
        format!("http://{}/voice", self.address)
    }

    /// SIGHUP: look at the folder now.
    pub fn hang_up(&self) {
        let pid = self.child.lock().unwrap().id().to_string();
        let told = Command::new("kill").args(["-HUP", &pid]).status();
        assert!(told.unwrap().success());
    }

    /// SIGKILL: no handler runs, nothing is flushed. Returns when it is dead; a second time does nothing.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// What the API answers.
    pub async fn json(&self, path: &str) -> serde_json::Value {
        let url = format!("http://{}{path}", self.address);
        let response = reqwest::get(url).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// Asks for the table until it is as wanted.
    pub async fn table_until(
        &self,
        wanted: impl Fn(&serde_json::Value) -> bool,
    ) -> serde_json::Value {
        let started = std::time::Instant::now();
        loop {
            let table = self.json("/api/table").await;
            if wanted(&table) {
                return table;
            }
            assert!(started.elapsed() < NEVER, "never came: {table}");
            // Another process: there is nothing to wait on but its answers.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
