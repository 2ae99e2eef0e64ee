//! `--notify-url`: a real receiver is told of trouble with the folder, in a way it can believe.

use std::net::SocketAddr;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use maitred::events::DomainEvent;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::config::ask;
use crate::harness::{ADMIN, TestServer};

const SECRET: &str = "a secret of thirty-two bytes or more";
/// However slow the machine: what did not come by then never does.
const NEVER: Duration = Duration::from_secs(60);

/// A message as it arrived.
pub struct Received {
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Received {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// As docs/operations.md tells receivers to do it.
    fn is_signed(&self) -> bool {
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(format!("{}.{}", self.header("x-maitred-timestamp"), self.body).as_bytes());
        let hash = mac.finalize().into_bytes();
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        self.header("x-maitred-signature") == format!("v1={hex}")
    }
}

/// A receiver that answers each message with the next of these heads, then with 204.
pub struct Receiver {
    address: SocketAddr,
    messages: mpsc::UnboundedReceiver<Received>,
}

impl Receiver {
    pub async fn open(heads: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, messages) = mpsc::unbounded_channel();
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        tokio::spawn(async move {
            let mut heads = heads.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                let head = heads.next().unwrap_or_else(|| "204 No Content".to_owned());
                let received = take(stream, &head).await;
                if told.send(received).is_err() {
                    return;
                }
            }
        });
        Self { address, messages }
    }

    pub async fn next(&mut self) -> Received {
        let next = tokio::time::timeout(NEVER, self.messages.recv()).await;
        next.expect("no message came").unwrap()
    }

    pub fn nothing_more(&mut self) {
        assert!(self.messages.try_recv().is_err(), "told again");
    }

    /// The server that tells it.
    pub async fn told_by(&self, flags: &[&str]) -> TestServer {
        let url = format!("--notify-url=http://{}/hook?token=hidden", self.address);
        let flags = [&[url.as_str(), "--notify-allow-private"], flags].concat();
        let env = [
            ("MAITRED_ADMIN_TOKEN", ADMIN),
            ("MAITRED_NOTIFY_SECRET", SECRET),
        ];
        TestServer::start_with(&flags, &env).await
    }
}

async fn take(stream: TcpStream, head: &str) -> Received {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    let path = line.split_whitespace().nth(1).unwrap().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.unwrap().1.parse().unwrap()];
    stream.read_exact(&mut body).await.unwrap();
    let answer = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.unwrap();
    Received {
        path,
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

fn break_file(server: &TestServer, name: &str) -> String {
    let file = server.folder().join(name);
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, "id: [\n").unwrap();
    good
}

/// Waits until a message was delivered, or given up for a reason.
async fn outcome(server: &mut TestServer) -> Result<(), String> {
    server
        .event(|event| match event {
            DomainEvent::Notified { .. } => Some(Ok(())),
            DomainEvent::NotifyFailed { reason, last: true } => Some(Err(reason.clone())),
            _ => None,
        })
        .await
}

#[actix_web::test]
async fn a_rejected_file_is_told_once_signed_and_in_words() {
    let mut receiver = Receiver::open(&[]).await;
    let mut server = receiver.told_by(&[]).await;
    break_file(&server, "bella.yaml");
    ask(&server, "/api/config/reload", "").await;
    let message = receiver.next().await;
    assert_eq!(message.path, "/hook?token=hidden");
    assert!(message.is_signed(), "{:?}", message.headers);
    let told = message.json();
    assert_eq!(told["id"], message.header("x-maitred-id"));
    assert_eq!(
        (&told["event"], &told["count"]),
        (&json!("rejected"), &json!(1))
    );
    assert_eq!(told["files"][0]["file"], "bella.yaml");
    assert_eq!(told["files"][0]["status"], "stale");
    assert_eq!(told["files"][0]["problem"]["code"], "E_YAML");
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("callers get the last good version"), "{text}");
    assert_eq!(outcome(&mut server).await, Ok(()));

    // Broken otherwise, looked at again: the same state. Another file: news, and nothing came before it.
    std::fs::write(server.folder().join("bella.yaml"), "id: {\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    ask(&server, "/api/config/reload", "").await;
    break_file(&server, "shut.yaml");
    ask(&server, "/api/config/reload", "").await;
    let told = receiver.next().await.json();
    assert_eq!(told["files"][0]["file"], "shut.yaml");
    assert_eq!(told["count"], 1);
    receiver.nothing_more();
}

