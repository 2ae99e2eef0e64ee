//! The software phone against a strict fake server: does it behave as the reference says Twilio does?
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and brings its own server"
)]

mod command;
mod fake_server;

use fake_server::{Behaviour, FakeServer, TOKEN, loud};
use maitred::cli::call::{
    Act, CallPlan, CallReport, Clip, ClosedBy, Cue, Ended, Happening, PlaceError, Timing, new_sid,
    place,
};
use maitred::twilio::sid::SidKind;
use maitred::twilio::twiml;
use maitred::twilio::webhook_form::CallStatus;

fn plan(webhook: String, acts: Vec<Act>) -> CallPlan {
    CallPlan {
        webhook,
        to: "+15551234567".to_owned(),
        from: "+14155550100".to_owned(),
        account_sid: new_sid(SidKind::Account),
        call_sid: new_sid(SidKind::Call),
        auth_token: Some(TOKEN.to_owned()),
        test: true,
        extra_fields: Vec::new(),
        acts,
        timing: Timing {
            reaction_ms: 100,
            patience_ms: 2000,
            linger_ms: 3000,
            longest_ms: 20_000,
        },
        dial_status: CallStatus::NoAnswer,
        status_url: None,
        tls: None,
    }
}

fn say(text: &str) -> Act {
    Act::Speak {
        cue: Cue::AgentDone,
        clip: Clip {
            text: text.to_owned(),
            sound: loud(300).into(),
        },
    }
}

fn codes(report: &CallReport) -> Vec<u32> {
    report.complaints.iter().map(|c| c.code).collect()
}

