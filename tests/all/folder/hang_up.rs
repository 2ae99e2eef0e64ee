//! SIGHUP, and what a second start owes to the first.

use maitred::store::{Store, default_url};

use crate::harness::ServerProcess;
use crate::harness::menu;

fn folder_with(files: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    for n in 0..files {
        let text = menu(&format!("r{n}"), n, "1.00");
        std::fs::write(restaurants.join(format!("r{n}.yaml")), text).unwrap();
    }
    folder
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sighup_scans_now_and_the_audit_says_so() {
    let folder = folder_with(1);
    let server = ServerProcess::start(folder.path());
    let before = server.json("/api/table").await["generation"].as_u64();
    let file = folder.path().join("restaurants.d/r0.yaml");
    std::fs::write(file, menu("r0", 0, "2.00")).unwrap();
    server.hang_up();
    server
        .table_until(|table| table["generation"].as_u64() > before)
        .await;
    let url = default_url(&folder.path().join("data"));
    let store = Store::open_existing(&url).await.unwrap();
    let row = &store.folder_audit(1).await.unwrap()[0];
    assert_eq!(
        (row.trigger.as_str(), row.file.as_str()),
        ("signal", "r0.yaml")
    );
    assert_eq!(row.changes, ["Soup: 1.00 -> 2.00"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_from_the_cache_serves_the_same_table_and_notices_what_changed_meanwhile() {
    let folder = folder_with(100);
    let server = ServerProcess::start(folder.path());
    let first = server.json("/api/table").await;
    let cache = folder.path().join("data/menus.cache");
    // Written behind the first table.
    let mut again = tokio::time::interval(std::time::Duration::from_millis(20));
    while !cache.exists() {
        again.tick().await;
    }
    server.kill();
    let changed = folder.path().join("restaurants.d/r7.yaml");
    std::fs::write(changed, menu("r7", 7, "3.00")).unwrap();
    let server = ServerProcess::start(folder.path());
    let second = server.json("/api/table").await;
    let rows = |table: &serde_json::Value| table["restaurants"].as_array().unwrap().clone();
    assert_eq!(rows(&second).len(), 100);
    for (before, after) in rows(&first).iter().zip(&rows(&second)) {
        for key in ["id", "name", "phone_numbers", "file", "status", "problems"] {
            assert_eq!(before[key], after[key], "{key}");
        }
        let same = before["digest"] == after["digest"];
        assert_eq!(same, before["id"] != "r7", "{before}");
    }
    server.kill();
    // Damaged, it costs time and nothing else.
    std::fs::write(&cache, b"maitred menus 1\nnonsense").unwrap();
    let server = ServerProcess::start(folder.path());
    let third = server.json("/api/table").await;
    assert_eq!(third["digest"], second["digest"]);
}
