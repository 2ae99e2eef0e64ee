//! Calls that end while nothing can be written are on record as soon as something can.

use super::*;

/// Does the API tell of a call that has ended?
pub fn is_over(status: u16, text: &str) -> bool {
    let call: Value = serde_json::from_str(text).unwrap_or_default();
    status == 200 && call["ending"].is_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_of_calls_that_ended_on_a_full_disk_are_written_when_there_is_room() {
    if !namespace::entered(
        "full_disk::records::records_of_calls_that_ended_on_a_full_disk_are_written_when_there_is_room",
    ) {
        return;
    }
    let folder = folder();
    let disk = Disk::mount(&folder.path().join("data"));
    let database = Database::in_folder(folder.path());
    let server = ServerProcess::start(folder.path());
    let second = read_back(&server, BISTRO).await;
    database.truncate_log().await;
    disk.fill();
    let mut ended = vec![is_told(second, true).await];
    for _ in 0..3 {
        let call = LiveCall::place(&server.webhook(), SHUT);
        ended.push(call.over().await.call_sid);
    }
    // Each was tried and refused; one that is not tried yet would be written like any other.
    while records_refused(&server).await < 3 {
        tokio::task::yield_now().await;
    }
    disk.free();
    for sid in &ended {
        server
            .look_until(&format!("/api/calls/{sid}"), is_over)
            .await;
    }
    let told = server.json(&format!("/api/calls/{}", ended[0])).await;
    assert_eq!(told["ending"], "handoff", "{told}");
    assert!(
        told["transcript"].to_string().contains("could not save"),
        "{told}"
    );
    let all_late = |_, text: &str| text.contains("\nmaitred_records_late_total 4\n");
    server.look_until("/metrics", all_late).await;
    assert!(server.log().contains("RECORDS_WRITTEN_LATE"));
    assert!(
        server
            .metrics("maitred_records_lost_total")
            .await
            .is_empty()
    );
    database.check_integrity().await;
}
