//! The calls on the line now, and for a while how the last ones ended.
//!
//! A started media socket owns a [`LiveCall`]; dropping it, however the session ended, takes the call off the line.
//! `/voice/after` asks [`LiveCalls::outcome`] what became of a call. Caps count started sockets, never pins.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use super::CallId;
use super::outcomes::{Outcome, Outcomes};
use super::pins::Pin;
use crate::events::CallProgress;
use crate::record::Ending;
use crate::restaurant::{PhoneNumber, RestaurantId};

/// Which bound a call would break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// The restaurant's `limits.calls`.
    Restaurant,
    /// Calls at once from one number.
    Caller,
    /// Calls at once on this server.
    Server,
}

/// Why a call cannot start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotStarted {
    /// This call is on the line already.
    AlreadyLive,
    OverCap(Cap),
}

/// All calls on the line.
#[derive(Debug)]
pub struct LiveCalls {
    calls: usize,
    calls_per_caller: usize,
    inner: Mutex<Inner>,
    /// Open media sockets, started or not; watched by the drain.
    sockets: watch::Sender<usize>,
    /// Sessions that have not put their ending on record yet.
    sessions: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Inner {
    live: HashMap<CallId, Live>,
    per_restaurant: HashMap<RestaurantId, usize>,
    per_caller: HashMap<String, usize>,
    outcomes: Outcomes,
    serial: u64,
    /// The latest time anybody told us; a dropped call has no clock of its own.
    latest: Timestamp,
}

#[derive(Debug)]
struct Live {
    serial: u64,
    pin: Arc<Pin>,
    reconnects: u32,
    progress: Option<Arc<CallProgress>>,
}

impl LiveCalls {
    /// At most `calls` at once, `calls_per_caller` of them from one number.
    pub fn new(calls: usize, calls_per_caller: usize) -> Self {
        Self {
            calls,
            calls_per_caller,
            inner: Mutex::default(),
            sockets: watch::Sender::new(0),
            sessions: watch::Sender::new(0),
        }
    }

    /// Would one more call break a bound? Asked at `/voice`, and again by [`LiveCalls::start`].
    pub fn over_cap(&self, pin: &Pin) -> Option<Cap> {
        self.cap(&self.lock(), pin)
    }

    /// Puts a call on the line.
    ///
    /// # Errors
    /// [`NotStarted`] when it is there already or a bound is reached.
    pub fn start(
        self: &Arc<Self>,
        call: &CallId,
        pin: &Arc<Pin>,
        now: Timestamp,
    ) -> Result<LiveCall, NotStarted> {
        let mut inner = self.lock();
        inner.latest = now;
        if inner.live.contains_key(call) {
            return Err(NotStarted::AlreadyLive);
        }
        if let Some(cap) = self.cap(&inner, pin) {
            return Err(NotStarted::OverCap(cap));
        }
        inner.serial += 1;
        let serial = inner.serial;
        let reconnects = inner.outcomes.get(call).map_or(0, |o| o.reconnects);
        inner.count(pin);
        inner.live.insert(
            call.clone(),
            Live {
                serial,
                pin: Arc::clone(pin),
                reconnects,
                progress: None,
            },
        );
        self.sessions.send_modify(|n| *n += 1);
        Ok(LiveCall {
            calls: Arc::clone(self),
            call: call.clone(),
            serial,
        })
    }

    /// What became of a call. A call whose session still runs is taken off the line first: Twilio asks only once the
    /// socket is gone, so that session is talking to nobody.
    pub fn outcome(&self, call: &CallId, now: Timestamp) -> Option<Outcome> {
        let mut inner = self.lock();
        inner.latest = now;
        inner.outcomes.expire(now);
        inner.end(call, None, None, None);
        inner.outcomes.get(call).cloned()
    }

    /// Notes an outcome for a call that never started, or counts a reconnect.
    pub fn note(&self, call: &CallId, outcome: Outcome, now: Timestamp) {
        let mut inner = self.lock();
        inner.latest = now;
        inner.outcomes.keep(call, outcome, now);
    }

    /// Is this call on the line?
    pub fn is_live(&self, call: &CallId) -> bool {
        self.lock().live.contains_key(call)
    }

    /// How many calls are on the line.
    pub fn len(&self) -> usize {
        self.lock().live.len()
    }

    /// Is nobody on the line?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The calls on the line, as their sessions last told them.
    pub fn progress(&self) -> Vec<Arc<CallProgress>> {
        let inner = self.lock();
        inner
            .live
            .values()
            .filter_map(|live| live.progress.clone())
            .collect()
    }

    /// One call on the line, by its CallSid alone: operators see every account. Of several the newest.
    pub fn progress_of(&self, call_sid: &str) -> Option<Arc<CallProgress>> {
        let inner = self.lock();
        let of_sid = inner
            .live
            .iter()
            .filter(|(call, _)| call.call_sid == call_sid);
        of_sid
            .filter_map(|(_, live)| live.progress.clone())
            .max_by_key(|call| call.record.started_at)
    }

