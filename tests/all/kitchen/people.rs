//! A person's data: forgotten by the command, and the doors that show it.

use std::process::Output;
use std::time::Duration;

use serde_json::json;

use super::{NUMBER, server, two_teas_by};
use crate::harness::{NEVER, TestServer};
use crate::scripted_caller::LiveCall;

const CALLER: &str = "+14155550123";

async fn forget(server: &TestServer, more: &[&str]) -> (i32, String, String) {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_maitred"));
    command
        .args(["forget", "--database-url", &server.database()])
        .args(more)
        .env_clear();
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_is_forgotten_while_the_server_runs_and_a_dry_run_only_says_so() {
    let server = server("  - {printer: {address: \"127.0.0.1:9\"}}", &[]).await;
    let sid = two_teas_by(LiveCall::place_from(&server.webhook, NUMBER, CALLER)).await;
    let path = format!("/api/calls/{sid}");
    // The order is on its way to a printer that is not there: it is left alone until somebody answers it.
    let ended = async {
        let mut again = tokio::time::interval(Duration::from_millis(20));
        while server.json(&path).await["ended_at"].is_null() {
            again.tick().await;
        }
    };
    tokio::time::timeout(NEVER, ended).await.unwrap();
    let (code, said, told) = forget(&server, &[CALLER]).await;
    assert_eq!(code, 1, "{said}{told}");
    assert!(told.contains("1 more calls are on the line"), "{told}");
    let order = server.json("/api/orders").await[0].clone();
    let id: uuid::Uuid = order["id"].as_str().unwrap().parse().unwrap();
    let over = |dispatch: &mut maitred::order::Dispatch| {
        dispatch.deliveries[0].state = maitred::order::DeliveryState::Failed;
    };
    server.store.dispatch(id, over).await.unwrap().unwrap();

    let before = server.json(&path).await;
    assert_eq!(before["from"], "****0123");
    let (code, said, _) = forget(&server, &[CALLER, "--dry-run"]).await;
    assert_eq!((code, server.json(&path).await), (0, before));
    let expected =
        "1 calls and what was said in them would be forgotten; 1 orders without name and notes\n";
    assert_eq!(said, expected);
    let (code, said, _) = forget(&server, &[CALLER]).await;
    assert_eq!(code, 0, "{said}");
    let after = server.json(&path).await;
    assert_eq!(
        (&after["from"], &after["transcript"]),
        (&json!(""), &json!([]))
    );
    let orders = server.json("/api/orders").await;
    assert_eq!(orders[0]["total"], "5.00", "what was sold stays");
    let (code, said, _) = forget(&server, &["+14155550199"]).await;
    assert!(code == 0 && said.starts_with("0 calls"), "{said}");
    assert_eq!(forget(&server, &["911"]).await.0, 2);
}
