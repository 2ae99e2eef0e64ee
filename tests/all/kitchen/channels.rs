//! Every way an order may take, and where it may not go.

use maitred::order::ticket_of_width;
use serde_json::{Value, json};

use super::mail_server::MailServer;
use super::printer::{self, Printer};
use super::till::{Mood, Till};
use super::twilio_api::TwilioApi;
use super::{NUMBER, server, two_teas};

fn schema() -> (Value, jsonschema::Validator) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/order.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    (schema, validator)
}

/// Asks for the orders until one of them is as wanted.
async fn order_until(
    server: &crate::harness::TestServer,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let mut again = tokio::time::interval(std::time::Duration::from_millis(20));
    let mut last = Value::Null;
    let found = tokio::time::timeout(crate::harness::NEVER, async {
        loop {
            again.tick().await;
            // The wait after a failure passes by the server's clock.
            server.clock().advance(std::time::Duration::from_millis(20));
            last = server.json("/api/orders").await;
            if let Some(found) = last.as_array().unwrap().iter().find(|order| wanted(order)) {
                return found.clone();
            }
        }
    });
    let found = found.await;
    found.unwrap_or_else(|_| panic!("never came: {last:#}"))
}

fn all_sent(order: &Value) -> bool {
    let deliveries = order["deliveries"].as_array().unwrap();
    deliveries
        .iter()
        .all(|delivery| delivery["state"] == "sent")
}

