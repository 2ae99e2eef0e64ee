//! Deletes calls and orders that are too old, an hour after another and in small pieces, and says how many there were.

#![expect(clippy::disallowed_methods, reason = "a task of the whole process")]

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use crate::events::{DomainEvent, Events};
use crate::restaurant::{Keep, RestaurantId};
use crate::routing::{LiveTable, RoutingTable};
use crate::store::{Deleted, Store, StoreError, TooOld};

/// Between two looks; the first is at the start.
const INTERVAL: Duration = Duration::from_secs(3600);
/// Calls and orders deleted in one transaction, so that an order that is placed meanwhile waits for milliseconds.
const AT_ONCE: u32 = 100;
/// Transactions of one look: what is left is the next one's.
const MOST: usize = 1_000;
/// Nothing younger is ever deleted.
const YOUNGEST: SignedDuration = SignedDuration::from_hours(24);

/// Looks every hour, for as long as the process lives.
pub(super) fn start(
    store: Store,
    events: Events,
    table: Arc<LiveTable>,
    keep: Keep,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
) -> JoinHandle<()> {
    let mut tick = tokio::time::interval(INTERVAL);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tokio::spawn(async move {
        loop {
            tick.tick().await;
            let rules = table.load();
            match sweep(&store, &rules, keep, now()).await {
                Ok(deleted) if deleted == Deleted::default() => {}
                Ok(Deleted { calls, orders }) => {
                    events.publish(DomainEvent::DataDeleted { calls, orders });
                }
                Err(error) => events.publish(DomainEvent::StoreFailed {
                    what: "delete what is too old",
                    error: error.to_string(),
                }),
            }
        }
    })
}

/// One look. The rules of a restaurant that is not served any more are the server's.
async fn sweep(
    store: &Store,
    table: &RoutingTable,
    keep: Keep,
    now: Timestamp,
) -> Result<Deleted, StoreError> {
    let mut deleted = Deleted::default();
    let before = now.checked_sub(YOUNGEST).unwrap_or(Timestamp::MIN);
    store.delete_old_carts(now).await?;
    let mut left = MOST;
    for restaurant in store.restaurants_with_records(before).await? {
        let served = restaurant
            .as_deref()
            .and_then(RestaurantId::parse)
            .and_then(|id| table.restaurant(&id));
        let own = served.map_or(keep, |served| served.restaurant.keep.or(keep));
        let too_old = too_old(own, now);
        if too_old == TooOld::default() {
            continue;
        }
        while left > 0 {
            left -= 1;
            let some = store
                .delete_old(restaurant.as_deref(), too_old, AT_ONCE)
                .await?;
            if some == Deleted::default() {
                break;
            }
            deleted += some;
        }
    }
    Ok(deleted)
}

fn too_old(keep: Keep, now: Timestamp) -> TooOld {
    let before = |days: Option<u32>| {
        let age = SignedDuration::from_hours(24).checked_mul(i32::try_from(days?).ok()?)?;
        now.checked_sub(age).ok()
    };
    TooOld {
        calls: before(keep.calls),
        orders: before(keep.orders),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::testing::parts;
    use crate::record::{CallRecord, Ending, Engines};
    use crate::restaurant::{Digest, Restaurant};
    use crate::routing::Served;
    use crate::store::default_url;

    const NOW: &str = "2026-11-30T18:00:00Z";

    fn call(sid: &str, restaurant: Option<&str>, days_ago: i64) -> CallRecord {
        let now: Timestamp = NOW.parse().unwrap();
        let at = now - SignedDuration::from_hours(24 * days_ago);
        CallRecord {
            account_sid: "AC1".into(),
            sid: sid.into(),
            restaurant: restaurant.and_then(RestaurantId::parse),
            from: "+15550001111".into(),
            to: "+15551234567".into(),
            started_at: at,
            ended_at: Some(at),
            ending: Some(Ending::HungUp),
            generation: 1,
            digest: None,
            engines: Engines::default(),
            take_over: None,
            test: false,
            message: None,
            transcript: Vec::new(),
            turns: Vec::new(),
        }
    }

    fn table(id: &str, keep: Keep) -> RoutingTable {
        let number = "+12125550101";
        let parts = crate::restaurant::RestaurantParts {
            keep,
            ..parts(id, number)
        };
        let served = Served {
            restaurant: Arc::new(Restaurant::new(parts).unwrap()),
            digest: Digest::of(b"file"),
            file: format!("{id}.yaml"),
        };
        let number = crate::restaurant::PhoneNumber::parse(number).unwrap();
        RoutingTable::with_owners(1, [(number, Arc::new(served))].into())
    }

    #[tokio::test]
    async fn each_restaurant_keeps_as_long_as_its_file_says_and_the_rest_as_the_server_does() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&default_url(folder.path())).await.unwrap();
        for (sid, restaurant, days_ago) in [
            ("CA1", Some("luna"), 8),
            ("CA2", Some("luna"), 6),
            ("CA3", Some("gone"), 8),
            ("CA4", Some("gone"), 31),
            ("CA5", None, 31),
            ("CA6", None, 29),
        ] {
            store
                .call_ended(&call(sid, restaurant, days_ago))
                .await
                .unwrap();
        }
        let week = Keep {
            calls: Some(7),
            orders: None,
        };
        let month = Keep {
            calls: Some(30),
            orders: None,
        };
        let now = NOW.parse().unwrap();
        let empty = RoutingTable::empty();
        let nothing = sweep(&store, &empty, Keep::default(), now).await;
        assert_eq!(nothing.unwrap(), Deleted::default());
        let deleted = sweep(&store, &table("luna", week), month, now)
            .await
            .unwrap();
        assert_eq!(
            deleted,
            Deleted {
                calls: 3,
                orders: 0
            }
        );
        let mut left: Vec<String> = store
            .calls(10)
            .await
            .unwrap()
            .into_iter()
            .map(|c| c.sid)
            .collect();
        left.sort();
        assert_eq!(left, ["CA2", "CA3", "CA6"]);
        store.close().await;
    }
}
