//! The whole ladder: a till, a text, a call to the restaurant, a text to the caller; who answers on which rung, and who wants no
//! texts.

use std::time::Duration;

use jiff::Timestamp;
use maitred::delivery::{StopWord, TextAnswer, acknowledge_by_sms, obey_stop};
use maitred::events::Events;
use serde_json::{Value, json};

use super::till::Till;
use super::twilio_api::{ACCOUNT, TwilioApi};
use super::{NUMBER, server, two_teas_by};
use crate::harness::{NEVER, TestServer};
use crate::scripted_caller::LiveCall;

const CALLER: &str = "+14155550123";
const KITCHEN: &str = "+12125550199";
const CALL_SID: &str = "CA0123456789abcdef0123456789abcdef";
/// When the server's clock began, and the order was placed.
const START: &str = "2026-11-30T17:00:00Z";

async fn started(orders: &str, twilio: &TwilioApi) -> TestServer {
    let variables = twilio.variables();
    let environment: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    server(orders, &environment).await
}

async fn ordered(server: &TestServer) {
    two_teas_by(LiveCall::place_from(&server.webhook, NUMBER, CALLER)).await;
}

/// Asks until the order is as wanted; its clock stands still meanwhile.
async fn until(server: &TestServer, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut again = tokio::time::interval(Duration::from_millis(20));
    let mut last = Value::Null;
    let found = tokio::time::timeout(NEVER, async {
        loop {
            again.tick().await;
            last = server.json("/api/orders").await[0].clone();
            if wanted(&last) {
                return last.clone();
            }
        }
    });
    let found = found.await;
    found.unwrap_or_else(|_| panic!("never came: {last:#}"))
}

async fn awaited(server: &TestServer, rung: usize) -> Value {
    until(server, |order| {
        order["deliveries"][rung]["state"] == "awaited"
    })
    .await
}

