//! Calls that were promised an answer at `/voice` and whose media socket has not come yet.
//!
//! A pin holds the restaurant as it was at `/voice`, so a reload in between changes nothing for that call. The map is
//! bounded twice: unclaimed pins expire, and beyond the bound the oldest is dropped. A token's nonce is spent by the
//! first claim and remembered until the token would have expired anyway.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::CallId;
use super::purpose::Purpose;
use super::token::Nonce;
use crate::routing::Served;

/// What one call was promised.
#[derive(Clone, Debug)]
pub struct Pin {
    pub served: Arc<Served>,
    /// Of the table the call was answered from.
    pub generation: u64,
    pub account_sid: String,
    /// As Twilio gave it (E.164, `anonymous`, `client:NAME`).
    pub from: String,
    pub to: String,
    /// Placed by `maitred call --test`.
    pub test: bool,
    pub purpose: Purpose,
}

/// What a claim found.
#[derive(Debug)]
pub enum Taken {
    /// The pin, now out of the map.
    Pin(Arc<Pin>),
    /// Nothing of this call: expired, dropped, or made by another process.
    Nothing,
    /// This token was used before.
    Spent,
}

/// The bounded map [`CallId`] -> [`Pin`].
#[derive(Debug)]
pub struct Pins {
    expiry: Duration,
    max: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    pins: HashMap<CallId, Entry>,
    /// Oldest first. A pin that was renewed leaves a stale entry behind, told by its serial.
    by_age: VecDeque<(Timestamp, u64, CallId)>,
    spent: HashMap<Nonce, Timestamp>,
    spent_by_age: VecDeque<(Timestamp, Nonce)>,
    serial: u64,
}

#[derive(Debug)]
struct Entry {
    pin: Arc<Pin>,
    serial: u64,
}

impl Pins {
    /// Pins that wait `expiry` for their socket, at most `max` of them.
    pub fn new(expiry: Duration, max: usize) -> Self {
        Self {
            expiry,
            max: max.max(1),
            inner: Mutex::default(),
        }
    }

    /// The pin already held for this call, its waiting time begun anew.
    pub fn renew(&self, call: &CallId, now: Timestamp) -> Option<Arc<Pin>> {
        let mut inner = self.lock(now);
        let pin = Arc::clone(&inner.pins.get(call)?.pin);
        inner.insert(call, Arc::clone(&pin), later(now, self.expiry));
        Some(pin)
    }

    /// Holds `pin` for this call, replacing an earlier one. Returns how many old pins the bound pushed out.
    pub fn hold(&self, call: &CallId, pin: Arc<Pin>, now: Timestamp) -> usize {
        let mut inner = self.lock(now);
        inner.insert(call, pin, later(now, self.expiry));
        let mut dropped = 0;
        while inner.pins.len() > self.max && inner.drop_oldest() {
            dropped += 1;
        }
        dropped
    }

    /// Spends `nonce` (good until `token_expires`) and takes the call's pin. Whatever the outcome, the nonce is spent.
    pub fn take(
        &self,
        call: &CallId,
        nonce: Nonce,
        token_expires: Timestamp,
        now: Timestamp,
    ) -> Taken {
        let mut inner = self.lock(now);
        if inner.spent.insert(nonce, token_expires).is_some() {
            return Taken::Spent;
        }
        inner.spent_by_age.push_back((token_expires, nonce));
        match inner.pins.remove(call) {
            Some(entry) => Taken::Pin(entry.pin),
            None => Taken::Nothing,
        }
    }

    /// How many pins wait.
    pub fn len(&self, now: Timestamp) -> usize {
        self.lock(now).pins.len()
    }

    /// Does no pin wait?
    pub fn is_empty(&self, now: Timestamp) -> bool {
        self.len(now) == 0
    }

    /// The map without what has expired by `now`. A panic elsewhere leaves it usable: every change is whole.
    fn lock(&self, now: Timestamp) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.expire(now);
        inner
    }
}

impl Inner {
    fn insert(&mut self, call: &CallId, pin: Arc<Pin>, expires: Timestamp) {
        self.serial += 1;
        let serial = self.serial;
        self.pins.insert(call.clone(), Entry { pin, serial });
        self.by_age.push_back((expires, serial, call.clone()));
        // Renewed and claimed pins leave stale entries; keep them below the live ones.
        if self.by_age.len() > 2 * self.pins.len() + 64 {
            let pins = &self.pins;
            self.by_age.retain(|(_, serial, call)| {
                pins.get(call).is_some_and(|entry| entry.serial == *serial)
            });
        }
    }

    fn expire(&mut self, now: Timestamp) {
        while self.by_age.front().is_some_and(|(at, ..)| *at <= now) {
            self.pop_front();
        }
        while self.spent_by_age.front().is_some_and(|(at, _)| *at <= now) {
            if let Some((_, nonce)) = self.spent_by_age.pop_front() {
                self.spent.remove(&nonce);
            }
        }
        if self.pins.is_empty() && self.by_age.is_empty() && self.pins.capacity() > 1024 {
            self.pins.shrink_to(1024);
            self.by_age.shrink_to(1024);
        }
    }

    /// `false` when there is nothing left to drop.
    fn drop_oldest(&mut self) -> bool {
        while !self.by_age.is_empty() {
            if self.pop_front() {
                return true;
            }
        }
        false
    }

