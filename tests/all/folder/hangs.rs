//! A folder on a disk that does not answer, as an operator meets it after a start.

use crate::harness::{DiskFaults, HANGS};
use crate::scripted_caller::LiveCall;

const BISTRO: &str = "+12125550150";

fn restaurant(greeting: &str) -> String {
    format!(
        "id: bistro\nname: The bistro\nphone_number: \"{BISTRO}\"\ngreeting: \"{greeting}\"\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    )
}

async fn is_answered(webhook: &str, with: &str) {
    let mut call = LiveCall::place(webhook, BISTRO);
    call.hears(with).await;
    call.say("a tea that's all");
    call.hears("Is that right?").await;
    call.say("yes");
    call.hears("Your order is in.").await;
    call.over().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_a_start_on_a_folder_that_never_answers_takes_calls_with_what_was_served_last() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("restaurants.d/bistro.yaml");
    std::fs::create_dir(file.parent().unwrap()).unwrap();
    std::fs::write(&file, restaurant("Hello.")).unwrap();
    let disk = DiskFaults::new(folder.path(), "restaurants.d");
    let before = disk.start(folder.path(), &["--watch=auto"]);
    assert_eq!(before.look("/readyz").await, (200, "ready\n".to_owned()));
    before.stop().await;

    std::fs::write(&file, restaurant("Welcome.")).unwrap();
    disk.begin(HANGS);
    let server = disk.start(folder.path(), &["--watch=auto"]);
    let (status, ready) = server.look("/readyz").await;
    assert_eq!(status, 200, "{ready}");
    assert!(
        ready.contains("the folder of restaurants is lost"),
        "{ready}"
    );
    assert!(server.log().contains("E_SOURCE_LOST"), "{}", server.log());
    is_answered(&server.webhook(), "Hello.").await;

    disk.end();
    let is_back = |status, text: &str| status == 200 && text == "ready\n";
    server.look_until("/readyz", is_back).await;
    is_answered(&server.webhook(), "Welcome.").await;
    let (ended, log) = server.stop().await;
    assert!(
        ended.success() && log.contains("CONFIG_SOURCE_BACK"),
        "{log}"
    );
}
