//! A recorded caller, heard again.

use std::sync::Arc;

use jiff::SignedDuration;

use super::calls::RecordedCall;
use crate::conversation::{Action, CompiledMenu, State, Waiter};
use crate::order::Order;
use crate::restaurant::Restaurant;

/// What became of the call this time.
#[derive(Clone, Debug)]
pub struct Rerun {
    /// The first order that was placed.
    pub order: Option<Order>,
    /// Where the conversation stood after the caller's last line.
    pub state: State,
}

/// Says the caller's lines to a new waiter, each at the time of day it was said.
pub fn rerun(restaurant: &Arc<Restaurant>, menu: &Arc<CompiledMenu>, call: &RecordedCall) -> Rerun {
    let zone = restaurant.schedule.timezone.clone();
    let began = call.started_at.to_zoned_datetime(zone);
    let mut waiter = Waiter::new(restaurant.at(&began), Arc::clone(menu));
    let mut order = None;
    let mut placed = 0;
    for (at_ms, words) in call.said() {
        let since = SignedDuration::from_millis(i64::try_from(at_ms).unwrap_or(0));
        let at = call
            .started_at
            .saturating_add(since)
            .unwrap_or(call.started_at);
        let now = at.to_zoned_datetime(restaurant.schedule.timezone.clone());
        if let Action::Place(placing) = waiter.hear(words, &now).action {
            placed += 1;
            let _ = waiter.committed(placed);
            order.get_or_insert(*placing);
        }
    }
    Rerun {
        order,
        state: waiter.state(),
    }
}
