//! An order's way to its restaurant, with stand-ins for everybody on it: a till (webhook), Twilio, a mail server, a printer.

mod answers;
mod channels;
mod documented;
mod handed_off;
mod hostile;
mod keyed;
mod ladder;
pub mod mail_server;
mod masked;
mod messages;
mod paced;
mod people;
pub mod printer;
mod run_out;
mod sold_out;
mod starttls;
mod starved;
pub mod till;
mod twilio_api;

use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

pub const NUMBER: &str = "+12125550150";
/// The variable of the file and its value.
pub const SECRET: (&str, &str) = ("BISTRO_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

/// A restaurant whose orders go these ways.
pub fn bistro(orders: &str) -> String {
    format!(
        r#"
id: bistro
name: The Bistro
phone_number: "{NUMBER}"
timezone: America/New_York
greeting: "Hello."
limits: {{calls: 50}}
orders:
{orders}
menu:
  - {{id: tea, name: Tea, price: 2.50}}
  - {{id: cake, name: Jalapeño cake, aliases: [cake], price: 4.00}}
  - {{id: latte, name: Latte, price: 3.10, options: [{{name: Size, choices: [Small, {{name: Large, price: 0.90}}]}}]}}
"#
    )
}

/// A server on this machine whose restaurant's orders go these ways, at noon in New York.
pub async fn server(orders: &str, environment: &[(&str, &str)]) -> TestServer {
    ServerSetup::new()
        .files(&[("bistro.yaml", bistro(orders))])
        .flags(&["--dev", "--deliver-allow=127.0.0.1", "--deliver-retry=50ms"])
        .environment(&[SECRET])
        .environment(environment)
        .at("2026-11-30T17:00:00Z")
        .start()
        .await
}

/// Two teas are ordered and confirmed; the call's id.
pub async fn two_teas(server: &TestServer) -> String {
    two_teas_by(LiveCall::place(&server.webhook, NUMBER)).await
}

/// The same on any server's webhook.
pub async fn two_teas_at(webhook: &str) -> String {
    two_teas_by(LiveCall::place(webhook, NUMBER)).await
}

/// The same in a call that was placed already.
pub async fn two_teas_by(mut call: LiveCall) -> String {
    call.hears("Hello.").await;
    call.say("two teas that's all");
    call.hears("So that's: Two Teas. The total is $5.00. Is that right?")
        .await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    call.over().await;
    sid
}

#[actix_web::test]
async fn a_stored_order_costs_the_same_after_its_file_changed_every_price() {
    let cheap = bistro("").replace("orders:\n\n", "");
    let dear = cheap
        .replace("price: 2.50", "price: 9.99")
        .replace("name: Tea", "name: Fine tea, aliases: [tea]");
    let server = ServerSetup::new()
        .files(&[("bistro.yaml", &cheap)])
        .flags(&["--dev"])
        .at("2026-11-30T17:00:00Z")
        .start()
        .await;
    let sid = two_teas(&server).await;
    let before = server.json("/api/orders").await;
    let file = server.folder().join("bistro.yaml");
    std::fs::write(file, &dear).unwrap();
    let report = server.post("/api/config/reload", "{}").await;
    assert!(report["error"].is_null(), "{report}");
    let mut call = LiveCall::place(&server.webhook, NUMBER);
    call.hears("Hello.").await;
    call.say("two teas that's all");
    call.hears("The total is $19.98. Is that right?").await;
    assert_eq!(server.json("/api/orders").await, before);
    let placed = server.order(&sid).await;
    let lines: Vec<String> = placed
        .order
        .lines
        .iter()
        .map(|line| line.name.clone())
        .collect();
    assert_eq!(
        (lines, placed.order.total.minor()),
        (vec!["Tea".to_owned()], 500)
    );
}
