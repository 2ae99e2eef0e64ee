//! A real mail server: aiosmtpd (`mail_server.py`), which keeps what it takes as files.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub struct MailServer {
    child: Child,
    port: u16,
    /// A Maildir.
    mailbox: tempfile::TempDir,
}

impl MailServer {
    /// Takes every message.
    pub fn open() -> Self {
        Self::start(None)
    }

    /// Fails with half of them, a different half for each seed.
    pub fn failing(seed: u64) -> Self {
        Self::start(Some(seed))
    }

    fn start(seed: Option<u64>) -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mailbox = tempfile::tempdir().unwrap();
        let mut child = Command::new("python3")
            .arg(home.join("tests/all/kitchen/mail_server.py"))
            .arg(mailbox.path().join("mail"))
            .args(seed.map(|seed| seed.to_string()))
            .env("PYTHONPATH", home.join("target/tools"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut port).unwrap();
        let port = port
            .trim()
            .parse()
            .expect("aiosmtpd runs: `make test` fetches it (.ci/setup test)");
        Self {
            child,
            port,
            mailbox,
        }
    }

    /// The variable that names it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?from=orders@maitred.example", self.port)
    }

    /// Messages by their Message-ID, with line feeds for line ends.
    pub fn taken(&self) -> BTreeMap<String, String> {
        let folder = self.mailbox.path().join("mail/new");
        let files = std::fs::read_dir(folder).unwrap();
        files
            .map(|file| {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                let text = text.replace("\r\n", "\n");
                let id = text
                    .lines()
                    .find_map(|line| line.strip_prefix("Message-ID: "));
                (id.expect("it has an id").to_owned(), text)
            })
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
