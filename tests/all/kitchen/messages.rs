//! A message that nobody could take goes where the orders go, is tried again, and a till knows it by its id.

use serde_json::{Value, json};

use super::mail_server::MailServer;
use super::printer::{self, Printer};
use super::till::{Mood, Till};
use super::twilio_api::TwilioApi;
use super::{NUMBER, bistro};
use crate::harness::{NEVER, ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

const CALLER: &str = "+14155550123";
const LEFT: &str = "this is anna two teas were missing yesterday";

fn schema() -> (Value, jsonschema::Validator) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/message.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    (schema, validator)
}

#[test]
fn the_examples_of_the_messages_schema_are_valid_and_slips_are_not() {
    let (schema, validator) = schema();
    let examples = schema["examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    for example in examples {
        assert!(validator.is_valid(example), "{example}");
        for (pointer, slip) in [
            ("/type", json!("order.placed")),
            ("/data/text", json!("")),
            ("/data/from", json!(12)),
        ] {
            let mut changed = example.clone();
            *changed.pointer_mut(pointer).unwrap() = slip;
            assert!(!validator.is_valid(&changed), "{pointer}");
        }
    }
}

/// Lets the server's time pass until there is one of these.
async fn until(server: &TestServer, there: impl Fn() -> bool) {
    let mut again = tokio::time::interval(std::time::Duration::from_millis(20));
    let waited = tokio::time::timeout(NEVER, async {
        while !there() {
            again.tick().await;
            server.clock().advance(std::time::Duration::from_millis(20));
        }
    });
    assert!(waited.await.is_ok(), "it never came");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_reaches_every_way_of_the_orders_and_is_tried_again() {
    let mut tries = 0;
    let till = Till::open(move || {
        tries += 1;
        match tries {
            1 => Mood::Head("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".into()),
            _ => Mood::Take("{\"accepted\": true}".into()),
        }
    })
    .await;
    let mut twilio = TwilioApi::open(0).await;
    let mail = MailServer::open();
    let printer = Printer::open(|| printer::Mood::Print).await;
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}, ack: {{within: 3m}}}}\n  \
         - {{sms: {{to: \"+12125550199\"}}, ack: {{within: 3m}}}}\n  \
         - {{email: {{to: kitchen@bistro.example}}}}\n  \
         - {{printer: {{address: \"{}\", width: 58}}}}\n  \
         - {{call: {{to: \"+12125550199\"}}}}\n\
         messages: true\nhours: {{mon: [\"13:00-22:00\"]}}",
        till.url(),
        printer.address
    );
    let variables = twilio.variables();
    let mail_url = mail.url();
    let mut environment: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    environment.push(("MAITRED_SMTP_URL", &mail_url));
    let server = ServerSetup::new()
        .files(&[("bistro.yaml", bistro(&orders))])
        .flags(&["--dev", "--deliver-allow=127.0.0.1", "--deliver-retry=50ms"])
        .environment(&[super::SECRET])
        .environment(&environment)
        .at("2026-11-30T17:00:00Z")
        .start()
        .await;
    let mut call = LiveCall::place_from(&server.webhook, NUMBER, CALLER);
    call.hears("Please leave a message").await;
    call.say(LEFT);
    call.hears("I've got that. Anything else?").await;
    call.hang_up();
    let sid = call.sid.clone();
    call.over().await;

    until(&server, || !till.taken().is_empty()).await;
    assert_eq!(till.tries(), 2, "the same message, tried again");
    let taken = till.taken();
    let message = taken.values().next().unwrap();
    let (_, validator) = schema();
    assert!(validator.is_valid(message), "{message:#}");
    assert_eq!(message["type"], "message.taken");
    let data = &message["data"];
    assert_eq!(
        (&data["call_sid"], &data["from"], &data["text"]),
        (&json!(sid), &json!(CALLER), &json!(LEFT))
    );
    let text = twilio.next().await;
    assert_eq!(text["To"], "+12125550199");
    assert!(
        text["Body"].starts_with("MESSAGE (bistro)\nMon 30 Nov 2026 12:00\nFrom +14155550123\n\n")
            && text["Body"].contains(LEFT),
        "{text:?}"
    );
    until(&server, || {
        !mail.taken().is_empty() && !printer.tickets().is_empty()
    })
    .await;
    let mails = mail.taken();
    let letter = mails.values().next().unwrap();
    assert!(
        letter.contains("Subject: Message (bistro)") && letter.contains(LEFT),
        "{letter}"
    );
    let ticket = &printer.tickets()[0];
    assert!(ticket.starts_with("MESSAGE (bistro)\n"), "{ticket}");
    assert!(
        ticket.lines().all(|line| line.chars().count() <= 32),
        "{ticket}"
    );
    twilio.nothing_more();
    assert_eq!(server.json("/api/orders").await, json!([]));
    let failed = "maitred_message_deliveries_total{channel=\"webhook\",result=\"retried\"}";
    assert_eq!(server.metric(failed).await, Some(1.0));
}
