//! The nginx site as it is shipped, in front of a server, of nothing, and of something that hangs.

use std::net::TcpListener;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::TestServer;
use crate::nginx_site::{Nginx, certificate, free_port};

/// However slow the machine: what is not answered by then never is.
const NEVER: std::time::Duration = std::time::Duration::from_secs(60);

struct Site {
    _nginx: Nginx,
    port: u16,
    plain_port: u16,
    client: reqwest::Client,
}

fn site(upstream: &str) -> Site {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let pem = certificate(folder.path());
    let (port, plain_port) = (free_port(), free_port());
    let client = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&pem).unwrap()])
        .redirect(reqwest::redirect::Policy::none())
        .timeout(NEVER)
        .build()
        .unwrap();
    Site {
        _nginx: Nginx::start(folder, port, plain_port, upstream),
        port,
        plain_port,
        client,
    }
}

impl Site {
    async fn post(&self, path: &str) -> (u16, String) {
        let url = format!("https://localhost:{}{path}", self.port);
        let request = self
            .client
            .post(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("a=b");
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

#[tokio::test]
async fn only_the_doors_of_twilio_are_passed_on_as_they_are_written() {
    let server = TestServer::start().await;
    let site = site(&server.address.to_string());
    for path in [
        "/voice",
        "/voice/after",
        "/voice/status",
        "/voice/fallback",
        "/voice?a=%2f",
    ] {
        assert_eq!(
            site.post(path).await,
            (403, "no_signature".to_owned()),
            "{path}"
        );
    }
    for path in [
        "/",
        "/voice%2fafter",
        "/voice%2Fafter",
        "/%76oice",
        "/voice/",
        "/voice//after",
        "/media%2f..%2fapi%2forders",
        "/api/orders",
        "/metrics",
        "/healthz",
    ] {
        assert_eq!(site.post(path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn nobody_is_redirected_to_a_foreign_host() {
    let site = site("127.0.0.1:9");
    let plain = format!("http://localhost:{}/voice?a=b", site.plain_port);
    let moved = site.client.get(&plain).send().await.unwrap();
    assert_eq!(moved.status(), 301);
    assert_eq!(moved.headers()["Location"], "https://localhost/voice?a=b");
    let foreign = site.client.get(&plain).header("Host", "evil.example");
    let refused = foreign.send().await.unwrap();
    assert_eq!(refused.status(), 404);
    assert!(!refused.headers().contains_key("Location"));
    let secure = format!("https://localhost:{}/voice", site.port);
    let foreign = site.client.post(secure).header("Host", "evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 421);
}

#[tokio::test]
async fn twilio_hears_at_once_that_maitred_is_down_or_stuck() {
    let down = site(&format!("127.0.0.1:{}", free_port()));
    assert_eq!(down.post("/voice").await.0, 502);
    // Connections are made by the system, and nobody ever answers.
    let stuck = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = site(&stuck.local_addr().unwrap().to_string());
    for path in ["/voice", "/voice/after"] {
        assert_eq!(site.post(path).await.0, 504, "{path}");
    }
}

#[tokio::test]
async fn a_slow_head_is_closed_by_nginx() {
    let site = site("127.0.0.1:9");
    let mut stream = TcpStream::connect(("127.0.0.1", site.plain_port))
        .await
        .unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Sl")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(NEVER, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("a slow head is held for ever");
}
