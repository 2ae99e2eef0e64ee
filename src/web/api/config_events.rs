//! `GET /api/config/events`: what becomes of the folder, as it happens (server-sent events, WHATWG HTML section 9.2).
//!
//! A client that reads too slowly costs no memory: it misses events and is told how many (`missed`), so that it reads
//! `/api/table` again. Streams end when the server drains; a client that connects again finds the next server.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Bytes, Data};
use actix_web::HttpResponse;
use futures_util::stream::unfold;
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::super::AppState;
use crate::events::DomainEvent;

/// Between comments that keep proxies from closing a silent stream, and tell us that the client is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Streams events until the client leaves or the server drains; 503 when every place is taken.
pub(in crate::web) async fn events(state: Data<AppState>) -> HttpResponse {
    // Subscribed before the look at the drain, so that it is not missed between the two.
    let events = state.events.subscribe();
    let place = Arc::clone(&state.listeners).try_acquire_owned();
    let (Ok(place), false) = (place, state.readiness.is_draining()) else {
        return HttpResponse::ServiceUnavailable()
            .json(json!({"error": "too many listeners, or the server is stopping"}));
    };
    let mut keep_alive = interval(KEEP_ALIVE);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    keep_alive.reset();
    let table = state.table.load();
    let listener = Listener {
        state,
        events,
        keep_alive,
        unsent: VecDeque::from([message(
            "generation",
            &json!({"generation": table.generation(), "digest": table.digest()}),
        )]),
        _place: place,
    };
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("Cache-Control", "no-store"))
        // nginx would keep the events until its buffer is full.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(unfold(listener, next))
}

struct Listener {
    state: Data<AppState>,
    events: Receiver<Arc<DomainEvent>>,
    keep_alive: Interval,
    unsent: VecDeque<Bytes>,
    _place: OwnedSemaphorePermit,
}

/// The next piece of the stream; asked for only when the client took the one before.
async fn next(mut listener: Listener) -> Option<(Result<Bytes, Infallible>, Listener)> {
    loop {
        if let Some(bytes) = listener.unsent.pop_front() {
            return Some((Ok(bytes), listener));
        }
        tokio::select! {
            received = listener.events.recv() => match received.as_deref() {
                Ok(DomainEvent::Draining { .. }) | Err(RecvError::Closed) => return None,
                Ok(event) => listener.unsent.extend(told(event)),
                Err(RecvError::Lagged(count)) => {
                    listener.unsent.push_back(message("missed", &json!({"count": count})));
                }
            },
            _ = listener.keep_alive.tick() => {
                listener.unsent.push_back(Bytes::from_static(b": still here\n\n"));
            }
        }
        if listener.state.readiness.is_draining() {
            return None;
        }
    }
}

/// What listeners are told of an event.
fn told(event: &DomainEvent) -> Option<Bytes> {
    let (name, data) = match event {
        DomainEvent::ConfigFile(change) => {
            (change.news.as_str(), serde_json::to_value(change).ok()?)
        }
        DomainEvent::ConfigLoaded {
            published: true,
            generation,
            digest,
            trigger,
            served,
            held,
            ..
        } => (
            "generation",
            json!({
                "generation": generation,
                "digest": digest,
                "trigger": trigger,
                "served": served,
                "held": held,
            }),
        ),
        DomainEvent::ConfigSource { lost } => ("source", json!({"lost": lost})),
        DomainEvent::ConfigNotKept { error } => ("not_kept", json!({"error": error})),
        _ => return None,
    };
    Some(message(name, &data))
}

/// JSON has no line breaks of its own when it is printed on one line, so one `data:` line is enough.
fn message(name: &str, data: &Value) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
