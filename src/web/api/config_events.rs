//! `GET /api/config/events`: what becomes of the folder, as it happens (server-sent events, WHATWG HTML section 9.2).
//!
//! A client that reads too slowly costs no memory: it misses events and is told how many (`missed`), so that it reads
//! `/api/table` again. Streams end when the server drains; a client that connects again finds the next server.

use std::collections::VecDeque;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::stream::unfold;
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::Interval;

use super::super::AppState;
use super::sse::{self, Piece, unnumbered};
use crate::events::{DomainEvent, folder};

/// Streams events until the client leaves or the server drains; 503 when every place is taken.
pub(in crate::web) async fn events(state: Data<AppState>) -> HttpResponse {
    // Subscribed before the look at the drain, so that it is not missed between the two.
    let events = state.events.subscribe();
    let Some(place) = sse::place(&state) else {
        return sse::full();
    };
    let table = state.table.load();
    let first = json!({"generation": table.generation(), "digest": table.digest()});
    drop(table);
    let listener = Listener {
        state,
        events,
        keep_alive: sse::keep_alive(),
        unsent: VecDeque::from([message("generation", &first)]),
        _place: place,
    };
    sse::answer().streaming(unfold(listener, next))
}

struct Listener {
    state: Data<AppState>,
    events: Receiver<Arc<DomainEvent>>,
    keep_alive: Interval,
    unsent: VecDeque<Bytes>,
    _place: OwnedSemaphorePermit,
}

/// The next piece of the stream; asked for only when the client took the one before.
async fn next(mut listener: Listener) -> Option<(Piece, Listener)> {
    loop {
        if let Some(bytes) = listener.unsent.pop_front() {
            return Some((Ok(bytes), listener));
        }
        tokio::select! {
            received = listener.events.recv() => match received.as_deref() {
                Ok(DomainEvent::Draining { .. }) | Err(RecvError::Closed) => return None,
                Ok(event) => {
                    let told = folder(event).map(|(name, data)| message(name, &data));
                    listener.unsent.extend(told);
                }
                Err(RecvError::Lagged(count)) => {
                    listener.unsent.push_back(message("missed", &json!({"count": count})));
                }
            },
            _ = listener.keep_alive.tick() => {
                listener.unsent.push_back(unnumbered(sse::STILL_HERE));
            }
        }
        if listener.state.readiness.is_draining() {
            return None;
        }
    }
}

/// JSON has no line breaks of its own when it is printed on one line, so one `data:` line is enough.
fn message(name: &str, data: &Value) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
