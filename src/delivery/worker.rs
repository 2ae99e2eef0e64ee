//! The worker: takes what is due from the outbox, has it tried, and keeps what became of it.
//!
//! Nothing is remembered here: a worker that dies leaves leases, which end or are given back at the next start. What is tried
//! twice because of that carries the same id.

#![expect(
    clippy::disallowed_methods,
    reason = "a task of the whole process, and one for each try"
)]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};
use uuid::Uuid;

use super::channel_context::{ChannelContext, Secrets};
use super::courier;
use super::http_clients::HttpClients;
use super::message_worker::MessageWorker;
use super::tickets::Tickets;
use super::twilio_rest::TwilioRest;
use crate::events::{DeliveryResult, DomainEvent, Events};
use crate::order::{Backoff, Outcome};
use crate::restaurant::mask_numbers_in;
use crate::routing::LiveTable;
use crate::settings::Settings;
use crate::store::{Leased, Store, StoreError};

/// Tries at once, all restaurants together; one restaurant has a few of them (`store`).
const AT_ONCE: usize = 128;
/// While more than so many are under way, what ends does not make the worker look for more: it takes many at a time.
const FEW: usize = AT_ONCE / 2;
/// Between looks for what nobody told this process of: orders sent again by a command, clocks that were set.
const LOOK: Duration = Duration::from_secs(1);
/// Between tries of a store that refused.
const STORE_RETRY: Duration = Duration::from_secs(1);

/// How long tries under way hold up the end of the process.
const FINISH_TIMEOUT: Duration = Duration::from_secs(5);

/// What the worker is started with.
pub struct OutboxParts {
    pub store: Store,
    pub events: Events,
    pub table: Arc<LiveTable>,
    pub settings: Arc<Settings>,
    /// Seals the links of messages.
    pub secret: Vec<u8>,
    /// What links begin with.
    pub public_url: Option<String>,
    pub secrets: Secrets,
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Wakes the worker: something may be due.
    pub wake: Arc<Notify>,
}

/// The running worker.
pub struct Outbox {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    messages: JoinHandle<()>,
}

impl Outbox {
    /// Begins to deliver. What the process before this one had claimed is due again.
    pub fn start(parts: OutboxParts) -> Self {
        let (stop, stopping) = watch::channel(false);
        let settings = &parts.settings;
        let deliver = &settings.deliver;
        let context = ChannelContext {
            allow: deliver.allow.clone(),
            secrets: parts.secrets,
            clients: HttpClients::default(),
            twilio: TwilioRest::new(
                deliver.twilio_api.clone(),
                settings.account_sid.clone(),
                settings.auth_tokens.clone(),
            ),
            smtp: deliver.smtp.clone(),
            tickets: Tickets {
                table: parts.table,
                secret: parts.secret,
                public_url: parts.public_url,
            },
            store: parts.store.clone(),
        };
        let context = Arc::new(context);
        let backoff = Backoff {
            first: deliver.first_retry,
        };
        let messages = MessageWorker {
            holder: Uuid::now_v7(),
            backoff,
            store: parts.store.clone(),
            events: parts.events.clone(),
            context: Arc::clone(&context),
            now: Arc::clone(&parts.now),
        };
        let worker = Worker {
            holder: Uuid::now_v7(),
            backoff,
            store: parts.store,
            events: parts.events,
            context,
            now: parts.now,
            wake: parts.wake,
        };
        let messages = tokio::spawn(Arc::new(messages).run(stopping.clone()));
        let task = tokio::spawn(Arc::new(worker).run(stopping));
        Self {
            stop,
            task,
            messages,
        }
    }

    /// Takes nothing more and waits for the tries under way; what they do not come to is tried after the next start.
    pub async fn finish(self) {
        self.stop.send_replace(true);
        // A task that panicked has said so already.
        let _ = tokio::join!(self.task, self.messages);
    }
}

/// What became of a try.
struct Tried {
    leased: Leased,
    outcome: Outcome,
    /// The store was not asked to keep it yet.
    is_new: bool,
}

struct Worker {
    holder: Uuid,
    backoff: Backoff,
    store: Store,
    events: Events,
    context: Arc<ChannelContext>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    wake: Arc<Notify>,
}

impl Worker {
    async fn run(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        if let Err(error) = self.store.release_leases().await {
            self.store_failed(&error);
        }
        let mut placed = self.events.subscribe();
        let mut tries = JoinSet::new();
        let (mut waiting, mut tried) = (0, Vec::new());
        let mut is_woken = true;
        loop {
            if *stopping.borrow_and_update() {
                break;
            }
            let kept_and_taken = async {
                self.keep(&mut tried).await?;
                if !is_woken && tries.len() > FEW {
                    return Ok(LOOK);
                }
                self.take(&mut tries, &mut waiting).await
            };
            let pause = match kept_and_taken.await {
                Ok(pause) => pause,
                Err(error) => {
                    self.store_failed(&error);
                    STORE_RETRY
                }
            };
            let pause = tokio::time::sleep(pause);
            tokio::pin!(pause);
            is_woken = true;
            loop {
                tokio::select! {
                    _ = stopping.changed() => break,
                    () = self.wake.notified() => break,
                    ended = tries.join_next(), if !tries.is_empty() => {
                        // A try that panicked has said so already, and is tried again when its lease is over.
                        tried.extend(ended.and_then(Result::ok));
                        // What ended at the same moment is kept in the same transaction.
                        while let Some(ended) = tries.try_join_next() {
                            tried.extend(ended.ok());
                        }
                        is_woken = false;
                        break;
                    }
                    event = placed.recv() => match event.as_deref() {
                        Ok(DomainEvent::OrderPlaced { .. }) | Err(_) => break,
                        Ok(_) => {}
                    },
                    () = &mut pause => break,
                }
            }
        }
        let rest = async {
            while let Some(ended) = tries.join_next().await {
                tried.extend(ended.ok());
            }
        };
        // What is left is broken off, and due again at the next start.
        let _ = tokio::time::timeout(FINISH_TIMEOUT, rest).await;
        if let Err(error) = self.keep(&mut tried).await {
            self.store_failed(&error);
        }
    }

