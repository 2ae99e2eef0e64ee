//! What goes on beside the answers, and how it ends: what was accepted is finished, in bounded time.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::config_reports::Reports;
use super::notify::Notifier;
use crate::call::LiveCalls;
use crate::delivery::Outbox;
use crate::events::{DomainEvent, Events};
use crate::store::RecordQueue;

/// How long all of it together may hold up the end of the process, after the calls' own time (`--drain`) is over.
const FINISH_TIMEOUT: Duration = Duration::from_secs(15);

/// Tasks that outlive the answer they belong to.
pub(super) struct Background {
    pub reports: Reports,
    pub notifier: Option<Notifier>,
    pub records: RecordQueue,
    pub outbox: Outbox,
    pub store_watch: JoinHandle<()>,
    pub retention: JoinHandle<()>,
}

impl Background {
    /// Nobody is answered any more: waits for sessions (orders), the records of calls, the authors of changes, messages to
    /// `--notify-url`, and the tries of deliveries under way. What is not done in time is said to be lost.
    pub(super) async fn finish(self, live: &LiveCalls, events: &Events) {
        let Self {
            reports,
            notifier,
            records,
            outbox,
            store_watch,
            retention,
        } = self;
        retention.abort();
        let rest = async move {
            // Sessions first: they may still store an order.
            live.all_ended().await;
            let told = async {
                if let Some(notifier) = notifier {
                    notifier.finish().await;
                }
            };
            tokio::join!(records.finish(), reports.finish(), told, outbox.finish());
        };
        if timeout(FINISH_TIMEOUT, rest).await.is_err() {
            events.publish(DomainEvent::StoreFailed {
                what: "finish at the end of the process",
                error: format!("not done within {} s", FINISH_TIMEOUT.as_secs()),
            });
        }
        store_watch.abort();
    }
}
