//! The restaurant answers: by the link of a text, by the API; and what nobody answers goes on to the next channel.

use std::time::Duration;

use serde_json::{Value, json};

use super::till::Till;
use super::twilio_api::TwilioApi;
use super::{server, two_teas};
use crate::harness::TestServer;

async fn get(url: &str) -> (u16, String) {
    let answer = reqwest::get(url).await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn post(url: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = reqwest::Client::new()
        .post(url)
        .form(form)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn order(server: &TestServer) -> Value {
    server.json("/api/orders").await[0].clone()
}

/// A silent till, then a text to somebody.
async fn ladder(till: &Till, twilio: &TwilioApi) -> TestServer {
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}, ack: {{within: 3m}}}}\n  \
         - {{sms: {{to: \"+12125550199\"}}, ack: {{within: 3m}}}}\n  \
         - {{printer: {{address: \"127.0.0.1:9\"}}}}",
        till.url()
    );
    let variables = twilio.variables();
    let environment: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    server(&orders, &environment).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_till_is_followed_by_a_text_whose_link_accepts_the_order() {
    let (mut till, mut twilio) = (Till::friendly().await, TwilioApi::open(0).await);
    let server = ladder(&till, &twilio).await;
    two_teas(&server).await;
    till.came(1).await;
    server.clock().advance(Duration::from_secs(179));
    tokio::task::yield_now().await;
    twilio.nothing_more();
    server.clock().advance(Duration::from_secs(2));
    let text = twilio.next().await;
    let link = text["Body"].rsplit(' ').next().unwrap().to_owned();

    // Looking answers nothing, however often a mail program looks.
    for _ in 0..2 {
        let (status, page) = get(&link).await;
        assert_eq!(status, 200, "{page}");
        assert!(
            page.contains("2 x Tea") && page.contains("Accept"),
            "{page}"
        );
    }
    assert_eq!(order(&server).await["state"], "sent");
    assert_eq!(post(&link, &[("answer", "perhaps")]).await.0, 400);
    let (status, page) = post(&link, &[("answer", "accept"), ("minutes", "20")]).await;
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("It is accepted."), "{page}");
    let accepted = order(&server).await;
    assert_eq!(accepted["state"], "accepted");
    let last = accepted["history"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (&last["by"], &last["ready_at"]),
        (&json!("link"), &json!("2026-11-30T17:23:01Z"))
    );
    let states: Vec<&Value> = (0..3)
        .map(|at| &accepted["deliveries"][at]["state"])
        .collect();
    assert_eq!(states, ["sent", "sent", "skipped"]);

    // Said twice it is the same; after it was cancelled it stays so.
    assert_eq!(post(&link, &[("answer", "accept")]).await.0, 200);
    assert_eq!(
        post(&link, &[("answer", "refuse"), ("reason", "fire")])
            .await
            .0,
        200
    );
    assert_eq!(order(&server).await["state"], "cancelled");
    assert_eq!(post(&link, &[("answer", "accept")]).await.0, 409);
    server.clock().advance(Duration::from_secs(86_400));
    assert_eq!(get(&link).await.0, 404, "too old");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_was_made_up_changed_or_cut_answers_nothing() {
    let (mut till, twilio) = (Till::friendly().await, TwilioApi::open(0).await);
    let server = ladder(&till, &twilio).await;
    two_teas(&server).await;
    till.came(1).await;
    let id = order(&server).await["id"].as_str().unwrap().to_owned();
    let long = "A".repeat(4_000);
    for token in [
        id.as_str(),
        "x",
        "%00",
        "..%2f..%2fapi",
        &long,
        &"A".repeat(54),
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
    ] {
        let link = server.url(&format!("/ack/{token}"));
        let (status, page) = post(&link, &[("answer", "accept")]).await;
        assert_eq!(status, 404, "{token}: {page}");
    }
    let state = &order(&server).await["state"];
    assert!(state == "sent" || state == "placed", "{state}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_speaks_for_the_restaurant() {
    let mut server = server("  - {email: {to: kitchen@bistro.example}, ack: {}}", &[]).await;
    two_teas(&server).await;
    let id = order(&server).await["id"].as_str().unwrap().to_owned();
    let accept = format!("/api/orders/{id}/accept");
    let accepted = server
        .post(&accept, "{\"ready_at\": \"2026-11-30T17:20:00Z\"}")
        .await;
    assert_eq!(accepted["state"], "accepted");
    let told = server.event(|event| match event {
        maitred::events::DomainEvent::OrderChanged { change, .. } => Some(change.by.clone()),
        _ => None,
    });
    assert_eq!(told.await, "api");
    let ready = server.post(&format!("/api/orders/{id}/ready"), "").await;
    assert_eq!(
        ready["history"].as_array().unwrap().last().unwrap()["what"],
        "ready"
    );
    let refuse = format!("/api/orders/{id}/refuse");
    let cancelled = server.post(&refuse, "{\"reason\": \"power cut\"}").await;
    assert_eq!(cancelled["state"], "cancelled");
    for (path, body, status) in [
        (accept.as_str(), "{}", 409),
        (accept.as_str(), "{\"ready_at\": \"soon\"}", 400),
        (accept.as_str(), "{\"reason\": \"x\"}", 400),
        ("/api/orders/12/accept", "{}", 400),
        (
            "/api/orders/00000000-0000-0000-0000-000000000000/accept",
            "{}",
            404,
        ),
    ] {
        let request = reqwest::Client::new().post(server.url(path));
        let request = request
            .header("Content-Type", "application/json")
            .body(body);
        assert_eq!(
            request.send().await.unwrap().status(),
            status,
            "{path} {body}"
        );
    }
}
