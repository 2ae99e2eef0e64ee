//! Files that are read while they are written, emptied or cut off.

use std::io::Write as _;

use maitred::config::Code;
use maitred::routing::FileStatus;

use crate::harness::{WatchedServer, menu};

async fn two() -> WatchedServer {
    WatchedServer::open(&[
        ("a.yaml", menu("a", 0, "1.00")),
        ("b.yaml", menu("b", 1, "1.00")),
    ])
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_a_slow_writer_keeps_the_menu_until_it_closes_the_file_while_others_publish() {
    let mut server = two().await;
    let new = menu("a", 0, "2.00");
    let mut file = std::fs::File::create(server.folder().join("a.yaml")).unwrap();
    // A whole line: nothing but the open file tells that more is coming.
    file.write_all(&new.as_bytes()[..6]).unwrap();
    file.flush().unwrap();
    server.write("b.yaml", &menu("b", 1, "2.00"));
    server.until_price(1..2, 200, "the other file").await;
    assert_eq!(server.status("a.yaml"), Some(FileStatus::Busy));
    let answer = server.post("/api/config/reload", "").await;
    assert_eq!(answer["published"], false, "{answer}");
    assert_eq!(
        (server.price(0), server.status("a.yaml")),
        (Some(100), Some(FileStatus::Busy))
    );
    file.write_all(&new.as_bytes()[6..]).unwrap();
    drop(file);
    server.until_price(0..1, 200, "the file is closed").await;
    assert_eq!(server.status("a.yaml"), Some(FileStatus::Active));
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r07_an_emptied_file_is_busy_then_stale_and_answers_on() {
    let mut server = two().await;
    server.write("a.yaml", "");
    server.until_status("a.yaml", FileStatus::Busy).await;
    server.until_status("a.yaml", FileStatus::Stale).await;
    assert_eq!(server.price(0), Some(100));
    assert!(server.picks_up(1, 0).await);
    server.write("a.yaml", &menu("a", 0, "2.00"));
    server.until_price(0..1, 200, "filled again").await;
    assert_eq!(server.status("a.yaml"), Some(FileStatus::Active));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r08_a_file_cut_off_behind_an_item_is_believed_late_and_with_a_warning() {
    let whole = menu("a", 0, "2.00") + "  - {id: tea, name: Tea, price: 1.00}\n";
    let mut server = WatchedServer::open(&[("a.yaml", whole.clone())]).await;
    let cut = whole
        .rsplit_once("\n  - ")
        .unwrap()
        .0
        .replace("2.00", "3.00");
    server.write("a.yaml", &cut);
    server.until_status("a.yaml", FileStatus::Busy).await;
    assert_eq!(server.price(0), Some(200));
    server.until_price(0..1, 300, "believed").await;
    let reports = server.reports();
    let mut problems = reports
        .iter()
        .flat_map(|report| &report.files)
        .flat_map(|f| &f.problems);
    assert!(problems.any(|problem| problem.code == Code::WarnCutOff));
    assert_eq!(server.harm(), Vec::<String>::new());
}
