//! The door to messages that callers left: planned, leased and finished like the deliveries of orders.

use jiff::Timestamp;
use uuid::Uuid;

use super::backend::Backend;
use super::{LeasedMessage, LeftMessage, Store, StoreError};
use crate::order::{Backoff, Dispatch};
use crate::restaurant::OrderChannel;

impl Store {
    /// Messages that callers left in calls that ended since then, and whose ways are not written yet; none of test calls.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn new_messages(&self, since: Timestamp) -> Result<Vec<LeftMessage>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.new_messages(since).await,
        }
    }

    /// Writes the ways of a message, once: a second time does nothing.
    ///
    /// # Errors
    /// When the database refuses; nothing is written then.
    pub async fn plan_message(
        &self,
        message: &LeftMessage,
        channels: &[OrderChannel],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.plan_message(message, channels, now).await,
        }
    }

    /// [`Store::lease_deliveries`] for messages.
    ///
    /// # Errors
    /// When the database refuses; nothing is claimed then.
    pub async fn lease_messages(
        &self,
        holder: Uuid,
        now: Timestamp,
        backoff: &Backoff,
        limit: u32,
    ) -> Result<Vec<LeasedMessage>, StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.lease_messages(holder, now, backoff, limit).await,
        }
    }

    /// Changes one delivery of a message, alone in its [`Dispatch`]; one that was forgotten is left so.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn finish_message(
        &self,
        id: Uuid,
        work: impl FnOnce(&mut Dispatch) + Send,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(store) => store.finish_message(id, work).await,
        }
    }
}
