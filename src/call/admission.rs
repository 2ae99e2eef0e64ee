//! Who may have a call: decided at `/voice` from memory, and again when the media socket says `start`.
//!
//! `admit` (the ring) -> a pin and a sealed token -> `claim` (the socket's `start`) -> a [`ClaimedCall`] -> its session
//! says how it ended -> `outcome` (`/voice/after`) -> perhaps once `reconnect`.

use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime};

use super::CallId;
use super::claim::{ClaimRefusal, ClaimedCall, StartInfo};
use super::live_calls::{Cap, LiveCalls, NotStarted};
use super::outcomes::Outcome;
use super::pins::{Pin, Pins, Taken, later};
use super::purpose::Purpose;
use super::token::{Claims, Nonce, TokenError, TokenKey};
use crate::record::Ending;
use crate::restaurant::{Answer, Opening, PhoneNumber, Restaurant};
use crate::routing::{LiveTable, Served};
use crate::settings::CallLimits;

/// What Twilio told us about a call that rings.
#[derive(Clone, Copy, Debug)]
pub struct Ring<'a> {
    pub call_sid: &'a str,
    pub account_sid: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    /// `MaitredTest=1`.
    pub test: bool,
    /// The staff's telephone rang already and was not answered.
    pub staff_rang: bool,
}

impl Ring<'_> {
    fn id(&self) -> CallId {
        CallId::new(self.account_sid, self.call_sid)
    }
}

/// Who owns a number, and in which table: both from one look at it, so that they always agree.
#[derive(Clone, Debug)]
pub struct Owner {
    pub served: Arc<Served>,
    pub generation: u64,
}

/// The answer to a ring.
#[derive(Debug)]
pub enum Admit {
    /// Connect the media socket with this token.
    Admitted(Invitation),
    /// The staff's telephone is rung first, for so many seconds.
    RingStaff {
        owner: Owner,
        person: PhoneNumber,
        seconds: u32,
    },
    /// The staff did not answer, nobody else does, and no message is taken.
    Unanswered { owner: Owner },
    /// Outside opening hours; when it opens next, if ever.
    Closed {
        owner: Owner,
        next_open: Option<ZonedDateTime>,
    },
    /// `enabled: false`.
    Disabled { owner: Owner },
    /// A bound is reached.
    OverCap { owner: Owner, cap: Cap },
    /// Nobody here owns that number.
    Unknown,
    /// The number's file names another account than the one that rings. The caller hears the same as for an unknown one.
    Foreign,
}

/// A promise to answer: what the TwiML of `/voice` carries.
#[derive(Debug)]
pub struct Invitation {
    pub pin: Arc<Pin>,
    /// Value of the `<Parameter>` the socket must bring back.
    pub token: String,
    /// Waiting calls that were pushed out by this one (0 but under attack).
    pub dropped_pins: usize,
}

/// Admission control: who may have a call, and which socket may take it.
#[derive(Debug)]
pub struct Admission {
    table: Arc<LiveTable>,
    key: TokenKey,
    pins: Pins,
    live: Arc<LiveCalls>,
    limits: CallLimits,
}

impl Admission {
    /// Admits calls to the restaurants of `table`; `secret` seals the tokens.
    pub fn new(table: Arc<LiveTable>, secret: &[u8], limits: CallLimits) -> Self {
        Self {
            table,
            key: TokenKey::new(secret),
            pins: Pins::new(limits.pin_expiry, limits.max_pins),
            live: Arc::new(LiveCalls::new(limits.calls, limits.calls_per_caller)),
            limits,
        }
    }

    /// Decides what a ringing call hears. Memory only: no I/O, no waiting. A second ring of the same call (Twilio
    /// retries) gets the same pin with a new token, whatever the folder says by now.
    pub fn admit(&self, ring: Ring<'_>, now: Timestamp) -> Admit {
        let call = ring.id();
        if let Some(pin) = self.pins.renew(&call, now) {
            return Admit::Admitted(self.invite(&call, pin, 0, now));
        }
        let Some(owner) = self.owner(ring.to) else {
            return Admit::Unknown;
        };
        let restaurant = &owner.served.restaurant;
        if !belongs_to(restaurant, ring.account_sid) {
            return Admit::Foreign;
        }
        if !restaurant.enabled {
            return Admit::Disabled { owner };
        }
        let mut purpose = Purpose::Order;
        if let Opening::Closed { next: next_open } = restaurant.schedule.opening(now) {
            if !restaurant.messages {
                return Admit::Closed { owner, next_open };
            }
            purpose = Purpose::MessageWhileClosed;
        } else if ring.staff_rang && restaurant.answer == Answer::OffHours {
            if !restaurant.messages {
                return Admit::Unanswered { owner };
            }
            purpose = Purpose::MessageUnanswered;
        } else if !ring.staff_rang
            && let Some((person, seconds)) = self.staff(restaurant, ring.to)
        {
            return Admit::RingStaff {
                owner,
                person,
                seconds,
            };
        }
        self.let_in(ring, owner, purpose, now)
    }

