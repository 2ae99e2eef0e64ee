//! `GET /api/events`: calls with their carts, orders and the folder in one stream that survives a lost connection.

use std::time::Duration;

use serde_json::{Value, json};

use super::config::ask;
use super::twilio::{Socket, call_sid, ring};
use crate::harness::{ADMIN, BELLA, TestServer};

/// However slow the machine: what did not come by then never does.
const NEVER: Duration = Duration::from_secs(60);

/// One event of the stream.
#[derive(Debug)]
struct Told {
    id: String,
    name: String,
    data: Value,
}

struct Listener {
    body: reqwest::Response,
    unread: String,
}

impl Listener {
    async fn open(server: &TestServer, last_id: Option<&str>) -> Self {
        let mut request = reqwest::Client::new()
            .get(server.url("/api/events"))
            .bearer_auth(ADMIN);
        if let Some(id) = last_id {
            request = request.header("Last-Event-ID", id);
        }
        let body = request.send().await.unwrap();
        assert_eq!(body.status(), 200);
        assert_eq!(body.headers()["Content-Type"], "text/event-stream");
        Self {
            body,
            unread: String::new(),
        }
    }

    /// The next event; `None` when the stream is over.
    async fn next(&mut self) -> Option<Told> {
        let reading = async {
            loop {
                if let Some((event, rest)) = self.unread.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.unread = rest;
                    if event.starts_with(':') {
                        continue;
                    }
                    let field = |name: &str| {
                        let mut lines = event.lines();
                        let found = lines.find_map(|line| line.strip_prefix(name));
                        found
                            .unwrap_or_else(|| panic!("no {name} in {event}"))
                            .to_owned()
                    };
                    return Some(Told {
                        id: field("id: "),
                        name: field("event: "),
                        data: serde_json::from_str(&field("data: ")).unwrap(),
                    });
                }
                let more = self.body.chunk().await.unwrap()?;
                self.unread.push_str(std::str::from_utf8(&more).unwrap());
            }
        };
        tokio::time::timeout(NEVER, reading)
            .await
            .expect("the event never came")
    }

    /// The next event of that name.
    async fn named(&mut self, name: &str) -> Told {
        loop {
            let told = self.next().await.expect("the stream is over");
            if told.name == name {
                return told;
            }
        }
    }
}

async fn call(server: &TestServer, n: u32) -> Socket {
    let token = ring(server, n, BELLA).await;
    let mut socket = Socket::open(server).await;
    socket.start(n, &token).await;
    socket
}

#[tokio::test]
async fn one_stream_tells_of_calls_and_of_the_folder() {
    let server = TestServer::start().await;
    let mut listener = Listener::open(&server, None).await;
    let first = listener.next().await.unwrap();
    assert_eq!(
        (first.name.as_str(), &first.data["generation"]),
        ("generation", &json!(1))
    );

    let mut socket = call(&server, 1).await;
    let begun = listener.named("call").await.data;
    assert_eq!(begun["sid"], json!(call_sid(1)));
    assert_eq!(
        (&begun["ended_at"], &begun["cart"]),
        (&Value::Null, &json!([]))
    );
    assert!(begun["state"].is_string(), "{begun}");
    socket.text(r#"{"event":"stop","stop":{}}"#).await;
    let ended = loop {
        let told = listener.named("call").await.data;
        if !told["ended_at"].is_null() {
            break told;
        }
    };
    assert_eq!(ended["ending"], "hung_up");
    assert!(
        ended.get("cart").is_none(),
        "a call that is over has no cart"
    );

    let file = server.folder().join("bella.yaml");
    std::fs::write(file, "id: bella\nname: [").unwrap();
    ask(&server, "/api/config/reload", "").await;
    assert_eq!(listener.named("stale").await.data["file"], "bella.yaml");
}

#[tokio::test]
async fn a_listener_that_comes_back_misses_nothing() {
    let mut server = TestServer::start().await;
    let mut listener = Listener::open(&server, None).await;
    let last = listener.next().await.unwrap().id;
    drop(listener);
    let mut socket = call(&server, 1).await;
    socket.next().await.expect("the greeting");
    drop(socket);
    server
        .event(|event| {
            matches!(event, maitred::events::DomainEvent::CallEnded { .. }).then_some(())
        })
        .await;
    let mut listener = Listener::open(&server, Some(&last)).await;
    let mut names = Vec::new();
    let ended = loop {
        let told = listener.next().await.unwrap();
        names.push(told.name.clone());
        if told.data["ending"] == "hung_up" {
            break told;
        }
    };
    assert!(
        names.iter().all(|name| name == "call"),
        "{names:?}: nothing else, no beginning anew"
    );
    assert_eq!(ended.data["sid"], json!(call_sid(1)));
    // An id of another process: what was missed is unknown, and that is said.
    let mut stranger = Listener::open(&server, Some("00000000-7")).await;
    let told = stranger.next().await.unwrap();
    assert_eq!(
        (told.name.as_str(), &told.data["count"]),
        ("missed", &Value::Null)
    );
}

#[tokio::test]
async fn a_live_call_shows_its_cart_and_state() {
    let mut server = TestServer::start().await;
    let mut socket = call(&server, 1).await;
    server
        .event(|event| {
            matches!(event, maitred::events::DomainEvent::CallChanged { .. }).then_some(())
        })
        .await;
    for path in [
        format!("/api/calls/{}", call_sid(1)),
        "/api/calls".to_owned(),
    ] {
        let answer = server.json(&path).await;
        let call = answer.get(0).unwrap_or(&answer);
        assert_eq!(call["cart"], json!([]), "{call}");
        assert!(
            ["greeting", "ordering"].contains(&call["state"].as_str().unwrap()),
            "{call}"
        );
    }
    socket.text(r#"{"event":"stop","stop":{}}"#).await;
    socket.closed().await;
    let over = server.json(&format!("/api/calls/{}", call_sid(1))).await;
    assert!(
        over.get("cart").is_none() && over.get("state").is_none(),
        "{over}"
    );
}

#[tokio::test]
async fn the_stream_ends_when_the_server_drains() {
    let mut server = TestServer::start().await;
    let mut listener = Listener::open(&server, None).await;
    listener.next().await.unwrap();
    server.drain();
    while listener.next().await.is_some() {}
    (&mut server.server).await.unwrap().unwrap();
}
