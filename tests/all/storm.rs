//! A call in a crowd: hundreds of connections that never finish a request, thousands of posts that nobody signed, and one
//! caller who must not notice. `cargo bench --bench storm` does it with 1,700 and 20,000 a second and measures.

mod crowd;
mod front;

use crate::harness::{ADMIN, SCRIPTED, ServerProcess, TOKEN};
use crate::scripted_caller::{LiveCall, heard};

use crowd::{Posters, slow_connections};
use front::Front;

const NUMBER: &str = "+12125550180";
const BISTRO: &str = r#"
id: bistro
name: The Bistro
phone_number: "+12125550180"
greeting: "Hello."
menu: [{id: tea, name: Tea, price: 2.50}]
"#;
/// Connections that are left in the middle of a request.
const SLOW: usize = 300;
/// Posts that are refused before the caller confirms.
const POSTS: u64 = 2_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_ends_right_while_strangers_hold_connections_and_post_what_nobody_signed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("restaurants.d")).unwrap();
    std::fs::write(folder.path().join("restaurants.d/bistro.yaml"), BISTRO).unwrap();
    let flags = ["--watch=off", "--trusted-proxies=127.0.0.1"];
    let flags = [&SCRIPTED[..], &flags].concat();
    let environment = [("TWILIO_AUTH_TOKEN", TOKEN), ("MAITRED_ADMIN_TOKEN", ADMIN)];
    let server = ServerProcess::start_in(folder, &flags, &environment);
    let front = Front::start(server.address).await;

    let slow = slow_connections(server.address, SLOW).await;
    let posters = Posters::start(server.address, 4, 5_000, 10 * POSTS);
    let mut call = LiveCall::place_signed(&front.webhook(), NUMBER, TOKEN);
    call.hears("Hello.").await;
    call.say("two teas");
    call.hears("Two Teas. Anything else?").await;
    call.say("that's all");
    call.hears("The total is $5.00. Is that right?").await;
    while posters.refused() < POSTS {
        tokio::task::yield_now().await;
    }
    call.say("yes");
    call.hears("Your order is in.").await;
    let report = call.over().await;
    assert_eq!(report.closes.len(), 1, "{}", heard(&report));
    let orders = server.json("/api/orders").await;
    assert_eq!(orders.as_array().unwrap().len(), 1, "{orders}");
    assert_eq!(orders[0]["total"], "5.00", "{orders}");
    let posted = posters.stop().await;
    drop(slow);

    let (ended, log) = server.stop().await;
    assert!(ended.success(), "{ended}");
    println!(
        "{} posts refused in {:.1?}; a log of {} bytes",
        posted.refused,
        posted.lasted,
        log.len()
    );
}
