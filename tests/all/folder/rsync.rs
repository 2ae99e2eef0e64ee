//! Deployments by rsync.

use maitred::routing::FileStatus;

use super::house::{House, many};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_rsync_in_each_of_its_manners_ends_in_the_right_table_without_a_rejected_state() {
    let mut house = House::open(&many(100)).await;
    house.shell("", "mkdir ../src; cp *.yaml ../src");
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
        house.shell(&price, "sed -i \"s/price: .*/price: $P}/\" ../src/*.yaml");
        house.shell("", &format!("rsync -a --ignore-times {manner} ../src/ ."));
        house.until_price(0..100, euros * 100, manner).await;
    }
    assert_eq!(house.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_rsync_delete_takes_a_few_routes_and_no_more() {
    let mut house = House::open(&many(20)).await;
    house.shell("", "mkdir ../src; cp *.yaml ../src; rm ../src/r7.yaml");
    house.shell("", "rsync -a --delete ../src/ .");
    house
        .until("r7 is gone", |house| house.price(7).is_none())
        .await;
    assert_eq!(house.status("r7.yaml"), None);
    // The mistake everybody makes once: an empty source.
    house.shell("", "mkdir ../empty; rsync -a --delete ../empty/ .");
    house.until_status("r19.yaml", FileStatus::Held).await;
    let answered = (0..20).filter(|n| house.price(*n) == Some(100)).count();
    assert_eq!(answered, 19);
    house.shell("", "rsync -a ../src/ .");
    house.until_status("r19.yaml", FileStatus::Active).await;
}
