//! What a commit writes, and which orders to list.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::order::{Order, OrderState};
use crate::record::CallRecord;
use crate::restaurant::{Digest, OrderChannel, RestaurantId};

/// Everything one commit writes.
#[derive(Clone, Debug)]
pub struct Placement {
    pub call_sid: String,
    pub state: OrderState,
    /// Of the table the call was answered from.
    pub generation: u64,
    /// Of the file the call was answered from.
    pub digest: Digest,
    pub order: Order,
    pub at: Timestamp,
    /// The restaurant's: its local day decides which spoken number comes next.
    pub timezone: TimeZone,
    /// How the order reaches the restaurant, as its file says now; a test's order is sent nowhere all the same.
    pub channels: Vec<OrderChannel>,
    /// The call so far, with the same sid; written beside the order, which is kept under its account.
    pub record: CallRecord,
}

/// Which orders to list. The default: the latest hundred.
#[derive(Clone, Debug)]
pub struct OrderFilter {
    /// Of this call; of this CallSid in every account unless `account_sid` says which.
    pub call_sid: Option<String>,
    /// Of this Twilio account's calls.
    pub account_sid: Option<String>,
    pub restaurant: Option<RestaurantId>,
    /// Placed at or after this instant.
    pub since: Option<Timestamp>,
    /// At most so many, the newest.
    pub limit: u32,
}

impl Default for OrderFilter {
    fn default() -> Self {
        Self {
            call_sid: None,
            account_sid: None,
            restaurant: None,
            since: None,
            limit: 100,
        }
    }
}
