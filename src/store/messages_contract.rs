//! What every kind of database must keep about messages that callers left.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::contract::call;
use super::{LeasedMessage, Store};
use crate::order::{Backoff, Outcome};
use crate::record::{CallRecord, Ending};
use crate::restaurant::{OrderChannel, PaperWidth, Recipient};

const AT: &str = "2026-11-30T18:00:00Z";

fn at(seconds: u64) -> Timestamp {
    let start: Timestamp = AT.parse().unwrap();
    start + Duration::from_secs(seconds)
}

fn printer() -> OrderChannel {
    OrderChannel {
        to: Recipient::Printer {
            host: "10.0.0.7".into(),
            port: 9100,
            width: PaperWidth::Mm80,
        },
        ack_seconds: None,
    }
}

async fn left(store: &Store, sid: &str, test: bool) {
    let record = CallRecord {
        ended_at: Some(at(0)),
        ending: Some(Ending::Message),
        message: Some("call me back".into()),
        test,
        ..call(sid, AT)
    };
    store.call_ended(&record).await.unwrap();
}

async fn lease(store: &Store, holder: u128, now: Timestamp) -> Vec<LeasedMessage> {
    let holder = Uuid::from_u128(holder);
    let backoff = Backoff::default();
    let leased = store.lease_messages(holder, now, &backoff, 100);
    leased.await.unwrap()
}

async fn finish(store: &Store, leased: &LeasedMessage, outcome: Outcome, now: Timestamp) {
    let (id, lease) = (leased.delivery.id, leased.delivery.lease.unwrap());
    let done = store.finish_message(id, |dispatch| {
        dispatch.finish(id, lease.holder, outcome, now, &Backoff::default(), 0.5);
    });
    done.await.unwrap();
}

pub(super) async fn a_message_is_planned_once_and_tried_until_it_is_received(store: &Store) {
    left(store, "CA1", false).await;
    left(store, "CA2", true).await;
    let new = store.new_messages(at(0)).await.unwrap();
    assert_eq!(new.len(), 1, "a test's goes nowhere: {new:?}");
    assert_eq!(
        (new[0].call_sid.as_str(), new[0].text.as_str()),
        ("CA1", "call me back")
    );
    assert!(
        store.new_messages(at(1)).await.unwrap().is_empty(),
        "too old"
    );
    let ways = [printer(), printer()];
    store.plan_message(&new[0], &ways, at(0)).await.unwrap();
    store.plan_message(&new[0], &ways, at(0)).await.unwrap();
    assert!(store.new_messages(at(0)).await.unwrap().is_empty());

    let first = lease(store, 1, at(0)).await;
    assert_eq!(first.len(), 2);
    assert!(
        lease(store, 2, at(1)).await.is_empty(),
        "they are somebody's"
    );
    let failed = Outcome::NotYet {
        error: "it answered 500".into(),
        after: None,
    };
    finish(store, &first[0], failed, at(1)).await;
    finish(store, &first[1], Outcome::Received(None), at(1)).await;
    assert!(
        lease(store, 2, at(2)).await.is_empty(),
        "its wait is not over"
    );
    let again = lease(store, 2, at(60)).await;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].delivery.id, first[0].delivery.id, "known by it");
    assert_eq!(again[0].delivery.tries, 1);
    // A process that died holds nothing for long, once the next begins.
    store.release_leases().await.unwrap();
    let again = lease(store, 3, at(61)).await;
    finish(store, &again[0], Outcome::Received(None), at(61)).await;
    assert!(lease(store, 3, at(90_000)).await.is_empty());
}

pub(super) async fn a_message_is_forgotten_with_its_caller_unless_it_is_on_its_way(store: &Store) {
    left(store, "CA1", false).await;
    let new = store.new_messages(at(0)).await.unwrap();
    store
        .plan_message(&new[0], &[printer()], at(0))
        .await
        .unwrap();
    let from = new[0].from.clone();
    assert_eq!(store.forget(&from, false).await.unwrap().busy, 1);
    let leased = lease(store, 1, at(0)).await;
    finish(store, &leased[0], Outcome::Received(None), at(1)).await;
    assert_eq!(store.forget(&from, false).await.unwrap().calls, 1);
    assert_eq!(store.call("CA1").await.unwrap(), None);
    // What comes too late for it changes nothing.
    finish(store, &leased[0], Outcome::Received(None), at(2)).await;
}
