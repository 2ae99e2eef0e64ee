//! `GET /media`: who gets a call, and what an odd socket gets.

use std::time::Duration;

use maitred::events::DomainEvent;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::twilio::{Socket, call_sid, ring};
use crate::harness::{BELLA, TestServer};

async fn started(server: &mut TestServer) {
    server
        .event(|event| matches!(event, DomainEvent::CallStarted { .. }).then_some(()))
        .await;
}

async fn ended(server: &mut TestServer) {
    server
        .event(|event| matches!(event, DomainEvent::CallEnded { .. }).then_some(()))
        .await;
}

async fn gauges(server: &TestServer) -> [Option<f64>; 3] {
    [
        server.metric("maitred_pins").await,
        server.metric("maitred_calls_live").await,
        server.metric("maitred_sessions").await,
    ]
}

#[tokio::test]
async fn a_handshake_without_twilios_signature_is_refused() {
    let server = TestServer::start().await;
    assert_eq!(Socket::try_open(&server, None).await.err(), Some(403));
    let wrong = Socket::try_open(&server, Some("bm9uc2Vuc2U=")).await;
    assert_eq!(wrong.err(), Some(403));
    let slash =
        maitred::twilio::signature::sign(crate::harness::TOKEN, "wss://voice.test/media/", &[]);
    assert!(Socket::try_open(&server, Some(&slash)).await.is_ok());
}

#[tokio::test]
async fn a_call_is_live_from_start_to_stop_and_leaves_a_record() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, BELLA).await;
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token).await;
    started(&mut server).await;
    assert_eq!(gauges(&server).await, [Some(0.0), Some(1.0), Some(1.0)]);
    socket.text(r#"{"event":"stop","stop":{}}"#).await;
    socket.send(Message::Close(None)).await;
    ended(&mut server).await;
    server.admission.live().idle().await;
    assert_eq!(gauges(&server).await, [Some(0.0); 3]);
    let call = server.json(&format!("/api/calls/{}", call_sid(1))).await;
    assert_eq!(call["restaurant"], "bella");
    assert_eq!(call["ending"], "hung_up");
    assert_eq!(call["order"], serde_json::Value::Null);
}

#[tokio::test]
async fn a_token_is_good_once_for_its_own_call_and_not_for_long() {
    let mut server = TestServer::start().await;
    let policy = |reason: &str| (1008, reason.to_owned());
    let token = ring(&server, 1, BELLA).await;

    let mut other = Socket::open(&server).await;
    other.start(2, &token).await;
    assert_eq!(other.close_reason().await, policy("forged_token"));

    let mut nonsense = Socket::open(&server).await;
    nonsense.start(1, "nonsense").await;
    assert_eq!(nonsense.close_reason().await, policy("bad_token"));

    let mut first = Socket::open(&server).await;
    first.start(1, &token).await;
    started(&mut server).await;
    let mut second = Socket::open(&server).await;
    second.start(1, &token).await;
    assert_eq!(second.close_reason().await, policy("reused_token"));

    let late = ring(&server, 3, BELLA).await;
    server.clock().advance(Duration::from_secs(60));
    let mut socket = Socket::open(&server).await;
    socket.start(3, &late).await;
    assert_eq!(socket.close_reason().await, policy("expired_token"));
    assert_eq!(server.metric("maitred_calls_live").await, Some(1.0));
}

#[tokio::test]
async fn a_stream_of_another_format_is_refused_with_its_reason() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, BELLA).await;
    for (encoding, rate, channels) in [
        ("audio/x-l16", 8000, 1),
        ("audio/x-mulaw", 16_000, 1),
        ("audio/x-mulaw", 8000, 2),
        ("", 0, 0),
    ] {
        let mut socket = Socket::open(&server).await;
        let format =
            format!(r#"{{"encoding":"{encoding}","sampleRate":{rate},"channels":{channels}}}"#);
        let sid = call_sid(1);
        let start = format!(
            r#"{{"event":"start","start":{{"streamSid":"MZ1","callSid":"{sid}","mediaFormat":{format},"customParameters":{{"token":"{token}"}}}}}}"#
        );
        socket.text(&start).await;
        let refused = (1008, "media_format".to_owned());
        assert_eq!(socket.close_reason().await, refused, "{format}");
    }
    // The token was not spent on them.
    let mut right = Socket::open(&server).await;
    right.start(1, &token).await;
    started(&mut server).await;
}

