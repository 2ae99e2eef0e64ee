//! Mail travels only where nobody else reads it: a server that must be spoken to by TLS, that cannot, or that is somebody else.
//! The mail server is Python's; it writes down what it heard, and whether that came through TLS.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{SECRET, bistro, two_teas_at};
use crate::harness::{NEVER, SCRIPTED, ServerProcess};

/// `server.py MODE CERTIFICATE KEY`: prints its port, then each line that it hears with "tls" or "open" before it.
const SERVER: &str = r#"
import socket, ssl, sys

mode, cert, key = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(cert, key)
door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)


def serve(plain):
    wire, how = plain, "open"
    if mode == "implicit":
        wire, how = context.wrap_socket(plain, server_side=True), "tls"
    lines = wire.makefile("rb")
    say = lambda text: wire.sendall(text.encode() + b"\r\n")
    say("220 mail")
    data = False
    while line := lines.readline():
        line = line.decode("utf-8", "replace").rstrip("\r\n")
        print(how, line, flush=True)
        word = line.split(" ")[0].upper()
        if data:
            if line == ".":
                data = False
                say("250 taken")
        elif word == "EHLO":
            offer = mode == "starttls" and how == "open"
            say("250-mail\r\n250-STARTTLS\r\n250 8BITMIME" if offer else "250-mail\r\n250 8BITMIME")
        elif word == "STARTTLS":
            say("220 go on")
            wire, how = context.wrap_socket(plain, server_side=True), "tls"
            lines = wire.makefile("rb")
        elif word == "DATA":
            data = True
            say("354 go on")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 fine")


while True:
    plain, _ = door.accept()
    try:
        serve(plain)
    except OSError as error:
        print("broke", type(error).__name__, flush=True)
    plain.close()
    print("gone", flush=True)
"#;

/// The mail server; killed with the test.
struct Mail {
    child: Child,
    heard: BufReader<std::process::ChildStdout>,
    port: u16,
}

impl Drop for Mail {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Mail {
    fn open(folder: &Path, mode: &str, name: &str) -> Self {
        let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            ])
            .args(["-subj", "/CN=mail", "-addext"])
            .arg(format!("subjectAltName=DNS:{name}"))
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&cert)
            .stderr(Stdio::null())
            .status();
        assert!(made.unwrap().success(), "openssl makes a certificate");
        let script = folder.join("server.py");
        std::fs::write(&script, SERVER).unwrap();
        let mut child = Command::new("python3")
            .arg(script)
            .arg(mode)
            .args([&cert, &key])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut heard = BufReader::new(child.stdout.take().unwrap());
        let mut port = String::new();
        heard.read_line(&mut port).unwrap();
        let port = port.trim().parse().unwrap();
        Self { child, heard, port }
    }

    /// The lines that it hears, up to and with the first that begins so.
    fn until(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.heard.read_line(&mut line).unwrap();
            assert_ne!(read, 0, "it ended: {lines:?}");
            let line = line.trim_end().to_owned();
            let last = line.starts_with(end);
            lines.push(line);
            if last {
                return lines;
            }
        }
    }
}

/// A server whose kitchen gets mail through `scheme` on that port, and that trusts the mail server's certificate; an order placed.
async fn ordered(folder: &Path, scheme: &str, port: u16) -> ServerProcess {
    let restaurants = folder.join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    let file = bistro("  - {email: {to: kitchen@bistro.example}}");
    std::fs::write(restaurants.join("bistro.yaml"), file).unwrap();
    let url = format!("{scheme}://localhost:{port}?from=orders@maitred.example");
    let cert = folder.join("cert.pem").display().to_string();
    let flags = [
        &["--dev", "--log-format=json", "--watch=off"][..],
        &SCRIPTED,
    ]
    .concat();
    let environment = [SECRET, ("MAITRED_SMTP_URL", &url), ("SSL_CERT_FILE", &cert)];
    let server = ServerProcess::start_with(folder, &flags, &environment);
    two_teas_at(&server.webhook()).await;
    server
}

/// Asks until the order's mail was tried.
async fn tried(server: &ServerProcess) -> Value {
    let mut again = tokio::time::interval(std::time::Duration::from_millis(50));
    let tried = async {
        loop {
            again.tick().await;
            let orders = server.json("/api/orders").await;
            let delivery = &orders[0]["deliveries"][0];
            if delivery["tries"].as_u64() >= Some(1) {
                return delivery.clone();
            }
        }
    };
    let tried = tokio::time::timeout(NEVER, tried).await;
    tried.expect("it was never tried")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_starttls_nothing_but_a_hello_is_told_before_the_line_is_closed_to_others() {
    for (scheme, mode) in [("smtp", "starttls"), ("smtps", "implicit")] {
        let folder = tempfile::tempdir().unwrap();
        let mut mail = Mail::open(folder.path(), mode, "localhost");
        let server = ordered(folder.path(), scheme, mail.port).await;
        let delivery = tried(&server).await;
        assert_eq!(delivery["state"], "sent", "{delivery:#}\n{}", server.log());
        let heard = mail.until("tls .");
        let in_the_open: Vec<&String> = heard.iter().filter(|l| l.starts_with("open")).collect();
        match mode {
            "starttls" => {
                assert!(in_the_open[0].starts_with("open EHLO"), "{heard:?}");
                assert_eq!(in_the_open[1..], ["open STARTTLS"], "{heard:?}");
            }
            _ => assert!(in_the_open.is_empty(), "{heard:?}"),
        }
        assert!(
            heard.iter().any(|l| l.contains("Subject: Order 1")),
            "{heard:?}"
        );
        server.kill();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_starttls_or_with_anothers_certificate_is_told_nothing() {
    for (scheme, mode, name) in [
        ("smtp", "plain", "localhost"),
        ("smtp", "starttls", "elsewhere.example"),
        ("smtps", "implicit", "elsewhere.example"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut mail = Mail::open(folder.path(), mode, name);
        let server = ordered(folder.path(), scheme, mail.port).await;
        let delivery = tried(&server).await;
        assert_eq!(delivery["state"], "due", "{mode}: {delivery:#}");
        let error = delivery["error"].as_str().unwrap();
        assert!(error.starts_with("the mail server: "), "{mode}: {error}");
        server.kill();
        let heard = mail.until("gone");
        for word in ["MAIL", "RCPT", "DATA", "Subject"] {
            assert!(!heard.iter().any(|l| l.contains(word)), "{mode}: {heard:?}");
        }
    }
}
