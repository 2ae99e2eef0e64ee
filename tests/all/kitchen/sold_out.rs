//! "86 it": what is sold out beside the file, and how busy the kitchen is, told to callers who are on the line already.

use std::time::Duration;

use maitred::events::{DomainEvent, KitchenNews};
use serde_json::{Value, json};

use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

const NUMBER: &str = "+12125550151";
const FILE: &str = r#"
id: pier
name: The Pier
phone_number: "+12125550151"
timezone: America/New_York
hours: {mon: ["11:00-22:00"], tue: ["11:00-22:00"]}
greeting: "Hello."
pickup: {ready_in_minutes: 20}
limits: {calls: 50}
menu:
  - {id: salmon, name: Salmon plate, aliases: [salmon], category: Plates, price: 14.00}
  - {id: cod, name: Cod plate, aliases: [cod], category: Plates, price: 12.00}
  - {id: tea, name: Tea, category: Drinks, price: 2.50, options: [{name: Milk, min: 0, max: 1, choices: [Oat milk, Cow milk]}]}
"#;

/// Noon on a Monday in New York.
async fn server() -> TestServer {
    ServerSetup::new()
        .files(&[("pier.yaml", FILE)])
        .flags(&["--dev"])
        .at("2026-11-30T17:00:00Z")
        .start()
        .await
}

