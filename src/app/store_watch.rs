//! Says when no order can be stored, and when it can be again.

#![expect(clippy::disallowed_methods, reason = "a task of the whole process")]

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, sleep};

use crate::events::{DomainEvent, Events};
use crate::store::Store;

/// Between looks at a store that cannot be written. It asks the disk no more often than its own bound.
const LOST_INTERVAL: Duration = Duration::from_secs(1);
/// Between looks at the attributes of the database's files.
const FILES_INTERVAL: Duration = Duration::from_secs(5);
/// Between looks at every page; the first so long after the start.
const PAGES_INTERVAL: Duration = Duration::from_secs(3600);

/// Looks whenever a write did not end well, and then until one does; now and then at the files, rarely at every page.
pub(super) fn start(store: &Store, events: &Events) -> JoinHandle<()> {
    let (store, events) = (store.clone(), events.clone());
    let mut files = interval(FILES_INTERVAL);
    let mut pages = interval(PAGES_INTERVAL);
    pages.reset();
    tokio::spawn(async move {
        let mut lost = false;
        loop {
            tokio::select! {
                () = store.suspected(), if !lost => {}
                () = sleep(LOST_INTERVAL), if lost => {}
                // A doubt wakes the first branch.
                _ = files.tick(), if !lost => {
                    let _ = store.check_files().await;
                    continue;
                }
                _ = pages.tick() => {
                    let _ = store.check_pages().await;
                    continue;
                }
            }
            match store.check_writable().await {
                Err(reason) if !lost => {
                    let reason = reason.to_string();
                    events.publish(DomainEvent::StoreLost { reason });
                    lost = true;
                }
                Ok(()) if lost => {
                    events.publish(DomainEvent::StoreBack);
                    lost = false;
                }
                _ => {}
            }
        }
    })
}

fn interval(period: Duration) -> tokio::time::Interval {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
