//! A web page in the operator's browser must not drive `--dev`: not by DNS rebinding, not by a form, not by a socket.

use maitred::twilio::webhook_form::write_pairs;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::twilio::form;
use crate::harness::{BELLA, TestServer};

/// Every endpoint, how it is asked.
const DOORS: [(&str, &str); 12] = [
    ("POST", "/voice"),
    ("POST", "/voice/after"),
    ("POST", "/voice/status"),
    ("POST", "/voice/fallback"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/api/table"),
    ("GET", "/api/orders"),
    ("GET", "/api/calls"),
    ("GET", "/api/config/events"),
    ("POST", "/api/config/confirm"),
    ("POST", "/api/config/reload"),
];

async fn dev(more: &[&str], env: &[(&str, &str)]) -> TestServer {
    TestServer::start_with(&[&["--dev"], more].concat(), env).await
}

async fn asked(
    server: &TestServer,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
) -> (u16, String) {
    let mut request = reqwest::Client::new().request(method.parse().unwrap(), server.url(path));
    if method == "POST" {
        let json = path.starts_with("/api");
        request = match json {
            true => request
                .header("Content-Type", "application/json")
                .body("{}"),
            false => request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(write_pairs(&form(1, BELLA))),
        };
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    // A stream of events never ends.
    let text = match status {
        200 if path.ends_with("events") => String::new(),
        _ => response.text().await.unwrap(),
    };
    (status, text)
}

#[tokio::test]
async fn a_rebound_name_is_refused_at_every_door() {
    let server = dev(&[], &[]).await;
    let port = server.address.port();
    for host in [format!("evil.example:{port}"), "evil.example".to_owned()] {
        for door in DOORS {
            let (status, text) = asked(&server, door, &[("Host", &host)]).await;
            assert_eq!(status, 403, "{door:?} under {host}");
            assert!(text.contains("--dev-exposed"), "{text}");
        }
    }
    assert_eq!(server.metric("maitred_pins").await, Some(0.0));
}

#[tokio::test]
async fn a_page_of_another_origin_is_refused_at_every_door() {
    let server = dev(&[], &[]).await;
    for door in DOORS {
        for origin in ["https://evil.example", "null"] {
            let (status, _) = asked(&server, door, &[("Origin", origin)]).await;
            assert_eq!(status, 403, "{door:?} from {origin}");
        }
        let (status, _) = asked(&server, door, &[("Sec-Fetch-Site", "cross-site")]).await;
        assert_eq!(status, 403, "{door:?} as an image");
        let own = format!("http://{}", server.address);
        let (status, text) = asked(&server, door, &[("Origin", &own)]).await;
        assert!(matches!(status, 200 | 204), "{door:?}: {status} {text}");
    }
}

#[tokio::test]
async fn the_media_socket_of_dev_takes_no_web_page() {
    let server = dev(&[], &[]).await;
    for (name, value) in [("Origin", "https://evil.example"), ("Host", "evil.example")] {
        let url = format!("ws://{}/media", server.address);
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        match connect_async(request).await {
            Err(Error::Http(response)) => assert_eq!(response.status().as_u16(), 403, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    let own = format!("ws://{}/media", server.address);
    assert!(connect_async(own).await.is_ok());
}

#[tokio::test]
async fn a_form_cannot_change_anything() {
    let server = dev(&[], &[]).await;
    let client = reqwest::Client::new();
    for path in ["reload", "confirm", "rollback"] {
        for kind in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
        ] {
            let mut request = client
                .post(server.url(&format!("/api/config/{path}")))
                .body("{}");
            if let Some(kind) = kind {
                request = request.header("Content-Type", kind);
            }
            let status = request.send().await.unwrap().status().as_u16();
            assert_eq!(status, 415, "{path} as {kind:?}");
        }
    }
    // A check keeps nothing, and its body is a file's text.
    let check = client
        .post(server.url("/api/config/validate"))
        .body("id: x");
    assert_eq!(check.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_tunnel_needs_dev_exposed_and_that_asks_for_the_token() {
    let server = dev(&[], &[]).await;
    for header in [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "Forwarded",
    ] {
        let (status, text) = asked(&server, DOORS[0], &[(header, "x")]).await;
        assert_eq!(status, 403, "{header}");
        assert!(text.contains("--dev-exposed"), "{text}");
    }
    let token = "0123456789abcdef0123456789abcdef";
    let env = [("MAITRED_ADMIN_TOKEN", token)];
    let server = dev(
        &["--dev-exposed", "--public-url=https://abc.tunnel.example"],
        &env,
    )
    .await;
    let through = [
        ("Host", "abc.tunnel.example"),
        ("X-Forwarded-For", "192.0.2.1"),
    ];
    let (status, twiml) = asked(&server, DOORS[0], &through).await;
    assert_eq!(status, 200);
    assert!(twiml.contains("wss://abc.tunnel.example/media"), "{twiml}");
    for path in ["/api/orders", "/api/calls", "/metrics", "/api/table"] {
        let (status, _) = asked(&server, ("GET", path), &through).await;
        assert_eq!(status, 401, "{path}");
        let bearer = format!("Bearer {token}");
        let with = [through[0], through[1], ("Authorization", bearer.as_str())];
        assert_eq!(asked(&server, ("GET", path), &with).await.0, 200, "{path}");
    }
    let foreign = [through[0], ("Origin", "https://evil.example")];
    assert_eq!(asked(&server, DOORS[0], &foreign).await.0, 403);
}
