//! The disk of the database is full, or may not grow: what cannot be stored is said to the caller, and when there is
//! room again everything goes on without a restart.
//!
//! The disk is a small tmpfs, mounted in a user and mount namespace of the test's own (`unshare -rm`).

mod faults;
mod namespace;
mod records;

use std::path::{Path, PathBuf};
use std::process::Command;

use maitred::cli::call::{CallReport, ClosedBy, Ended, Happening};
use serde_json::Value;

use crate::harness::ServerProcess;
use crate::kill::database::Database;
use crate::scripted_caller::{LiveCall, heard};

const ROUNDS: usize = 20;
const DISK_BYTES: u32 = 6 * 1024 * 1024;

/// Hands over to a person.
const BISTRO: &str = "+12125550150";
const PERSON: &str = "+12125550199";
/// Has nobody to hand over to.
const ALONE: &str = "+12125550151";
/// Not enabled: every call leaves a record that it was turned away.
const SHUT: &str = "+12125550152";

fn restaurant(id: &str, number: &str, more: &str) -> String {
    format!(
        "id: {id}\nname: The {id}\nphone_number: \"{number}\"\ngreeting: \"Hello.\"\n{more}\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    )
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    for (id, number, more) in [
        ("bistro", BISTRO, format!("handoff: \"{PERSON}\"")),
        ("alone", ALONE, String::new()),
        ("shut", SHUT, "enabled: false".to_owned()),
    ] {
        let file = restaurants.join(format!("{id}.yaml"));
        std::fs::write(file, restaurant(id, number, &more)).unwrap();
    }
    std::fs::create_dir(folder.path().join("data")).unwrap();
    folder
}

/// The small disk that `data` is.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path) -> Self {
        let size = format!("size={DISK_BYTES}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "data"])
            .arg(at)
            .status()
            .unwrap();
        assert!(mounted.success());
        Self(at.join("filling"))
    }

    /// Leaves no room for a single block.
    fn fill(&self) {
        use std::io::Write as _;
        let mut filling = std::fs::File::create(&self.0).unwrap();
        let full = loop {
            if let Err(error) = filling.write_all(&[0; 4096]) {
                break error;
            }
        };
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull, "{full}");
    }

    fn free(&self) {
        std::fs::remove_file(&self.0).unwrap();
    }
}

/// A call whose order of two teas was read back.
async fn read_back(server: &ServerProcess, number: &str) -> LiveCall {
    let mut call = LiveCall::place(&server.webhook(), number);
    call.hears("Hello.").await;
    call.say("two teas that's all");
    call.hears("The total is $5.00. Is that right?").await;
    call
}

/// Says yes and hears that the order is in.
async fn is_taken(mut call: LiveCall) -> String {
    call.say("yes");
    call.hears("Your order is in.").await;
    let report = call.over().await;
    assert_eq!(report.ended, Ended::Server, "{report:?}");
    report.call_sid
}

/// Says yes and hears that the order could not be taken, and what now.
async fn is_told(mut call: LiveCall, has_person: bool) -> String {
    call.say("yes");
    call.hears("Sorry, I could not save your order.").await;
    let report = call.over().await;
    let heard = heard(&report);
    assert!(!heard.contains("Your"), "{heard}");
    assert_eq!(report.ended, Ended::Server, "{report:?}");
    let lost = |report: &CallReport| report.closes.iter().any(|close| close.by == ClosedBy::Lost);
    assert!(!lost(&report), "{report:?}");
    let dialled = report
        .events
        .iter()
        .any(|event| matches!(&event.what, Happening::Dialled { number, .. } if number == PERSON));
    assert_eq!(dialled, has_person, "{report:?}");
    assert!(has_person || heard.contains("call again"), "{heard}");
    report.call_sid
}

/// How many records of calls that were turned away the store has refused.
async fn records_refused(server: &ServerProcess) -> u64 {
    let (_, text) = server.look("/metrics").await;
    let name = "maitred_store_failures_total{what=\"turned_away\"} ";
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0, |count| count.parse().unwrap())
}

async fn reload(server: &ServerProcess) -> Value {
    let url = format!("http://{}/api/config/reload", server.address);
    let post = reqwest::Client::new()
        .post(url)
        .json(&serde_json::json!({}));
    post.send().await.unwrap().json().await.unwrap()
}

