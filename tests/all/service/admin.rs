//! What operators see, and who is one.

use super::twilio::ring;
use crate::harness::{ADMIN, BELLA, TestServer};

const GUARDED: [&str; 8] = [
    "/metrics",
    "/api/table",
    "/api/calls",
    "/api/calls/CA1",
    "/api/orders",
    "/api/restaurants/bella",
    "/api/config/events",
    "/api/events",
];

async fn status(server: &TestServer, path: &str, authorization: Option<&str>) -> u16 {
    let mut request = reqwest::Client::new().get(server.url(path));
    if let Some(value) = authorization {
        request = request.header("Authorization", value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn only_the_holder_of_the_token_may_look() {
    let server = TestServer::start().await;
    for path in GUARDED {
        for refused in [None, Some("Bearer wrong"), Some(ADMIN), Some("Basic abc")] {
            assert_eq!(
                status(&server, path, refused).await,
                401,
                "{path} {refused:?}"
            );
        }
        let right = status(&server, path, Some(&format!("Bearer {ADMIN}"))).await;
        assert_eq!(
            right,
            if path.ends_with("CA1") { 404 } else { 200 },
            "{path}"
        );
    }
}

#[tokio::test]
async fn with_no_token_set_nobody_may_look() {
    let server = TestServer::start_with(&[], &[]).await;
    for path in GUARDED {
        assert_eq!(status(&server, path, None).await, 403, "{path}");
        assert_eq!(status(&server, path, Some("Bearer ")).await, 403, "{path}");
    }
}

#[tokio::test]
async fn dev_asks_for_nothing() {
    let server = TestServer::start_with(&["--dev"], &[]).await;
    assert_eq!(status(&server, "/api/table", None).await, 200);
    let unsigned = super::twilio::form(1, BELLA);
    let body = maitred::twilio::webhook_form::write_pairs(&unsigned);
    let (status, answer) = super::twilio::post_body(&server, "/voice", body, None).await;
    assert_eq!(status, 200);
    let media = format!("ws://{}/media", server.address);
    assert!(answer.contains(&media), "{answer}");
}

#[tokio::test]
async fn health_and_readiness_are_open() {
    let server = TestServer::start().await;
    assert_eq!(status(&server, "/healthz", None).await, 200);
    assert_eq!(status(&server, "/readyz", None).await, 200);
    assert_eq!(status(&server, "/nothing", None).await, 404);
}

#[tokio::test]
async fn the_table_shows_every_served_restaurant() {
    let server = TestServer::start().await;
    let table = server.json("/api/table").await;
    let rows = table["restaurants"].as_array().unwrap();
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), row["status"].as_str().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            ("bella", "active"),
            ("loop", "active"),
            ("retired", "disabled"),
            ("shut", "active"),
            ("small", "active")
        ]
    );
    assert_eq!(rows[0]["phone_numbers"][0], BELLA);
    assert_eq!(rows[0]["digest"].as_str().unwrap().len(), 64);
    assert_eq!(table["rejected"], serde_json::json!([]));
}

#[tokio::test]
async fn lists_are_empty_before_the_first_call() {
    let server = TestServer::start().await;
    assert_eq!(server.json("/api/calls").await, serde_json::json!([]));
    assert_eq!(server.json("/api/orders").await, serde_json::json!([]));
    let (status, _) = server.look("/api/orders?since=yesterday").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn the_gauges_have_their_names() {
    let server = TestServer::start().await;
    ring(&server, 1, BELLA).await;
    assert_eq!(server.metric("maitred_pins").await, Some(1.0));
    assert_eq!(server.metric("maitred_calls_live").await, Some(0.0));
    assert_eq!(server.metric("maitred_sessions").await, Some(0.0));
    assert_eq!(server.metric("maitred_config_generation").await, Some(1.0));
    let invited = server.metric("maitred_calls_invited_total").await;
    assert_eq!(invited, Some(1.0));
}
