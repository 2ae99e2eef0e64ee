//! Requests that drip, stop half way or never come: each has an end, and costs nobody else an answer.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::twilio::ring;
use crate::harness::{ADMIN, BELLA, TestServer};

/// However slow the machine: what has not ended by then never does.
const NEVER: std::time::Duration = std::time::Duration::from_secs(60);

/// Sends the beginning of a request and nothing more; what comes back until the server closes.
async fn unfinished(server: &TestServer, beginning: &str) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(beginning.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(NEVER, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the connection is held for ever");
    String::from_utf8_lossy(&answer).into_owned()
}

const FORM: &str = "Host: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\n";

#[tokio::test]
async fn a_head_that_never_ends_is_given_up() {
    let server = TestServer::start().await;
    let (nothing, half) = tokio::join!(
        unfinished(&server, ""),
        unfinished(&server, "POST /voice HTTP/1.1\r\nHost: voice.test\r\nX-Sl"),
    );
    for answer in [nothing, half] {
        assert!(answer.is_empty() || answer.contains(" 408 "), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    let server = TestServer::start().await;
    let head = format!("POST /voice HTTP/1.1\r\n{FORM}X-Twilio-Signature: x\r\n");
    let bearer = format!("Authorization: Bearer {}\r\n", ADMIN);
    let announced = format!("{head}Content-Length: 100\r\n\r\nCallSid=");
    let pieces = format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\nCallS\r\n");
    let admin =
        format!("POST /api/config/confirm HTTP/1.1\r\n{FORM}{bearer}Content-Length: 9\r\n\r\n{{");
    let (announced, pieces, admin) = tokio::join!(
        unfinished(&server, &announced),
        unfinished(&server, &pieces),
        unfinished(&server, &admin),
    );
    for answer in [announced, pieces, admin] {
        assert!(
            answer.contains(" 408 ") && answer.contains("late_body"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn what_the_head_refuses_is_refused_before_the_body_is_read() {
    let server = TestServer::start().await;
    // None of these bodies ever comes; an answer shows that nobody waited for it.
    for (head, status) in [
        (format!("POST /voice HTTP/1.1\r\n{FORM}Content-Length: 100\r\n\r\n"), 403),
        (
            format!("POST /voice HTTP/1.1\r\n{FORM}X-Twilio-Signature: x\r\nContent-Length: 70000\r\n\r\n"),
            413,
        ),
        (
            "POST /voice HTTP/1.1\r\nHost: voice.test\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n".to_owned(),
            415,
        ),
        (format!("POST /api/config/confirm HTTP/1.1\r\n{FORM}Content-Length: 9\r\n\r\n"), 401),
        (format!("POST /api/config/validate HTTP/1.1\r\n{FORM}Content-Length: 9000000\r\n\r\n"), 401),
    ] {
        let answer = unfinished(&server, &head).await;
        let line = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&line), "{status}: {answer}");
        assert!(!answer.contains("late_body"), "{answer}");
    }
}

#[tokio::test]
async fn slow_connections_do_not_cost_a_call_its_answer() {
    let server = TestServer::start().await;
    let mut slow = Vec::new();
    for n in 0..300 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let beginning: &[u8] = match n % 3 {
            0 => b"",
            1 => b"POST /voice HTTP/1.1\r\nHost: voice.test\r\n",
            _ => b"POST /voice HTTP/1.1\r\nHost: v\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: x\r\nContent-Length: 100\r\n\r\na=",
        };
        stream.write_all(beginning).await.unwrap();
        slow.push(stream);
    }
    ring(&server, 1, BELLA).await;
    // And all of them are shut in the end, though their peers go on saying nothing.
    for mut stream in slow {
        let mut answer = Vec::new();
        let read = tokio::time::timeout(NEVER, stream.read_to_end(&mut answer)).await;
        let _ = read.expect("a slow connection is held for ever");
    }
}
