//! The folder itself is lost: unmounted, replaced, away.

use std::io::Write as _;
use std::process::Command;

use maitred::routing::FileStatus;
use serde_json::Value;

use crate::harness::ServerProcess;
use crate::harness::{WatchedServer, many, menu, shell};

fn all_answered(server: &WatchedServer) -> bool {
    (0..6).all(|number| server.price(number).is_some())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_an_empty_folder_in_the_place_of_the_old_one_loses_nothing() {
    let mut server = WatchedServer::open(&many(6)).await;
    let base = server.folder().parent().unwrap().to_owned();
    shell(&base, "", "mv restaurants.d away; mkdir restaurants.d");
    server.until_status("r5.yaml", FileStatus::Held).await;
    assert!(all_answered(&server) && server.picks_up(1, 5).await);
    // It says what it is before it says what follows.
    let told = server.reports().iter().any(|report| {
        let why = report.source_lost.as_deref().unwrap_or_default();
        why.contains("another folder")
    });
    assert!(told);
    shell(&base, "", "rmdir restaurants.d; mv away restaurants.d");
    server.until_status("r5.yaml", FileStatus::Active).await;
    shell(
        &base,
        "2.00",
        "sed -i \"s/price: .*/price: $P}/\" restaurants.d/*.yaml",
    );
    server.until_price(0..6, 200, "watched as before").await;
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_a_folder_that_is_away_loses_nothing_and_is_found_again() {
    let mut server = WatchedServer::open(&many(6)).await;
    let base = server.folder().parent().unwrap().to_owned();
    shell(&base, "", "mv restaurants.d away");
    let lost = |server: &WatchedServer| server.is_lost();
    server.until("lost", lost).await;
    // A file in its place is no folder.
    shell(&base, "", ": > restaurants.d");
    let answer = server.post("/api/config/reload", "").await;
    assert!(answer["source_lost"].is_string(), "{answer}");
    assert!(all_answered(&server) && server.picks_up(1, 5).await);
    shell(
        &base,
        "2.00",
        "rm restaurants.d; mv away restaurants.d; sed -i \"s/price: .*/price: $P}/\" restaurants.d/*.yaml",
    );
    server.until_price(0..6, 200, "found again").await;
    assert_eq!(server.harm(), Vec::<String>::new());
}

/// The server in a user and mount namespace of its own, the folder on a disk of its own that comes and goes when `go` is
/// written to.
fn on_its_own_disk(folder: &std::path::Path) -> ServerProcess {
    shell(folder, "", "mkfifo go; mkdir restaurants.d");
    let mount = "mount -t tmpfs menus restaurants.d && cp keep/*.yaml restaurants.d";
    // Ended by `timeout` if the test does not get so far.
    let hands = format!(
        "timeout 600 sh -c 'read word < go; umount restaurants.d || umount -l restaurants.d; read word < go; {mount}' &"
    );
    let mut command = Command::new("unshare");
    command.args([
        "-rm",
        "sh",
        "-ec",
        &format!("{mount}; {hands} exec \"$0\" \"$@\""),
    ]);
    ServerProcess::start_by(command, folder, &["--watch=auto"])
}

fn tell(folder: &std::path::Path) {
    let mut go = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.join("go"))
        .unwrap();
    go.write_all(b"now\n").unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_unmounting_the_folder_loses_nothing() {
    let tried = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "x", "/mnt"])
        .output();
    if !tried.is_ok_and(|done| done.status.success()) {
        println!(
            "SKIPPED r18_unmounting_the_folder_loses_nothing: unshare -rm or mount is forbidden here"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("keep")).unwrap();
    for n in 0..3 {
        let text = menu(&format!("r{n}"), n, "1.00");
        std::fs::write(folder.path().join(format!("keep/r{n}.yaml")), text).unwrap();
    }
    let server = on_its_own_disk(folder.path());
    let rows = |table: &Value, status: &str| {
        let rows = table["restaurants"].as_array().unwrap();
        assert_eq!(rows.len(), 3, "a route was lost: {table}");
        let numbers = |row: &Value| row["phone_numbers"].as_array().unwrap().len() == 1;
        assert!(rows.iter().all(numbers), "a number was lost: {table}");
        rows.iter().all(|row| row["status"] == status)
    };
    assert!(rows(&server.json("/api/table").await, "active"));
    tell(folder.path());
    server.table_until(|table| rows(table, "held")).await;
    tell(folder.path());
    server.table_until(|table| rows(table, "active")).await;
}

/// Who runs a server that may not read everything: us, or, where we are root, whom nothing is closed to, somebody else.
fn a_user_without_rights(folder: &std::path::Path) -> Option<Command> {
    let mut starter = Command::new("setpriv");
    starter.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    if !rustix::process::geteuid().is_root() {
        let mut starter = Command::new("env");
        starter.arg("--");
        return Some(starter);
    }
    shell(folder, "", "chmod 755 .; chown -R 65534:65534 .");
    // The program may lie where only root comes.
    let mut tried = Command::new("setpriv");
    tried.args(starter.get_args());
    let done = tried
        .args([env!("CARGO_BIN_EXE_maitred"), "--version"])
        .output();
    done.is_ok_and(|done| done.status.success())
        .then_some(starter)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_a_folder_or_file_that_may_not_be_read_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    for (name, text) in many(4) {
        std::fs::write(restaurants.join(name), text).unwrap();
    }
    let Some(starter) = a_user_without_rights(folder.path()) else {
        println!(
            "SKIPPED r18_a_folder_or_file_that_may_not_be_read_loses_nothing: no other user here"
        );
        return;
    };
    let server = ServerProcess::start_by(starter, folder.path(), &["--watch=auto"]);
    let statuses = |table: &Value| -> Vec<String> {
        let rows = table["restaurants"].as_array().unwrap();
        assert_eq!(rows.len(), 4, "a route was lost: {table}");
        let status = |row: &Value| row["status"].as_str().unwrap().to_owned();
        rows.iter().map(status).collect()
    };
    // A file that is closed: its last good version is served, and why is said.
    shell(&restaurants, "", "chmod 000 r0.yaml");
    let table = server
        .table_until(|table| statuses(table)[0] == "stale")
        .await;
    let problem = &table["restaurants"][0]["problems"][0];
    assert_eq!(problem["code"], "E_READ", "{table}");
    shell(&restaurants, "", "chmod 644 r0.yaml");
    server
        .table_until(|table| statuses(table)[0] == "active")
        .await;
    // The folder is closed: longer than a deletion takes.
    shell(folder.path(), "", "chmod 000 restaurants.d");
    let closed = std::time::Instant::now();
    while closed.elapsed() < std::time::Duration::from_secs(3) {
        let answer = server.post("/api/config/reload").await;
        let lost = answer["source_lost"].as_str().unwrap_or_default();
        assert!(lost.contains("ermission denied"), "{answer}");
        assert_eq!(statuses(&server.json("/api/table").await), ["active"; 4]);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    shell(folder.path(), "", "chmod 755 restaurants.d");
    assert_eq!(
        server.post("/api/config/reload").await["source_lost"],
        Value::Null
    );
    assert_eq!(statuses(&server.json("/api/table").await), ["active"; 4]);
}
