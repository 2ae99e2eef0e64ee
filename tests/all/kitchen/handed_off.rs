//! Who answers first, and what becomes of a caller whom nobody answers: the staff's telephone, the hand-off, a message.

use maitred::cli::call::{CallPlan, CallReport};
use maitred::record::{Ending, Speaker};
use maitred::twilio::webhook_form::CallStatus;
use serde_json::json;

use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::{LiveCall, plan};

const NUMBER: &str = "+12125550152";
const STAFF: &str = "+12125550195";

async fn server(more: &str, now: &str) -> TestServer {
    let file = format!(
        "id: quay\nname: The Quay\nphone_number: \"{NUMBER}\"\ntimezone: America/New_York\ngreeting: \"Hello.\"\n\
         hours: {{mon: [\"11:00-22:00\"], tue: [\"11:00-22:00\"]}}\nhandoff: \"{STAFF}\"\nlimits: {{calls: 50}}\n{more}\n\
         menu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    ServerSetup::new()
        .files(&[("quay.yaml", file)])
        .flags(&["--dev"])
        .at(now)
        .start()
        .await
}

/// Noon on a Monday in New York, and two hours before it opens.
const OPEN: &str = "2026-11-30T17:00:00Z";
const SHUT: &str = "2026-11-30T14:00:00Z";

/// A call whose dialled leg ends so.
fn call(server: &TestServer, dial_status: CallStatus) -> LiveCall {
    LiveCall::begin(CallPlan {
        dial_status,
        ..plan(&server.webhook, NUMBER, Vec::new())
    })
}

fn dialled(report: &CallReport) -> Vec<String> {
    report.dialled().map(str::to_owned).collect()
}

#[actix_web::test]
async fn a_hand_off_that_is_not_answered_takes_a_message() {
    for status in [CallStatus::NoAnswer, CallStatus::Busy, CallStatus::Failed] {
        let server = server("messages: true", OPEN).await;
        let mut call = call(&server, status);
        call.hears("Hello.").await;
        call.say("a person please");
        call.hears("One moment, I'll get someone for you.").await;
        call.hears("Sorry, nobody can come to the phone right now. Please leave a message with your name and number.")
            .await;
        call.say("this is anna two teas were missing yesterday");
        call.hears("I've got that. Anything else?").await;
        call.say("call me at the usual number");
        call.hears("I've got that. Anything else?").await;
        call.say("no thanks that's all");
        call.hears("Thank you, I'll pass that on. Goodbye.").await;
        let sid = call.sid.clone();
        let report = call.over().await;
        assert_eq!(dialled(&report), [STAFF]);
        let record = server.record(&sid).await;
        assert_eq!(record.ending, Some(Ending::Message));
        let left = "this is anna two teas were missing yesterday call me at the usual number";
        assert_eq!(record.message.as_deref(), Some(left));
        let said: Vec<&str> = record
            .transcript
            .iter()
            .filter(|line| line.who == Speaker::Caller)
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(said[0], "a person please", "what was said before is kept");
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(server.orders(&sid).await.is_empty());
        let shown = server.json(&format!("/api/calls/{sid}")).await;
        assert_eq!(
            (&shown["ending"], &shown["message"]),
            (&json!("message"), &json!(left))
        );
        assert_eq!(server.json("/api/calls").await[0]["message"], json!(left));
    }
}

#[actix_web::test]
async fn a_caller_who_hangs_up_after_the_message_has_left_it_and_one_before_has_not() {
    let server = server("messages: true", SHUT).await;
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("The Quay is closed right now. We open today at 11 AM. Please leave a message")
        .await;
    call.say("please hold the corner table for six");
    call.hears("I've got that. Anything else?").await;
    call.hang_up();
    let sid = call.sid.clone();
    call.over().await;
    let record = server.record(&sid).await;
    assert_eq!(record.ending, Some(Ending::Message));
    assert_eq!(
        record.message.as_deref(),
        Some("please hold the corner table for six")
    );

    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Please leave a message with your name and number.")
        .await;
    call.hang_up();
    let sid = call.sid.clone();
    call.over().await;
    let record = server.record(&sid).await;
    assert_eq!(
        (record.ending, record.message),
        (Some(Ending::HungUp), None)
    );
}

#[actix_web::test]
async fn a_file_that_takes_no_messages_says_that_nobody_answers() {
    let server = server("", OPEN).await;
    let mut call = call(&server, CallStatus::NoAnswer);
    call.hears("Hello.").await;
    call.say("a person please");
    call.hears("One moment, I'll get someone for you.").await;
    let report = call.over().await;
    let said: Vec<&str> = report.twilio_said().collect();
    assert_eq!(
        said,
        ["Sorry, nobody can answer right now. Please call again later. Goodbye."]
    );
}

#[actix_web::test]
async fn the_staff_is_rung_first_and_the_waiter_takes_what_they_do_not() {
    let server = server("answer: {staff_first: 20s}", OPEN).await;
    let mut call = call(&server, CallStatus::NoAnswer);
    call.hears("Hello.").await;
    call.say("a tea that's all");
    call.hears("The total is $2.50. Is that right?").await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    let report = call.over().await;
    assert_eq!(dialled(&report), [STAFF]);
    assert_eq!(server.order(&sid).await.order.lines[0].item, "tea");
}

#[actix_web::test]
async fn a_call_that_the_staff_takes_never_reaches_the_waiter() {
    for answer in ["{staff_first: 20s}", "overflow", "off_hours"] {
        let server = server(&format!("answer: {answer}"), OPEN).await;
        let call = call(&server, CallStatus::Completed);
        let sid = call.sid.clone();
        let report = call.over().await;
        assert_eq!(dialled(&report), [STAFF], "{answer}");
        assert!(report.agent.is_empty(), "{answer}");
        // Written behind the webhook's back.
        while server.store.call(&sid).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        assert_eq!(server.record(&sid).await.ending, Some(Ending::Handoff));
    }
}

#[actix_web::test]
async fn by_day_the_staff_alone_by_night_the_waiter_or_a_message() {
    let by_day = server("answer: off_hours\nmessages: true", OPEN).await;
    let mut unanswered = call(&by_day, CallStatus::Busy);
    unanswered
        .hears("Sorry, nobody can come to the phone right now.")
        .await;
    unanswered.say("call me back please");
    unanswered.hears("I've got that. Anything else?").await;
    unanswered.say("no");
    unanswered.hears("Goodbye.").await;
    unanswered.over().await;
    let by_night = server("answer: off_hours\nmessages: true", SHUT).await;
    let mut closed = call(&by_night, CallStatus::Completed);
    closed
        .hears("We open today at 11 AM. Please leave a message")
        .await;
    closed.hang_up();
    let report = closed.over().await;
    assert!(dialled(&report).is_empty(), "nobody is rung at night");
    let silent = server("answer: off_hours", OPEN).await;
    let call = call(&silent, CallStatus::NoAnswer);
    let report = call.over().await;
    let said: Vec<&str> = report.twilio_said().collect();
    assert_eq!(
        said,
        ["Sorry, nobody can answer right now. Please call again later. Goodbye."]
    );
}