    /// Counts an open media socket until the guard is dropped.
    pub fn socket_opened(self: &Arc<Self>) -> OpenSocket {
        self.sockets.send_modify(|n| *n += 1);
        OpenSocket(Arc::clone(self))
    }

    /// Open media sockets, started or not.
    pub fn sockets(&self) -> usize {
        *self.sockets.borrow()
    }

    /// Waits until no media socket is open.
    pub async fn idle(&self) {
        // The sender lives in `self`, so the wait cannot fail.
        let _ = self.sockets.subscribe().wait_for(|n| *n == 0).await;
    }

    /// Waits until every session has ended: its order is stored or refused, its record written.
    pub async fn all_ended(&self) {
        // The sender lives in `self`, so the wait cannot fail.
        let _ = self.sessions.subscribe().wait_for(|n| *n == 0).await;
    }

    fn cap(&self, inner: &Inner, pin: &Pin) -> Option<Cap> {
        let restaurant = &pin.served.restaurant;
        let of_restaurant = inner.per_restaurant.get(&restaurant.id).copied();
        let of_caller = caller(&pin.from).and_then(|from| inner.per_caller.get(from));
        if inner.live.len() >= self.calls {
            Some(Cap::Server)
        } else if of_restaurant.unwrap_or(0) >= restaurant.limits.calls as usize {
            Some(Cap::Restaurant)
        } else if of_caller.copied().unwrap_or(0) >= self.calls_per_caller {
            Some(Cap::Caller)
        } else {
            None
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whom a call counts for. Callers who hide their number share one text (`anonymous`) and are not one person.
fn caller(from: &str) -> Option<&str> {
    (from.starts_with('+') || from.contains(':')).then_some(from)
}

impl Inner {
    fn count(&mut self, pin: &Pin) {
        let id = pin.served.restaurant.id.clone();
        *self.per_restaurant.entry(id).or_default() += 1;
        if let Some(from) = caller(&pin.from) {
            *self.per_caller.entry(from.to_owned()).or_default() += 1;
        }
    }

    /// Removes a call, if it is still the one with `serial` (`None`: whichever).
    fn off_the_line(&mut self, call: &CallId, serial: Option<u64>) -> Option<Live> {
        let current = self.live.get(call)?.serial;
        if serial.is_some_and(|serial| serial != current) {
            return None;
        }
        let live = self.live.remove(call)?;
        decrement(&mut self.per_restaurant, &live.pin.served.restaurant.id);
        decrement(&mut self.per_caller, &live.pin.from);
        Some(live)
    }

    /// Takes a call off the line and keeps how it ended.
    fn end(
        &mut self,
        call: &CallId,
        serial: Option<u64>,
        ending: Option<Ending>,
        handoff: Option<PhoneNumber>,
    ) {
        if let Some(live) = self.off_the_line(call, serial) {
            let outcome = Outcome {
                ending,
                handoff,
                pin: live.pin,
                reconnects: live.reconnects,
            };
            self.outcomes.keep(call, outcome, self.latest);
        }
    }
}

fn decrement<K: std::hash::Hash + Eq + Clone>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(n) = counts.get_mut(key) {
        *n -= 1;
        if *n == 0 {
            counts.remove(key);
        }
    }
}

/// One call on the line, held by its session. Dropping it without [`LiveCall::finish`] leaves an outcome without an
/// ending, and `/voice/after` reconnects once.
#[derive(Debug)]
pub struct LiveCall {
    calls: Arc<LiveCalls>,
    call: CallId,
    serial: u64,
}

impl LiveCall {
    /// Shows the call at `/api/calls` while it lives.
    pub fn show(&self, progress: Arc<CallProgress>) {
        if let Some(live) = self.calls.lock().live.get_mut(&self.call)
            && live.serial == self.serial
        {
            live.progress = Some(progress);
        }
    }

    /// Takes the call off the line and keeps how it ended for `/voice/after`: call it before the socket is closed.
    /// Without effect when the call was taken off before.
    pub fn finish(&self, ending: Ending, handoff: Option<PhoneNumber>, now: Timestamp) {
        let mut inner = self.calls.lock();
        inner.latest = now;
        inner.end(&self.call, Some(self.serial), Some(ending), handoff);
    }
}

impl Drop for LiveCall {
    fn drop(&mut self) {
        let mut inner = self.calls.lock();
        inner.end(&self.call, Some(self.serial), None, None);
        drop(inner);
        self.calls.sessions.send_modify(|n| *n -= 1);
    }
}

/// Counts one open media socket.
#[derive(Debug)]
pub struct OpenSocket(Arc<LiveCalls>);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.0.sockets.send_modify(|n| *n -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::testing::pin;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn id(call_sid: &str) -> CallId {
        CallId::new("AC1", call_sid)
    }

    fn line() -> Arc<LiveCalls> {
        Arc::new(LiveCalls::new(20, 2))
    }

    #[test]
    fn a_call_is_live_until_its_guard_is_dropped() {
        let line = line();
        let call = line
            .start(&id("CA1"), &pin("bella", "+15550001111"), at(0))
            .unwrap();
        assert_eq!(line.len(), 1);
        assert_eq!(
            line.start(&id("CA1"), &pin("bella", "+15550001111"), at(0))
                .err(),
            Some(NotStarted::AlreadyLive)
        );
        drop(call);
        assert!(line.is_empty());
        let lost = line.outcome(&id("CA1"), at(1)).unwrap();
        assert_eq!(lost.ending, None);
    }

    #[test]
    fn the_ending_a_session_gave_is_kept() {
        let line = line();
        let call = line
            .start(&id("CA1"), &pin("bella", "+15550001111"), at(0))
            .unwrap();
        let person = PhoneNumber::parse("+15557654321").unwrap();
        call.finish(Ending::Handoff, Some(person.clone()), at(5));
        drop(call);
        let outcome = line.outcome(&id("CA1"), at(6)).unwrap();
        assert_eq!(outcome.ending, Some(Ending::Handoff));
        assert_eq!(outcome.handoff, Some(person));
    }

    #[test]
    fn asking_for_the_outcome_takes_a_lost_session_off_the_line() {
        let line = line();
        let old = line
            .start(&id("CA1"), &pin("bella", "+15550001111"), at(0))
            .unwrap();
        assert_eq!(line.outcome(&id("CA1"), at(1)).unwrap().ending, None);
        let new = line
            .start(&id("CA1"), &pin("bella", "+15550001111"), at(2))
            .unwrap();
        old.finish(Ending::Failed, None, at(3));
        assert!(
            line.is_live(&id("CA1")),
            "the old session cannot end the new one"
        );
        new.finish(Ending::Confirmed, None, at(4));
        drop(old);
        let ending = line.outcome(&id("CA1"), at(5)).unwrap().ending;
        assert_eq!(ending, Some(Ending::Confirmed));
    }

    #[test]
    fn another_account_neither_ends_nor_hears_of_a_call_with_the_same_sid() {
        let line = line();
        let ours = line
            .start(&id("CA1"), &pin("bella", "+15550001111"), at(0))
            .unwrap();
        let foreign = CallId::new("AC2", "CA1");
        assert!(line.outcome(&foreign, at(1)).is_none());
        assert!(line.is_live(&id("CA1")));
        let theirs = line
            .start(&foreign, &pin("bella", "+15550002222"), at(1))
            .unwrap();
        theirs.finish(Ending::Failed, None, at(2));
        assert!(line.is_live(&id("CA1")));
        ours.finish(Ending::Confirmed, None, at(3));
        let ending = |call: &CallId| line.outcome(call, at(4)).and_then(|o| o.ending);
        assert_eq!(ending(&id("CA1")), Some(Ending::Confirmed));
        assert_eq!(ending(&foreign), Some(Ending::Failed));
    }

    #[test]
    fn one_number_holds_only_so_many_lines() {
        let line = line();
        let mut calls = Vec::new();
        for sid in ["CA1", "CA2"] {
            calls.push(line.start(&id(sid), &pin("bella", "+15550001111"), at(0)));
        }
        let third = line.start(&id("CA3"), &pin("bella", "+15550001111"), at(0));
        assert_eq!(third.err(), Some(NotStarted::OverCap(Cap::Caller)));
        calls.pop();
        assert!(
            line.start(&id("CA3"), &pin("bella", "+15550001111"), at(0))
                .is_ok()
        );
    }

    #[test]
    fn hidden_callers_are_not_one_person() {
        let line = line();
        let calls: Vec<_> = (0..5)
            .map(|n| line.start(&id(&format!("CA{n}")), &pin("bella", "anonymous"), at(0)))
            .collect();
        assert!(calls.iter().all(Result::is_ok));
    }

    #[test]
    fn a_restaurant_and_the_server_have_their_bounds() {
        let line = line();
        let mut calls = Vec::new();
        for n in 0..10 {
            calls.push(line.start(&id(&format!("CA{n}")), &pin("bella", "anonymous"), at(0)));
        }
        let more = line.start(&id("CAx"), &pin("bella", "anonymous"), at(0));
        assert_eq!(more.err(), Some(NotStarted::OverCap(Cap::Restaurant)));
        for n in 10..20 {
            calls.push(line.start(&id(&format!("CA{n}")), &pin("luna", "anonymous"), at(0)));
        }
        let more = line.start(&id("CAx"), &pin("third", "anonymous"), at(0));
        assert_eq!(more.err(), Some(NotStarted::OverCap(Cap::Server)));
        calls.clear();
        let inner = line.lock();
        assert!(inner.per_restaurant.is_empty() && inner.per_caller.is_empty());
    }

    #[test]
    fn open_sockets_are_counted() {
        let line = line();
        let socket = line.socket_opened();
        assert_eq!(line.sockets(), 1);
        drop(socket);
        assert_eq!(line.sockets(), 0);
    }
}
