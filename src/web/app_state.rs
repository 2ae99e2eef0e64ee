//! What every endpoint shares.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Connections;
use crate::call::session::Services;
use crate::call::{Admission, Clock};
use crate::events::{Events, Gauges};
use crate::reload::Reloader;
use crate::routing::LiveTable;
use crate::settings::Settings;
use crate::store::Store;

/// Shared by all workers of the server.
pub struct AppState {
    pub settings: Arc<Settings>,
    /// Where the server listens; known once it is bound.
    pub bound: SocketAddr,
    pub table: Arc<LiveTable>,
    /// Keeps the table in step with the folder.
    pub reloader: Arc<Reloader>,
    pub admission: Arc<Admission>,
    pub store: Store,
    pub events: Events,
    pub clock: Clock,
    pub readiness: Arc<Readiness>,
    /// Every open connection, and its time.
    pub connections: Arc<Connections>,
    /// Places for listeners of `GET /api/events` and `/api/config/events`.
    pub listeners: Arc<tokio::sync::Semaphore>,
    /// Wakes the worker that delivers orders.
    pub deliveries: Arc<tokio::sync::Notify>,
    /// Seals the links by which restaurants answer.
    pub secret: Vec<u8>,
    /// What a call's session needs.
    pub services: Arc<Services>,
    /// Sessions run here, not on the worker whose socket they serve.
    pub runtime: tokio::runtime::Handle,
}

impl AppState {
    /// The gauges of this moment.
    pub fn gauges(&self) -> Gauges {
        let live = self.admission.live();
        Gauges {
            calls_live: live.len(),
            pins: self.admission.pins(self.clock.now()),
            sessions: live.sockets(),
            connections: self.connections.len(),
            watch: self.reloader.watch_gauges(),
        }
    }
}

/// Ready = table loaded, speech warm, not draining.
#[derive(Debug, Default)]
pub struct Readiness {
    table: AtomicBool,
    speech: AtomicBool,
    draining: AtomicBool,
}

impl Readiness {
    /// The first scan of the folder is done.
    pub fn table_loaded(&self) {
        self.table.store(true, Ordering::SeqCst);
    }

    /// Recognizer and synthesizer have worked once.
    pub fn speech_warm(&self) {
        self.speech.store(true, Ordering::SeqCst);
    }

    /// No new calls from now on.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Does the server take no new calls?
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// What is missing, `None` when ready.
    pub fn missing(&self) -> Option<&'static str> {
        if self.is_draining() {
            Some("draining")
        } else if !self.table.load(Ordering::SeqCst) {
            Some("restaurants are not loaded yet")
        } else if !self.speech.load(Ordering::SeqCst) {
            Some("speech is not warm yet")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_needs_table_and_speech_and_no_drain() {
        let readiness = Readiness::default();
        assert!(readiness.missing().is_some());
        readiness.table_loaded();
        assert_eq!(readiness.missing(), Some("speech is not warm yet"));
        readiness.speech_warm();
        assert_eq!(readiness.missing(), None);
        readiness.drain();
        assert_eq!(readiness.missing(), Some("draining"));
    }
}
