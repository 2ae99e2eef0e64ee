//! What every kitchen says beside its file, for this process: read from memory by calls, written to the store first.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::kitchen_load::KitchenLoad;
use crate::events::{DomainEvent, Events, KitchenNews};
use crate::order::{OrderState, PlacedOrder};
use crate::restaurant::{KitchenStatus, Pace, RestaurantId, Sellable, SoldOut};
use crate::store::{OrderFilter, Store, StoreError};

/// Things marked in one restaurant at once; more is no kitchen.
const MAX_MARKS: usize = 500;

/// Orders looked at when the process begins, of all restaurants.
const MAX_LOADED: u32 = 2_000;

/// Does the kitchen make it?
fn counts(placed: &PlacedOrder) -> bool {
    use OrderState::{Cancelled, Refused, Test};
    !matches!(placed.state, Test | Refused | Cancelled)
}

/// Why something was not marked.
#[derive(Debug, thiserror::Error)]
pub enum NotMarked {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("more than {MAX_MARKS} things are sold out already")]
    TooMany,
}

/// The statuses of all restaurants that said something.
#[derive(Debug)]
pub struct KitchenBoard {
    store: Store,
    events: Events,
    statuses: RwLock<HashMap<RestaurantId, Arc<KitchenStatus>>>,
    /// What every kitchen has to make.
    loads: RwLock<HashMap<RestaurantId, KitchenLoad>>,
    /// Counts changes; a call that has seen the latest need not look.
    revision: AtomicU64,
    /// One change at a time, so that memory and store agree.
    writing: Mutex<()>,
}

