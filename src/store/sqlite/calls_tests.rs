//! A database of before calls were kept by account.

use std::borrow::Cow;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _};

use super::SqliteStore;
use crate::store::contract::{call, placement};
use crate::store::{OrderFilter, database_file, default_url};

/// What the version before wrote, and goes on writing until it is restarted.
const OF_BEFORE: &str = "\
    INSERT INTO calls (sid, restaurant, from_number, to_number, started_at, generation, stt, tts, brain, test) \
        VALUES ('CA1', 'luna', '+15550001111', '+15551234567', '2026-11-23T18:00:00.000000000Z', 3, 'local', 'local', 'menu', 0) \
        ON CONFLICT (sid) DO UPDATE SET ending = COALESCE(excluded.ending, calls.ending); \
    INSERT OR IGNORE INTO orders (id, call_sid, sequence, restaurant, day, number, state, placed_at, currency, \
                        subtotal_minor, tax_minor, total_minor, lines, generation, digest) \
        VALUES ('00000000-0000-7000-8000-000000000000', 'CA1', 1, 'luna', '2026-11-23', 41, 'placed', \
                '2026-11-23T18:00:30.000000000Z', 'USD', 450, 0, 450, '[]', 3, \
                'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');";

#[tokio::test]
async fn calls_and_orders_of_before_are_of_an_unknown_account_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let url = default_url(folder.path());
    let mut before = SqliteConnectOptions::new()
        .filename(database_file(&url).unwrap())
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .connect()
        .await
        .unwrap();
    let all = sqlx::migrate!("src/store/sqlite/migrations");
    let older = all.iter().filter(|step| step.version < 40).cloned();
    Migrator {
        migrations: Cow::Owned(older.collect()),
        ..Migrator::DEFAULT
    }
    .run_direct(&mut before)
    .await
    .unwrap();
    sqlx::raw_sql(OF_BEFORE).execute(&mut before).await.unwrap();

    let store = SqliteStore::open(&url).await.unwrap();
    sqlx::raw_sql(OF_BEFORE).execute(&mut before).await.unwrap();
    before.close().await.unwrap();
    let kept = store.call("CA1").await.unwrap().unwrap();
    assert_eq!((kept.account_sid.as_str(), kept.sid.as_str()), ("", "CA1"));
    let order = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    let placed = store.place(&order).await.unwrap();
    let of_call = OrderFilter {
        call_sid: Some("CA1".into()),
        ..OrderFilter::default()
    };
    let orders = store.orders(&of_call).await.unwrap();
    assert_eq!(orders[0], placed);
    assert_eq!(
        (orders[1].account_sid.as_str(), orders[1].number),
        ("", 41),
        "{orders:?}"
    );
    let newest = store.call("CA1").await.unwrap();
    assert_eq!(newest, Some(call("CA1", "2026-11-23T18:30:00Z")));
    assert_eq!(
        store.calls(9).await.unwrap(),
        [
            crate::record::CallRecord {
                transcript: vec![],
                turns: vec![],
                ..order.record
            },
            kept,
        ]
    );
    store.close().await;
}
