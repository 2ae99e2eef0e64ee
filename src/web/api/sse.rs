//! What the streams of server-sent events share: their places, their head, their form.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::super::AppState;
use crate::events::DomainEvent;

/// Between comments that keep proxies from closing a silent stream, and tell us that the client is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Such a comment.
pub(super) const STILL_HERE: &str = ": still here\n\n";

/// A piece of a stream.
pub(super) type Piece = Result<Bytes, Infallible>;

/// A place among the listeners; `None` when all are taken or the server drains.
pub(super) fn place(state: &Data<AppState>) -> Option<OwnedSemaphorePermit> {
    let place = Arc::clone(&state.listeners).try_acquire_owned().ok()?;
    (!state.readiness.is_draining()).then_some(place)
}

/// The answer when there is no place.
pub(super) fn full() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .json(json!({"error": "too many listeners, or the server is stopping"}))
}

/// The head of a stream.
pub(super) fn answer() -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/event-stream")
        .insert_header(("Cache-Control", "no-store"))
        // nginx would keep the events until its buffer is full.
        .insert_header(("X-Accel-Buffering", "no"));
    answer
}

/// When the next comment is due.
pub(super) fn keep_alive() -> Interval {
    let mut keep_alive = interval(KEEP_ALIVE);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    keep_alive.reset();
    keep_alive
}

/// Waits until the server drains.
pub(super) async fn drained(events: &mut Receiver<Arc<DomainEvent>>) {
    loop {
        match events.recv().await.as_deref() {
            Ok(DomainEvent::Draining { .. }) | Err(RecvError::Closed) => return,
            // Events that were missed may have been it; the listener looks for itself.
            Err(RecvError::Lagged(_)) | Ok(_) => {}
        }
    }
}

/// JSON has no line breaks of its own when it is printed on one line, so one `data:` line is enough.
pub(super) fn numbered(id: &str, name: &str, data: &str) -> Bytes {
    Bytes::from(format!("id: {id}\nevent: {name}\ndata: {data}\n\n"))
}

/// Bytes of a stream as they are.
pub(super) fn unnumbered(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}
