//! `POST /voice`: who is believed, and what each caller hears.

use maitred::events::DomainEvent;
use maitred::twilio::webhook_form::write_pairs;

use super::twilio::{Socket, call_sid, form, post, post_body, post_signed, ring, token_in, with};
use crate::harness::{BELLA, OLD_TOKEN, RETIRED, SHUT, SMALL, TOKEN, TestServer};

macro_rules! golden {
    ($name:literal, $document:expr) => {
        assert_eq!(
            $document,
            include_str!(concat!("../../golden/voice/", $name, ".xml")),
            "tests/golden/voice/{}.xml",
            $name
        );
    };
}

#[tokio::test]
async fn only_twilio_is_believed() {
    let server = TestServer::start().await;
    let ringing = form(1, BELLA);
    for path in ["/voice", "/voice/after", "/voice/status", "/voice/fallback"] {
        let body = write_pairs(&ringing);
        let (unsigned, _) = post_body(&server, path, body.clone(), None).await;
        let (empty, _) = post_body(&server, path, body, Some("")).await;
        let (foreign, _) = post_signed(&server, path, &ringing, "another-token").await;
        assert_eq!((unsigned, empty, foreign), (403, 403, 403), "{path}");
    }
    assert_eq!(server.metric("maitred_pins").await, Some(0.0));
}

#[tokio::test]
async fn a_signature_covers_every_field() {
    let server = TestServer::start().await;
    let signature =
        maitred::twilio::signature::sign(TOKEN, "https://voice.test/voice", &form(1, BELLA));
    let altered = write_pairs(&form(1, SMALL));
    let (status, _) = post_body(&server, "/voice", altered, Some(&signature)).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn both_tokens_are_good_while_rotating() {
    let server = TestServer::start().await;
    for (n, token) in [(1, OLD_TOKEN), (2, TOKEN)] {
        let (status, _) = post_signed(&server, "/voice", &form(n, BELLA), token).await;
        assert_eq!(status, 200);
    }
}

#[tokio::test]
async fn a_forwarded_host_is_not_believed() {
    let server = TestServer::start_with(&[], &[]).await;
    let ringing = form(1, BELLA);
    let signature = maitred::twilio::signature::sign(TOKEN, "https://evil.test/voice", &ringing);
    let response = reqwest::Client::new()
        .post(server.url("/voice"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Twilio-Signature", signature)
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "evil.test")
        .body(write_pairs(&ringing))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn what_is_not_a_form_is_refused_by_kind() {
    let server = TestServer::start().await;
    let client = reqwest::Client::new();
    let json = client
        .post(server.url("/voice"))
        .header("Content-Type", "application/json")
        .body("{}")
        .send();
    assert_eq!(json.await.unwrap().status(), 415);
    let bare = client.post(server.url("/voice")).body("a=b").send();
    assert_eq!(bare.await.unwrap().status(), 415);
    let get = client.get(server.url("/voice")).send();
    assert_eq!(get.await.unwrap().status(), 405);

    let large = format!("a={}", "x".repeat(70_000));
    let (status, _) = post_body(&server, "/voice", large, Some("s")).await;
    assert_eq!(status, 413);
    let (status, _) = post_body(&server, "/voice", "CallSid=%zz".into(), Some("s")).await;
    assert_eq!(status, 400);
    let without = vec![("To".to_owned(), BELLA.to_owned())];
    let (status, _) = post_signed(&server, "/voice", &without, TOKEN).await;
    assert_eq!(status, 400);
    let misshapen = with(form(1, BELLA), &[("CallSid", "CA1")]);
    let (status, _) = post_signed(&server, "/voice", &misshapen, TOKEN).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_refusal_names_the_fields_but_not_their_values() {
    let mut server = TestServer::start().await;
    post_signed(&server, "/voice", &form(1, BELLA), "another-token").await;
    let (reason, names) = server
        .event(|event| match event {
            DomainEvent::WebhookRefused { reason, names, .. } => Some((*reason, names.join(" "))),
            _ => None,
        })
        .await;
    assert_eq!(reason, "wrong_signature");
    assert!(
        names.contains("CallSid") && !names.contains("CA0"),
        "{names}"
    );
}

#[tokio::test]
async fn an_open_restaurant_connects_its_caller() {
    let server = TestServer::start().await;
    let answer = post(&server, "/voice", &form(1, BELLA)).await;
    golden!("connect", answer.replace(&token_in(&answer), "TOKEN"));
    assert_eq!(server.metric("maitred_pins").await, Some(1.0));
}

#[tokio::test]
async fn a_second_ring_shares_the_pin_and_gets_a_token_of_its_own() {
    let server = TestServer::start().await;
    let first = ring(&server, 1, BELLA).await;
    let second = ring(&server, 1, BELLA).await;
    assert_ne!(first, second);
    assert_eq!(server.metric("maitred_pins").await, Some(1.0));
}

#[tokio::test]
async fn who_cannot_be_served_is_told_so() {
    let mut server = TestServer::start().await;
    golden!(
        "unknown",
        post(&server, "/voice", &form(1, "+15550100099")).await
    );
    golden!("closed", post(&server, "/voice", &form(2, SHUT)).await);
    golden!("disabled", post(&server, "/voice", &form(3, RETIRED)).await);
    assert_eq!(server.metric("maitred_pins").await, Some(0.0));
    for (n, ending) in [(1, "refused"), (2, "closed"), (3, "closed")] {
        let stored = server.record(&call_sid(n)).await;
        assert_eq!(stored.ending.unwrap().as_str(), ending);
    }
    let reason = server
        .event(|event| match event {
            DomainEvent::CallTurnedAway { reason, .. } => Some(*reason),
            _ => None,
        })
        .await;
    assert_eq!(reason, "unknown");
}

#[tokio::test]
async fn a_full_line_apologises_and_never_says_429() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, SMALL).await;
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token).await;
    server
        .event(|event| matches!(event, DomainEvent::CallStarted { .. }).then_some(()))
        .await;
    golden!("busy", post(&server, "/voice", &form(2, SMALL)).await);
}

#[tokio::test]
async fn a_pin_that_nobody_claims_is_forgotten() {
    let server = TestServer::start().await;
    ring(&server, 1, BELLA).await;
    server.clock().advance(std::time::Duration::from_secs(90));
    assert_eq!(server.metric("maitred_pins").await, Some(0.0));
}
