//! The worker for messages: writes the ways of what callers left in calls that are over, and has what is due tried. Beside the
//! worker for orders, so that neither waits for the other.

#![expect(
    clippy::disallowed_methods,
    reason = "a task of the whole process, and one for each try"
)]

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::channel_context::ChannelContext;
use super::message_courier::{deliver, ways};
use crate::events::{DeliveryResult, DomainEvent, Events};
use crate::order::{Backoff, Outcome};
use crate::restaurant::mask_numbers_in;
use crate::store::{LeasedMessage, Store, StoreError};

/// Tries at once.
const AT_ONCE: usize = 16;
/// Between looks.
const LOOK: Duration = Duration::from_secs(1);
/// A message of a call that ended earlier is no news: it was there before messages were delivered.
const NEWS: Duration = Duration::from_secs(24 * 3_600);
/// How long tries under way hold up the end of the process.
const FINISH_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) struct MessageWorker {
    pub holder: Uuid,
    pub backoff: Backoff,
    pub store: Store,
    pub events: Events,
    pub context: Arc<ChannelContext>,
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl MessageWorker {
    pub(super) async fn run(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        let mut ended = self.events.subscribe();
        let mut tries = JoinSet::new();
        while !*stopping.borrow_and_update() {
            if let Err(error) = self.take(&mut tries).await {
                self.store_failed(&error);
            }
            let pause = tokio::time::sleep(LOOK);
            tokio::pin!(pause);
            loop {
                tokio::select! {
                    _ = stopping.changed() => break,
                    _ = tries.join_next(), if !tries.is_empty() => break,
                    event = ended.recv() => match event.as_deref() {
                        Ok(DomainEvent::CallEnded { record }) if record.message.is_some() => break,
                        _ => {}
                    },
                    () = &mut pause => break,
                }
            }
        }
        let rest = async { while tries.join_next().await.is_some() {} };
        // What is left is broken off, and due again at the next start.
        let _ = tokio::time::timeout(FINISH_TIMEOUT, rest).await;
    }

    async fn take(self: &Arc<Self>, tries: &mut JoinSet<()>) -> Result<(), StoreError> {
        let now = (self.now)();
        let since = now.checked_sub(NEWS).unwrap_or(Timestamp::MIN);
        for message in self.store.new_messages(since).await? {
            let table = self.context.tickets.table.load();
            let served = table.restaurant(&message.restaurant);
            let orders = served.map(|served| served.restaurant.order_channels("", ""));
            let ways = ways(orders.unwrap_or_default());
            self.store.plan_message(&message, &ways, now).await?;
        }
        let room = AT_ONCE.saturating_sub(tries.len());
        if room > 0 {
            let limit = u32::try_from(room).unwrap_or(u32::MAX);
            let leased = self
                .store
                .lease_messages(self.holder, now, &self.backoff, limit)
                .await?;
            for leased in leased {
                let worker = Arc::clone(self);
                tries.spawn(async move { worker.attempt(leased).await });
            }
        }
        Ok(())
    }

    async fn attempt(&self, leased: LeasedMessage) {
        let outcome = deliver(&self.context, &leased, (self.now)()).await;
        let outcome = outcome.with_error(mask_numbers_in);
        self.tell(&leased, &outcome);
        let id = leased.delivery.id;
        // What became of it must be kept: until it is, the lease runs out and the receiver is sent it again.
        loop {
            let (now, chance) = ((self.now)(), rand::random::<f64>());
            let (outcome, holder, backoff) = (outcome.clone(), self.holder, self.backoff);
            let kept = self.store.finish_message(id, move |dispatch| {
                dispatch.finish(id, holder, outcome, now, &backoff, chance);
            });
            let Err(error) = kept.await else {
                return;
            };
            self.store_failed(&error);
            let lease = leased.delivery.lease;
            if lease.is_none_or(|lease| !lease.holds((self.now)())) {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn tell(&self, leased: &LeasedMessage, outcome: &Outcome) {
        let (result, error) = match outcome {
            Outcome::Received(_) => (DeliveryResult::Received, None),
            Outcome::Refused { error } => (DeliveryResult::Failed, Some(error.clone())),
            Outcome::NotYet { error, .. } => {
                let tried = leased.delivery.tries.saturating_add(1);
                let last = self.backoff.wait_after(tried, 0.0, None).is_none();
                let result = if last {
                    DeliveryResult::Failed
                } else {
                    DeliveryResult::Retried
                };
                (result, Some(error.clone()))
            }
        };
        self.events.publish(DomainEvent::MessageTried {
            restaurant: leased.message.restaurant.clone(),
            channel: leased.delivery.channel.kind(),
            destination: leased.delivery.channel.destination(),
            result,
            error,
        });
    }

    fn store_failed(&self, error: &StoreError) {
        self.events.publish(DomainEvent::StoreFailed {
            what: "deliver messages",
            error: error.to_string(),
        });
    }
}