/// Ready again without a restart, and the folder's change is taken.
async fn recovered(server: &ServerProcess) {
    server
        .look_until("/readyz", |status, _| status == 200)
        .await;
    let taken = reload(server).await;
    assert!(taken["store_refused"].is_null(), "{taken}");
}

async fn ring(server: &ServerProcess, number: &str) {
    let call = LiveCall::place(&server.webhook(), number);
    let report = call.over().await;
    assert_eq!(report.ended, Ended::Server, "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_rounds_of_a_full_disk_lose_no_order_and_need_no_restart() {
    if !namespace::entered(
        "full_disk::twenty_rounds_of_a_full_disk_lose_no_order_and_need_no_restart",
    ) {
        return;
    }
    let folder = folder();
    let disk = Disk::mount(&folder.path().join("data"));
    let database = Database::in_folder(folder.path());
    let server = ServerProcess::start(folder.path());
    let menu = folder.path().join("restaurants.d/shut.yaml");
    let text = std::fs::read_to_string(&menu).unwrap();
    let (mut before, mut during, mut after) = (Vec::new(), Vec::new(), Vec::new());
    // The order after a full disk and the one before the next are the same to the line: they run side by side, and so do
    // the changes of the folder and the record beside the call whose caller is told.
    let mut earlier: Option<&str> = None;
    for round in 0..ROUNDS {
        let number = if round % 2 == 0 { BISTRO } else { ALONE };
        let normal = async |number| is_taken(read_back(&server, number).await).await;
        let (first, second, third) =
            tokio::join!(normal(number), read_back(&server, number), async {
                Some(normal(earlier?).await)
            });
        before.push(first);
        after.extend(third);
        recovered(&server).await;

        database.truncate_log().await;
        disk.fill();
        // A change of the folder, a record and an order, each on the full disk.
        std::fs::write(&menu, text.replace("2.50", &format!("{}.00", round + 3))).unwrap();
        let (told, ()) = tokio::join!(is_told(second, number == BISTRO), async {
            let refused = reload(&server).await;
            assert!(refused["store_refused"].is_string(), "{refused}");
            let refused = records_refused(&server).await;
            ring(&server, SHUT).await;
            while records_refused(&server).await == refused {
                tokio::task::yield_now().await;
            }
        });
        during.push(told);
        let full = |status, text: &str| status == 503 && text.contains("not safe");
        server.look_until("/readyz", full).await;

        disk.free();
        earlier = Some(number);
    }
    after.push(is_taken(read_back(&server, ALONE).await).await);
    recovered(&server).await;
    let orders = server.json("/api/orders?limit=1000").await;
    let orders = orders.as_array().unwrap();
    let stored = |calls: &[String]| {
        let of_calls = |order: &&Value| calls.iter().any(|sid| order["call_sid"] == **sid);
        orders.iter().filter(of_calls).count()
    };
    let found = (stored(&before), stored(&during), stored(&after));
    println!("FULL DISK {ROUNDS} rounds: stored before, during, after: {found:?}");
    assert_eq!(found, (ROUNDS, 0, ROUNDS));
    assert_eq!(orders.len(), 2 * ROUNDS);
    database.check_integrity().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_may_not_grow_refuses_orders_until_it_may() {
    let folder = folder();
    let database = Database::in_folder(folder.path());
    let server = ServerProcess::start(folder.path());
    let (first, second) = tokio::join!(read_back(&server, BISTRO), read_back(&server, BISTRO));
    database.truncate_log().await;
    // EFBIG, as on a file system with a largest file; the signal that comes with it must not end the line.
    let limit = |bytes: &str| {
        let pid = server.id().to_string();
        let done = Command::new("prlimit")
            .args(["--pid", &pid, &format!("--fsize={bytes}:unlimited")])
            .status();
        assert!(done.unwrap().success());
    };
    limit("4096");
    is_told(first, true).await;
    let refused = |status, text: &str| status == 503 && text.contains("not safe");
    server.look_until("/readyz", refused).await;
    limit("unlimited");
    is_taken(second).await;
    server
        .look_until("/readyz", |status, _| status == 200)
        .await;
}
