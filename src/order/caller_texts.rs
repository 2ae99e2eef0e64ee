//! Which text a caller gets, and when: each waits behind the order's channels for its news. Pure.

use jiff::Timestamp;

use super::change::OrderChange;
use super::delivery::{Delivery, DeliveryState};
use crate::restaurant::CallerNews;

/// The order is in: what needs no news is sent.
pub(super) fn begin(deliveries: &mut [Delivery], now: Timestamp) {
    for delivery in deliveries {
        let payment = delivery
            .caller_text()
            .map(|text| text.news == CallerNews::Payment);
        if payment == Some(true) {
            delivery.begin(now);
        }
    }
}

/// There is news: its text is to be sent, with what the restaurant said. Others that were not sent yet are out of date.
pub(super) fn tell(deliveries: &mut [Delivery], news: CallerNews, change: &OrderChange) {
    for delivery in deliveries {
        let state = delivery.state;
        let Some(text) = delivery.caller_text() else {
            continue;
        };
        // Where to pay is no news that another replaces; nobody pays for what is not made.
        if text.news == CallerNews::Payment && news != CallerNews::Refused {
            continue;
        }
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
