//! Which text a caller gets, and when: each waits behind the order's channels for its news. Pure.

use super::change::OrderChange;
use super::delivery::{Delivery, DeliveryState};
use crate::restaurant::CallerNews;

/// There is news: its text is to be sent, with what the restaurant said. Others that were not sent yet are out of date.
pub(super) fn tell(deliveries: &mut [Delivery], news: CallerNews, change: &OrderChange) {
    for delivery in deliveries {
        let state = delivery.state;
        let Some(text) = delivery.caller_text() else {
            continue;
        };
        if text.news != news {
            if state == DeliveryState::Due {
                delivery.state = DeliveryState::Held;
                delivery.lease = None;
            }
            continue;
        }
        // Said twice it is no news, another time is.
        let another_time = change.ready_at.is_some() && change.ready_at != text.ready_at;
        if state == DeliveryState::Held || another_time {
            text.ready_at = change.ready_at;
            text.reason.clone_from(&change.reason);
            delivery.begin(change.at);
            delivery.tries = 0;
            delivery.lease = None;
        }
    }
}