async fn ask(server: &TestServer, method: &str, path: &str, body: &str) -> (u16, Value) {
    let method: reqwest::Method = method.parse().unwrap();
    let request = reqwest::Client::new().request(method, server.url(path));
    let request = request
        .header("Content-Type", "application/json")
        .body(body.to_owned());
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn sold_out(server: &TestServer, item: &str) -> Value {
    let path = format!("/api/restaurants/pier/sold-out/{item}");
    let (status, told) = ask(server, "PUT", &path, "{}").await;
    assert_eq!(status, 200, "{told}");
    told
}

#[actix_web::test]
async fn what_runs_out_during_a_call_is_said_with_what_is_nearest_and_comes_back() {
    let mut server = server().await;
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    let told = sold_out(&server, "salmon").await;
    assert_eq!(
        told,
        json!({"item": "salmon", "name": "Salmon plate", "sold_out": true, "by": "api",
               "since": "2026-11-30T17:00:00Z", "until": "2026-12-01T03:00:00Z"})
    );
    let news = server.event(|event| match event {
        DomainEvent::KitchenSaid { news, .. } => Some(news.clone()),
        _ => None,
    });
    assert!(matches!(news.await, KitchenNews::SoldOut(_)));
    call.say("a salmon plate please");
    call.hears("Sorry, we're out of Salmon plate today. We have Cod plate.")
        .await;
    let path = "/api/restaurants/pier/sold-out";
    let listed = server.json(path).await;
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    let (status, told) = ask(&server, "DELETE", &format!("{path}/salmon"), "").await;
    assert_eq!((status, &told["sold_out"]), (200, &json!(false)));
    assert_eq!(server.json(path).await, json!([]));
    call.say("a salmon plate please");
    call.hears("One Salmon plate.").await;
    call.say("that's all");
    call.hears("The total is $14.00. Is that right?").await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    call.over().await;
    assert_eq!(server.order(&sid).await.order.lines[0].item, "salmon");
}

#[actix_web::test]
async fn what_runs_out_after_it_was_ordered_is_told_and_never_placed() {
    let server = server().await;
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    call.say("a salmon plate and a tea with oat milk");
    call.hears("Anything else?").await;
    sold_out(&server, "salmon").await;
    call.say("that's all");
    call.hears("Sorry, we've just run out of Salmon plate, so I took it off. We have Cod plate. So that's: One Tea with Oat milk. The total is $2.50. Is that right?")
        .await;
    // A choice, by its name, behind the read-back that the caller is about to agree to.
    sold_out(&server, "oat%20milk").await;
    call.say("yes");
    call.hears("Sorry, we've just run out of Oat milk, so I took it off. So that's: One Tea. The total is $2.50. Is that right?")
        .await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    call.over().await;
    let order = server.order(&sid).await.order;
    let lines: Vec<&str> = order.lines.iter().map(|line| line.item.as_str()).collect();
    assert_eq!(lines, ["tea"]);
    assert!(order.lines[0].choices.is_empty(), "{:?}", order.lines);
}

#[actix_web::test]
async fn it_is_sold_again_after_closing_time() {
    let server = server().await;
    sold_out(&server, "salmon").await;
    let path = "/api/restaurants/pier/sold-out/salmon";
    server.clock().advance(Duration::from_secs(10 * 3_600 - 1));
    assert_eq!(server.json(path).await["sold_out"], json!(true));
    server.clock().advance(Duration::from_secs(1));
    assert_eq!(server.json(path).await["sold_out"], json!(false));
    // And the next day.
    server.clock().advance(Duration::from_secs(14 * 3_600));
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    call.say("a salmon plate please");
    call.hears("One Salmon plate.").await;
}

#[actix_web::test]
async fn a_busy_kitchen_says_how_long_and_a_paused_one_takes_nothing() {
    let server = server().await;
    let path = "/api/restaurants/pier/pace";
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    let (status, _) = ask(&server, "PUT", path, "{\"ready_in_minutes\": 45}").await;
    assert_eq!(status, 200);
    call.say("a tea that's all");
    call.hears("The kitchen is busy: it will take about 45 minutes. Is that right?")
        .await;
    call.say("yes");
    call.hears("Your order is in. It's number 1. It will be ready in about 45 minutes.")
        .await;
    call.over().await;

    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    call.say("a tea that's all");
    call.hears("Is that right?").await;
    let (status, paused) = ask(&server, "PUT", path, "{\"paused\": true}").await;
    assert_eq!((status, &paused["paused"]), (200, &json!(true)));
    call.say("yes");
    call.hears("Sorry, the kitchen isn't taking orders right now. Please call again later. Nothing was ordered. Goodbye.")
        .await;
    let sid = call.sid.clone();
    call.over().await;
    assert!(server.orders(&sid).await.is_empty());

    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello. Sorry, the kitchen isn't taking orders right now.")
        .await;
    call.say("two teas please");
    call.hears("Sorry, the kitchen isn't taking orders right now.")
        .await;
    let (_, usual) = ask(&server, "PUT", path, "{}").await;
    assert_eq!(usual, json!({"ready_in_minutes": null, "paused": false}));
    call.say("two teas please");
    call.hears("Two Teas.").await;
}

#[actix_web::test]
async fn what_is_no_dish_no_time_or_no_restaurant_is_refused() {
    let server = server().await;
    let dish = "/api/restaurants/pier/sold-out/salmon";
    let pace = "/api/restaurants/pier/pace";
    for (method, path, body, status) in [
        ("PUT", "/api/restaurants/pier/sold-out/lobster", "{}", 404),
        ("PUT", "/api/restaurants/quay/sold-out/salmon", "{}", 404),
        ("PUT", "/api/restaurants/..%2f/sold-out/salmon", "{}", 404),
        ("DELETE", "/api/restaurants/pier/sold-out/lobster", "", 404),
        ("PUT", dish, "{\"until\": \"2026-11-30T16:59:59Z\"}", 400),
        ("PUT", dish, "{\"until\": \"2027-11-30T16:59:59Z\"}", 400),
        ("PUT", dish, "{\"until\": 5}", 400),
        ("PUT", dish, "{\"untill\": null}", 400),
        ("PUT", pace, "", 400),
        ("PUT", pace, "[]", 400),
        ("PUT", pace, "{\"ready_in_minutes\": 1441}", 400),
        ("PUT", pace, "{\"ready_in_minutes\": -1}", 400),
        ("PUT", pace, "{\"paused\": \"yes\"}", 400),
        ("PUT", "/api/restaurants/quay/pace", "{}", 404),
    ] {
        let (got, told) = ask(&server, method, path, body).await;
        assert_eq!(got, status, "{method} {path} {body}: {told}");
        assert!(told["error"].is_string(), "{told}");
    }
    assert_eq!(
        server.json("/api/restaurants/pier/sold-out").await,
        json!([])
    );
}