/// Twilio asks about the call.
async fn asks(url: &str, more: &[(&str, &str)]) -> (u16, String) {
    let mut form = vec![
        ("CallSid", CALL_SID),
        ("AccountSid", ACCOUNT),
        ("From", NUMBER),
        ("To", KITCHEN),
        ("Direction", "outbound-api"),
    ];
    form.extend(more);
    let answer = reqwest::Client::new().post(url).form(&form).send().await;
    let answer = answer.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn after(seconds: i64) -> String {
    let start: Timestamp = START.parse().unwrap();
    let at = start.checked_add(jiff::SignedDuration::from_secs(seconds));
    format!("{:.3}", at.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_till_and_a_silent_text_are_followed_by_a_call_in_which_1_accepts() {
    let (mut till, mut twilio) = (Till::friendly().await, TwilioApi::open(0).await);
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}, ack: {{}}}}\n  \
         - {{sms: {{to: \"{KITCHEN}\"}}, ack: {{within: 2m}}}}\n  \
         - {{call: {{to: \"{KITCHEN}\"}}}}\n  \
         - {{printer: {{address: \"127.0.0.1:9\"}}}}\n\
         notify_caller: [accepted, refused, ready]",
        till.url()
    );
    let server = started(&orders, &twilio).await;
    ordered(&server).await;
    till.came(1).await;
    awaited(&server, 0).await;
    server.clock().advance(Duration::from_secs(179));
    tokio::task::yield_now().await;
    twilio.nothing_more();
    server.clock().advance(Duration::from_secs(1));
    let text = twilio.next().await;
    assert!(text["Body"].contains("Reply OK 1 to accept."), "{text:?}");
    awaited(&server, 1).await;
    server.clock().advance(Duration::from_secs(120));
    let call = twilio.next_call().await;
    assert_eq!(
        (call["To"].as_str(), call["From"].as_str()),
        (KITCHEN, NUMBER)
    );
    let order = awaited(&server, 2).await;
    let sent: Vec<&Value> = (0..3)
        .map(|at| &order["deliveries"][at]["sent_at"])
        .collect();
    assert_eq!(
        sent,
        [&json!(after(0)), &json!(after(180)), &json!(after(300))]
    );

    // Somebody answers and listens; the order is read as it is.
    let (url, over) = (&call["Url"], &call["StatusCallback"]);
    let (status, said) = asks(url, &[("CallStatus", "in-progress")]).await;
    assert_eq!(status, 200);
    assert!(
        said.contains("<Gather input=\"dtmf\" numDigits=\"1\""),
        "{said}"
    );
    assert!(
        said.contains("Order one for The Bistro. two Tea. Total five dollars."),
        "{said}"
    );
    let (_, said) = asks(url, &[("Digits", "7")]).await;
    assert!(
        said.contains("Press one to accept") || said.contains("Press 1 to accept"),
        "{said}"
    );
    server.clock().advance(Duration::from_secs(20));
    let (_, said) = asks(url, &[("Digits", "1")]).await;
    assert!(said.contains("The order is accepted."), "{said}");
    let order = until(&server, |order| order["state"] == "accepted").await;
    let accepted = order["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&accepted["what"], &accepted["by"], &accepted["at"]),
        (&json!("accepted"), &json!("call"), &json!(after(320)))
    );
    assert_eq!(order["deliveries"][3]["state"], "skipped", "{order:#}");
    let told = twilio.next().await;
    assert_eq!(
        (told["To"].as_str(), told["From"].as_str()),
        (CALLER, NUMBER)
    );
    assert_eq!(told["Body"], "The Bistro: your order 1 is accepted.");

    // The token has been used: neither another key nor the end of the call changes anything.
    for more in [
        [("Digits", "2")],
        [("Digits", "1")],
        [("CallStatus", "in-progress")],
    ] {
        let (_, said) = asks(url, &more).await;
        assert!(said.contains("has been answered already"), "{said}");
    }
    assert_eq!(asks(over, &[("CallStatus", "completed")]).await.0, 204);
    let id = order["id"].as_str().unwrap();
    let ready = server.post(&format!("/api/orders/{id}/ready"), "").await;
    assert_eq!(ready["state"], "accepted");
    let told = twilio.next().await;
    assert_eq!(told["Body"], "The Bistro: your order 1 is ready.");
    let shown = server.json("/api/orders").await.to_string();
    assert!(
        !shown.contains(KITCHEN) && !shown.contains(CALLER),
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_telephone_is_busy_and_nothing_is_left_the_caller_is_asked_to_ring() {
    let mut twilio = TwilioApi::open(1).await;
    let orders = format!("  - {{call: {{to: \"{KITCHEN}\"}}}}");
    let server = started(&orders, &twilio).await;
    ordered(&server).await;
    // Twilio was busy at first; the wait passes by the server's clock.
    until(&server, |order| order["deliveries"][0]["tries"] == 1).await;
    server.clock().advance(Duration::from_secs(1));
    let call = twilio.next_call().await;
    awaited(&server, 0).await;
    let over = &call["StatusCallback"];
    assert_eq!(asks(over, &[("CallStatus", "ringing")]).await.0, 204);
    twilio.nothing_more();
    assert_eq!(asks(over, &[("CallStatus", "busy")]).await.0, 204);
    let told = twilio.next().await;
    assert_eq!(told["To"], CALLER);
    let expected =
        format!("The Bistro: nobody has confirmed your order 1 yet. Please call us at {NUMBER}.");
    assert_eq!(told["Body"], expected);
    let order = until(&server, |order| order["deliveries"][1]["state"] == "sent").await;
    assert_eq!(order["deliveries"][0]["error"], "the line was busy");
    assert_eq!(
        order["history"].as_array().unwrap().last().unwrap()["what"],
        "unanswered"
    );
    // It is not too late: who picks up the link, the API or the next call may still answer.
    assert_eq!(order["state"], "sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_token_that_is_made_up_cut_too_old_or_another_doors_reads_or_answers_an_order() {
    let mut twilio = TwilioApi::open(0).await;
    let orders = format!("  - {{call: {{to: \"{KITCHEN}\"}}}}");
    let server = started(&orders, &twilio).await;
    ordered(&server).await;
    let call = twilio.next_call().await;
    let (door, token) = call["Url"].rsplit_once('/').unwrap();
    let mut tokens: Vec<String> = vec![
        "x".into(),
        "%00".into(),
        "..%2f..%2fapi%2forders".into(),
        "A".repeat(75),
        "A".repeat(4_000),
        token[1..].into(),
        format!("{token}A"),
        token.to_lowercase(),
        token.chars().rev().collect(),
    ];
    for at in (0..token.len()).step_by(7) {
        let mut changed: Vec<char> = token.chars().collect();
        changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
        tokens.push(changed.into_iter().collect());
    }
    for made_up in &tokens {
        let (status, said) = asks(&format!("{door}/{made_up}"), &[("Digits", "1")]).await;
        let refused = said.contains("about no order that we know") || status == 404;
        assert!(refused, "{made_up}: {status} {said}");
    }
    // No link's token opens the call, no call's token the link.
    let as_link = server.url(&format!("/ack/{token}"));
    assert_eq!(reqwest::get(&as_link).await.unwrap().status(), 404);
    server.clock().advance(Duration::from_secs(180 + 300));
    let (_, said) = asks(&call["Url"], &[("Digits", "1")]).await;
    assert!(said.contains("about no order that we know"), "{said}");
    let order = server.json("/api/orders").await[0].clone();
    assert_eq!(order["state"], "sent");
    assert!(tokens.len() >= 18, "{}", tokens.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ok_by_text_accepts_the_order_it_means_and_stop_is_obeyed_for_its_pair_of_numbers() {
    let mut twilio = TwilioApi::open(0).await;
    let orders =
        format!("  - {{sms: {{to: \"{KITCHEN}\"}}, ack: {{}}}}\nnotify_caller: [accepted]");
    let server = started(&orders, &twilio).await;
    let (store, events) = (server.store.clone(), Events::default());
    let now: Timestamp = START.parse().unwrap();
    let answer = async |from: &str, body: &str| {
        let answered = acknowledge_by_sms(&store, &events, (from, NUMBER), body, now);
        answered.await.unwrap()
    };
    ordered(&server).await;
    twilio.next().await;
    awaited(&server, 0).await;
    assert_eq!(
        answer("+12125550111", "OK").await,
        TextAnswer::None,
        "a stranger's"
    );
    assert_eq!(answer(KITCHEN, "what?").await, TextAnswer::None);
    assert_eq!(answer(KITCHEN, "OK 9").await, TextAnswer::None);
    ordered(&server).await;
    twilio.next().await;
    awaited(&server, 0).await;
    let which = answer(KITCHEN, "ok").await;
    assert_eq!(which, TextAnswer::Which(vec![1, 2]));
    let reply = which.reply().unwrap();
    assert_eq!(reply, "2 orders wait. Reply OK 1 or OK 2.");
    assert_eq!(
        answer(KITCHEN, "OK 1").await,
        TextAnswer::Accepted { number: 1 }
    );
    let told = twilio.next().await;
    assert_eq!(told["Body"], "The Bistro: your order 1 is accepted.");

    // The caller wants no more: the next order is accepted without a word to them.
    let said = async |body: &str| {
        obey_stop(&store, (CALLER, NUMBER), body, now)
            .await
            .unwrap()
    };
    assert_eq!(
        said("start").await,
        StopWord::Neither,
        "nothing was stopped"
    );
    assert_eq!(said(" Stop.").await, StopWord::Stopped);
    assert!(
        !store.texts_stopped("+12125550151", CALLER).await.unwrap(),
        "another pair"
    );
    assert_eq!(
        answer(KITCHEN, "1").await,
        TextAnswer::Accepted { number: 2 }
    );
    let silent = until(&server, |order| order["deliveries"][1]["state"] == "failed").await;
    let why = silent["deliveries"][1]["error"].as_str().unwrap();
    assert!(why.contains("STOP"), "{why}");
    twilio.nothing_more();
    assert_eq!(said("START").await, StopWord::Started);
    assert!(!store.texts_stopped(NUMBER, CALLER).await.unwrap());
}
