//! One call's loop. For now it listens until the socket ends.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::Clock;
use super::admission::ClaimedCall;
use super::wire::{FromCaller, ToCaller};
use crate::events::{Event, Events};
use crate::record::{CallRecord, Ending, Engines};
use crate::store::Store;

/// What every session shares.
#[derive(Clone, Debug)]
pub struct Services {
    pub store: Store,
    pub events: Events,
    pub clock: Clock,
}

/// Runs one call until it is over.
pub async fn run(
    call: ClaimedCall,
    mut inbound: mpsc::Receiver<FromCaller>,
    outbound: mpsc::Sender<ToCaller>,
    services: Arc<Services>,
) {
    let mut record = CallRecord {
        sid: call.call_sid.clone(),
        restaurant: Some(call.pin.served.restaurant.id.clone()),
        from: call.pin.from.clone(),
        to: call.pin.to.clone(),
        started_at: call.started_at,
        ended_at: None,
        ending: None,
        generation: call.pin.generation,
        digest: Some(call.pin.served.digest.clone()),
        engines: Engines::default(),
        test: call.pin.test,
        transcript: Vec::new(),
        turns: Vec::new(),
    };
    call.live.show(record.clone());
    while let Some(message) = inbound.recv().await {
        if message == FromCaller::Stop {
            break;
        }
    }
    let now = services.clock.now();
    record.ended_at = Some(now);
    record.ending = Some(Ending::HungUp);
    if let Err(error) = services.store.call_ended(&record).await {
        let error = error.to_string();
        let what = "call_ended";
        services.events.publish(Event::StoreFailed { what, error });
    }
    call.live.finish(Ending::HungUp, None, now);
    let record = Arc::new(record);
    services.events.publish(Event::CallEnded { record });
    drop(outbound);
}
