//! Telling systemd (Type=notify) how we are; without systemd none of it does anything.
#![expect(
    clippy::disallowed_methods,
    reason = "the watchdog's task and its clock"
)]

use sd_notify::NotifyState;

/// Calls are taken from now on. Starts the watchdog's heartbeat if the unit wants one.
pub(super) fn ready() {
    tell(&[NotifyState::Ready]);
    if let Some(limit) = sd_notify::watchdog_enabled() {
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(limit / 2);
            loop {
                beat.tick().await;
                tell(&[NotifyState::Watchdog]);
            }
        });
    }
}

/// No new calls from now on.
pub(super) fn stopping() {
    tell(&[NotifyState::Stopping]);
}

fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::debug!(%error, "systemd does not listen");
    }
}