    /// A pin and a token, unless a bound is reached.
    fn let_in(&self, ring: Ring<'_>, owner: Owner, purpose: Purpose, now: Timestamp) -> Admit {
        let call = ring.id();
        let pin = Arc::new(Pin {
            purpose,
            ..pin(ring, &owner)
        });
        if let Some(cap) = self.live.over_cap(&pin) {
            return Admit::OverCap { owner, cap };
        }
        let dropped = self.pins.hold(&call, Arc::clone(&pin), now);
        Admit::Admitted(self.invite(&call, pin, dropped, now))
    }

    /// The telephone that rings before the waiter answers, and for how long; never a number that would ring here again.
    fn staff(&self, restaurant: &Restaurant, to: &str) -> Option<(PhoneNumber, u32)> {
        let seconds = restaurant.answer.staff_seconds()?;
        let person = restaurant.handoff.clone()?;
        let ours = person.as_str() == to || self.owner(person.as_str()).is_some();
        (!ours).then_some((person, seconds))
    }

    /// The caller of a hand-off that nobody answered may leave a message, once; `None` where the restaurant takes none.
    pub fn take_message(&self, ring: Ring<'_>, now: Timestamp) -> Option<Invitation> {
        let call = ring.id();
        let outcome = self.live.outcome(&call, now);
        let had_one = |outcome: &Outcome| outcome.pin.purpose.is_message();
        if outcome.as_ref().is_some_and(had_one) {
            return None;
        }
        // The version of the call, where there was one.
        let before = match outcome {
            Some(outcome) => outcome.pin,
            None => Arc::new(pin(ring, &self.owner_for(ring.account_sid, ring.to)?)),
        };
        if !before.served.restaurant.messages || self.live.over_cap(&before).is_some() {
            return None;
        }
        let pin = Arc::new(Pin {
            purpose: Purpose::MessageUnanswered,
            ..Pin::clone(&before)
        });
        let dropped = self.pins.hold(&call, Arc::clone(&pin), now);
        Some(self.invite(&call, pin, dropped, now))
    }

    /// Lets a media socket take its call: right token, not used before, restaurant still held, line not full.
    ///
    /// # Errors
    /// [`ClaimRefusal`]; the socket is closed with 1008 and `/voice/after` decides what the caller hears.
    pub fn claim(&self, start: StartInfo<'_>, now: Timestamp) -> Result<ClaimedCall, ClaimRefusal> {
        let token = start.token.ok_or(TokenError::Malformed)?;
        let claims = self
            .key
            .open(start.call_sid, start.account_sid, token, now)?;
        let call = start.id();
        let taken = self.pins.take(&call, claims.nonce, claims.expires, now);
        let pin = match taken {
            Taken::Pin(pin) => pin,
            Taken::Spent => return Err(ClaimRefusal::Reused),
            Taken::Nothing => self.pin_from(&claims, &call, now)?,
        };
        match self.live.start(&call, &pin, now) {
            Ok(live) => Ok(ClaimedCall {
                call_sid: start.call_sid.to_owned(),
                stream_sid: start.stream_sid.to_owned(),
                pin,
                started_at: now,
                live,
            }),
            Err(NotStarted::AlreadyLive) => Err(ClaimRefusal::Reused),
            Err(NotStarted::OverCap(cap)) => {
                self.note_refused(&call, pin, now);
                Err(ClaimRefusal::OverCap(cap))
            }
        }
    }

    /// The call's second and last chance after its socket was lost without an ending; `None` when it had that chance,
    /// or nobody owns the number. Counted per call.
    pub fn reconnect(&self, ring: Ring<'_>, now: Timestamp) -> Option<Invitation> {
        let call = ring.id();
        let known = self.live.outcome(&call, now);
        let (pin, reconnects) = match known {
            Some(outcome) => (outcome.pin, outcome.reconnects),
            None => (self.pin_of_table(ring, &call, now)?, 0),
        };
        if reconnects > 0 {
            return None;
        }
        self.live.note(
            &call,
            Outcome {
                ending: None,
                handoff: None,
                pin: Arc::clone(&pin),
                reconnects: reconnects + 1,
            },
            now,
        );
        let dropped = self.pins.hold(&call, Arc::clone(&pin), now);
        Some(self.invite(&call, pin, dropped, now))
    }

