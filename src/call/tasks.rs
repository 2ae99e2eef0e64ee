//! What a session has others do meanwhile: synthesise, think, store. Each job is a task that answers with one
//! [`MachineInput`] (a thought with one for each piece of it); aborting it takes the work out of the engine's queue.

#![expect(clippy::disallowed_methods, reason = "jobs run as tasks of their own")]

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OnceCell, mpsc};
use tokio::task::AbortHandle;

use super::CallId;
use super::machine::{MachineInput, SentenceId, ThoughtId};
use super::services::Services;
use crate::conversation::{LlmError, Request, Streamed};
use crate::events::DomainEvent;
use crate::order::PlacedOrder;
use crate::speech::Voice;
use crate::store::{OrderFilter, Placement, Store, StoreError};

/// An order that is not stored by then counts as not stored; storing is idempotent, so a retry cannot double it.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(8);

/// A job, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Job {
    Say(SentenceId),
    Think(ThoughtId),
}

/// The jobs of one call.
pub(super) struct Tasks {
    call: CallId,
    services: Arc<Services>,
    results: mpsc::UnboundedSender<MachineInput>,
    running: HashMap<Job, AbortHandle>,
    /// The last order an earlier session of the same call stored (0: none), asked before this one's first.
    earlier_orders: Arc<OnceCell<u32>>,
}

impl Tasks {
    /// Jobs of `call`, and where their results come out. The channel is bounded by construction: one result for
    /// each job, and a call has few at a time; what a model may answer is bounded by its client.
    pub fn new(
        call: CallId,
        services: &Arc<Services>,
    ) -> (Self, mpsc::UnboundedReceiver<MachineInput>) {
        let (results, outcomes) = mpsc::unbounded_channel();
        let tasks = Self {
            call,
            services: Arc::clone(services),
            results,
            running: HashMap::new(),
            earlier_orders: Arc::default(),
        };
        (tasks, outcomes)
    }

    /// The sound of a sentence, in the first of these voices that can say it.
    pub fn say(
        &mut self,
        sentence: SentenceId,
        voices: Vec<Voice>,
        speech_text: String,
        keep: bool,
    ) {
        let services = Arc::clone(&self.services);
        let call = self.call.clone();
        self.run(Job::Say(sentence), async move {
            let prompts = &services.speech.prompts;
            for voice in &voices {
                match prompts.say(voice, &speech_text, keep).await {
                    Ok(audio) => return MachineInput::Spoken { sentence, audio },
                    Err(error) => services.events.publish(DomainEvent::SpeechFailed {
                        call: call.clone(),
                        engine: "tts",
                        error: format!("{}: {error}", voice.engine()),
                    }),
                }
            }
            MachineInput::SpeakFailed { sentence }
        });
    }

    /// The model's answer, piece by piece.
    pub fn think(&mut self, thought: ThoughtId, request: &Request) {
        let results = self.results.clone();
        let answering = self
            .services
            .llm
            .as_ref()
            .map(|llm| llm.client.ask(request));
        let task = tokio::spawn(async move {
            let Some(mut answering) = answering else {
                let piece = Streamed::Failed(LlmError::Unreachable);
                let _ = results.send(MachineInput::Thought { thought, piece });
                return;
            };
            while let Some(piece) = answering.next().await {
                if results
                    .send(MachineInput::Thought { thought, piece })
                    .is_err()
                {
                    return;
                }
            }
        });
        self.running
            .insert(Job::Think(thought), task.abort_handle());
    }

    /// Nobody waits for this thought any more.
    pub fn forget_thought(&mut self, thought: ThoughtId) {
        self.abort(Job::Think(thought));
    }

    /// Stores an order. Never aborted: once begun, its fate must be known.
    pub fn store(&self, placement: Placement) {
        let services = Arc::clone(&self.services);
        let earlier = Arc::clone(&self.earlier_orders);
        let results = self.results.clone();
        tokio::spawn(async move {
            let stored =
                tokio::time::timeout(COMMIT_TIMEOUT, place(&services.store, &earlier, placement))
                    .await;
            let input = match stored {
                Ok(Ok(placed)) => {
                    let number = placed.number;
                    services.kitchen.count(&placed);
                    services.events.publish(DomainEvent::OrderPlaced {
                        order: Arc::new(placed),
                    });
                    MachineInput::Committed { number }
                }
                Ok(Err(error)) => not_stored(&services, &error),
                Err(late) => not_stored(&services, &late),
            };
            // The session is gone when nobody receives; it has waited for this longer than we did.
            let _ = results.send(input);
        });
    }

    /// The result of a job came: it no longer runs.
    pub fn note(&mut self, input: &MachineInput) {
        match input {
            MachineInput::Spoken { sentence, .. } | MachineInput::SpeakFailed { sentence } => {
                self.running.remove(&Job::Say(*sentence));
            }
            MachineInput::Thought {
                thought,
                piece: Streamed::End | Streamed::Failed(_),
            } => {
                self.running.remove(&Job::Think(*thought));
            }
            _ => {}
        }
    }

    /// Nobody waits for this sentence any more.
    pub fn forget_sentence(&mut self, sentence: SentenceId) {
        self.abort(Job::Say(sentence));
    }

    fn abort(&mut self, job: Job) {
        if let Some(task) = self.running.remove(&job) {
            task.abort();
        }
    }

    fn run(&mut self, job: Job, work: impl Future<Output = MachineInput> + Send + 'static) {
        let results = self.results.clone();
        let task = tokio::spawn(async move {
            // The session is gone when nobody receives; then nobody needs the result.
            let _ = results.send(work.await);
        });
        self.running.insert(job, task.abort_handle());
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        for task in self.running.values() {
            task.abort();
        }
    }
}

fn not_stored(services: &Services, error: &dyn std::fmt::Display) -> MachineInput {
    services.events.publish(DomainEvent::StoreFailed {
        what: "store an order",
        error: error.to_string(),
    });
    MachineInput::CommitFailed
}

async fn place(
    store: &Store,
    earlier: &OnceCell<u32>,
    mut placement: Placement,
) -> Result<PlacedOrder, StoreError> {
    // After a lost socket the same call comes back with a new session; its orders follow the earlier ones.
    placement.order.sequence += earlier
        .get_or_try_init(|| last_sequence(store, &placement))
        .await?;
    store.place(&placement).await
}

/// The highest sequence among the orders stored for a call; 0 when there are none.
async fn last_sequence(store: &Store, placement: &Placement) -> Result<u32, StoreError> {
    let filter = OrderFilter {
        call_sid: Some(placement.call_sid.clone()),
        account_sid: Some(placement.record.account_sid.clone()),
        ..OrderFilter::default()
    };
    let orders = store.orders(&filter).await?;
    Ok(orders
        .iter()
        .map(|placed| placed.order.sequence)
        .max()
        .unwrap_or(0))
}
