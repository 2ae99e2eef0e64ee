//! What a person reads of an order: the ticket in the restaurant's time, and the link by which to answer.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::ack_token::seal_ack;
use crate::order::{PlacedOrder, ticket_of_width};
use crate::routing::{LiveTable, Served};

/// How long a link is good.
const LINK_LASTS: Duration = Duration::from_secs(24 * 3_600);

/// Makes tickets and links.
pub(super) struct Tickets {
    pub table: Arc<LiveTable>,
    /// Seals links.
    pub secret: Vec<u8>,
    /// What links begin with; `None`: nobody outside knows our address, and there are none.
    pub public_url: Option<String>,
}

impl Tickets {
    /// A ticket of so many letters a line. The time is the restaurant's while it is served, UTC after that.
    pub(super) fn ticket(&self, order: &PlacedOrder, columns: usize) -> String {
        let zone = self.restaurant(order);
        let zone = zone.map_or(TimeZone::UTC, |served| {
            served.restaurant.schedule.timezone.clone()
        });
        ticket_of_width(order, &zone, columns)
    }

    /// The order's restaurant, while it is served.
    pub(super) fn restaurant(&self, order: &PlacedOrder) -> Option<Arc<Served>> {
        let table = self.table.load();
        table.restaurant(&order.order.restaurant).cloned()
    }

    /// The link that answers an order.
    pub(super) fn link(&self, order: &PlacedOrder) -> Option<String> {
        let end = order.placed_at.checked_add(LINK_LASTS).ok()?;
        let token = seal_ack(&self.secret, order.id, end);
        let base = self.public_url.as_deref()?;
        Some(format!("{base}/ack/{token}"))
    }

    /// The last lines of a message with a link.
    pub(super) fn call_to_answer(link: &str) -> String {
        format!("\nAccept or refuse: {link}")
    }
}
