//! The task that looks at the folder, and the one that tells.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::message::message;
use super::troubles::{Topic, Troubles};
use crate::call::Clock;
use crate::delivery::{
    AddressError, AddressGuard, DeliveryError, Destination, HttpSender, Message, Retries,
};
use crate::events::{DomainEvent, Events};
use crate::reload::Reloader;
use crate::settings::Notify;

/// Messages that may wait for the receiver.
const QUEUE: usize = 64;
/// Between looks that no scan asked for: how late "stale for an hour" may be.
const LOOK: Duration = Duration::from_secs(60);

/// The two tasks: one looks, one tells.
pub(in crate::app) struct Notifier {
    stop: watch::Sender<bool>,
    looking: JoinHandle<()>,
    telling: JoinHandle<()>,
}

impl Notifier {
    /// Looks once more and tells what waits, each message tried at least once and none of them waited for: the process
    /// ends.
    pub(in crate::app) async fn finish(self) {
        self.stop.send_replace(true);
        // A task that panicked has said so already.
        let _ = self.looking.await;
        let _ = self.telling.await;
    }
}

/// Watches the folder until it is told to finish.
#[expect(clippy::disallowed_methods, reason = "tasks of the whole process")]
pub(in crate::app) fn start(
    notify: Notify,
    retries: Retries,
    reloader: &Arc<Reloader>,
    events: &Events,
    clock: Clock,
) -> Notifier {
    let (queue, mut queued) = mpsc::channel::<(Topic, Message)>(QUEUE);
    let (stop, mut stopping) = watch::channel(false);
    let mut ending = stopping.clone();
    let (reloader, outlet) = (Arc::clone(reloader), events.clone());
    let mut subscription = events.subscribe();
    let looking = tokio::spawn(async move {
        let mut troubles = Troubles::default();
        let mut look = tokio::time::interval(LOOK);
        loop {
            let last = *stopping.borrow_and_update();
            let now = clock.now();
            for notice in troubles.look(&reloader.status(), now) {
                let message = message(&notice, now);
                if queue.try_send((notice.topic, message)).is_err() {
                    let reason = "too many messages wait already".to_owned();
                    outlet.publish(DomainEvent::NotifyFailed { reason, last: true });
                }
            }
            if last {
                return;
            }
            loop {
                tokio::select! {
                    received = subscription.recv() => match received.as_deref() {
                        // Missed events may have been a scan; looking again costs little.
                        Ok(DomainEvent::ConfigLoaded { .. }) | Err(RecvError::Lagged(_)) => break,
                        Ok(_) => {}
                        Err(RecvError::Closed) => return,
                    },
                    _ = look.tick() => break,
                    asked = stopping.changed() => match asked {
                        Ok(()) => break,
                        Err(_) => return,
                    },
                }
            }
        }
    });
    let destination = Destination {
        url: notify.url,
        secret: notify.secret,
        guard: AddressGuard::new(notify.allow_private),
    };
    let sender = HttpSender::new(destination, retries);
    let outlet = events.clone();
    let telling = tokio::spawn(async move {
        while let Some((topic, message)) = queued.recv().await {
            let failed = |reason: String, last| {
                outlet.publish(DomainEvent::NotifyFailed { reason, last });
            };
            let delivered = tokio::select! {
                biased;
                delivered = sender.deliver(&message, |error| failed(told(error), false)) => delivered,
                // The process ends: what is under way is broken off and tried once more. A receiver that has it already
                // knows it by its id.
                () = asked_to_end(&mut ending) => sender.post(&message).await,
            };
            match delivered {
                Ok(()) => {
                    let topic = topic.as_str();
                    outlet.publish(DomainEvent::Notified { topic });
                }
                Err(error) => failed(told(&error), true),
            }
        }
    });
    Notifier {
        stop,
        looking,
        telling,
    }
}

/// Waits until [`Notifier::finish`] is called; a notifier that is gone ends too.
async fn asked_to_end(ending: &mut watch::Receiver<bool>) {
    let _ = ending.wait_for(|ends| *ends).await;
}

/// Why it was not told, and what an operator can do about it.
fn told(error: &DeliveryError) -> String {
    match error {
        DeliveryError::Address(AddressError::Private(_)) => {
            format!("{error}; --notify-allow-private lets it")
        }
        _ => error.to_string(),
    }
}