impl KitchenBoard {
    /// With what the store kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load(store: Store, events: Events) -> Result<Self, StoreError> {
        let kept = store.kitchen_statuses().await?.into_iter();
        let statuses = kept.map(|(id, status)| (id, Arc::new(status))).collect();
        let latest = OrderFilter {
            limit: MAX_LOADED,
            ..OrderFilter::default()
        };
        let mut loads: HashMap<RestaurantId, KitchenLoad> = HashMap::new();
        // Newest first.
        for placed in store.orders(&latest).await?.into_iter().rev() {
            if counts(&placed) {
                let load = loads.entry(placed.order.restaurant).or_default();
                load.add(placed.id, placed.placed_at);
            }
        }
        Ok(Self {
            store,
            events,
            statuses: RwLock::new(statuses),
            loads: RwLock::new(loads),
            revision: AtomicU64::new(1),
            writing: Mutex::default(),
        })
    }

    /// Grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// What a restaurant's kitchen says at `now`.
    pub fn status(&self, id: &RestaurantId, now: Timestamp) -> KitchenStatus {
        let statuses = self.statuses.read().unwrap_or_else(PoisonError::into_inner);
        statuses
            .get(id)
            .map_or_else(KitchenStatus::default, |status| status.at(now))
    }

    /// An order was placed: its kitchen has that much more to make.
    pub fn count(&self, placed: &PlacedOrder) {
        if counts(placed) {
            let mut loads = self.loads.write().unwrap_or_else(PoisonError::into_inner);
            let load = loads.entry(placed.order.restaurant.clone()).or_default();
            load.add(placed.id, placed.placed_at);
            self.revision.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Minutes that an order placed now would take longer than usual, in a kitchen that makes so many in a quarter of an hour.
    pub fn longer(&self, id: &RestaurantId, per_quarter: u32, now: Timestamp) -> u32 {
        let loads = self.loads.read().unwrap_or_else(PoisonError::into_inner);
        loads
            .get(id)
            .map_or(0, |load| load.longer(per_quarter, now))
    }

    /// Something is sold out; what was said of it before is replaced.
    ///
    /// # Errors
    /// [`NotMarked`]; nothing is changed then.
    pub async fn mark(&self, id: &RestaurantId, mark: SoldOut) -> Result<(), NotMarked> {
        let _one = self.writing.lock().await;
        let mut status = self.status(id, mark.since);
        status.put(mark.clone());
        if status.sold_out.len() > MAX_MARKS {
            return Err(NotMarked::TooMany);
        }
        self.keep(id, status).await?;
        self.tell(id, KitchenNews::SoldOut(mark));
        Ok(())
    }

    /// Something is sold again; was it marked?
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn take_back(
        &self,
        id: &RestaurantId,
        what: &Sellable,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let _one = self.writing.lock().await;
        let mut status = self.status(id, now);
        if !status.take_back(what) {
            return Ok(false);
        }
        self.keep(id, status).await?;
        let (what, by) = (what.clone(), by.to_owned());
        self.tell(id, KitchenNews::Back { what, by });
        Ok(true)
    }

    /// How fast the kitchen is from now on; `None`: as the file says.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn set_pace(
        &self,
        id: &RestaurantId,
        pace: Option<Pace>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let _one = self.writing.lock().await;
        let mut status = self.status(id, now);
        status.pace.clone_from(&pace);
        self.keep(id, status).await?;
        self.tell(id, KitchenNews::Pace(pace));
        Ok(())
    }

    async fn keep(&self, id: &RestaurantId, status: KitchenStatus) -> Result<(), StoreError> {
        self.store.keep_kitchen_status(id, &status).await?;
        let mut statuses = self
            .statuses
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if status.is_plain() {
            statuses.remove(id);
        } else {
            statuses.insert(id.clone(), Arc::new(status));
        }
        drop(statuses);
        self.revision.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    fn tell(&self, id: &RestaurantId, news: KitchenNews) {
        let restaurant = id.clone();
        self.events
            .publish(DomainEvent::KitchenSaid { restaurant, news });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::default_url;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn mark(item: &str) -> SoldOut {
        SoldOut {
            what: Sellable::Item(item.into()),
            since: at(0),
            until: at(100),
            by: "api".into(),
        }
    }

    #[tokio::test]
    async fn what_was_said_is_said_still_after_a_restart_and_of_its_restaurant_only() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&default_url(folder.path())).await.unwrap();
        let board = KitchenBoard::load(store.clone(), Events::default())
            .await
            .unwrap();
        let (luna, pier) = (
            RestaurantId::parse("luna").unwrap(),
            RestaurantId::parse("pier").unwrap(),
        );
        let seen = board.revision();
        board.mark(&luna, mark("soup")).await.unwrap();
        board.mark(&luna, mark("tea")).await.unwrap();
        assert!(board.revision() > seen);
        let what = Sellable::Item("tea".into());
        assert!(board.take_back(&luna, &what, "api", at(1)).await.unwrap());
        assert!(!board.take_back(&pier, &what, "api", at(1)).await.unwrap());
        store.close().await;

        let store = Store::open(&default_url(folder.path())).await.unwrap();
        let board = KitchenBoard::load(store.clone(), Events::default())
            .await
            .unwrap();
        assert_eq!(board.status(&luna, at(99)).sold_out, [mark("soup")]);
        assert!(board.status(&luna, at(100)).is_plain());
        assert!(board.status(&pier, at(0)).is_plain());
        store.close().await;
    }

    #[tokio::test]
    async fn what_cannot_be_kept_does_not_hold() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&default_url(folder.path())).await.unwrap();
        let board = KitchenBoard::load(store.clone(), Events::default())
            .await
            .unwrap();
        let luna = RestaurantId::parse("luna").unwrap();
        for n in 0..MAX_MARKS {
            let mut status = board.status(&luna, at(0));
            status.put(mark(&n.to_string()));
            if n + 1 == MAX_MARKS {
                board.keep(&luna, status).await.unwrap();
            } else {
                let mut statuses = board.statuses.write().unwrap();
                statuses.insert(luna.clone(), Arc::new(status));
            }
        }
        let refused = board.mark(&luna, mark("one more")).await;
        assert!(matches!(refused, Err(NotMarked::TooMany)));
        board.mark(&luna, mark("0")).await.unwrap();
        store.close().await;
        let refused = board
            .take_back(&luna, &Sellable::Item("0".into()), "api", at(1))
            .await;
        assert!(refused.is_err());
        assert_eq!(board.status(&luna, at(1)).sold_out.len(), MAX_MARKS);
    }
}
