//! What every kind of database must forget, and must not.

use jiff::Timestamp;

use super::contract::{call, placement};
use super::{Deleted, Forgotten, Placement, Store, TooOld};
use crate::order::{Answer, OrderDetails};
use crate::record::{CallRecord, Ending};
use crate::restaurant::{CallerNews, CallerText, OrderChannel, Recipient};

const OLD: &str = "2026-01-01T18:00:00Z";
const NEW: &str = "2026-11-30T18:00:00Z";
/// Of `call`.
const NUMBER: &str = "+15550001111";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn ended(sid: &str, began: &str) -> CallRecord {
    CallRecord {
        ended_at: Some(at(began)),
        ending: Some(Ending::HungUp),
        ..call(sid, began)
    }
}

/// An order of an ended call, with a name, a note and two ways: one to the kitchen, one to the caller.
fn named(sid: &str, began: &str, kitchen: bool) -> Placement {
    let email = OrderChannel {
        to: Recipient::Email {
            to: "kitchen@luna.example".into(),
        },
        ack_seconds: None,
    };
    let caller = OrderChannel {
        to: Recipient::Caller(CallerText {
            to: NUMBER.into(),
            from: "+15551234567".into(),
            account: None,
            news: CallerNews::Ready,
            ready_at: None,
            reason: None,
            link: None,
        }),
        ack_seconds: None,
    };
    let mut placement = placement(sid, "luna", began);
    placement.order.name = Some("Ada".into());
    placement.order.lines[0].details.notes = vec!["for Ada's birthday".into()];
    placement.order.details = OrderDetails {
        notes: vec!["ring twice".into()],
        address: Some(crate::order::Address {
            street: "Maple Street".into(),
            ..Default::default()
        }),
        ..OrderDetails::default()
    };
    placement.channels = match kitchen {
        true => vec![email, caller],
        false => vec![caller],
    };
    placement.record = ended(sid, began);
    placement
}

fn too_old(calls: Option<&str>, orders: Option<&str>) -> TooOld {
    TooOld {
        calls: calls.map(at),
        orders: orders.map(at),
    }
}

pub(super) async fn what_is_too_old_is_deleted_and_what_is_younger_on_the_line_or_on_its_way_stays(
    store: &Store,
) {
    store.call_ended(&ended("CA1", OLD)).await.unwrap();
    store.call_ended(&ended("CA2", NEW)).await.unwrap();
    store.call_started(&call("CA3", OLD)).await.unwrap();
    let kept = store.place(&named("CA4", OLD, false)).await.unwrap();
    store.place(&named("CA5", OLD, true)).await.unwrap();
    let foreign = CallRecord {
        restaurant: None,
        ..ended("CA6", OLD)
    };
    store.call_ended(&foreign).await.unwrap();
    let with_records = store.restaurants_with_records(at(NEW)).await.unwrap();
    assert_eq!(with_records, [None, Some("luna".to_owned())]);

    let border = "2026-06-01T00:00:00Z";
    let calls = too_old(Some(border), None);
    let deleted = store.delete_old(Some("luna"), calls, 1).await.unwrap();
    assert_eq!(
        deleted,
        Deleted {
            calls: 1,
            orders: 0
        },
        "the bound"
    );
    let deleted = store.delete_old(Some("luna"), calls, 100).await.unwrap();
    assert_eq!(
        deleted,
        Deleted {
            calls: 1,
            orders: 0
        }
    );
    let deleted = store.delete_old(Some("luna"), calls, 100).await.unwrap();
    assert_eq!(deleted, Deleted::default(), "done once");
    assert!(store.call("CA1").await.unwrap().is_none());
    assert!(store.call("CA2").await.unwrap().is_some(), "young");
    assert!(store.call("CA3").await.unwrap().is_some(), "live");
    let bare = store.call("CA4").await.unwrap().unwrap();
    assert_eq!((bare.from.as_str(), bare.transcript.len()), ("", 0));
    assert!(store.order(kept.id).await.unwrap().is_some());
    let busy = store.call("CA5").await.unwrap().unwrap();
    assert_eq!(busy.from, NUMBER, "its order is on its way");
    assert!(store.call("CA6").await.unwrap().is_some(), "nobody's");
    let deleted = store.delete_old(None, calls, 100).await.unwrap();
    assert_eq!(
        deleted,
        Deleted {
            calls: 1,
            orders: 0
        }
    );

    let orders = too_old(Some(border), Some(border));
    let deleted = store.delete_old(Some("luna"), orders, 100).await.unwrap();
    assert_eq!(
        deleted,
        Deleted {
            calls: 0,
            orders: 1
        }
    );
    assert!(store.order(kept.id).await.unwrap().is_none());
    let ways = store.order_ways(&[kept.id]).await.unwrap();
    assert!(ways[0].deliveries.is_empty(), "{ways:?}");
    // Now nothing needs the row of its call.
    let deleted = store.delete_old(Some("luna"), orders, 100).await.unwrap();
    assert_eq!(
        deleted,
        Deleted {
            calls: 1,
            orders: 0
        }
    );
    assert!(store.call("CA4").await.unwrap().is_none());
}

pub(super) async fn a_number_is_forgotten_with_all_that_was_said_and_its_orders_stay_without_a_name(
    store: &Store,
) {
    store.call_ended(&ended("CA1", NEW)).await.unwrap();
    let other = CallRecord {
        from: "+15550002222".into(),
        ..ended("CA2", NEW)
    };
    store.call_ended(&other).await.unwrap();
    let placed = store.place(&named("CA3", NEW, false)).await.unwrap();
    store.place(&named("CA4", NEW, true)).await.unwrap();
    store
        .stop_texts("+15551234567", NUMBER, at(NEW))
        .await
        .unwrap();

    let expected = Forgotten {
        calls: 2,
        orders: 1,
        busy: 1,
    };
    assert_eq!(store.forget(NUMBER, true).await.unwrap(), expected);
    let still = store.order(placed.id).await.unwrap().unwrap();
    assert_eq!(still, placed, "looking changes nothing");
    assert_eq!(store.forget(NUMBER, false).await.unwrap(), expected);

    assert!(store.call("CA1").await.unwrap().is_none());
    assert!(
        store.call("CA2").await.unwrap().is_some(),
        "somebody else's"
    );
    let bare = store.call("CA3").await.unwrap().unwrap();
    assert_eq!((bare.from.as_str(), bare.transcript.len()), ("", 0));
    let order = store.order(placed.id).await.unwrap().unwrap();
    assert_eq!(order.order.name, None);
    assert_eq!(order.order.total, placed.order.total);
    let told = format!("{order:?}");
    assert!(
        !told.contains("Ada") && !told.contains("ring twice"),
        "{told}"
    );
    let ways = store.order_ways(&[placed.id]).await.unwrap();
    let told = format!("{ways:?}");
    assert!(!told.contains(NUMBER), "{told}");
    // There is nobody to text any more.
    let accept = |dispatch: &mut crate::order::Dispatch| {
        dispatch.answer(Answer::Ready, "api", at(NEW)).unwrap();
        dispatch.deliveries[0].state
    };
    let state = store.dispatch(placed.id, accept).await.unwrap().unwrap();
    assert_eq!(state.result, crate::order::DeliveryState::Skipped);
    assert!(store.texts_stopped("+15551234567", NUMBER).await.unwrap());
    let left = Forgotten {
        busy: 1,
        ..Forgotten::default()
    };
    assert_eq!(store.forget(NUMBER, false).await.unwrap(), left);
}
