//! The files of an open database are removed, replaced, cut off, overwritten. The shell does it: a file that is opened
//! and closed here would release SQLite's locks on it.

use std::path::Path;
use std::process::Command;

use super::SqliteStore;
use crate::store::contract::placement;
use crate::store::{OrderFilter, StoreError, default_url};

#[expect(clippy::disallowed_methods, reason = "a test's shell")]
fn shell(folder: &Path, line: &str) {
    let done = Command::new("sh")
        .args(["-ec", line])
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(done.success(), "{line}");
}

async fn fresh() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&default_url(folder.path()))
        .await
        .unwrap();
    (store, folder)
}

async fn place(store: &SqliteStore, sid: &str) -> Result<u32, StoreError> {
    let order = placement(sid, "luna", "2026-11-23T18:30:00Z");
    Ok(store.place(&order).await?.number)
}

/// The sids of the orders that the file at the database's place holds, as a process that begins now finds them.
async fn on_disk(folder: &Path) -> Vec<String> {
    let store = SqliteStore::open_existing(&default_url(folder))
        .await
        .unwrap();
    let orders = store.orders(&OrderFilter::default()).await.unwrap();
    store.close().await;
    let mut sids: Vec<String> = orders.into_iter().map(|order| order.call_sid).collect();
    sids.sort();
    sids
}

#[tokio::test]
async fn no_order_is_confirmed_into_a_file_that_lost_its_name() {
    let (store, folder) = fresh().await;
    place(&store, "CA1").await.unwrap();
    shell(folder.path(), "mkdir away; mv maitred.db* away");
    let refused = place(&store, "CA2").await;
    assert!(matches!(refused, Err(StoreError::Gone(_))), "{refused:?}");
    store.suspected().await;
    let why = store.check_writable().await.unwrap_err();
    assert!(why.contains("is gone"), "{why}");
    // Not even an empty one was begun.
    assert!(!folder.path().join("maitred.db").exists());
    shell(folder.path(), "mv away/* .");
    assert_eq!(place(&store, "CA2").await.unwrap(), 2);
    store.close().await;
    assert_eq!(on_disk(folder.path()).await, ["CA1", "CA2"]);
}

#[tokio::test]
async fn a_commit_into_a_file_that_has_just_lost_its_name_is_no_commit() {
    let (store, folder) = fresh().await;
    let transaction = store.writer.begin().await.unwrap();
    shell(folder.path(), "rm maitred.db*");
    let ended = transaction.commit().await;
    assert!(matches!(ended, Err(StoreError::Gone(_))), "{ended:?}");
}

#[tokio::test]
async fn a_backup_put_in_the_place_of_the_database_takes_the_orders_from_then_on() {
    let (store, folder) = fresh().await;
    place(&store, "CA1").await.unwrap();
    store.close().await;
    shell(folder.path(), "cp maitred.db backup.db");
    let store = SqliteStore::open(&default_url(folder.path()))
        .await
        .unwrap();
    place(&store, "CA2").await.unwrap();
    shell(folder.path(), "mv backup.db maitred.db");
    store.check_files().await.unwrap_err();
    store.suspected().await;
    assert_eq!(store.check_writable().await, Ok(()));
    place(&store, "CA3").await.unwrap();
    let read = store.orders(&OrderFilter::default()).await.unwrap();
    assert_eq!(read.len(), 2, "the readers follow: {read:?}");
    store.close().await;
    assert_eq!(on_disk(folder.path()).await, ["CA1", "CA3"]);
}

#[tokio::test]
async fn a_lost_write_ahead_log_loses_no_order() {
    let (store, folder) = fresh().await;
    place(&store, "CA1").await.unwrap();
    shell(folder.path(), "rm maitred.db-wal");
    place(&store, "CA2").await.unwrap();
    store.close().await;
    assert_eq!(on_disk(folder.path()).await, ["CA1", "CA2"]);
}

#[tokio::test]
async fn a_database_that_was_cut_off_takes_no_orders_until_a_backup_lies_there() {
    let (store, folder) = fresh().await;
    place(&store, "CA1").await.unwrap();
    store.close().await;
    shell(folder.path(), "cp maitred.db backup.db");
    let store = SqliteStore::open(&default_url(folder.path()))
        .await
        .unwrap();
    shell(folder.path(), ": > maitred.db");
    let refused = place(&store, "CA2").await;
    assert!(
        matches!(refused, Err(StoreError::Damaged { .. })),
        "{refused:?}"
    );
    assert!(store.check_writable().await.is_err());
    shell(folder.path(), "mv backup.db maitred.db");
    place(&store, "CA3").await.unwrap();
    store.close().await;
    assert_eq!(on_disk(folder.path()).await, ["CA1", "CA3"]);
}

#[tokio::test]
async fn broken_pages_are_found_and_said_until_another_file_lies_there() {
    let (store, folder) = fresh().await;
    place(&store, "CA1").await.unwrap();
    assert!(store.check_pages().await.is_ok());
    store.close().await;
    shell(folder.path(), "cp maitred.db backup.db");
    let store = SqliteStore::open(&default_url(folder.path()))
        .await
        .unwrap();
    shell(
        folder.path(),
        "yes x | dd of=maitred.db bs=4096 seek=1 count=8 conv=notrunc iflag=fullblock status=none",
    );
    assert!(store.check_pages().await.is_err());
    let why = store.check_writable().await.unwrap_err();
    assert!(why.contains("damaged"), "{why}");
    shell(folder.path(), "mv backup.db maitred.db");
    place(&store, "CA2").await.unwrap();
    assert_eq!(store.check_writable().await, Ok(()));
    store.close().await;
}
