//! Deployments by rsync.

use maitred::routing::FileStatus;

use crate::harness::{WatchedServer, many};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_rsync_in_each_of_its_manners_ends_in_the_right_table_without_a_rejected_state() {
    let mut server = WatchedServer::open(&many(100)).await;
    server.shell("", "mkdir ../src; cp *.yaml ../src");
    for (euros, manner) in (2..).zip([
        "",
        "--inplace",
        "--delay-updates",
        "--whole-file --inplace",
        "--bwlimit=200",
        "--partial --no-whole-file",
        "--delete",
    ]) {
        let price = format!("{euros}.00");
        server.shell(&price, "sed -i \"s/price: .*/price: $P}/\" ../src/*.yaml");
        server.shell("", &format!("rsync -a --ignore-times {manner} ../src/ ."));
        server.until_price(0..100, euros * 100, manner).await;
    }
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_rsync_delete_takes_a_few_routes_and_no_more() {
    let mut server = WatchedServer::open(&many(20)).await;
    server.shell("", "mkdir ../src; cp *.yaml ../src; rm ../src/r7.yaml");
    server.shell("", "rsync -a --delete ../src/ .");
    server
        .until("r7 is gone", |server| server.price(7).is_none())
        .await;
    assert_eq!(server.status("r7.yaml"), None);
    // The mistake everybody makes once: an empty source.
    server.shell("", "mkdir ../empty; rsync -a --delete ../empty/ .");
    server.until_status("r19.yaml", FileStatus::Held).await;
    let answered = (0..20).filter(|n| server.price(*n) == Some(100)).count();
    assert_eq!(answered, 19);
    server.shell("", "rsync -a ../src/ .");
    server.until_status("r19.yaml", FileStatus::Active).await;
}