    /// What became of a call, for `/voice/after`.
    pub fn outcome(&self, call: &CallId, now: Timestamp) -> Option<Outcome> {
        self.live.outcome(call, now)
    }

    /// The restaurant that answers `to` at this moment, whoever rings.
    pub fn owner(&self, to: &str) -> Option<Owner> {
        let to = PhoneNumber::parse(to).ok()?;
        let table = self.table.load();
        Some(Owner {
            served: table.owner(&to).cloned()?,
            generation: table.generation(),
        })
    }

    /// The same for a call of `account_sid`; `None` also when the number belongs to another account.
    pub fn owner_for(&self, account_sid: &str, to: &str) -> Option<Owner> {
        self.owner(to)
            .filter(|owner| belongs_to(&owner.served.restaurant, account_sid))
    }

    /// The calls on the line.
    pub fn live(&self) -> &Arc<LiveCalls> {
        &self.live
    }

    /// Calls that wait for their media socket.
    pub fn pins(&self, now: Timestamp) -> usize {
        self.pins.len(now)
    }

    fn invite(
        &self,
        call: &CallId,
        pin: Arc<Pin>,
        dropped_pins: usize,
        now: Timestamp,
    ) -> Invitation {
        let claims = Claims {
            restaurant: pin.served.restaurant.id.clone(),
            generation: pin.generation,
            digest: pin.served.digest.clone(),
            from: pin.from.clone(),
            to: pin.to.clone(),
            test: pin.test,
            purpose: pin.purpose,
            nonce: Nonce::fresh(),
            expires: later(now, self.limits.token_expiry),
        };
        let token = self.key.seal(&call.call_sid, &call.account_sid, &claims);
        Invitation {
            pin,
            token,
            dropped_pins,
        }
    }

    /// A token whose pin is not here was made by another process (or before a restart): good if this process serves
    /// the very same version, and this call has not ended here.
    fn pin_from(
        &self,
        claims: &Claims,
        call: &CallId,
        now: Timestamp,
    ) -> Result<Arc<Pin>, ClaimRefusal> {
        if self.live.is_live(call) || self.live.outcome(call, now).is_some() {
            return Err(ClaimRefusal::Reused);
        }
        let table = self.table.load();
        let served = table
            .restaurant(&claims.restaurant)
            .filter(|served| served.digest == claims.digest)
            .ok_or(ClaimRefusal::NotHeld)?;
        Ok(Arc::new(Pin {
            served: Arc::clone(served),
            generation: claims.generation,
            account_sid: call.account_sid.clone(),
            from: claims.from.clone(),
            to: claims.to.clone(),
            test: claims.test,
            purpose: claims.purpose,
        }))
    }

    /// The pin of a call whose socket never came, or a fresh one from the table.
    fn pin_of_table(&self, ring: Ring<'_>, call: &CallId, now: Timestamp) -> Option<Arc<Pin>> {
        if let Some(pin) = self.pins.renew(call, now) {
            return Some(pin);
        }
        let owner = self.owner_for(ring.account_sid, ring.to)?;
        let restaurant = &owner.served.restaurant;
        let open = restaurant.schedule.is_open(now);
        let purpose = match (open, restaurant.messages) {
            (true, _) => Purpose::Order,
            (false, true) => Purpose::MessageWhileClosed,
            (false, false) => return None,
        };
        Some(Arc::new(Pin {
            purpose,
            ..pin(ring, &owner)
        }))
    }

    fn note_refused(&self, call: &CallId, pin: Arc<Pin>, now: Timestamp) {
        let outcome = Outcome {
            ending: Some(Ending::Refused),
            handoff: None,
            pin,
            reconnects: 0,
        };
        self.live.note(call, outcome, now);
    }
}

/// A restaurant whose file names no account answers every account's calls.
fn belongs_to(restaurant: &Restaurant, account_sid: &str) -> bool {
    restaurant
        .account
        .as_deref()
        .is_none_or(|owner| owner == account_sid)
}

fn pin(ring: Ring<'_>, owner: &Owner) -> Pin {
    Pin {
        served: Arc::clone(&owner.served),
        generation: owner.generation,
        account_sid: ring.account_sid.to_owned(),
        from: ring.from.to_owned(),
        to: ring.to.to_owned(),
        test: ring.test,
        purpose: Purpose::Order,
    }
}

#[cfg(test)]
#[path = "admission_tests.rs"]
mod tests;