    /// Starts what is due; how long nothing more will be.
    async fn take(
        self: &Arc<Self>,
        tries: &mut JoinSet<Tried>,
        waiting: &mut u64,
    ) -> Result<Duration, StoreError> {
        let now = (self.now)();
        for order in self.store.unanswered_orders(now).await? {
            self.dispatch(order, |dispatch| dispatch.stop_waiting(now))
                .await?;
        }
        let (next, due) = self.store.next_delivery(now).await?;
        if due != *waiting {
            *waiting = due;
            self.events
                .publish(DomainEvent::DeliveriesWaiting { count: due });
        }
        let room = AT_ONCE.saturating_sub(tries.len());
        if due > tries.len() as u64 && room > 0 {
            let limit = u32::try_from(room).unwrap_or(u32::MAX);
            let leased = self
                .store
                .lease_deliveries(self.holder, now, &self.backoff, limit)
                .await?;
            for leased in leased {
                let worker = Arc::clone(self);
                tries.spawn(async move { worker.attempt(leased).await });
            }
        }
        let until_next = next.map(|next| next.duration_since(now));
        let until_next = until_next.and_then(|wait| Duration::try_from(wait).ok());
        Ok(until_next.unwrap_or(LOOK).min(LOOK))
    }

    async fn attempt(&self, leased: Leased) -> Tried {
        let outcome = courier::deliver(&self.context, &leased, (self.now)()).await;
        // What others say of a try is kept, shown and logged: a number in it is masked here, once for all of them.
        let outcome = outcome.with_error(mask_numbers_in);
        self.tell(&leased, &outcome);
        Tried {
            leased,
            outcome,
            is_new: true,
        }
    }

    /// Keeps what became of tries, those of an order together; `tried` holds afterwards what is still to be kept. Until it is,
    /// the lease runs out and the receiver is sent it again.
    async fn keep(&self, tried: &mut Vec<Tried>) -> Result<(), StoreError> {
        let (now, holder, backoff) = ((self.now)(), self.holder, self.backoff);
        // Somebody else may have it by now; finishing it twice changes nothing.
        tried.retain(|tried| {
            tried.is_new
                || tried
                    .leased
                    .delivery
                    .lease
                    .is_some_and(|lease| lease.holds(now))
        });
        if tried.is_empty() {
            return Ok(());
        }
        let mut by_order: HashMap<Uuid, Vec<(Uuid, Outcome)>> = HashMap::new();
        for Tried {
            leased,
            outcome,
            is_new,
        } in tried.iter_mut()
        {
            *is_new = false;
            let outcomes = by_order.entry(leased.order.id).or_default();
            outcomes.push((leased.delivery.id, outcome.clone()));
        }
        let orders = by_order.keys().copied().collect();
        let done = self.store.dispatch_all(orders, |order, dispatch| {
            for (id, outcome) in by_order.remove(&order).unwrap_or_default() {
                dispatch.finish(id, holder, outcome, now, &backoff, rand::random::<f64>());
            }
        });
        for done in done.await? {
            match done {
                Ok(done) => self.events.publish_changes(&done.order, done.news),
                Err(error) => self.store_failed(&error),
            }
        }
        tried.clear();
        Ok(())
    }

    async fn dispatch(
        &self,
        order: Uuid,
        work: impl FnOnce(&mut crate::order::Dispatch) + Send,
    ) -> Result<(), StoreError> {
        if let Some(done) = self.store.dispatch(order, work).await? {
            self.events.publish_changes(&done.order, done.news);
        }
        Ok(())
    }

    fn tell(&self, leased: &Leased, outcome: &Outcome) {
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
        let now = (self.now)();
        let after = now.duration_since(leased.order.placed_at);
        self.events.publish(DomainEvent::DeliveryTried {
            restaurant: leased.order.order.restaurant.clone(),
            number: leased.order.number,
            channel: leased.delivery.channel.kind(),
            destination: leased.delivery.channel.destination(),
            result,
            error,
            after: Duration::try_from(after).unwrap_or_default(),
        });
    }

    fn store_failed(&self, error: &StoreError) {
        self.events.publish(DomainEvent::StoreFailed {
            what: "deliver orders",
            error: error.to_string(),
        });
    }
}
