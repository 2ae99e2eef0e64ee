//! Greetings are rendered behind a published table, never in it: changed restaurants have theirs ready soon after.

#![expect(clippy::disallowed_methods, reason = "a task of the whole process")]

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::call::session::Services;
use crate::conversation::Waiter;
use crate::reload::ReloadReport;
use crate::restaurant::{Digest, RestaurantId};
use crate::routing::{LiveTable, RoutingTable, Served};

/// Whose greetings may be others than before.
enum Affected {
    /// Everybody's: at a start, and when reports were missed.
    All,
    Of(Vec<RestaurantId>),
}

/// Renders the greetings of the table as it is now and, after every publish, of what is new in it, for as long as the
/// process lives.
pub(super) fn keep_ready(
    services: &Arc<Services>,
    table: &Arc<LiveTable>,
    mut reports: Receiver<Arc<ReloadReport>>,
) {
    let (services, table) = (Arc::clone(services), Arc::clone(table));
    tokio::spawn(async move {
        let mut ready: HashMap<RestaurantId, Digest> = HashMap::new();
        let mut affected = Affected::All;
        loop {
            let now = table.load();
            for served in unready(&affected, &now, &mut ready) {
                render(&services, &served).await;
                ready.insert(served.restaurant.id.clone(), served.digest.clone());
            }
            drop(now);
            affected = loop {
                match reports.recv().await {
                    Ok(report) if report.published => {
                        let diff = &report.diff;
                        let ids = [&diff.added, &diff.changed, &diff.moved, &diff.removed];
                        break Affected::Of(ids.into_iter().flatten().cloned().collect());
                    }
                    Ok(_) => {}
                    // One of those that were missed may have been a publish.
                    Err(RecvError::Lagged(_)) => break Affected::All,
                    Err(RecvError::Closed) => return,
                }
            };
        }
    });
}

/// Whose greeting is not rendered yet. Whoever is gone is forgotten.
fn unready(
    affected: &Affected,
    table: &RoutingTable,
    ready: &mut HashMap<RestaurantId, Digest>,
) -> Vec<Arc<Served>> {
    let served: Vec<&Arc<Served>> = match affected {
        Affected::All => {
            ready.retain(|id, _| table.restaurant(id).is_some());
            table.restaurants().collect()
        }
        Affected::Of(ids) => {
            for id in ids.iter().filter(|id| table.restaurant(id).is_none()) {
                ready.remove(id);
            }
            ids.iter().filter_map(|id| table.restaurant(id)).collect()
        }
    };
    let is_new = |served: &&Arc<Served>| ready.get(&served.restaurant.id) != Some(&served.digest);
    served.into_iter().filter(is_new).cloned().collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};

    fn served(id: &str, number: u32, price: u32) -> Arc<Served> {
        let text = format!(
            "id: {id}\nname: {id}\nphone_number: \"+1555555{number:04}\"\nmenu: [{{id: a, name: Soup, price: {price}}}]\n"
        );
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        Arc::new(Served {
            restaurant: reading.restaurant.unwrap(),
            digest: reading.digest,
            file: format!("{id}.yaml"),
        })
    }

    #[test]
    fn a_publication_of_one_restaurant_renders_its_greeting_and_no_other() {
        let ids = |unready: Vec<Arc<Served>>, ready: &mut HashMap<RestaurantId, Digest>| {
            let mut ids = String::new();
            for served in unready {
                ids += served.restaurant.id.as_str();
                ready.insert(served.restaurant.id.clone(), served.digest.clone());
            }
            ids
        };
        let of = |ids: &[&str]| {
            let ids = ids.iter().filter_map(|id| RestaurantId::parse(id));
            Affected::Of(ids.collect())
        };
        let mut ready = HashMap::new();
        let (a, b, c) = (served("a", 1, 1), served("b", 2, 1), served("c", 3, 1));
        let table = RoutingTable::build(1, vec![a.clone(), b.clone(), c.clone()]);
        assert_eq!(
            ids(unready(&Affected::All, &table, &mut ready), &mut ready),
            "abc"
        );
        assert_eq!(
            ids(unready(&Affected::All, &table, &mut ready), &mut ready),
            ""
        );
        let table = RoutingTable::build(2, vec![a, served("b", 2, 2)]);
        assert_eq!(
            ids(unready(&of(&["a"]), &table, &mut ready), &mut ready),
            ""
        );
        assert_eq!(
            ids(unready(&of(&["b", "c"]), &table, &mut ready), &mut ready),
            "b"
        );
        assert_eq!(ready.len(), 2, "c is gone");
        let table = RoutingTable::build(3, vec![c]);
        assert_eq!(
            ids(unready(&Affected::All, &table, &mut ready), &mut ready),
            "c"
        );
        assert_eq!(ready.len(), 1);
    }
}
