//! Where events go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::broadcast;

use super::refusals::{Refusals, Sum};
use super::{DomainEvent, Feed, Measures, log_line, render};
use crate::order::{OrderChange, PlacedOrder};

/// Events a slow listener may fall behind before it misses some.
const BACKLOG: usize = 1024;

/// The one outlet for events; clones share it.
#[derive(Clone, Debug)]
pub struct Events {
    sender: broadcast::Sender<Arc<DomainEvent>>,
    measures: Arc<Measures>,
    feed: Arc<Feed>,
    refusals: Arc<Refusals>,
    names_accounts: Arc<AtomicBool>,
}

impl Events {
    /// Counts in `measures`.
    pub fn new(measures: Arc<Measures>) -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
            measures,
            feed: Arc::default(),
            refusals: Arc::default(),
            names_accounts: Arc::default(),
        }
    }

    /// From now on the log names the account of every call: several may ring.
    pub fn name_accounts(&self) {
        self.names_accounts.store(true, Ordering::Relaxed);
    }

    /// Logs, counts, keeps for those who come back, and broadcasts. Refusals beyond a few a second are only counted.
    pub fn publish(&self, event: DomainEvent) {
        self.measures.count(&event);
        let (told, sums) = self.refusals.note(&event);
        self.tell_sums(sums);
        if !told {
            return;
        }
        log_line::write(&event, self.names_accounts.load(Ordering::Relaxed));
        if let Some((name, data)) = render::everything(&event) {
            self.feed.push(name, &data);
        }
        // Nobody listening is fine.
        let _ = self.sender.send(Arc::new(event));
    }

    /// Tells what became of an order.
    pub fn publish_changes(&self, order: &PlacedOrder, changes: Vec<OrderChange>) {
        let order = Arc::new(order.clone());
        for change in changes {
            let order = Arc::clone(&order);
            self.publish(DomainEvent::OrderChanged { order, change });
        }
    }

    /// Tells how many refusals of a second that is over were not told one by one; asked about once a second.
    pub fn tell_refusals(&self) {
        self.tell_sums(self.refusals.flush());
    }

    /// The same, also of the second that is not over: nothing will be told after this.
    pub fn tell_last_refusals(&self) {
        self.tell_sums(self.refusals.rest());
    }

    fn tell_sums(&self, sums: Vec<Sum>) {
        for sum in sums {
            log_line::write_sum(&sum);
        }
    }

    /// Every event from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<DomainEvent>> {
        self.sender.subscribe()
    }

    /// The last events as `GET /api/events` sends them.
    pub fn feed(&self) -> &Feed {
        &self.feed
    }

    /// The counters.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }
}

impl Default for Events {
    fn default() -> Self {
        Self::new(Arc::new(Measures::new()))
    }
}
