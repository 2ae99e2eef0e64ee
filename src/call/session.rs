//! One call's loop. For now it listens until the socket ends.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::admission::ClaimedCall;
use super::wire::{FromCaller, ToCaller};
use super::{Clock, LiveCalls};
use crate::events::Events;
use crate::record::Ending;
use crate::store::Store;

/// What every session shares.
#[derive(Clone, Debug)]
pub struct Services {
    pub store: Store,
    pub events: Events,
    pub clock: Clock,
    pub calls: Arc<LiveCalls>,
}

/// Runs one call until it is over.
pub async fn run(
    call: ClaimedCall,
    mut inbound: mpsc::Receiver<FromCaller>,
    outbound: mpsc::Sender<ToCaller>,
    services: Arc<Services>,
) {
    while let Some(message) = inbound.recv().await {
        if message == FromCaller::Stop {
            break;
        }
    }
    call.live.finish(Ending::HungUp, None, services.clock.now());
    drop(outbound);
}
