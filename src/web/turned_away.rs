//! The record of a call that was not taken: written behind the webhook's back, which answers from memory.

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use crate::call::Owner;
use crate::events::{DomainEvent, Events};
use crate::record::{CallRecord, Ending, Engines};
use crate::store::Store;

/// Records that may wait for the store; more are counted as a failure and dropped.
const WAITING: usize = 1024;

/// Where `/voice` leaves the records of calls it turned away.
#[derive(Clone, Debug)]
pub struct TurnedAway {
    records: mpsc::Sender<Job>,
    events: Events,
}

#[derive(Debug)]
enum Job {
    Write(Box<CallRecord>),
    /// Answered when everything before it was tried.
    Tell(oneshot::Sender<()>),
}

impl TurnedAway {
    /// Starts the writer; it ends when the last handle is dropped.
    #[expect(clippy::disallowed_methods, reason = "starts the writer's task")]
    pub fn start(store: Store, events: Events) -> Self {
        let (records, mut waiting) = mpsc::channel::<Job>(WAITING);
        let told = events.clone();
        tokio::spawn(async move {
            while let Some(job) = waiting.recv().await {
                let record = match job {
                    Job::Write(record) => record,
                    Job::Tell(asked) => {
                        // Who asked may have stopped waiting.
                        let _ = asked.send(());
                        continue;
                    }
                };
                if let Err(error) = store.call_ended(&record).await {
                    let error = error.to_string();
                    told.publish(DomainEvent::StoreFailed {
                        what: "turned_away",
                        error,
                    });
                }
            }
        });
        Self { records, events }
    }

    /// Leaves a record; never waits.
    pub(super) fn leave(&self, record: CallRecord) {
        if self.records.try_send(Job::Write(record.into())).is_err() {
            self.events.publish(DomainEvent::StoreFailed {
                what: "turned_away",
                error: "too many records wait".to_owned(),
            });
        }
    }
}

impl TurnedAway {
    /// Waits until every record left so far has been written, or refused by the store.
    pub async fn written(&self) {
        let (asked, answer) = oneshot::channel();
        if self.records.send(Job::Tell(asked)).await.is_ok() {
            let _ = answer.await;
        }
    }
}

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
        transcript: Vec::new(),
        turns: Vec::new(),
    }
}
