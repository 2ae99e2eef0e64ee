//! The way of an order to its restaurant: which channel is used when, and what became of it. Pure; `store` keeps it, one order in
//! one transaction, and `delivery` does what it says.
//!
//! Channels are used in the file's order. One that only tells is used together with the next one; one that needs an answer
//! (`ack`) holds back those behind it until it failed, or nobody answered in time, received or not. An answer ends what is held
//! back.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::change::{Answer, ChangeKind, NotTaken, OrderChange};
use super::delivery::{Delivery, DeliveryState, Outcome, is_over, later};
use super::{Backoff, OrderState};
use crate::restaurant::OrderChannel;

/// An order's way, as the store has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    pub state: OrderState,
    /// In the file's order.
    pub deliveries: Vec<Delivery>,
    /// What happened since it was loaded, for the store to append.
    pub news: Vec<OrderChange>,
}

impl Dispatch {
    /// The deliveries of a new order, each with an id of its own.
    pub fn plan(channels: &[OrderChannel], at: Timestamp, mut id: impl FnMut() -> Uuid) -> Self {
        let delivery = |channel: &OrderChannel| Delivery {
            id: id(),
            channel: channel.clone(),
            state: DeliveryState::Held,
            tries: 0,
            next_at: at,
            holds_until: None,
            error: None,
            sent_at: None,
            lease: None,
        };
        let mut dispatch = Self {
            state: OrderState::Placed,
            deliveries: channels.iter().map(delivery).collect(),
            news: Vec::new(),
        };
        dispatch.open(at);
        dispatch
    }

    /// A worker's try is over. One whose lease was lost changes nothing, but that what was received stays received.
    pub fn finish(
        &mut self,
        id: Uuid,
        holder: Uuid,
        outcome: Outcome,
        now: Timestamp,
        backoff: &Backoff,
        chance: f64,
    ) {
        let answered = self.is_answered();
        let Some(delivery) = self.deliveries.iter_mut().find(|d| d.id == id) else {
            return;
        };
        let mine = delivery.lease.is_some_and(|lease| lease.holder == holder);
        let received = matches!(outcome, Outcome::Received(_));
        if delivery.state != DeliveryState::Due || !(mine || received) {
            return;
        }
        delivery.tries = delivery.tries.saturating_add(1);
        delivery.lease = None;
        let kind = delivery.channel.kind();
        let mut answer = None;
        match outcome {
            Outcome::Received(answered_with) => {
                delivery.error = None;
                delivery.sent_at = Some(now);
                delivery.state = DeliveryState::Sent;
                if delivery.holds_until.is_some() && !answered {
                    delivery.state = DeliveryState::Awaited;
                    delivery.hold(now);
                }
                answer = answered_with;
                if matches!(self.state, OrderState::Placed | OrderState::Failed) {
                    self.state = OrderState::Sent;
                    self.note(now, ChangeKind::Sent, kind);
                }
            }
            Outcome::NotYet { error, after } => {
                delivery.error = Some(error);
                match backoff.wait_after(delivery.tries, chance, after) {
                    Some(wait) => delivery.next_at = later(now, wait),
                    None => delivery.state = DeliveryState::Failed,
                }
            }
            Outcome::Refused { error } => {
                delivery.error = Some(error);
                delivery.state = DeliveryState::Failed;
            }
        }
        if let Some(answer) = answer {
            // A second answer of a receiver changes nothing, and is no fault of the delivery.
            let _ = self.answer(answer, kind, now);
        }
        self.go_on(now);
    }

    /// Answers that were waited for long enough: the next channels are used.
    pub fn stop_waiting(&mut self, now: Timestamp) {
        for delivery in &mut self.deliveries {
            let within = delivery.channel.ack_seconds.unwrap_or(0);
            let longest = Duration::from_secs(u64::from(within));
            let Some(until) = delivery.holds_until else {
                continue;
            };
            if !is_over(until, now, longest) {
                continue;
            }
            delivery.holds_until = None;
            if delivery.state == DeliveryState::Awaited {
                delivery.state = DeliveryState::Sent;
                delivery.error = Some(format!("nobody answered within {within} s"));
            }
        }
        self.go_on(now);
    }

