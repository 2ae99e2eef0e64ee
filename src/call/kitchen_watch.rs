//! One call's eye on its restaurant's kitchen.

use std::sync::Arc;

use jiff::Timestamp;

use super::kitchen_board::KitchenBoard;
use crate::restaurant::{KitchenStatus, Restaurant};

/// Tells when something else can be had.
#[derive(Debug)]
pub(super) struct KitchenWatch {
    /// The file the call began with, at the time at which it began.
    restaurant: Arc<Restaurant>,
    status: KitchenStatus,
    /// The board's revision that was looked at last.
    seen: u64,
}

impl KitchenWatch {
    /// Begins to watch; what is sold at this moment is returned with it.
    pub(super) fn begin(
        board: &KitchenBoard,
        restaurant: Arc<Restaurant>,
        now: Timestamp,
    ) -> (Self, Arc<Restaurant>) {
        let seen = board.revision();
        let status = board.status(&restaurant.id, now);
        let sold = restaurant.in_kitchen(&status);
        let watch = Self {
            restaurant,
            status,
            seen,
        };
        (watch, sold)
    }

    /// The restaurant as it sells now, if that changed since it was asked last. Cheap when nothing changed anywhere.
    pub(super) fn changed(
        &mut self,
        board: &KitchenBoard,
        now: impl FnOnce() -> Timestamp,
    ) -> Option<Arc<Restaurant>> {
        let revision = board.revision();
        if revision == self.seen {
            return None;
        }
        self.seen = revision;
        let status = board.status(&self.restaurant.id, now());
        if status == self.status {
            return None;
        }
        self.status = status;
        Some(self.restaurant.in_kitchen(&self.status))
    }
}
