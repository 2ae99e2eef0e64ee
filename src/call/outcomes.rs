//! How the last calls ended, kept for a while: Twilio asks `/voice/after` as soon as a media socket closes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::CallId;
use super::pins::{Pin, later};
use crate::record::Ending;
use crate::restaurant::PhoneNumber;

/// How long an outcome is kept.
const KEPT: Duration = Duration::from_secs(600);
/// Most outcomes kept at once; the oldest goes first.
const MAX: usize = 20_000;

/// What became of a call, as far as we know.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `None`: the session was lost before it could say.
    pub ending: Option<Ending>,
    /// Whom to dial after [`Ending::Handoff`].
    pub handoff: Option<PhoneNumber>,
    pub pin: Arc<Pin>,
    /// How often the caller was asked to hold on while we reconnected.
    pub reconnects: u32,
}

/// The bounded map [`CallId`] -> [`Outcome`].
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    by_call: HashMap<CallId, (Timestamp, Outcome)>,
    /// Oldest first; an outcome that was replaced leaves an entry that no longer matches.
    by_age: VecDeque<(Timestamp, CallId)>,
}

impl Outcomes {
    /// Keeps `outcome`, replacing an earlier one of the same call.
    pub(super) fn keep(&mut self, call: &CallId, outcome: Outcome, now: Timestamp) {
        self.expire(now);
        let until = later(now, KEPT);
        self.by_call.insert(call.clone(), (until, outcome));
        self.by_age.push_back((until, call.clone()));
        while self.by_age.len() > MAX {
            self.forget_oldest();
        }
    }

    pub(super) fn get(&self, call: &CallId) -> Option<&Outcome> {
        self.by_call.get(call).map(|(_, outcome)| outcome)
    }

    /// Drops what nobody will ask for any more.
    pub(super) fn expire(&mut self, now: Timestamp) {
        while self.by_age.front().is_some_and(|(until, _)| *until <= now) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some((until, call)) = self.by_age.pop_front() else {
            return;
        };
        if self
            .by_call
            .get(&call)
            .is_some_and(|(kept, _)| *kept <= until)
        {
            self.by_call.remove(&call);
        }
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

    fn outcome(ending: Ending) -> Outcome {
        Outcome {
            ending: Some(ending),
            handoff: None,
            pin: pin("bella", "+15550001111"),
            reconnects: 0,
        }
    }

    #[test]
    fn an_outcome_is_forgotten_after_ten_minutes() {
        let mut outcomes = Outcomes::default();
        outcomes.keep(&id("CA1"), outcome(Ending::Confirmed), at(0));
        outcomes.expire(at(599));
        assert!(outcomes.get(&id("CA1")).is_some());
        outcomes.expire(at(600));
        assert!(outcomes.get(&id("CA1")).is_none());
    }

    #[test]
    fn a_replaced_outcome_lives_as_long_as_the_newer_one() {
        let mut outcomes = Outcomes::default();
        outcomes.keep(&id("CA1"), outcome(Ending::Failed), at(0));
        outcomes.keep(&id("CA1"), outcome(Ending::Confirmed), at(300));
        outcomes.expire(at(600));
        assert_eq!(
            outcomes.get(&id("CA1")).and_then(|o| o.ending),
            Some(Ending::Confirmed)
        );
        outcomes.expire(at(900));
        assert!(outcomes.by_call.is_empty() && outcomes.by_age.is_empty());
    }

    #[test]
    fn outcomes_are_bounded() {
        let mut outcomes = Outcomes::default();
        for n in 0..MAX + 10 {
            outcomes.keep(&id(&n.to_string()), outcome(Ending::Silent), at(0));
        }
        assert_eq!(outcomes.by_call.len(), MAX);
        assert!(outcomes.get(&id("9")).is_none() && outcomes.get(&id("10")).is_some());
    }
}