    /// The restaurant answers. The same answer again is taken and changes nothing but the time.
    ///
    /// # Errors
    /// The order is a test's, or was refused or cancelled.
    pub fn answer(&mut self, answer: Answer, by: &str, now: Timestamp) -> Result<(), NotTaken> {
        match self.state {
            OrderState::Test => return Err(NotTaken::Test),
            OrderState::Refused if !matches!(answer, Answer::Refuse { .. }) => {
                return Err(NotTaken::Refused);
            }
            OrderState::Cancelled if !matches!(answer, Answer::Refuse { .. }) => {
                return Err(NotTaken::Cancelled);
            }
            _ => {}
        }
        let mut change = OrderChange {
            at: now,
            what: ChangeKind::Accepted,
            by: by.to_owned(),
            reason: None,
            ready_at: None,
        };
        match answer {
            Answer::Accept { ready_at } => {
                if self.state == OrderState::Accepted && ready_at.is_none() {
                    return Ok(());
                }
                self.state = OrderState::Accepted;
                change.ready_at = ready_at;
            }
            Answer::Ready => {
                self.state = OrderState::Accepted;
                change.what = ChangeKind::Ready;
            }
            Answer::Refuse { reason } => {
                (self.state, change.what) = match self.state {
                    OrderState::Refused | OrderState::Cancelled => return Ok(()),
                    OrderState::Accepted => (OrderState::Cancelled, ChangeKind::Cancelled),
                    _ => (OrderState::Refused, ChangeKind::Refused),
                };
                change.reason = reason;
            }
        }
        self.news.push(change);
        self.go_on(now);
        Ok(())
    }

    /// Sends it again: by the channels that failed, or by all when none did. Returns by how many.
    ///
    /// # Errors
    /// There is nothing to send it by, or it is a test's.
    pub fn redeliver(&mut self, by: &str, now: Timestamp) -> Result<usize, NotTaken> {
        if self.state == OrderState::Test {
            return Err(NotTaken::Test);
        }
        if self.deliveries.is_empty() {
            return Err(NotTaken::NoChannel);
        }
        let failed = |d: &Delivery| d.state == DeliveryState::Failed;
        let any_failed = self.deliveries.iter().any(failed);
        let mut count = 0;
        for delivery in &mut self.deliveries {
            let again = if any_failed {
                failed(delivery)
            } else {
                delivery.state != DeliveryState::Due
            };
            if again {
                delivery.begin(now);
                delivery.tries = 0;
                delivery.lease = None;
                count += 1;
            }
        }
        if count > 0 {
            self.note(now, ChangeKind::Redelivered, by);
        }
        Ok(count)
    }

    fn is_answered(&self) -> bool {
        matches!(
            self.state,
            OrderState::Accepted | OrderState::Refused | OrderState::Cancelled
        )
    }

    fn note(&mut self, at: Timestamp, what: ChangeKind, by: &str) {
        self.news.push(OrderChange {
            at,
            what,
            by: by.to_owned(),
            reason: None,
            ready_at: None,
        });
    }

    /// Opens what is next, and sees whether all is over.
    fn go_on(&mut self, now: Timestamp) {
        if self.is_answered() {
            for delivery in &mut self.deliveries {
                delivery.holds_until = None;
                match delivery.state {
                    DeliveryState::Held => delivery.state = DeliveryState::Skipped,
                    DeliveryState::Awaited => delivery.state = DeliveryState::Sent,
                    _ => {}
                }
            }
            return;
        }
        self.open(now);
        if self.deliveries.is_empty() || self.deliveries.iter().any(Delivery::is_open) {
            return;
        }
        let received = |d: &Delivery| d.state == DeliveryState::Sent;
        let asked = |d: &Delivery| d.channel.ack_seconds.is_some();
        let told = |what| self.news.iter().any(|change| change.what == what);
        if !self.deliveries.iter().any(received) {
            if self.state != OrderState::Failed {
                self.state = OrderState::Failed;
                self.note(now, ChangeKind::Failed, "server");
            }
        } else if self.deliveries.iter().any(asked) && !told(ChangeKind::Unanswered) {
            self.note(now, ChangeKind::Unanswered, "server");
        }
    }

    /// Lets go of what no channel before it holds back.
    fn open(&mut self, now: Timestamp) {
        for delivery in &mut self.deliveries {
            if delivery.state == DeliveryState::Held {
                delivery.begin(now);
            }
            if delivery.holds() {
                return;
            }
        }
    }
}

#[cfg(test)]
#[path = "dispatch_tests.rs"]
mod tests;
