//! `GET /api/events`: calls with their growing carts, orders and the folder, as they happen, in one stream (server-sent
//! events, WHATWG HTML section 9.2). `Last-Event-ID` goes on where a connection was lost.

use std::collections::VecDeque;
use std::sync::Arc;

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::unfold;
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::watch;
use tokio::time::Interval;

use super::super::AppState;
use super::sse::{self, Piece, numbered, unnumbered};
use crate::events::{Read, Resumed};

struct Listener {
    state: Data<AppState>,
    next: u64,
    news: watch::Receiver<u64>,
    draining: tokio::sync::broadcast::Receiver<Arc<crate::events::DomainEvent>>,
    keep_alive: Interval,
    unsent: VecDeque<Bytes>,
    _place: OwnedSemaphorePermit,
}

/// Streams until the client leaves or the server drains; 503 when every place is taken.
pub(in crate::web) async fn events(request: HttpRequest, state: Data<AppState>) -> HttpResponse {
    // Before the look at the drain, so that it is not missed between the two.
    let draining = state.events.subscribe();
    let Some(place) = sse::place(&state) else {
        return sse::full();
    };
    let feed = state.events.feed();
    let last_id = request.headers().get("last-event-id");
    let last_id = last_id.and_then(|id| id.to_str().ok());
    let table = state.table.load();
    let now = json!({"generation": table.generation(), "digest": table.digest()});
    let (next, first) = match feed.resume(last_id) {
        Resumed::Fresh { next } => (
            next,
            Some(numbered(&feed.id(next - 1), "generation", &now.to_string())),
        ),
        Resumed::Seamless { next } => (next, None),
        Resumed::Missed { next, count } => (
            next,
            Some(numbered(
                &feed.id(next - 1),
                "missed",
                &json!({"count": count}).to_string(),
            )),
        ),
    };
    drop(table);
    let listener = Listener {
        next,
        news: feed.watch(),
        draining,
        keep_alive: sse::keep_alive(),
        unsent: VecDeque::from_iter(first),
        _place: place,
        state,
    };
    sse::answer().streaming(unfold(listener, piece))
}

/// The next piece of the stream; asked for only when the client took the one before.
async fn piece(mut listener: Listener) -> Option<(Piece, Listener)> {
    loop {
        if let Some(bytes) = listener.unsent.pop_front() {
            return Some((Ok(bytes), listener));
        }
        if listener.state.readiness.is_draining() {
            return None;
        }
        // Noted before reading, so that an event in between wakes us.
        listener.news.borrow_and_update();
        let feed = listener.state.events.feed();
        match feed.read(listener.next) {
            Read::Message(message) => {
                listener.next += 1;
                let id = feed.id(message.number);
                listener
                    .unsent
                    .push_back(numbered(&id, message.name, &message.data));
                continue;
            }
            Read::Missed { count, next } => {
                let data = json!({"count": count}).to_string();
                let id = feed.id(next - 1);
                listener.unsent.push_back(numbered(&id, "missed", &data));
                listener.next = next;
                continue;
            }
            Read::Nothing => {}
        }
        tokio::select! {
            changed = listener.news.changed() => changed.ok()?,
            () = sse::drained(&mut listener.draining) => return None,
            _ = listener.keep_alive.tick() => listener.unsent.push_back(unnumbered(sse::STILL_HERE)),
        }
    }
}
