//! The program itself as a child process, to be killed as a power cut would.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

/// However slow the machine: a server that is not ready by then never is.
const NEVER: Duration = Duration::from_secs(120);

/// A running `maitred serve --dev` with scripted engines.
pub struct ServerProcess {
    pub address: SocketAddr,
    child: Mutex<Child>,
}

impl ServerProcess {
    /// Starts on `restaurants.d` and `data` in `folder`; returns when calls are taken.
    pub fn start(folder: &Path) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new(env!("CARGO_BIN_EXE_maitred"))
            .args(["serve", "--dev", "--listen=127.0.0.1:0", "--watch=off"])
            .args(["--stt=scripted", "--tts=scripted", "--log-format=json"])
            .args(["--restaurants=restaurants.d", "--data=data"])
            .current_dir(folder)
            .env_clear()
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
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
