//! Greetings are rendered behind a published table, never in it: changed restaurants have theirs ready soon after.

#![expect(clippy::disallowed_methods, reason = "a task of the whole process")]

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::broadcast::error::RecvError;

use crate::call::session::Services;
use crate::conversation::Waiter;
use crate::events::{DomainEvent, Events};
use crate::restaurant::{Digest, RestaurantId};
use crate::routing::{LiveTable, Served};

/// Renders the greetings of the table as it is now and, after every publish, of what is new in it, for as long as the
/// process lives.
pub(super) fn keep_ready(services: &Arc<Services>, table: &Arc<LiveTable>, events: &Events) {
    let (services, table) = (Arc::clone(services), Arc::clone(table));
    let mut events = events.subscribe();
    tokio::spawn(async move {
        let mut ready: HashMap<RestaurantId, Digest> = HashMap::new();
        loop {
            let now = table.load();
            for served in now.restaurants() {
                let id = &served.restaurant.id;
                if ready.get(id) != Some(&served.digest) {
                    render(&services, served).await;
                    ready.insert(id.clone(), served.digest.clone());
                }
            }
            ready.retain(|id, _| now.restaurant(id).is_some());
            drop(now);
            loop {
                match events.recv().await.as_deref() {
                    // Missed events may have been a publish; looking again costs little, as what is ready is skipped.
                    Ok(DomainEvent::ConfigLoaded {
                        published: true, ..
                    })
                    | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        }
    });
}

async fn render(services: &Arc<Services>, served: &Arc<Served>) {
    // Compiling a menu takes milliseconds: not on a thread that serves calls.
    let (rooms, of) = (Arc::clone(services), Arc::clone(served));
    let compiled = tokio::task::spawn_blocking(move || rooms.ready_menu(&of).menu).await;
    let Ok(menu) = compiled else { return };
    let mut waiter = Waiter::new(Arc::clone(&served.restaurant), menu);
    let voices = services.voices_of(&served.restaurant);
    // What stands in for the first voice is rendered when it must.
    let Some(voice) = voices.first() else { return };
    for sentence in waiter.greeting().sentences {
        let text = waiter.speakable(&sentence.text);
        if let Err(error) = services.speech.prompts.prepare(voice, &text).await {
            let restaurant = served.restaurant.id.as_str();
            tracing::warn!(code = "GREETING_NOT_READY", restaurant, %error, "the first call will render it");
        }
    }
}
