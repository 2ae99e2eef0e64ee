//! A database that may not grow: what is refused is undone, and the next write finds a connection that works.

use super::SqliteStore;
use crate::record::{CallRecord, Speaker, TranscriptLine};
use crate::store::contract::{call, placement};
use crate::store::{FileVersion, FolderChange, OrderFilter, StoreError, default_url};

/// From now on the writing connection finds no further page, as on a full disk.
async fn fill(store: &SqliteStore) {
    let mut transaction = store.writer.begin().await.unwrap();
    // The smallest number allowed is the pages there are.
    sqlx::query("PRAGMA max_page_count = 1")
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

/// More than any free page of the database holds.
fn long(sid: &str) -> CallRecord {
    let mut record = call(sid, "2026-11-23T18:30:00Z");
    record.transcript = vec![TranscriptLine {
        who: Speaker::Caller,
        at_ms: 0,
        text: "two lattes ".repeat(10_000),
        heard: String::new(),
    }];
    record
}

fn is_full<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    let error = answer.unwrap_err().to_string();
    assert!(error.contains("full"), "{error}");
}

#[tokio::test]
async fn a_full_disk_refuses_orders_records_and_menus_and_none_of_them_the_one_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&default_url(folder.path()))
        .await
        .unwrap();
    for round in 0..20 {
        let mut order = placement(&format!("CA{round}"), "luna", "2026-11-23T18:30:00Z");
        order.record = long(&order.call_sid);
        let change = FolderChange {
            generation: round,
            versions: vec![FileVersion {
                file: "luna.yaml".into(),
                digest: crate::restaurant::Digest::of(&round.to_le_bytes()),
                restaurant: order.order.restaurant.clone(),
                bytes: vec![b'#'; 100_000].into(),
                accepted_at: order.at,
            }],
            ..FolderChange::default()
        };
        fill(&store).await;
        match round % 3 {
            0 => is_full(store.place(&order).await),
            1 => is_full(store.call_ended(&order.record).await),
            _ => is_full(store.keep_folder(&change).await),
        }
        let stored = store.orders(&OrderFilter::default()).await.unwrap();
        assert_eq!(stored.len() as u64, round, "a refused order left a trace");
        store.suspected().await;
        assert_eq!(store.check_writable().await, Ok(()));
        let placed = store.place(&order).await.unwrap();
        assert_eq!(u64::from(placed.number), round + 1);
        store.keep_folder(&change).await.unwrap();
    }
    store.close().await;
}
