//! `kill -9`, and what the next start finds.

use std::path::Path;

use serde_json::Value;

use crate::harness::ServerProcess;
use crate::harness::menu;

fn folder(files: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("restaurants.d")).unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join("restaurants.d").join(name), text).unwrap();
}

fn row<'a>(table: &'a Value, file: &str) -> &'a Value {
    let rows = table["restaurants"].as_array().unwrap();
    let row = rows.iter().find(|row| row["file"] == file);
    row.unwrap_or(&Value::Null)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r20_a_bad_edit_keeps_the_last_good_menu_through_kill_9_until_it_is_mended() {
    let folder = folder(&[
        ("a.yaml", menu("a", 1, "1.00")),
        ("b.yaml", menu("b", 2, "1.00")),
    ]);
    let server = ServerProcess::start_watching(folder.path());
    let good = server.json("/api/table").await;
    let generation = good["generation"].as_u64().unwrap();
    // Broken while it runs, noticed by its own watch.
    write(folder.path(), "a.yaml", "id: a\nname:\n");
    let stale = server
        .table_until(|table| row(table, "a.yaml")["status"] == "stale")
        .await;
    assert_eq!(
        row(&stale, "a.yaml")["digest"],
        row(&good, "a.yaml")["digest"]
    );
    assert_eq!(stale["generation"].as_u64(), Some(generation));
    server.kill();
    for life in 1..=2 {
        let server = ServerProcess::start_watching(folder.path());
        let table = server.json("/api/table").await;
        let (was, is) = (row(&good, "a.yaml"), row(&table, "a.yaml"));
        assert_eq!(is["status"], "stale");
        assert_eq!(
            (&is["digest"], &is["phone_numbers"]),
            (&was["digest"], &was["phone_numbers"])
        );
        assert_eq!(table["generation"].as_u64(), Some(generation + life));
        assert!(!is["problems"].as_array().unwrap().is_empty());
        server.kill();
    }
    let server = ServerProcess::start_watching(folder.path());
    write(folder.path(), "a.yaml", &menu("a", 1, "2.00"));
    let table = server
        .table_until(|table| row(table, "a.yaml")["status"] == "active")
        .await;
    assert_ne!(
        row(&table, "a.yaml")["digest"],
        row(&good, "a.yaml")["digest"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r20_a_start_without_the_folder_serves_every_last_good_menu() {
    let folder = folder(&[
        ("a.yaml", menu("a", 1, "1.00")),
        ("b.yaml", menu("b", 2, "1.00")),
    ]);
    let server = ServerProcess::start_watching(folder.path());
    let good = server.json("/api/table").await;
    server.kill();
    let (here, away) = (
        folder.path().join("restaurants.d"),
        folder.path().join("away"),
    );
    std::fs::rename(&here, &away).unwrap();
    let server = ServerProcess::start_watching(folder.path());
    let table = server.json("/api/table").await;
    for file in ["a.yaml", "b.yaml"] {
        assert_eq!(row(&table, file)["digest"], row(&good, file)["digest"]);
        assert_eq!(
            row(&table, file)["phone_numbers"],
            row(&good, file)["phone_numbers"]
        );
    }
    // It is found again, and watched.
    std::fs::rename(&away, &here).unwrap();
    write(folder.path(), "b.yaml", &menu("b", 2, "2.00"));
    let old = &row(&good, "b.yaml")["digest"];
    server
        .table_until(|table| row(table, "b.yaml")["digest"] != *old)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_what_was_held_is_held_after_kill_9() {
    let folder = folder(&[
        ("a.yaml", menu("a", 1, "1.00")),
        ("b.yaml", menu("b", 2, "1.00")),
    ]);
    let server = ServerProcess::start_watching(folder.path());
    for file in ["a.yaml", "b.yaml"] {
        std::fs::remove_file(folder.path().join("restaurants.d").join(file)).unwrap();
    }
    let held = |table: &Value| {
        ["a.yaml", "b.yaml"]
            .iter()
            .all(|f| row(table, f)["status"] == "held")
    };
    server.table_until(held).await;
    server.kill();
    let server = ServerProcess::start_watching(folder.path());
    let table = server.json("/api/table").await;
    assert_eq!(
        table["restaurants"].as_array().unwrap().len(),
        2,
        "answered from the first moment"
    );
    server.table_until(held).await;
}
