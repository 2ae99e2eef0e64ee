//! A caller's number, planted and looked for in everything that the program shows: it is whole in the order and on the ticket alone.

use serde_json::json;

use super::twilio_api::{ACCOUNT, TwilioApi};
use super::{NUMBER, SECRET, bistro, two_teas_by};
use crate::harness::{NEVER, SCRIPTED, ServerProcess};
use crate::scripted_caller::LiveCall;

const CALLER: &str = "+14155550123";
const CHEF: &str = "+12125550188";
/// What no sink may show: the digits that tell a caller from others.
const PLANTED: [&str; 2] = ["415555", "212555018"];

fn is_masked(sink: &str, shown: &str) {
    let plain: String = shown.split([' ', '-', '(', ')']).collect();
    for planted in PLANTED {
        let at = plain.find(planted);
        let around = at.map(|at| &plain[plain.floor_char_boundary(at.saturating_sub(200))..]);
        assert_eq!(around, None, "{sink} shows a number");
    }
}

/// Everything that `/api/events` sends from now on, until the stream is cut.
async fn events(server: &ServerProcess) -> reqwest::Response {
    let url = format!("http://{}/api/events", server.address);
    reqwest::Client::new().get(url).send().await.unwrap()
}

async fn text(server: &ServerProcess, from: &str, body: &str) -> String {
    let url = format!("http://{}/sms", server.address);
    let form = [
        ("MessageSid", "SM00000000000000000000000000000007"),
        ("AccountSid", ACCOUNT),
        ("From", from),
        ("To", NUMBER),
        ("Body", body),
    ];
    let answer = reqwest::Client::new().post(url).form(&form).send().await;
    answer.unwrap().text().await.unwrap()
}

fn command(folder: &std::path::Path, args: &[&str]) -> String {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_maitred"))
        .args(args)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    // An order on its way is not forgotten, which is told by 1.
    assert!(matches!(done.status.code(), Some(0 | 1)), "{args:?}");
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_planted_number_is_masked_in_every_sink() {
    // Twilio is too busy for ever, and names the number it is too busy for.
    let twilio = TwilioApi::open(usize::MAX).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("restaurants.d")).unwrap();
    let file = bistro("  - {printer: {address: \"127.0.0.1:9\"}}\nnotify_caller: [accepted]")
        + &format!("kitchen: {{phones: [\"{CHEF}\"]}}\n");
    std::fs::write(folder.path().join("restaurants.d/bistro.yaml"), file).unwrap();
    let variables = twilio.variables();
    let mut environment: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    environment.push(SECRET);
    let flags = [
        "--dev",
        "--watch=off",
        "--deliver-allow=127.0.0.1",
        "--log=debug",
    ];
    let flags = [&flags[..], &SCRIPTED[..]].concat();
    let server = ServerProcess::start_with(folder.path(), &flags, &environment);
    let mut stream = events(&server).await;

    let call = LiveCall::place_from(&server.webhook(), NUMBER, CALLER);
    let sid = two_teas_by(call).await;
    let obeyed = text(&server, CHEF, "86 cake").await;
    assert!(obeyed.contains("Sold out until"), "{obeyed}");
    text(&server, CHEF, "busy 45").await;
    text(&server, "+14155550177", "86 tea").await;
    let order = server.json("/api/orders").await[0]["id"].clone();
    let order = order.as_str().unwrap();
    server.post(&format!("/api/orders/{order}/accept")).await;
    server
        .look_until("/api/orders", |_, shown| shown.contains("429"))
        .await;
    let talk = LiveCall::place_from(&server.webhook(), NUMBER, CALLER);
    let live = talk.sid.clone();
    server
        .look_until("/api/calls", |_, shown| shown.contains(&live))
        .await;
    for path in [
        "/api/calls",
        &format!("/api/calls/{sid}"),
        &format!("/api/calls/{live}"),
        "/api/restaurants/bistro/sold-out",
        "/api/restaurants/bistro/pace",
        "/api/table",
        "/metrics",
    ] {
        let (status, shown) = server.look(path).await;
        assert_eq!(status, 200, "{path}");
        is_masked(path, &shown);
    }
    let shown = server.json(&format!("/api/calls/{sid}")).await;
    assert_eq!(shown["from"], "****0123");
    let orders = server.json("/api/orders").await;
    let deliveries = orders[0]["deliveries"].as_array().unwrap();
    let told = deliveries.iter().find(|way| way["channel"] == "caller");
    let error = told.unwrap()["error"].as_str().unwrap();
    assert!(error.contains("****0123"), "{error}");
    is_masked("deliveries", &json!(deliveries).to_string());
    talk.hang_up();
    talk.over().await;

    // The stream has told of the whole call by the time it tells of the second one's end.
    let mut told = String::new();
    let reading = async {
        while !told.contains(&format!("\"sid\":\"{live}\"")) || !told.contains("hung_up") {
            let more = stream.chunk().await.unwrap().expect("the stream is over");
            told.push_str(&String::from_utf8_lossy(&more));
        }
    };
    let read = tokio::time::timeout(NEVER, reading).await;
    assert!(read.is_ok(), "the end was not told");
    let of_orders = |event: &&str| event.contains("event: order");
    for event in told.split("\n\n").filter(|event| !of_orders(event)) {
        is_masked("/api/events", event);
    }
    assert!(told.contains("****0188"), "who said it is told: {told}");
    drop(stream);

    let (ended, log) = server.stop().await;
    assert!(ended.success());
    for code in [
        "TEXT_RECEIVED",
        "KITCHEN_SAID",
        "DELIVERY_RETRIED",
        "CALL_ENDED",
    ] {
        assert!(log.contains(code), "{code} is not logged");
    }
    is_masked("the log", &log);
    is_masked("orders list", &command(folder.path(), &["orders", "list"]));
    is_masked(
        "orders show",
        &command(folder.path(), &["orders", "show", "1"]),
    );
    let forgotten = command(folder.path(), &["forget", CALLER, "--dry-run"]);
    is_masked("forget", &forgotten);
    assert!(
        forgotten.contains("1 calls and what was said"),
        "{forgotten}"
    );
}
