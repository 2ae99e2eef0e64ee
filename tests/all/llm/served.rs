//! A language model on a real call: a served file with `brain: llm`, a caller on a media socket, the stand-in behind it.

use maitred::order::PlacedOrder;
use serde_json::{Value, json};

use super::stand_in::{Heard, KEY, Mind, Play, StandIn, calls, delta, last, words};
use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

/// However slow the machine: only a model that stalls takes this long.
const PATIENT: &str = "30s";
const NUMBER: &str = "+15550100042";
const FILE: &str = "id: bella\nname: Bella\nphone_number: \"+15550100042\"\nbrain: llm\nmenu:\n\
  \x20 - {id: tea, name: Green Tea, price: 2.50}\n  - {id: cake, name: Carrot Cake, price: 4.00}\n";

/// A server whose restaurant uses the model.
struct ModelServer {
    server: TestServer,
    model: StandIn,
}

impl ModelServer {
    async fn open(patience: &str, mind: Mind) -> Self {
        let model = StandIn::start(mind);
        let setup = ServerSetup::new()
            .files(&[("bella.yaml", FILE)])
            .flags(&["--dev", "--strict", "--llm-patience", patience])
            .environment(&[
                ("OPENAI_MODEL", "stand-in"),
                ("OPENAI_BASE_URL", &model.base_url()),
                ("OPENAI_API_KEY", KEY),
            ]);
        let server = setup.start().await;
        Self { server, model }
    }

    fn call(&self) -> LiveCall {
        LiveCall::place(&self.server.webhook, NUMBER)
    }

    /// As the API tells it.
    async fn record(&self, sid: &str) -> Value {
        self.server.json(&format!("/api/calls/{sid}")).await
    }

    async fn order(&self, sid: &str) -> PlacedOrder {
        self.server.order(sid).await
    }
}

fn bellas(request: &Value) -> Vec<Play> {
    match last(request) {
        Heard::Caller(said) if said.contains("tea") => {
            calls(&[("add_item", json!({"item_id": "tea", "quantity": 2}))])
        }
        Heard::Caller(said) if said.contains("cake") => {
            calls(&[("add_item", json!({"item_id": "cake"}))])
        }
        Heard::Caller(said) if said.contains("yes") => calls(&[("place_order", json!({}))]),
        Heard::Caller(_) => calls(&[("read_back", json!({}))]),
        Heard::Tool(_) => words("Lovely. Anything else for you?"),
    }
}

fn lines(order: &PlacedOrder) -> Vec<(&str, u32)> {
    let lines = order.order.lines.iter();
    lines
        .map(|line| (line.item.as_str(), line.quantity))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_taken_by_the_hired_model_and_its_order_stored() {
    let served = ModelServer::open(PATIENT, Box::new(bellas)).await;
    let mut call = served.call();
    call.hears("What would you like to order?").await;
    call.say("two green teas please");
    call.hears("Two Green Teas.").await;
    call.hears("Anything else for you?").await;
    call.say("no thank you");
    call.hears("Is that right?").await;
    call.say("yes please");
    call.hears("Goodbye.").await;
    let report = call.over().await;
    let sid = report.call_sid.clone();
    assert_eq!(lines(&served.order(&sid).await), [("tea", 2)]);
    let record = served.record(&sid).await;
    assert_eq!(record["engine"]["brain"], "llm");
    assert_eq!(record["ending"], "confirmed");
    assert_eq!(record.get("take_over"), None);
    assert_eq!(served.model.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_dies_in_mid_sentence_costs_no_order_and_the_record_says_when() {
    let mut dead = false;
    let served = ModelServer::open(
        PATIENT,
        Box::new(move |request| match last(request) {
            Heard::Caller(said) if said.contains("cake") => {
                dead = true;
                let begun = "Oh, a very good choice. Let me put one carrot ca";
                vec![delta(json!({"content": begun}), None), Play::Drop]
            }
            _ => {
                assert!(!dead, "a model that died is not asked again");
                bellas(request)
            }
        }),
    )
    .await;
    let mut call = served.call();
    call.hears("What would you like to order?").await;
    call.say("two green teas please");
    call.hears("Anything else for you?").await;
    call.say("and a carrot cake please");
    // The sentence that was whole is heard, then the built-in waiter.
    call.hears("Oh, a very good choice.").await;
    call.hears("One Carrot Cake.").await;
    call.hears("Anything else?").await;
    call.say("no thank you");
    call.hears("Is that right?").await;
    call.say("yes please");
    call.hears("Goodbye.").await;
    let report = call.over().await;
    let sid = report.call_sid.clone();
    assert_eq!(lines(&served.order(&sid).await), [("tea", 2), ("cake", 1)]);
    let record = served.record(&sid).await;
    assert_eq!(record["engine"]["brain"], "llm");
    assert_eq!(
        record["take_over"]["reason"],
        "the connection ended in the middle of the answer"
    );
    // After the caller asked for cake, and before the built-in waiter's answer to that.
    let at = |text: &str| {
        let lines = record["transcript"].as_array().unwrap().iter();
        let mut found =
            lines.filter(|line| line["text"].as_str().unwrap().to_lowercase().contains(text));
        found.next().unwrap()["at_ms"].as_u64().unwrap()
    };
    let taken = record["take_over"]["at_ms"].as_u64().unwrap();
    assert!(
        at("a carrot cake please") < taken && taken < at("one carrot cake."),
        "{record:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_stalls_is_relieved_in_the_same_turn() {
    let served = ModelServer::open("1s", Box::new(|_| vec![Play::Stall])).await;
    let mut call = served.call();
    call.hears("What would you like to order?").await;
    call.say("a green tea please");
    call.hears("One Green Tea.").await;
    call.say("that's all");
    call.hears("Is that right?").await;
    call.say("yes");
    call.hears("Goodbye.").await;
    let report = call.over().await;
    let record = served.record(&report.call_sid).await;
    assert_eq!(record["take_over"]["reason"], "no token for 1000 ms");
    assert_eq!(lines(&served.order(&report.call_sid).await), [("tea", 1)]);
}

#[test]
fn a_file_that_hires_is_refused_where_there_is_no_model() {
    use maitred::config::{Capabilities, read};
    let reading = read(FILE.as_bytes(), &Capabilities::embedded());
    assert!(reading.restaurant.is_none());
    let problem = reading
        .problems
        .iter()
        .find(|p| p.pointer == "/brain")
        .unwrap();
    assert!(problem.help.as_ref().unwrap().contains("OPENAI_MODEL"));
    let here = Capabilities {
        llm: true,
        ..Capabilities::embedded()
    };
    assert!(read(FILE.as_bytes(), &here).restaurant.is_some());
}
