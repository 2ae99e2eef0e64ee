//! One call's eye on its restaurant's kitchen.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::Clock;
use super::kitchen_board::KitchenBoard;
use crate::restaurant::{KitchenStatus, Pace, Restaurant};

/// Tells when something else can be had.
#[derive(Debug)]
pub(super) struct KitchenWatch {
    /// The file the call began with, at the time at which it began.
    restaurant: Arc<Restaurant>,
    status: KitchenStatus,
    /// The board's revision that was looked at last.
    seen: u64,
    /// When a kitchen that makes so many orders in a quarter of an hour was looked at last.
    looked: Timestamp,
    /// Minutes longer than usual that this call was promised, once it has ordered: its own order is no reason for more.
    promised: OnceLock<u32>,
}

/// A queue becomes shorter with time: it is looked at so often, seconds.
const LOOK: i64 = 20;
/// Minutes that an order takes where the file does not say.
const USUAL: u32 = 15;

impl KitchenWatch {
    /// Begins to watch; what is sold at this moment is returned with it.
    pub(super) fn begin(
        board: &KitchenBoard,
        restaurant: Arc<Restaurant>,
        now: Timestamp,
    ) -> (Self, Arc<Restaurant>) {
        let seen = board.revision();
        let mut watch = Self {
            restaurant,
            status: KitchenStatus::default(),
            seen,
            looked: now,
            promised: OnceLock::new(),
        };
        watch.status = watch.look(board, now);
        let sold = watch.restaurant.in_kitchen(&watch.status);
        (watch, sold)
    }

    /// The restaurant as it sells now, if that changed since it was asked last. Cheap when nothing changed anywhere.
    pub(super) fn changed(
        &mut self,
        board: &KitchenBoard,
        now: impl FnOnce() -> Timestamp,
    ) -> Option<Arc<Restaurant>> {
        let revision = board.revision();
        let paced = self.restaurant.kitchen.orders_per_15_minutes.is_some();
        if revision == self.seen && !paced {
            return None;
        }
        let now = now();
        if revision == self.seen && now.duration_since(self.looked).as_secs().abs() < LOOK {
            return None;
        }
        (self.seen, self.looked) = (revision, now);
        let status = self.look(board, now);
        if status == self.status {
            return None;
        }
        self.status = status;
        Some(self.restaurant.in_kitchen(&self.status))
    }

    /// The call orders, at the instant that is returned: what it was told of the time is kept from now on.
    pub(super) fn promise(&self, board: &KitchenBoard, clock: &Clock) -> Timestamp {
        let now = clock.now();
        self.promised.get_or_init(|| self.longer(board, now));
        now
    }

    /// What the kitchen says, with the time that its queue adds.
    fn look(&self, board: &KitchenBoard, now: Timestamp) -> KitchenStatus {
        let mut status = board.status(&self.restaurant.id, now);
        let longer = self.longer(board, now);
        if longer > 0 {
            let said = status.pace.as_ref();
            let slower = said.and_then(|pace| pace.ready_in_minutes);
            let usual = slower.or(self.restaurant.pickup_minutes).unwrap_or(USUAL);
            status.pace = Some(Pace {
                ready_in_minutes: Some(usual + longer),
                paused: said.is_some_and(|pace| pace.paused),
                // The same at every look, so that only minutes are news.
                since: said.map_or(Timestamp::MIN, |pace| pace.since),
                until: Timestamp::MAX,
                by: "orders".to_owned(),
            });
        }
        status
    }

    fn longer(&self, board: &KitchenBoard, now: Timestamp) -> u32 {
        let per_quarter = self.restaurant.kitchen.orders_per_15_minutes;
        let longer = || per_quarter.map(|many| board.longer(&self.restaurant.id, many, now));
        let promised = self.promised.get().copied();
        promised.or_else(longer).unwrap_or(0)
    }
}
