//! Letting live calls end.

use std::time::Duration;

use tokio::time::timeout;

use crate::call::LiveCalls;

/// Waits until no media socket is open, for `limit` at the longest, or until `force` says so.
pub(super) async fn until_idle(
    calls: &LiveCalls,
    limit: Duration,
    force: impl Future<Output = ()>,
) {
    tokio::select! {
        // Either way the server stops now.
        _ = timeout(limit, calls.idle()) => {}
        () = force => {}
    }
}
