//! `GET /api/config/events`: the folder's news as they happen.

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::config::ask;
use crate::harness::{ADMIN, TestServer};

/// However slow the machine: what did not come by then never does.
const NEVER: Duration = Duration::from_secs(60);

/// A client of the stream.
struct Listener {
    body: reqwest::Response,
    unread: String,
}

impl Listener {
    async fn open(server: &TestServer) -> Self {
        let request = reqwest::Client::new()
            .get(server.url("/api/config/events"))
            .bearer_auth(ADMIN);
        let body = request.send().await.unwrap();
        assert_eq!(body.status(), 200);
        assert_eq!(body.headers()["Content-Type"], "text/event-stream");
        Self {
            body,
            unread: String::new(),
        }
    }

    /// The next event's name and data; `None` when the stream is over.
    async fn next(&mut self) -> Option<(String, Value)> {
        let reading = async {
            loop {
                if let Some((event, rest)) = self.unread.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.unread = rest;
                    if event.starts_with(':') {
                        continue;
                    }
                    let (name, data) = event.split_once('\n').unwrap();
                    let name = name.strip_prefix("event: ").unwrap().to_owned();
                    let data = data.strip_prefix("data: ").unwrap();
                    return Some((name, serde_json::from_str(data).unwrap()));
                }
                let more = self.body.chunk().await.unwrap()?;
                self.unread.push_str(std::str::from_utf8(&more).unwrap());
            }
        };
        tokio::time::timeout(NEVER, reading)
            .await
            .expect("the event never came")
    }
}

#[actix_web::test]
async fn a_listener_hears_what_becomes_of_each_file_and_of_the_table() {
    let server = TestServer::start().await;
    let file = server.folder().join("bella.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    let mut listener = Listener::open(&server).await;
    let (name, data) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &data["generation"]),
        ("generation", &json!(1))
    );

    std::fs::write(&file, good.replace("2.50", "3.50")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let (name, data) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &data["file"]),
        ("accepted", &json!("bella.yaml"))
    );
    assert_eq!(data["digest"], data["served"]);
    let (name, published) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &published["generation"]),
        ("generation", &json!(2))
    );

    std::fs::write(&file, "id: [\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    let (name, stale) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &stale["served"]),
        ("stale", &data["served"])
    );
    assert_eq!(stale["problems"][0]["code"], "E_YAML", "{stale}");
    std::fs::write(server.folder().join("nova.yaml"), "id: nova\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    let (name, rejected) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &rejected["file"]),
        ("rejected", &json!("nova.yaml"))
    );
    std::fs::write(&file, &good).unwrap();
    std::fs::rename(&file, server.folder().join("b.yaml")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let (name, moved) = listener.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &moved["moved_from"]),
        ("moved", &json!("bella.yaml"))
    );
}

#[actix_web::test]
async fn a_listener_is_let_go_when_the_server_drains() {
    let mut server = TestServer::start().await;
    let mut listener = Listener::open(&server).await;
    listener.next().await.unwrap();
    server.drain();
    assert_eq!(listener.next().await, None);
    let stopped = tokio::time::timeout(NEVER, &mut server.server).await;
    stopped
        .expect("the listener kept it alive")
        .unwrap()
        .unwrap();
}

#[actix_web::test]
async fn listeners_have_a_bounded_number_of_places() {
    let server = TestServer::start().await;
    let open = futures_util::stream::iter(0..32)
        .then(|_| Listener::open(&server))
        .collect::<Vec<_>>()
        .await;
    assert_eq!(server.look("/api/config/events").await.0, 503);
    drop(open);
    // A place is free as soon as the server notices that its client left: at the next event.
    let freed = async {
        while server.look_at_head("/api/config/events").await != 200 {
            let file = server.folder().join("bella.yaml");
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, format!("{text}\n# again")).unwrap();
            ask(&server, "/api/config/reload", "").await;
        }
    };
    tokio::time::timeout(NEVER, freed)
        .await
        .expect("no place came free");
}
