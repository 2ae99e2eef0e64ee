//! What every kind of database must keep of kitchens.

use super::Store;
use crate::restaurant::{KitchenStatus, Pace, RestaurantId, Sellable, SoldOut};

pub(super) async fn what_a_kitchen_says_reads_back_until_it_says_nothing(store: &Store) {
    let luna = RestaurantId::parse("luna").unwrap();
    assert_eq!(store.kitchen_statuses().await.unwrap(), []);
    let (since, until) = (
        "2026-11-30T18:00:00.123456789Z".parse().unwrap(),
        "2026-12-01T03:00:00Z".parse().unwrap(),
    );
    let mark = |what| SoldOut {
        what,
        since,
        until,
        by: "+12125550199".into(),
    };
    let mut status = KitchenStatus {
        sold_out: vec![
            mark(Sellable::Item("salmon".into())),
            mark(Sellable::Choice("Jalapeño \"hot\"".into())),
        ],
        pace: Some(Pace {
            ready_in_minutes: Some(45),
            paused: false,
            since,
            until,
            by: "api".into(),
        }),
    };
    store.keep_kitchen_status(&luna, &status).await.unwrap();
    let kept = store.kitchen_statuses().await.unwrap();
    assert_eq!(kept, [(luna.clone(), status.clone())]);
    status.sold_out.clear();
    store.keep_kitchen_status(&luna, &status).await.unwrap();
    let kept = store.kitchen_statuses().await.unwrap();
    assert_eq!(kept, [(luna.clone(), status)]);
    let plain = KitchenStatus::default();
    store.keep_kitchen_status(&luna, &plain).await.unwrap();
    assert_eq!(store.kitchen_statuses().await.unwrap(), []);
}
