//! Calls that are for a message: why nobody answers, and what was said before the caller came to leave one.

use super::claim::ClaimedCall;
use super::closed_message::closed_message;
use super::purpose::Purpose;
use super::services::Services;
use crate::events::DomainEvent;
use crate::record::{CallRecord, Engines, TranscriptLine, TurnTiming};
use crate::restaurant::{Opening, Restaurant};

/// What an earlier session of the same call left.
#[derive(Debug, Default)]
pub(super) struct SpokenBefore {
    pub(super) lines: Vec<TranscriptLine>,
    pub(super) turns: Vec<TurnTiming>,
    /// How much later this session began.
    pub(super) shift_ms: u64,
}

impl SpokenBefore {
    /// All that was said, in the time of the first session.
    pub(super) fn with(
        &self,
        lines: Vec<TranscriptLine>,
        turns: Vec<TurnTiming>,
    ) -> (Vec<TranscriptLine>, Vec<TurnTiming>) {
        let shifted = lines.into_iter().map(|line| TranscriptLine {
            at_ms: line.at_ms + self.shift_ms,
            ..line
        });
        let lines = self.lines.iter().cloned().chain(shifted).collect();
        let turns = self.turns.iter().copied().chain(turns).collect();
        (lines, turns)
    }
}

/// The record of the session before a hand-off that nobody answered.
pub(super) async fn record_before(call: &ClaimedCall, services: &Services) -> Option<CallRecord> {
    if call.pin.purpose != Purpose::MessageUnanswered {
        return None;
    }
    match services.store.call(&call.call_sid).await {
        Ok(record) => record.filter(|record| record.account_sid == call.pin.account_sid),
        Err(error) => {
            services.events.publish(DomainEvent::StoreFailed {
                what: "read what was said before a message",
                error: error.to_string(),
            });
            None
        }
    }
}

/// The record of a call that begins.
pub(super) fn first_record(
    call: &ClaimedCall,
    restaurant: &Restaurant,
    engines: Engines,
) -> CallRecord {
    CallRecord {
        account_sid: call.pin.account_sid.clone(),
        sid: call.call_sid.clone(),
        restaurant: Some(restaurant.id.clone()),
        from: call.pin.from.clone(),
        to: call.pin.to.clone(),
        started_at: call.started_at,
        ended_at: None,
        ending: None,
        generation: call.pin.generation,
        digest: Some(call.pin.served.digest.clone()),
        engines,
        take_over: None,
        test: call.pin.test,
        message: None,
        transcript: Vec::new(),
        turns: Vec::new(),
    }
}

/// What the caller hears first: the closed message, or `None` for the house's own words.
pub(super) fn why_nobody_answers(call: &ClaimedCall, restaurant: &Restaurant) -> Option<String> {
    if call.pin.purpose != Purpose::MessageWhileClosed {
        return None;
    }
    let now = call.started_at;
    let next = match restaurant.schedule.opening(now) {
        Opening::Closed { next } => next,
        _ => None,
    };
    Some(closed_message(restaurant, next.as_ref(), now))
}
