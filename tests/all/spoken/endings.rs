//! Spoken calls that end otherwise than with an order: right TwiML, right ending on record.

use maitred::cli::call::{
    Act, CallReport, Cue, Noise, Timing, Voice, VoiceName, background, place,
};
use maitred::record::{CallRecord, Ending, Speaker};
use maitred::restaurant::Restaurant;

use crate::harness::{SpokenServer, voice};

fn speak(voice: &mut Voice, words: &str) -> Act {
    Act::Speak {
        cue: Cue::AgentDone,
        clip: voice.say(words).unwrap(),
    }
}

async fn call(
    server: &SpokenServer,
    restaurant: &Restaurant,
    acts: Vec<Act>,
    timing: Timing,
) -> (CallReport, CallRecord) {
    let mut plan = server.plan(restaurant, acts);
    plan.timing = timing;
    let sid = plan.call_sid.clone();
    let report = place(plan).await.unwrap();
    let record = server.record(&sid).await;
    (report, record)
}

/// The last TwiML the caller was given.
fn last_twiml(report: &CallReport) -> &str {
    &report.twiml.last().unwrap().body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoken_calls_without_an_order_end_as_they_should() {
    let _alone = super::LINE.lock().await;
    let Some(()) = super::models() else { return };
    let server = SpokenServer::open().await;
    let restaurants = server.restaurants();
    let find = |id: &str| {
        restaurants
            .iter()
            .find(|restaurant| restaurant.id.as_str() == id)
            .unwrap()
            .clone()
    };
    let pizzeria = find("corner-slice");
    let mut joe = voice(VoiceName::Joe).await;

    // A person, please. Said again by a caller who was misheard; a call that was handed over hears no more of it.
    let wishes = [
        "I want to talk to a person, please.",
        "Can I speak to a human being?",
        "A real person, please.",
    ];
    let acts = wishes.map(|words| speak(&mut joe, words)).into();
    let (report, record) = call(&server, &pizzeria, acts, Timing::default()).await;
    let person = pizzeria.handoff.as_ref().unwrap().as_str();
    assert_eq!(
        report.dialled().collect::<Vec<_>>(),
        vec![person],
        "{:?}",
        record.transcript
    );
    assert_eq!(record.ending, Some(Ending::Handoff));

    // Closed all week.
    let (report, record) = call(&server, &find("shut"), Vec::new(), Timing::default()).await;
    assert!(
        report.closes.is_empty(),
        "a closed restaurant opens no media stream"
    );
    assert!(
        report.twilio_said().any(|said| said.contains("closed")),
        "{}",
        last_twiml(&report)
    );
    assert_eq!(record.ending, Some(Ending::Closed));

    // Hangs up in the middle of an order.
    let acts = vec![
        speak(&mut joe, "Can I get a large cheese pizza, please."),
        Act::Silence,
        Act::HangUp,
    ];
    let (report, record) = call(&server, &pizzeria, acts, Timing::default()).await;
    assert_eq!(
        record.ending,
        Some(Ending::HungUp),
        "{:?}",
        record.transcript
    );
    assert!(
        record.transcript.len() > 3,
        "an order had begun: {:?}",
        record.transcript
    );
    assert!(
        last_twiml(&report).contains("<Response"),
        "{}",
        last_twiml(&report)
    );

    // Breathes into the receiver and says nothing: two nudges, a goodbye.
    let acts = vec![Act::Background {
        clip: background(Noise::Breath),
    }];
    let timing = Timing {
        linger_ms: 90_000,
        ..Timing::default()
    };
    let (report, record) = call(&server, &pizzeria, acts, timing).await;
    assert_eq!(
        record.ending,
        Some(Ending::Silent),
        "{:?}",
        record.transcript
    );
    assert!(
        record
            .transcript
            .iter()
            .all(|line| line.who == Speaker::Agent),
        "breath is not a word: {:?}",
        record.transcript
    );
    assert!(
        last_twiml(&report).contains("<Hangup"),
        "{}",
        last_twiml(&report)
    );

    let orders = server
        .store
        .orders(&maitred::store::OrderFilter::default())
        .await
        .unwrap();
    assert!(orders.is_empty(), "nobody ordered");
}
