//! The record of a call that was not taken: written behind the webhook's back, which answers from memory.

use jiff::Timestamp;

use crate::call::Owner;
use crate::record::{CallRecord, Ending, Engines};

/// The record of a call that rang at `now` and was not taken.
pub(super) fn record(
    form: &crate::twilio::webhook_form::VoiceForm,
    owner: Option<&Owner>,
    ending: Ending,
    now: Timestamp,
) -> CallRecord {
    CallRecord {
        account_sid: form.account_sid.clone(),
        sid: form.call_sid.clone(),
        restaurant: owner.map(|owner| owner.served.restaurant.id.clone()),
        from: form.from.clone(),
        to: form.to.clone(),
        started_at: now,
        ended_at: Some(now),
        ending: Some(ending),
        generation: owner.map_or(0, |owner| owner.generation),
        digest: owner.map(|owner| owner.served.digest.clone()),
        engines: Engines::default(),
        take_over: None,
        test: form.test,
        message: None,
        transcript: Vec::new(),
        turns: Vec::new(),
    }
}
