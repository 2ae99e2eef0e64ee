//! The way of an order to its restaurant: which channel is used when, and what became of it. Pure; `store` keeps it, one order in
//! one transaction, and `delivery` does what it says.
//!
//! Channels are used in the file's order. One that only tells is used together with the next one; one that needs an answer
//! (`ack`) holds back those behind it until it failed, or nobody answered in time, received or not. An answer ends what is held
//! back. Behind the channels stand the texts that the caller may get: each waits for its news (`caller_texts`).

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::change::{Answer, ChangeKind, NotTaken, OrderChange};
use super::delivery::{Delivery, DeliveryState, Outcome, is_over, later};
use super::{Backoff, OrderState, caller_texts};
use crate::restaurant::{CallerNews, OrderChannel};

/// Tries of a call or a text to a person: about half an hour.
const MAX_PERSONAL_TRIES: u32 = 6;

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
        caller_texts::begin(&mut dispatch.deliveries, at);
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
        // News that comes hours late is none, and nobody wants to be rung in the night.
        let over = delivery.is_personal() && delivery.tries >= MAX_PERSONAL_TRIES;
        let told = delivery.channel.tells_caller();
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
                if !told && matches!(self.state, OrderState::Placed | OrderState::Failed) {
                    self.state = OrderState::Sent;
                    self.note(now, ChangeKind::Sent, kind);
                }
            }
            Outcome::NotYet { error, after } => {
                delivery.error = Some(error);
                match backoff.wait_after(delivery.tries, chance, after) {
                    Some(wait) if !over => delivery.next_at = later(now, wait),
                    _ => delivery.state = DeliveryState::Failed,
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
        if !told {
            self.go_on(now);
        }
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
        let mut news = CallerNews::Accepted;
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
                news = CallerNews::Ready;
            }
            Answer::Refuse { reason } => {
                (self.state, change.what) = match self.state {
                    OrderState::Refused | OrderState::Cancelled => return Ok(()),
                    OrderState::Accepted => (OrderState::Cancelled, ChangeKind::Cancelled),
                    _ => (OrderState::Refused, ChangeKind::Refused),
                };
                change.reason = reason;
                news = CallerNews::Refused;
            }
        }
        caller_texts::tell(&mut self.deliveries, news, &change);
        self.news.push(change);
        self.go_on(now);
        Ok(())
    }

    /// Somebody answers whom the order was read to, by telephone or in a text: only the first answer to an order counts, so
    /// that what was said once cannot be said again, nor against somebody else's word.
    ///
    /// # Errors
    /// The order was answered before, or is a test's.
    pub fn answer_first(
        &mut self,
        answer: Answer,
        by: &str,
        now: Timestamp,
    ) -> Result<(), NotTaken> {
        match self.is_answered() {
            true => Err(NotTaken::Answered),
            false => self.answer(answer, by, now),
        }
    }

    /// It is known that nobody will answer on this channel (the line was busy, no key was pressed): the next one is used.
    pub fn give_up_waiting(&mut self, id: Uuid, why: &str, now: Timestamp) {
        let Some(delivery) = self.deliveries.iter_mut().find(|d| d.id == id) else {
            return;
        };
        if delivery.holds_until.is_none() || !delivery.is_open() {
            return;
        }
        delivery.holds_until = None;
        delivery.error = Some(why.to_owned());
        if delivery.state == DeliveryState::Awaited {
            delivery.state = DeliveryState::Sent;
        }
        self.go_on(now);
    }

    /// Sends it again: by the channels that failed, or by all when none did. Returns by how many.
    ///
    /// # Errors
    /// There is nothing to send it by, or it is a test's.
    pub fn redeliver(&mut self, by: &str, now: Timestamp) -> Result<usize, NotTaken> {
        if self.state == OrderState::Test {
            return Err(NotTaken::Test);
        }
        let failed = |d: &Delivery| d.state == DeliveryState::Failed;
        let any_failed = self.ways().any(failed);
        if self.ways().next().is_none() {
            return Err(NotTaken::NoChannel);
        }
        let mut count = 0;
        let ways = self.deliveries.iter_mut();
        for delivery in ways.filter(|d| !d.channel.tells_caller()) {
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

    /// Those to the restaurant.
    fn ways(&self) -> impl Iterator<Item = &Delivery> {
        let ways = self.deliveries.iter();
        ways.filter(|delivery| !delivery.channel.tells_caller())
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
                if delivery.channel.tells_caller() {
                    continue;
                }
                delivery.holds_until = None;
                match delivery.state {
                    DeliveryState::Held => delivery.state = DeliveryState::Skipped,
                    DeliveryState::Awaited => delivery.state = DeliveryState::Sent,
                    // Nobody need be rung about it any more.
                    DeliveryState::Due if delivery.is_personal() => {
                        delivery.state = DeliveryState::Skipped;
                    }
                    _ => {}
                }
            }
            return;
        }
        self.open(now);
        if self.ways().next().is_none() || self.ways().any(Delivery::is_open) {
            return;
        }
        let received = |d: &Delivery| d.state == DeliveryState::Sent;
        let asked = |d: &Delivery| d.channel.ack_seconds.is_some();
        let told = |what| self.news.iter().any(|change| change.what == what);
        let what = match self.ways().any(received) {
            false => (self.state != OrderState::Failed).then_some(ChangeKind::Failed),
            true => (self.ways().any(asked) && !told(ChangeKind::Unanswered))
                .then_some(ChangeKind::Unanswered),
        };
        if let Some(what) = what {
            if what == ChangeKind::Failed {
                self.state = OrderState::Failed;
            }
            self.note(now, what, "server");
            if let Some(change) = self.news.last() {
                caller_texts::tell(&mut self.deliveries, CallerNews::Unanswered, change);
            }
        }
    }

    /// Lets go of what no channel before it holds back.
    fn open(&mut self, now: Timestamp) {
        let ways = self.deliveries.iter_mut();
        for delivery in ways.filter(|d| !d.channel.tells_caller()) {
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