#[tokio::test]
async fn a_socket_that_never_starts_is_closed() {
    let server = TestServer::start_with(&["--start-timeout=50ms"], &[]).await;
    let mut silent = Socket::open(&server).await;
    assert_eq!(silent.close_reason().await, (1008, "no_start".to_owned()));
    let mut chatty = Socket::open(&server).await;
    chatty.text(r#"{"event":"connected"}"#).await;
    assert_eq!(chatty.close_reason().await, (1008, "no_start".to_owned()));
}

#[tokio::test]
async fn a_message_too_large_closes_with_1009() {
    let mut server = TestServer::start().await;
    let large = "x".repeat(70_000);
    let mut socket = Socket::open(&server).await;
    socket.text(&large).await;
    assert_eq!(socket.close_reason().await.0, 1009);

    let token = ring(&server, 1, BELLA).await;
    let mut live = Socket::open(&server).await;
    live.start(1, &token).await;
    started(&mut server).await;
    live.text(&large).await;
    assert_eq!(live.close_reason().await.0, 1009);
    ended(&mut server).await;
}

#[tokio::test]
async fn continuations_count_together() {
    let server = TestServer::start().await;
    let mut socket = Socket::open(&server).await;
    let piece = vec![b'x'; 30_000];
    for opcode in [Data::Text, Data::Continue, Data::Continue] {
        let frame = Frame::message(piece.clone(), OpCode::Data(opcode), false);
        socket.send(Message::Frame(frame)).await;
    }
    assert_eq!(
        socket.close_reason().await,
        (1009, "message_too_large".to_owned())
    );
}

#[tokio::test]
async fn odd_messages_are_counted_and_the_call_goes_on() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, BELLA).await;
    let mut socket = Socket::open(&server).await;
    socket.text("hello").await;
    socket.send(Message::binary(vec![1, 2, 3])).await;
    socket
        .text(r#"{"event":"media","media":{"payload":""}}"#)
        .await;
    socket.start(1, &token).await;
    started(&mut server).await;
    socket.text("{").await;
    socket.text(r#"{"event":"surprise"}"#).await;
    socket
        .text(r#"{"event":"media","media":{"payload":"***"}}"#)
        .await;
    let mut reasons = Vec::new();
    while reasons.len() < 3 {
        reasons.push(
            server
                .event(|event| match event {
                    DomainEvent::MessageIgnored { reason } => Some(*reason),
                    _ => None,
                })
                .await,
        );
    }
    assert_eq!(reasons, ["not_understood", "unexpected", "bad_payload"]);
    assert_eq!(server.metric("maitred_calls_live").await, Some(1.0));
    let before = r#"maitred_messages_ignored_total{reason="before_start"}"#;
    assert_eq!(server.metric(before).await, Some(1.0));
    let binary = r#"maitred_messages_ignored_total{reason="binary"}"#;
    assert_eq!(server.metric(binary).await, Some(1.0));
}

#[tokio::test]
async fn pings_are_answered() {
    let server = TestServer::start().await;
    let mut socket = Socket::open(&server).await;
    socket.send(Message::Ping("are you there".into())).await;
    loop {
        match socket.next().await {
            Some(Message::Pong(payload)) => {
                assert_eq!(&payload[..], b"are you there");
                return;
            }
            Some(_) => {}
            None => panic!("no pong"),
        }
    }
}

#[tokio::test]
async fn a_plain_get_is_no_handshake() {
    let server = TestServer::start().await;
    let signature =
        maitred::twilio::signature::sign(crate::harness::TOKEN, "wss://voice.test/media", &[]);
    let response = reqwest::Client::new()
        .get(server.url("/media"))
        .header("X-Twilio-Signature", signature)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 400);
}