    /// Removes the front of the queue, and its pin if the entry is not stale.
    fn pop_front(&mut self) -> bool {
        let Some((_, serial, call)) = self.by_age.pop_front() else {
            return false;
        };
        let current = self
            .pins
            .get(&call)
            .is_some_and(|entry| entry.serial == serial);
        if current {
            self.pins.remove(&call);
        }
        current
    }
}

/// `now` plus `wait`, at the latest the end of time.
pub(super) fn later(now: Timestamp, wait: Duration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn pin(from: &str) -> Arc<Pin> {
        crate::call::testing::pin("bella", from)
    }

    fn id(call_sid: &str) -> CallId {
        CallId::new("AC1", call_sid)
    }

    #[test]
    fn a_pin_of_one_account_is_not_found_by_another() {
        let pins = pins();
        let foreign = CallId::new("AC2", "CA1");
        pins.hold(&id("CA1"), pin("a"), at(0));
        assert!(pins.renew(&foreign, at(1)).is_none());
        assert!(matches!(
            pins.take(&foreign, nonce(1), at(60), at(1)),
            Taken::Nothing
        ));
        assert!(pins.renew(&id("CA1"), at(1)).is_some());
    }

    fn nonce(n: u8) -> Nonce {
        Nonce::from_bytes([n; 16])
    }

    fn pins() -> Pins {
        Pins::new(Duration::from_secs(90), 3)
    }

    #[test]
    fn a_pin_is_taken_once() {
        let pins = pins();
        pins.hold(&id("CA1"), pin("a"), at(0));
        assert!(matches!(
            pins.take(&id("CA1"), nonce(1), at(60), at(1)),
            Taken::Pin(_)
        ));
        assert!(matches!(
            pins.take(&id("CA1"), nonce(1), at(60), at(2)),
            Taken::Spent
        ));
        assert!(matches!(
            pins.take(&id("CA1"), nonce(2), at(60), at(2)),
            Taken::Nothing
        ));
        assert!(pins.is_empty(at(2)));
    }

    #[test]
    fn an_unclaimed_pin_expires() {
        let pins = pins();
        pins.hold(&id("CA1"), pin("a"), at(0));
        assert_eq!(pins.len(at(89)), 1);
        assert_eq!(pins.len(at(90)), 0);
    }

    #[test]
    fn a_renewed_pin_waits_anew() {
        let pins = pins();
        pins.hold(&id("CA1"), pin("a"), at(0));
        assert_eq!(pins.renew(&id("CA1"), at(80)).unwrap().from, "a");
        assert_eq!(pins.len(at(169)), 1);
        assert_eq!(pins.len(at(170)), 0);
        assert!(pins.renew(&id("CA1"), at(170)).is_none());
    }

    #[test]
    fn beyond_the_bound_the_oldest_is_dropped() {
        let pins = pins();
        for (i, sid) in ["CA1", "CA2", "CA3"].iter().enumerate() {
            assert_eq!(pins.hold(&id(sid), pin(sid), at(i as i64)), 0);
        }
        pins.renew(&id("CA1"), at(5));
        assert_eq!(pins.hold(&id("CA4"), pin("d"), at(6)), 1);
        assert!(
            pins.renew(&id("CA2"), at(6)).is_none(),
            "CA2 was the oldest"
        );
        assert!(pins.renew(&id("CA1"), at(6)).is_some());
    }

    #[test]
    fn a_spent_nonce_is_forgotten_with_its_token() {
        let pins = pins();
        pins.take(&id("CA1"), nonce(1), at(60), at(0));
        assert!(matches!(
            pins.take(&id("CA1"), nonce(1), at(60), at(59)),
            Taken::Spent
        ));
        assert_eq!(pins.len(at(60)), 0);
        assert!(pins.inner.lock().unwrap().spent.is_empty());
    }

    proptest! {
        /// Against a plain list: same members, never above the bound, and the queue never outgrows the map.
        #[test]
        fn the_map_agrees_with_a_plain_list(steps in prop::collection::vec((0u8..4, 0u8..8, 0i64..40), 1..200)) {
            let pins = pins();
            let mut model: Vec<(u8, i64)> = Vec::new();
            let mut now = 0;
            for (n, (what, sid, wait)) in steps.into_iter().enumerate() {
                now += wait;
                model.retain(|(_, since)| since + 90 > now);
                let name = format!("CA{sid}");
                let held = model.iter().position(|(s, _)| *s == sid);
                match what {
                    0 | 1 => {
                        pins.hold(&id(&name), pin(&name), at(now));
                        if let Some(i) = held { model.remove(i); }
                        model.push((sid, now));
                        if model.len() > 3 { model.remove(0); }
                    }
                    2 => {
                        prop_assert_eq!(pins.renew(&id(&name), at(now)).is_some(), held.is_some());
                        if let Some(i) = held { model.remove(i); model.push((sid, now)); }
                    }
                    _ => {
                        let mut bytes = [0; 16];
                        bytes[..8].copy_from_slice(&n.to_be_bytes());
                        let taken = pins.take(&id(&name), Nonce::from_bytes(bytes), at(now + 60), at(now));
                        prop_assert_eq!(matches!(taken, Taken::Pin(_)), held.is_some());
                        if let Some(i) = held { model.remove(i); }
                    }
                }
                prop_assert_eq!(pins.len(at(now)), model.len());
                prop_assert!(pins.inner.lock().unwrap().by_age.len() <= 2 * 3 + 66);
            }
        }
    }
}
