//! Who may have a call: decided at `/voice` from memory, and again when the media socket says `start`.
//!
//! `admit` (the ring) -> a pin and a sealed token -> `claim` (the socket's `start`) -> a [`ClaimedCall`] -> its session
//! says how it ended -> `outcome` (`/voice/after`) -> perhaps once `reconnect`.

use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime};

use super::live_calls::{Cap, LiveCall, LiveCalls, NotStarted};
use super::outcomes::Outcome;
use super::pins::{Pin, Pins, Taken, later};
use super::token::{Claims, Nonce, TokenError, TokenKey};
use crate::record::Ending;
use crate::restaurant::PhoneNumber;
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
}

/// The answer to a ring.
#[derive(Debug)]
pub enum Admit {
    /// Connect the media socket with this token.
    Admitted(Invitation),
    /// Outside opening hours; when it opens next, if ever.
    Closed {
        served: Arc<Served>,
        next_open: Option<ZonedDateTime>,
    },
    /// `enabled: false`.
    Disabled { served: Arc<Served> },
    /// A bound is reached.
    OverCap { served: Arc<Served>, cap: Cap },
    /// Nobody here owns that number.
    Unknown,
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

/// What the media socket's `start` says.
#[derive(Clone, Copy, Debug)]
pub struct StartInfo<'a> {
    pub call_sid: &'a str,
    pub account_sid: &'a str,
    pub stream_sid: &'a str,
    /// The custom parameter `token`.
    pub token: Option<&'a str>,
}

/// A call whose socket has proven itself; the session owns it.
#[derive(Debug)]
pub struct ClaimedCall {
    pub call_sid: String,
    pub stream_sid: String,
    pub pin: Arc<Pin>,
    pub started_at: Timestamp,
    /// Keeps the call on the line; [`LiveCall::finish`] says how it ended.
    pub live: LiveCall,
}

/// Why a media socket was turned away (close 1008).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    #[error(transparent)]
    Token(#[from] TokenError),
    /// This token, or this call, has its socket already.
    #[error("token was used before")]
    Reused,
    /// The restaurant's version in the token is not held by this process.
    #[error("that version of the restaurant is not held here")]
    NotHeld,
    /// Between ring and start the line filled up.
    #[error("too many calls")]
    OverCap(Cap),
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

    /// Decides what a ringing call hears. Memory only: no I/O, no waiting. A second ring of the same CallSid (Twilio
    /// retries) gets the same pin with a new token, whatever the folder says by now.
    pub fn admit(&self, ring: Ring<'_>, now: Timestamp) -> Admit {
        if let Some(pin) = self.pins.renew(ring.call_sid, now) {
            return Admit::Admitted(self.invite(ring.call_sid, pin, 0, now));
        }
        let table = self.table.load();
        let Some(served) = PhoneNumber::parse(ring.to)
            .ok()
            .and_then(|to| table.owner(&to).cloned())
        else {
            return Admit::Unknown;
        };
        if !served.restaurant.enabled {
            return Admit::Disabled { served };
        }
        let schedule = &served.restaurant.schedule;
        if !schedule.is_open(now) {
            let next_open = schedule.next_open(now);
            return Admit::Closed { served, next_open };
        }
        let pin = Arc::new(pin(ring, served, table.generation()));
        if let Some(cap) = self.live.over_cap(&pin) {
            let served = Arc::clone(&pin.served);
            return Admit::OverCap { served, cap };
        }
        let dropped = self.pins.hold(ring.call_sid, Arc::clone(&pin), now);
        Admit::Admitted(self.invite(ring.call_sid, pin, dropped, now))
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
        let taken = self
            .pins
            .take(start.call_sid, claims.nonce, claims.expires, now);
        let pin = match taken {
            Taken::Pin(pin) => pin,
            Taken::Spent => return Err(ClaimRefusal::Reused),
            Taken::Nothing => self.pin_from(&claims, start, now)?,
        };
        match self.live.start(start.call_sid, &pin, now) {
            Ok(live) => Ok(ClaimedCall {
                call_sid: start.call_sid.to_owned(),
                stream_sid: start.stream_sid.to_owned(),
                pin,
                started_at: now,
                live,
            }),
            Err(NotStarted::AlreadyLive) => Err(ClaimRefusal::Reused),
            Err(NotStarted::OverCap(cap)) => {
                self.note_refused(start.call_sid, pin, now);
                Err(ClaimRefusal::OverCap(cap))
            }
        }
    }

    /// The call's second and last chance after its socket was lost without an ending; `None` when it had that chance,
    /// or nobody owns the number. Counted per CallSid.
    pub fn reconnect(&self, ring: Ring<'_>, now: Timestamp) -> Option<Invitation> {
        let known = self.live.outcome(ring.call_sid, now);
        let (pin, reconnects) = match known {
            Some(outcome) => (outcome.pin, outcome.reconnects),
            None => (self.pin_of_table(ring, now)?, 0),
        };
        if reconnects > 0 {
            return None;
        }
        self.live.note(
            ring.call_sid,
            Outcome {
                ending: None,
                handoff: None,
                pin: Arc::clone(&pin),
                reconnects: reconnects + 1,
            },
            now,
        );
        let dropped = self.pins.hold(ring.call_sid, Arc::clone(&pin), now);
        Some(self.invite(ring.call_sid, pin, dropped, now))
    }

    /// What became of a call, for `/voice/after`.
    pub fn outcome(&self, call_sid: &str, now: Timestamp) -> Option<Outcome> {
        self.live.outcome(call_sid, now)
    }

    /// The restaurant that answers `to` at this moment.
    pub fn owner(&self, to: &str) -> Option<Arc<Served>> {
        let to = PhoneNumber::parse(to).ok()?;
        self.table.load().owner(&to).cloned()
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
        call_sid: &str,
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
            nonce: Nonce::fresh(),
            expires: later(now, self.limits.token_expiry),
        };
        let token = self.key.seal(call_sid, &pin.account_sid, &claims);
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
        start: StartInfo<'_>,
        now: Timestamp,
    ) -> Result<Arc<Pin>, ClaimRefusal> {
        if self.live.is_live(start.call_sid) || self.live.outcome(start.call_sid, now).is_some() {
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
            account_sid: start.account_sid.to_owned(),
            from: claims.from.clone(),
            to: claims.to.clone(),
            test: claims.test,
        }))
    }

    /// The pin of a call whose socket never came, or a fresh one from the table.
    fn pin_of_table(&self, ring: Ring<'_>, now: Timestamp) -> Option<Arc<Pin>> {
        if let Some(pin) = self.pins.renew(ring.call_sid, now) {
            return Some(pin);
        }
        let served = self.owner(ring.to)?;
        let generation = self.table.load().generation();
        Some(Arc::new(pin(ring, served, generation)))
    }

    fn note_refused(&self, call_sid: &str, pin: Arc<Pin>, now: Timestamp) {
        let outcome = Outcome {
            ending: Some(Ending::Refused),
            handoff: None,
            pin,
            reconnects: 0,
        };
        self.live.note(call_sid, outcome, now);
    }
}

fn pin(ring: Ring<'_>, served: Arc<Served>, generation: u64) -> Pin {
    Pin {
        served,
        generation,
        account_sid: ring.account_sid.to_owned(),
        from: ring.from.to_owned(),
        to: ring.to.to_owned(),
        test: ring.test,
    }
}

#[cfg(test)]
#[path = "admission_tests.rs"]
mod tests;
