//! The task that looks at the folder, and the one that tells.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::message::Message;
use super::sender::{Retries, Sender};
use super::troubles::Troubles;
use crate::call::Clock;
use crate::events::{DomainEvent, Events};
use crate::reload::Reloader;
use crate::settings::Notify;

/// Messages that may wait for the receiver.
const QUEUE: usize = 64;
/// Between looks that no scan asked for: how late "stale for an hour" may be.
const LOOK: Duration = Duration::from_secs(60);

/// Watches the folder for as long as the process lives.
#[expect(clippy::disallowed_methods, reason = "tasks of the whole process")]
pub(in crate::app) fn start(
    notify: Notify,
    retries: Retries,
    reloader: &Arc<Reloader>,
    events: &Events,
    clock: Clock,
) {
    let (queue, mut queued) = mpsc::channel::<Message>(QUEUE);
    let (reloader, outlet) = (Arc::clone(reloader), events.clone());
    let mut happenings = events.subscribe();
    tokio::spawn(async move {
        let mut troubles = Troubles::default();
        let mut look = tokio::time::interval(LOOK);
        loop {
            let now = clock.now();
            for notice in troubles.look(&reloader.status(), now) {
                let message = Message::new(&notice, now);
                if queue.try_send(message).is_err() {
                    let reason = "too many messages wait already".to_owned();
                    outlet.publish(DomainEvent::NotifyFailed { reason, last: true });
                }
            }
            loop {
                tokio::select! {
                    happened = happenings.recv() => match happened.as_deref() {
                        // Missed events may have been a scan; looking again costs little.
                        Ok(DomainEvent::ConfigLoaded { .. }) | Err(RecvError::Lagged(_)) => break,
                        Ok(_) => {}
                        Err(RecvError::Closed) => return,
                    },
                    _ = look.tick() => break,
                }
            }
        }
    });
    let sender = Sender::new(notify, retries, events.clone());
    tokio::spawn(async move {
        while let Some(message) = queued.recv().await {
            sender.deliver(&message).await;
        }
    });
}
