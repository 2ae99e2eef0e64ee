//! A language model on a real call: a served file with `brain: llm`, a caller on a media socket, the stand-in behind it.

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::order::PlacedOrder;
use maitred::settings::{ServeFlags, Settings};
use maitred::store::OrderFilter;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::stand_in::{Heard, KEY, Mind, Play, StandIn, calls, delta, last, words};
use crate::scripted_caller::LiveCall;

/// However slow the machine: only a model that stalls takes this long.
const PATIENT: &str = "30s";
const NUMBER: &str = "+15550100042";
const FILE: &str = "id: bella\nname: Bella\nphone_number: \"+15550100042\"\nbrain: llm\nmenu:\n\
  \x20 - {id: tea, name: Green Tea, price: 2.50}\n  - {id: cake, name: Carrot Cake, price: 4.00}\n";

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A server whose restaurant uses the model.
struct House {
    webhook: String,
    store: maitred::store::Store,
    model: StandIn,
    _folder: tempfile::TempDir,
    _stop: oneshot::Sender<()>,
}

impl House {
    async fn open(patience: &str, mind: Mind) -> Self {
        let model = StandIn::start(mind);
        let folder = tempfile::tempdir().unwrap();
        let restaurants = folder.path().join("restaurants.d");
        std::fs::create_dir(&restaurants).unwrap();
        std::fs::write(restaurants.join("bella.yaml"), FILE).unwrap();
        let line = Arguments::parse_from([
            "serve",
            "--dev",
            "--strict",
            "--listen=127.0.0.1:0",
            "--watch=off",
            "--stt=scripted",
            "--tts=scripted",
            "--llm-patience",
            patience,
            "--restaurants",
            &restaurants.display().to_string(),
            "--data",
            &folder.path().join("data").display().to_string(),
        ]);
        let base_url = model.base_url();
        let settings = Settings::resolve(line.flags, |name| match name {
            "OPENAI_MODEL" => Some("stand-in".to_owned()),
            "OPENAI_BASE_URL" => Some(base_url.clone()),
            "OPENAI_API_KEY" => Some(KEY.to_owned()),
            _ => None,
        })
        .unwrap();
        let options = Options {
            workers: 1,
            ..Options::default()
        };
        let app = App::build(settings, options).await.unwrap();
        let webhook = format!("http://{}/voice", app.address());
        let store = app.store().clone();
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::spawn(app.run(stopped, std::future::ready(())));
        Self {
            webhook,
            store,
            model,
            _folder: folder,
            _stop: stop,
        }
    }

    async fn record(&self, sid: &str) -> Value {
        let url = self.webhook.replace("/voice", &format!("/api/calls/{sid}"));
        reqwest::get(url).await.unwrap().json().await.unwrap()
    }

    async fn order(&self, sid: &str) -> PlacedOrder {
        let filter = OrderFilter {
            call_sid: Some(sid.to_owned()),
            ..OrderFilter::default()
        };
        let mut orders = self.store.orders(&filter).await.unwrap();
        assert_eq!(orders.len(), 1, "{orders:#?}");
        orders.remove(0)
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
    let house = House::open(PATIENT, Box::new(bellas)).await;
    let mut call = LiveCall::place(&house.webhook, NUMBER);
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
    assert_eq!(lines(&house.order(&sid).await), [("tea", 2)]);
    let record = house.record(&sid).await;
    assert_eq!(record["engine"]["brain"], "llm");
    assert_eq!(record["ending"], "confirmed");
    assert_eq!(record.get("take_over"), None);
    assert_eq!(house.model.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_dies_in_mid_sentence_costs_no_order_and_the_record_says_when() {
    let mut dead = false;
    let house = House::open(
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
    let mut call = LiveCall::place(&house.webhook, NUMBER);
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
    assert_eq!(lines(&house.order(&sid).await), [("tea", 2), ("cake", 1)]);
    let record = house.record(&sid).await;
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
    let house = House::open("1s", Box::new(|_| vec![Play::Stall])).await;
    let mut call = LiveCall::place(&house.webhook, NUMBER);
    call.hears("What would you like to order?").await;
    call.say("a green tea please");
    call.hears("One Green Tea.").await;
    call.say("that's all");
    call.hears("Is that right?").await;
    call.say("yes");
    call.hears("Goodbye.").await;
    let report = call.over().await;
    let record = house.record(&report.call_sid).await;
    assert_eq!(record["take_over"]["reason"], "no token for 1000 ms");
    assert_eq!(lines(&house.order(&report.call_sid).await), [("tea", 1)]);
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
