//! Large and many refusals: what they write into the log has a bound, and the next request is answered as ever.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::http::{self, Request};
use super::server;

/// Posts in one flood, over connections that are kept.
const CONNECTIONS: usize = 4;
const POSTS: usize = 1500;

fn refused(log: &str) -> Vec<&str> {
    log.lines()
        .filter(|line| line.contains("WEBHOOK_REFUSED"))
        .collect()
}

#[tokio::test]
async fn a_large_refused_webhook_writes_a_short_line() {
    let server = server::start();
    let name = "\u{1b}[31m%0aERROR+forged%e2%80%ae".to_owned() + &"n".repeat(100);
    let body: Vec<String> = (0..240)
        .map(|n| format!("{name}{n}={}", "v".repeat(100)))
        .collect();
    let request = Request::form("/voice", body.join("&")).with("X-Twilio-Signature", "c2lnbmVk");
    let (status, _) = http::ask(server.address, &request.bytes()).await.unwrap();
    assert_eq!(status, 403);
    let (_, log) = server.stop().await;
    let lines = refused(&log);
    assert_eq!(lines.len(), 1, "{log}");
    assert!(lines[0].len() < 2000, "{} bytes", lines[0].len());
    let hidden = |c: char| c.is_control() || c == '\u{202e}';
    assert!(!lines[0].contains(hidden), "{}", lines[0]);
    assert!(!log.lines().any(|line| line.starts_with("ERROR")), "{log}");
}

#[tokio::test]
async fn a_flood_of_refusals_is_summed_up_in_the_log_and_counted_in_full() {
    let server = server::start();
    let flood = (0..CONNECTIONS).map(|_| flood(server.address));
    futures_util::future::join_all(flood).await;
    let counted = server.metrics("maitred_webhooks_refused_total").await;
    let all: f64 = counted.iter().map(|(_, count)| count).sum();
    assert_eq!(all as usize, CONNECTIONS * POSTS);
    let (_, log) = server.stop().await;
    let bytes: usize = refused(&log).iter().map(|line| line.len()).sum();
    assert!(bytes < 100_000, "{bytes} bytes of log for {all} refusals");
    let summed = log.lines().filter(|line| line.contains("REFUSALS_SUMMED"));
    assert!(summed.count() > 0, "nothing was summed");
}

/// Unsigned posts one after the other.
async fn flood(address: std::net::SocketAddr) {
    let request = "POST /voice HTTP/1.1\r\nHost: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n";
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut answer = [0; 4096];
    for _ in 0..POSTS {
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut got = Vec::new();
        while !got.ends_with(b"no_signature") {
            let read = stream.read(&mut answer).await.unwrap();
            assert!(read > 0, "closed: {}", String::from_utf8_lossy(&got));
            got.extend(&answer[..read]);
        }
    }
}
