//! A disk that fails at a write, and a file system that turns read-only while the database is open on it.

use super::*;
use crate::harness::{DiskFaults, EIO, EROFS};

/// Twice: an order, a change of the folder and the record of a call meet the fault; then all goes on.
async fn is_survived(error: i32) {
    let folder = folder();
    let database = Database::in_folder(folder.path());
    let faults = DiskFaults::new(folder.path(), "maitred.db");
    let server = faults.start(folder.path(), &["--watch=off"]);
    let menu = folder.path().join("restaurants.d/shut.yaml");
    let text = std::fs::read_to_string(&menu).unwrap();
    for round in 0..2 {
        let number = if round % 2 == 0 { BISTRO } else { ALONE };
        let refused = read_back(&server, number).await;
        faults.begin(error);
        std::fs::write(&menu, text.replace("2.50", &format!("{}.00", round + 3))).unwrap();
        let answer = reload(&server).await;
        assert!(answer["store_refused"].is_string(), "{answer}");
        let refused = is_told(refused, number == BISTRO).await;
        let lost = |status, text: &str| status == 503 && text.contains("not safe");
        server.look_until("/readyz", lost).await;

        faults.end();
        is_taken(read_back(&server, number).await).await;
        server
            .look_until("/readyz", |status, _| status == 200)
            .await;
        let answer = reload(&server).await;
        assert!(answer["store_refused"].is_null(), "{answer}");
        let path = format!("/api/calls/{refused}");
        server.look_until(&path, records::is_over).await;
    }
    let orders = server.json("/api/orders?limit=1000").await;
    assert_eq!(orders.as_array().unwrap().len(), 2, "{orders}");
    let log = server.log();
    assert!(
        log.contains("STORE_LOST") && log.contains("STORE_BACK"),
        "{log}"
    );
    database.check_integrity().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fails_at_a_write_refuses_orders_until_it_writes_again() {
    is_survived(EIO).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_system_that_turns_read_only_refuses_orders_until_it_is_writable_again() {
    is_survived(EROFS).await;
}