fn marks(report: &CallReport) -> Vec<&str> {
    let events = report.events.iter();
    events
        .filter_map(|event| match &event.what {
            Happening::MarkPlayed { name } => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

#[actix_web::test]
async fn a_whole_call_is_what_twilio_would_send() {
    let server = FakeServer::start(Behaviour::Polite).await;
    let mut plan = plan(server.url("/voice"), vec![say("two pizzas")]);
    plan.status_url = Some(server.url("/voice/status"));
    let call_sid = plan.call_sid.clone();
    let report = place(plan).await.unwrap();

    let asked = server.asked();
    let paths: Vec<_> = asked.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(paths, ["/voice", "/voice/after", "/voice/status"]);
    let statuses: Vec<_> = asked.iter().map(|a| a.form.call_status.clone()).collect();
    assert_eq!(
        statuses,
        [
            Some(CallStatus::Ringing),
            Some(CallStatus::InProgress),
            Some(CallStatus::Completed)
        ]
    );
    for one in &asked {
        assert!(one.signed, "{} is signed", one.path);
        assert_eq!(one.form.call_sid, call_sid);
        assert_eq!(one.form.to, "+15551234567");
        assert!(one.form.test);
    }
    assert!(asked[2].form.call_duration.is_some());
    assert!(server.upgrade_was_signed());

    let stream = server.messages();
    stream.assert_well_formed();
    assert_eq!(stream.parameter("token"), Some("t1"));
    assert_eq!(stream.marks(), ["greeting", "bye"]);

    assert!(codes(&report).is_empty(), "{:?}", report.complaints);
    assert_eq!(report.ended, Ended::Server);
    assert_eq!(report.closes[0].by, ClosedBy::Server);
    assert_eq!(report.closes[0].code, Some(1000));
    assert_eq!(report.closes[0].unplayed_ms, 0);
    assert_eq!(report.agent.len(), 2);
    assert!(report.greeting_ms().is_some());
    assert_eq!(report.turns.len(), 1);
    assert_eq!(report.turns[0].text, "two pizzas");
    assert!(report.turns[0].latency_ms.is_some());
    // Every sample that was sent is heard, once.
    let heard = report.heard.iter().filter(|b| **b != 0xff).count();
    assert_eq!(heard, (300 + 200) * 8);
    assert_eq!(marks(&report), ["greeting", "bye"]);
    assert_eq!(report.twiml.len(), 2);
}

#[actix_web::test]
async fn clear_drops_the_queue_and_brings_its_marks_back_at_once() {
    let server = FakeServer::start(Behaviour::Clears).await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    assert_eq!(server.messages().marks(), ["a", "b"]);
    let unplayed = report.events.iter().find_map(|e| match e.what {
        Happening::Cleared { unplayed_ms } => Some(unplayed_ms),
        _ => None,
    });
    // Ten seconds were queued and cleared after a few frames.
    assert!(unplayed.is_some_and(|ms| ms > 5000), "{unplayed:?}");
    assert!(codes(&report).is_empty(), "{:?}", report.complaints);
}

#[actix_web::test]
async fn each_kind_of_bad_message_is_complained_about_once() {
    let server = FakeServer::start(Behaviour::Rude).await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    assert_eq!(codes(&report), [31950, 31951]);
    assert!(
        report.heard.iter().all(|b| *b == 0xff),
        "nothing was played"
    );
}

#[actix_web::test]
async fn a_refused_socket_is_a_complaint_and_the_action_decides() {
    let server = FakeServer::start(Behaviour::RefusesSocket).await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    assert_eq!(codes(&report), [31920]);
    assert_eq!(server.asked().len(), 2);
    assert_eq!(report.ended, Ended::Server);
}

#[actix_web::test]
async fn a_caller_who_hangs_up_sends_stop_and_the_action_hears_completed() {
    let server = FakeServer::start(Behaviour::Polite).await;
    let acts = vec![
        Act::Press {
            cue: Cue::AgentDone,
            keys: "1#".to_owned(),
        },
        Act::Pause { ms: 100 },
        Act::HangUp,
    ];
    let report = place(plan(server.url("/voice"), acts)).await.unwrap();
    let stream = server.messages();
    stream.assert_well_formed();
    assert_eq!(stream.last_event(), "stop");
    assert_eq!(stream.keys(), ["1", "#"]);
    let after = &server.asked()[1];
    assert_eq!(after.form.call_status, Some(CallStatus::Completed));
    assert_eq!(report.ended, Ended::Caller);
    assert_eq!(report.closes[0].by, ClosedBy::Caller);
}

#[actix_web::test]
async fn a_broken_connection_is_told_from_a_close() {
    let server = FakeServer::start(Behaviour::Breaks).await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    assert_eq!(codes(&report), [31903]);
    assert_eq!(report.closes[0].by, ClosedBy::Lost);
    assert_eq!(server.asked().len(), 2);
}

#[actix_web::test]
async fn say_dial_and_redirect_are_executed() {
    let dial = twiml::say_then_dial(
        "One moment.",
        "en-US",
        "+15557654321",
        "/voice/after",
        20,
        "/voice/whisper",
    );
    let server = FakeServer::start(Behaviour::Answers(vec![
        (200, twiml::redirect("/voice?again=1")),
        (200, dial),
        (200, twiml::say_hangup("Nobody is there.", "en-US")),
    ]))
    .await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    let asked = server.asked();
    assert!(asked.iter().all(|a| a.signed));
    assert_eq!(asked[2].form.dial_call_status, Some(CallStatus::NoAnswer));
    assert_eq!(report.dialled().collect::<Vec<_>>(), ["+15557654321"]);
    assert_eq!(
        report.twilio_said().collect::<Vec<_>>(),
        ["One moment.", "Nobody is there."]
    );
    assert_eq!(report.ended, Ended::Server);
}

#[actix_web::test]
async fn a_webhook_that_fails_or_answers_nonsense_ends_the_call_in_trouble() {
    for (answer, code) in [
        ((403, String::new()), 11217),
        ((200, "<Response><Sing/></Response>".to_owned()), 12100),
    ] {
        let server = FakeServer::start(Behaviour::Answers(vec![answer])).await;
        let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
        assert_eq!(codes(&report), [code]);
        assert_eq!(report.ended, Ended::Trouble);
    }
}

#[actix_web::test]
async fn a_document_that_redirects_to_itself_ends() {
    let again = (200, twiml::redirect("/voice"));
    let server = FakeServer::start(Behaviour::Answers(vec![again; 100])).await;
    let report = place(plan(server.url("/voice"), vec![])).await.unwrap();
    assert_eq!(report.ended, Ended::Trouble);
}

#[actix_web::test]
async fn a_server_that_is_not_there_is_an_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let result = place(plan(format!("http://127.0.0.1:{port}/voice"), vec![])).await;
    assert!(matches!(result, Err(PlaceError::Unreachable(_))));
}

#[actix_web::test]
async fn many_calls_run_at_once_in_one_process() {
    let server = FakeServer::start(Behaviour::Polite).await;
    let calls = (0..12).map(|n| {
        let plan = plan(server.url("/voice"), vec![say(&format!("order {n}"))]);
        actix_web::rt::spawn(async move { place(plan).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        let report = call.await.unwrap();
        assert!(codes(&report).is_empty(), "{:?}", report.complaints);
        assert_eq!(report.agent.len(), 2);
        assert_eq!(marks(&report), ["greeting", "bye"]);
    }
}