#[actix_web::test]
async fn a_file_that_is_stale_for_an_hour_and_held_ones_are_told() {
    let mut receiver = Receiver::open(&[]).await;
    let server = receiver.told_by(&[]).await;
    break_file(&server, "bella.yaml");
    ask(&server, "/api/config/reload", "").await;
    assert_eq!(receiver.next().await.json()["event"], "rejected");
    server.clock().advance(Duration::from_secs(59 * 60));
    ask(&server, "/api/config/reload", "").await;
    server.clock().advance(Duration::from_secs(60));
    ask(&server, "/api/config/reload", "").await;
    let told = receiver.next().await.json();
    assert_eq!(told["event"], "stale");
    assert_eq!(told["files"][0]["file"], "bella.yaml");
    assert_eq!(told["files"][0]["since"], "2026-11-23T18:00:00Z");

    for file in std::fs::read_dir(server.folder()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    ask(&server, "/api/config/reload", "").await;
    let told = receiver.next().await.json();
    assert_eq!(
        (&told["event"], &told["count"]),
        (&json!("held"), &json!(5))
    );
}

#[actix_web::test]
async fn a_receiver_that_fails_is_told_again_the_same_message() {
    let heads = ["503 Service Unavailable", "429 Too Many Requests"];
    let mut receiver = Receiver::open(&heads).await;
    let mut server = receiver.told_by(&[]).await;
    break_file(&server, "bella.yaml");
    ask(&server, "/api/config/reload", "").await;
    let first = receiver.next().await;
    for _ in 0..2 {
        let again = receiver.next().await;
        assert!(again.is_signed());
        assert_eq!(again.body, first.body);
    }
    assert_eq!(outcome(&mut server).await, Ok(()));
    let failed = "maitred_notifications_total{result=\"failed\"}";
    assert_eq!(server.metric(failed).await, Some(2.0));
}

#[actix_web::test]
async fn a_redirect_is_not_followed_and_a_refusal_is_final() {
    let mut elsewhere = Receiver::open(&[]).await;
    let redirect = format!(
        "307 Temporary Redirect\r\nLocation: http://{}/",
        elsewhere.address
    );
    let mut receiver = Receiver::open(&[&redirect, "403 Forbidden"]).await;
    let mut server = receiver.told_by(&[]).await;
    for (file, status) in [("bella.yaml", "307"), ("shut.yaml", "403")] {
        break_file(&server, file);
        ask(&server, "/api/config/reload", "").await;
        receiver.next().await;
        let reason = outcome(&mut server).await.unwrap_err();
        assert!(reason.contains(status), "{reason}");
        assert!(!reason.contains("hidden"), "{reason}");
    }
    receiver.nothing_more();
    elsewhere.nothing_more();
}

#[actix_web::test]
async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("--notify-url=https://localhost:{port}/hidden");
    let env = [
        ("MAITRED_ADMIN_TOKEN", ADMIN),
        ("MAITRED_NOTIFY_SECRET", SECRET),
    ];
    let mut server = TestServer::start_with(&[&url], &env).await;
    break_file(&server, "bella.yaml");
    ask(&server, "/api/config/reload", "").await;
    let reason = outcome(&mut server).await.unwrap_err();
    assert!(reason.contains("private address"), "{reason}");
    assert!(
        !reason.contains("hidden") && !reason.contains(SECRET),
        "{reason}"
    );
    let connected = tokio::time::timeout(Duration::ZERO, listener.accept()).await;
    assert!(connected.is_err(), "somebody connected");
}

#[actix_web::test]
async fn a_receiver_that_never_answers_holds_up_no_reload() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let receiver = Receiver {
        address: listener.local_addr().unwrap(),
        messages: mpsc::unbounded_channel().1,
    };
    let server = receiver.told_by(&[]).await;
    let good = break_file(&server, "bella.yaml");
    let (_, report) = ask(&server, "/api/config/reload", "").await;
    assert_eq!(report["files"][0]["outcome"], "rejected");
    // The message is on its way and stays there; the folder does not.
    let (held, _) = listener.accept().await.unwrap();
    for price in 3..100 {
        let text = good.replace("2.50", &format!("{price}.50"));
        std::fs::write(server.folder().join("bella.yaml"), text).unwrap();
        let (_, report) = ask(&server, "/api/config/reload", "").await;
        assert_eq!(report["published"], json!(true), "{report}");
        break_file(&server, "bella.yaml");
        ask(&server, "/api/config/reload", "").await;
    }
    drop(held);
}
