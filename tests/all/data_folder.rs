//! The data folder: one server at a time, nobody else's to read, and noticed when it is taken away.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::ServerProcess;
use crate::scripted_caller::{LiveCall, heard};

const NUMBER: &str = "+12125550150";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    let text = format!(
        "id: bistro\nname: The Bistro\nphone_number: \"{NUMBER}\"\ngreeting: \"Hello.\"\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    std::fs::write(restaurants.join("bistro.yaml"), text).unwrap();
    folder
}

async fn read_back(server: &ServerProcess) -> LiveCall {
    let mut call = LiveCall::place(&server.webhook(), NUMBER);
    call.hears("Hello.").await;
    call.say("two teas that's all");
    call.hears("The total is $5.00. Is that right?").await;
    call
}

/// Everything below `folder`, with its permissions.
fn modes(folder: &Path, found: &mut Vec<(String, u32)>) {
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
    found.push((format!("{}/", folder.display()), mode(folder)));
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            modes(&path, found);
        } else {
            found.push((path.display().to_string(), mode(&path)));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_umask_nobody_else_reads_the_data_folder() {
    let folder = folder();
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 0; exec \"$0\" \"$@\""]);
    let server = ServerProcess::start_by(shell, folder.path(), &["--watch=off"]);
    let mut call = read_back(&server).await;
    call.say("yes");
    call.hears("Your order is in.").await;
    call.over().await;
    let mut found = Vec::new();
    modes(&folder.path().join("data"), &mut found);
    let names = [
        "maitred.db",
        "maitred.db-wal",
        "maitred.db-shm",
        "media-secret",
        ".ulaw",
    ];
    for name in names {
        let there = found.iter().any(|(path, _)| path.ends_with(name));
        assert!(there, "{name} is not among {found:?}");
    }
    for (path, mode) in &found {
        let wanted = if path.ends_with('/') { 0o700 } else { 0o600 };
        assert_eq!(*mode, wanted, "{path} {mode:o}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_the_same_data_is_refused_and_told_who_the_first_is() {
    let folder = folder();
    let first = ServerProcess::start(folder.path());
    let refused = |more: &'static [&'static str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_maitred"))
            .args(["serve", "--dev", "--listen=127.0.0.1:0", "--watch=off"])
            .args(["--stt=scripted", "--tts=scripted"])
            .args(["--restaurants=restaurants.d"])
            .args(more)
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(78), "{told}");
        told
    };
    let process = format!("process {}", first.id());
    let told = refused(&["--data=data"]);
    assert!(told.contains(&process), "{told}");
    // The same database from another data folder.
    let told = refused(&["--data=other", "--database-url=sqlite://data/maitred.db"]);
    assert!(told.contains(&process), "{told}");
    assert_eq!(first.look("/readyz").await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_not_confirmed_into_a_database_that_was_taken_away() {
    let folder = folder();
    let server = ServerProcess::start(folder.path());
    let (mut first, mut second) = tokio::join!(read_back(&server), read_back(&server));
    let data = folder.path().join("data");
    let shell = |line: &str| {
        let done = Command::new("sh")
            .args(["-ec", line])
            .current_dir(&data)
            .status();
        assert!(done.unwrap().success(), "{line}");
    };
    shell("mkdir away; mv maitred.db maitred.db-* away");
    first.say("yes");
    first.hears("Sorry, I could not save your order.").await;
    let told = heard(&first.over().await);
    assert!(
        !told.contains("Your") && told.contains("call again"),
        "{told}"
    );
    server
        .look_until("/readyz", |status, text| {
            status == 503 && text.contains("maitred.db is gone")
        })
        .await;
    shell("mv away/* .");
    server
        .look_until("/readyz", |status, _| status == 200)
        .await;
    second.say("yes");
    second.hears("Your order is in.").await;
    let placed = second.over().await.call_sid;
    let orders = server.json("/api/orders").await;
    assert_eq!(orders.as_array().unwrap().len(), 1, "{orders}");
    assert_eq!(orders[0]["call_sid"], placed, "{orders}");
}

#[test]
fn a_backup_of_a_database_that_is_not_there_fails_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("maitred.db");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/backup/maitred-backup");
    let done = Command::new("sh")
        .arg(script)
        .env("MAITRED_DATABASE", &missing)
        .env("MAITRED_RESTAURANTS", folder.path().join("restaurants.d"))
        .env("MAITRED_BACKUPS", folder.path().join("backups"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(
        !done.status.success() && told.contains("no database"),
        "{told}"
    );
    assert!(!missing.exists() && !folder.path().join("backups").exists());
}
