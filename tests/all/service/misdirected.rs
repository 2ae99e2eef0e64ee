//! Requests at the wrong address, or with something missing: the log says what, and nothing is left behind.

use maitred::events::DomainEvent;

use super::twilio::{Socket, form, post, post_signed, ring, with};
use crate::harness::{BELLA, TOKEN, TestServer};

/// Reason and detail of the next refused webhook.
async fn refused(server: &mut TestServer) -> (&'static str, String) {
    server
        .event(|event| match event {
            DomainEvent::WebhookRefused { reason, detail, .. } => {
                Some((*reason, detail.clone().unwrap_or_default()))
            }
            _ => None,
        })
        .await
}

#[tokio::test]
async fn a_webhook_asked_with_get_is_refused_and_logged() {
    let mut server = TestServer::start().await;
    for path in ["/voice", "/voice/after", "/voice/status", "/voice/fallback"] {
        let response = reqwest::get(server.url(path)).await.unwrap();
        assert_eq!(response.status(), 405);
        let (reason, detail) = refused(&mut server).await;
        assert_eq!(reason, "wrong_method");
        assert!(detail.contains("GET"), "{detail}");
    }
}

#[tokio::test]
async fn an_incomplete_form_says_what_is_missing() {
    let mut server = TestServer::start().await;
    let without = |name: &str| {
        let mut form = form(1, BELLA);
        form.retain(|(n, _)| n != name);
        form
    };
    for (form, name) in [
        (without("To"), "To"),
        (without("AccountSid"), "AccountSid"),
        (with(form(1, BELLA), &[("CallSid", "CA1")]), "CallSid"),
    ] {
        let (status, _) = post_signed(&server, "/voice", &form, TOKEN).await;
        assert_eq!(status, 400);
        let (reason, detail) = refused(&mut server).await;
        assert_eq!(reason, "incomplete_form");
        assert!(detail.contains(name), "{detail}");
    }
}

#[tokio::test]
async fn a_status_callback_posted_to_voice_makes_no_pin() {
    let mut server = TestServer::start().await;
    let over = [("CallStatus", "completed"), ("CallDuration", "12")];
    let progress = [("CallbackSource", "call-progress-events")];
    for fields in [&over[..], &progress[..], &[("CallStatus", "no-answer")]] {
        let answer = post(&server, "/voice", &with(form(1, BELLA), fields)).await;
        assert!(answer.trim_end().ends_with("<Response/>"), "{answer}");
        assert_eq!(refused(&mut server).await.0, "status_callback");
    }
    assert_eq!(server.metric("maitred_pins").await, Some(0.0));
}

#[tokio::test]
async fn a_caller_who_hangs_up_is_not_logged_as_a_refused_socket() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, BELLA).await;
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token).await;
    socket.next().await.expect("the greeting");
    // The connection is lost without a close frame.
    drop(socket);
    let ending = server
        .event(|event| match event {
            DomainEvent::SocketRefused { reason, .. } => Some((*reason).to_owned()),
            DomainEvent::CallEnded { record } => Some(record.ending?.as_str().to_owned()),
            _ => None,
        })
        .await;
    assert_eq!(ending, "hung_up");
    let refused = server.metric("maitred_sockets_refused_total").await;
    assert_eq!(refused, None);
}