#[test]
fn the_examples_of_the_orders_schema_are_valid_and_slips_are_not() {
    let (schema, validator) = schema();
    let examples = schema["examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    for example in examples {
        let errors: Vec<String> = validator
            .iter_errors(example)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(errors, [""; 0]);
        for (pointer, slip) in [
            ("/type", json!("order.made")),
            ("/data/total", json!(9.8)),
            ("/data/lines", json!([])),
            ("/data/lines/0/choices/0/amount", json!("much")),
        ] {
            let mut changed = example.clone();
            let Some(place) = changed.pointer_mut(pointer) else {
                continue; // not every example has it
            };
            *place = slip;
            assert!(!validator.is_valid(&changed), "{pointer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_reaches_every_channel_of_its_restaurant_and_each_knows_it_again() {
    let till = Till::friendly().await;
    let mut twilio = TwilioApi::open(1).await;
    let mail = MailServer::open();
    let printer = Printer::open(|| printer::Mood::Print).await;
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}}}\n  \
         - {{sms: {{to: \"+12125550199\"}}}}\n  \
         - {{email: {{to: kitchen@bistro.example}}}}\n  \
         - {{printer: {{address: \"{}\", width: 58}}}}",
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
    let server = server(&orders, &environment).await;
    let sid = two_teas(&server).await;

    let order = order_until(&server, all_sent).await;
    assert_eq!(
        (&order["state"], &order["call_sid"]),
        (&json!("sent"), &json!(sid))
    );
    assert_eq!(order["history"][0]["what"], "sent");
    let placed = server.order(&sid).await;

    let taken = Vec::from_iter(till.taken());
    let [(id, message)] = &taken[..] else {
        panic!("not one message")
    };
    assert_eq!(order["deliveries"][0]["id"], json!(id));
    let (_, validator) = schema();
    let errors: Vec<String> = validator
        .iter_errors(message)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, [""; 0], "{message:#}");
    assert_eq!(message["data"]["id"], order["id"]);
    assert_eq!(
        (&message["data"]["total"], &message["data"]["state"]),
        (&json!("5.00"), &json!("placed"))
    );

    let text = twilio.next().await;
    assert_eq!(
        (text["To"].as_str(), text["From"].as_str()),
        ("+12125550199", NUMBER)
    );
    assert!(
        text["Body"].starts_with("Order 1 (bistro)\n2 x Tea\n"),
        "{text:?}"
    );
    twilio.nothing_more();

    let mails = Vec::from_iter(mail.taken());
    assert_eq!(mails.len(), 1);
    let id = order["deliveries"][2]["id"].as_str().unwrap();
    assert_eq!(mails[0].0, format!("<{id}@maitred.example>"));
    assert!(
        mails[0].1.contains("Subject: Order 1 (bistro)"),
        "{}",
        mails[0].1
    );

    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    assert_eq!(printer.tickets(), [ticket_of_width(&placed, &zone, 32)]);

    // Sent again, it is the same to all of them.
    let path = format!("/api/orders/{}/redeliver", placed.id);
    let again = server.post(&path, "{}").await;
    assert_eq!(again["history"][1]["what"], "redelivered");
    order_until(&server, all_sent).await;
    assert_eq!(
        (till.taken().len(), till.tries(), mail.taken().len()),
        (1, 2, 1)
    );
    let second = printer.tickets().remove(1);
    assert!(
        second.starts_with("*** MAY BE A COPY ***\nORDER 1"),
        "{second}"
    );
    let received = "maitred_deliveries_total{channel=\"webhook\",result=\"received\"}";
    assert_eq!(server.metric(received).await, Some(2.0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_till_answers_is_on_record_and_gone_is_gone() {
    let ready = "{\"accepted\": true, \"ready_at\": \"2026-11-30T17:20:00Z\"}";
    let no = "{\"accepted\": false, \"reason\": \"out of tea\"}";
    let mut moods = vec![
        Mood::Head("410 Gone".to_owned()),
        Mood::Take(no.to_owned()),
        Mood::Take(ready.to_owned()),
        Mood::Head("503 Busy".to_owned()),
    ];
    let till = Till::open(move || moods.pop().unwrap_or(Mood::Cut)).await;
    let orders = format!(
        "  - {{webhook: {{url: \"{}\", secret_env: BISTRO_SECRET}}, ack: {{within: 5m}}}}",
        till.url()
    );
    let server = server(&orders, &[]).await;
    let ways = ["accepted", "refused", "failed"];
    for state in ways {
        two_teas(&server).await;
        let moved = server.clock().clone();
        let order = order_until(&server, |order| {
            // The wait after a failure passes by the server's clock.
            moved.advance(std::time::Duration::from_millis(100));
            order["state"] == state
        });
        let order = order.await;
        let last = order["history"].as_array().unwrap().last().unwrap();
        assert_eq!(last["what"], state, "{order:#}");
        match state {
            "accepted" => assert_eq!(last["ready_at"], "2026-11-30T17:20:00Z"),
            "refused" => assert_eq!(last["reason"], "out of tea"),
            _ => assert_eq!(order["deliveries"][0]["error"], "it answered 410 Gone"),
        }
    }
    assert_eq!(till.tries(), 4);
    assert_eq!(
        server
            .metric("maitred_order_changes_total{what=\"failed\"}")
            .await,
        Some(1.0)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_goes_to_a_private_address_that_was_not_allowed_nor_in_the_open() {
    let till = Till::friendly().await;
    let port = till.address.port();
    // The name of this machine is not the address that was allowed.
    let orders = format!(
        "  - {{webhook: {{url: \"http://localhost:{port}/orders\", secret_env: BISTRO_SECRET}}}}\n  \
         - {{webhook: {{url: \"https://localhost:{port}/orders\", secret_env: BISTRO_SECRET}}}}\n  \
         - {{webhook: {{url: \"{}\", secret_env: NO_SUCH_SECRET}}}}\n  \
         - {{printer: {{address: \"localhost:{port}\"}}}}",
        till.url()
    );
    let server = server(&orders, &[]).await;
    two_teas(&server).await;
    let clock = server.clock().clone();
    let order = order_until(&server, |order| {
        // The second way to the same host waits until the first has failed three times.
        clock.advance(std::time::Duration::from_secs(1));
        let deliveries = order["deliveries"].as_array().unwrap();
        deliveries
            .iter()
            .all(|delivery| delivery["error"].is_string())
    });
    let order = order.await;
    let errors: Vec<&str> = (0..4)
        .map(|at| order["deliveries"][at]["error"].as_str().unwrap())
        .collect();
    assert!(errors[0].contains("plain http"), "{errors:?}");
    assert!(errors[1].contains("private address"), "{errors:?}");
    assert!(
        errors[2].contains("NO_SUCH_SECRET is not set"),
        "{errors:?}"
    );
    assert!(errors[3].contains("private address"), "{errors:?}");
    assert_eq!(till.tries(), 0);
    let shown = order.to_string();
    assert!(
        !shown.contains("hidden") && !shown.contains("token"),
        "{shown}"
    );
}
