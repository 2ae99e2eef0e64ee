//! `/voice/after`, `/voice/status`, `/voice/fallback`: nobody is left in a dead line.

use maitred::events::DomainEvent;

use super::twilio::{Socket, form, post, post_signed, ring, token_in, with};
use crate::harness::{BELLA, LOOP, PERSON, TOKEN, TestServer};

fn ongoing(n: u32, to: &str) -> Vec<(String, String)> {
    with(form(n, to), &[("CallStatus", "in-progress")])
}

#[tokio::test]
async fn a_lost_call_is_connected_once_more_and_then_given_to_a_person() {
    let mut server = TestServer::start().await;
    ring(&server, 1, BELLA).await;
    let again = post(&server, "/voice/after", &ongoing(1, BELLA)).await;
    assert!(
        again.contains("<Say") && again.contains("<Connect"),
        "{again}"
    );
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token_in(&again)).await;
    server
        .event(|event| matches!(event, DomainEvent::CallStarted { .. }).then_some(()))
        .await;
    // Twilio asks again while the session still runs: its socket is lost.
    let given = post(&server, "/voice/after", &ongoing(1, BELLA)).await;
    assert!(given.contains("<Dial") && given.contains(PERSON), "{given}");
    assert_eq!(server.metric("maitred_calls_live").await, Some(0.0));
}

#[tokio::test]
async fn a_number_of_our_own_is_never_dialled() {
    let server = TestServer::start().await;
    post(&server, "/voice/after", &ongoing(1, LOOP)).await;
    let given = post(&server, "/voice/after", &ongoing(1, LOOP)).await;
    assert!(
        !given.contains("<Dial") && given.contains("<Hangup"),
        "{given}"
    );
}

#[tokio::test]
async fn a_call_that_is_over_needs_nothing() {
    let server = TestServer::start().await;
    let over = with(form(1, BELLA), &[("CallStatus", "completed")]);
    let answer = post(&server, "/voice/after", &over).await;
    assert!(answer.contains("<Response/>"), "{answer}");
}

#[tokio::test]
async fn a_person_who_does_not_answer_is_said_so() {
    let server = TestServer::start().await;
    for (status, said) in [("no-answer", true), ("busy", true), ("completed", false)] {
        let dialled = with(ongoing(1, BELLA), &[("DialCallStatus", status)]);
        let answer = post(&server, "/voice/after", &dialled).await;
        assert_eq!(answer.contains("nobody can answer"), said, "{status}");
        assert!(answer.contains("<Hangup") && !answer.contains("<Dial"));
    }
}

#[tokio::test]
async fn the_status_callback_is_taken_note_of() {
    let server = TestServer::start().await;
    let over = with(
        form(1, BELLA),
        &[("CallStatus", "completed"), ("CallDuration", "12")],
    );
    let (status, _) = post_signed(&server, "/voice/status", &over, TOKEN).await;
    assert_eq!(status, 204);
}

#[tokio::test]
async fn the_fallback_rings_a_person() {
    let server = TestServer::start().await;
    let failed = with(ongoing(1, BELLA), &[("ErrorCode", "11200")]);
    let answer = post(&server, "/voice/fallback", &failed).await;
    assert!(
        answer.contains("<Say") && answer.contains(PERSON),
        "{answer}"
    );
    let unknown = with(ongoing(2, "+15550100099"), &[("ErrorCode", "11200")]);
    let answer = post(&server, "/voice/fallback", &unknown).await;
    assert!(answer.contains("<Hangup"), "{answer}");
}

#[tokio::test]
async fn a_leg_that_was_never_joined_to_the_caller_was_not_answered() {
    let server = TestServer::start().await;
    for (joined, said) in [("false", true), ("true", false)] {
        let fields = [("DialCallStatus", "completed"), ("DialBridged", joined)];
        let answer = post(&server, "/voice/after", &with(ongoing(1, BELLA), &fields)).await;
        assert_eq!(answer.contains("nobody can answer"), said, "{joined}");
    }
}

#[tokio::test]
async fn the_person_who_takes_a_call_is_told_for_whom_it_is() {
    let server = TestServer::start().await;
    ring(&server, 1, BELLA).await;
    post(&server, "/voice/after", &ongoing(1, BELLA)).await;
    let given = post(&server, "/voice/after", &ongoing(1, BELLA)).await;
    let (_, whisper) = given.split_once("<Number url=\"").expect("a whisper");
    let path = whisper.split_once('"').unwrap().0;
    let heard = post(&server, path, &ongoing(7, PERSON)).await;
    assert!(heard.contains("A call for The bella."), "{heard}");
    assert!(!heard.contains("<Hangup"), "the two are joined behind it");
    for path in [
        "/voice/whisper",
        "/voice/whisper?restaurant=nobody",
        "/voice/whisper?restaurant=%2e",
    ] {
        let heard = post(&server, path, &ongoing(7, PERSON)).await;
        assert!(heard.contains("<Response/>"), "{heard}");
    }
    for path in ["/voice/whisper?restaurant=bella", "/voice/staff"] {
        let (status, _) = post_signed(&server, path, &ongoing(7, PERSON), "another token").await;
        assert_eq!(status, 403, "{path}");
    }
}
